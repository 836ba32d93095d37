"""An installation with a live outbox is backed up and restored on another machine: same, silent.

The mails that waited go out after the backup was taken; the restored installation does not know.
None may leave it before the release, whatever the clock does. Run as `python -m drills.restored`;
README.md says what the figures mean.
"""

import json
import os
import secrets
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pyrage
from django.db import connection, connections
from django.utils import timezone

from clearinghouse.crossings import issue_matrix
from clearinghouse.crossings.tick import send
from clearinghouse.kernel.calendar import midnight_of
from clearinghouse.ledger import queries
from clearinghouse.notices.models import Notice
from drills import FOLDER, both, sink, world

THERE = FOLDER / "another machine"
ARCHIVE = FOLDER / "archive"


def _run(words: Sequence[str], env: Mapping[str, str]) -> tuple[str, int]:
    """What the command printed, and the most memory it took, in megabytes."""
    line = [sys.executable, "-m", "clearinghouse.cli", *words]
    with (FOLDER / "said").open("w+") as out, (FOLDER / "faults").open("w+") as wrong:
        running = subprocess.Popen(line, env=env, stdout=out, stderr=wrong)
        most = 0
        while running.poll() is None:
            most = max(most, _memory(running.pid))
            time.sleep(0.05)
        out.seek(0)
        wrong.seek(0)
        told = out.read()
        if not told:
            raise ValueError(f"{words[0]}: {wrong.read()}")
    return told, most


def _memory(pid: int) -> int:
    """The most that a process has held, in megabytes: not counting what the drill itself holds."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(n.split()[1]) >> 10 for n in lines if n.startswith("VmHWM")), 0)


class Other:
    """The other machine: a folder and a database of its own, and the command."""

    def __init__(self, mail_url: str, identity: str) -> None:
        THERE.mkdir()
        self.memory = 0
        (FOLDER / "identity").write_text(identity)
        self.env = os.environ | {
            "CLEARINGHOUSE_DATA_DIR": str(THERE),
            "CLEARINGHOUSE_MAIL_URL": mail_url,
        }
        if url := os.environ.get("CLEARINGHOUSE_DATABASE_URL"):
            with psycopg.connect(url, autocommit=True) as session:
                session.execute("CREATE DATABASE another")
            self.env["CLEARINGHOUSE_DATABASE_URL"] = urlunsplit(
                urlsplit(url)._replace(path="/another")
            )

    def command(self, *words: str) -> Any:
        """What the verb says with --json. Raises where it does not end with 0 or a refusal."""
        told, self.memory = _run([*words, "--json"], self.env)
        return json.loads(told)


def main() -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=64, help="of stored files")
    parser.add_argument("--quick", action="store_true", help="1 megabyte, SQLite only")
    both.add_argument(parser)
    asked = parser.parse_args()
    if asked.quick:
        asked.megabytes, asked.on = 1, "sqlite"
    return drill(asked) if asked.on else both.run("drills.restored", sys.argv[1:])


def drill(asked: Namespace) -> int:
    with sink.mail_server(FOLDER / "taken") as address:
        figures, identity = dict[str, object](), pyrage.x25519.Identity.generate()
        _live(asked.megabytes)
        here, number, root = _digest(FOLDER), *queries.head()
        _back_up(str(identity.to_public()), figures)
        world.post_to(address)
        send(lambda: midnight_of(world.FIRST))
        sent = sink.taken(FOLDER / "taken")
        figures["mails sent after the backup was taken"] = len(sent)
        other = Other(address, str(identity))
        told = _restore(other, figures)
        figures["the record ends where it did"] = (told["lines"], told["root"]) == (number, root)
        figures["files and their bytes are the same"] = _digest(THERE) == here
        figures |= _silent_until_released(other, sent)
    return _judge(figures)


def _live(megabytes: int) -> None:
    """The demonstration, its first issue out and its mails waiting, some stored files."""
    world.found()
    issue_matrix.run(world.opens(world.FIRST))
    world.clear(world.FIRST)
    issue_matrix.run(midnight_of(world.FIRST))
    _make_half_recent()
    (FOLDER / "files").mkdir(exist_ok=True)
    for number in range(megabytes):
        (FOLDER / "files" / f"{number}").write_bytes(secrets.token_bytes(1 << 20))


def _make_half_recent() -> None:
    """Else the release would park them all for their age."""
    waiting = Notice.objects.unscoped("the drill's own").filter(status="queued")
    some = list(waiting.values_list("pk", flat=True)[: world.RECIPIENTS // 2])
    waiting.filter(pk__in=some).update(created_at=timezone.now())


def _digest(folder: Path) -> dict[str, int]:
    files = sorted((folder / "files").rglob("*"))
    return {file.name: hash(file.read_bytes()) for file in files if file.is_file()}


def _back_up(recipient: str, figures: dict[str, object]) -> None:
    connections.close_all()
    env = os.environ | {"CLEARINGHOUSE_BACKUP_RECIPIENTS": recipient}
    began = time.monotonic()
    _, memory = _run(["backup", str(ARCHIVE)], env)
    figures["seconds for the backup"] = round(time.monotonic() - began, 1)
    figures["its megabytes"] = round(ARCHIVE.stat().st_size / 1e6, 1)
    figures["most memory of the backup, megabytes"] = memory


def _restore(other: Other, figures: dict[str, object]) -> Any:
    began = time.monotonic()
    told = other.command("restore", str(ARCHIVE), "--identity", str(FOLDER / "identity"))
    figures["seconds for the restore, with verification"] = round(time.monotonic() - began, 1)
    figures["most memory of the restore, megabytes"] = other.memory
    return told


def _silent_until_released(other: Other, sent: Counter[str]) -> dict[str, object]:
    """The clock, the sender, and only then the release."""
    verified = other.command("ledger", "verify")
    ticked = other.command("tick")
    refused = other.command("outbox", "send")
    shown = other.command("outbox", "release")
    before = sink.taken(FOLDER / "taken") - sent
    released = other.command("outbox", "release", "--yes")
    other.command("tick")
    again = sink.taken(FOLDER / "taken") - sent
    parked = len(released["would_park"])
    return {
        "the record there": str(verified["broken"] or "holds"),
        "mails that wait there": len(shown["would_send"]) + len(shown["would_park"]),
        "mails that the clock sent before the release": sum(ticked["mails"].values()),
        "the sender is refused": refused == {"fenced": True},
        "mails that left before the release": sum(before.values()),
        "parked by the release, for their age": parked,
        "left after the release": sum(again.values()),
        "of them under a Message-ID that was sent before": len(set(again) & set(sent)),
        "lines of the record after the release": other.command("ledger", "verify")["lines"],
    }


def _judge(figures: dict[str, object]) -> int:
    figures["load of the machine"] = " ".join(f"{n:.1f}" for n in os.getloadavg())
    world.print_table(f"restored on another machine, {connection.vendor}", figures)
    right = {
        "the record ends where it did": True,
        "files and their bytes are the same": True,
        "mails sent after the backup was taken": world.RECIPIENTS,
        "the record there": "holds",
        "mails that the clock sent before the release": 0,
        "the sender is refused": True,
        "mails that left before the release": 0,
        "parked by the release, for their age": world.RECIPIENTS // 2,
        "of them under a Message-ID that was sent before": world.RECIPIENTS // 2,
    }
    wrong = [said for said, wanted in right.items() if figures.get(said) != wanted]
    print(f"  FAILED: {', '.join(wrong)}" if wrong else "  passed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
