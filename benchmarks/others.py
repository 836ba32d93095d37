"""What requests cost while the clock reads, applies and undoes a file of many rows.

Run it as `python -m benchmarks.others [rows]`; it makes its own database, and removes it. The
demonstration is served by one worker process, and asked in turn for a public page and a page of
the desk: at rest first, then while another process stages, applies and undoes the file.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from benchmarks import checks, lists
from benchmarks.memory import free_port

AIM = 2.0  # times what a request takes at rest
ROWS = 100_000
AT_REST = 200  # requests of each page
PAUSE = 0.05  # seconds between two requests
PUBLIC, DESK = "/en/standards/", "/en/desk/batches/"
STEPS = ("stage", "apply", "stage changes", "apply changes", "undo changes")


@dataclass
class Asked:
    """How long the requests of one page took, by the clock, and what they cost the worker."""

    seconds: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds) * 1000

    @property
    def late(self) -> float:
        """The 95th percentile."""
        return statistics.quantiles(self.seconds, n=20)[-1] * 1000


