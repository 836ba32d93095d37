"""`import KIND FILE --as BODY`: contributions of one kind, as one batch on behalf of a body."""

import hashlib
from argparse import Namespace
from pathlib import Path

from django.utils import timezone

from clearinghouse.access.actor import OPERATOR
from clearinghouse.access.errors import Invalid
from clearinghouse.batches import actions, queries
from clearinghouse.batches.actions import For, applying
from clearinghouse.batches.queries import comparing
from clearinghouse.batches.rules.workflow import ANNOUNCED, WORKFLOWS, State, Verdict
from clearinghouse.cli.answer import DONE, REFUSED, Answer, progress
from clearinghouse.files.actions import Offered
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.mandate import queries as mandate
from clearinghouse.submissions.formats.rows import LARGEST
from clearinghouse.submissions.rules.kinds import Kind

INSTRUMENT = "brought in from the command line"
TOLD = 50  # faulty rows named one by one
Fault = tuple[int, str, str]  # row, column, message


def rows(options: Namespace) -> Answer:
    """Stage it whole; hand it in, or let it stand where its kind is announced."""
    kind, file = Kind(options.action), Path(options.file)
    if not options.body:
        raise Invalid({"--as": ["say for which body, with --as"]})
    if not file.is_file():
        raise Invalid({"FILE": [f"{file} is not a file"]})
    with file.open("rb") as opened:
        content = opened.read(LARGEST + 1)
    key = options.key or hashlib.sha256(content).hexdigest()
    asked = For(body=mandate.body(options.body), key=key, instrument=options.instrument)
    offered = Offered(name=file.name, content=content)
    try:
        return _tried(kind, asked, offered) if options.dry_run else _kept(kind, asked, offered)
    except Unfit as why:
        return Answer([f"{file}: {why}"], {"file": str(file), "refused": str(why)}, REFUSED)


def _tried(kind: Kind, asked: For, offered: Offered) -> Answer:
    """What it would come to; nothing is stored."""
    comparison = comparing.begin(kind, asked.body, offered.name, offered.content, by=OPERATOR)
    faults: list[Fault] = []
    done = 0
    for some in comparison.rows():
        faults += [_fault(row.number, f) for row in some for f in row.faults][: TOLD - len(faults)]
        done += len(some)
        if not done % 10_000:
            progress(f"{done} rows")
    return _answer(offered, "", dict(comparison.counts), faults)


def _kept(kind: Kind, asked: For, offered: Offered) -> Answer:
    now = timezone.now()
    batch = actions.stage(kind, asked, offered, by=OPERATOR, now=now)
    if batch.state == State.CHECKED and queries.is_whole(batch):
        if WORKFLOWS[kind] is ANNOUNCED:
            applying.apply(batch, by=OPERATOR, now=now)
        else:
            actions.hand_in(batch, by=OPERATOR, now=now)
    faulty = queries.rows_of(batch, Verdict.FAULTY)[:TOLD]
    faults = [_fault(row.number, fault) for row in faulty for fault in row.faults]
    return _answer(offered, f"batch {batch.pk}: {batch.state}", batch.counts, faults)


def _fault(number: int, told: list[str | dict[str, str]]) -> Fault:
    column, _field, message, values = told
    return number, str(column), str(message) % values


def _answer(offered: Offered, said: str, counts: dict[str, int], faults: list[Fault]) -> Answer:
    told = ", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count)
    lines = [f"{offered.name}:{row}:{column} {message}" for row, column, message in faults]
    lines += [f"{offered.name}: {told}", *([said] if said else [])]
    data = {
        "file": offered.name,
        "batch": said,
        "counts": counts,
        "faults": [{"row": r, "column": c, "message": m} for r, c, m in faults],
    }
    return Answer(lines, data, REFUSED if counts[Verdict.FAULTY] else DONE)
