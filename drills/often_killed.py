"""350 recipients and fifty senders killed at random: nothing is lost, a kill repeats one at most.

Run as `python -m drills.often_killed`; README.md says what the figures mean.
"""

import random
import secrets
import sys
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from clearinghouse.access.actor import OPERATOR, Role, Standing
from clearinghouse.circulars import actions as circulars
from clearinghouse.circulars.queries import issues
from clearinghouse.crossings import issue_matrix
from clearinghouse.crossings.tick import send
from clearinghouse.kernel.calendar import midnight_of
from clearinghouse.mandate import queries as mandate
from clearinghouse.notices.models import Notice, NoticeQuerySet
from clearinghouse.notices.rules import LEASE
from clearinghouse.people import actions as people
from drills import FOLDER, both, sink, steps, world
from drills.steps import Step


@dataclass
class Lives:
    """What the senders did that were killed, and the last one, which was not."""

    kills: int = 0
    most_by_one: int = 0
    rounds: int = 0


def main() -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--recipients", type=int, default=350)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    parser.add_argument("--quick", action="store_true", help="40 recipients, 4 kills, SQLite only")
    both.add_argument(parser)
    asked = parser.parse_args()
    if asked.quick:
        asked.recipients, asked.kills, asked.on = 40, 4, "sqlite"
    return drill(asked) if asked.on else both.run("drills.often_killed", sys.argv[1:])


def drill(asked: Namespace) -> int:
    with sink.mail_server(FOLDER / "taken") as address:
        world.post_to(address)
        world.found()
        enlist(asked.recipients - world.RECIPIENTS)
        issue_matrix.run(world.opens(world.FIRST))
        world.clear(world.FIRST)
        issue_matrix.run(midnight_of(world.FIRST))
        quiet, took = _undisturbed()
        lives, mails = _killed(asked, address, took)
    return _judge(asked, quiet, lives, mails)


def enlist(more: int) -> None:
    """Capitals of as many States; where they do not suffice, their missions' second officers."""
    states = list(mandate.states())
    for number in range(more):
        naming = people.Naming(
            role=Role.STATE,
            standing=(Standing.CAPITAL, Standing.MISSION)[number // len(states)],
            body=states[number % len(states)],
            instrument="a drill",
        )
        name, email = f"Recipient {number}", f"recipient-{number}@demonstration.example"
        entering = {"name": name, "email": email, "language": "en"}
        person = people.enter(**entering, by=OPERATOR, now=world.FOUNDED)
        seat = people.seat(person, naming, by=OPERATOR, now=world.FOUNDED)
        circulars.enlist(seat, attach=False, by=OPERATOR, now=world.FOUNDED)


def _undisturbed() -> tuple[Counter[str], float]:
    """A circulation that nobody kills: its mails, and how long it took."""
    before, began = sink.taken(FOLDER / "taken"), time.monotonic()
    moment = midnight_of(world.FIRST)
    _send(moment)
    return sink.taken(FOLDER / "taken") - before, time.monotonic() - began


def _killed(asked: Namespace, address: str, took: float) -> tuple[Lives, Counter[str]]:
    """One circulation over so many lives, each as long as chance will have it."""
    before, lives = sink.taken(FOLDER / "taken"), Lives()
    moment, repeated = _queue_again(), 0
    draw = random.Random(asked.seed)  # noqa: S311  # moments to die at, nothing to guess
    while lives.kills < asked.kills and _waiting():
        now = moment + lives.rounds * LEASE
        after = draw.uniform(0, 1.6 * took / asked.kills)
        lives.kills += steps.killed_at(Step("", 1, after), partial(_send, now))
        sink.wait_until_quiet(address)
        lives.rounds += 1
        mails = sink.taken(FOLDER / "taken") - before
        more = sum(mails.values()) - len(mails) - repeated
        lives.most_by_one, repeated = max(lives.most_by_one, more), repeated + more
    last = moment + lives.rounds * LEASE
    _send(last)
    return lives, sink.taken(FOLDER / "taken") - before


def _send(moment: datetime) -> None:
    send(lambda: moment)


def _judge(asked: Namespace, quiet: Counter[str], lives: Lives, mails: Counter[str]) -> int:
    repeated = sum(mails.values()) - len(mails)
    figures = {
        "mails without a kill": sum(quiet.values()),
        "repeated without a kill": sum(quiet.values()) - len(quiet),
        "kills": lives.kills,
        "mails lost": len(set(quiet) - set(mails)),
        "mails of another name": len(set(mails) - set(quiet)),
        "mails repeated, under the same Message-ID": repeated,
        "most that one kill repeated": lives.most_by_one,
    }
    world.print_table(f"{asked.recipients} recipients, {asked.on}, seed {asked.seed}", figures)
    lost_none = set(mails) == set(quiet) and len(quiet) == asked.recipients
    fine = lost_none and sum(quiet.values()) == asked.recipients and lives.kills > 0
    fine = fine and lives.most_by_one <= 1 and repeated <= lives.kills
    print("  passed" if fine else "  FAILED")
    return 0 if fine else 1


def _queue_again() -> datetime:
    moment = midnight_of(world.FIRST)
    begun = {"due_at": moment, "settled_at": None, "said": ""}
    _told().update(status="queued", attempts=0, leased_until=None, **begun)
    return moment


def _told() -> NoticeQuerySet:
    issue = issues.latest_issued()
    if issue is None:
        raise LookupError("nothing has been issued")
    return Notice.objects.unscoped("the drill begins again").filter(cause=issue.subject)


def _waiting() -> bool:
    return _told().filter(status__in=["queued", "deferred"]).exists()


if __name__ == "__main__":
    sys.exit(main())
