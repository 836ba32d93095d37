"""Everything that reads batches and their rows. Each is told who asks."""

import json
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Unseen
from clearinghouse.assistance.formats.notes import Notes
from clearinghouse.batches import policy
from clearinghouse.batches.models import (
    Batch,
    BatchQuerySet,
    Errand,
    ErrandQuerySet,
    Reading,
    ReadingQuerySet,
    Row,
    RowQuerySet,
)
from clearinghouse.batches.queries import standing, trusted
from clearinghouse.batches.rules import likeness
from clearinghouse.batches.rules.likeness import Why
from clearinghouse.batches.rules.published import REPORT
from clearinghouse.batches.rules.workflow import (
    ASKED,
    TOGETHER,
    WORKFLOWS,
    Relation,
    State,
    Step,
    Verdict,
)
from clearinghouse.files import queries as files
from clearinghouse.mandate.models import Body
from clearinghouse.submissions import queries as submissions
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind

WITH_ITS_BATCH = "a row is seen with its batch, which was asked for by name"


def batches_for(actor: Actor) -> BatchQuerySet:
    return Batch.objects.visible_to(actor).select_related("body")


def batch_for(actor: Actor, pk: UUID) -> Batch:
    found = batches_for(actor).filter(pk=pk).first()
    if found is None:
        raise Unseen("no such batch")
    return found


def open_or_unreviewed(actor: Actor, since: datetime) -> list[Batch]:
    """Those that wait for somebody, and those listed without review since then: asked together."""
    open_ = Q(state__in=(State.CHECKED, State.SUBMITTED))
    unreviewed = Q(unreviewed=True, settled_at__gte=since)
    return list(batches_for(actor).filter(open_ | unreviewed))


def handed_in_since(bodies: Iterable[UUID], since: datetime) -> list[tuple[UUID, str, datetime]]:
    """Body, kind and moment of every file handed in or applied and not taken back."""
    every = Batch.objects.unscoped("whether something came in, not what it is")
    found = every.filter(
        body__in=list(bodies), state__in=(State.SUBMITTED, State.RETURNED, State.APPLIED)
    )
    rows = found.order_by().values_list("body", "kind", "submitted_at", "settled_at")
    moments = ((body, kind, handed_in or settled) for body, kind, handed_in, settled in rows)
    return [(body, kind, at) for body, kind, at in moments if at is not None and at >= since]


def rows_of(batch: Batch, verdict: Verdict | None = None) -> RowQuerySet:
    found = Row.objects.unscoped(WITH_ITS_BATCH).filter(batch=batch.pk)
    return found if verdict is None else found.filter(verdict=verdict)


def errand_of(batch: Batch) -> ErrandQuerySet:
    """What the clock has to do for it, if anything."""
    return Errand.objects.unscoped(WITH_ITS_BATCH).filter(batch=batch.pk)


def rows_done(batch: Batch) -> int:
    """How many rows the clock has done of what it is at now."""
    return sum(errand_of(batch).values_list("done", flat=True))


def for_the_clock(pk: UUID) -> Batch | None:
    found = Batch.objects.unscoped("the clock does what was asked")
    return found.select_related("body").filter(pk=pk).first()


def kept_as(body: Body, key: str) -> Batch | None:
    """The batch of that key, for whoever writes for the body."""
    found = Batch.objects.unscoped("the author asks again with its own key")
    return found.select_related("body").filter(body=body, key=key).first()


def steps_open_to(actor: Actor, batch: Batch) -> set[Step]:
    """The same table that authorises also draws the buttons; a faulty batch goes nowhere."""
    table = WORKFLOWS[Kind(batch.kind)]
    has = policy.relations(actor, batch, is_trusted=trusted.goes_unreviewed(batch))
    open_ = table.open_steps(State(batch.state), has) - ASKED
    return open_ if is_whole(batch) else open_ - {Step.HAND_IN, Step.APPLY, Step.UPDATE}


def is_whole(batch: Batch) -> bool:
    """Whether every row passed the checks, and at least one would change something."""
    counts = batch.counts
    return not counts[Verdict.FAULTY] and bool(counts[Verdict.NEW] + counts[Verdict.CHANGED])


def is_author(actor: Actor, batch: Batch) -> bool:
    return Relation.AUTHOR in policy.relations(actor, batch)


def bodies_open_to(actor: Actor, kind: Kind) -> list[Body]:
    """For whom this actor may bring a file of a kind."""
    return submissions.bodies_open_to(actor, kind) if kind in TOGETHER else []


def kinds_open_to(actor: Actor) -> list[Kind]:
    open_ = submissions.kinds_open_to(actor)
    return [kind for kind in DEFINITIONS if kind in open_ and kind in TOGETHER]


def alike_for_review(
    actor: Actor, batch: Batch, rows: Iterable[Row]
) -> dict[int, list[tuple[str, Why]]]:
    """By row: what else looks like it among what is under way, for those who review alone."""
    waiting = submissions.waiting_for_review(actor).filter(kind=batch.kind)
    things = [likeness.of(str(each.pk), each.content) for each in waiting]
    others = batches_for(actor).filter(kind=batch.kind, state=State.SUBMITTED)
    near = Row.objects.unscoped("rows of batches that this reviewer was shown").filter(
        batch__in=[b.pk for b in others if b.pk != batch.pk], verdict=Verdict.NEW
    )
    things += [likeness.of(str(row.batch), row.content) for row in near[: likeness.NEAR]]
    known = likeness.Known(things)
    found = {row.number: known.like(likeness.of("", row.content)) for row in rows}
    return {number: like for number, like in found.items() if like}


def of_nobody(before: datetime) -> RowQuerySet:
    """Rows staged before then that no batch has come to name: a file that was never kept."""
    named = Batch.objects.unscoped("the sweep").filter(pk=OuterRef("batch"))
    read = Reading.objects.unscoped("the sweep").filter(pk=OuterRef("batch"))
    found = Row.objects.unscoped("the sweep").filter(staged_at__lt=before)
    return found.exclude(Exists(named)).exclude(Exists(read))


def readings_left(before: datetime) -> ReadingQuerySet:
    """Published files that were begun, and not gone on with since then."""
    return Reading.objects.unscoped("the sweep").filter(moved_at__lt=before)


def reading_of(batch: UUID) -> ReadingQuerySet:
    """How far an earlier run has come with the file of this batch, if there was one."""
    return Reading.objects.unscoped("the author goes on with its own file").filter(pk=batch)


def not_understood(batch: Batch) -> list[str]:
    """Of a published file: each thing that found no place, how often, and where it was first."""
    found: list[str] = []
    for kept in files.files_of(batch, REPORT):
        found += Notes.of(json.loads(files.open_(kept))["not understood"]).told()
    return found


def export(kind: Kind, body: Body, *, by: Actor) -> list[tuple[str, dict[str, object]]]:
    """Code and content of all a body has standing of a kind, for those who write for it."""
    if body.pk not in {one.pk for one in bodies_open_to(by, kind)}:
        raise Unseen("not a body that this actor writes for")
    return [(each.code, each.content) for each in standing.own(kind, body)]
