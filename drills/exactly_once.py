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
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from tempfile import TemporaryDirectory

from drills import both, sink, world

PATIENCE = 180  # seconds for the slowest clock of a round
OFF = datetime(2026, 10, 31, 16, 0, tzinfo=UTC)
ON_AGAIN = datetime(2026, 11, 3, 14, 0, tzinfo=UTC)


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
    with TemporaryDirectory() as name, sink.mail_server(Path(name) / "taken") as address:
        world.prepare(Path(name), address)
        world.found()
        before = sink.taken(Path(name) / "taken")
        months = _months(asked.periods)
        began = time.monotonic()
        faults = _run(asked.processes, _rounds(months))
        took = time.monotonic() - began
        mails = sink.taken(Path(name) / "taken") - before
        return _judge(asked, months, dict(mails), faults, took)


def _months(periods: int) -> list[date]:
    from clearinghouse.kernel.calendar import add_months  # noqa: PLC0415  # Django is late here

    return [add_months(world.FIRST, n) for n in range(periods)]


def _rounds(months: Sequence[date]) -> list[Round]:
    """Each draft opens and is cleared; each is issued on time but the first, which is missed."""
    from clearinghouse.kernel.calendar import midnight_of  # noqa: PLC0415  # Django is late here

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
    from django.db import connections  # noqa: PLC0415  # Django is late here

    connections.close_all()  # no process inherits another's connection
    context = multiprocessing.get_context("fork")
    together, faults = context.Barrier(processes + 1), context.SimpleQueue()
    moments = [each.moment for each in rounds]
    clocks = [
        context.Process(target=_clock, args=(together, moments, faults)) for _ in range(processes)
    ]
    for each in clocks:
        each.start()
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
    from clearinghouse.crossings.tick import tick  # noqa: PLC0415  # Django is late here

    for moment in moments:
        together.wait(PATIENCE)
        try:
            tick(lambda moment=moment: moment)  # type: ignore[misc]  # mypy wants no default here
        except Exception as why:  # noqa: BLE001  # whatever it is, it is counted and shown
            faults.put(f"{type(why).__name__}: {why}")
        together.wait(PATIENCE)


def _judge(
    asked: Namespace,
    months: Sequence[date],
    mails: dict[str, int],
    faults: list[str],
    took: float,
) -> int:
    from clearinghouse.circulars.queries import issues  # noqa: PLC0415  # Django is late here
    from clearinghouse.ledger import queries, verify  # noqa: PLC0415  # the same

    there = [issues.issue_of(month) for month in months]
    lines = [line for line in queries.export() if line["verb"] == "circulars.issued"]
    wanted = {f'"month":"{month}"' for month in months}
    recorded = [line for line in lines if any(each in line["facts"] for each in wanted)]
    issued = [i for i in there if i and i.issued_at]
    late = [i.number for i in issued if i.late]
    first = there[0]
    as_of = first.frozen_at if first else None
    expected = world.RECIPIENTS * len(months)
    checks = {
        "months issued": (len(issued), len(months)),
        "issues in the record": (len(recorded), len(months)),
        "mails expected: months x recipients": (expected, expected),
        "mails told apart by Message-ID": (len(mails), expected),
        "mails taken by the server": (sum(mails.values()), expected),
        "issues marked late": (", ".join(late), world.FIRST.strftime("%Y-%m")),
        "as of": (str(as_of), str(ON_AGAIN)),
        "clocks that met a fault": (len(faults), 0),
        "the record": (str(verify.verify() or "holds"), "holds"),
    }
    rows = [(said, figure) for said, (figure, _) in checks.items()]
    title = f"{asked.processes} clocks at once, {len(months)} months, {asked.on}, {took:.0f} s"
    world.print_table(title, rows)
    wrong = {said for said, (figure, right) in checks.items() if figure != right}
    print("\n".join(f"  fault: {text}" for text in sorted(set(faults))))
    print(f"  FAILED: {', '.join(sorted(wrong))}" if wrong else "  passed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
