"""Deadlines hung on meetings, the periods of a pack, and when an entry goes stale."""

from datetime import date

import pytest

from clearinghouse.mandate.rules import Offset, Settings, Unit, falls_on
from clearinghouse.standards.rules import stale_on

HOLIDAYS = frozenset({date(2025, 5, 26), date(2025, 6, 19)})


@pytest.mark.parametrize(
    ("starts", "amount", "unit", "day"),
    [
        ("2025-06-10", 0, Unit.DAYS, "2025-06-10"),
        ("2025-06-10", -30, Unit.DAYS, "2025-05-11"),
        ("2025-06-10", 6, Unit.MONTHS, "2025-12-10"),
        ("2025-08-31", 6, Unit.MONTHS, "2026-02-28"),
        ("2025-06-17", 2, Unit.WORKING_DAYS, "2025-06-20"),  # past the 19th
        ("2025-05-27", -1, Unit.WORKING_DAYS, "2025-05-23"),  # past a holiday and a weekend
        ("2025-06", -1, Unit.DAYS, "2025-05-31"),  # known to the month: from its first day
        ("2025", 1, Unit.MONTHS, "2025-02-01"),
    ],
)
def test_where_a_deadline_falls(starts: str, amount: int, unit: Unit, day: str) -> None:
    assert falls_on(starts, Offset(amount, unit), HOLIDAYS) == date.fromisoformat(day)


def test_a_meeting_that_moves_moves_what_hangs_on_it() -> None:
    offset = Offset(6, Unit.MONTHS)
    assert falls_on("2025-06-10", offset, HOLIDAYS) != falls_on("2025-06-11", offset, HOLIDAYS)


def test_the_periods_of_a_pack_take_the_place_of_the_defaults() -> None:
    given = {"draft_opens_working_days": 3, "reminder_days": [9, 1], "of_another_room": 4}
    settings = Settings.of(given)
    assert settings.draft_opens_working_days == 3
    assert settings.reminder_days == (9, 1)
    assert settings.stale_after_months == Settings().stale_after_months == 12


def test_an_entry_goes_stale_after_so_many_months() -> None:
    assert stale_on(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert stale_on(date(2024, 3, 10), 12) == date(2025, 3, 10)
