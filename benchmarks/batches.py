"""What a batch of 100,000 rows costs: staged with its difference, applied, and undone again.

Run it as `python -m benchmarks.batches [rows]`; it makes its own database, and removes it.
Beside each step another process asks for the pen of the database, fifty times a second, and tells
how long it had to wait at the most (SQLite).
"""

import os
import subprocess
import sys
import time

from benchmarks import checks, lists

STEPS = ("stage", "apply", "stage changes", "apply changes", "undo changes")
MEMORY = 512.0  # megabytes
DONE = """
import sys
from benchmarks import batches
batches.take(sys.argv[1], int(sys.argv[2]))
"""
WAIT = """
import signal, sqlite3, sys, time
going = [True]
signal.signal(signal.SIGTERM, lambda *_: going.clear())
held, most = sqlite3.connect(sys.argv[1], timeout=1000, isolation_level=None), 0.0
while going:
    begun = time.monotonic()
    held.execute("BEGIN IMMEDIATE")
    held.execute("ROLLBACK")
    most = max(most, time.monotonic() - begun)
    time.sleep(0.02)
print(most)
"""


def main() -> int:
    """Each step in a process of its own, so that its memory is its own."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else checks.ROWS
    missed = 0
    with lists.prepared_folder():
        lists.fill(1)
        print(
            f"\n{count} rows of {checks.COLUMNS} columns{'':14}{'CPU s':>8}{'s':>8}{'peak MB':>9}"
            f"{'wait s':>8}"
        )
        for step in STEPS:
            seconds, wall, peak, waited = cost(step, count)
            print(f"{step:40}{seconds:8.2f}{wall:8.2f}{peak:9.0f}{waited:8.2f}", flush=True)
            missed += peak > MEMORY
    print(f"aim: {MEMORY:.0f} MB: {'MISSED' if missed else 'met'}")
    return int(bool(missed))


def cost(step: str, count: int) -> tuple[float, float, float, float]:
    """Seconds of the processor and by the clock, megabytes at the most, and another's wait."""
    path = os.pathsep.join([str(lists.SOURCES / "src"), str(lists.SOURCES)])
    file = os.environ["CLEARINGHOUSE_DATA_DIR"] + "/clearinghouse.sqlite3"
    other = subprocess.Popen([sys.executable, "-c", WAIT, file], stdout=subprocess.PIPE, text=True)
    begun = time.monotonic()
    command = [sys.executable, "-c", DONE, step, str(count)]
    asked = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": path})
    _, status, used = os.wait4(asked.pid, 0)
    wall = time.monotonic() - begun
    other.terminate()
    waited = float(other.communicate()[0])
    if status:
        raise RuntimeError(f"{step}: failed, for the reason printed above")
    return used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024, waited


def take(step: str, count: int) -> None:
    """One step, in a process that has just been started."""
    import django  # noqa: PLC0415  # the process sets up its own

    django.setup()
    from benchmarks.batch_steps import ACTS  # noqa: PLC0415  # after that

    ACTS[step](count)


if __name__ == "__main__":
    sys.exit(main())
