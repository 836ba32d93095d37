"""Reads spreadsheets and CSV: cell references are looked at before anything lays out a table.

A reader that trusts them asks for as much memory as a cell in the far corner wants
(`XFD1048576`), and ends the process with it.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook

from clearinghouse.files.formats import markup, packed
from clearinghouse.files.formats.contents import Book, Sheet, Value, column_name
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.kernel.marking import N_

MOST_ROWS = 100_010  # a header and what explains it, above 100,000 rows of content
MOST_COLUMNS = 256
MOST_PLACES = 3_000_000  # rows times columns of the smallest table that holds every cell
MOST_SHEETS = 50
TEXTS = frozenset({str})
NOWHERE = "\0"  # in no markup: ends no reference
_COLUMNS = {column_name(at): at for at in range(1, MOST_COLUMNS + 1)}
# A sheet written otherwise than spreadsheet programs write one, or larger than 29 columns by
# MOST_ROWS: whatever is odd is gone through element by element.
_ROW = rb"(?:[1-9][0-9]{0,4}|1000(?:0[0-9]|10))"
_ODD = re.compile(
    rb"<(?:f[\s/>]|[^\s<>/!?]*:(?:c|row|f)[\s/>]"
    rb'|c(?=[\s/>])(?! r="(?:[A-Z]|A[ABC])' + _ROW + rb'")'
    rb'|row(?=[\s/>])(?! r="' + _ROW + rb'"))'
)
_IN_UTF_8 = re.compile(rb"<(?:\?xml version=[\"']1\.0[\"'] encoding=[\"'](?i:utf-8)[\"']|[a-z])")
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})\Z")

ROWS = N_("%(sheet)s, row %(row)s: a sheet may have %(most)s rows.")
COLUMNS = N_("%(sheet)s, cell %(cell)s: a sheet may have %(most)s columns, to %(last)s.")
PLACES = N_("%(sheet)s, cell %(cell)s: the cells lie too far apart to be one table.")
FORMULA = N_("%(sheet)s, cell %(cell)s holds a formula: write the value itself.")
BAD_REFERENCE = N_("%(sheet)s: “%(cell)s” is no cell.")
SHEETS = N_("The file has %(count)s sheets; at most %(most)s are read.")
NO_BOOK = N_("The spreadsheet cannot be read: %(why)s.")
LINE = N_("Line %(line)s: %(why)s.")
FAULT = N_("Cell %(cell)s of the sheet “%(sheet)s” holds an error, not a value.")


@dataclass
class _Scan:
    """Where the scan of one sheet stands: the place it is at, and how far cells reach."""

    sheet: str
    row: int = 0
    column: int = 0
    last_row: int = 0
    last_column: int = 0
    told: str = NOWHERE  # the digits of the row, once a cell of it has been held

    def begin_row(self, given: str) -> None:
        self.row = int(given) if given.isdecimal() and len(given) <= 7 else self.row + 1  # noqa: PLR2004  # digits of 1,048,576
        self.column, self.told = 0, NOWHERE
        if self.row > MOST_ROWS:
            raise Unfit(ROWS, sheet=self.sheet, row=self.row, most=MOST_ROWS)

    def begin_cell(self, given: str) -> None:
        """A cell of a row and a column that were held before is held: most cells are."""
        if given.endswith(self.told):
            column = _COLUMNS.get(given[: -len(self.told)], MOST_COLUMNS + 1)
            if column <= self.last_column:
                self.column = column
                return
        self._place(given)

    def _place(self, given: str) -> None:
        if given:
            found = _REFERENCE.match(given)
            if not found:
                raise Unfit(BAD_REFERENCE, sheet=self.sheet, cell=given[:20])
            self.column, self.row = _number(found.group(1)), int(found.group(2))
        else:
            self.column += 1
        self._hold()
        self.told = str(self.row)

    def meet_formula(self, _given: str) -> None:
        """Outside a cell `f` is somebody else's word."""
        if self.column:
            raise Unfit(FORMULA, sheet=self.sheet, cell=self.cell)

    @property
    def cell(self) -> str:
        return f"{column_name(self.column)}{self.row}"

    def _hold(self) -> None:
        if self.column > MOST_COLUMNS:
            last = column_name(MOST_COLUMNS)
            raise Unfit(COLUMNS, sheet=self.sheet, cell=self.cell, most=MOST_COLUMNS, last=last)
        if self.row > MOST_ROWS:
            raise Unfit(ROWS, sheet=self.sheet, row=self.row, most=MOST_ROWS)
        self.last_row, self.last_column = (
            max(self.last_row, self.row),
            max(self.last_column, self.column),
        )
        if self.last_row * self.last_column > MOST_PLACES:
            raise Unfit(PLACES, sheet=self.sheet, cell=self.cell)


