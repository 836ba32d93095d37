"""Web workers, the web server, the clock and the database are killed while people write.

Clients send forms to the running program and send the same form again when they do not know what
became of it. What was acknowledged must be there, once and whole. Run as
`python -m drills.killed_server`; README.md says what the figures mean.
"""

import http.client
import os
import random
import secrets
import sys
import threading
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen

from django.db import connection, connections

from clearinghouse.ledger import verify
from clearinghouse.submissions.models import Submission
from drills import both, house, world

WRITERS = ("focal-xio", "focal-xro", "focal-xio", "focal-xro")  # four clients, two seats
BEGIN = "/en/desk/submissions/new/standard/"
UP_AGAIN = 10.0  # seconds
BETWEEN_KILLS = 6.0  # seconds at most


@dataclass
class Told:
    """What the clients know, and how long they waited."""

    acknowledged: list[str] = field(default_factory=list)
    unknown: int = 0
    refused: Counter[int] = field(default_factory=Counter)
    longest: float = 0.0
    silence: float = 0.0  # the longest between two acknowledgements, whoever's
    last: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)
    faults: list[str] = field(default_factory=list)


def main() -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--writes", type=int, default=600, help="acknowledged; 10000 in full")
    parser.add_argument("--kills", type=int, default=12, help="50 in full")
    parser.add_argument("--minutes", type=float, default=60, help="write no longer than this")
    parser.add_argument("--port", type=int, default=8170)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    parser.add_argument("--quick", action="store_true", help="60 writes, 3 kills, SQLite only")
    both.add_argument(parser)
    asked = parser.parse_args()
    if asked.quick:
        asked.writes, asked.kills, asked.on = 60, 3, "sqlite"
    return drill(asked) if asked.on else both.run("drills.killed_server", sys.argv[1:])


def drill(asked: Namespace) -> int:
    world.found()
    _wait_for_the_disk()
    before = _stored()
    connections.close_all()
    told, killed, began = Told(), Counter[str](), time.monotonic()
    with house.served(asked.port) as running:
        clients = [
            threading.Thread(target=_write, args=(number, who, asked, told))
            for number, who in enumerate(WRITERS, start=1)
        ]
        for client in clients:
            client.start()
        _kill(running, asked, told, killed)
        for client in clients:
            client.join()
        house.until_well(asked.port)
    took = time.monotonic() - began
    return _judge(asked, told, killed, _stored() - before, took)


