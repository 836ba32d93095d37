"""The steps of a large batch, each as a process takes it: imported once Django is set up."""

import csv
import io
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from uuid import UUID

from django.utils import timezone

from benchmarks import checks
from clearinghouse.access.actor import OPERATOR, Actor, Capacity, Role
from clearinghouse.batches import actions, queries
from clearinghouse.batches.actions import For, applying, publishing
from clearinghouse.batches.actions.publishing import Hearing
from clearinghouse.batches.models import Batch
from clearinghouse.files.actions import Offered
from clearinghouse.mandate import queries as mandate
from clearinghouse.submissions.rules.kinds import Kind

OFFICE = Actor(UUID(int=1), frozenset({Capacity(Role.SECRETARIAT)}))
EACH = 10  # of so many rows one is changed


def stage(count: int, key: str = "first", changed: int = 0) -> None:
    """Checked, compared and kept, row by row."""
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, list(checks.row(0)))
    table.writeheader()
    for n in range(count):
        new = {"unit": "Another branch"} if changed and not n % changed else {}
        table.writerow(checks.row(n) | new)
    body = mandate.organisations()[0]
    asked = For(body=body, key=key, instrument="a benchmark")
    offered = Offered(name="rows.csv", content=out.getvalue().encode())
    kind = Kind.ASSISTANCE_ACTIVITY
    batch = actions.stage(kind, asked, offered, by=OPERATOR, now=timezone.now())
    actions.hand_in(batch, by=OPERATOR, now=timezone.now())


def apply(_count: int, key: str = "first") -> None:
    applying.apply(_batch(key), by=OFFICE, now=timezone.now())


def undo(_count: int, key: str = "changes") -> None:
    applying.undo(_batch(key), by=OFFICE, now=timezone.now())


def publish(_count: int, name: str = "activities.xml") -> None:
    """A donor's file: read, held against what stands, recorded, handed in."""
    asked = For(body=mandate.organisations()[0], key=name, instrument="a benchmark")
    file = Path(os.environ["CLEARINGHOUSE_DATA_DIR"]) / name
    done = publishing.bring_in(file, asked, Hearing(clock=timezone.now), by=OPERATOR)
    if queries.is_whole(done.batch):
        actions.hand_in(done.batch, by=OPERATOR, now=timezone.now())


def _batch(key: str) -> Batch:
    return queries.batches_for(OFFICE).get(key=key)


ACTS: Mapping[str, Callable[[int], None]] = {
    "stage": stage,
    "apply": apply,
    "stage changes": lambda count: stage(count, "changes", EACH),
    "apply changes": lambda count: apply(count, "changes"),
    "undo changes": undo,
    "publish": publish,
    "apply published": lambda count: apply(count, "activities.xml"),
    "publish the same": lambda count: publish(count, "same.xml"),
    "publish newer": lambda count: publish(count, "newer.xml"),
}
