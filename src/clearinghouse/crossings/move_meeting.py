"""Moves a meeting: everything hung on it moves with it, and each person concerned is told once.

Source: `docs/rules/meetings.md`. Dates are computed and so move by themselves; this works out
whose dates they are, and writes one notice for each person in the transaction of the move.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from clearinghouse.access.actor import Actor, Role, Standing
from clearinghouse.kernel import partial_date
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.mandate import queries as mandate
from clearinghouse.meetings import queries as meetings
from clearinghouse.meetings.actions import meetings as actions
from clearinghouse.meetings.rules import When
from clearinghouse.notices import actions as notices
from clearinghouse.notices.rules import Kind
from clearinghouse.outreach import queries as outreach
from clearinghouse.people.queries import seats_in
from clearinghouse.plan import queries as plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from clearinghouse.mandate.models import Meeting, MeetingMove
    from clearinghouse.outreach.models import Invitation
    from clearinghouse.people.models import Seat
    from clearinghouse.plan.models import Commitment

TOLD = (Role.SECRETARIAT, Role.EXPERT, Role.MEMBER, Role.STATE, Role.FOCAL_POINT)
"""Of a person's seats the first of these is written to: it is the one that sees most."""

THE_COMMITTEE = frozenset({"committee", "subcommittees"})
"""Owners of a commitment who are the members of the committee."""

_ALWAYS = frozenset({Role.SECRETARIAT, Role.EXPERT})


@dataclass(frozen=True)
class Shift:
    """A commitment whose day moves with the meeting, and both days."""

    commitment: "Commitment"
    old: date
    new: date


def shifts(meeting: "Meeting", old: str, new: str, *, by: Actor) -> list[Shift]:
    """What hangs on the meeting, as far as this reader may see it: before and after."""
    holidays = mandate.holidays()
    return [
        Shift(c, plan.due_if(c, old, holidays), plan.due_if(c, new, holidays))
        for c in plan.hung_on(meeting, by)
    ]


def own(found: list[Shift], reader: Actor) -> list[Shift]:
    """What of it concerns the reader: all of it those who serve, else what their bodies hold."""
    if reader.holds(Role.SECRETARIAT, Role.EXPERT, Role.MEMBER):
        return found
    bodies = reader.bodies_as(Role.STATE, Role.FOCAL_POINT)
    codes = {body.code for body in mandate.bodies(bodies).values()}
    return [
        s for s in found if codes & set(s.commitment.owners) or s.commitment.holder_id in bodies
    ]


@transaction.atomic
def move(meeting: "Meeting", when: When, *, by: Actor, now: datetime) -> "MeetingMove":
    """Of two who move it at once, the second is told that it has moved, and moves nothing."""
    moved = actions.move(meeting, when, by=by, now=now)
    tell(moved, now=now)
    return moved


def tell(moved: "MeetingMove", *, now: datetime) -> None:
    """Once for each person and move. A meeting of the past dated anew is told to nobody."""
    today = day_in_new_york(now)
    days = (moved.old_ends or moved.old_starts, moved.new_ends or moved.new_starts)
    if all(partial_date.latest(day) < today for day in days):
        return
    told = concerned(moved.meeting, now, outreach.bodies_hung_on(moved.meeting))
    notices.tell(Kind.MEETING_MOVED, moved.subject, told, now=now)


def concerned(meeting: "Meeting", now: datetime, asked: "Iterable[UUID]" = ()) -> list[UUID]:
    """One seat for each person: owners of what hangs on it, whoever is invited, those who serve.

    A person with several seats is told through one of them of all that concerns them. `asked` are
    the bodies invited to contribute by a day that hangs on it.
    """
    invited = meetings.invited_bodies(meeting).union(asked)
    return concerned_by(plan.all_hung_on(meeting), invited, now)


def concerned_as_seen(meeting: "Meeting", by: Actor, now: datetime) -> list[UUID]:
    """The same for whoever is to move it: bodies asked count where this actor reads of them."""
    return concerned(meeting, now, outreach.hung_on(meeting, by).values_list("body", flat=True))


def calls(
    meeting: "Meeting", old: str, new: str, *, by: Actor
) -> "list[tuple[Invitation, date, date]]":
    """What the reader's own bodies are asked for by a day that moves: before and after."""
    own, holidays = by.bodies_as(Role.STATE, Role.FOCAL_POINT), mandate.holidays()
    found = {one.invitation_id: one.invitation for one in outreach.hung_on(meeting, by, own)}
    return [
        (one, outreach.due_if(one, old, holidays), outreach.due_if(one, new, holidays))
        for one in found.values()
    ]


def concerned_by(some: "Sequence[Commitment]", invited: set[UUID], now: datetime) -> list[UUID]:
    """The same for any commitments whose days move."""
    owners = {owner for c in some for owner in c.owners}
    holders = {c.holder_id for c in some if c.holder_id}
    named = {body.pk for body in mandate.bodies_by_code(owners).values()}
    bodies = holders | named | invited
    is_members = bool(owners & THE_COMMITTEE)
    seats = (s for s in seats_in(set(TOLD), now) if _is_concerned(s, bodies, members=is_members))
    return [seat.pk for seat in _one_each(seats).values()]


def _is_concerned(seat: "Seat", bodies: set[UUID], *, members: bool) -> bool:
    if seat.role in _ALWAYS or (seat.role == Role.MEMBER and seat.standing == Standing.CHAIR):
        return True
    return members if seat.role == Role.MEMBER else seat.body_id in bodies


def _one_each(seats: "Iterable[Seat]") -> "Mapping[UUID, Seat]":
    """By person. The first in the order of TOLD stays."""
    ordered = sorted(seats, key=lambda s: (TOLD.index(Role(s.role)), str(s.pk)), reverse=True)
    return {seat.person_id: seat for seat in ordered}
