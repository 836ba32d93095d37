"""From the cleared text to the addressee and back: hands, dispatch, receipt, replies."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

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
from clearinghouse.ledger.record import Change, Event, record
from clearinghouse.letters import policy
from clearinghouse.letters.actions.events import (
    BatchDispatched,
    BatchInitialled,
    BatchSigned,
    Cancelled,
    Dispatched,
    Initialled,
    Received,
    Replied,
    Scanned,
    Signed,
)
from clearinghouse.letters.models import Batch, Letter, Reply
from clearinghouse.letters.queries.bulk import said
from clearinghouse.letters.queries.letters import seats_written_to
from clearinghouse.letters.rules.wording import (
    LONG,
    Fault,
    Kind,
    MergeField,
    faults_in_values,
    tidy,
)
from clearinghouse.letters.rules.workflow import WORKFLOW, Means, State, Step
from clearinghouse.notices import actions as notices
from clearinghouse.notices.rules import Kind as NoticeKind

SCAN = "scan"
HELD = {"reference": 120, "by": 200, "because": 500}  # characters that the tables hold


@dataclass(frozen=True)
class Sending:
    """How a letter left, and on which day."""

    means: Means
    on: date


@dataclass(frozen=True)
class Receipt:
    """When it was received, by whom, and under which reference of theirs."""

    on: date
    by: str = ""
    reference: str = ""


@dataclass(frozen=True)
class Answer:
    """A reply as it came in: the day, what it bears, and its text or the scan of it."""

    received_on: date
    dated: date | None = None
    reference: str = ""
    text: str = ""
    scan: Offered | None = None


def initial(letter: Letter, *, by: Actor, now: datetime) -> None:
    grant = policy.authorise(by, Step.INITIAL, letter)
    _put_hand_to(letter, Step.INITIAL, by, now)
    record(grant, Initialled(), changed=letter, now=now)


def sign(letter: Letter, *, by: Actor, now: datetime) -> None:
    grant = policy.authorise(by, Step.SIGN, letter)
    _put_hand_to(letter, Step.SIGN, by, now)
    record(grant, Signed(), changed=letter, now=now)


@transaction.atomic
def put_hand_to_batch(
    batch: Batch, letters: Sequence[Letter], *, by: Actor, now: datetime
) -> None:
    """Initials on every note verbale of a batch, or the Chair's signature on every letter."""
    signing = any(letter.form == "letter" for letter in letters)
    step = Step.SIGN if signing else Step.INITIAL
    grant = policy.authorise_batch(by, step, batch, list(letters))
    for letter in letters:
        _put_hand_to(letter, step, by, now)
    count = len(letters)
    event: Event = BatchSigned(letters=count) if signing else BatchInitialled(letters=count)
    record(grant, event, changed=Change(batch, letters), now=now)


@transaction.atomic
def dispatch(letter: Letter, sent: Sending, *, by: Actor, now: datetime) -> None:
    """It leaves. By e-mail: the seats of its addressee are told, with the letter as a PDF."""
    grant = policy.authorise(by, Step.DISPATCH, letter)
    _send(letter, sent, by, now)
    record(grant, Dispatched(means=sent.means, on=sent.on), changed=letter, now=now)


@transaction.atomic
def dispatch_batch(
    batch: Batch, letters: Sequence[Letter], sent: Sending, *, by: Actor, now: datetime
) -> None:
    """All of them by the same means, or none."""
    grant = policy.authorise_batch(by, Step.DISPATCH, batch, list(letters))
    for letter in letters:
        _send(letter, sent, by, now)
    event = BatchDispatched(letters=len(letters), means=sent.means)
    record(grant, event, changed=Change(batch, letters), now=now)


def receive(letter: Letter, receipt: Receipt, *, by: Actor, now: datetime) -> None:
    """Raises Invalid for a day before it was sent, or one that has not come."""
    grant = policy.authorise(by, Step.RECEIVE, letter)
    _check_day("on", receipt.on, letter.sent_on, now)
    _check_lines({"by": receipt.by, "reference": receipt.reference})
    letter.state = WORKFLOW.target(State(letter.state), Step.RECEIVE)
    letter.received_on = receipt.on
    letter.received_by, letter.receipt = tidy(receipt.by), tidy(receipt.reference)
    record(grant, Received(on=receipt.on), changed=letter, now=now)


