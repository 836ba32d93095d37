"""What is too long for a request is handed to the clock; the rest is done at once.

Whoever may asks, on the record; the clock does it (`errands.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import ClassVar

from django.db import transaction

from clearinghouse.access.actor import Actor
from clearinghouse.assistance.formats import iati
from clearinghouse.batches import policy
from clearinghouse.batches.actions import (
    For,
    Received,
    after,
    applying,
    ask_clock,
    begun,
    digest_of,
    kept,
    kept_before,
    must_be_whole,
    stage,
)
from clearinghouse.batches.models import Batch
from clearinghouse.batches.queries import published
from clearinghouse.batches.queries.trusted import goes_unreviewed
from clearinghouse.batches.rules import size
from clearinghouse.batches.rules.workflow import Step, Verdict
from clearinghouse.files.actions import Offered
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.files.rules import LARGEST, MIB, Type
from clearinghouse.kernel.marking import N_
from clearinghouse.ledger.record import Event, record
from clearinghouse.submissions.queries import checking
from clearinghouse.submissions.rules.kinds import Kind

PUBLISHED = N_(
    "A published file sent here may have %(most)s MiB. A larger one is brought in by whoever runs"
    " this site, with the command “clearinghouse import iati”: ask the secretariat."
)


@dataclass(frozen=True, kw_only=True)
class Asked(Event):
    verb: ClassVar[str] = "batches.apply_asked"
    step: ClassVar[Step] = Step.ASK_APPLY
    refused: int


@dataclass(frozen=True, kw_only=True)
class AskedUpdate(Event):
    verb: ClassVar[str] = "batches.update_asked"
    step: ClassVar[Step] = Step.ASK_UPDATE


@dataclass(frozen=True, kw_only=True)
class AskedBack(Event):
    verb: ClassVar[str] = "batches.undo_asked"
    step: ClassVar[Step] = Step.ASK_UNDO


def bring_in(kind: Kind, asked: For, offered: Offered, *, by: Actor, now: datetime) -> Batch:
    """A small file is staged at once; a large or a published one is kept, and read by the clock.

    Raises what `stage` raises; of a large file that is told on its page.
    """
    if not _is_for_the_clock(kind, offered):
        return stage(kind, asked, offered, by=by, now=now)
    batch = begun(kind, asked, digest_of(offered), by=by, now=now)
    policy.authorise(by, Step.RECEIVE, batch)
    if before := kept_before(batch):
        return before
    batch.counts = dict.fromkeys(Verdict, 0)
    event = Received(kind=batch.kind, origin=batch.origin, digest=batch.digest)
    return kept(batch, offered, event, by=by, now=now)


def _is_for_the_clock(kind: Kind, offered: Offered) -> bool:
    """Raises Unfit for a published file that is too large here, or does not begin as one."""
    found = checking.type_of(offered.name, offered.content)
    if found != Type.XML:
        return size.is_large(found, offered.content)
    if kind == published.KIND:
        if len(offered.content) > LARGEST:
            raise Unfit(PUBLISHED, most=LARGEST // MIB)
        iati.must_begin_well(BytesIO(offered.content))
    return kind == published.KIND


def apply(
    batch: Batch, refused: Mapping[int, str] | None = None, *, by: Actor, now: datetime
) -> None:
    """At once, or by the clock where it is of many rows."""
    if not _is_many(batch):
        applying.apply(batch, refused, by=by, now=now)
        return
    grant = policy.authorise(by, Step.ASK_APPLY, batch)
    must_be_whole(batch)
    left_out = refused or {}
    batch.state, batch.faults = after(batch, Step.ASK_APPLY), []
    with transaction.atomic():
        record(grant, Asked(refused=len(left_out)), changed=batch, now=now)
        applying.leave_out(batch, left_out)
        ask_clock(batch, now)


def update(batch: Batch, *, by: Actor, now: datetime) -> None:
    """Listed without review, of a trusted body; by the clock where it is of many rows.

    What was asked while the body was trusted is done.
    """
    if not _is_many(batch):
        applying.update(batch, by=by, now=now)
        return
    is_trusted = goes_unreviewed(batch)
    grant = policy.authorise(by, Step.ASK_UPDATE, batch, is_trusted=is_trusted)
    must_be_whole(batch)
    batch.state, batch.faults = after(batch, Step.ASK_UPDATE), []
    batch.unreviewed, batch.submitted_at = True, now
    with transaction.atomic():
        record(grant, AskedUpdate(), changed=batch, now=now)
        ask_clock(batch, now)


def undo(batch: Batch, *, by: Actor, now: datetime) -> None:
    """At once, or by the clock where it is of many rows."""
    if not _is_many(batch):
        applying.undo(batch, by=by, now=now)
        return
    grant = policy.authorise(by, Step.ASK_UNDO, batch)
    batch.state, batch.faults = after(batch, Step.ASK_UNDO), []
    with transaction.atomic():
        record(grant, AskedBack(), changed=batch, now=now)
        ask_clock(batch, now)


def _is_many(batch: Batch) -> bool:
    return int(batch.counts[Verdict.NEW] + batch.counts[Verdict.CHANGED]) > size.MANY
