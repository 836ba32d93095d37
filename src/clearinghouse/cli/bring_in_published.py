"""`import iati FILE --as BODY`: activities as their donor publishes them, handed in as a batch."""

import time
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from django.utils import timezone

from clearinghouse.access.actor import OPERATOR
from clearinghouse.access.errors import Invalid
from clearinghouse.assistance.formats.notes import Notes
from clearinghouse.batches import actions, queries
from clearinghouse.batches.actions import For, publishing
from clearinghouse.batches.actions.publishing import BroughtIn, Hearing
from clearinghouse.batches.queries import published
from clearinghouse.batches.rules.workflow import State
from clearinghouse.cli.answer import DONE, REFUSED, Answer, progress
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.mandate import queries as mandate

EVERY = 2.0  # seconds between two lines that say how far it has come
TOLD = 200  # things not understood that are named; all of them stand with the batch


def activities(options: Namespace) -> Answer:
    """All of it or nothing; killed and asked again, it goes on where it was."""
    file = Path(options.file)
    if not options.body:
        raise Invalid({"--as": ["say for which body, with --as"]})
    if not file.is_file():
        raise Invalid({"FILE": [f"{file} is not a file"]})
    try:
        return _tried(file, options) if options.dry_run else _kept(file, options)
    except Unfit as why:
        return Answer([f"{file}: {why}"], {"file": str(file), "refused": str(why)}, REFUSED)


def _tried(file: Path, options: Namespace) -> Answer:
    """What it would come to; nothing is stored."""
    counts: dict[str, int] = {}
    comparison = published.begin(mandate.body(options.body), uuid4(), Notes(), by=OPERATOR)
    for piece in comparison.pieces(file, 0, _progress(file)):
        for row in piece.rows:
            counts[row.verdict] = counts.get(row.verdict, 0) + 1
    return Answer(_lines(file, counts, comparison.notes), _data(file, counts, comparison.notes))


def _kept(file: Path, options: Namespace) -> Answer:
    asked = For(
        body=mandate.body(options.body),
        key=options.key,
        instrument=options.instrument,
    )
    hearing = Hearing(clock=timezone.now, told=_progress(file))
    done = publishing.bring_in(file, asked, hearing, by=OPERATOR)
    batch = done.batch
    if batch.state == State.CHECKED and queries.is_whole(batch):
        actions.hand_in(batch, by=OPERATOR, now=timezone.now())
    lines = _lines(file, batch.counts, done.notes)
    lines += _of_the_run(done)
    return Answer(lines, _data(file, batch.counts, done.notes) | {"batch": str(batch.pk)}, DONE)


def _of_the_run(done: BroughtIn) -> list[str]:
    said = [f"batch {done.batch.pk}: {done.batch.state}"]
    if done.again:
        said.append("this file was brought in before, and is not read again without a new --key")
    if done.went_on_from:
        said.append(f"went on after activity {done.went_on_from}, where an earlier run ended")
    return said


def _lines(file: Path, counts: dict[str, int], notes: Notes) -> list[str]:
    told = ", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count)
    found = notes.told()
    lines = [f"{file.name}: {told or 'nothing that bears on the resolution'}"]
    if found:
        lines.append("not understood, or not kept:")
    more = len(found) - TOLD
    lines += [f"  {each}" for each in found[:TOLD]]
    return [*lines, f"  and {more} more"] if more > 0 else lines


def _data(file: Path, counts: dict[str, int], notes: Notes) -> dict[str, object]:
    left = {what: {"count": n, "line": line} for what, (n, line) in notes.found.items()}
    return {"file": file.name, "counts": counts, "not_understood": left}


def _progress(file: Path) -> Callable[[int], None]:
    """A line now and then, of how much has been read."""
    size, last = file.stat().st_size or 1, [time.monotonic()]

    def told(read: int) -> None:
        now = time.monotonic()
        if now - last[0] >= EVERY:
            last[0] = now
            progress(f"{file.name}: {100 * read // size} %")

    return told
