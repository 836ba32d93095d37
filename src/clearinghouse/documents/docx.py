"""A document as a Word file: real headings, lists, repeated table heads, marked languages."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from itertools import count
from typing import Any

import docx as word_files
from docx.document import Document as File
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

from clearinghouse.documents import paper, raster, word
from clearinghouse.documents.legible import visible
from clearinghouse.documents.model import (
    Block,
    Definitions,
    Document,
    Letter,
    Notes,
    Paragraph,
    Picture,
    Section,
    Table,
    Text,
    facts,
)
from clearinghouse.documents.word import NAMESPACE, Pen, Xml

# The day zip files count from: the true moment stands in the masthead.
LONG_AGO = datetime(1980, 1, 1, tzinfo=UTC)
NUMBERED = 0  # the one list there is, of which every Notes begins a copy at 1
PAGE_PARTS = re.compile(r"(%\((?:page|pages)\)s)")
FIELDS = {"%(page)s": word.field("PAGE"), "%(pages)s": word.field("NUMPAGES")}
UNUSED = (  # what python-docx's own template brings along
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
    RELATIONSHIP_TYPE.CUSTOM_XML,
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
)
TWENTIETHS = 1440  # of a point, in an inch
ONE_LINE = 64  # letters of organ and symbol together: beyond them the symbol has its own line
TALLEST = 7400  # of a picture
FOR_INITIALS = 3  # empty lines
TITLED = ("date", "distribution", "original_language")
VOUCHED = ("as_of", "seen_by", "hash")


def render(document: Document) -> bytes:
    """The file's bytes; the same document gives the same bytes."""
    file = word_files.Document()
    _clear(file)
    _style(file, document)
    _describe(file, document)
    _Writer(file, document).write()
    out = io.BytesIO()
    file.save(out)
    return _undated(out.getvalue())


