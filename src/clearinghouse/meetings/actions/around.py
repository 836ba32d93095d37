"""What stands around a meeting: its documents, and the bodies invited to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from clearinghouse.access.actor import Actor
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.ledger.record import Event, record
from clearinghouse.mandate.models import Body, Meeting
from clearinghouse.meetings import policy
from clearinghouse.meetings.models import MeetingDocument, Participant
from clearinghouse.meetings.queries import stored_participant
from clearinghouse.meetings.rules import Answer, Step


@dataclass(frozen=True, kw_only=True)
class DocumentAdded(Event):
    verb: ClassVar[str] = "meetings.document_added"
    step: ClassVar[Step] = Step.ADD_DOCUMENT
    meeting_id: UUID
    is_restricted: bool


@dataclass(frozen=True, kw_only=True)
class DocumentWithdrawn(Event):
    verb: ClassVar[str] = "meetings.document_withdrawn"
    step: ClassVar[Step] = Step.WITHDRAW_DOCUMENT


@dataclass(frozen=True, kw_only=True)
class Invited(Event):
    verb: ClassVar[str] = "meetings.invited"
    step: ClassVar[Step] = Step.INVITE
    meeting_id: UUID
    body_id: UUID


@dataclass(frozen=True, kw_only=True)
class Answered(Event):
    verb: ClassVar[str] = "meetings.answered"
    step: ClassVar[Step] = Step.ANSWER
    answer: str


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A document by its title, its symbol and where it is found."""

    titles: dict[str, str]
    symbol: str = ""
    url: str = ""
    is_restricted: bool = True


def add_document(
    meeting: Meeting, said: Reference, *, by: Actor, now: datetime
) -> MeetingDocument:
    made = MeetingDocument(
        meeting=meeting,
        titles=said.titles,
        symbol=said.symbol,
        url=said.url,
        is_restricted=said.is_restricted,
        added_on=day_in_new_york(now),
    )
    grant = policy.authorise(by, Step.ADD_DOCUMENT, made)
    event = DocumentAdded(meeting_id=meeting.pk, is_restricted=said.is_restricted)
    record(grant, event, changed=made, now=now)
    return made


def withdraw_document(document: MeetingDocument, *, by: Actor, now: datetime) -> None:
    grant = policy.authorise(by, Step.WITHDRAW_DOCUMENT, document)
    document.is_withdrawn = True
    record(grant, DocumentWithdrawn(), changed=document, now=now)


def invite(meeting: Meeting, body: Body, *, by: Actor, now: datetime) -> Participant:
    """Invited twice, invited once. One whose invitation was taken back is invited anew."""
    found = stored_participant(meeting, body.pk)
    if found and found.answer != Answer.UNINVITED:
        policy.authorise(by, Step.INVITE, found)
        return found
    found = found or Participant(meeting=meeting, body=body)
    grant = policy.authorise(by, Step.INVITE, found)
    found.answer, found.names, found.answered_on = Answer.AWAITED, "", None
    found.invited_on = day_in_new_york(now)
    record(grant, Invited(meeting_id=meeting.pk, body_id=body.pk), changed=found, now=now)
    return found


def answer(
    participant: Participant, said: Answer, names: str, *, by: Actor, now: datetime
) -> None:
    """As the body answered it, entered by the secretariat. Uninvited, its names are destroyed."""
    grant = policy.authorise(by, Step.ANSWER, participant)
    participant.answer = said
    participant.names = "" if said == Answer.UNINVITED else names
    participant.answered_on = None if said == Answer.AWAITED else day_in_new_york(now)
    record(grant, Answered(answer=said), changed=participant, now=now)