@transaction.atomic
def file_reply(letter: Letter, answer: Answer, *, by: Actor, now: datetime) -> Reply:
    """What the addressee answered. A text or a scan is needed; there may be several replies."""
    grant = policy.authorise(by, Step.REPLY, letter)
    _check_day("received_on", answer.received_on, letter.sent_on, now)
    _check_lines({"reference": answer.reference}, {"text": answer.text})
    if not (answer.text.strip() or answer.scan):
        raise Invalid({"text": [_("Give the text of the reply, or the scan of it.")]})
    reply = Reply(
        letter=letter,
        dated=answer.dated,
        received_on=answer.received_on,
        reference=tidy(answer.reference),
        text=tidy(answer.text),
        filed_by_id=policy.hand(by),
        filed_at=now,
    )
    kept = [_kept(answer.scan, reply, None, now)] if answer.scan else []
    reply.scan_digest = kept[0].sha256 if kept else ""
    event = Replied(on=answer.received_on)
    record(grant, event, changed=Change(letter, [reply, *kept]), now=now)
    return reply


@transaction.atomic
def attach_scan(letter: Letter, scan: Offered, *, by: Actor, now: datetime) -> StoredFile:
    """The paper as it went, initialled or signed: this is the record. A later one replaces it.

    Raises Invalid for a file that is not taken.
    """
    grant = policy.authorise(by, Step.SCAN, letter)
    before = files.latest_of(letter, SCAN)
    kept = _kept(scan, letter, before[-1] if before else None, now)
    letter.scan_digest = kept.sha256
    record(grant, Scanned(digest=kept.sha256), changed=Change(letter, [kept]), now=now)
    return kept


def cancel(letter: Letter, because: str, *, by: Actor, now: datetime) -> None:
    """It will not go. It stays in the register with the reason, and its number if it has one."""
    grant = policy.authorise(by, Step.CANCEL, letter)
    if not because.strip():
        raise Invalid({"because": [_("Say why it is cancelled.")]})
    _check_lines({}, {"because": because})
    letter.state = WORKFLOW.target(State(letter.state), Step.CANCEL)
    letter.because = tidy(because)
    record(grant, Cancelled(), changed=letter, now=now)


def _kept(
    scan: Offered, owner: Letter | Reply, supersedes: StoredFile | None, now: datetime
) -> StoredFile:
    try:
        return keeping.keep(replace(scan, part=SCAN), owner=owner, supersedes=supersedes, now=now)
    except Unfit as why:
        raise keeping.refusal(why, "scan") from why


def _put_hand_to(letter: Letter, step: Step, by: Actor, now: datetime) -> None:
    letter.state = WORKFLOW.target(State(letter.state), step)
    letter.signed_by_id, letter.signed_at = policy.hand(by), now


def _send(letter: Letter, sent: Sending, by: Actor, now: datetime) -> None:
    _check_day("on", sent.on, letter.dated, now)
    letter.state = WORKFLOW.target(State(letter.state), Step.DISPATCH)
    letter.means, letter.sent_on, letter.dispatched_at = sent.means, sent.on, now
    letter.sent_by_id = policy.hand(by)
    if sent.means == Means.EMAIL:
        seats = seats_written_to(letter, now)
        if not seats:
            said = _("%(body)s has nobody in a seat to be written to: choose another means.")
            raise Invalid({"means": [said % {"body": letter.body.code}]})
        notices.tell(NoticeKind.LETTER_DISPATCHED, letter.subject, seats, now=now)


def _check_day(name: str, day: date, earliest: date | None, now: datetime) -> None:
    if day > day_in_new_york(now):
        raise Invalid({name: [_("This day has not come yet.")]})
    if earliest and day < earliest:
        raise Invalid({name: [_("This day is before %(day)s.") % {"day": earliest.isoformat()}]})


def _check_lines(lines: dict[str, str], passages: dict[str, str] | None = None) -> None:
    """As for what goes out: no character that hides what it does, and none too many."""
    fields = [MergeField(name, Kind.TEXT, {}) for name in lines]
    fields += [MergeField(name, Kind.PASSAGE, {}) for name in passages or ()]
    given = {k: tidy(v) for k, v in (lines | (passages or {})).items()}
    found = list(faults_in_values(tuple(fields), given, frozenset()))
    for name, longest in HELD.items():
        if (length := len(given.get(name, ""))) > longest:
            found.append(Fault(name, LONG, {"longest": longest, "length": length}))
    if found:
        raise Invalid(said(found))
