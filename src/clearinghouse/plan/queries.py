"""Everything that reads the action plan, with each deadline computed from its meeting."""

from dataclasses import dataclass
from datetime import date

from clearinghouse.access.actor import Actor
from clearinghouse.mandate import queries as mandate
from clearinghouse.mandate.models import Meeting
from clearinghouse.mandate.rules import Offset, Timetable, Unit, falls_on
from clearinghouse.plan.models import Commitment, CommitmentQuerySet
from clearinghouse.plan.rules import Adoption


@dataclass(frozen=True)
class Line:
    """A commitment and the day it is due, where its timetable gives one."""

    commitment: Commitment
    due: date | None


def commitments_for(actor: Actor) -> CommitmentQuerySet:
    return Commitment.objects.visible_to(actor).select_related("due_meeting", "holder")


def plan_for(actor: Actor) -> list[Line]:
    """The plan in its order. A meeting that moved has moved every date hung on it."""
    holidays = mandate.holidays()
    return [Line(c, due_day(c, holidays)) for c in commitments_for(actor)]


def due_day(commitment: Commitment, holidays: set[date]) -> date | None:
    if commitment.timetable == Timetable.ABSOLUTE:
        return commitment.due_on
    if commitment.due_meeting is None:
        return None
    return due_if(commitment, commitment.due_meeting.starts, holidays)


def due_if(commitment: Commitment, meeting_starts: str, holidays: set[date]) -> date:
    """The day a commitment hung on a meeting is due, were the meeting to start then."""
    offset = Offset(commitment.due_offset, Unit(commitment.due_unit))
    return falls_on(meeting_starts, offset, holidays)


def hung_on(meeting: Meeting, actor: Actor) -> CommitmentQuerySet:
    """What hangs on a meeting and is still to be done, as far as the actor may see it."""
    live = commitments_for(actor).filter(due_meeting=meeting)
    return live.exclude(adoption=Adoption.DROPPED)


def all_counted() -> list[Commitment]:
    """What is counted in working days and so moved by a holiday; shown to nobody."""
    every = Commitment.objects.unscoped("a holiday moves what is counted, whoever records it")
    counted = every.filter(due_meeting__isnull=False, due_unit=Unit.WORKING_DAYS.value)
    live = counted.exclude(adoption=Adoption.DROPPED).exclude(timetable=Timetable.ABSOLUTE.value)
    return list(live.select_related("due_meeting"))


def all_hung_on(meeting: Meeting) -> list[Commitment]:
    """For working out whom a move concerns; shown to nobody."""
    every = Commitment.objects.unscoped("a move concerns owners, whoever makes it")
    return list(every.filter(due_meeting=meeting).exclude(adoption=Adoption.DROPPED))
