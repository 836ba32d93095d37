"""A document as a PDF: tagged, held to PDF/UA-1, printed with the fonts shipped here."""

import json
import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import typst

from clearinghouse.documents import paper
from clearinghouse.documents.glyphs import drawable, shown
from clearinghouse.documents.inline import PROSE, Inline, language
from clearinghouse.documents.model import (
    Block,
    Column,
    Definitions,
    Document,
    Fact,
    Letter,
    Notes,
    Paragraph,
    Picture,
    Section,
    Table,
    facts,
)
from clearinghouse.documents.pictures import svg

PARAGRAPHS = ("notices", "disclaimers", "reminder")  # each stands on a line of its own
PAGE_PARTS = re.compile(r"(%\((?:page|pages)\)s)")


def render(document: Document) -> bytes:
    """The PDF's bytes; the same document gives the same bytes.

    No text of the document is ever source of the page: typst reads one JSON and prints strings.
    """
    whole = payload(document)
    try:
        return _compiled(whole)
    except typst.TypstError:
        # Lettering in three scripts at once can lack a font that a table would find for it.
        if not _undrawn(whole):
            raise
        return _compiled(whole)


def _compiled(whole: dict[str, Any]) -> bytes:
    compiler = typst.Compiler(
        _template(),
        root=str(_folder()),
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(whole, ensure_ascii=False)},
    )
    made = compiler.compile(format="pdf", pdf_standards="ua-1")
    if not isinstance(made, bytes):
        raise TypeError("typst gave no PDF")
    return made


def _undrawn(whole: dict[str, Any]) -> bool:
    """Leave the tables of the pictures and take out the drawings; say whether there were any."""
    blocks = [b for run in whole["runs"] for section in run["sections"] for b in section["blocks"]]
    drawn = [block for block in blocks if block["kind"] == "picture"]
    for block in drawn:
        caption, table = block["caption"], block["table"]
        block.clear()
        block.update(table, caption=caption)
    return bool(drawn)


def payload(document: Document) -> dict[str, Any]:
    """The document as the template reads it: every text fit to be shown, every width decided."""
    masthead, laid = document.masthead, paper.Paper(document)
    setter = _Setter(document, laid)
    return {
        "language": language(masthead.language),
        "direction": masthead.direction,
        "title": shown(masthead.title) or shown(masthead.organ) or "-",
        "author": shown(masthead.organ),
        "said": {fact.key: setter.fact(fact) for fact in facts(document)},
        "labels": {fact.key: shown(fact.label) for fact in facts(document)},
        "contents": shown(document.labels.contents) if laid.has_contents() else "",
        "page": PAGE_PARTS.split(shown(document.labels.page)),
        "letter": setter.letter(document.letter) if document.letter else None,
        "runs": [setter.run(run) for run in laid.runs()],
    }


@cache
def _template() -> bytes:
    return _folder().joinpath("paper.typ").read_bytes()


@cache
def fonts() -> typst.Fonts:
    """Found once: typst keeps them mapped and reads only the glyphs it needs."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(_folder() / "fonts")],
    )


@cache
def _folder() -> Path:
    return Path(str(resources.files(__package__)))


# Sections and their blocks


class _Setter:
    """Sets what stands in the sections of one document, and the letter around them."""

    def __init__(self, document: Document, laid: paper.Paper) -> None:
        self.document, self.laid = document, laid
        self.say = Inline(document.masthead.direction)

    def fact(self, fact: Fact) -> list[Any]:
        say = self.say.text if fact.key in PARAGRAPHS else self.say.prose
        return [say(line) for line in fact.lines]

    def run(self, run: paper.Run) -> dict[str, Any]:
        sections = [self._section(section) for section in run.sections]
        return {"flipped": run.on_its_side, "sections": sections}

    def _section(self, section: Section) -> dict[str, Any]:
        blocks = [self._block(block) for block in section.blocks]
        return {"title": self.say.prose(section.title), "blocks": blocks}

    def _block(self, block: Block) -> dict[str, Any]:
        say = self.say
        match block:
            case Paragraph():
                return {"kind": "paragraph", "text": say.text(block.text)}
            case Notes():
                return {"kind": "notes", "items": [say.text(item) for item in block.items]}
            case Definitions():
                pairs = [[say.prose(term), say.cell(cell, PROSE)] for term, cell in block.pairs]
                return {"kind": "definitions", "pairs": pairs}
            case Table():
                return self._table(block, self.laid.lay(block))
            case Picture():
                return self._picture(block)

    def _picture(self, picture: Picture) -> dict[str, Any]:
        """Drawn, with what it shows in words for those who hear it, and its figures under it."""
        figures = picture.table()
        table = self._table(figures, self.laid.lay(figures))
        return {
            "kind": "picture",
            "caption": table["caption"],
            "alt": shown(picture.description) or shown(picture.caption) or "-",
            "svg": drawable(svg(picture, "print")),
            "table": {**table, "caption": self.say.prose(picture.in_figures)},
        }

    def _table(self, table: Table, lay: paper.Lay) -> dict[str, Any]:
        columns = table.columns[lay.grouped :]
        return {
            "kind": "table",
            "caption": self.say.prose(table.caption),
            "empty": self.say.prose(table.empty),
            "widths": lay.widths,
            "heads": [
                {"text": self.say.plain(shown(c.label), room), "end": c.kind == "number"}
                for c, room in zip(columns, lay.rooms, strict=True)
            ],
            "strong": [column.row_header for column in columns],
            "groups": [self._group(group, columns, lay) for group in paper.groups(table, lay)],
        }

    def _group(
        self, group: paper.Group, columns: tuple[Column, ...], lay: paper.Lay
    ) -> dict[str, Any]:
        rows = [self.say.row(row, columns, lay.rooms) for _number, row in group.rows]
        long = [place for place, (number, _row) in enumerate(group.rows) if number in lay.long]
        return {"name": self.say.cell(group.name, PROSE), "rows": rows, "long": long}

    def letter(self, letter: Letter) -> dict[str, Any]:
        labels, text = self.document.labels, self.say.text
        return {
            "form": letter.form,
            "addressee": [text(one) for one in letter.addressee],
            "reference": self.say.plain(shown(letter.reference), PROSE),
            "salutation": text(letter.salutation),
            "closing": text(letter.closing),
            "signatory": [text(one) for one in letter.signatory],
            "enclosures": [text(one) for one in letter.enclosures],
            "labels": {
                "reference": shown(labels.reference),
                "enclosures": shown(labels.enclosures),
            },
        }
