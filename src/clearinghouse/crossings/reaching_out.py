"""Invites bodies to contribute, reminds and thanks them, and tells how each of them stands.

Source: `docs/rules/outreach.md`. Whether a body has given is asked of the rooms that hold what
came in: that something came, never what it says. Nobody's opening of a mail is known or kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from clearinghouse.access.actor import Actor
from clearinghouse.batches import queries as batches
from clearinghouse.circulars.queries.issues import settings
from clearinghouse.crossings import freshness
from clearinghouse.crossings.invite import told
from clearinghouse.directory import queries as entries
from clearinghouse.directory.rules import Freshness, Readers
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.kernel.workflow import OutOfOrder
from clearinghouse.mandate import queries as mandate
from clearinghouse.notices import actions as notices
from clearinghouse.notices.rules import Kind as NoticeKind
from clearinghouse.outreach import actions, policy, queries
from clearinghouse.outreach.actions import Call
from clearinghouse.outreach.rules import (
    Answer,
    Progress,
    Standing,
    Step,
    progress,
    reminder,
)
from clearinghouse.standards import queries as register
from clearinghouse.submissions import queries as submissions
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind

if TYPE_CHECKING:
    from clearinghouse.mandate.models import Body
    from clearinghouse.outreach.models import Asked, Exchange, Invitation

ASKED_FOR = tuple(k for k in Kind if DEFINITIONS[k].readers != Readers.MONITORS)
"""What an invitation may ask for: not what organisations announce among themselves."""

LATE = (Progress.OVERDUE, Progress.INVITED, Progress.ANSWERED)
"""Of several invitations to a body, one that is still open is shown, the most pressing first."""


@dataclass(frozen=True)
class Place:
    """One invitation to one body: the day it is due, and how it stands."""

    asked: "Asked"
    due: date
    progress: Progress


@dataclass(frozen=True)
class Line:
    """How a body stands at a glance."""

    body: "Body"
    standing: Standing
    last: "Exchange | None"
    place: Place | None
    fresh: Freshness | None
    next: "Exchange | None"


@transaction.atomic
def invite(call: Call, bodies: Sequence["Body"], *, by: Actor, now: datetime) -> "Invitation":
    """Recorded, and each person in a seat that answers for a body is told once."""
    made, lines = actions.invite(call, bodies, by=by, now=now)
    for line in lines:
        _tell(NoticeKind.CONTRIBUTION_ASKED, line, "invited", now)
    return made


@transaction.atomic
def thank(line: "Asked", *, by: Actor, now: datetime) -> None:
    """Once, for what has come. Raises OutOfOrder where nothing has."""
    if not has_given(line):
        raise OutOfOrder("there is nothing to thank for yet")
    actions.thank(line, by=by, now=now)
    _tell(NoticeKind.CONTRIBUTION_THANKED, line, "thanks", now)


def decline(line: "Asked", because: str, *, by: Actor, now: datetime) -> None:
    """The body says itself that it does not contribute, and why. Reminders stop."""
    _must_be_its_own(Step.DECLINE, line, by, now)
    actions.decline(line, because, by=by, now=now)


def reconsider(line: "Asked", *, by: Actor, now: datetime) -> None:
    """The body takes that back while the day has not passed; it is reminded again."""
    _must_be_its_own(Step.RECONSIDER, line, by, now)
    actions.reconsider(line, by=by, now=now)


def own_steps(actor: Actor, place: Place, today: date) -> set[Step]:
    """What the body may answer itself."""
    given = place.progress == Progress.CONTRIBUTED
    return queries.own_steps_on(actor, place.asked, place.due, today, has_given=given)


def _must_be_its_own(step: Step, line: "Asked", by: Actor, now: datetime) -> None:
    """Raises Refused for another's hand, OutOfOrder at another time."""
    policy.authorise(by, step, line)
    today = day_in_new_york(now)
    if step not in own_steps(by, places([line], today)[0], today):
        raise OutOfOrder(f"{step} is not open any more")


