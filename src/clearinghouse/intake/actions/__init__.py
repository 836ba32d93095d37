"""What can be done to an item of the tray: it arrives, is attributed, accepted, refused."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Actor, Role, Standing
from clearinghouse.access.errors import Invalid
from clearinghouse.files import queries as files
from clearinghouse.intake import policy, queries
from clearinghouse.intake.actions import applying, arrival
from clearinghouse.intake.actions.arrival import Incoming
from clearinghouse.intake.models import Item
from clearinghouse.intake.rules.arrival import Mark
from clearinghouse.intake.rules.workflow import WORKFLOW, State, Step
from clearinghouse.kernel.marking import N_
from clearinghouse.kernel.workflow import OutOfOrder
from clearinghouse.ledger import chain
from clearinghouse.ledger.record import Change, Event, record
from clearinghouse.mandate.models import Body
from clearinghouse.notices import actions as notices
from clearinghouse.notices.rules import Kind as NoticeKind
from clearinghouse.people.queries import addressee, seat_written_to, seats_in

__all__ = [
    "Acceptance",
    "Incoming",
    "accept",
    "arrive",
    "attribute",
    "bring_back",
    "file",
    "refuse",
    "set_aside",
]

FILED = N_("filed against the letter")
OF_ANOTHER = N_("That letter went to another State or organisation.")
NO_INSTRUMENT = N_("Name the paper that it is recorded on: its reference and its date.")
NO_BODY = N_("Say first from which State or organisation it comes.")
OF_THE_CAPITAL = N_("It comes from the capital: only the mission's word changes a need.")
NOTHING_TAKEN = N_("Choose what of it is recorded; if it is nothing, refuse it.")
IN_THE_FUTURE = N_("It cannot have been received after today.")
NO_REASON = N_("Say why it is refused: the sender is told.")


@dataclass(frozen=True, kw_only=True)
class Arrived(Event):
    verb: ClassVar[str] = "intake.arrived"
    step: ClassVar[Step] = Step.ARRIVE
    channel: str
    files: int


@dataclass(frozen=True, kw_only=True)
class Attributed(Event):
    verb: ClassVar[str] = "intake.attributed"
    step: ClassVar[Step] = Step.ATTRIBUTE


@dataclass(frozen=True, kw_only=True)
class Filed(Event):
    verb: ClassVar[str] = "intake.filed"
    step: ClassVar[Step] = Step.FILE
    letter: UUID


@dataclass(frozen=True, kw_only=True)
class Accepted(Event):
    verb: ClassVar[str] = "intake.accepted"
    step: ClassVar[Step] = Step.ACCEPT
    recorded: int
    answers: int  # how many of those it holds were taken


@dataclass(frozen=True, kw_only=True)
class Refused(Event):
    verb: ClassVar[str] = "intake.refused"
    step: ClassVar[Step] = Step.REFUSE


@dataclass(frozen=True, kw_only=True)
class SetAside(Event):
    verb: ClassVar[str] = "intake.set_aside"
    step: ClassVar[Step] = Step.SET_ASIDE


@dataclass(frozen=True, kw_only=True)
class BroughtBack(Event):
    verb: ClassVar[str] = "intake.brought_back"
    step: ClassVar[Step] = Step.BRING_BACK


def arrive(incoming: Incoming, *, by: Actor, now: datetime) -> Item:
    """Take it into the tray: looked at, attributed by its reference, with nothing put into effect.

    The same thing twice is one item. What a machine wrote is set aside at once.
    """
    fingerprint = arrival.fingerprint(incoming)
    if known := queries.item_with(fingerprint):
        return known
    item, kept = arrival.made(incoming, now)  # looked into before the pen is taken
    item.fingerprint = fingerprint
    with chain.pen():
        if known := queries.item_with(fingerprint):
            return known
        grant = policy.authorise(by, Step.ARRIVE, item)
        item.state = _after(item, Step.ARRIVE)
        event = Arrived(channel=item.channel, files=len(kept))
        record(grant, event, changed=Change(item, kept), now=now)
        if Mark.AUTOMATIC in item.marks:
            set_aside(item, by=by, now=now)
    return item


def attribute(item: Item, body: Body, *, by: Actor, now: datetime) -> None:
    """The secretariat says from whom it comes; what it says is then read again."""
    grant = policy.authorise(by, Step.ATTRIBUTE, item)
    item.body = body
    arrival.understand(item, arrival.forms_in(files.files_of(item)))
    record(grant, Attributed(), changed=item, now=now)


def file(
    item: Item, letter: UUID, reference: str, body: Body, *, by: Actor, now: datetime
) -> None:
    """It answers a letter of ours to this body. Only `crossings/file_reply` calls this.

    By the secretariat's word, as every attribution is: a letter's number can be guessed.
    """
    grant = policy.authorise(by, Step.FILE, item)
    if item.letter:
        raise OutOfOrder("it is filed against a letter already")
    if item.body_id and item.body_id != body.pk:
        raise Invalid({"letter": [_(OF_ANOTHER)]})
    item.letter, item.body = letter, body
    item.recorded_as = [[reference, FILED]]
    arrival.understand(item, arrival.forms_in(files.files_of(item)))
    record(grant, Filed(letter=letter), changed=item, now=now)


@dataclass(frozen=True)
class Acceptance:
    """On which paper it is recorded, when that was received, and which of its answers are.

    `taken`: their places in the order in which they stand, from 0; all of them where it is None.
    """

    instrument: str
    received_on: date
    taken: frozenset[int] | None = None

    def takes(self, place: int) -> bool:
        return self.taken is None or place in self.taken


@transaction.atomic
def accept(item: Item, said: Acceptance, *, by: Actor, now: datetime) -> None:
    """It takes effect now, on the secretariat's hand and the instrument named; the sender is told.

    Raises Invalid, naming the field, where anything taken cannot be recorded: then nothing is.
    """
    grant = policy.authorise(by, Step.ACCEPT, item)
    _hold(item, said, now)
    item.instrument, item.received_on = said.instrument.strip(), said.received_on
    asked = queries.answers_of(item)
    told = [
        applying.apply(item, each, by=by, now=now) if said.takes(n) else applying.left_out(each)
        for n, each in enumerate(asked)
    ]
    item.answers = [
        each | {"was": dict(asked[n].now)} | ({} if said.takes(n) else {"left_out": True})
        for n, each in enumerate(item.answers)
    ]
    item.recorded_as = [*item.recorded_as, *(line for lines in told for line in lines)]
    item.state, item.settled_at = _after(item, Step.ACCEPT), now
    taken = sum(said.takes(n) for n in range(len(asked)))
    record(grant, Accepted(recorded=len(item.recorded_as), answers=taken), changed=item, now=now)
    _tell(item, now)


@transaction.atomic
def refuse(item: Item, reason: str, *, by: Actor, now: datetime) -> None:
    """Nothing of it is recorded, and the sender is told why."""
    grant = policy.authorise(by, Step.REFUSE, item)
    if not reason.strip():
        raise Invalid({"reason": [_(NO_REASON)]})
    item.reason, item.state, item.settled_at = reason.strip(), _after(item, Step.REFUSE), now
    record(grant, Refused(), changed=item, now=now)
    _tell(item, now)


def set_aside(item: Item, *, by: Actor, now: datetime) -> None:
    """Of no further interest: nobody is told, least of all the machine that wrote it."""
    grant = policy.authorise(by, Step.SET_ASIDE, item)
    item.state = _after(item, Step.SET_ASIDE)
    record(grant, SetAside(), changed=item, now=now)


def bring_back(item: Item, *, by: Actor, now: datetime) -> None:
    grant = policy.authorise(by, Step.BRING_BACK, item)
    item.state = _after(item, Step.BRING_BACK)
    record(grant, BroughtBack(), changed=item, now=now)


def _after(item: Item, step: Step) -> State:
    return WORKFLOW.target(State(item.state), step)


def _hold(item: Item, said: Acceptance, now: datetime) -> None:
    faults = {}
    if item.answers and not any(map(said.takes, range(len(item.answers)))):
        faults["taken"] = [_(NOTHING_TAKEN)]
    if not said.instrument.strip():
        faults["instrument"] = [_(NO_INSTRUMENT)]
    if item.body_id is None:
        faults["body"] = [_(NO_BODY)]
    if said.received_on > now.date():
        faults["received_on"] = [_(IN_THE_FUTURE)]
    seat = seat_written_to(item.seat) if item.seat else None
    if item.answers and seat and seat.standing == Standing.CAPITAL:
        faults["body"] = [_(OF_THE_CAPITAL)]
    if faults:
        raise Invalid(faults)


def _tell(item: Item, now: datetime) -> None:
    """The seat that was written to, or its body's own; never the address it claims to be from."""
    if Mark.AUTOMATIC in item.marks or item.body_id is None:
        return
    if item.seat and addressee(item.seat, now):
        seats = [item.seat]
    else:
        held = seats_in({Role.STATE, Role.FOCAL_POINT}, now).filter(body=item.body_id)
        seats = [s.pk for s in held if s.standing != Standing.CAPITAL]
    cause = f"{item.subject}@{item.version}"
    notices.tell(NoticeKind.INTAKE_SETTLED, cause, seats, now=now)
