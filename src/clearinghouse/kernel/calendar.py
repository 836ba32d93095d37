"""Working days, months and New York's clock: every date the committee counts.

Periods are those of `docs/rules/`: a period of n working days opened on day d ends at 15:00 New
York on the n-th working day after d. Nothing here reads a clock: now is always given.
"""

import re
from calendar import monthrange
from collections.abc import Set
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

NEW_YORK = ZoneInfo("America/New_York")
CLOSE_OF_BUSINESS = time(15, 0)  # New York; practice of the 1267 Committee


def is_working_day(day: date, holidays: Set[date]) -> bool:
    return day.weekday() < 5 and day not in holidays  # noqa: PLR2004  # Monday to Friday


def add_working_days(day: date, count: int, holidays: Set[date]) -> date:
    """The count-th working day after `day` (before it, where count is negative)."""
    step = timedelta(days=1 if count >= 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day, holidays):
            day += step
    return day


def working_days_between(start: date, end: date, holidays: Set[date]) -> int:
    """How many working days lie after `start`, up to and including `end`."""
    days = (end - start).days
    return sum(is_working_day(start + timedelta(days=n), holidays) for n in range(1, days + 1))


def add_months(day: date, count: int) -> date:
    """The same day of another month, or that month's last day where it is shorter."""
    month = day.year * 12 + day.month - 1 + count
    year, month = divmod(month, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def close_of(day: date) -> datetime:
    """15:00 New York on that day: when a period that ends on it ends."""
    return datetime.combine(day, CLOSE_OF_BUSINESS, NEW_YORK).astimezone(UTC)


def midnight_of(day: date) -> datetime:
    """00:00 New York on that day, in UTC."""
    return datetime.combine(day, time(0), NEW_YORK).astimezone(UTC)


def day_in_new_york(now: datetime) -> date:
    return now.astimezone(NEW_YORK).date()


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def month_of(text: str) -> date:
    """The first day of a month written YYYY-MM. Raises ValueError, naming what is wrong."""
    found = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", text)
    if not found or found[1] == "0000":
        raise ValueError(f"{text!r} is not a month: write it as YYYY-MM")
    return date(int(found[1]), int(found[2]), 1)
