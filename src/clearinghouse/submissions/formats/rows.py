"""Reads a file of one kind into rows: CSV, XLSX, JSON or JSON Lines, by the same names.

Monitoring visits come as a calendar too, which `ics.py` reads.

What is wrong with the file as a whole (no header, a column twice, too many rows) is said at once
and nothing else is looked at; what is wrong with a row is the checks' to say.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from clearinghouse.documents.delimited import unguard
from clearinghouse.files import reading
from clearinghouse.files.formats.contents import Book, Value, column_name
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.files.rules import MIB, Type
from clearinghouse.kernel.marking import N_
from clearinghouse.submissions.formats import ics, text
from clearinghouse.submissions.rules import cells
from clearinghouse.submissions.rules.cells import Column
from clearinghouse.submissions.rules.fields import Content, Fault
from clearinghouse.submissions.rules.kinds import Definition, Kind

ENTRY = "entry"  # the column, and the name in a record, of the code under which it stands here
MOST_ROWS = 100_000
LARGEST = 64 * MIB  # bytes of a file of rows, whatever its type

LARGE = N_("The file has more than %(most)s MiB. Part it.")

UNKNOWN_COLUMN = N_("There is no column “%(value)s” in this kind.")
TWICE = N_("The column “%(value)s” stands here twice.")
NO_HEADER = N_("The first row does not hold the names of the columns of this kind.")
NOTHING = N_("There is no row in this file.")
TOO_MANY = N_("Row %(row)s: a file may have %(most)s rows. Part it.")
NO_RECORD = N_("This is no record: {…} with the names of the fields is expected.")
NO_JSON = N_("Line %(line)s is no JSON: %(why)s.")
HALF = N_("Record %(row)s holds half of a character (an escape as \\ud800 alone).")
DEEP = N_("This is nested too deeply to be a record.")
NO_CALENDAR = N_("A calendar holds monitoring visits, and nothing of this kind.")
NO_READER = N_("Files of type %(type)s hold no rows.")


@dataclass(frozen=True, slots=True)
class Row:
    """One contribution of a file: its row, the code it bears here, and what it says.

    `over(existing)` is the content that results where it changes an existing one: a column that
    the file does not have stays as it was.
    """

    number: int
    entry: str
    over: Callable[[Content], dict[str, Any]]


@dataclass(frozen=True)
class Table:
    """A file as it was read: its rows, how it was read, and where a field stands in it."""

    rows: Iterable[Row]
    places: Mapping[str, str] = field(default_factory=dict)  # field → the letter of its column
    read_as: Mapping[str, str] = field(default_factory=dict)  # encoding, separator
    faults: Sequence[tuple[str, Fault]] = ()  # of the header: column, fault


def read(definition: Definition, kind: Type, content: bytes) -> Table:
    """Raises Unfit where the file as a whole cannot be taken, naming the place."""
    if kind not in READERS:
        raise Unfit(NO_READER, type=kind.value)
    if len(content) > LARGEST:
        raise Unfit(LARGE, most=LARGEST // MIB)
    return READERS[kind](definition, content)


# ── tables ───────────────────────────────────────────────────────────────────────────────────────


def _csv(definition: Definition, content: bytes) -> Table:
    read_as = text.decoded(content)
    lines = text.lines(read_as)
    said = {"encoding": read_as.encoding, "separator": text.NAMED[read_as.separator]}
    return _table(definition, lines, said, unguard)


def _xlsx(definition: Definition, content: bytes) -> Table:
    book = reading.read(Type.XLSX, content)
    if not isinstance(book, Book) or not book.sheets:
        raise Unfit(NOTHING)
    lines = enumerate(book.sheets[0].rows, start=1)
    return _table(definition, lines, {}, _text)


def _table(
    definition: Definition,
    lines: Iterator[tuple[int, Sequence[Any]]],
    read_as: Mapping[str, str],
    text_of: Callable[[Any], str],
) -> Table:
    names = [str(value or "").strip() for value in next(lines, (1, ()))[1]]
    known = {f.name: f for f in definition.fields}
    columns = [cells.column(known, name) for name in names]
    if not any(columns):
        raise Unfit(NO_HEADER)
    faults = list(_faults_of_header(names, columns))
    places = {
        column.field.name: column_name(at)
        for at, column in reversed(list(enumerate(columns, start=1)))
        if column
    }
    code = names.index(ENTRY) if ENTRY in names else None
    return Table(_rows(lines, columns, code, text_of), places, read_as, faults)


def _faults_of_header(
    names: Sequence[str], columns: Sequence[Column | None]
) -> Iterator[tuple[str, Fault]]:
    seen: set[str] = set()
    for at, (name, column) in enumerate(zip(names, columns, strict=True), start=1):
        if name in seen:
            yield column_name(at), Fault(name, TWICE, {"value": name[:80]})
        elif name and column is None and name != ENTRY:
            yield column_name(at), Fault(name, UNKNOWN_COLUMN, {"value": name[:80]})
        seen.add(name) if name else None


def _rows(
    lines: Iterator[tuple[int, Sequence[Any]]],
    columns: Sequence[Column | None],
    code: int | None,
    text_of: Callable[[Any], str],
) -> Iterator[Row]:
    held = [(at, column) for at, column in enumerate(columns) if column]
    places, known = [at for at, _ in held], [column for _, column in held]
    least, count = max(places, default=0) + 1, 0
    for number, line in lines:
        if not any(value not in (None, "") for value in line):
            continue
        count += 1
        if count > MOST_ROWS:
            raise Unfit(TOO_MANY, row=number, most=MOST_ROWS)
        whole = line if len(line) >= least else [*line, *[""] * (least - len(line))]
        said = [*map(text_of, map(whole.__getitem__, places))]
        entry = text_of(line[code]).strip() if code is not None and code < len(line) else ""
        yield Row(number, entry, _over(known, said))
    if not count:
        raise Unfit(NOTHING)


def _over(known: Sequence[Column], said: Sequence[str]) -> Callable[[Content], dict[str, Any]]:
    return lambda existing: cells.content(zip(known, said, strict=True), existing)


def _text(value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


# ── records ──────────────────────────────────────────────────────────────────────────────────────


def _json(definition: Definition, content: bytes) -> Table:
    """A list of records; one record; or a record on each line."""
    read_as = text.decoded(content)
    try:
        found = json.loads(read_as.text)
    except RecursionError:
        raise Unfit(DEEP) from None
    except json.JSONDecodeError as why:
        found = list(_json_lines(read_as.text, why))
    records = found if isinstance(found, list) else [found]
    if "\\u" in read_as.text:
        _whole(records)
    del definition
    return Table(_records(records), {}, {"encoding": read_as.encoding})


def _json_lines(said: str, whole: json.JSONDecodeError) -> Iterator[Any]:
    """Where the whole is no JSON: a record a line, or the fault of the line that is none.

    What already fails in its first line was meant as one text: then the fault of that is told.
    """
    parted = said.replace("\r\n", "\n").replace("\r", "\n").split("\n")  # a text may hold others
    lines = [(n, line) for n, line in enumerate(parted, start=1) if line.strip()]
    for number, line in lines:
        try:
            yield json.loads(line)
        except RecursionError:
            raise Unfit(DEEP) from None
        except json.JSONDecodeError as fault:
            if number == lines[0][0]:
                raise Unfit(NO_JSON, line=whole.lineno, why=whole.msg) from None
            raise Unfit(NO_JSON, line=number, why=fault.msg) from None


def _whole(records: Sequence[Any]) -> None:
    """An escape may name half of a character, which can be neither stored nor shown."""
    for number, record in enumerate(records, start=1):
        try:
            json.dumps(record, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise Unfit(HALF, row=number) from None


def _records(records: Sequence[Any]) -> Iterator[Row]:
    if not records:
        raise Unfit(NOTHING)
    if len(records) > MOST_ROWS:
        raise Unfit(TOO_MANY, row=MOST_ROWS + 1, most=MOST_ROWS)
    for number, record in enumerate(records, start=1):
        if not isinstance(record, dict):
            raise Unfit(NO_RECORD)
        said = {name: value for name, value in record.items() if name != ENTRY}
        yield Row(number, str(record.get(ENTRY) or ""), _merged(said))


def _merged(said: Mapping[str, Any]) -> Callable[[Content], dict[str, Any]]:
    return lambda existing: {**existing, **said}


# ── calendars ────────────────────────────────────────────────────────────────────────────────────


def _ics(definition: Definition, content: bytes) -> Table:
    """Each event a row, numbered by the line on which it begins."""
    if definition.kind != Kind.MONITORING_VISIT:
        raise Unfit(NO_CALENDAR)
    return Table(_of_events(ics.visits(content)), {}, {"encoding": text.decoded(content).encoding})


def _of_events(events: Iterator[tuple[int, dict[str, Any]]]) -> Iterator[Row]:
    for count, (line, said) in enumerate(events, start=1):
        if count > MOST_ROWS:
            raise Unfit(TOO_MANY, row=line, most=MOST_ROWS)
        yield Row(line, "", _merged(said))


READERS: dict[Type, Callable[[Definition, bytes], Table]] = {
    Type.CSV: _csv,
    Type.XLSX: _xlsx,
    Type.JSON: _json,
    Type.ICS: _ics,
}
