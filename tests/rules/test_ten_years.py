"""Working days against a table of ten years written apart; the hour of closing over every change."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearinghouse.kernel.calendar import add_working_days, close_of, is_working_day
from clearinghouse.mandate.rules import Offset, Unit, falls_on
from tests.rules.working_days import HOLIDAYS, days

TABLE = days()
OFF = {
    date.fromisoformat(f"{y}-{d[:2]}-{d[2:]}")
    for y, text in HOLIDAYS.items()
    for d in text.split()
}
WORKED = [day for day, worked in TABLE if worked]
MOST = 15
DAYS = st.dates(date(2019, 3, 1), date(2028, 10, 31))
COUNTS = st.integers(1, 60)


def test_the_table_has_every_day_of_ten_years_once() -> None:
    assert len(TABLE) == len({day for day, _ in TABLE}) == 3653
    assert (TABLE[0][0], TABLE[-1][0]) == ("2019-01-01", "2028-12-31")
    assert all(not date.fromisoformat(d.isoformat()).weekday() > 4 for d in OFF)


def test_each_day_is_worked_or_not_as_the_table_has_it() -> None:
    told = [(day, is_working_day(date.fromisoformat(day), OFF)) for day, _ in TABLE]
    assert told == TABLE


@pytest.mark.parametrize("way", [1, -1])
def test_zero_to_fifteen_working_days_from_every_day(way: int) -> None:
    """Forward and back, by looking along the table; where it ends there is nothing to say."""
    rows = TABLE if way == 1 else TABLE[::-1]
    ahead: list[str] = []  # worked days beyond the day in hand, the nearest last
    checked = 0
    for day, worked in reversed(rows):
        nearest = ahead[::-1][:MOST]
        told = [
            add_working_days(date.fromisoformat(day), way * n, OFF)
            for n in range(len(nearest) + 1)
        ]
        assert [d.isoformat() for d in told] == [day, *nearest], day
        checked += len(told)
        if worked:
            ahead.append(day)
    assert checked > 58_000


@given(DAYS, COUNTS)
def test_a_working_day_later_is_a_working_day(day: date, count: int) -> None:
    for way in (count, -count):
        found = add_working_days(day, way, OFF)
        assert is_working_day(found, OFF)
        assert (found > day) == (way > 0)


@given(DAYS, COUNTS, COUNTS)
def test_counting_on_is_counting_all_at_once(day: date, one: int, more: int) -> None:
    assert add_working_days(add_working_days(day, one, OFF), more, OFF) == add_working_days(
        day, one + more, OFF
    )


@given(st.sampled_from(WORKED[70:-70]), COUNTS)
def test_from_a_working_day_the_way_back_leads_home(day: str, count: int) -> None:
    home = date.fromisoformat(day)
    assert add_working_days(add_working_days(home, count, OFF), -count, OFF) == home


@given(DAYS, COUNTS, st.sampled_from(sorted(OFF)))
def test_a_holiday_less_never_makes_a_period_longer(day: date, count: int, struck: date) -> None:
    assert add_working_days(day, count, OFF - {struck}) <= add_working_days(day, count, OFF)


@given(DAYS, DAYS, st.integers(-40, 40), st.sampled_from(list(Unit)))
def test_what_hangs_on_a_later_meeting_is_never_due_earlier(
    one: date, other: date, amount: int, unit: Unit
) -> None:
    offset = Offset(amount, unit)
    early, late = (falls_on(d.isoformat(), offset, OFF) for d in sorted((one, other)))
    assert early <= late


def test_closing_is_fifteen_hours_new_york_on_every_day() -> None:
    """19:00 UTC in summer and 20:00 in winter; the day of each change has the later offset."""
    changes = {
        2019: ("03-10", "11-03"), 2020: ("03-08", "11-01"), 2021: ("03-14", "11-07"),
        2022: ("03-13", "11-06"), 2023: ("03-12", "11-05"), 2024: ("03-10", "11-03"),
        2025: ("03-09", "11-02"), 2026: ("03-08", "11-01"), 2027: ("03-14", "11-07"),
        2028: ("03-12", "11-05"),
    }  # fmt: skip  # a table
    for day, _ in TABLE:
        begins, ends = changes[int(day[:4])]
        hour = 19 if begins <= day[5:] < ends else 20
        on = date.fromisoformat(day)
        assert close_of(on) == datetime(on.year, on.month, on.day, hour, tzinfo=UTC), day
    steps = {b - a for a, b in pairwise(close_of(date.fromisoformat(d)) for d, _ in TABLE)}
    assert steps == {timedelta(hours=h) for h in (23, 24, 25)}
