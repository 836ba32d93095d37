"""The sender and the issuer are killed at every step: nothing is lost, little is repeated.

Run as `python -m drills.killed`; README.md says what the figures mean.
"""

import sys
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from clearinghouse.circulars.models import FrozenNeed, Rendition
from clearinghouse.circulars.queries import issues
from clearinghouse.crossings import issue_matrix
from clearinghouse.crossings.tick import send
from clearinghouse.kernel.calendar import add_months, midnight_of
from clearinghouse.notices import queries
from clearinghouse.notices.models import Notice
from clearinghouse.notices.rules import LEASE
from drills import FOLDER, both, sink, steps, world
from drills.steps import Step

MAILS_WALKED = 2  # every step of the first two mails that a sender sends; the others are alike


@dataclass
class Told:
    """What came of one kind of circulation, killed over and over."""

    kills: int = 0
    circulations: int = 0
    lost: int = 0
    repeated: int = 0
    most_by_one_kill: int = 0
    altered: int = 0


class Post:
    """The mail server: what it took is what counts."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.before: Counter[str] = Counter()

    def begin(self) -> None:
        self.before = sink.taken(self.file)

    def mails(self) -> Counter[str]:
        return sink.taken(self.file) - self.before


class Outbox:
    """The local folder: a mail is a file, and has the bytes it had when nobody was killed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self) -> None:
        for file in self.folder.iterdir():
            file.unlink()

    def mails(self) -> Counter[str]:
        return Counter(f"{file.name} {hash(file.read_bytes())}" for file in self.folder.iterdir())


def main() -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few of the steps, SQLite only")
    both.add_argument(parser)
    asked = parser.parse_args()
    if asked.quick:
        asked.on = "sqlite"
    return drill(asked) if asked.on else both.run("drills.killed", sys.argv[1:])


def drill(asked: Namespace) -> int:
    with sink.mail_server(FOLDER / "taken") as address:
        world.found()
        way = "strace: at a system call" if steps.HAS_STRACE else "SIGKILL at a random moment"
        print(f"\nkilled by {way}; {world.RECIPIENTS} recipients; {asked.on}")
        fine = _issuing(asked)
        fine &= _sending("the local folder", Outbox(FOLDER / "outbox"), "", asked)
        fine &= _sending("a mail server", Post(FOLDER / "taken"), address, asked)
        print("  passed" if fine else "  FAILED")
        return 0 if fine else 1


def _issuing(asked: Namespace) -> bool:
    """Freeze, issue and tell are one act: after each kill it was done whole or not at all."""
    month, kills, halves, done, began = world.FIRST, 0, 0, 0, time.monotonic()
    _draft(month)
    walk = steps.Walk(lambda: issue_matrix.run(midnight_of(month)))
    chosen = steps.few(walk.steps) if asked.quick else walk.steps
    _, month = _issued(month, midnight_of(month)), add_months(month, 1)
    _draft(month)
    for step in chosen:
        moment = midnight_of(month)
        kills += steps.killed_at(step, partial(issue_matrix.run, moment))
        whole = _issued(month, moment)
        halves += whole is None
        if whole:
            done, month = done + 1, add_months(month, 1)
            _draft(month)
    issue_matrix.run(midnight_of(month))
    halves += _issued(month, midnight_of(month)) is not True
    figures = {
        "steps of the act": len(walk.steps),
        "kills": kills,
        "kills after which the issue was out, whole": done,
        "kills after which it was half out": halves,
        "seconds": round(time.monotonic() - began),
    }
    world.print_table("issuing: freeze, issue, tell", figures)
    return halves == 0 and kills > 0


def _draft(month: date) -> None:

    issue_matrix.run(world.opens(month))
    world.clear(month)


