"""What an Excel sheet can hold: names, lengths, numbers and days."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from clearinghouse.documents.legible import visible

ROWS = 1_048_576
CELL = 32_767  # UTF-16 units
PIECE = 16_000  # characters: whatever they are, they fit a cell, with a mark to spare
NAME = 31  # UTF-16 units
FIGURES = 15  # a double holds so many decimal digits exactly
TOO_LONG = 1_000_000_000_000_000
RUNNING = 60  # characters; a header and a footer have 255 units, the hash takes 64
WIDE_AND = "\uff06"
FIRST_DATE = date(1900, 3, 1)  # before it Excel counts a 29 February 1900 that never was
FORBIDDEN = re.compile(r"[\[\]:*?/\\]+")
RESERVED = "history"


class SheetNames:
    """The names taken in one workbook."""

    def __init__(self) -> None:
        self._taken: set[str] = {RESERVED, ""}

    def take(self, wanted: str) -> str:
        """A legal name nearest to the one wanted, that no sheet has yet."""
        plain = " ".join(FORBIDDEN.sub(" ", visible(wanted)).split())
        name, number = _cut(plain, NAME), 1
        while name.casefold() in self._taken:
            number += 1
            tail = f" ({number})"
            name = _cut(_cut(plain, NAME - len(tail)) + tail, NAME)
        self._taken.add(name.casefold())
        return name


def fits(text: str) -> bool:
    """Whether one cell can hold the text."""
    return len(text) <= CELL // 2 or _units(text) <= CELL


def pieces(text: str) -> Iterator[str]:
    """The text in parts that each fit a cell; joined, they are the text."""
    return (text[start : start + PIECE] for start in range(0, len(text), PIECE))


def exact(number: int | Decimal) -> bool:
    """Whether Excel's numbers, which are doubles, hold this one to its last digit."""
    if isinstance(number, int):
        return abs(number) < TOO_LONG
    return len(number.as_tuple().digits) <= FIGURES and abs(number.adjusted()) <= FIGURES


def running_text(text: str) -> str:
    """The text as part of a page's header or footer: one short line without codes.

    & begins a code there, and XlsxWriter drops a footer in which it takes R&&G for a picture: the
    sign's wide form means nothing to either.
    """
    line = " ".join(visible(text).split())
    short = line if len(line) <= RUNNING else f"{line[: RUNNING - 1]}…"
    return short.replace("&", WIDE_AND)


def _cut(text: str, units: int) -> str:
    cut = text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore")
    return cut.strip(" '")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
