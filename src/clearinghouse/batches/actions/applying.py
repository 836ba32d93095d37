"""Applies a batch in one transaction and one line of the record, and undoes it as one.

What it lists are contributions like any other, so that each entry has its history and can be
revised by its form; they are made some hundreds at a time, and only their hashes are held.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db import IntegrityError

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Stale
from clearinghouse.batches import policy, queries
from clearinghouse.batches.actions import after, must_be_whole, tell_author
from clearinghouse.batches.actions.kinds import Shelf, shelf_of
from clearinghouse.batches.models import Batch, Row
from clearinghouse.batches.queries import standing
from clearinghouse.batches.rules import difference
from clearinghouse.batches.rules.workflow import Step, Verdict
from clearinghouse.ledger.record import Event, Line, recording
from clearinghouse.submissions.models import Submission
from clearinghouse.submissions.rules.kinds import Kind
from clearinghouse.submissions.rules.workflow import State as Stage

SOME = 500
WRITES = (Verdict.NEW, Verdict.CHANGED)
UNDONE = "the batch that listed it was undone"


@dataclass(frozen=True, kw_only=True)
class Applied(Event):
    verb: ClassVar[str] = "batches.applied"
    step: ClassVar[Step] = Step.APPLY
    new: int
    changed: int
    refused: int


@dataclass(frozen=True, kw_only=True)
class Undone(Event):
    verb: ClassVar[str] = "batches.undone"
    step: ClassVar[Step] = Step.UNDO


def apply(
    batch: Batch, refused: Mapping[int, str] | None = None, *, by: Actor, now: datetime
) -> None:
    """Everything it lists and changes stands, or nothing; but for the rows refused with reasons.

    Raises Stale where something it changes has changed since it was looked at.
    """
    grant = policy.authorise(by, Step.APPLY, batch)
    must_be_whole(batch)
    begun = Applied(new=0, changed=0, refused=0)
    try:
        with recording(grant, begun, subject=batch, now=now) as line:
            _refuse(batch, refused or {})
            shelf = shelf_of(batch)
            for rows in _some(batch):
                _put(line, shelf, batch, rows, now)
            counts = _counted(batch)
            batch.counts, batch.state = counts, after(batch, Step.APPLY)
            batch.settled_at = now
            batch.submitted_at = batch.submitted_at or now
            line.event = Applied(
                new=counts[Verdict.NEW],
                changed=counts[Verdict.CHANGED],
                refused=counts[Verdict.REFUSED],
            )
            tell_author(batch, by=by, now=now)
    except IntegrityError:
        raise Stale("something of this batch has been listed meanwhile") from None


def undo(batch: Batch, *, by: Actor, now: datetime) -> None:
    """While nothing was built on it: what it listed leaves tombstones, the rest is as it was.

    Raises Stale where an entry of it has been revised, confirmed or withdrawn since.
    """
    grant = policy.authorise(by, Step.UNDO, batch)
    with recording(grant, Undone(), subject=batch, now=now) as line:
        shelf = shelf_of(batch)
        for rows in _some(batch):
            _take_back(line, shelf, batch, rows, now)
        batch.state, batch.settled_at = after(batch, Step.UNDO), now


def _some(batch: Batch) -> Iterator[list[Row]]:
    last = 0
    found = queries.rows_of(batch).filter(verdict__in=WRITES).order_by("number")
    while rows := list(found.filter(number__gt=last)[:SOME]):
        yield rows
        last = rows[-1].number


def _put(line: Line, shelf: Shelf, batch: Batch, rows: Sequence[Row], now: datetime) -> None:
    there = _as_seen(batch, [row for row in rows if row.verdict == Verdict.CHANGED])
    made = []
    for row in rows:
        one = Submission(kind=batch.kind, body=batch.body, content=row.content)
        one.origin, one.instrument = batch.origin, batch.instrument
        one.written_by, one.seat, one.state = batch.written_by, batch.seat, Stage.LISTED
        one.started_at, one.settled_at = batch.staged_at, now
        one.submitted_at, one.entry = batch.submitted_at or now, row.entry
        one.revises = row.entry if row.verdict == Verdict.CHANGED else ""
        shelf.word(one, there.get(row.entry), now)
        made.append(one)
    shelf.store(line)
    line.store(made)


def _as_seen(batch: Batch, rows: Sequence[Row], *, since: int = 0) -> dict[str, standing.Standing]:
    """What these rows are of, by code. Raises Stale where it has changed more often `since`."""
    codes = [row.entry for row in rows]
    found = {s.code: s for s in standing.named(Kind(batch.kind), batch.body, codes)}
    for row in rows:
        one = found.get(row.entry)
        if one is None or one.thing.version != row.seen + since:
            raise Stale(f"{row.entry} has changed since this batch was looked at")
    return found


def _take_back(line: Line, shelf: Shelf, batch: Batch, rows: Sequence[Row], now: datetime) -> None:
    there = _as_seen(batch, rows, since=1)  # by this batch, and by nothing else
    made = Submission.objects.unscoped("what this batch listed").filter(
        entry__in=list(there), kind=batch.kind, started_at=batch.staged_at, state=Stage.LISTED
    )
    for row in rows:
        if row.verdict == Verdict.NEW:
            shelf.remove(there[row.entry], UNDONE, now)
        else:
            shelf.restore(there[row.entry], _before(batch, row), row.stood, now)
    shelf.store(line)
    withdrawn = list(made)
    for one in withdrawn:
        one.state, one.settled_at = Stage.WITHDRAWN, now
    line.store(withdrawn)


def _before(batch: Batch, row: Row) -> Submission:
    """What the entry said before, as a contribution that is not kept."""
    content = difference.without(row.content, row.was)
    return Submission(kind=batch.kind, body=batch.body, content=content, entry=row.entry)


def _refuse(batch: Batch, refused: Mapping[int, str]) -> None:
    for number, why in refused.items():
        found = queries.rows_of(batch).filter(number=number, verdict__in=WRITES)
        found.update(verdict=Verdict.REFUSED, remark=why.strip()[:1000])


def _counted(batch: Batch) -> dict[str, int]:
    return {v.value: queries.rows_of(batch, v).count() for v in Verdict}
