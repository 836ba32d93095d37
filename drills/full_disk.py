"""The disk fills up while people write and read, and is freed again: nothing acknowledged is lost.

The data folder lies on a small disk made in memory (tmpfs), which only root can mount: elsewhere
the drill says so and is left out. SQLite alone: the disk of a database server is its own. Run as
`python -m drills.full_disk`; README.md says what the figures mean.
"""

import errno
import http.client
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from clearinghouse.ledger import verify
from clearinghouse.submissions.models import Submission
from drills import FOLDER, house, world
from drills.killed_server import BEGIN, form

SIZE = "64m"
CHUNK = 1 << 16
PUBLIC, BEHIND = (
    ("/en/", "/en/standards/", "/api/v1/states"),
    ("/en/desk/", "/en/desk/submissions/"),
)
LONG, SPOKEN = "All that is to be said of it. " * 90, ("en", "fr", "es", "ru", "ar", "zh")
MOST, IN_A_ROW = 400, 3  # writes to use up the room that was there; refusals that say it is gone
OK, TAKEN, UNAVAILABLE = 200, 303, 503


def main() -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument(
        "--writes", type=int, default=40, help="before, while and after it is full"
    )
    parser.add_argument("--port", type=int, default=8176)
    parser.add_argument("--quick", action="store_true", help="8 writes each")
    asked = parser.parse_args()
    if asked.quick:
        asked.writes = 8
    with _small_disk() as mounted:
        if not mounted:
            print("FULL DISK LEFT OUT: no small disk can be mounted here (it takes root)")
            return 0
        return drill(asked)


@contextmanager
def _small_disk() -> Iterator[bool]:
    """Over the drill's own folder, so that everything of the installation lies on it."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(FOLDER)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    try:
        yield mounted
    finally:
        connections.close_all()
        if mounted:
            subprocess.run(["umount", "--lazy", str(FOLDER)], check=False)


def drill(asked: Namespace) -> int:
    world.found()
    connections.close_all()
    figures: dict[str, object] = {}
    with house.served(asked.port) as running:
        browser = house.Browser(asked.port)
        browser.sign_in("focal-xio")
        taken = _write(browser, "before", asked.writes, figures)
        workers = _workers(running.pid)
        filled = _fill()
        figures["megabytes that filled the disk"] = filled >> 20
        taken |= _use_up(browser, figures)
        taken |= _write(browser, "while full", asked.writes, figures)
        _read(browser, figures)
        figures["health while full"] = house.health(asked.port)
        (FOLDER / "filler").unlink()
        figures["seconds until well again"] = round(house.until_well(asked.port), 1)
        taken |= _write(browser, "after", asked.writes, figures)
        figures["processes that died of it"] = len(workers - _workers(running.pid))
    return _judge(asked, taken, figures)


def _workers(pid: int) -> set[int]:
    return {p for p in house.children(pid) if "granian" in house.command_of(p)}


def _fill() -> int:
    """To the last byte."""
    filled = 0
    with (FOLDER / "filler").open("wb", buffering=0) as file:
        while True:
            try:
                filled += file.write(b"x" * CHUNK)
            except OSError as why:
                if why.errno != errno.ENOSPC:
                    raise
                return filled


def _use_up(browser: house.Browser, figures: dict[str, object]) -> set[str]:
    """The log of the database keeps its length: what has room in it is still taken, and kept."""
    taken: set[str] = set()
    refused = 0
    for each in range(MOST):
        title = f"while filling {each}"
        if _status(browser, title) == TAKEN:
            taken, refused = taken | {title}, 0
        else:
            refused += 1
        if refused == IN_A_ROW:
            break
    figures["writes that still found room"] = len(taken)
    return taken


def _write(browser: house.Browser, when: str, number: int, figures: dict[str, object]) -> set[str]:
    """Forms, each sent once; gives those that were acknowledged."""
    answers, taken = Counter[int](), set()
    for each in range(number):
        title = f"{when} {each}"
        status = _status(browser, title)
        answers[status] += 1
        taken |= {title} if status == TAKEN else set()
    for status, count in sorted(answers.items()):
        figures[f"writes {when}, answered {status}"] = count
    figures.setdefault(f"writes {when}, answered {UNAVAILABLE}", 0)
    return taken


def _status(browser: house.Browser, title: str) -> int:
    try:
        return browser.post(BEGIN, form(title) | {f"summary-{code}": LONG for code in SPOKEN})[0]
    except (OSError, http.client.HTTPException):
        return 0


def _read(browser: house.Browser, figures: dict[str, object]) -> None:
    began = time.monotonic()
    public = [house.Browser(browser.port).get(path)[0] for path in PUBLIC]
    behind = [browser.get(path)[0] for path in BEHIND]
    figures["public pages while full, answered 200"] = f"{public.count(OK)} of {len(public)}"
    figures["desk's pages while full, answered 200"] = f"{behind.count(OK)} of {len(behind)}"
    figures["seconds for those pages"] = round(time.monotonic() - began, 1)


def _judge(asked: Namespace, taken: set[str], figures: dict[str, object]) -> int:
    rows = Submission.objects.unscoped("the drill counts").values_list("content", flat=True)
    stored = {str(content.get("title", {}).get("en")) for content in rows}
    ours = {title for title in stored if title.startswith(("before", "while", "after"))}
    broken = verify.verify()
    figures["acknowledged writes lost"] = len(taken - ours)
    figures["kept but refused"] = len(ours - taken)
    figures["the record and every row"] = str(broken or "hold")
    world.print_table(f"full disk of {SIZE}, sqlite", figures)
    right = {
        "acknowledged writes lost": 0,
        "kept but refused": 0,
        "the record and every row": "hold",
        f"writes while full, answered {UNAVAILABLE}": asked.writes,
        f"writes after, answered {TAKEN}": asked.writes,
        "public pages while full, answered 200": f"{len(PUBLIC)} of {len(PUBLIC)}",
        "desk's pages while full, answered 200": f"{len(BEHIND)} of {len(BEHIND)}",
        "health while full": UNAVAILABLE,
        "processes that died of it": 0,
    }
    wrong = [said for said, wanted in right.items() if figures.get(said) != wanted]
    print(f"  FAILED: {', '.join(wrong)}" if wrong else "  passed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
