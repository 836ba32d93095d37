"""How a document lies on paper: the width of columns, and when a sheet is turned on its side."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from clearinghouse.documents.legible import written
from clearinghouse.documents.model import Cell, Document, Section, Table, lines

UPRIGHT, ON_ITS_SIDE = 100, 150  # characters of a table's size that a line of the sheet holds
WORD = 20  # a column is at least as wide as its longest word, up to so many characters
GAP = 2  # between columns, in characters
LONG_ROW = 700  # characters: a longer row may be parted between two pages
MANY_PARTS, MANY_ROWS = 3, 60  # a document of so many has a list of its contents
BREAK = "\u200b"  # a place where a line may end, that prints as nothing
WORDS = re.compile(r"[^\s\-\u200b]+")


class Lay(NamedTuple):
    """A table on paper: each column's part of the line, in characters, and which rows are long."""

    widths: tuple[int, ...]
    long: frozenset[int]


def lie(table: Table) -> Lay:
    """Give every column its longest word, and the rest by what it holds."""
    texts = [[_flat(cell) for cell in row] for row in table.rows]
    columns = list(zip(*texts, strict=True)) if texts else [()] * len(table.columns)
    least, wanted = [], []
    for column, cells in zip(table.columns, columns, strict=True):
        word = _longest_word((column.label, *cells))
        least.append(min(word, WORD) + GAP)
        longest = max((_width(text) for text in cells), default=0)
        wanted.append(max(min(longest, column.width) + GAP, least[-1]))
    spare = ON_ITS_SIDE - sum(least)
    more = [want - must for want, must in zip(wanted, least, strict=True)]
    share = min(1.0, max(0, spare) / (sum(more) or 1))
    widths = tuple(round(must + share * extra) for must, extra in zip(least, more, strict=True))
    long = (n for n, row in enumerate(texts) if max(map(len, row)) > LONG_ROW)
    return Lay(widths, frozenset(long))


def on_its_side(section: Section) -> bool:
    """Whether the section needs the long side of the sheet for its lines."""
    return any(sum(lie(table).widths) > UPRIGHT for table in section.tables())


def breakable(text: str, room: int) -> str:
    """Let a word that is longer than the room end its line anywhere: nothing is cut off."""
    if len(text) <= room:
        return text
    return WORDS.sub(lambda found: _parted(found[0], room), text)


def _parted(word: str, room: int) -> str:
    return BREAK.join(word) if _width(word) > room else word


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


def _width(text: str) -> int:
    """In characters; a Chinese one takes the room of two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def has_contents(document: Document) -> bool:
    """Whether it is so long that its reader wants to know on which page a part begins."""
    rows = sum(len(table.rows) for table in document.tables())
    return len(document.sections) >= MANY_PARTS and rows >= MANY_ROWS
