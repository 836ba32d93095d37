"""Working days, months, New York's clock, and dates known only in part."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearinghouse.kernel import partial_date
from clearinghouse.kernel.calendar import (
    add_months,
    add_working_days,
    close_of,
    day_in_new_york,
    first_of_month,
    is_working_day,
    midnight_of,
    month_of,
    working_days_between,
)

DAY = timedelta(days=1)
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
COUNTS = st.integers(-60, 60)
HOLIDAYS = st.frozensets(st.dates(date(2024, 1, 1), date(2026, 12, 31)), max_size=40)
NEAR = st.dates(date(2024, 3, 1), date(2026, 10, 31))


@given(NEAR, st.integers(1, 60), HOLIDAYS)
def test_working_days_are_counted_forward(day: date, count: int, holidays: set[date]) -> None:
    """Against walking the whole calendar and picking the count-th."""
    later = [day + DAY * n for n in range(1, 300)]
    working = [d for d in later if d.weekday() < 5 and d not in holidays]
    assert add_working_days(day, count, holidays) == working[count - 1]


@given(NEAR, st.integers(1, 60), HOLIDAYS)
def test_working_days_are_counted_back(day: date, count: int, holidays: set[date]) -> None:
    earlier = [day - DAY * n for n in range(1, 300)]
    working = [d for d in earlier if d.weekday() < 5 and d not in holidays]
    assert add_working_days(day, -count, holidays) == working[count - 1]


@given(NEAR, HOLIDAYS)
def test_no_working_days_is_the_day_itself(day: date, holidays: set[date]) -> None:
    assert add_working_days(day, 0, holidays) == day


@given(NEAR, st.integers(0, 40), HOLIDAYS)
def test_between_undoes_adding(day: date, count: int, holidays: set[date]) -> None:
    assert working_days_between(day, add_working_days(day, count, holidays), holidays) == count


def test_a_holiday_and_a_weekend_are_not_worked() -> None:
    independence_day = date(2025, 7, 4)
    assert is_working_day(independence_day, set())
    assert not is_working_day(independence_day, {independence_day})
    assert [is_working_day(date(2025, 7, d), set()) for d in (5, 6, 7)] == [False, False, True]
    assert add_working_days(date(2025, 7, 3), 1, {independence_day}) == date(2025, 7, 7)


@given(DAYS, st.integers(-240, 240))
def test_a_month_later_is_the_same_day_or_the_months_last(day: date, count: int) -> None:
    found = add_months(day, count)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == count
    last = monthrange(found.year, found.month)[1]
    assert found.day == min(day.day, last)


@pytest.mark.parametrize(
    ("day", "count", "wanted"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2025-12-15", 1, "2026-01-15"),
        ("2025-01-15", -1, "2024-12-15"),
        ("2025-03-31", -1, "2025-02-28"),
        ("2000-02-29", 1200, "2100-02-28"),
    ],
)
def test_month_arithmetic_at_its_edges(day: str, count: int, wanted: str) -> None:
    assert add_months(date.fromisoformat(day), count) == date.fromisoformat(wanted)


@pytest.mark.parametrize(
    ("day", "midnight", "close"),
    [
        ("2025-01-15", 5, 20),  # winter: five hours behind UTC
        ("2025-07-15", 4, 19),  # summer: four
        ("2025-03-09", 5, 19),  # the clock goes forward at 02:00
        ("2025-11-02", 4, 20),  # and back
        ("2024-02-29", 5, 20),
    ],
)
def test_new_yorks_clock(day: str, midnight: int, close: int) -> None:
    on = date.fromisoformat(day)
    assert midnight_of(on) == datetime(on.year, on.month, on.day, midnight, tzinfo=UTC)
    assert close_of(on) == datetime(on.year, on.month, on.day, close, tzinfo=UTC)


@given(DAYS)
def test_a_day_begins_at_its_own_midnight(day: date) -> None:
    begins = midnight_of(day)
    assert day_in_new_york(begins) == day
    assert day_in_new_york(begins - timedelta(microseconds=1)) == day - DAY
    assert day_in_new_york(close_of(day)) == day


@given(DAYS)
def test_a_month_has_a_first_day_and_a_name(day: date) -> None:
    assert month_of(f"{day:%Y-%m}") == first_of_month(day) == date(day.year, day.month, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025",
        "2025-1",
        "25-01",
        "2025-13",
        "2025-00",
        "2025-01-01",
        "x-y",
        "2025-+1",
        "0000-01",
        "\uff12\uff10\uff12\uff15-01",
    ],
)
def test_what_is_no_month_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="write it as YYYY-MM"):
        month_of(text)


@given(DAYS)
def test_a_whole_date_means_its_day(day: date) -> None:
    text = day.isoformat()
    assert partial_date.earliest(text) == partial_date.latest(text) == day


@given(DAYS)
def test_a_month_means_any_of_its_days(day: date) -> None:
    text = f"{day:%Y-%m}"
    last = monthrange(day.year, day.month)[1]
    assert partial_date.earliest(text) == day.replace(day=1)
    assert partial_date.latest(text) == day.replace(day=last)


@given(DAYS)
def test_a_year_means_any_of_its_days(day: date) -> None:
    text = f"{day:%Y}"
    assert partial_date.earliest(text) == date(day.year, 1, 1)
    assert partial_date.latest(text) == date(day.year, 12, 31)
    assert partial_date.stood_on(text, day)
    assert not partial_date.stood_on(text, date(day.year - 1, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "99",
        "2001-",
        "2001-1",
        "2001-13",
        "2001-02-30",
        "2023-02-29",
        "2001/10",
        " 2001",
        "2001-10-30T",
        "0000",
        "\u0662\u0660\u0660\u0661",
    ],
)
def test_what_is_no_partial_date_is_refused(text: str) -> None:
    for meaning in (partial_date.earliest, partial_date.latest):
        with pytest.raises(ValueError, match=r".+"):
            meaning(text)
