"""Dates known only in part: "2001", "2001-10" or "2001-10-30". Nothing is filled in."""

import re
from datetime import date
from functools import lru_cache

from clearinghouse.kernel.calendar import add_months

PATTERN = re.compile(r"(?P<year>\d{4})(-(?P<month>\d{2})(-(?P<day>\d{2}))?)?", re.ASCII)


@lru_cache(maxsize=4096)  # a file of many rows names the same days
def earliest(text: str) -> date:
    """The first day the text may mean. Raises ValueError where it is no partial date."""
    found = PATTERN.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is not a date: write YYYY, YYYY-MM or YYYY-MM-DD")
    return date(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1))


@lru_cache(maxsize=4096)  # as above
def latest(text: str) -> date:
    """The last day the text may mean. Raises ValueError as `earliest` does."""
    first, precision = earliest(text), text.count("-")
    if precision == 0:
        return date(first.year, 12, 31)
    return first if precision == 2 else add_months(first, 1) - date.resolution  # noqa: PLR2004  # all three parts


def stood_on(text: str, day: date) -> bool:
    """Whether a thing of this date may have existed on that day, given what is known."""
    return earliest(text) <= day
