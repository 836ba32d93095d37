"""JSON and CSV read so that every record, and every key of it, knows its line."""

import csv
import io
import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

_SPACE = re.compile(r"[ \t\n\r]*")


@dataclass(frozen=True, slots=True)
class Broken:
    """A place that could not be read at all."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """The raw values of one record, the line it begins on, and the line of each key.

    A key inside the value of another is "key.inner"; one that has no line has that of its outer.
    """

    values: Mapping[str, object]
    line: int
    lines: Mapping[str, int] = field(default_factory=dict)

    def line_of(self, key: str) -> int:
        while "." in key and key not in self.lines:
            key = key.rpartition(".")[0]
        return self.lines.get(key, self.line)


Found = Iterator[Entry | Broken]


def decode(data: bytes) -> str | Broken:
    """UTF-8 text, with or without a byte-order mark."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Broken(line, f"not UTF-8 (byte 0x{data[error.start]:02x})")


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number in JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    for key in keys:
        if keys.count(key) > 1:
            raise ValueError(f"the key {key!r} stands twice")
    return dict(pairs)


def _syntax(text: str) -> Broken | None:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return Broken(error.lineno, f"broken JSON: {error.msg} (column {error.colno})")
    except (RecursionError, ValueError) as error:
        return Broken(1, f"broken JSON: {error}")
    return None


class _Walk:
    """A walk through text already known to be good JSON."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._breaks = [found.start() for found in re.finditer("\n", text)]
        self._decoder = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_constant)
        self.start = self._skip(0)

    def _skip(self, at: int) -> int:
        found = _SPACE.match(self.text, at)
        return found.end() if found else at

    def line(self, at: int) -> int:
        return bisect_left(self._breaks, at) + 1

    def _next(self, at: int) -> int:
        at = self._skip(at)
        return self._skip(at + 1) if self.text[at] == "," else at

    def entry(self, at: int) -> tuple[Entry | Broken, int]:
        """The object that begins at this place, and the place after it."""
        values: dict[str, object] = {}
        lines: dict[str, int] = {}
        broken: Broken | None = None
        begins, at = at, self._skip(at + 1)
        while self.text[at] != "}":
            key, colon = self._decoder.raw_decode(self.text, at)
            lines[key] = self.line(at)
            at = self._skip(self._skip(colon) + 1)
            value, end = self._value(at)
            if key in values:
                value = Broken(lines[key], f"the key {key!r} stands twice")
            elif isinstance(value, dict) and value:
                lines |= {f"{key}.{inner}": line for inner, line in self._inside(at)}
            broken = broken or (value if isinstance(value, Broken) else None)
            values[key] = value
            at = self._next(end)
        return broken or Entry(values, self.line(begins), lines), at + 1

    def _inside(self, at: int) -> Iterable[tuple[str, int]]:
        found, _ = self.entry(at)
        return found.lines.items() if isinstance(found, Entry) else ()

    def _value(self, at: int) -> tuple[object, int]:
        try:
            return self._decoder.raw_decode(self.text, at)
        except ValueError as error:
            _, end = json.JSONDecoder().raw_decode(self.text, at)
            return Broken(self.line(at), str(error)), end

    def entries(self) -> Found:
        at = self._skip(self.start + 1)
        while self.text[at] != "]":
            if self.text[at] == "{":
                found, end = self.entry(at)
                yield found
            else:
                yield Broken(self.line(at), "a record must be an object: {…}")
                end = self._value(at)[1]
            at = self._next(end)


def json_records(text: str) -> Found:
    """The records of a file that is a list of objects."""
    broken = _syntax(text)
    if broken:
        yield broken
        return
    walk = _Walk(text)
    if text[walk.start] == "[":
        yield from walk.entries()
    else:
        yield Broken(walk.line(walk.start), "the file must be a list of records: […]")


def json_object(text: str) -> Entry | Broken:
    """The one object that a file is."""
    broken = _syntax(text)
    if broken:
        return broken
    walk = _Walk(text)
    if text[walk.start] != "{":
        return Broken(walk.line(walk.start), "the file must be one object: {…}")
    return walk.entry(walk.start)[0]


def _header_fault(header: Sequence[str], columns: Sequence[str]) -> str | None:
    missing = [c for c in columns if c not in header]
    unknown = [c for c in header if c not in columns]
    if missing:
        return f"missing column {missing[0]!r}"
    if unknown:
        return f"unknown column {unknown[0]!r}"
    return "a column stands twice" if len(header) > len(columns) else None


def csv_records(text: str, columns: Sequence[str]) -> Found:
    """The rows of a sheet whose first row names exactly these columns, in any order."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(rows, [])
        fault = _header_fault(header, columns)
        if fault:
            yield Broken(1, fault)
            return
        before = rows.line_num
        for row in rows:
            line, before = before + 1, rows.line_num
            if len(row) == len(header):
                yield Entry(dict(zip(header, row, strict=True)), line)
            elif row:
                yield Broken(line, f"{len(row)} cells where {len(header)} are needed")
    except csv.Error as error:
        yield Broken(rows.line_num, f"broken CSV: {error}")