class _Writer:
    """The file while it is written: its pen, and the lists begun in it."""

    def __init__(self, file: File, document: Document) -> None:
        self.file, self.document = file, document
        self.pen = Pen(document.masthead.direction)
        self.said = {fact.key: fact for fact in facts(document)}
        self.laid = paper.Paper(document)
        self.lists, self.images = count(1), count(1)
        self.symbol = " ".join(line for key in ("symbol", "revision") for line in self.lines(key))

    def lines(self, key: str) -> tuple[str, ...]:
        return self.said[key].lines if key in self.said else ()

    def write(self) -> None:
        self.running()
        last = self.file.element.body.sectPr
        references = [child for child in last if child.tag.endswith("Reference")]
        letter = self.document.letter
        self.put(*(self.letter_head(letter) if letter else self.masthead()))
        flipped = False
        for run in self.laid.runs():
            if run.on_its_side != flipped:
                self.put(word.sheet(on_its_side=flipped, last=False))
                flipped = run.on_its_side
            for section in run.sections:
                self.put(*self.section(section, flipped=run.on_its_side))
        if letter:
            self.put(*self.letter_foot(letter))
        self.end(references, flipped=flipped)

    def put(self, *pieces: Xml) -> None:
        body = self.file.element.body
        for piece in pieces:
            body.insert_element_before(_parsed(piece), "w:sectPr")

    def end(self, references: list[Any], *, flipped: bool) -> None:
        """The sheet of the last pages closes the file; the first of them bears head and foot."""
        body = self.file.element.body
        body.remove(body.sectPr)
        body.append(_parsed(word.sheet(on_its_side=flipped, last=True)))
        first = next(body.iter(f"{{{NAMESPACE}}}sectPr"))
        for place, reference in enumerate(references):
            first.insert(place, reference)

    # Head and foot of every page

    def running(self) -> None:
        section, pen = self.file.sections[0], self.pen
        head, foot = section.header, section.footer
        for part in (head, foot):
            part.is_linked_to_previous = False
            for old in list(part._element):  # noqa: SLF001  # python-docx offers no other way in
                part._element.remove(old)  # noqa: SLF001  # the same
        label = self.document.labels.seen_by
        seen_by = "".join(f"{label}: {line}" for line in self.lines("seen_by"))
        title = ", ".join((self.document.masthead.title, *self.lines("subtitle")))
        head_line = pen.ends("Header", pen.run(title), pen.code(self.symbol))
        foot_line = pen.ends("Footer", pen.run(seen_by), Xml("".join(self.page())))
        for part, line in ((head, head_line), (foot, foot_line)):
            part._element.append(_parsed(line))  # noqa: SLF001  # the same
            part._element.append(_parsed(pen.paragraph("Small")))  # noqa: SLF001  # a table is not the last

    def page(self) -> Iterator[Xml]:
        for part in PAGE_PARTS.split(self.document.labels.page):
            if part:
                yield FIELDS.get(part) or self.pen.run(part)

    # The masthead

    def masthead(self) -> Iterator[Xml]:
        pen = self.pen
        yield self.banner()
        for key in TITLED:
            yield from self.fact(key, "Distribution")
        yield pen.paragraph("Title", pen.run(self.document.masthead.title))
        for line in self.lines("subtitle"):
            yield pen.paragraph("Subtitle", pen.run(line))
        yield from self.notices()
        for key in VOUCHED:
            yield from self.fact(key, "Fact")
        yield from self.cautions()

    def banner(self) -> Xml:
        pen = self.pen
        tabs = f'<w:tabs><w:tab w:val="end" w:pos="{word.room(on_its_side=False)}"/></w:tabs>'
        organ = self.document.masthead.organ
        is_long = len(organ) + len(self.symbol) > ONE_LINE
        tab = Xml("<w:r><w:br/><w:tab/></w:r>" if is_long else "<w:r><w:tab/></w:r>")
        if not self.symbol:
            return pen.paragraph("Organ", pen.run(organ))
        return pen.paragraph("Organ", pen.run(organ), tab, pen.code(self.symbol), form=tabs)

    def fact(self, key: str, style: str) -> Iterator[Xml]:
        pen = self.pen
        for line in self.lines(key):
            value = pen.code(line) if key == "hash" else pen.run(line, strong=style == "Fact")
            yield pen.paragraph(style, pen.run(f"{self.said[key].label}: "), value)

    def notices(self) -> Iterator[Xml]:
        return (self.pen.paragraph("Notice", self.pen.run(line)) for line in self.lines("notices"))

    def cautions(self) -> Iterator[Xml]:
        for line in (*self.lines("disclaimers"), *self.lines("reminder")):
            yield self.pen.paragraph("Caution", self.pen.run(line))

    # Sections and their blocks

    def section(self, section: Section, *, flipped: bool) -> Iterator[Xml]:
        if section.title:
            yield self.pen.paragraph("Heading1", self.pen.run(section.title))
        after: list[Block | None] = [*section.blocks[1:], None]
        for block, following in zip(section.blocks, after, strict=True):
            # What leads up to a list or a table stays with it.
            leads = not isinstance(following, Paragraph | None)
            yield from self.block(block, word.room(on_its_side=flipped), leads=leads)

    def block(self, block: Block, room: int, *, leads: bool) -> Iterator[Xml]:
        pen = self.pen
        match block:
            case Paragraph():
                form = "<w:keepNext/>" if leads else ""
                yield pen.paragraph("Normal", pen.line(block.text), form=form)
            case Notes():
                yield from self.numbered(block.items)
            case Definitions():
                yield pen.pairs(block.pairs, room)
                yield pen.paragraph("Normal")
            case Picture():
                yield from self.picture(block, room)
            case Table():
                yield pen.paragraph("Caption", pen.run(block.caption))
                yield pen.table(block, self.laid.lay(block), room)
                yield pen.paragraph("Normal")

    def picture(self, picture: Picture, room: int) -> Iterator[Xml]:
        """Drawn as wide as the page allows; its figures stand under it."""
        drawn = raster.png(picture)
        relation, _image = self.file.part.get_or_add_image(io.BytesIO(drawn))
        wide, high = (dots * TWENTIETHS // raster.PER_INCH for dots in raster.size_of(drawn))
        scale = min(0.75, room / wide, TALLEST / high)
        size = (int(wide * scale), int(high * scale))
        said = picture.description or picture.caption
        yield self.pen.paragraph("Caption", self.pen.run(picture.caption))
        yield self.pen.paragraph("Normal", word.image(relation, next(self.images), size, said))
        table = replace(picture.table(), caption=picture.in_figures)
        yield from self.block(table, room, leads=False)

    def numbered(self, items: tuple[Text, ...]) -> Iterator[Xml]:
        number = next(self.lists)
        begun = (
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{NUMBERED}"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
        self.file.part.numbering_part.element.append(_parsed(Xml(begun)))
        form = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        # No page begins or ends with a single item of a list that goes on.
        alone = {0, len(items) - 2}
        for place, item in enumerate(items):
            kept = "<w:keepNext/>" if place in alone and place + 1 < len(items) else ""
            yield self.pen.paragraph("ListNumber", self.pen.line(item), form=kept + form)

    # Letters

    def letter_head(self, letter: Letter) -> Iterator[Xml]:
        pen = self.pen
        yield self.banner()
        if letter.form == "letter":
            for line in self.lines("date"):
                yield pen.paragraph("Distribution", pen.run(line))
        for line in self.lines("distribution"):
            yield pen.paragraph("Distribution", pen.run(line))
        if letter.reference:
            label = self.document.labels.reference
            yield pen.paragraph("Normal", pen.run(f"{label}: "), pen.code(letter.reference))
        yield from self.notices()
        yield from (self.addressee(line) for line in letter.addressee)
        if letter.salutation:
            yield pen.paragraph("Normal", pen.line(letter.salutation))

    def addressee(self, line: Text) -> Xml:
        """In a frame at the foot of the first page."""
        side = "right" if self.pen.direction == "rtl" else "left"
        frame = (
            f'<w:framePr w:w="5600" w:wrap="notBeside" w:hAnchor="margin" w:xAlign="{side}"'
            ' w:vAnchor="margin" w:yAlign="bottom"/>'
        )
        return self.pen.paragraph("Addressee", self.pen.line(line), form=frame)

    def letter_foot(self, letter: Letter) -> Iterator[Xml]:
        pen = self.pen
        if letter.form == "note-verbale":
            yield from (pen.paragraph("Signature", pen.run(line)) for line in self.lines("date"))
        if letter.closing:
            yield pen.paragraph("Signature", pen.line(letter.closing))
        yield from (pen.paragraph("Signature") for _ in range(FOR_INITIALS))
        yield from (pen.paragraph("Signature", pen.line(line)) for line in letter.signatory)
        if letter.enclosures:
            yield pen.paragraph("Normal", form="<w:keepNext/>")
            label = pen.run(self.document.labels.enclosures, strong=True)
            yield pen.paragraph("Normal", label, form="<w:keepNext/>")
            yield from self.numbered(letter.enclosures)
        yield from self.cautions()


# The package around the text


def _clear(file: File) -> None:
    """Take out of python-docx's template what would be its own and not the document's."""
    for parts in (file.part.rels, file.part.package.rels):
        for key in [key for key, rel in parts.items() if rel.reltype in UNUSED]:
            del parts[key]
    numbering = file.part.numbering_part.element
    for old in list(numbering):
        numbering.remove(old)
    level = (
        f'<w:abstractNum w:abstractNumId="{NUMBERED}"><w:multiLevelType w:val="singleLevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/><w:lvlJc w:val="start"/>'
        '<w:pPr><w:ind w:start="480" w:hanging="480"/></w:pPr></w:lvl></w:abstractNum>'
    )
    numbering.append(_parsed(Xml(level)))


def _style(file: File, document: Document) -> None:
    """Our own few styles in place of the template's hundred, in the document's language."""
    styles = parse_xml(_styles())
    language = next(styles.iter(f"{{{NAMESPACE}}}lang"))
    tag = document.masthead.language
    key = {"ar": "bidi", "zh": "eastAsia"}.get(tag.split("-", maxsplit=1)[0], "val")
    language.set(f"{{{NAMESPACE}}}{key}", tag)
    known = file.styles.element
    for old in list(known):
        known.remove(old)
    known.extend(list(styles))


def _describe(file: File, document: Document) -> None:
    """Whose it is and what it is called; never who pressed the button, nor when."""
    about, masthead = file.core_properties, document.masthead
    about.author = about.last_modified_by = visible(masthead.organ)[:255]
    about.title = visible(masthead.title)[:255]
    about.language = masthead.language
    about.comments = about.keywords = ""
    about.created = about.modified = LONG_AGO
    about.revision = 1


@cache
def _styles() -> bytes:
    return resources.files(__package__).joinpath("styles.xml").read_bytes()


def _parsed(piece: Xml) -> Any:
    root, rest = re.match(r"<(w:\w+)(.*)", piece, re.DOTALL).groups()  # type: ignore[union-attr]  # every piece is an element
    return parse_xml(f'<{root} xmlns:w="{NAMESPACE}"{rest}')


def _undated(content: bytes) -> bytes:
    """The same zip file with every entry dated alike."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, date_time=LONG_AGO.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()
