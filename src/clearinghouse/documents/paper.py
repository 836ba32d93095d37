"""How a document lies on paper: the width of columns, and when a sheet is turned on its side."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby
from math import ceil
from typing import NamedTuple

from clearinghouse.documents.legible import written
from clearinghouse.documents.model import Cell, Column, Document, Section, Table, lines

UPRIGHT, ON_ITS_SIDE = 100, 150  # characters of a table's size that a line of the sheet holds
SQUEEZED, FEW = 125, 4  # so few columns that want no more are narrowed rather than turned,
SHORT = 250  # where the rows are no more than this: each may take another line
BOLD = 1.15  # the letters of a heading are so much wider
WORD = 20  # a column is at least as wide as its longest word, up to so many characters
GAP = 2  # between columns, in characters
LONG_ROW = 700  # characters: a longer row may be parted between two pages
MANY_PARTS, MANY_ROWS = 3, 60  # a document of so many has a list of its contents
BREAK = "\u200b"  # a place where a line may end, that prints as nothing
BREAKS_ANYWHERE = "\u2e80-\uffef"  # Chinese, Japanese, full-width forms
WIDE, BROAD = re.compile(r"[A-Z@%mw\u0410-\u042f]"), 1.4  # such a letter takes so much more room


class Lay(NamedTuple):
    """A table on paper: each column's part of the line, the characters it holds, its long rows.

    Where `grouped`, the first column is no column: each of its values stands above its rows.
    """

    widths: tuple[int, ...]
    rooms: tuple[int, ...]
    long: frozenset[int]
    on_its_side: bool
    grouped: bool


class Group(NamedTuple):
    """Rows that follow one another under one name; each with its place in the table."""

    name: Cell
    rows: list[tuple[int, tuple[Cell, ...]]]


class Run(NamedTuple):
    """Sections that follow one another the same way up, and share sheets."""

    on_its_side: bool
    sections: tuple[Section, ...]


class Paper:
    """One document laid out: each table is measured once, however often it is asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._lays = {table.key: lie(table) for table in document.tables()}

    def lay(self, table: Table) -> Lay:
        return self._lays[table.key]

    def runs(self) -> list[Run]:
        """Words without a table lie as what stands before them; a wide table is turned."""
        found: list[Run] = []
        for section in self.document.sections:
            last = found[-1] if found else Run(False, ())
            tables = [self.lay(table) for table in section.tables()]
            turned = any(lay.on_its_side for lay in tables) if tables else last.on_its_side
            if found and turned == last.on_its_side:
                found[-1] = Run(turned, (*last.sections, section))
            else:
                found.append(Run(turned, (section,)))
        return found

    def has_contents(self) -> bool:
        """Whether it is so long that its reader wants to know on which page a part begins."""
        rows = sum(len(table.rows) for table in self.document.tables())
        return len(self.document.sections) >= MANY_PARTS and rows >= MANY_ROWS


def lie(table: Table) -> Lay:
    """Give every column its longest word, and the rest by what it holds."""
    texts = [[_flat(cell) for cell in row] for row in table.rows]
    columns = list(zip(*texts, strict=True)) if texts else [()] * len(table.columns)
    needed = _alike(table.columns, list(map(_needed, table.columns, columns)))
    wide = sum(wanted for _least, wanted in needed)
    small = len(table.columns) <= FEW and len(table.rows) <= SHORT
    turned = wide > (SQUEEZED if small else UPRIGHT)
    grouped = wide > ON_ITS_SIDE and table.columns[0].row_header
    line = ON_ITS_SIDE if turned else UPRIGHT
    widths = _shared(needed[grouped:], line)
    rooms = tuple(max(1, width * line // max(line, sum(widths)) - GAP) for width in widths)
    long = frozenset(n for n, row in enumerate(texts) if max(map(len, row)) > LONG_ROW)
    return Lay(widths, rooms, long, turned, grouped)


def groups(table: Table, lay: Lay) -> list[Group]:
    """All the rows in one group without a name, or a group for each value of the first column."""
    numbered = enumerate(table.rows)
    if not lay.grouped:
        return [Group(None, list(numbered))] if table.rows else []
    return [
        Group(name, [(number, row[1:]) for number, row in rows])
        for name, rows in groupby(numbered, key=lambda one: one[1][0])
    ]


def _needed(column: Column, cells: Sequence[str]) -> tuple[int, int]:
    """How many characters a column must have, and how many it would like."""
    label = ceil(_longest_word((column.label,)) * BOLD)
    least = min(max(label, _longest_word(cells)), WORD) + GAP
    longest = max(map(len, cells), default=0)
    return least, max(min(longest, column.width) + GAP, least)


def _alike(columns: Sequence[Column], needed: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Columns of numbers for which one width is asked get one width, also from 9 to 10."""
    widest: dict[int, tuple[int, int]] = {}
    for column, need in zip(columns, needed, strict=True):
        if column.kind == "number":
            widest[column.width] = max(need, widest.get(column.width, need))
    return [
        widest[column.width] if column.kind == "number" else need
        for column, need in zip(columns, needed, strict=True)
    ]


def _shared(needed: Sequence[tuple[int, int]], line: int) -> tuple[int, ...]:
    left = max(0, line - sum(least for least, _wanted in needed))
    share = min(1.0, left / (sum(wanted - least for least, wanted in needed) or 1))
    return tuple(round(least + share * (wanted - least)) for least, wanted in needed)


def breakable(text: str, room: int) -> str:
    """Let a word that is longer than the room end its line anywhere: nothing is cut off."""
    if len(text) * BROAD <= room:
        return text
    return _long_words(int(room / BROAD)).sub(lambda found: _parted(found[0], room), text)


@cache
def _long_words(length: int) -> re.Pattern[str]:
    return re.compile(rf"[^\s\-{BREAK}{BREAKS_ANYWHERE}]{{{length + 1},}}")


def _parted(word: str, room: int) -> str:
    width = len(word) + (BROAD - 1) * len(WIDE.findall(word))
    return BREAK.join(word) if width > room else word


def _flat(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    return "\n".join(written(line) for line in lines(cell))


def _longest_word(texts: Iterable[str]) -> int:
    longest = 0
    for text in texts:
        if len(text) > longest:
            longest = max(longest, *map(len, text.split()), 0)
    return longest
