"""What other requests cost while a file of many rows is staged, applied and undone.

Run it as `python -m benchmarks.others [rows]`; it makes its own installation, and removes it. The
demonstration is served by one worker, and asked in turn for a public page and one of the desk: at
rest, then while a process beside it does what the clock does.
"""

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import batches, checks, lists
from benchmarks.memory import free_port
from drills import FOLDER, house, world

AIM = 2.0  # times what a request takes at rest
AT_REST = 150  # requests of each page
PAUSE = 0.03  # seconds between two requests
PAGES = {"public": "/en/standards/", "desk": "/en/desk/submissions/"}
STEPS = ("stage", "apply", "stage changes", "apply changes", "undo changes")


@dataclass
class Asked:
    """Requests of one page: how long each took by the clock, and the worker's processor time."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def told(self, rest: "Asked") -> str:
        figures = [_median(self.wall), _late(self.wall), _median(self.cpu)]
        at_rest = [_median(rest.wall), _late(rest.wall), _median(rest.cpu)]
        ratios = (f"{a / b:6.2f}x" for a, b in zip(figures, at_rest, strict=True))
        return "".join(f"{f:8.1f}{r}" for f, r in zip(figures, ratios, strict=True))


def main() -> int:
    """Ask at rest; then beside each step. Exits 1 where the median takes more than the aim."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else checks.ROWS
    world.found()
    port, missed = free_port(), 0
    with house.served(port, "--workers", "1") as server:
        browser, worker = house.Browser(port), house.children(server.pid)
        browser.sign_in("secretariat")
        rest = {name: Asked() for name in PAGES}
        for _ in range(AT_REST):
            _ask_each(browser, worker, rest)
        print(f"\n{count} rows{'':18}{'median ms':>15}{'95th ms':>15}{'CPU ms':>15}")
        for name, each in rest.items():
            print(f"{name + ', at rest':28}{each.told(each)}")
        for step in STEPS:
            beside = _beside(step, count, browser, worker)
            for name, each in beside.items():
                print(f"{f'{name}, {step}':28}{each.told(rest[name])}", flush=True)
                missed += _median(each.wall) > AIM * _median(rest[name].wall)
    print(f"aim: {AIM} times the median: {'MISSED' if missed else 'met'}")
    return int(bool(missed))


def _beside(step: str, count: int, browser: house.Browser, worker: list[int]) -> dict[str, Asked]:
    """The requests made while one step goes on in a process of its own."""
    path = os.pathsep.join([str(lists.SOURCES / "src"), str(lists.SOURCES)])
    command = [sys.executable, "-c", batches.DONE, step, str(count)]
    doing = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": path})
    found = {name: Asked() for name in PAGES}
    while doing.poll() is None or not found["desk"].wall:
        _ask_each(browser, worker, found)
    if doing.returncode:
        raise RuntimeError(f"{step}: failed, for the reason printed above")
    return found


def _ask_each(browser: house.Browser, worker: list[int], found: dict[str, Asked]) -> None:
    for name, path in PAGES.items():
        spent, begun = _spent(worker), time.monotonic()
        status, _body = browser.get(path)
        found[name].wall.append((time.monotonic() - begun) * 1000)
        found[name].cpu.append((_spent(worker) - spent) * 1000)
        if status != 200:  # noqa: PLR2004  # as the web names it
            raise RuntimeError(f"{path}: {status}: {(FOLDER / 'serve.log').read_text()[-500:]}")
        time.sleep(PAUSE)


def _spent(pids: list[int]) -> float:
    """Seconds of the processor of the server and its worker, to the nanosecond."""
    return sum(_runs(pid) for pid in pids) / 1e9


def _runs(pid: int) -> int:
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(each.read_text().split()[0]) for each in threads)


def _median(values: list[float]) -> float:
    return statistics.median(values)


def _late(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


if __name__ == "__main__":
    sys.exit(main())