def _issued(month: date, moment: datetime) -> bool | None:
    """Whether the issue is out with all its notices; None where it is half out."""
    issue = issues.issue_of(month)
    if issue is None:
        return None
    reason = "the drill counts"
    told = Notice.objects.unscoped(reason).filter(cause=issue.subject).count()
    frozen = FrozenNeed.objects.unscoped(reason).filter(issue=issue).exists()
    cut = Rendition.objects.unscoped(reason).filter(issue=issue).exists()
    found = (issue.state, issue.frozen_at, told, frozen, cut)
    states = {
        ("draft", None, 0, False, False): False,
        ("issued", moment, world.RECIPIENTS, True, True): True,
    }
    return states.get(found)


def _sending(what: str, place: Post | Outbox, address: str, asked: Namespace) -> bool:
    world.post_to(address)
    told, began = Told(), time.monotonic()
    clean, walk = _undisturbed(place, asked)
    _circulate(walk, place, clean, told)
    quiet = sum(clean.values()) - len(clean)
    figures = {
        "mails without a kill": sum(clean.values()),
        "repeated without a kill": quiet,
        "steps": len(walk),
        "kills": told.kills,
        "circulations they were spread over": told.circulations,
        "mails lost": told.lost,
        "mails repeated, under the same Message-ID": told.repeated,
        "most that one kill repeated": told.most_by_one_kill,
        "mails not as they were without a kill": told.altered,
        "seconds": round(time.monotonic() - began),
    }
    world.print_table(f"sending to {what}", figures)
    right = (sum(clean.values()), quiet, told.lost, told.altered) == (world.RECIPIENTS, 0, 0, 0)
    allowed = 1 if address else 0
    return right and told.most_by_one_kill <= allowed and told.kills > 0


def _undisturbed(place: Post | Outbox, asked: Namespace) -> tuple[Counter[str], list[Step]]:
    """A whole circulation that nobody kills: what it should look like, and its steps."""
    place.begin()
    moment = _queue_again()
    walk = steps.Walk(lambda: _send(moment))
    share = MAILS_WALKED / world.RECIPIENTS
    chosen = [s for s in walk.steps if s.number <= walk.counted[s.call] * share + 1]
    return place.mails(), steps.few(chosen) if asked.quick else chosen


def _circulate(walk: list[Step], place: Post | Outbox, clean: Counter[str], told: Told) -> None:
    """Kill at each step in turn; once the lease is over the next sender goes on from there.

    When all has left, count, put everything into the outbox again, and go on.
    """
    place.begin()
    moment, repeated = _queue_again(), 0
    for step in walk:
        told.kills += steps.killed_at(step, partial(_send, moment))
        moment += LEASE
        before, repeated = repeated, _repeated(place)
        told.most_by_one_kill = max(told.most_by_one_kill, repeated - before)
        if not _waiting():
            _count(place, clean, told)
            moment, repeated = _queue_again(), 0
            place.begin()
    _send(moment)
    told.most_by_one_kill = max(told.most_by_one_kill, _repeated(place) - repeated)
    _count(place, clean, told)


def _count(place: Post | Outbox, clean: Counter[str], told: Told) -> None:
    mails = place.mails()
    told.circulations += 1
    told.lost += len(set(clean) - set(mails))
    told.altered += len(set(mails) - set(clean))
    told.repeated += _repeated(place)


def _repeated(place: Post | Outbox) -> int:
    mails = place.mails()
    return sum(mails.values()) - len(mails)


def _send(moment: datetime) -> None:

    send(lambda: moment)


def _queue_again() -> datetime:
    """Everything told of the last issue waits as at the beginning; nothing else waits."""
    issue = issues.latest_issued()
    notices = Notice.objects.unscoped("the drill begins again")
    notices.update(status="sent")
    if issue is None or issue.issued_at is None:
        raise LookupError("nothing has been issued")
    mine = notices.filter(cause=issue.subject)
    begun = {"due_at": issue.issued_at, "settled_at": None, "said": ""}
    mine.update(status="queued", attempts=0, leased_until=None, **begun)
    return issue.issued_at


def _waiting() -> int:

    tally = queries.tally()
    return tally["queued"] + tally["deferred"]


if __name__ == "__main__":
    sys.exit(main())
