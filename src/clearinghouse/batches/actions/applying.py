"""Applies a batch in one transaction and one line of the record, and undoes it as one.

What it lists are contributions like any other, so that each entry has its history and can be
revised by its form. They are made ready some hundreds at a time before the pen is taken; the
transaction itself moves whole tables, so that others wait for seconds.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import IntegrityError

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Stale
from clearinghouse.batches import policy, queries
from clearinghouse.batches.actions import after, must_be_whole, tell_author
from clearinghouse.batches.actions.kinds import Shelf, shelf_of
from clearinghouse.batches.models import Batch, Row
from clearinghouse.batches.queries import standing
from clearinghouse.batches.queries.trusted import goes_unreviewed
from clearinghouse.batches.rules import difference
from clearinghouse.batches.rules.workflow import Step, Verdict
from clearinghouse.ledger.prepared import Prepared, preparing
from clearinghouse.ledger.record import Event, Line, recording
from clearinghouse.submissions.models import Submission
from clearinghouse.submissions.rules.kinds import Kind
from clearinghouse.submissions.rules.workflow import State as Stage

if TYPE_CHECKING:
    from clearinghouse.access.grant import Grant

SOME = 500
WRITES = (Verdict.NEW, Verdict.CHANGED)
Told = Callable[[int], None]  # how many rows are done
Act = Callable[[Prepared, Shelf, Batch, Sequence[Row], datetime], None]
UNDONE = "the batch that listed it was undone"


@dataclass(frozen=True, kw_only=True)
class Applied(Event):
    verb: ClassVar[str] = "batches.applied"
    step: ClassVar[Step] = Step.APPLY
    new: int
    changed: int
    refused: int


@dataclass(frozen=True, kw_only=True)
class Updated(Event):
    verb: ClassVar[str] = "batches.updated"
    step: ClassVar[Step] = Step.UPDATE
    changed: int


@dataclass(frozen=True, kw_only=True)
class Undone(Event):
    verb: ClassVar[str] = "batches.undone"
    step: ClassVar[Step] = Step.UNDO


BEGUN: dict[Step, Event] = {  # until what they count is known
    Step.APPLY: Applied(new=0, changed=0, refused=0),
    Step.UPDATE: Updated(changed=0),
}


def apply(
    batch: Batch,
    refused: Mapping[int, str] | None = None,
    *,
    by: Actor,
    now: datetime,
    told: Told = lambda _: None,
) -> None:
    """Everything it lists and changes stands, or nothing; but for the rows refused with reasons.

    Raises Stale where something it changes has changed since it was looked at.
    """
    grant = policy.authorise(by, Step.APPLY, batch)
    must_be_whole(batch)
    left_out = refused or {}
    with _putting(batch, left_out, grant, now, told) as line:
        leave_out(batch, left_out)
        counts = _counted(batch)
        batch.counts, batch.state = counts, after(batch, Step.APPLY)
        line.event = Applied(
            new=counts[Verdict.NEW],
            changed=counts[Verdict.CHANGED],
            refused=counts[Verdict.REFUSED],
        )
        tell_author(batch, by=by, now=now)


def update(batch: Batch, *, by: Actor, now: datetime) -> None:
    """Listed without review, and recorded as such: changes of a trusted body that keep the shape.

    Raises Stale where something it changes has changed since it was looked at.
    """
    is_trusted = goes_unreviewed(batch)
    grant = policy.authorise(by, Step.UPDATE, batch, is_trusted=is_trusted)
    must_be_whole(batch)
    batch.unreviewed = True
    with _putting(batch, {}, grant, now) as line:
        batch.state = after(batch, Step.UPDATE)
        line.event = Updated(changed=batch.counts[Verdict.CHANGED])


@contextmanager
def _putting(
    batch: Batch,
    left_out: Mapping[int, str],
    grant: "Grant",
    now: datetime,
    told: Told = lambda _: None,
) -> Iterator[Line]:
    """Its rows are made ready, then written under one line. Raises Stale."""
    begun = BEGUN[Step(grant.step)]
    try:
        with (
            _prepared(_of(batch, left_out, told), batch, _put, now) as ready,
            recording(grant, begun, subject=batch, now=now) as line,
        ):
            line.take(ready)
            batch.settled_at = now
            batch.submitted_at = batch.submitted_at or now
            yield line
    except IntegrityError:
        raise Stale("something of this batch has been listed meanwhile") from None


def undo(batch: Batch, *, by: Actor, now: datetime, told: Told = lambda _: None) -> None:
    """While nothing was built on it: what it listed leaves tombstones, the rest is as it was.

    Raises Stale where an entry of it has been revised, confirmed or withdrawn since.
    """
    grant = policy.authorise(by, Step.UNDO, batch)
    with (
        _prepared(_of(batch, {}, told), batch, _take_back, now) as ready,
        recording(grant, Undone(), subject=batch, now=now) as line,
    ):
        line.take(ready)
        batch.state, batch.settled_at = after(batch, Step.UNDO), now
        tell_author(batch, by=by, now=now)


@contextmanager
def _prepared(
    rows: Iterable[list[Row]], batch: Batch, act: Act, now: datetime
) -> Iterator[Prepared]:
    """Everything worked out while others write: rows, hashes, index. Of rows, hashes are held."""
    with preparing() as ready:
        shelf = shelf_of(batch)
        for some in rows:
            act(ready, shelf, batch, some, now)
        yield ready


def _of(batch: Batch, left_out: Mapping[int, str], told: Told) -> Iterator[list[Row]]:
    """What is to be written, some hundreds at a time; how many are done is told on the way."""
    last, done = 0, 0
    found = queries.rows_of(batch).filter(verdict__in=WRITES).order_by("number")
    while rows := list(found.filter(number__gt=last)[:SOME]):
        yield [row for row in rows if row.number not in left_out]
        last, done = rows[-1].number, done + len(rows)
        told(done)


def _put(ready: Prepared, shelf: Shelf, batch: Batch, rows: Sequence[Row], now: datetime) -> None:
    there = _as_seen(batch, [row for row in rows if row.verdict == Verdict.CHANGED])
    made = []
    for row in rows:
        one = Submission(kind=batch.kind, body=batch.body, content=row.content)
        one.origin, one.instrument = batch.origin, batch.instrument
        one.written_by, one.seat, one.state = batch.written_by, batch.seat, Stage.LISTED
        one.started_at, one.settled_at = batch.staged_at, now
        one.unreviewed = batch.unreviewed
        one.submitted_at, one.entry = batch.submitted_at or now, row.entry
        one.revises = row.entry if row.verdict == Verdict.CHANGED else ""
        shelf.word(one, there.get(row.entry), now)
        made.append(one)
    shelf.prepare(ready)
    ready.store(made)


def _as_seen(batch: Batch, rows: Sequence[Row], *, since: int = 0) -> dict[str, standing.Standing]:
    """What these rows are of, by code. Raises Stale where it has changed more often `since`."""
    codes = [row.entry for row in rows]
    found = {s.code: s for s in standing.named(Kind(batch.kind), batch.body, codes)}
    for row in rows:
        one = found.get(row.entry)
        if one is None or one.thing.version != row.seen + since:
            raise Stale(f"{row.entry} has changed since this batch was looked at")
    return found


def _take_back(
    ready: Prepared, shelf: Shelf, batch: Batch, rows: Sequence[Row], now: datetime
) -> None:
    there = _as_seen(batch, rows, since=1)  # by this batch, and by nothing else
    made = Submission.objects.unscoped("what this batch listed").filter(
        entry__in=list(there), kind=batch.kind, started_at=batch.staged_at, state=Stage.LISTED
    )
    for row in rows:
        if row.verdict == Verdict.NEW:
            shelf.remove(there[row.entry], UNDONE, ready, now)
        else:
            shelf.restore(there[row.entry], _before(batch, row), row.stood, now)
    shelf.prepare(ready)
    withdrawn = list(made)
    for one in withdrawn:
        one.state, one.settled_at = Stage.WITHDRAWN, now
    ready.store(withdrawn)


def _before(batch: Batch, row: Row) -> Submission:
    """What the entry said before, as a contribution that is not kept."""
    content = difference.without(row.content, row.was)
    return Submission(kind=batch.kind, body=batch.body, content=content, entry=row.entry)


def leave_out(batch: Batch, refused: Mapping[int, str]) -> None:
    for number, why in refused.items():
        found = queries.rows_of(batch).filter(number=number, verdict__in=WRITES)
        found.update(verdict=Verdict.REFUSED, remark=why.strip()[:1000])


def take_in_again(batch: Batch) -> None:
    """The rows that were left out are as they were: what they were to do was not done."""
    left_out = queries.rows_of(batch, Verdict.REFUSED)
    left_out.filter(seen=0).update(verdict=Verdict.NEW, remark="")
    left_out.filter(seen__gt=0).update(verdict=Verdict.CHANGED, remark="")


def _counted(batch: Batch) -> dict[str, int]:
    return {v.value: queries.rows_of(batch, v).count() for v in Verdict}
