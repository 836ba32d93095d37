"""Brings in a file that its donor published: read in pieces, gone on with after a kill, whole.

Each piece is committed with the place that it came to; the batch is recorded at the end, and
until then nobody is shown anything. From there on it is a batch like any other.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db import IntegrityError, transaction

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Stale
from clearinghouse.assistance.formats.notes import Notes
from clearinghouse.batches import actions, policy, queries
from clearinghouse.batches.actions import For
from clearinghouse.batches.models import Batch, Reading, Row
from clearinghouse.batches.queries import published
from clearinghouse.batches.queries.published import KIND, Piece
from clearinghouse.batches.rules.published import REPORT
from clearinghouse.batches.rules.workflow import Step, Verdict
from clearinghouse.files.actions import Offered
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.files.rules import Type
from clearinghouse.kernel.marking import N_
from clearinghouse.ledger.prepared import lay_down

NOTHING = N_("There is no activity in this file that bears on the resolution.")
OTHER_HAND = "another process is bringing in this file"
NAME = "not-understood.json"


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """What a run is told by, and tells: the clock, and how far it has come."""

    clock: Callable[[], datetime]
    told: Callable[[int], None] | None = None  # bytes read
    alive: Callable[[int], None] = lambda _: None  # activities, in the transaction of each piece


@dataclass(frozen=True)
class BroughtIn:
    """The batch, what was not understood, and from which activity this run went on."""

    batch: Batch
    notes: Notes
    went_on_from: int = 0
    again: bool = False  # the very file that was brought in before


def bring_in(file: Path, asked: For, hearing: Hearing, *, by: Actor) -> BroughtIn:
    """All of a file or nothing. Raises Unfit, naming the line: then nothing of it is kept.

    Killed at any point and asked again with the same file, it goes on and comes to the same rows.
    Without a key the file's own hash is its key.
    """
    digest = _digest(file)
    named = replace(asked, key=asked.key.strip() or digest)
    batch = actions.begun(KIND, named, digest, by=by, now=hearing.clock())
    batch.pk = uuid5(NAMESPACE_OID, f"{batch.body_id} {batch.key} {batch.digest}")
    policy.authorise(by, Step.STAGE, batch)
    if before := actions.kept_before(batch):
        return BroughtIn(before, Notes(), again=True)
    reading = _begun(batch, hearing.clock())
    went_on_from = reading.done
    try:
        notes = _read(file, batch, reading, hearing, by=by)
        kept = _recorded(batch, reading, notes, by=by, now=hearing.clock())
    except Unfit:
        forget(batch.pk)
        raise
    return BroughtIn(kept, notes, went_on_from)


def read_received(batch: Batch, content: bytes, hearing: Hearing, *, by: Actor) -> Offered:
    """The rows of a file that was received, from where an earlier run came to; its report.

    Whoever records the batch ends the reading in the same transaction, by `end`.
    """
    reading = _begun(batch, hearing.clock())
    with NamedTemporaryFile(suffix=".xml") as file:
        file.write(content)
        file.flush()
        notes = _read(Path(file.name), batch, reading, hearing, by=by)
    return _counted(batch, reading, notes)


def _read(file: Path, batch: Batch, reading: Reading, hearing: Hearing, *, by: Actor) -> Notes:
    comparison = published.begin(batch.body, batch.pk, Notes.of(reading.notes), by=by)
    for piece in comparison.pieces(file, reading.done, hearing.told):
        _keep(piece, reading, comparison.notes, hearing)
    return comparison.notes


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _begun(batch: Batch, now: datetime) -> Reading:
    found: Reading | None = queries.reading_of(batch.pk).first()
    if found is None:
        found = Reading(id=batch.pk, moved_at=now)
        _insert(found)
    return found


def _insert(reading: Reading) -> None:
    try:
        with transaction.atomic():
            Reading.objects.unscoped("begun").bulk_create([reading])
    except IntegrityError:
        raise Stale(OTHER_HAND) from None


def _keep(piece: Piece, reading: Reading, notes: Notes, hearing: Hearing) -> None:
    """The rows, and that they have been read: both or neither. Raises Stale at another hand's."""
    now = hearing.clock()
    for row in piece.rows:
        row.batch, row.staged_at = reading.pk, now
    mine = Reading.objects.unscoped("gone on with").filter(pk=reading.pk, done=reading.done)
    try:
        with transaction.atomic():
            hearing.alive(piece.last)
            if mine.update(done=piece.last, notes=notes.found, moved_at=now) != 1:
                raise Stale(OTHER_HAND)
            lay_down(piece.rows)
    except IntegrityError:
        raise Stale(OTHER_HAND) from None
    reading.done = piece.last


@transaction.atomic
def _recorded(batch: Batch, reading: Reading, notes: Notes, *, by: Actor, now: datetime) -> Batch:
    """The batch comes to be, with what was not understood as its file."""
    batch.staged_at = now
    report = _counted(batch, reading, notes)
    kept = actions.kept(batch, report, actions.staged(batch), by=by, now=now)
    end(batch.pk)
    return kept


def _counted(batch: Batch, reading: Reading, notes: Notes) -> Offered:
    """What was not understood. Raises Unfit where nothing of the file bears on the resolution."""
    batch.counts = {v.value: queries.rows_of(batch, v).count() for v in Verdict}
    if not any(batch.counts.values()):
        raise Unfit(NOTHING)
    batch.read_as = {"encoding": "xml"}
    report = {"activities": reading.done, "rows": batch.counts, "not understood": notes.found}
    content = json.dumps(report, ensure_ascii=False).encode()
    return Offered(name=NAME, content=content, part=REPORT, type=Type.JSON)


def end(batch: UUID) -> None:
    """In the transaction that records what the reading has come to."""
    queries.reading_of(batch).delete()


def forget(batch: UUID) -> None:
    """Nothing of the file is kept."""
    with transaction.atomic():
        Row.objects.unscoped("a file that was not taken").filter(batch=batch).delete()
        end(batch)
