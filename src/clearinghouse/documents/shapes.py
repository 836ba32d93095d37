"""What a picture can show: counts in a grid, counts side by side, days along a line."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    """How many of a thing lie at each crossing of a row and a column; None is blank, not zero.

    Rows and columns stand in the order given: the scale is of one hue, and nothing is ranked.
    Raises ValueError where the counts are not one row for each row, one count for each column,
    or where one is negative.
    """

    head: str  # what the rows are: "Region"
    unit: str  # what is counted: "needs"
    blank: str  # what an empty field says: "nothing recorded that you may see"
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int | None, ...], ...]

    def __post_init__(self) -> None:
        if not self.rows or not self.columns:
            raise ValueError("a heat table has at least one row and one column")
        if len(self.counts) != len(self.rows):
            raise ValueError(f"{len(self.counts)} rows of counts, {len(self.rows)} rows")
        for name, counts in zip(self.rows, self.counts, strict=True):
            if len(counts) != len(self.columns):
                raise ValueError(
                    f"row {name!r}: {len(counts)} counts, {len(self.columns)} columns"
                )
            if any(count is not None and count < 0 for count in counts):
                raise ValueError(f"row {name!r}: a count below zero")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """How many of a thing each of some others has, in the order given.

    Raises ValueError where there is nothing to count, or a count is negative.
    """

    head: str
    unit: str
    bars: tuple[tuple[str, int], ...]

    def __post_init__(self) -> None:
        if not self.bars:
            raise ValueError("a picture of bars has at least one")
        for name, count in self.bars:
            if count < 0:
                raise ValueError(f"bar {name!r}: a count below zero")


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """What falls on which day; `today`, where it is given, is marked with its word.

    Raises ValueError where there is no day.
    """

    head: str  # what falls due: "Commitment"
    unit: str  # what the day is: "Due"
    days: tuple[tuple[str, date], ...]
    today: date | None = None
    today_word: str = ""

    def __post_init__(self) -> None:
        if not self.days:
            raise ValueError("a timeline has at least one day")

    def in_order(self) -> tuple[tuple[str, date], ...]:
        """The earliest first; what falls on one day keeps the order given."""
        return tuple(sorted(self.days, key=lambda one: one[1]))


Shape: TypeAlias = Heat | Bars | Timeline
