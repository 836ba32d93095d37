"""A large file is staged, applied and undone while the process is killed: nothing is by halves.

Run as `python -m drills.killed_batch`; README.md says what the figures mean.
"""

import json
import random
import secrets
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from clearinghouse.access.actor import Actor
from clearinghouse.batches import actions, queries
from clearinghouse.batches.actions import For, applying
from clearinghouse.batches.models import Batch, Row
from clearinghouse.batches.rules.workflow import State
from clearinghouse.directory.queries import owned
from clearinghouse.files.actions import Offered
from clearinghouse.ledger.verify import verify
from clearinghouse.mandate import queries as mandate
from clearinghouse.submissions.rules.kinds import Kind
from drills import both, steps, world
from drills.steps import Step

KIND, BODY = Kind.COOPERATION_EXAMPLE, "XIO"
LATER = world.FOUNDED + timedelta(days=1)
DAY = timedelta(days=1)


@dataclass
class Found:
    """What the kills came to."""

    kills: int = 0
    by_halves: int = 0
    unsound: int = 0
    swept: int = 0
    rows: int = 0  # that stood before, of the demonstration's own files


def main() -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--kills", type=int, default=20, help="of each of the three acts")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    parser.add_argument("--quick", action="store_true", help="600 rows, 3 kills, SQLite only")
    both.add_argument(parser)
    asked = parser.parse_args()
    if asked.quick:
        asked.rows, asked.kills, asked.on = 600, 3, "sqlite"
    return drill(asked) if asked.on else both.run("drills.killed_batch", sys.argv[1:])


def drill(asked: Namespace) -> int:
    world.found()
    found, before = Found(rows=_rows()), _standing()
    draw = random.Random(asked.seed)  # noqa: S311  # moments to die at, nothing to guess
    took = _undisturbed(asked.rows)
    moments = [draw.uniform(0.1 * took, 0.9 * took) for _ in range(3 * asked.kills)]
    after = before + asked.rows
    _killed(partial(_stage, asked.rows), moments[::3], found, {before})
    _killed(_apply, moments[1::3], found, {before, after})
    _killed(_undo, moments[2::3], found, {before, after})
    return _judge(asked, found, before)


def _killed(
    act: Callable[[], None], moments: Sequence[float], found: Found, whole: set[int]
) -> None:
    """One life for each moment, ended then; and one to its end.

    An act that came to its end in time was whole, and is not begun again.
    """
    for after in moments:
        if not steps.killed_at(Step("", 1, after), act):
            break
        found.kills += 1
        found.by_halves += _standing() not in whole or _batches() > 1
        found.unsound += verify() is not None
    if not _is_done(act):
        act()
    found.swept += actions.sweep(LATER + DAY)


def _undisturbed(rows: int) -> float:
    """How long staging takes: measured on a batch that is withdrawn again."""
    began = time.monotonic()
    batch = _staged(rows, "measured")
    took = time.monotonic() - began
    actions.withdraw(batch, by=_author(), now=LATER)
    return took


def _is_done(act: Callable[[], None]) -> bool:
    states = {_apply: State.APPLIED, _undo: State.UNDONE}
    batch = queries.kept_as(mandate.body(BODY), "drill")
    return batch is not None and (act not in states or batch.state == states[act])


def _stage(count: int) -> None:
    batch = _staged(count, "drill")
    if batch.state == State.CHECKED:
        actions.hand_in(batch, by=_author(), now=LATER)


def _staged(count: int, key: str) -> Batch:
    asked = For(body=mandate.body(BODY), key=key)
    content = json.dumps([_row(n) for n in range(count)]).encode()
    offered = Offered(name="rows.json", content=content)
    return actions.stage(KIND, asked, offered, by=_author(), now=LATER)


def _apply() -> None:
    applying.apply(_batch(), by=world.actor("secretariat", LATER), now=LATER)


def _undo() -> None:
    applying.undo(_batch(), by=_author(), now=LATER)


def _author() -> Actor:
    return world.actor("focal-xio", LATER)


def _batch() -> Batch:
    found = queries.kept_as(mandate.body(BODY), "drill")
    if found is None:
        raise LookupError("nothing was staged")
    return found


def _row(n: int) -> dict[str, object]:
    return {
        "reference": f"drill-{n}",
        "title": {"en": f"Illustrative cooperation, number {n}"},
        "summary": {"en": "Two services worked together."},
        "partners": {"en": "Two members"},
        "outcome": {"en": "They still do."},
    }


def _standing() -> int:
    return len(owned(mandate.body(BODY), KIND))


def _rows() -> int:
    return int(Row.objects.unscoped("counted").count())


def _batches() -> int:
    return Batch.objects.unscoped("counted").filter(key="drill").count()


def _judge(asked: Namespace, found: Found, before: int) -> int:
    rows = _rows() - found.rows
    figures = {
        "kills": found.kills,
        "found by halves": found.by_halves,
        "found with a record that does not verify": found.unsound,
        "rows of nobody, swept": found.swept,
        "rows of nobody, left": rows - asked.rows,
        "entries more than before": _standing() - before,
    }
    world.print_table(f"{asked.rows} rows, {asked.on}, seed {asked.seed}", figures)
    left = rows - asked.rows or _standing() - before or verify() is not None
    fine = found.kills and not (found.by_halves or found.unsound or left)
    fine = fine and _batch().state == State.UNDONE
    print("  passed" if fine else "  FAILED")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
