"""What can be done to a batch before it is applied: each act asks, changes, records, tells."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import uuid4

from django.db import IntegrityError, transaction

from clearinghouse.access.actor import OPERATOR, Actor
from clearinghouse.access.errors import Invalid, Refused
from clearinghouse.batches import policy, queries
from clearinghouse.batches.models import Batch, Errand, Row
from clearinghouse.batches.queries import comparing
from clearinghouse.batches.rules.workflow import TOGETHER, WORKFLOWS, WORKING, State, Step, Verdict
from clearinghouse.files import actions as files
from clearinghouse.files.actions import Offered
from clearinghouse.ledger.prepared import lay_down
from clearinghouse.ledger.record import Change, Event, record
from clearinghouse.mandate.models import Body
from clearinghouse.notices import actions as notices
from clearinghouse.notices.rules import Kind as NoticeKind
from clearinghouse.submissions.queries import checking, writing_seat
from clearinghouse.submissions.rules import keys
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from clearinghouse.submissions.rules.workflow import Origin

GRACE = timedelta(hours=1)
"""How long rows may lie without a batch: longer than any file takes to be read."""

PATIENCE = timedelta(days=14)
"""How long a broken-off reading of a published file may be gone on with."""


@dataclass(frozen=True, kw_only=True)
class Staged(Event):
    verb: ClassVar[str] = "batches.staged"
    step: ClassVar[Step] = Step.STAGE
    kind: str
    origin: str
    digest: str
    new: int
    changed: int
    unchanged: int
    faulty: int


@dataclass(frozen=True, kw_only=True)
class Received(Event):
    verb: ClassVar[str] = "batches.received"
    step: ClassVar[Step] = Step.RECEIVE
    kind: str
    origin: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class HandedIn(Event):
    verb: ClassVar[str] = "batches.handed_in"
    step: ClassVar[Step] = Step.HAND_IN


@dataclass(frozen=True, kw_only=True)
class Returned(Event):
    verb: ClassVar[str] = "batches.returned"
    step: ClassVar[Step] = Step.RETURN


@dataclass(frozen=True, kw_only=True)
class Withdrawn(Event):
    verb: ClassVar[str] = "batches.withdrawn"
    step: ClassVar[Step] = Step.WITHDRAW


@dataclass(frozen=True, kw_only=True)
class For:
    """For whom a file is brought in, by which paper where on behalf, and under which key."""

    body: Body
    key: str
    instrument: str = ""


def stage(kind: Kind, asked: For, offered: Offered, *, by: Actor, now: datetime) -> Batch:
    """Check a file whole and keep what it would change; asked again with its key, the same batch.

    Raises Unfit or Misread, naming the place; then nothing is stored. Rows are written as they
    are compared, and belong to nothing until the batch is recorded with its file at the end.
    """
    batch = begun(kind, asked, digest_of(offered), by=by, now=now)
    policy.authorise(by, Step.STAGE, batch)
    if before := kept_before(batch):
        return before
    comparison = comparing.begin(kind, asked.body, offered.name, offered.content, by=by)
    try:
        for rows in comparison.rows():
            write(rows, batch, now)
        batch.counts, batch.read_as = dict(comparison.counts), dict(comparison.table.read_as)
        batch.keeps_shape = comparison.keeps_shape
        return kept(batch, offered, staged(batch), by=by, now=now)
    except BaseException:
        Row.objects.unscoped("a file that was not taken").filter(batch=batch.pk).delete()
        raise


def hand_in(batch: Batch, *, by: Actor, now: datetime) -> None:
    """To the secretariat, which lists it whole. Raises Invalid where a row did not pass."""
    grant = policy.authorise(by, Step.HAND_IN, batch)
    must_be_whole(batch)
    batch.state, batch.submitted_at = after(batch, Step.HAND_IN), now
    record(grant, HandedIn(), changed=batch, now=now)


@transaction.atomic
def return_(batch: Batch, remark: str, *, by: Actor, now: datetime) -> None:
    """Back to its author with the reason; a corrected file is a new batch."""
    grant = policy.authorise(by, Step.RETURN, batch)
    if not remark.strip():
        raise Invalid({"remark": ["say what is to be changed"]})
    batch.state, batch.remark = after(batch, Step.RETURN), remark.strip()[:2000]
    batch.settled_at = now
    record(grant, Returned(), changed=batch, now=now)
    tell_author(batch, by=by, now=now)


@transaction.atomic
def withdraw(batch: Batch, *, by: Actor, now: datetime) -> None:
    """Before it is applied: nothing of it stands anywhere, and its rows are destroyed."""
    grant = policy.authorise(by, Step.WITHDRAW, batch)
    batch.state, batch.settled_at = after(batch, Step.WITHDRAW), now
    record(grant, Withdrawn(), changed=batch, now=now)
    queries.errand_of(batch).delete()
    queries.rows_of(batch).delete()
    queries.reading_of(batch.pk).delete()


def sweep(now: datetime) -> int:
    """Rows that a killed process left without a batch. Safe to repeat.

    Those of a file that can still be gone on with stay until nobody has come back to it.
    """
    queries.readings_left(now - PATIENCE).delete()
    gone, _ = queries.of_nobody(now - GRACE).delete()
    return gone


def must_be_whole(batch: Batch) -> None:
    """Raises Invalid where a row did not pass the checks, or none would change anything."""
    if not queries.is_whole(batch):
        raise Invalid({"file": ["correct the rows that are refused, or bring in what changes"]})


def after(batch: Batch, step: Step) -> State:
    return WORKFLOWS[Kind(batch.kind)].target(State(batch.state), step)


def ask_clock(batch: Batch, now: datetime) -> None:
    """In the transaction in which somebody who may has asked for it."""
    queries.errand_of(batch).delete()
    Errand.objects.unscoped("asked for").create(batch=batch.pk, asked_at=now)


def tell_author(batch: Batch, *, by: Actor, now: datetime) -> None:
    """Whoever did it themselves knows."""
    if batch.seat and by.person_id != batch.written_by:
        cause = f"{batch.subject}@{batch.version}"
        notices.tell(NoticeKind.BATCH_MOVED, cause, [batch.seat], now=now)


def digest_of(offered: Offered) -> str:
    return hashlib.sha256(offered.content).hexdigest()


def begun(kind: Kind, asked: For, digest: str, *, by: Actor, now: datetime) -> Batch:
    """A batch of nothing yet, of a file with that hash. Raises Invalid or Refused."""
    body, key = asked.body, asked.key.strip()
    keys.must_be_one(key)
    if kind not in TOGETHER:
        raise Invalid({"kind": [f"a {kind} is given one by one"]})
    own = body.pk in by.bodies_as(*policy.CONTRIBUTORS)
    on_behalf = policy.may_hold_the_pen(by, kind) or by == OPERATOR
    if not own and on_behalf and not asked.instrument.strip():
        raise Invalid({"instrument": ["name the paper that asks for it"]})
    batch = Batch(id=uuid4(), kind=kind, body=body, key=key, staged_at=now)
    batch.origin = Origin.BODY if own else Origin.SECRETARIAT
    batch.instrument = "" if own else asked.instrument.strip()[:300]
    batch.written_by, batch.seat = by.person_id, writing_seat(by, body)
    batch.digest = digest
    if not DEFINITIONS[kind].contributors.include(state=body.is_state):
        raise Refused(f"a {kind} is not contributed by this kind of body")
    return batch


def kept_before(batch: Batch) -> Batch | None:
    """What the same key has already made. Raises KeyUsed where that was another file."""
    before = queries.kept_as(batch.body, batch.key)
    if before and (before.digest, before.kind) != (batch.digest, batch.kind):
        raise keys.KeyUsed
    return before


def write(rows: list[Row], batch: Batch, now: datetime) -> None:
    """Some hundreds, in a transaction of their own: no other writer waits long."""
    for row in rows:
        row.batch, row.staged_at = batch.pk, now
    lay_down(rows)


def kept(
    batch: Batch, offered: Offered, event: Staged | Received, *, by: Actor, now: datetime
) -> Batch:
    """Recorded with its file; where the same key was at it at the same moment, the other one."""
    grant = policy.authorise(by, event.step, batch)
    batch.state = after(batch, event.step)
    examined = Offered(
        name=offered.name,
        content=offered.content,
        type=checking.type_of(offered.name, offered.content),
        part=offered.part,
    )
    try:
        with transaction.atomic():
            file = files.keep(examined, owner=batch, now=now)
            record(grant, event, changed=Change(batch, [file]), now=now)
            if batch.state in WORKING:
                ask_clock(batch, now)
    except IntegrityError:  # the same key at the same moment: the other one is kept
        if (before := kept_before(batch)) is None:
            raise
        queries.rows_of(batch).delete()
        return before
    return batch


def staged(batch: Batch) -> Staged:
    return Staged(
        kind=batch.kind,
        origin=batch.origin,
        digest=batch.digest,
        new=batch.counts[Verdict.NEW],
        changed=batch.counts[Verdict.CHANGED],
        unchanged=batch.counts[Verdict.UNCHANGED],
        faulty=batch.counts[Verdict.FAULTY],
    )
