"""What can be done to a contribution: each act asks, changes, records, tells those concerned."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid5

from django.db import transaction

from clearinghouse.access.actor import Actor, Role, Standing
from clearinghouse.access.errors import Invalid, Refused
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.ledger import chain
from clearinghouse.ledger.record import Change, record
from clearinghouse.mandate.models import Body
from clearinghouse.notices import actions as notices
from clearinghouse.notices.rules import Kind as NoticeKind
from clearinghouse.people.queries import seats_in
from clearinghouse.submissions import policy, queries
from clearinghouse.submissions.actions import copies, listing
from clearinghouse.submissions.actions.copies import attach as attach
from clearinghouse.submissions.actions.copies import detach as detach
from clearinghouse.submissions.actions.events import (
    Announced,
    Authenticated,
    Confirmed,
    Drafted,
    Listed,
    Returned,
    RevisionBegun,
    Saved,
    Submitted,
    TakenUp,
    Withdrawn,
)
from clearinghouse.submissions.models import Submission
from clearinghouse.submissions.rules import fields, keys
from clearinghouse.submissions.rules.fields import Content, Fault
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind, across
from clearinghouse.submissions.rules.workflow import Origin, State, Step


class Faulty(Invalid):
    """A contribution with faults: marked texts with their values, for each door to translate."""

    def __init__(self, found: list[Fault]) -> None:
        super().__init__({f.field: [f.message % dict(f.values)] for f in found})
        self.found = found


@transaction.atomic
def draft(
    kind: Kind, body: Body, content: Content, *, instrument: str = "", by: Actor, now: datetime
) -> Submission:
    """Begin a contribution of this body. The secretariat names the instrument it acts on."""
    own = body.pk in by.bodies_as(*policy.CONTRIBUTORS)
    origin = Origin.BODY if own else Origin.SECRETARIAT
    if not own and policy.may_hold_the_pen(by, kind) and not instrument.strip():
        raise Invalid({"instrument": ["name the paper that asks for it"]})
    started = Submission(kind=kind, body=body, origin=origin, instrument=instrument.strip())
    started.started_at, started.written_by = now, by.person_id
    started.seat = queries.writing_seat(by, body)
    return _drafted(started, content, by=by, now=now)


@transaction.atomic
def draft_once(
    kind: Kind, body: Body, content: Content, key: str, *, by: Actor, now: datetime
) -> Submission:
    """As `draft`, by a body's own seat; asked again with its key, the contribution it made.

    Raises KeyUsed where that was of another kind, or said something else when it was begun.
    """
    keys.must_be_one(key)
    pk = uuid5(body.pk, f"submission {key}")
    started = Submission(pk=pk, kind=kind, body=body, origin=Origin.BODY, started_at=now)
    started.written_by, started.seat = by.person_id, queries.writing_seat(by, body)
    policy.authorise(by, Step.DRAFT, started)
    chain.lock_head()  # of two at the same moment, the second finds what the first has made
    if before := queries.submissions_for(by).filter(pk=pk).first():
        if before.kind != kind or (before.version == 1 and before.content != _kept(kind, content)):
            raise keys.KeyUsed
        return before
    return _drafted(started, content, by=by, now=now)


def _drafted(started: Submission, content: Content, *, by: Actor, now: datetime) -> Submission:
    grant = policy.authorise(by, Step.DRAFT, started)
    kind = Kind(started.kind)
    if not DEFINITIONS[kind].contributors.include(state=started.body.is_state):
        raise Refused(f"a {kind} is not contributed by this kind of body")
    started.content = _kept(kind, content)
    started.state = State.DRAFT
    record(grant, Drafted(kind=kind, origin=started.origin), changed=started, now=now)
    return started


def save(submission: Submission, content: Content, *, by: Actor, now: datetime) -> None:
    """Keep what is written so far; only what could not be kept at all is refused."""
    grant = policy.authorise(by, Step.SAVE, submission)
    submission.content = _kept(Kind(submission.kind), content)
    submission.written_by = by.person_id
    record(grant, Saved(), changed=submission, now=now)


def submit(submission: Submission, *, by: Actor, now: datetime) -> None:
    """Hand it in. Raises Faulty, naming every field, where it is not complete and sound."""
    grant = policy.authorise(by, Step.SUBMIT, submission)
    if found := _faults_of(submission):
        raise Faulty(found)
    submission.state, submission.remarks = _after(submission, Step.SUBMIT), {}
    submission.submitted_at = now
    record(grant, Submitted(), changed=submission, now=now)


def take_up(submission: Submission, *, by: Actor, now: datetime) -> None:
    grant = policy.authorise(by, Step.TAKE_UP, submission)
    submission.state = _after(submission, Step.TAKE_UP)
    record(grant, TakenUp(), changed=submission, now=now)


@transaction.atomic
def return_(
    submission: Submission, remarks: Mapping[str, str], *, by: Actor, now: datetime
) -> None:
    """Back to its author with the reasons, by field. Raises Invalid where none is given."""
    grant = policy.authorise(by, Step.RETURN, submission)
    said = {name: text.strip() for name, text in remarks.items() if text.strip()}
    if not said:
        raise Invalid({"remarks": ["say what is to be changed, at least in general"]})
    submission.state, submission.remarks = _after(submission, Step.RETURN), said
    day = day_in_new_york(now).isoformat()
    submission.returns = [*submission.returns, {"on": day, "remarks": said}]
    record(grant, Returned(), changed=submission, now=now)
    _tell_author(submission, now)


@transaction.atomic
def list_(submission: Submission, *, by: Actor, now: datetime) -> None:
    """The entry appears in the register, or its revision takes its place."""
    grant = policy.authorise(by, Step.LIST, submission)
    if found := listing.clashes(submission):
        raise Faulty(found)
    submission.state, submission.settled_at = _after(submission, Step.LIST), now
    submission.entry = listing.list_(submission, by=by, now=now)
    record(grant, Listed(entry=submission.entry), changed=submission, now=now)
    _tell_author(submission, now)


@transaction.atomic
def announce(submission: Submission, *, by: Actor, now: datetime) -> None:
    """Its author's own word stands without review. Raises Faulty where it is not complete."""
    grant = policy.authorise(by, Step.ANNOUNCE, submission)
    if found := _faults_of(submission):
        raise Faulty(found)
    submission.state = _after(submission, Step.ANNOUNCE)
    submission.submitted_at = submission.settled_at = now
    submission.entry = listing.list_(submission, by=by, now=now)
    record(grant, Announced(entry=submission.entry), changed=submission, now=now)


