"""A document as an Excel workbook: a cover with the masthead, then a sheet for each table."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from itertools import takewhile
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeAlias

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from clearinghouse.documents.legible import visible, written
from clearinghouse.documents.model import (
    Block,
    Cell,
    Column,
    Definitions,
    Direction,
    Document,
    Notes,
    Paragraph,
    Phrase,
    Picture,
    Section,
    Table,
    facts,
    lines,
)
from clearinghouse.documents.sheets import (
    FIRST_DATE,
    PIECE,
    ROWS,
    SheetNames,
    exact,
    fits,
    pieces,
    running_text,
)

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# The day zip files count from. The true moment stands in the masthead; here it would only make
# two copies of one rendition differ.
CREATED = datetime(1980, 1, 1)  # noqa: DTZ001  # XlsxWriter takes it as UTC and refuses a zone
A4 = 9
MIDNIGHT = time()
Style: TypeAlias = dict[str, object]
PLAIN: Style = {}
STRONG: Style = {"bold": True}
HEADING: Style = {"bold": True, "font_size": 14}
TITLE: Style = {"bold": True, "font_size": 18}
LINK: Style = {"underline": 1, "font_color": "#1F4E79"}
HEAD: Style = {"bold": True, "bottom": 2, "bg_color": "#EEF2F7", "valign": "bottom"}
DATE: Style = {"num_format": "yyyy-mm-dd", "align": "left"}
READING_ORDER = {"ltr": 1, "rtl": 2}


def render(document: Document) -> bytes:
    """The workbook's bytes; the same document gives the same bytes.

    Text stays text, whatever it begins with; dates and numbers are typed where a cell holds them
    exactly, else they are text. A text longer than a cell's 32,767 characters ends with a mark,
    and stands whole in a last sheet under that mark. Raises ValueError if a table has more rows
    than a sheet.
    """
    for table in document.tables():
        if len(table.rows) >= ROWS:
            raise ValueError(
                f"table {table.key}: {len(table.rows)} rows, a sheet holds {ROWS - 1}"
            )
    out = io.BytesIO()
    # Rows wait on disk until the file is closed: in a folder that goes, whatever happens.
    with TemporaryDirectory() as folder:
        _Book(document, Workbook(out, {**OPTIONS, "tmpdir": folder})).write()
    return out.getvalue()


class _Book:
    """The workbook while it is written: its styles, its sheets' names, its overlong texts."""

    def __init__(self, document: Document, workbook: Workbook) -> None:
        self.document = document
        self.direction: Direction = document.masthead.direction
        self.workbook = workbook
        self.names = SheetNames()
        self.styles: dict[object, Format] = {}
        self.overlong: list[str] = []

    def write(self) -> None:
        masthead = self.document.masthead
        self.workbook.set_properties(
            {
                "title": visible(masthead.title),
                "author": visible(masthead.organ),
                "created": CREATED,
            }
        )
        cover = self.sheet(self.document.labels.cover)
        titled = [(s, t) for s in self.document.sections for t in s.tables()]
        listed = [(self.table(section, table), table.caption) for section, table in titled]
        # The cover comes last: by now it is known which sheets there are. Its own texts may be
        # overlong too, so the sheet of continuations is made after it.
        self.cover(cover, listed)
        if self.overlong:
            self.continuations()
        self.workbook.close()

    def sheet(self, name: str) -> Worksheet:
        """Open a sheet that prints on A4, one page wide, with symbol, seen-by and hash."""
        sheet = self.workbook.add_worksheet(self.names.take(name))
        masthead, labels = self.document.masthead, self.document.labels
        if self.direction == "rtl":
            sheet.right_to_left()
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        symbol = running_text(f"{masthead.symbol} {masthead.revision}")
        sheet.set_header(f"&L{symbol}&R{running_text(masthead.seen_by)}")
        seal = f"{running_text(labels.hash)} {masthead.hash}" if masthead.hash else ""
        sheet.set_footer(f"&L{seal}&R&P / &N")
        return sheet

    def style(self, properties: Style) -> Format:
        known = tuple(properties.items())
        if known not in self.styles:
            order = READING_ORDER[self.direction]
            whole = {"text_wrap": True, "valign": "top", "reading_order": order, **properties}
            self.styles[known] = self.workbook.add_format(whole)
        return self.styles[known]

    # A table's sheet

    def table(self, section: Section, table: Table) -> str:
        """Write the table on a sheet of its own, and return the sheet's name."""
        sheet = self.sheet(section.title if len(section.tables()) == 1 else table.caption)
        columns = self.head(sheet, table.columns)
        if not table.rows:
            self.cell(
                sheet, (1, 0), table.empty, {"text_wrap": False}
            )  # it runs over its neighbours
        else:
            sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
        for number, row in enumerate(table.rows, start=1):
            self.row(sheet, number, row, columns)
        return str(sheet.name)

    def row(
        self, sheet: Worksheet, number: int, row: tuple[Cell, ...], columns: list["_Styled"]
    ) -> None:
        """Most cells are short plain words, written at once. An empty one looks as its column."""
        for place, (cell, column) in enumerate(zip(row, columns, strict=True)):
            if type(cell) is str and _is_plain(cell):
                sheet.write_string(number, place, cell, column.form)
            elif cell is not None:
                self.cell(sheet, (number, place), cell, column.style)

    def head(self, sheet: Worksheet, columns: tuple[Column, ...]) -> list["_Styled"]:
        beside = len(list(takewhile(lambda column: column.row_header, columns)))
        sheet.freeze_panes(1, beside)
        sheet.repeat_rows(0)
        styles = [self.column_style(column) for column in columns]
        styled = [_Styled(style, self.style(style)) for style in styles]
        for place, column in enumerate(columns):
            width = min(max(column.width, 4), 100)
            sheet.set_column(place, place, width, styled[place].form)
            self.cell(sheet, (0, place), column.label, HEAD)
        return styled

    def column_style(self, column: Column) -> Style:
        style: Style = {"bold": True} if column.row_header else {}
        if column.kind == "code":
            style["reading_order"] = READING_ORDER["ltr"]
        return style

    # Cells

    def cell(self, sheet: Worksheet, place: tuple[int, int], cell: Cell, style: Style) -> None:
        """Write one cell by its type; an empty one keeps its style."""
        match cell:
            case None:
                sheet.write_blank(*place, None, self.style(style))
            case date() if cell >= FIRST_DATE:
                sheet.write_datetime(
                    *place, datetime.combine(cell, MIDNIGHT), self.style({**style, **DATE})
                )
            case int() | Decimal() if exact(cell):
                sheet.write_number(*place, float(cell), self.style({**style, **_figures(cell)}))
            case Phrase():
                order = READING_ORDER[cell.direction]
                self.text(sheet, place, written(cell), {**style, "reading_order": order})
            case _:
                text = "\n".join(written(line) for line in lines(cell))
                self.text(sheet, place, text, style)

    def text(self, sheet: Worksheet, place: tuple[int, int], text: str, style: Style) -> None:
        if not fits(text):
            self.overlong.append(text)
            text = f"{next(pieces(text))}… [{len(self.overlong)}]"
        form = self.style(style)
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter would take this for its own mark-up and copy it unescaped into the file:
            # a way to smuggle in formulas. In parts, of which it wants three, it is plain text.
            sheet.write_rich_string(*place, text[:1], text[1:2], text[2:], form)
        else:
            sheet.write_string(*place, text, form)

    # The cover

    def cover(self, sheet: Worksheet, listed: list[tuple[str, str]]) -> None:
        """The masthead, the list of sheets, then all that is said in words."""
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 100)
        pairs = [*_masthead(self.document), EMPTY, *_listing(self.document, listed)]
        pairs += _letter(self.document)
        pairs += (pair for section in self.document.sections for pair in _prose(section))
        for row, pair in enumerate(pairs):
            if pair.sheet:
                quoted = pair.sheet.replace("'", "''")
                sheet.write_url(row, 1, f"internal:'{quoted}'!A1", string="-")
            self.cell(sheet, (row, 0), pair.label, pair.style)
            self.cell(sheet, (row, 1), pair.value, {"bold": False, "align": "left", **pair.look})

    def continuations(self) -> None:
        sheet = self.sheet(self.document.labels.continued)
        sheet.set_column(0, 0, 8)
        sheet.set_column(1, 1, 100)
        marked = (
            (mark, piece) for mark, text in enumerate(self.overlong, 1) for piece in pieces(text)
        )
        for row, (mark, piece) in enumerate(marked):
            self.cell(sheet, (row, 0), f"[{mark}]", STRONG)
            self.text(sheet, (row, 1), piece, PLAIN)


