"""Invites a body to a meeting: it is recorded, and each person in a seat of the body is told once.

Source: `docs/rules/meetings.md`. Whoever has nobody in a seat is invited on paper alone.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from clearinghouse.access.actor import Actor, Role, Standing
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.meetings import queries as meetings
from clearinghouse.meetings.actions import around
from clearinghouse.meetings.rules import Answer
from clearinghouse.notices import actions as notices
from clearinghouse.notices.rules import Kind
from clearinghouse.people.queries import seats_in

if TYPE_CHECKING:
    from uuid import UUID

    from clearinghouse.mandate.models import Body, Meeting
    from clearinghouse.meetings.models import Participant


@transaction.atomic
def invite(meeting: "Meeting", body: "Body", *, by: Actor, now: datetime) -> "Participant":
    """Invited twice, told once: the mail is for the day of the invitation."""
    invited = around.invite(meeting, body, by=by, now=now)
    is_over = meetings.when_of(meeting).is_over(day_in_new_york(now))
    if invited.answer == Answer.AWAITED and not is_over:
        cause = f"{invited.subject}@{invited.invited_on}"
        notices.tell(Kind.MEETING_INVITED, cause, told(body, now).values(), now=now)
    return invited


def told(body: "Body", now: datetime) -> "dict[UUID, UUID]":
    """By person, one seat that answers for the body: the mission of a State, or focal points."""
    seats = seats_in({Role.FOCAL_POINT, Role.STATE}, now).filter(body=body)
    answering = (s for s in seats if s.role == Role.FOCAL_POINT or s.standing == Standing.MISSION)
    return {seat.person_id: seat.pk for seat in answering}