@transaction.atomic
def authenticate(submission: Submission, *, by: Actor, now: datetime) -> None:
    """It does come from the State; its mission is asked to confirm it."""
    grant = policy.authorise(by, Step.AUTHENTICATE, submission)
    submission.state = _after(submission, Step.AUTHENTICATE)
    record(grant, Authenticated(), changed=submission, now=now)
    seats = seats_in({Role.STATE}, now).filter(body=submission.body, standing=Standing.MISSION)
    notices.tell(NoticeKind.SUBMISSION_MOVED, _cause(submission), [s.pk for s in seats], now=now)


@transaction.atomic
def confirm(submission: Submission, *, by: Actor, now: datetime) -> None:
    """The mission confirms: the need takes its place in the matrix, at its consent."""
    grant = policy.authorise(by, Step.CONFIRM, submission)
    submission.state, submission.settled_at = _after(submission, Step.CONFIRM), now
    submission.entry = listing.write_need(submission, by=by, now=now)
    record(grant, Confirmed(entry=submission.entry), changed=submission, now=now)


@transaction.atomic
def withdraw(submission: Submission, because: str = "", *, by: Actor, now: datetime) -> None:
    """A listed entry leaves a tombstone with the date and the reason, so that needs a reason."""
    grant = policy.authorise(by, Step.WITHDRAW, submission)
    if submission.state == State.LISTED:
        if not because.strip():
            raise Invalid({"because": ["say why it is withdrawn: the reason stays visible"]})
        listing.withdraw(submission, because.strip(), by=by, now=now)
    _withdraw_others(submission, by=by, now=now)
    submission.state, submission.settled_at = _after(submission, Step.WITHDRAW), now
    record(grant, Withdrawn(), changed=submission, now=now)