def remind(now: datetime) -> int:
    """By the clock: whoever has given nothing yet is reminded, each time once. How many bodies.

    The cause names the day that is due: a day that has moved is reminded of anew.
    """
    today, holidays = day_in_new_york(now), mandate.holidays()
    periods = settings()
    offsets = [*(-days for days in periods.reminder_days), periods.overdue_reminder_days]
    found = []
    for line in queries.still_open():
        due = queries.due_day(line.invitation, holidays)
        if one := reminder(due, today, asked_on=line.asked_on, offsets=offsets):
            found.append((line, f"{due:%Y-%m-%d}{one.key}"))
    given = those_given([line for line, _ in found])
    waiting = [(line, key) for line, key in found if line.pk not in given]
    for line, key in waiting:
        _tell(NoticeKind.CONTRIBUTION_REMINDED, line, key, now)
    return len(waiting)


def has_given(line: "Asked") -> bool:
    return line.answer == Answer.GAVE or line.pk in those_given([line])


def those_given(lines: Sequence["Asked"]) -> set[UUID]:
    """Which of them have been met by something of the kinds asked for since they were asked."""
    if not lines:
        return set()
    since = min(line.invitation.invited_at for line in lines)
    came: dict[tuple[UUID, str], date] = {}
    for body, kind, day in _arrivals({line.body_id for line in lines}, since):
        came[body, kind] = max(day, came.get((body, kind), day))
    return {
        line.pk
        for line in lines
        for kind in line.invitation.kinds
        if came.get((line.body_id, kind), date.min) >= line.asked_on
    }


def _arrivals(bodies: set[UUID], since: datetime) -> Iterable[tuple[UUID, str, date]]:
    first = day_in_new_york(since)
    for body, kind, at in (
        *submissions.arrived_since(bodies, since),
        *batches.handed_in_since(bodies, since),
    ):
        yield body, kind, day_in_new_york(at)
    yield from entries.listed_since(bodies, first)
    for body, day in register.listed_since(bodies, first):
        yield body, Kind.STANDARD.value, day


def places(lines: Sequence["Asked"], today: date) -> list[Place]:
    """How each stands today."""
    if not lines:
        return []
    holidays, given = mandate.holidays(), those_given(lines)
    found = []
    for line in lines:
        due = queries.due_day(line.invitation, holidays)
        has_given = line.pk in given
        said = Answer(line.answer)
        found.append(Place(line, due, progress(said, has_given=has_given, due=due, today=today)))
    return found


def open_for(actor: Actor, bodies: Iterable[UUID], today: date) -> list[Place]:
    """What these bodies are still asked for, the nearest day first."""
    found = places(list(queries.asked_for(actor).filter(body__in=list(bodies))), today)
    return sorted((p for p in found if p.progress in LATE), key=lambda p: (p.due, str(p.asked.pk)))


def board(actor: Actor, today: date) -> list[Line]:
    """Every organisation, and every State with which there is contact or which was asked."""
    latest, fresh = queries.latest_by_body(actor), freshness.by_body(actor, today)
    steps: dict[UUID, Exchange] = {}
    for one in queries.open_steps(actor):
        steps.setdefault(one.body_id, one)
    at = _foremost(places(list(queries.asked_for(actor)), today))
    bodies = {b.pk: b for b in mandate.organisations()} | mandate.bodies(latest.keys() | at.keys())
    return [
        Line(
            body=body,
            standing=Standing(latest[pk].standing) if pk in latest else Standing.TO_CONTACT,
            last=latest.get(pk),
            place=at.get(pk),
            fresh=fresh.get(pk),
            next=steps.get(pk),
        )
        for pk, body in bodies.items()
    ]


def _foremost(found: Iterable[Place]) -> dict[UUID, Place]:
    """Of each body the invitation that presses most; else the last."""
    chosen: dict[UUID, Place] = {}
    for one in found:
        there = chosen.get(one.asked.body_id)
        if there is None or _pressing(one) < _pressing(there):
            chosen[one.asked.body_id] = one
    return chosen


def _pressing(one: Place) -> tuple[int, int, str]:
    is_open = one.progress in LATE
    order = LATE.index(one.progress) if is_open else len(LATE)
    day = one.due.toordinal()
    return order, day if is_open else -day, str(one.asked.pk)


def _tell(kind: NoticeKind, line: "Asked", what: str, now: datetime) -> None:
    notices.tell(kind, f"{line.subject}@{what}", told(line.body, now).values(), now=now)
