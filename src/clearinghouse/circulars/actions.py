"""What can be done to an issue, its clearances and its list. Each asks, changes, records."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Invalid
from clearinghouse.circulars import policy
from clearinghouse.circulars.models import Clearance, FrozenNeed, Issue, Recipient, Rendition
from clearinghouse.circulars.queries import cutting, frozen, issues
from clearinghouse.circulars.rules import WORKFLOW, Office, State, Step
from clearinghouse.kernel.workflow import OutOfOrder
from clearinghouse.ledger.record import Change, Event, record
from clearinghouse.people.models import Person, Seat


@dataclass(frozen=True, kw_only=True)
class Opened(Event):
    verb: ClassVar[str] = "circulars.opened"
    step: ClassVar[Step] = Step.OPEN
    month: date


@dataclass(frozen=True, kw_only=True)
class Frozen(Event):
    verb: ClassVar[str] = "circulars.frozen"
    step: ClassVar[Step] = Step.FREEZE
    month: date
    late: bool
    renditions: int


@dataclass(frozen=True, kw_only=True)
class Issued(Event):
    verb: ClassVar[str] = "circulars.issued"
    step: ClassVar[Step] = Step.ISSUE
    month: date


@dataclass(frozen=True, kw_only=True)
class Cleared(Event):
    verb: ClassVar[str] = "circulars.cleared"
    step: ClassVar[Step] = Step.CLEAR
    office: str
    issue_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class Revoked(Event):
    verb: ClassVar[str] = "circulars.clearance_revoked"
    step: ClassVar[Step] = Step.REVOKE


@dataclass(frozen=True, kw_only=True)
class Enlisted(Event):
    verb: ClassVar[str] = "circulars.enlisted"
    step: ClassVar[Step] = Step.ENLIST
    seat_id: UUID


@dataclass(frozen=True, kw_only=True)
class Struck(Event):
    verb: ClassVar[str] = "circulars.struck"
    step: ClassVar[Step] = Step.STRIKE
    seat_id: UUID


def open_draft(month: date, *, by: Actor, now: datetime) -> Issue:
    """The draft of a month's issue: it shows the needs as they stand until it is frozen."""
    issue = Issue(month=month, opened_at=now)
    grant = policy.authorise(by, Step.OPEN, issue)
    issue.state = WORKFLOW.target(State(issue.state), Step.OPEN)
    record(grant, Opened(month=month), changed=issue, now=now)
    return issue


@transaction.atomic
def freeze(issue: Issue, *, late: bool, by: Actor, now: datetime) -> None:
    """Fix what is present, cut every rendition and seal each with its hash."""
    grant = policy.authorise(by, Step.FREEZE, issue)
    rows = frozen.frozen_rows(issue)
    last = issues.before(issue)
    issue.frozen_at, issue.late = now, late
    issue.state = WORKFLOW.target(State(issue.state), Step.FREEZE)
    cut = _cut(issue, rows, last)
    event = Frozen(month=issue.month, late=late, renditions=len(cut))
    record(grant, event, changed=Change(issue, [*rows, *cut]), now=now)


def issue_(issue: Issue, *, by: Actor, now: datetime) -> None:
    """Let it out. Raises Invalid, naming the clearance that is missing."""
    grant = policy.authorise(by, Step.ISSUE, issue)
    if missing := issues.missing_clearances(issue):
        raise Invalid({"clearance": [f"{office} has not cleared" for office in sorted(missing)]})
    issue.state, issue.issued_at = WORKFLOW.target(State(issue.state), Step.ISSUE), now
    record(grant, Issued(month=issue.month), changed=issue, now=now)


def clear(
    office: Office, issue: Issue | None, *, given_by: Person, by: Actor, now: datetime
) -> Clearance:
    """Clear one issue, or (the Chair alone) every issue until it is revoked.

    Raises OutOfOrder where the issue has gone out, or the same word is given already.
    """
    if issue is None and office != Office.CHAIR:
        raise Invalid({"clearance": ["only the Chair's clearance may stand"]})
    clearance = Clearance(office=office, issue=issue, given_by=given_by, given_at=now)
    grant = policy.authorise_clearance(by, Step.CLEAR, clearance)
    if issue is not None and issue.state == State.ISSUED:
        raise OutOfOrder(f"the matrix {issue.number} has gone out: there is nothing to clear")
    if issues.is_cleared(office, issue):
        raise OutOfOrder(f"the {office}'s clearance has been given")
    event = Cleared(office=office, issue_id=issue.pk if issue else None)
    record(grant, event, changed=clearance, now=now)
    return clearance


def revoke(clearance: Clearance, *, by: Actor, now: datetime) -> None:
    """What went out stays out; what has not gone out waits."""
    grant = policy.authorise_clearance(by, Step.REVOKE, clearance)
    if clearance.revoked_at:
        raise Invalid({"clearance": ["it is revoked already"]})
    clearance.revoked_at = now
    record(grant, Revoked(), changed=clearance, now=now)


def enlist(seat: Seat, *, attach: bool, by: Actor, now: datetime) -> Recipient:
    """Put a seat on the circulation list."""
    recipient = Recipient(seat=seat, attach=attach, since=now)
    grant = policy.authorise_list(by, Step.ENLIST, recipient)
    record(grant, Enlisted(seat_id=seat.pk), changed=recipient, now=now)
    return recipient


def strike(recipient: Recipient, *, by: Actor, now: datetime) -> None:
    """Take a seat off the list."""
    grant = policy.authorise_list(by, Step.STRIKE, recipient)
    recipient.until = now
    record(grant, Struck(seat_id=recipient.seat_id), changed=recipient, now=now)


def _cut(issue: Issue, rows: list[FrozenNeed], last: Issue | None) -> list[Rendition]:
    cutter = cutting.Cutter(issue, rows)
    compared = cutting.Comparison(cutter, cutting.Cutter(last) if last else None)
    since = last.number if last else ""
    made = []
    for audience in cutting.audiences(rows):
        told = compared.told(audience)
        made.append(
            Rendition(
                issue=issue,
                audience=audience.key,
                hash=cutter.seal(audience, told.text, since),
                changes=told.changes,
                since=since,
            )
        )
    return made