def _withdraw_others(submission: Submission, *, by: Actor, now: datetime) -> None:
    """What its entry said before does not stand either: no form is filled with it again."""
    for each in queries.others_listed(submission):
        grant = policy.authorise(by, Step.WITHDRAW, each)
        each.state, each.settled_at = _after(each, Step.WITHDRAW), now
        record(grant, Withdrawn(), changed=each, now=now)


@transaction.atomic
def revise(submission: Submission, *, by: Actor, now: datetime) -> Submission:
    """A new draft of a listed entry; the listed one stays until the new one is listed."""
    grant = policy.authorise(by, Step.REVISE, submission)
    record(grant, RevisionBegun(), changed=submission, now=now)
    revision = Submission(
        kind=submission.kind,
        body=submission.body,
        origin=submission.origin,
        instrument=submission.instrument,
        content=submission.content,
        revises=submission.entry,
        started_at=now,
        written_by=by.person_id,
        seat=queries.writing_seat(by, submission.body),
    )
    begun = policy.authorise(by, Step.DRAFT, revision)
    revision.state = State.DRAFT
    event = Drafted(kind=revision.kind, origin=revision.origin)
    kept = copies.carried(submission, revision)
    record(begun, event, changed=Change(revision, kept), now=now)
    return revision


@transaction.atomic
def revise_on_behalf(
    listed: Submission, content: Content, *, instrument: str, by: Actor, now: datetime
) -> Submission:
    """A revision that its body sent in otherwise: a draft of the secretariat's, on a paper."""
    revision = Submission(kind=listed.kind, body=listed.body, origin=Origin.SECRETARIAT)
    revision.instrument, revision.revises = instrument.strip(), listed.entry
    revision.started_at, revision.written_by = now, by.person_id
    revision.seat = queries.writing_seat(by, listed.body)
    grant = policy.authorise(by, Step.DRAFT, revision)
    revision.content, revision.state = _kept(Kind(listed.kind), content), State.DRAFT
    event = Drafted(kind=revision.kind, origin=revision.origin)
    kept = copies.carried(listed, revision)
    record(grant, event, changed=Change(revision, kept), now=now)
    return revision


def faults(kind: Kind, content: Content) -> list[Fault]:
    """Everything wrong with a contribution, whichever way it came."""
    known = queries.known()
    return [*fields.check(DEFINITIONS[kind].fields, content, known), *across(kind, content)]


def _faults_of(submission: Submission) -> list[Fault]:
    """Everything that keeps it from being handed in: of itself, and beside what stands already."""
    return [*faults(Kind(submission.kind), submission.content), *listing.clashes(submission)]


def _kept(kind: Kind, content: Content) -> dict[str, Any]:
    """A draft may be incomplete; it may not hold what could never be accepted."""
    definition = DEFINITIONS[kind]
    tidy = fields.clean(definition.fields, content)
    strangers = {name: content[name] for name in content if name not in tidy}
    asked = tidy | {k: v for k, v in strangers.items() if not _is_field(definition.fields, k)}
    found = fields.check(definition.fields, asked, queries.known())
    if unkept := [f for f in found if f.message != fields.REQUIRED]:
        raise Faulty(unkept)
    return tidy


def _is_field(known: tuple[fields.Field, ...], name: str) -> bool:
    return any(f.name == name for f in known)


def _after(submission: Submission, step: Step) -> State:
    table = DEFINITIONS[Kind(submission.kind)].workflow
    return table.target(State(submission.state), step)


def _cause(submission: Submission) -> str:
    return f"{submission.subject}@{submission.version}"


def _tell_author(submission: Submission, now: datetime) -> None:
    if submission.seat:
        notices.tell(NoticeKind.SUBMISSION_MOVED, _cause(submission), [submission.seat], now=now)
