"""Making, changing and moving a meeting, and setting its agenda: what everybody may read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db import transaction

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Invalid
from clearinghouse.ledger.record import Change, Event, record
from clearinghouse.mandate.models import Meeting, MeetingMove
from clearinghouse.mandate.queries import move_of, stood
from clearinghouse.mandate.rules import MeetingKind
from clearinghouse.meetings import policy
from clearinghouse.meetings.models import AgendaItem
from clearinghouse.meetings.queries import agenda_of, when_of
from clearinghouse.meetings.rules import CODE, Step, When, faults_of


@dataclass(frozen=True, kw_only=True)
class Created(Event):
    verb: ClassVar[str] = "meetings.created"
    step: ClassVar[Step] = Step.CREATE


@dataclass(frozen=True, kw_only=True)
class Changed(Event):
    verb: ClassVar[str] = "meetings.changed"
    step: ClassVar[Step] = Step.CHANGE


@dataclass(frozen=True, kw_only=True)
class Moved(Event):
    verb: ClassVar[str] = "meetings.moved"
    step: ClassVar[Step] = Step.MOVE
    number: int


@dataclass(frozen=True, kw_only=True)
class AgendaSet(Event):
    verb: ClassVar[str] = "meetings.agenda_set"
    step: ClassVar[Step] = Step.SET_AGENDA
    items: int


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What a meeting is called, where it is held and by whom: all but its days."""

    kind: MeetingKind
    title: dict[str, str]
    place: str = ""
    host: str = ""
    source: str = ""


def create(code: str, said: Wording, when: When, *, by: Actor, now: datetime) -> Meeting:
    """Raises Invalid for a code that is taken or no code, and for days that cannot be."""
    if not CODE.fullmatch(code) or len(code) > 60:  # noqa: PLR2004  # the column's length
        raise Invalid({"code": ["a code is made of small letters, digits and hyphens"]})
    if Meeting.objects.filter(code=code).exists():
        raise Invalid({"code": [f"there is a meeting {code} already"]})
    _check(when)
    meeting = Meeting(code=code, by_hand=True)
    grant = policy.authorise(by, Step.CREATE, meeting)
    _word(meeting, said)
    _place(meeting, when)
    record(grant, Created(), changed=meeting, now=now)
    return meeting


def change(meeting: Meeting, said: Wording, *, by: Actor, now: datetime) -> None:
    """Everything but its days: those move, and whoever is concerned is told."""
    grant = policy.authorise(by, Step.CHANGE, meeting)
    _word(meeting, said)
    meeting.by_hand = True
    record(grant, Changed(), changed=meeting, now=now)


@transaction.atomic
def move(meeting: Meeting, when: When, *, by: Actor, now: datetime) -> MeetingMove:
    """The old day and the new are kept. Raises Invalid where it would move nowhere.

    Only `crossings/move_meeting` calls this: it tells those concerned in the same transaction.
    """
    _check(when)
    grant = policy.authorise(by, Step.MOVE, meeting)
    before = stood(meeting)
    if when == when_of(meeting):
        raise Invalid({"starts": ["it is on that day already"]})
    _place(meeting, when)
    meeting.by_hand = True
    moved = move_of(meeting, before, now)
    record(grant, Moved(number=moved.number), changed=Change(meeting, [moved]), now=now)
    return moved


def set_agenda(
    meeting: Meeting, lines: Sequence[str], language: str, *, by: Actor, now: datetime
) -> None:
    """The whole agenda, item after item, in one language."""
    grant = policy.authorise(by, Step.SET_AGENDA, meeting)
    there = agenda_of(meeting)
    kept, surplus = there[: len(lines)], there[len(lines) :]
    for item, line in zip(kept, lines, strict=False):
        item.titles = {language: line}
    more = range(len(kept), len(lines))
    fresh = [AgendaItem(meeting=meeting, number=n + 1, titles={language: lines[n]}) for n in more]
    change_ = Change(meeting, [*kept, *fresh], surplus)
    record(grant, AgendaSet(items=len(lines)), changed=change_, now=now)


def _word(meeting: Meeting, said: Wording) -> None:
    meeting.kind, meeting.title = said.kind.value, said.title
    meeting.place, meeting.host, meeting.source = said.place, said.host, said.source


def _place(meeting: Meeting, when: When) -> None:
    meeting.starts, meeting.ends = when.starts, when.ends
    meeting.opens, meeting.closes = when.opens, when.closes
    meeting.time_zone = when.time_zone


def _check(when: When) -> None:
    if faults := faults_of(when):
        raise Invalid({name: [said] for name, said in faults.items()})