def read(content: bytes) -> Book:
    """Every sheet, as values. Raises Unfit, naming sheet and cell."""
    packed.looked_through(content)
    for name, body in _parts(content):
        _scan(name, body)
    return _laid_out(content)


def read_csv(content: bytes) -> Book:
    """A CSV in UTF-8, separated by commas, semicolons or tabs."""
    text = content.decode("utf-8-sig")
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    try:
        for row in lines:
            rows.append(row)
            if len(rows) > MOST_ROWS:
                raise Unfit(ROWS, sheet="CSV", row=len(rows), most=MOST_ROWS)
            if len(row) > MOST_COLUMNS:
                cell = f"{column_name(len(row))}{len(rows)}"
                last = column_name(MOST_COLUMNS)
                raise Unfit(COLUMNS, sheet="CSV", cell=cell, most=MOST_COLUMNS, last=last)
    except csv.Error as why:
        raise Unfit(LINE, line=lines.line_num, why=str(why)) from None
    return Book([Sheet("CSV", rows)])


def _parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Every part that is markup, whatever it is called: a sheet may be called anything."""
    with packed.opened(content) as archive:
        for member in archive.infolist():
            body = archive.read(member)
            if body.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t\0").startswith(b"<"):
                yield member.filename, body


def _scan(part: str, body: bytes) -> None:
    """As every reader has to take it: well formed, no document type, no cell out of bounds."""
    scan = _Scan(part.rpartition("/")[2].removesuffix(".xml"))
    acts = {"row": scan.begin_row, "c": scan.begin_cell, "f": scan.meet_formula}
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def begin(name: str, attributes: Mapping[str, str]) -> None:
        act = acts.get(name if ":" not in name else name.rpartition(":")[2])
        if act:
            act(attributes.get("r", ""))

    def refuse(*_declared: object) -> None:
        raise Unfit(markup.DOCUMENT_TYPE, part=part, line=parser.CurrentLineNumber)

    if not _is_plain(body):
        parser.StartElementHandler = begin
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(body, True)
    except expat.ExpatError as why:
        raise Unfit(markup.MALFORMED, part=part, line=why.lineno) from None


def _is_plain(body: bytes) -> bool:
    """Whether a look at the bytes shows that every cell is in bounds, and none holds a formula.

    Only where each is written as spreadsheet programs write it; it takes a fifth of the time.
    """
    return bool(_IN_UTF_8.match(body)) and b"\0" not in body and not _ODD.search(body)


def _laid_out(content: bytes) -> Book:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = book.sheet_names
        if len(names) > MOST_SHEETS:
            raise Unfit(SHEETS, count=len(names), most=MOST_SHEETS)
        sheets = [
            Sheet(n, _values(book.get_sheet_by_name(n).to_python(skip_empty_area=False)))
            for n in names
        ]
    except (CalamineError, OSError, ValueError, KeyError) as why:
        raise Unfit(NO_BOOK, why=str(why)[:100] or type(why).__name__) from None
    return Book(sheets)


def _values(rows: Sequence[Sequence[object]]) -> list[list[Value]]:
    return [_row(row) for row in rows]


def _row(row: Sequence[object]) -> list[Value]:
    if TEXTS.issuperset(map(type, row)):
        return list(row)  # type: ignore[arg-type]  # texts alone
    return [_value(v) for v in row]


def _value(value: object) -> Value:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004  # exact as a float
        return int(value)
    if isinstance(value, str | int | float | bool | date | datetime):
        return value
    return str(value) if isinstance(value, time | timedelta) else None


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
