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
from clearinghouse.documents.legible import written
from clearinghouse.documents.model import (
    Block,
    Cell,
    Column,
    Definitions,
    Document,
    Letter,
    Line,
    Notes,
    Paragraph,
    Phrase,
    Picture,
    Section,
    Table,
    Text,
    facts,
)
from clearinghouse.documents.pictures import svg

PAGE_PARTS = re.compile(r"(%\((?:page|pages)\)s)")
PRIMARY = re.compile(r"[a-z]{2,3}")
ISOLATED, TURNED, RELEASED = "\u2066", "\u2067", "\u2069"  # run so, whatever surrounds it
INLINE = 40  # characters
PROSE = 70  # characters: a longer word in running text may end its line anywhere


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
    return {
        "language": _language(masthead.language),
        "direction": masthead.direction,
        "title": shown(masthead.title) or shown(masthead.organ) or "-",
        "author": shown(masthead.organ),
        "said": {fact.key: [_prose(line) for line in fact.lines] for fact in facts(document)},
        "labels": {fact.key: shown(fact.label) for fact in facts(document)},
        "contents": shown(document.labels.contents) if laid.has_contents() else "",
        "page": PAGE_PARTS.split(shown(document.labels.page)),
        "letter": _letter(document.letter, document) if document.letter else None,
        "runs": [_run(run, laid) for run in laid.runs()],
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


def _run(run: paper.Run, laid: paper.Paper) -> dict[str, Any]:
    sections = [_section(section, laid) for section in run.sections]
    return {"flipped": run.on_its_side, "sections": sections}


def _section(section: Section, laid: paper.Paper) -> dict[str, Any]:
    blocks = [_block(block, laid) for block in section.blocks]
    return {"title": _prose(section.title), "blocks": blocks}


def _block(block: Block, laid: paper.Paper) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "text": _text(block.text)}
        case Notes():
            return {"kind": "notes", "items": [_text(item) for item in block.items]}
        case Definitions():
            pairs = [[_prose(term), _cell(cell, PROSE)] for term, cell in block.pairs]
            return {"kind": "definitions", "pairs": pairs}
        case Table():
            return _table(block, laid.lay(block))
        case Picture():
            return _picture(block, laid)


def _picture(picture: Picture, laid: paper.Paper) -> dict[str, Any]:
    """Drawn, with what it shows in words for those who hear it, and its figures under it."""
    figures = picture.table()
    table = _table(figures, laid.lay(figures))
    return {
        "kind": "picture",
        "caption": table["caption"],
        "alt": shown(picture.description) or shown(picture.caption) or "-",
        "svg": drawable(svg(picture, "print")),
        "table": {**table, "caption": _prose(picture.in_figures)},
    }


def _table(table: Table, lay: paper.Lay) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": _prose(table.caption),
        "empty": _prose(table.empty),
        "widths": lay.widths,
        "heads": [
            {"text": paper.breakable(shown(column.label), room), "end": column.kind == "number"}
            for column, room in zip(table.columns, lay.rooms, strict=True)
        ],
        "strong": [column.row_header for column in table.columns],
        "rows": [_row(row, table.columns, lay.rooms) for row in table.rows],
        "long": sorted(lay.long),
    }


def _row(row: tuple[Cell, ...], columns: tuple[Column, ...], rooms: tuple[int, ...]) -> list[Any]:
    return [
        _code(cell, room) if column.kind == "code" and isinstance(cell, str) else _cell(cell, room)
        for cell, column, room in zip(row, columns, rooms, strict=True)
    ]


# Cells and texts


def _cell(cell: Cell, room: int) -> Any:
    if isinstance(cell, str):
        return paper.breakable(shown(cell), room)
    if isinstance(cell, tuple):
        return [_line(line, room) for line in cell]
    return "" if cell is None else _line(cell, room)


def _line(line: Line, room: int) -> Any:
    if isinstance(line, str):
        return paper.breakable(shown(line), room)
    if isinstance(line, Phrase):
        return _phrase(line, room)
    return _code(written(line), room)


def _phrase(phrase: Phrase, room: int) -> dict[str, str]:
    """A short one stands where the document's own words would; a long one runs its own way."""
    text = paper.breakable(shown(phrase.text), room)
    mark = {"language": _language(phrase.language), "direction": phrase.direction}
    if len(text) > INLINE:
        return {"text": text, **mark}
    begin = ISOLATED if phrase.direction == "ltr" else TURNED
    return {"text": f"{begin}{text}{RELEASED}", **mark, "direction": ""}


def _code(text: str, room: int) -> str:
    """-5 must not become 5- between right-to-left words, nor 1 (a) become (a) 1."""
    return f"{ISOLATED}{paper.breakable(shown(text), room)}{RELEASED}"


def _text(text: Text) -> Any:
    return _line(text, PROSE)


def _prose(text: str) -> str:
    return paper.breakable(shown(text), PROSE)


def _language(tag: str) -> str:
    """The primary language, which is all that a PDF's mark can hold; "" for what is none."""
    primary = tag.replace("_", "-").split("-", maxsplit=1)[0].lower()
    return primary if PRIMARY.fullmatch(primary) else ""


# Letters


def _letter(letter: Letter, document: Document) -> dict[str, Any]:
    labels = document.labels
    return {
        "form": letter.form,
        "addressee": [_text(line) for line in letter.addressee],
        "reference": _prose(letter.reference),
        "salutation": _text(letter.salutation),
        "closing": _text(letter.closing),
        "signatory": [_text(line) for line in letter.signatory],
        "enclosures": [_text(line) for line in letter.enclosures],
        "labels": {"reference": shown(labels.reference), "enclosures": shown(labels.enclosures)},
    }
