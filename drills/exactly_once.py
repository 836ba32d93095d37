"""Ten clocks at once, month after month: each month is issued once, each recipient told once.

Also the machine that is off from 31 October to 3 November: one issue, late, dated for its month.
Run as `python -m drills.exactly_once`; README.md says what the figures mean.
"""

import multiprocessing
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from multiprocessing.synchronize import Barrier
from typing import TYPE_CHECKING

from django.db import connections

from clearinghouse.circulars.queries import issues
from clearinghouse.crossings.tick import tick
from clearinghouse.kernel.calendar import add_months, midnight_of
from clearinghouse.ledger import queries, verify
from drills import FOLDER, both, sink, world

if TYPE_CHECKING:
    from multiprocessing.queues import SimpleQueue

PATIENCE = 180  # seconds for the slowest clock of a round
OFF = datetime(2026, 10, 31, 16, 0, tzinfo=UTC)
ON_AGAIN = datetime(2026, 11, 3, 14, 0, tzinfo=UTC)
LATE = "2026-11"


@dataclass(frozen=True)
class Round:
    """A moment at which every clock asks at once; the draft that is cleared after it, if any."""

    moment: datetime
    clears: date | None = None


def main() -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=10)
    parser.add_argument("--periods", type=int, default=24)
    parser.add_argument("--quick", action="store_true", help="4 clocks, 3 months, SQLite only")
    both.add_argument(parser)
    asked = parser.parse_args()
    if asked.quick:
        asked.processes, asked.periods, asked.on = 4, 3, "sqlite"
    return drill(asked) if asked.on else both.run("drills.exactly_once", sys.argv[1:])


def drill(asked: Namespace) -> int:
    with sink.mail_server(FOLDER / "taken") as address:
        world.post_to(address)
        world.found()
        before = sink.taken(FOLDER / "taken")
        months = [add_months(world.FIRST, n) for n in range(asked.periods)]
        began = time.monotonic()
        faults = _run(asked.processes, _rounds(months))
        took = time.monotonic() - began
        mails = sink.taken(FOLDER / "taken") - before
    print(f"\n{asked.processes} clocks, {asked.on}, {took:.0f} s")
    return _judge(months, dict(mails), faults)


def _rounds(months: Sequence[date]) -> list[Round]:
    """Each draft opens and is cleared; each is issued on time but the first, which is missed."""
    rounds = []
    for month in months:
        rounds.append(Round(world.opens(month), clears=month))
        if month == world.FIRST:
            rounds += [Round(OFF), Round(ON_AGAIN)]
        else:
            rounds += [Round(midnight_of(month) - timedelta(seconds=1)), Round(midnight_of(month))]
    return rounds


def _run(processes: int, rounds: Sequence[Round]) -> list[str]:
    """Every clock in a process of its own; all begin each round together."""
    connections.close_all()  # no process inherits another's connection
    context = multiprocessing.get_context("fork")
    together, faults = context.Barrier(processes + 1), context.SimpleQueue()
    moments = [each.moment for each in rounds]
    clocks = [
        context.Process(target=_clock, args=(together, moments, faults)) for _ in range(processes)
    ]
    for clock in clocks:
        clock.start()
    for each in rounds:
        together.wait(PATIENCE)
        together.wait(PATIENCE)
        if each.clears:
            world.clear(each.clears)
    for clock in clocks:
        clock.join()
    found = []
    while not faults.empty():
        found.append(faults.get())
    return found


def _clock(together: Barrier, moments: Sequence[datetime], faults: "SimpleQueue[str]") -> None:

    for moment in moments:
        together.wait(PATIENCE)
        try:
            tick(partial(_same, moment))
        except Exception as why:  # noqa: BLE001  # whatever it is, it is counted and shown
            faults.put(f"{type(why).__name__}: {why}")
        together.wait(PATIENCE)


def _same(moment: datetime) -> datetime:
    return moment


def _judge(months: Sequence[date], mails: dict[str, int], faults: Sequence[str]) -> int:
    issued = [i for i in map(issues.issue_of, months) if i and i.issued_at]
    matrix, others = world.mails()
    expected = world.RECIPIENTS * len(months) + others
    found_and_right = {
        "months issued": (len(issued), len(months)),
        "issues in the record": (_recorded(months), len(months)),
        "mails of the matrix": (matrix, world.RECIPIENTS * len(months)),
        "mails expected, with all else that was due": (expected, expected),
        "mails told apart by Message-ID": (len(mails), expected),
        "mails taken by the server": (sum(mails.values()), expected),
        "issues marked late": (" ".join(i.number for i in issued if i.late), LATE),
        "the late one is as of": (str(issued[0].frozen_at) if issued else "", str(ON_AGAIN)),
        "clocks that met a fault": (len(faults), 0),
        "the record": (str(verify.verify() or "holds"), "holds"),
    }
    figures = {said: figure for said, (figure, _) in found_and_right.items()}
    world.print_table(f"{len(months)} months, {world.RECIPIENTS} recipients", figures)
    for text in sorted(set(faults)):
        print(f"  fault: {text}")
    wrong = [said for said, (figure, right) in found_and_right.items() if figure != right]
    print(f"  FAILED: {', '.join(wrong)}" if wrong else "  passed")
    return 1 if wrong else 0


def _recorded(months: Sequence[date]) -> int:
    """The lines of the record that say that one of these months was issued."""
    wanted = {f'{{"month":"{month}"}}' for month in months}
    lines = (line for line in queries.export() if line["verb"] == "circulars.issued")
    return sum(line["facts"] in wanted for line in lines)


if __name__ == "__main__":
    sys.exit(main())
