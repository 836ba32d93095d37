"""Month after month in four time zones, by a false clock that also steps back: each is sent once.

The whole process is told the false time (faketime), so that nothing of it can look at another
clock; where faketime is missing, the moment is handed to the tick instead, and the drill says so.
Run as `python -m drills.zones`; README.md says what the figures mean.
"""

import os
import select
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from django.utils import timezone

from clearinghouse.circulars.queries import issues
from clearinghouse.crossings.tick import tick
from clearinghouse.kernel.calendar import add_months, midnight_of
from clearinghouse.ledger import verify
from drills import FOLDER, both, sink, world

ZONES = ("UTC", "America/New_York", "Pacific/Kiritimati", "Asia/Kathmandu")
LIBRARY = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
SECOND, BACK = timedelta(seconds=1), timedelta(minutes=30)
CLOCK = "FAKETIME_TIMESTAMP_FILE"


def main() -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--periods", type=int, default=36)
    parser.add_argument("--zone", action="append", help="of these zones alone")
    parser.add_argument("--inside", action="store_true", help="(the drill calls itself so)")
    parser.add_argument("--quick", action="store_true", help="3 months in one zone, SQLite only")
    both.add_argument(parser)
    asked = parser.parse_args()
    if asked.inside:
        return drill(asked)
    zones = asked.zone or ZONES
    if asked.quick:
        asked.periods, asked.on, zones = 3, "sqlite", ZONES[2:3]
    return max(_in_zone(zone, asked) for zone in zones)


def _in_zone(zone: str, asked: Namespace) -> int:
    """In a process that lives there from its first moment, and on a database of its own."""
    words = ["--inside", "--periods", str(asked.periods), "--zone", zone]
    before = dict(os.environ)
    os.environ.update(_false_clock(zone))
    try:
        if asked.on:
            drill = [sys.executable, "-m", "drills.zones", *words, "--on", asked.on]
            return subprocess.run(drill, check=False).returncode
        return both.run("drills.zones", words)
    finally:
        os.environ.clear()
        os.environ.update(before)


def _false_clock(zone: str) -> dict[str, str]:
    if LIBRARY is None:
        return {"TZ": zone}
    (FOLDER / "clock").write_text(f"{world.FOUNDED.timestamp():.0f}", encoding="ascii")
    return {
        "TZ": zone,
        "LD_PRELOAD": str(LIBRARY),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_FMT": "%s",
        CLOCK: str(FOLDER / "clock"),
    }


def _sleep(seconds: float) -> None:
    """Python sleeps to a moment, which the false clock refuses: this waits for a while instead."""
    select.select((), (), (), seconds)


def drill(asked: Namespace) -> int:
    time.sleep = _sleep  # type: ignore[assignment]  # only seconds are ever given here
    months = [add_months(world.FIRST, n) for n in range(asked.periods)]
    with sink.mail_server(FOLDER / "taken") as address:
        world.post_to(address)
        world.found()
        before, began = sink.taken(FOLDER / "taken"), time.monotonic()
        again = sum(_live_through(month) for month in months)
        mails = sink.taken(FOLDER / "taken") - before
    how = "faketime" if CLOCK in os.environ else "the moment handed to the tick"
    print(f"\n{asked.zone[0]}, {asked.on}, by {how}, {time.monotonic() - began:.0f} s")
    return _judge(months, dict(mails), again)


def _live_through(month: date) -> int:
    """From the draft to the mails, and the clock put back; how many mails went a second time."""
    _tick(world.opens(month))
    world.clear(month)
    _tick(midnight_of(month) - SECOND)
    _tick(midnight_of(month))
    sent = sum(sink.taken(FOLDER / "taken").values())
    for moment in (midnight_of(month) - BACK, midnight_of(month), midnight_of(month) + BACK):
        _tick(moment)
    return sum(sink.taken(FOLDER / "taken").values()) - sent


def _tick(moment: datetime) -> None:
    if CLOCK not in os.environ:
        tick(lambda: moment)
        return
    Path(os.environ[CLOCK]).write_text(f"{moment.timestamp():.0f}", encoding="ascii")
    if abs(timezone.now() - moment) > SECOND:
        raise RuntimeError(f"the false clock says {timezone.now()}, not {moment}")
    tick(timezone.now)


def _judge(months: list[date], mails: dict[str, int], again: int) -> int:
    matrix, others = world.mails()
    expected = world.RECIPIENTS * len(months) + others
    found_and_right: dict[str, tuple[object, object]] = {
        "months issued, at 00:00 New York": (sum(_on_time(months)), len(months)),
        "mails of the matrix": (matrix, world.RECIPIENTS * len(months)),
        "mails told apart by Message-ID": (len(mails), expected),
        "mails taken by the server": (sum(mails.values()), expected),
        "mails sent a second time": (again, 0),
        "the record": (str(verify.verify() or "holds"), "holds"),
    }
    figures = {said: figure for said, (figure, _) in found_and_right.items()}
    world.print_table(f"{len(months)} months, {world.RECIPIENTS} recipients", figures)
    wrong = [said for said, (figure, right) in found_and_right.items() if figure != right]
    print(f"  FAILED: {', '.join(wrong)}" if wrong else "  passed")
    return 1 if wrong else 0


def _on_time(months: list[date]) -> Iterator[bool]:
    for month in months:
        issue = issues.issue_of(month)
        issued = issue.issued_at if issue and not issue.late else None
        yield issued is not None and abs(issued - midnight_of(month)) <= SECOND


if __name__ == "__main__":
    sys.exit(main())
