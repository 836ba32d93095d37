"""Runs an act in a process of its own and kills it at a chosen step: a system call, by strace."""

import os
import random
import re
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connections

CALLS = "connect,sendto,recvfrom,write,pwrite64,fsync,fdatasync,rename"
RANDOM_KILLS, SEED = 60, 1373
FEW = 8  # steps of a quick drill, spread over all


def _may_trace() -> bool:
    """Whether strace is here and the system lets it take hold of a process beside it."""
    if not shutil.which("strace"):
        return False
    other = subprocess.Popen(["sleep", "60"])
    tracer = subprocess.Popen(["strace", "-p", str(other.pid)], stderr=subprocess.PIPE, text=True)
    said = tracer.stderr.readline() if tracer.stderr is not None else ""
    other.kill()
    other.wait()
    tracer.communicate()
    return "attached" in said


HAS_STRACE = _may_trace()


@dataclass(frozen=True)
class Step:
    """The n-th call of that name; without strace, a moment after the beginning."""

    call: str
    number: int
    after: float = 0.0


class Walk:
    """One undisturbed run of the act: every step it takes."""

    def __init__(self, act: Callable[[], object]) -> None:
        began = time.monotonic()
        self.counted = count(act)
        took = time.monotonic() - began
        self.steps = [Step(c, n + 1) for c, number in self.counted.items() for n in range(number)]
        if not HAS_STRACE:
            draw = random.Random(SEED)  # noqa: S311  # moments to die at, nothing to guess
            self.counted = Counter({"": RANDOM_KILLS})
            self.steps = [Step("", 1, draw.uniform(0, took)) for _ in range(RANDOM_KILLS)]


def few(some: list[Step]) -> list[Step]:
    """Some of them, spread over all."""
    return some[:: max(1, len(some) // FEW)]


def count(act: Callable[[], object]) -> Counter[str]:
    """Run the act to its end; how often each call was made (nothing without strace)."""
    with TemporaryDirectory() as name:
        log = Path(name) / "calls"
        child, go = _fork(act)
        tracer = _trace(child, ["-o", str(log)]) if HAS_STRACE else None
        _end(child, go, tracer)
        lines = log.read_text(errors="replace").splitlines() if tracer else []
    found = (re.match(r"(?:\d+ +)?(\w+)\(", line) for line in lines)
    return Counter(each[1] for each in found if each)


def killed_at(step: Step, act: Callable[[], object]) -> bool:
    """Begin the act and kill it there; whether it was killed before it ended by itself."""
    child, go = _fork(act)
    if not step.call:
        os.close(go)
        time.sleep(step.after)
        os.kill(child, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    words = ["-o", os.devnull, "-e", f"inject={step.call}:signal=KILL:when={step.number}"]
    return _end(child, go, _trace(child, words)) == -signal.SIGKILL


def _fork(act: Callable[[], object]) -> tuple[int, int]:
    """A child that waits for the pipe to be closed, acts, and ends. No connection is inherited."""
    connections.close_all()
    ready, go = os.pipe()
    if (child := os.fork()) == 0:
        os.close(go)
        os.read(ready, 1)
        code = 1
        try:
            act()
            code = 0
        finally:
            os._exit(code)
    os.close(ready)
    return child, go


def _trace(child: int, words: list[str]) -> "subprocess.Popen[str]":
    """Returns once strace holds the child."""
    command = ["strace", "-f", "-e", f"trace={CALLS}", *words, "-p", str(child)]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    said = tracer.stderr.readline() if tracer.stderr is not None else ""
    if "attached" not in said:
        raise RuntimeError(f"strace could not take hold of the sender: {said}")
    return tracer


def _end(child: int, go: int, tracer: "subprocess.Popen[str] | None") -> int:
    os.close(go)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if tracer:
        tracer.communicate()
    if code not in {0, -signal.SIGKILL}:
        raise RuntimeError(f"the act itself failed with {code}")
    return code
