"""What was read from a file: rows with their places kept, paragraphs, markup, a mail."""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

TEXTS = frozenset({str})  # the types of most rows: they travel as they are
Value = str | int | float | bool | date | datetime | None


def column_name(column: int) -> str:
    """From 1: A, B … Z, AA."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


@dataclass(frozen=True)
class Sheet:
    """A table. Rows and columns are counted from 1, as those who typed them count."""

    name: str
    rows: Sequence[Sequence[Value]]

    def place(self, row: int, column: int) -> str:
        """What the reader of a fault looks for: "B12"."""
        del self
        return f"{column_name(column)}{row}"

    def records(self, header: int = 1) -> list[tuple[int, dict[str, Value]]]:
        """Each row below the header that holds anything, by its number and its columns' names."""
        if len(self.rows) < header:
            return []
        names = [str(value or "").strip() for value in self.rows[header - 1]]
        below = enumerate(self.rows[header:], start=header + 1)
        return [
            (number, {n: v for n, v in zip(names, row, strict=False) if n})
            for number, row in below
            if any(value not in (None, "") for value in row)
        ]


@dataclass(frozen=True)
class Book:
    """A spreadsheet, or a CSV as a book of one sheet."""

    sheets: Sequence[Sheet]


@dataclass(frozen=True)
class Paper:
    """A text document: its paragraphs, and its tables in order."""

    paragraphs: Sequence[str]
    tables: Sequence[Sheet] = ()


@dataclass(frozen=True)
class Element:
    """An element of markup, with the line it began on."""

    tag: str
    line: int
    attributes: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    children: Sequence["Element"] = ()


@dataclass(frozen=True)
class Part:
    """A file that came with a mail."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """A mail: some of its headers by their name in small letters, its text, what came with it."""

    headers: Mapping[str, str]
    text: str
    is_html: bool = False  # there was no plain text: this was taken from the page, nothing loaded
    defects: Sequence[str] = ()
    parts: Sequence[Part] = ()


Content = Book | Paper | Element | Letter


def written(content: Content) -> dict[str, Any]:
    """As JSON can carry it from one process to another."""
    return {"what": type(content).__name__, "is": _WRITE[type(content)](content)}


def read(data: Mapping[str, Any]) -> Content:
    return _READ[data["what"]](data["is"])


def _write_value(value: Value) -> Any:
    if isinstance(value, datetime):
        return {"t": value.isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    return value


def _read_value(value: Any) -> Value:
    if isinstance(value, dict):
        if "t" in value:
            return datetime.fromisoformat(value["t"])
        return date.fromisoformat(value["d"])
    kept: Value = value
    return kept


def _write_sheet(sheet: Sheet) -> Any:
    return [
        sheet.name,
        [r if TEXTS.issuperset(map(type, r)) else [*map(_write_value, r)] for r in sheet.rows],
    ]


def _read_sheet(data: Any) -> Sheet:
    rows = [r if TEXTS.issuperset(map(type, r)) else [*map(_read_value, r)] for r in data[1]]
    return Sheet(data[0], rows)


def _write_element(each: Element) -> Any:
    inner = [_write_element(child) for child in each.children]
    return [each.tag, each.line, dict(each.attributes), each.text, inner]


def _read_element(data: Any) -> Element:
    tag, line, attributes, text, children = data
    return Element(tag, line, attributes, text, [_read_element(child) for child in children])


def _write_letter(letter: Letter) -> Any:
    parts = [[p.name, base64.b64encode(p.content).decode()] for p in letter.parts]
    return [dict(letter.headers), letter.text, letter.is_html, list(letter.defects), parts]


def _read_letter(data: Any) -> Letter:
    headers, text, is_html, defects, came_with = data
    parts = [Part(name, base64.b64decode(content)) for name, content in came_with]
    return Letter(headers, text, is_html, defects, parts)


_WRITE: dict[type, Callable[[Any], Any]] = {
    Book: lambda book: [_write_sheet(s) for s in book.sheets],
    Paper: lambda paper: [list(paper.paragraphs), [_write_sheet(s) for s in paper.tables]],
    Element: _write_element,
    Letter: _write_letter,
}
_READ: dict[str, Callable[[Any], Content]] = {
    "Book": lambda data: Book([_read_sheet(s) for s in data]),
    "Paper": lambda data: Paper(data[0], [_read_sheet(s) for s in data[1]]),
    "Element": _read_element,
    "Letter": _read_letter,
}
