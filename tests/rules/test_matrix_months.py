"""The months of the matrix: when a draft opens, whose turn it is, and what each reader is told."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearinghouse.access.actor import PUBLIC, Actor, Capacity, Role, Standing
from clearinghouse.circulars import rules
from clearinghouse.circulars.rules import Audience, Change, Place, Sight, changes
from clearinghouse.kernel.calendar import is_working_day, working_days_between
from tests.committee import CAST

DAY = timedelta(days=1)
YEARS = range(2020, 2031)
HOLIDAYS = frozenset(date(y, m, d) for y in YEARS for m, d in ((1, 1), (7, 4), (11, 27), (12, 25)))
MONTHS = [date(y, m, 1) for y in YEARS for m in range(1, 13)]
OPENS = 5


@pytest.mark.parametrize("working_days", [1, 5, 10])
def test_a_draft_opens_so_many_working_days_before_its_month(working_days: int) -> None:
    for month in MONTHS:
        opens = rules.opens_on(month, working_days, HOLIDAYS)
        assert opens < month
        assert is_working_day(opens, HOLIDAYS)
        first_counts = is_working_day(month, HOLIDAYS)
        between = working_days_between(opens, month - DAY, HOLIDAYS)
        assert between == working_days - 1, (month, first_counts)


@pytest.mark.parametrize("working_days", [1, 5, 10])
def test_every_day_of_ten_years_has_its_month(working_days: int) -> None:
    """From the day its draft opens to the day before the next one's: never two, never none."""
    day, due = date(2020, 1, 1), []
    while day < date(2030, 12, 1):
        due.append((day, rules.month_due(day, working_days, HOLIDAYS)))
        day += DAY
    for (before, was), (today, month) in pairwise(due):
        this = today.replace(day=1)
        later = month > this
        assert month in {this, _next(this)}
        assert later is (today >= rules.opens_on(_next(this), working_days, HOLIDAYS))
        assert month in {was, _next(was)}, (before, today)
    assert len({month for _, month in due}) == 11 * 12


def _next(month: date) -> date:
    return month + DAY * monthrange(month.year, month.month)[1]


def test_known_days() -> None:
    assert rules.opens_on(date(2025, 4, 1), OPENS, HOLIDAYS) == date(2025, 3, 25)
    assert rules.opens_on(date(2026, 1, 1), OPENS, HOLIDAYS) == date(
        2025, 12, 24
    )  # past Christmas
    assert rules.month_due(date(2025, 3, 24), OPENS, HOLIDAYS) == date(2025, 3, 1)
    assert rules.month_due(date(2025, 3, 25), OPENS, HOLIDAYS) == date(2025, 4, 1)
    assert rules.month_due(date(2025, 12, 31), OPENS, HOLIDAYS) == date(2026, 1, 1)


def test_an_issue_freezes_at_midnight_in_new_york() -> None:
    assert rules.freezes_at(date(2025, 1, 1)) == datetime(2025, 1, 1, 5, tzinfo=UTC)
    assert rules.freezes_at(date(2025, 7, 1)) == datetime(2025, 7, 1, 4, tzinfo=UTC)
    assert rules.number(date(2025, 7, 1)) == "2025-07"


ROW = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["1", "2"]))
ENDED = st.frozensets(st.sampled_from("abcdef"))


@given(ROW, ROW, ENDED)
def test_what_is_told_of_a_row(
    before: dict[str, str], after: dict[str, str], ended: frozenset[str]
) -> None:
    told = changes(before, after, ended)
    for key in "abcdef":
        wanted = None
        if key in after:
            wanted = Change.NEW if key not in before else Change.CHANGED
            wanted = None if before.get(key) == after[key] else wanted
        elif key in before and key in ended:
            wanted = Change.ENDED
        assert told.get(key) == wanted


def test_a_row_whose_consent_was_narrowed_goes_without_a_word() -> None:
    assert changes({"a": "1"}, {}, set()) == {}
    assert changes({"a": "1"}, {}, {"a"}) == {"a": Change.ENDED}


def test_a_row_the_reader_never_saw_ends_without_a_word() -> None:
    assert changes({}, {}, {"a"}) == {}


FULL, MEMBER, OPEN = Audience(Sight.FULL), Audience(Sight.MEMBER), Audience(Sight.PUBLIC)


def test_the_rendition_each_seat_is_served() -> None:
    body = UUID(int=7)
    for role, provider in product(Role, (False, True)):
        held = Capacity(role, body, Standing.NONE, provider)
        if role in {Role.EXPERT, Role.SECRETARIAT}:
            wanted = FULL
        elif role == Role.MEMBER:
            wanted = MEMBER
        elif provider or role == Role.STATE:
            wanted = Audience(Sight.BODY, str(body), provider)
        else:
            wanted = OPEN
        assert rules.audience_of(held) == wanted, (role, provider)


def test_everybody_is_served_the_public_one_last() -> None:
    expert, member = Capacity(Role.EXPERT), Capacity(Role.MEMBER)
    assert rules.audiences_of(PUBLIC) == [OPEN]
    served = rules.audiences_of(Actor(capacities=frozenset({member, expert})))
    assert served == [FULL, MEMBER, OPEN]


def test_no_two_audiences_have_one_key() -> None:
    every = [OPEN, MEMBER, FULL, Audience(Sight.BODY, "1"), Audience(Sight.BODY, "2")]
    assert len({audience.key for audience in every}) == len(every)


def test_who_is_named_is_shown_the_row() -> None:
    row = Place("s", "named", "confirmed", frozenset({"p"}))
    assert Audience(Sight.BODY, "p", provider=True).sees(row)
    assert not Audience(Sight.BODY, "q", provider=True).sees(row)
    assert not Audience(Sight.BODY, "p").sees(row)  # named once, and no provider any more
    assert Audience(Sight.BODY, "s").sees(row)


def test_the_cast_has_no_two_of_a_name() -> None:
    assert len(set(CAST)) == len(CAST) == 16