class _Styled(NamedTuple):
    """How the cells of a column are set, and that as the workbook knows it."""

    style: Style
    form: Format


class _Pair(NamedTuple):
    """One row of the cover: what is said, and the sheet it leads to, if any."""

    label: str | None
    value: Cell
    style: Style = STRONG
    look: Style = PLAIN
    sheet: str = ""


EMPTY = _Pair(None, None)


def _masthead(document: Document) -> Iterator[_Pair]:
    for fact in facts(document):
        for number, line in enumerate(fact.lines):
            look = TITLE if fact.key == "title" else PLAIN
            yield _Pair(None if number else fact.label, line, look=look)


def _listing(document: Document, listed: list[tuple[str, str]]) -> Iterator[_Pair]:
    for number, (sheet, caption) in enumerate(listed):
        label = None if number else document.labels.contents
        yield _Pair(label, caption, look=LINK, sheet=sheet)


def _letter(document: Document) -> Iterator[_Pair]:
    """All that a letter bears beside its text, in the order in which it is read."""
    if letter := document.letter:
        yield EMPTY
        yield _Pair(None, letter.addressee)
        yield _Pair(document.labels.reference, letter.reference or None)
        yield from (_Pair(None, text) for text in (letter.salutation, letter.closing) if text)
        yield _Pair(None, letter.signatory or None)
        yield _Pair(document.labels.enclosures, letter.enclosures or None)


def _prose(section: Section) -> list[_Pair]:
    pairs = [_Pair(*pair) for block in section.blocks for pair in _in_words(block)]
    return [EMPTY, _Pair(section.title, None, HEADING), *pairs] if pairs else []


def _in_words(block: Block) -> list[tuple[str | None, Cell]]:
    match block:
        case Paragraph():
            return [(None, block.text)]
        case Notes():
            return [(f"{number}.", item) for number, item in enumerate(block.items, start=1)]
        case Definitions():
            return list(block.pairs)
        case Table() | Picture():
            return []  # it has a sheet


def _is_plain(text: str) -> bool:
    """Nothing in it is to be shown otherwise, parted, or kept from being taken for mark-up."""
    return text.isascii() and text.isprintable() and len(text) <= PIECE and text[:1] != "<"


def _figures(number: int | Decimal) -> Style:
    """Show as many decimal places as were given: 12.50 is not 12.5."""
    exponent = number.as_tuple().exponent if isinstance(number, Decimal) else 0
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return {"num_format": "0." + "0" * places} if places else {}
