"""What stands around a meeting: its documents, and the bodies invited to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Invalid
from clearinghouse.files import actions as keeping
from clearinghouse.files import queries as files
from clearinghouse.files.actions import Offered
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.files.models import StoredFile
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.kernel.workflow import OutOfOrder
from clearinghouse.ledger.record import Change, Event, record
from clearinghouse.mandate.models import Body, Meeting
from clearinghouse.meetings import policy
from clearinghouse.meetings.models import MeetingDocument, Participant
from clearinghouse.meetings.queries import stored_participant, when_of
from clearinghouse.meetings.rules import REPLIES, Answer, Delegate, Step, fault_of


@dataclass(frozen=True, kw_only=True)
class DocumentAdded(Event):
    verb: ClassVar[str] = "meetings.document_added"
    step: ClassVar[Step] = Step.ADD_DOCUMENT
    meeting_id: UUID
    is_restricted: bool
    digest: str = ""  # SHA-256 of its file, where it was handed in with one


@dataclass(frozen=True, kw_only=True)
class FileReplaced(Event):
    verb: ClassVar[str] = "meetings.document_file_replaced"
    step: ClassVar[Step] = Step.REPLACE_FILE
    edition: int
    digest: str


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
class Replied(Event):
    verb: ClassVar[str] = "meetings.replied"
    step: ClassVar[Step] = Step.REPLY
    answer: str


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A document by its title, its symbol and where it is found, or the file of it."""

    titles: dict[str, str]
    symbol: str = ""
    url: str = ""
    is_restricted: bool = True
    file: Offered | None = None


@transaction.atomic
def add_document(
    meeting: Meeting, said: Reference, *, by: Actor, now: datetime
) -> MeetingDocument:
    """Raises Invalid for a file that is not taken, naming the place in it."""
    made = MeetingDocument(
        meeting=meeting,
        titles=said.titles,
        symbol=said.symbol,
        url=said.url,
        is_restricted=said.is_restricted,
        added_on=day_in_new_york(now),
    )
    grant = policy.authorise(by, Step.ADD_DOCUMENT, made)
    kept = [_kept(said.file, made, None, now)] if said.file else []
    digest = kept[0].sha256 if kept else ""
    event = DocumentAdded(meeting_id=meeting.pk, is_restricted=said.is_restricted, digest=digest)
    record(grant, event, changed=Change(made, kept), now=now)
    return made


@transaction.atomic
def replace_file(
    document: MeetingDocument, offered: Offered, *, by: Actor, now: datetime
) -> StoredFile:
    """A later edition takes the place of the one there is, which is kept for the secretariat."""
    grant = policy.authorise(by, Step.REPLACE_FILE, document)
    before = files.latest_of(document)
    kept = _kept(offered, document, before[-1] if before else None, now)
    event = FileReplaced(edition=kept.edition, digest=kept.sha256)
    record(grant, event, changed=Change(document, [kept]), now=now)
    return kept


def _kept(
    offered: Offered, owner: MeetingDocument, supersedes: StoredFile | None, now: datetime
) -> StoredFile:
    try:
        return keeping.keep(offered, owner=owner, supersedes=supersedes, now=now)
    except Unfit as why:
        raise keeping.refusal(why) from why


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


def reply(
    participant: Participant, said: Answer, sent: Sequence[Delegate], *, by: Actor, now: datetime
) -> None:
    """As the body itself answers; it may answer anew until the meeting is over.

    Raises Invalid where nobody is named who comes, naming the line that is not fit.
    """
    grant = policy.authorise(by, Step.REPLY, participant)
    if said not in REPLIES:
        raise Invalid({"answer": [_("Say whether you come.")]})
    if when_of(participant.meeting).is_over(day_in_new_york(now)):
        raise OutOfOrder("the meeting is over")
    if said == Answer.ATTENDS and (fault := fault_of(sent)):
        raise Invalid({"names": [_(fault.message) % {"line": fault.line}]})
    participant.answer = said
    participant.names = "\n".join(map(str, sent)) if said == Answer.ATTENDS else ""
    participant.answered_on = day_in_new_york(now)
    record(grant, Replied(answer=said), changed=participant, now=now)
