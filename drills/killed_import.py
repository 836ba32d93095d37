"""A published file is brought in and applied while the process is killed: the same in the end.

Run as `python -m drills.killed_import`; README.md says what the figures mean.
"""

import random
import secrets
import sys
import time
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from clearinghouse.access.actor import OPERATOR, Actor, Capacity, Role
from clearinghouse.batches import actions, queries
from clearinghouse.batches.actions import For, applying, publishing
from clearinghouse.batches.actions.publishing import Hearing
from clearinghouse.batches.models import Batch, Reading, Row
from clearinghouse.batches.queries import published, standing
from clearinghouse.batches.rules.workflow import State
from clearinghouse.cli.demo import PACKS
from clearinghouse.cli.init import make_database
from clearinghouse.crossings import load_pack
from clearinghouse.ledger.verify import verify
from clearinghouse.mandate import queries as mandate
from clearinghouse.mandate.formats import pack
from drills import FOLDER, both, steps, world
from drills.steps import Step

BODY = "WCO"
OFFICE = Actor(UUID(int=1), frozenset({Capacity(Role.SECRETARIAT)}))
ONE = """<iati-activity xml:lang="en" last-updated-datetime="2026-01-01T00:00:00Z">
<iati-identifier>XM-{n}</iati-identifier><title><narrative>Activity {n}</narrative></title>
<sector vocabulary="1" code="15132"/><result/>
<budget><value currency="EUR">{n}</value></budget>
</iati-activity>
"""


@dataclass
class Found:
    """What the kills came to."""

    kills: int = 0
    midway: int = 0  # of them, those after which some rows were there
    shown: int = 0
    applying: int = 0  # kills of the process that applies what was brought in
    by_halves: int = 0
    unsound: int = 0


def main() -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--activities", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    parser.add_argument("--quick", action="store_true", help="4,000, 4 kills, SQLite only")
    both.add_argument(parser)
    asked = parser.parse_args()
    if asked.quick:
        asked.activities, asked.kills, asked.on = 4_000, 4, "sqlite"
    return drill(asked) if asked.on else both.run("drills.killed_import", sys.argv[1:])


def drill(asked: Namespace) -> int:
    """One run to its end; then others of the same file, one of them killed over and over."""
    make_database()
    load_pack.load(pack.read(PACKS / "un1373"), by=OPERATOR, now=world.FOUNDED)
    file = FOLDER / "activities.xml"
    some = "".join(ONE.format(n=n) for n in range(asked.activities))
    file.write_text(f"<iati-activities>{some}</iati-activities>", encoding="utf-8")
    draw = random.Random(asked.seed)  # noqa: S311  # moments to die at, nothing to guess
    began = time.monotonic()
    _bring_in(file, "undisturbed")
    took = time.monotonic() - began
    found = Found()
    for _ in range(asked.kills):
        _kill(file, draw.uniform(0.02, 2 / asked.kills) * took, found)
    _bring_in(file, "drill")
    took = _hand_in()
    for _ in range(asked.kills):
        _kill_applying(draw.uniform(0.02, 1.0) * took, asked.activities, found)
    if _batch().state != State.APPLIED:
        _apply()
    return _judge(asked, found)


def _kill(file: Path, after: float, found: Found) -> None:
    """A life of some moments; what it came to is gone on with by the next."""
    if not steps.killed_at(Step("", 1, after), partial(_bring_in, file, "drill")):
        return
    found.kills += 1
    found.midway += Reading.objects.unscoped("counted").filter(done__gt=0).exists()
    found.shown += Batch.objects.unscoped("counted").filter(key="drill").exists()
    found.unsound += verify() is not None


def _hand_in() -> float:
    """Handed in; and how long applying takes, measured on a run that is taken back at its end."""
    actions.hand_in(_batch(), by=OPERATOR, now=world.FOUNDED)
    began = time.monotonic()
    with transaction.atomic():
        _apply()
        transaction.set_rollback(True)
    return time.monotonic() - began


def _kill_applying(after: float, count: int, found: Found) -> None:
    """All of it stands, or nothing; what was applied is not begun again."""
    if _batch().state == State.APPLIED or not steps.killed_at(Step("", 1, after), _apply):
        return
    found.applying += 1
    found.by_halves += len(_standing()) not in (0, count)
    found.unsound += verify() is not None


def _apply() -> None:
    applying.apply(_batch(), by=OFFICE, now=world.FOUNDED)


def _batch() -> Batch:
    batch = queries.kept_as(mandate.body(BODY), "drill")
    if batch is None:
        raise LookupError("nothing was brought in")
    return batch


def _standing() -> list[dict[str, Any]]:
    return [each.content for each in standing.own(published.KIND, mandate.body(BODY))]


def _bring_in(file: Path, key: str) -> None:
    asked = For(body=mandate.body(BODY), key=key, instrument="a drill")
    publishing.bring_in(file, asked, Hearing(clock=lambda: world.FOUNDED), by=OPERATOR)


def _rows(key: str) -> list[tuple[Any, ...]]:
    """All that is kept of them, but for what tells one batch from another."""
    batch = Batch.objects.unscoped("compared").get(key=key)
    found = Row.objects.unscoped("compared").filter(batch=batch.pk).order_by("number")
    return list(found.values_list("number", "verdict", "content", "was", "stood", "alike"))


def _judge(asked: Namespace, found: Found) -> int:
    whole, resumed = _rows("undisturbed"), _rows("drill")
    differ = sum(a != b for a, b in zip(whole, resumed, strict=False))
    differ += abs(len(whole) - len(resumed))
    by_name = {row[2]["reference"]: row[2] for row in whole}
    differ_listed = sum(by_name.get(one["reference"]) != one for one in _standing())
    differ_listed += abs(len(whole) - len(_standing()))
    left = Reading.objects.unscoped("counted").count()
    figures = {
        "kills": found.kills,
        "kills after which some rows were there": found.midway,
        "batches shown before their end": found.shown,
        "found with a record that does not verify": found.unsound,
        "rows": len(resumed),
        "rows that differ from an undisturbed run": differ,
        "readings left": left,
        "kills while applying": found.applying,
        "found half applied": found.by_halves,
        "entries that differ from the file": differ_listed,
    }
    world.print_table(f"{asked.activities} activities, {asked.on}, seed {asked.seed}", figures)
    broken = found.shown or found.unsound or differ or left or verify() is not None
    broken = broken or found.by_halves or differ_listed or not found.applying
    fine = found.midway and not broken and len(resumed) == asked.activities
    print("  passed" if fine else "  FAILED")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