def _wait_for_the_disk() -> None:
    """As PostgreSQL does where nobody told it otherwise; the throw-away one is told to hurry."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            named = connection.ops.quote_name(str(connection.settings_dict["NAME"]))
            cursor.execute(f"ALTER DATABASE {named} SET synchronous_commit = on")


def _write(client: int, who: str, asked: Namespace, told: Told) -> None:
    """One client: a form after another, each sent until it is known to have been taken."""
    try:
        browser = _signed_in(who, asked.port)
        until = time.monotonic() + asked.minutes * 60
        for number in range(asked.writes // len(WRITERS)):
            if time.monotonic() > until:
                break
            title = f"{client}: {number}"
            waited = _until_taken(browser, form(title), told)
            with told.lock:
                told.acknowledged.append(title)
                told.longest = max(told.longest, waited)
                now = time.monotonic()
                told.silence, told.last = max(told.silence, now - (told.last or now)), now
    except Exception as why:  # noqa: BLE001  # whatever it is, it is counted and shown
        told.faults.append(f"{who}: {type(why).__name__}: {why}")


def _signed_in(who: str, port: int) -> house.Browser:
    """Tried again where a kill comes between."""
    while True:
        browser = house.Browser(port)
        try:
            browser.sign_in(who)
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        else:
            return browser


def form(title: str) -> dict[str, str]:
    kept = {"title-en": title, "summary-en": "A drill.", "legal_nature": "code"}
    return kept | {"issued": "2024-05", "url": "https://example.org/code", "do": "save"}


def _until_taken(browser: house.Browser, form: dict[str, str], told: Told) -> float:
    """Gives the seconds from the first try to the answer that it was taken."""
    began = time.monotonic()
    while True:
        try:
            status, _ = browser.post(BEGIN, form)
        except (OSError, http.client.HTTPException):
            told.unknown += 1
        else:
            if status == http.HTTPStatus.SEE_OTHER:
                return time.monotonic() - began
            told.refused[status] += 1
            if status < http.HTTPStatus.INTERNAL_SERVER_ERROR:
                raise ValueError(f"refused with {status}")
        time.sleep(0.02)


def _kill(running: Popen[bytes], asked: Namespace, told: Told, killed: Counter[str]) -> None:
    """One victim after another, spread over the writing."""
    chance = random.Random(asked.seed)  # noqa: S311  # no secret
    for number in range(1, asked.kills + 1):
        due = number * asked.writes * 0.9 / (asked.kills + 1)
        patience = time.monotonic() + BETWEEN_KILLS
        while len(told.acknowledged) < due and time.monotonic() < patience and not told.faults:
            time.sleep(0.01)
        kind = KINDS[asked.on][number % len(KINDS[asked.on])]
        victims = VICTIMS[kind](running.pid)
        if victims and house.kill(chance.choice(victims)):
            killed[kind] += 1


def _workers(pid: int) -> list[int]:
    servers = _servers(pid)
    return [p for server in servers for p in house.children(server)]


def _servers(pid: int) -> list[int]:
    return [p for p in house.children(pid) if "-m granian" in house.command_of(p)][:1]


def _clocks(pid: int) -> list[int]:
    return [p for p in house.children(pid) if "tick --every" in house.command_of(p)]


def _of_the_database(_pid: int) -> list[int]:
    """The processes of the throw-away PostgreSQL, but the one that starts the others."""
    folder = os.environ.get("PGHOST", "")
    found = Path(folder, "data", "postmaster.pid")
    if not folder or not found.exists():
        return []
    return house.children(int(found.read_text().splitlines()[0]))


VICTIMS = {
    "worker": _workers,
    "server": _servers,
    "clock": _clocks,
    "database": _of_the_database,
}
KINDS = {
    "sqlite": ("worker", "clock", "worker", "server", "worker"),
    "postgresql": ("worker", "database", "clock", "database", "server"),
}


def _stored() -> Counter[str]:
    """The titles in the tables: what was kept, and how often."""
    rows = Submission.objects.unscoped("the drill counts").values_list("content", flat=True)
    return Counter(str(content.get("title", {}).get("en", content)) for content in rows)


def _judge(
    asked: Namespace, told: Told, killed: Counter[str], stored: Counter[str], took: float
) -> int:
    acknowledged = set(told.acknowledged)
    lost = acknowledged - set(stored)
    broken = verify.verify()
    figures = {
        "writes acknowledged": len(acknowledged),
        "kills": sum(killed.values()),
        **{f"… of a {kind}": number for kind, number in sorted(killed.items())},
        "answers that never came (asked again)": told.unknown,
        **{f"answers {s} (asked again)": n for s, n in sorted(told.refused.items())},
        "acknowledged writes lost": len(lost),
        "writes kept twice": sum(n - 1 for n in stored.values()),
        "kept but never acknowledged": len(set(stored) - acknowledged),
        "the record and every row": str(broken or "hold"),
        "longest that nobody was answered, seconds": f"{told.silence:.1f}",
        "longest that one client waited, seconds": f"{told.longest:.1f}",
        "writes a second": f"{len(acknowledged) / took:.0f}",
        "seconds": round(took),
        "load of the machine": " ".join(f"{n:.1f}" for n in os.getloadavg()),
        "seed": asked.seed,
    }
    world.print_table(f"killed while writing, {asked.on}", figures)
    for text in told.faults:
        print(f"  fault: {text}")
    exact = stored == Counter(acknowledged)
    fine = exact and not broken and told.silence < UP_AGAIN and not told.faults
    print("  passed" if fine else "  FAILED")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
