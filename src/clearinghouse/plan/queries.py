"""Everything that reads the action plan, with each deadline computed from its meeting."""

from dataclasses import dataclass
from datetime import date

from clearinghouse.access.actor import Actor
from clearinghouse.mandate.models import Holiday
from clearinghouse.mandate.rules import Offset, Timetable, Unit, falls_on
from clearinghouse.plan.models import Commitment, CommitmentQuerySet


@dataclass(frozen=True)
class Line:
    """A commitment and the day it is due, where its timetable gives one."""

    commitment: Commitment
    due: date | None


def commitments_for(actor: Actor) -> CommitmentQuerySet:
    return Commitment.objects.visible_to(actor).select_related("due_meeting", "holder")


def plan_for(actor: Actor) -> list[Line]:
    """The plan in its order. A meeting that moved has moved every date hung on it."""
    holidays = set(Holiday.objects.values_list("date", flat=True))
    return [Line(c, due_day(c, holidays)) for c in commitments_for(actor)]


def due_day(commitment: Commitment, holidays: set[date]) -> date | None:
    if commitment.timetable == Timetable.ABSOLUTE:
        return commitment.due_on
    if commitment.due_meeting is None:
        return None
    offset = Offset(commitment.due_offset, Unit(commitment.due_unit))
    return falls_on(commitment.due_meeting.starts, offset, holidays)
