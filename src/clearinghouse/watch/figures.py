"""What is counted for Prometheus: requests, mails and rounds of the clock, and never content.

Several processes count: each keeps its own file in the folder PROMETHEUS_MULTIPROC_DIR, which
`serve` makes anew, and whoever is asked adds them up. The files are given their room on the disk
beforehand: a full disk must not kill a process that only counts.
"""

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

SHARED = "PROMETHEUS_MULTIPROC_DIR"
ROOM = 1 << 20  # bytes that the library asks for a file
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
METHODS = frozenset({"GET", "HEAD", "POST"})


class Figures:
    """The counters of this process; silent where the disk has no room for them."""

    def __init__(self, *, silent: bool = False) -> None:
        self.silent = silent
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "clearinghouse_requests",
            "Requests answered, by the name of the address (desk: behind the sign-in)",
            ("route", "method", "status"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "clearinghouse_request_seconds",
            "How long answers took",
            ("route",),
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.mails = Counter(
            "clearinghouse_mails", "What became of mails", ("outcome",), registry=self.registry
        )
        self.ticks = Counter(
            "clearinghouse_ticks", "Rounds of the clock", ("outcome",), registry=self.registry
        )

    def count_request(self, route: str, method: str, status: int, seconds: float) -> None:
        if self.silent:
            return
        method = method if method in METHODS else "other"
        self.requests.labels(route, method, str(status)).inc()
        self.seconds.labels(route).observe(seconds)

    def count_round(self, outcome: str, mails: Iterable[tuple[str, int]] = ()) -> None:
        if self.silent:
            return
        self.ticks.labels(outcome).inc()
        for what, number in mails:
            self.mails.labels(what).inc(number)


class Standing(Collector):
    """Figures of the moment of asking, each by its name and what it is."""

    def __init__(self, found: Iterable[tuple[str, str, float]]) -> None:
        self.found = tuple(found)

    def collect(self) -> Iterable[GaugeMetricFamily]:
        return [
            GaugeMetricFamily(f"clearinghouse_{n}", said, value=v) for n, said, v in self.found
        ]


@cache
def figures() -> Figures:
    """Made once a process, when the first thing is counted."""
    folder = os.environ.get(SHARED)
    return Figures(silent=bool(folder) and not _reserve(Path(str(folder))))


def text(standing: Iterable[tuple[str, str, float]]) -> bytes:
    """Everything, in Prometheus' text format: the sum over all processes, and what stands now."""
    asked = CollectorRegistry()
    asked.register(Standing(standing))
    if os.environ.get(SHARED):
        MultiProcessCollector(asked)  # type: ignore[no-untyped-call]  # of the library
        return generate_latest(asked)
    return generate_latest(figures().registry) + generate_latest(asked)


def begin_anew(folder: Path) -> None:
    """Before the processes that share the folder are started."""
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob("*.db"):
        left.unlink(missing_ok=True)


def _reserve(folder: Path) -> bool:
    """Whether the disk has given the room: a page of a file without it would end the process."""
    made = [folder / f"{kind}_{os.getpid()}.db" for kind in ("counter", "histogram")]
    try:
        for each in made:
            with each.open("wb") as file:
                file.write(bytes(ROOM))
                file.flush()
                os.fsync(file.fileno())
    except OSError:
        for each in made:
            each.unlink(missing_ok=True)
        return False
    return True
