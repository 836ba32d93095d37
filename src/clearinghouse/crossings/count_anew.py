"""A holiday is added or struck: working days count anew, and each person concerned is told once.

Source: `docs/rules/meetings.md`. Dates are computed and so move by themselves; both days of
each are kept, as a meeting's are, and one notice for each person is in the same transaction.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from clearinghouse.access.actor import Actor
from clearinghouse.crossings.move_meeting import Shift, concerned_by
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.mandate import queries as mandate
from clearinghouse.meetings import queries as meetings
from clearinghouse.meetings.actions import calendar as actions
from clearinghouse.meetings.actions.calendar import Moving
from clearinghouse.notices import actions as notices
from clearinghouse.notices.rules import Kind
from clearinghouse.plan import queries as plan

if TYPE_CHECKING:
    from collections.abc import Set

    from clearinghouse.mandate.models import Holiday


@dataclass(frozen=True)
class Counting:
    """By which holidays the deadlines that there are were counted."""

    holidays: "Set[date]"
    known: "Set[UUID]"


def counting() -> Counting:
    """As it stands, to be compared with what it will be."""
    known = frozenset(c.pk for c in plan.all_counted())
    return Counting(mandate.holidays() if known else frozenset(), known)


@transaction.atomic
def observe(on: date, name: str, source: str, *, by: Actor, now: datetime, station: str) -> None:
    before = counting()
    actions.observe(on, name, source, duty_station=station, by=by, now=now)
    recount(before, by=by, now=now)


@transaction.atomic
def strike(holiday: "Holiday", *, by: Actor, now: datetime) -> None:
    before = counting()
    actions.strike(holiday, by=by, now=now)
    recount(before, by=by, now=now)


def recount(before: Counting, *, by: Actor, now: datetime) -> None:
    """Keeps both days of what has moved and tells whom it concerns; nothing where nothing has."""
    found = [s for s in _shifts(before) if s.old != s.new]
    if not found:
        return
    moving = [Moving(s.commitment.subject, s.old, s.new) for s in found]
    made = actions.recount(moving, by=by, now=now)
    if told := [s.commitment for s in found if _is_news(s, now)]:
        seats = concerned_by(told, set(), now)
        notices.tell(Kind.DEADLINES_MOVED, made.subject, seats, now=now)


def kept(recount_: UUID, *, by: Actor) -> list[Shift]:
    """What one recount moved and was news then, as far as this reader may see it."""
    commitments = {c.subject: c for c in plan.commitments_for(by)}
    found = [
        (Shift(commitments[m.what], m.old, m.new), m.recount.counted_at)
        for m in meetings.moved_dates(recount_)
        if m.what in commitments
    ]
    return [shift for shift, counted_at in found if _is_news(shift, counted_at)]


def history(by: Actor) -> list[tuple[Shift, datetime]]:
    """Every deadline that this reader may see and that holidays have moved, the latest first."""
    commitments = {c.subject: c for c in plan.commitments_for(by)}
    return [
        (Shift(commitments[m.what], m.old, m.new), m.recount.counted_at)
        for m in reversed(meetings.moved_dates())
        if m.what in commitments
    ]


def _is_news(shift: Shift, now: datetime) -> bool:
    """A deadline that was over before and is over after is told to nobody."""
    return max(shift.old, shift.new) >= day_in_new_york(now)


def _shifts(before: Counting) -> list[Shift]:
    some = [c for c in plan.all_counted() if c.pk in before.known]
    then, now = set(before.holidays), mandate.holidays() if some else set()
    return [
        Shift(
            c,
            plan.due_if(c, c.due_meeting.starts, then),
            plan.due_if(c, c.due_meeting.starts, now),
        )
        for c in some
        if c.due_meeting
    ]
