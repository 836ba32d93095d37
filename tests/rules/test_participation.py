"""How a body stands to the exchange on each day, and what may be recorded of it: no database."""

from datetime import date, timedelta
from itertools import product

import pytest

from clearinghouse.outreach.rules import Relation
from clearinghouse.outreach.rules.participation import (
    STEPS,
    WHO,
    Part,
    Step,
    faults_of_amending,
    faults_of_joining,
    faults_of_leaving,
    part,
)

DAY = timedelta(days=1)
FIRST = date(2025, 3, 10)
DAYS = [FIRST + n * DAY for n in range(-2, 5)]


def test_how_it_stands_on_every_day_of_every_span() -> None:
    """By counting the days themselves, the last included."""
    for since, until, today in product(DAYS, [None, *DAYS], DAYS):
        if until is not None and until < since:
            continue
        days = {since + n * DAY for n in range(((until or DAYS[-1]) - since).days + 1)}
        found = part(since, until, today)
        assert (found == Part.TAKES) == (today in days)
        assert (found == Part.AHEAD) == (today < since)
        assert (found == Part.ENDED) == (until is not None and today > until)
    assert part(None, None, FIRST) == Part.NONE


def test_what_can_be_recorded_when() -> None:
    running = {Step.AMEND, Step.LEAVE}
    assert {
        Part.NONE: {Step.JOIN},
        Part.AHEAD: running,
        Part.TAKES: running,
        Part.ENDED: {Step.JOIN},
    } == STEPS
    assert {Relation.EXPERT} == frozenset.union(*WHO.values())
    assert set(WHO) == set(Step)


@pytest.mark.parametrize(("since", "until"), list(product(DAYS, [None, *DAYS])))
def test_nothing_ends_before_it_begins(since: date, until: date | None) -> None:
    ends_before = until is not None and until < since
    joining = faults_of_joining(since, until, None)
    amending = faults_of_amending(since, since=since, until=until, last=since)
    assert set(joining) == set(amending) == ({"until"} if ends_before else set())
    if until is not None:
        assert set(faults_of_leaving(until, since=since)) == set(joining)


@pytest.mark.parametrize(("since", "ended"), list(product(DAYS, [None, *DAYS])))
def test_it_begins_again_on_a_day_after_it_ended(since: date, ended: date | None) -> None:
    found = faults_of_joining(since, None, ended)
    assert set(found) == ({"since"} if ended is not None and since <= ended else set())


@pytest.mark.parametrize(("on", "until", "last"), list(product(DAYS, [None, DAYS[-2]], DAYS)))
def test_terms_hold_from_a_day_that_overtakes_none(
    on: date, until: date | None, last: date
) -> None:
    found = faults_of_amending(on, since=DAYS[0], until=until, last=last)
    assert ("on" in found) == (on < last or (until is not None and on > until))
    assert set(found) <= {"on"}
