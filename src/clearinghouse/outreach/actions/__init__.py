"""What can be done in contact with bodies. Each action asks, changes, records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Invalid
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.kernel.marking import N_
from clearinghouse.kernel.workflow import OutOfOrder
from clearinghouse.ledger.record import Change, Event, record
from clearinghouse.letters.models import Letter
from clearinghouse.mandate.models import Body, Meeting
from clearinghouse.mandate.queries import holidays
from clearinghouse.mandate.rules import Timetable, Unit
from clearinghouse.outreach import policy
from clearinghouse.outreach.models import Asked, Exchange, Invitation
from clearinghouse.outreach.queries import due_day, steps_open_to
from clearinghouse.outreach.rules import (
    LONGEST_WHY,
    Answer,
    Channel,
    Standing,
    Step,
    faults_of_exchange,
)
from clearinghouse.people.models import Person


@dataclass(frozen=True, kw_only=True)
class Noted(Event):
    verb: ClassVar[str] = "outreach.noted"
    step: ClassVar[Step] = Step.NOTE
    body_id: UUID
    channel: str
    standing: str


@dataclass(frozen=True, kw_only=True)
class StepSettled(Event):
    verb: ClassVar[str] = "outreach.step_settled"
    step: ClassVar[Step] = Step.SETTLE


@dataclass(frozen=True, kw_only=True)
class Erased(Event):
    verb: ClassVar[str] = "outreach.erased"
    step: ClassVar[Step] = Step.ERASE


@dataclass(frozen=True, kw_only=True)
class Invited(Event):
    verb: ClassVar[str] = "outreach.invited"
    step: ClassVar[Step] = Step.INVITE
    bodies: int


@dataclass(frozen=True, kw_only=True)
class Answered(Event):
    verb: ClassVar[str] = "outreach.answered"
    step: ClassVar[Step] = Step.ANSWER
    body_id: UUID
    answer: str


@dataclass(frozen=True, kw_only=True)
class Thanked(Event):
    verb: ClassVar[str] = "outreach.thanked"
    step: ClassVar[Step] = Step.THANK
    body_id: UUID


@dataclass(frozen=True, kw_only=True)
class LettersDrafted(Event):
    verb: ClassVar[str] = "outreach.letters_drafted"
    step: ClassVar[Step] = Step.WRITE
    letters: int


@dataclass(frozen=True, kw_only=True)
class Declined(Event):
    verb: ClassVar[str] = "outreach.declined"
    step: ClassVar[Step] = Step.DECLINE
    body_id: UUID


@dataclass(frozen=True, kw_only=True)
class Reconsidered(Event):
    verb: ClassVar[str] = "outreach.reconsidered"
    step: ClassVar[Step] = Step.RECONSIDER
    body_id: UUID


@dataclass(frozen=True, kw_only=True)
class Next:
    """What is to be done next, by whom, by when."""

    step: str = ""
    owner: Person | None = None
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Said:
    """What was said, when, by which way, with whom, and where contact stands after it."""

    on: date
    channel: Channel
    standing: Standing
    summary: str
    with_whom: str = ""
    next: Next = field(default_factory=Next)


@dataclass(frozen=True, kw_only=True)
class Call:
    """What is asked for, and by when: so long before or after a meeting, or on a day."""

    kinds: Sequence[str]
    texts: Mapping[str, str]
    meeting: Meeting | None = None
    offset: int = 0
    unit: Unit = Unit.DAYS
    on: date | None = None


def note(body: Body, said: Said, *, by: Actor, now: datetime) -> Exchange:
    """Enter a line of the contact log. Raises Invalid, naming the field."""
    line = Exchange(body=body, noted_by_id=policy.hand(by), noted_at=now)
    grant = policy.authorise(by, Step.NOTE, line)
    faults = faults_of_exchange(
        on=said.on,
        today=day_in_new_york(now),
        next_step=said.next.step,
        due_on=said.next.due_on,
        has_owner=said.next.owner is not None,
    )
    if not said.summary.strip():
        faults["summary"] = N_("Say what was said.")
    if faults:
        raise Invalid({name: [_(told)] for name, told in faults.items()})
    line.on, line.channel, line.standing = said.on, said.channel, said.standing
    line.summary, line.with_whom = said.summary.strip(), said.with_whom.strip()
    line.next_step, line.owner = said.next.step.strip(), said.next.owner
    line.due_on = said.next.due_on
    event = Noted(body_id=body.pk, channel=said.channel, standing=said.standing)
    record(grant, event, changed=line, now=now)
    return line


def settle(line: Exchange, *, by: Actor, now: datetime) -> None:
    """Its next step is done. Raises OutOfOrder where there is none, or no longer."""
    grant = policy.authorise(by, Step.SETTLE, line)
    _must_be_open(by, Step.SETTLE, line)
    line.done_on = day_in_new_york(now)
    record(grant, StepSettled(), changed=line, now=now)


def erase(line: Exchange, *, by: Actor, now: datetime) -> None:
    """Destroy its words and whom it names; day, way and standing stay. The salt goes with them."""
    grant = policy.authorise(by, Step.ERASE, line)
    _must_be_open(by, Step.ERASE, line)
    line.summary = line.with_whom = line.next_step = ""
    line.owner, line.due_on = None, None
    line.erased_on = day_in_new_york(now)
    record(grant, Erased(), changed=line, now=now)


@transaction.atomic
def invite(
    call: Call, bodies: Sequence[Body], *, by: Actor, now: datetime
) -> tuple[Invitation, list[Asked]]:
    """All of them or nobody: one line of the record. Raises Invalid, naming the field."""
    made = _invitation(call, by, now)
    grant = policy.authorise(by, Step.INVITE, made)
    today = day_in_new_york(now)
    if faults := _faults(made, bodies, today):
        raise Invalid(faults)
    lines = [Asked(invitation=made, body=body, asked_on=today) for body in bodies]
    record(grant, Invited(bodies=len(lines)), changed=Change(made, lines), now=now)
    return made, lines


def answer(line: Asked, said: Answer, *, by: Actor, now: datetime) -> None:
    """What the body answered, as it reached the secretariat; or that it is not asked any more."""
    grant = policy.authorise(by, Step.ANSWER, line)
    line.answer = said
    line.because = line.because if said == Answer.DECLINES else ""
    line.answered_on = None if said == Answer.AWAITED else day_in_new_york(now)
    record(grant, Answered(body_id=line.body_id, answer=said), changed=line, now=now)


def decline(line: Asked, because: str, *, by: Actor, now: datetime) -> None:
    """By the body itself, with its reason. Whether it still may is asked where it is known."""
    grant = policy.authorise(by, Step.DECLINE, line)
    said = because.strip()
    if not said:
        raise Invalid({"because": [_("Say why.")]})
    if len(said) > LONGEST_WHY:
        raise Invalid({"because": [_("Say it more briefly.")]})
    line.answer, line.because = Answer.DECLINES, said
    line.answered_on = day_in_new_york(now)
    record(grant, Declined(body_id=line.body_id), changed=line, now=now)


def reconsider(line: Asked, *, by: Actor, now: datetime) -> None:
    """By the body itself: it is asked as before, and its reason is gone."""
    grant = policy.authorise(by, Step.RECONSIDER, line)
    line.answer, line.because, line.answered_on = Answer.AWAITED, "", None
    record(grant, Reconsidered(body_id=line.body_id), changed=line, now=now)


def thank(line: Asked, *, by: Actor, now: datetime) -> None:
    """Once. Raises OutOfOrder for the second time."""
    grant = policy.authorise(by, Step.THANK, line)
    _must_be_open(by, Step.THANK, line)
    line.thanked_on = day_in_new_york(now)
    record(grant, Thanked(body_id=line.body_id), changed=line, now=now)


def write(
    invitation: Invitation, letters: Mapping[UUID, Letter], *, by: Actor, now: datetime
) -> None:
    """Which letter was drafted to each body invited, by its id: one line of the record for all."""
    grant = policy.authorise(by, Step.WRITE, invitation)
    lines = list(Asked.objects.visible_to(by).filter(invitation=invitation, body__in=letters))
    for line in lines:
        line.letter = letters[line.body_id]
    event = LettersDrafted(letters=len(lines))
    record(grant, event, changed=Change(invitation, lines), now=now)


def _must_be_open(by: Actor, step: Step, thing: Exchange | Asked) -> None:
    if step not in steps_open_to(by, thing):
        raise OutOfOrder(f"{step} is not open any more")


def _invitation(call: Call, by: Actor, now: datetime) -> Invitation:
    hung = call.meeting is not None
    return Invitation(
        kinds=list(call.kinds),
        texts=dict(call.texts),
        invited_by_id=policy.hand(by),
        invited_at=now,
        timetable=Timetable.MEETING if hung else Timetable.ABSOLUTE,
        due_meeting=call.meeting,
        due_offset=call.offset if hung else 0,
        due_unit=call.unit if hung else Unit.DAYS,
        due_on=None if hung else call.on,
    )


def _faults(made: Invitation, bodies: Sequence[Body], today: date) -> dict[str, list[str]]:
    faults: dict[str, list[str]] = {}
    if not bodies:
        faults["bodies"] = [_("Choose whom to invite.")]
    if not made.kinds:
        faults["kinds"] = [_("Choose what is asked for.")]
    if made.due_meeting is None and made.due_on is None:
        faults["on"] = [_("Choose a meeting, or give a day.")]
    elif due_day(made, holidays()) <= today:
        faults["on"] = [_("That day has come already: choose a later one.")]
    return faults
