"""Reads the two shapes of CRS table: recipient by purpose code, and recipient by donor.

The first begins `RecipientCode,RecipientName,` and has a purpose code over each column. The second
has two rows of headings: the donors' codes, then `recipient_name,RecipientCode,` and their names.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from clearinghouse.assistance.rules import LARGEST, PLACES, Kind

MOST_BYTES = 20 * 1024 * 1024
MOST_FAULTS = 50
_EXACT = Decimal(1).scaleb(-PLACES)
PURPOSES = ["RecipientCode", "RecipientName"]
DONORS = ["recipient_name", "RecipientCode"]
BLANK = "(blank)"  # how the second shape heads what has no donor


@dataclass(frozen=True)
class Column:
    """What stands over a column."""

    code: str
    name: str = ""


@dataclass(frozen=True)
class Row:
    """A recipient as the source names it, with its amounts by the code of their column."""

    line: int
    code: str
    name: str
    amounts: dict[str, Decimal]


@dataclass
class Table:
    """A table as read, and every fault met on the way (row and column named)."""

    kind: Kind
    columns: list[Column] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read(content: bytes) -> Table:
    """Never raises for what a file holds: what cannot be read is among the faults."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        return _refused(f"byte {why.start}: this is not UTF-8")
    if len(content) > MOST_BYTES:
        return _refused(f"the file is larger than {MOST_BYTES} bytes")
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as why:
        return _refused(f"not a table of comma-separated values: {why}")
    return _table(lines)


def _refused(why: str) -> Table:
    return Table(Kind.PURPOSE, faults=[why])


def _table(lines: list[list[str]]) -> Table:
    if lines and lines[0][:2] == PURPOSES:
        table = Table(Kind.PURPOSE, [Column(code.strip()) for code in lines[0][2:]])
        body, at, swapped = lines[1:], 2, False
    elif len(lines) > 1 and lines[1][:2] == DONORS:
        heads = zip(lines[0][2:], lines[1][2:], strict=False)
        table = Table(Kind.DONOR, [Column(c.strip(), n.strip()) for c, n in heads])
        body, at, swapped = lines[2:], 3, True
        if len(lines[0]) != len(lines[1]):
            table.faults.append("row 2: as many names as codes are wanted")
    else:
        wanted = f"{','.join(PURPOSES)},… or, in the second row, {','.join(DONORS)},…"
        return _refused(f"row 1: the headings are neither {wanted}")
    _headings(table)
    for line, cells in enumerate(body, start=at):
        if any(cell.strip() for cell in cells):
            _take(table, line, cells, swapped=swapped)
    del table.faults[MOST_FAULTS:]
    return table


def _headings(table: Table) -> None:
    codes = [c.code for c in table.columns]
    for number, code in enumerate(codes, start=3):
        if not code:
            table.faults.append(f"row 1, column {number}: a code is missing")
        elif codes.index(code) != number - 3:
            table.faults.append(f"row 1, column {number}: {code[:40]!r} stands twice")
        elif len(code) > 20:  # noqa: PLR2004  # the longest code that is kept
            table.faults.append(f"row 1, column {number}: {code[:40]!r} is too long for a code")


def _take(table: Table, line: int, cells: Sequence[str], *, swapped: bool) -> None:
    if len(cells) != len(table.columns) + 2:
        wanted = len(table.columns) + 2
        table.faults.append(f"row {line}: {len(cells)} columns, {wanted} are wanted")
        return
    first, second = cells[0].strip(), cells[1].strip()
    name, code = (first, second) if swapped else (second, first)
    if not code.isascii() or not code.isdecimal() or len(code) > 20:  # noqa: PLR2004  # as above
        table.faults.append(f"row {line}: {code[:40]!r} is not a recipient's code")
    elif not name or len(name) > 120:  # noqa: PLR2004  # the longest name that is kept
        table.faults.append(f"row {line}: the recipient's name is missing or too long")
    elif any(row.code == code for row in table.rows):
        table.faults.append(f"row {line}: recipient {code} stands twice")
    else:
        amounts = dict(_amounts(table, line, cells[2:]))
        table.rows.append(Row(line, code, name, amounts))


def _amounts(table: Table, line: int, cells: Sequence[str]) -> Iterator[tuple[str, Decimal]]:
    """An empty cell is no figure; a nought is one."""
    for column, cell in zip(table.columns, cells, strict=True):
        if not (text := cell.strip()):
            continue
        amount = _amount(text)
        if amount is None:
            where = f"row {line}, column {column.code}"
            table.faults.append(f"{where}: {text[:40]!r} is not an amount in millions")
        else:
            yield column.code, amount


def _amount(text: str) -> Decimal | None:
    """A plain decimal number; rounded to what is kept. None for anything else."""
    try:
        found = Decimal(text) if text.isascii() and "_" not in text else Decimal("NaN")
    except InvalidOperation:
        return None
    if not found.is_finite() or abs(found) >= LARGEST:
        return None
    return found.quantize(_EXACT)
