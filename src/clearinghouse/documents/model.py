"""A document as the committee knows it: a masthead, sections of prose, tables and pictures."""

import re
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

from clearinghouse.documents.shapes import Bars, Heat, Shape, Timeline

Direction: TypeAlias = Literal["ltr", "rtl"]
Kind: TypeAlias = Literal["text", "number", "date", "code"]
Form: TypeAlias = Literal["letter", "note-verbale"]

KEY = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A text in another language than the document's, e.g. a title in its original."""

    text: str
    language: str  # BCP 47
    direction: Direction


Text: TypeAlias = str | Phrase
Line: TypeAlias = Text | int | Decimal | date
Cell: TypeAlias = Line | tuple[Line, ...] | None
SOUND = frozenset({str, int, type(None)})  # a cell, whatever it holds; a bool's type is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The few words the renderers print of their own accord, in the document's language."""

    organ: str
    title: str
    subtitle: str
    symbol: str
    revision: str
    distribution: str
    date: str
    original_language: str
    language: str
    as_of: str
    seen_by: str
    notices: str
    disclaimers: str
    reminder: str
    hash: str
    reference: str  # of a letter
    enclosures: str
    contents: str
    page: str  # holds %(page)s and %(pages)s
    cover: str  # names the first sheet of a workbook
    continued: str  # names the sheet that holds what one spreadsheet cell cannot


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """What stands above every document, in every format.

    `hash` is the SHA-256 (64 hex digits) that `structured.seal` prints; "" while unsealed.
    An empty text is a line that is not shown.
    """

    organ: str
    title: str
    language: str  # BCP 47
    direction: Direction
    as_of: str
    seen_by: str  # the one line that says who may see this
    subtitle: str = ""
    symbol: str = ""  # a draft symbol: real ones are assigned by the Secretariat
    revision: str = ""  # for example "Corr.1" or "Rev.2", as it follows the symbol
    distribution: str = ""
    date: str = ""
    original_language: str = ""
    hash: str = ""
    notices: tuple[str, ...] = ()
    disclaimers: tuple[str, ...] = ()
    reminder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text; a line end in it stays one."""

    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """A numbered list: a legend, notes, steps."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """Terms and what they say: a State's sheet, the head of a letter."""

    pairs: tuple[tuple[str, Cell], ...]

    def __post_init__(self) -> None:
        for term, cell in self.pairs:
            _check_cell(cell, f"definition {term!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What stands above one column, and how its cells are set."""

    key: str
    label: str
    kind: Kind = "text"
    width: int = 20  # a hint, in characters
    row_header: bool = False

    def __post_init__(self) -> None:
        _check_key(self.key, "column")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under columns; `empty` is what is said when there is no row.

    Raises ValueError for a row of another length than the columns, a bad or repeated key or a
    number that is not finite, TypeError for a value that is no cell. Each names the place.
    """

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str

    def __post_init__(self) -> None:
        _check_key(self.key, "table")
        _check_unique([column.key for column in self.columns], f"columns of {self.key}")
        if not self.columns:
            raise ValueError(f"table {self.key} has no columns")
        for number, row in enumerate(self.rows, start=1):
            self._check_row(number, row)

    def _check_row(self, number: int, row: tuple[Cell, ...]) -> None:
        if len(row) != len(self.columns):
            raise ValueError(
                f"table {self.key}, row {number}: {len(row)} cells, {len(self.columns)} columns",
            )
        for column, cell in zip(self.columns, row, strict=True):
            if type(cell) not in SOUND:  # most cells are, and 150,000 checks have their price
                _check_cell(cell, f"table {self.key}, row {number}, column {column.key}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A shape with what it shows in words. Its table is made of it, so the two cannot disagree.

    `description` is for those who do not see it; `in_figures` names the way to the table.
    """

    key: str
    caption: str
    description: str
    shape: Shape
    in_figures: str
    language: str  # BCP 47
    direction: Direction

    def __post_init__(self) -> None:
        _check_key(self.key, "picture")

    def table(self) -> Table:
        """The same figures, in the order drawn; its key is the picture's."""
        columns, rows = _tabulated(self.shape)
        return Table(key=self.key, caption=self.caption, columns=columns, rows=rows, empty="")


Block: TypeAlias = Paragraph | Notes | Definitions | Table | Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the document; its key is its anchor. The text of a letter has no title."""

    key: str
    title: str
    blocks: tuple[Block, ...]

    def __post_init__(self) -> None:
        _check_key(self.key, "section")

    def tables(self) -> tuple[Table, ...]:
        """Its tables in their order, those that pictures stand for among them."""
        return tuple(
            block.table() if isinstance(block, Picture) else block
            for block in self.blocks
            if isinstance(block, Table | Picture)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a document bears in place of its title when it is sent to somebody.

    A note verbale is in the third person and unsigned: it leaves a space for initials, and its
    `salutation`, `closing` and `signatory` stay empty. Organ, symbol, date and language stand in
    the masthead; the text is the sections, which need no titles.
    """

    form: Form
    addressee: tuple[Text, ...]  # its lines
    reference: str = ""
    salutation: Text = ""
    closing: Text = ""
    signatory: tuple[Text, ...] = ()  # the lines under the space for the signature
    enclosures: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        if self.form == "note-verbale" and (self.salutation or self.closing or self.signatory):
            raise ValueError("a note verbale is initialled: no salutation, closing or signatory")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The whole. Raises ValueError if two sections, or two tables, bear one key."""

    masthead: Masthead
    labels: Labels
    sections: tuple[Section, ...]
    letter: Letter | None = None

    def __post_init__(self) -> None:
        _check_unique([section.key for section in self.sections], "sections")
        _check_unique([table.key for table in self.tables()], "tables")

    def tables(self) -> tuple[Table, ...]:
        return tuple(table for section in self.sections for table in section.tables())

    def table(self, key: str) -> Table:
        """Return the table of this key; KeyError if there is none."""
        found = {table.key: table for table in self.tables()}
        return found[key]


class Fact(NamedTuple):
    """One labelled line of the masthead."""

    key: str
    label: str
    lines: tuple[str, ...]


def facts(document: Document) -> tuple[Fact, ...]:
    """Every line of the masthead that says something, in the order in which it is read."""
    order = (field.name for field in fields(Labels))
    found = (_fact(document, name) for name in order if hasattr(document.masthead, name))
    return tuple(fact for fact in found if fact.lines)


def lines(cell: Cell) -> tuple[Line, ...]:
    if cell is None:
        return ()
    return cell if isinstance(cell, tuple) else (cell,)


def _fact(document: Document, name: str) -> Fact:
    value = getattr(document.masthead, name)
    several = value if isinstance(value, tuple) else (value,)
    return Fact(name, getattr(document.labels, name), tuple(text for text in several if text))


def _tabulated(shape: Shape) -> tuple[tuple[Column, ...], tuple[tuple[Cell, ...], ...]]:
    first = Column(key="name", label=shape.head, width=32, row_header=True)
    match shape:
        case Heat():
            columns = tuple(
                Column(key=f"c{number}", label=name, kind="number", width=12)
                for number, name in enumerate(shape.columns, start=1)
            )
            pairs = zip(shape.rows, shape.counts, strict=True)
            return (first, *columns), tuple((name, *counts) for name, counts in pairs)
        case Bars():
            count = Column(key="count", label=shape.unit, kind="number", width=12)
            return (first, count), shape.bars
        case Timeline():
            day = Column(key="day", label=shape.unit, kind="date", width=12)
            return (first, day), shape.in_order()


def _check_key(key: str, what: str) -> None:
    # Keys become anchors in a page and names in JSON.
    if not KEY.fullmatch(key):
        raise ValueError(f"{what} key {key!r}: small letters, digits, single - or _")


def _check_unique(keys: list[str], what: str) -> None:
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise ValueError(f"{what}: {', '.join(twice)} more than once")


def _check_cell(cell: Cell, where: str) -> None:
    for line in lines(cell):
        # A bool has no words, a datetime no place in a calendar column, a float no exact value.
        known = isinstance(line, str | int | Decimal | date | Phrase)
        if not known or isinstance(line, bool | datetime):
            raise TypeError(f"{where}: {type(line).__name__} is not a cell")
        if isinstance(line, Decimal) and not line.is_finite():
            raise ValueError(f"{where}: {line} is not a number")
