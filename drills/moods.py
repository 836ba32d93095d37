"""A mail server in every bad mood, recipients with hostile names: what arrives, and how often.

Run as `python -m drills.moods`; README.md says what the figures mean.
"""

import sys
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import cycle

from clearinghouse.circulars.queries import issues
from clearinghouse.crossings import issue_matrix
from clearinghouse.crossings.tick import send
from clearinghouse.kernel.calendar import midnight_of
from clearinghouse.notices import couriers
from clearinghouse.notices.models import Notice
from clearinghouse.people.models import Person
from drills import FOLDER, both, post_office, world
from drills.post_office import Mood, PostOffice

MINUTE, BAD, AFTER = timedelta(minutes=1), 30, 15  # minutes of the mood, and after the return
PATIENCE = 0.3  # seconds for an answer, instead of 20: the drill's clock is its own
HOSTILE = (
    "Ann\r\nBcc: spy@example.net", "Ann\nX-Evil: 1", "Ann\u2028Bcc: spy@example.net",
    "=?utf-8?q?=0D=0ABcc:_spy=40example=2Enet?=", "=?utf-8?b?DQpCY2M6IHNweUBleGFtcGxlLm5ldA==?=",
    "Ann <spy@example.net>, Bob", 'A "quoted" \\ name', "Ann, Bob; Cleo:", "\u202eevil", "名" * 60,
    "\x85Cc: x", "<", "@", "\x0b\x0c", "$(touch /tmp/blns.fail)", "' OR 1=1 --", "",
)  # fmt: skip
HEADERS = {
    "message-id", "date", "from", "to", "subject", "auto-submitted", "content-type",
    "content-transfer-encoding", "mime-version", "content-language",
}  # fmt: skip
MOODS = (
    Mood.WELL, Mood.NO_SERVICE, Mood.DEFERRING, Mood.SILENT, Mood.DEAD_AFTER_DATA,
    Mood.DEAD_ON_THE_DOT, Mood.SHUT, Mood.REFUSING,
)  # fmt: skip


@dataclass
class Came:
    """What came of one circulation that met a mood."""

    during: int = 0
    sent: int = 0
    parked: int = 0
    minutes: int = 0
    repeated: int = 0
    renamed: int = 0
    misled: int = 0


def main() -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two moods, SQLite only")
    both.add_argument(parser)
    asked = parser.parse_args()
    if asked.quick:
        asked.on = "sqlite"
    return drill(asked) if asked.on else both.run("drills.moods", sys.argv[1:])


def drill(asked: Namespace) -> int:
    couriers.TIMEOUT = PATIENCE  # type: ignore[assignment]  # seconds may be a part of one
    with post_office.opened(FOLDER / "post-office") as office:
        world.found()
        _rename()
        world.post_to(office.address)
        issue_matrix.run(world.opens(world.FIRST))
        world.clear(world.FIRST)
        issue_matrix.run(midnight_of(world.FIRST))
        print(f"\n{world.RECIPIENTS} recipients with hostile names; {asked.on}")
        moods = MOODS[1:6:4] if asked.quick else MOODS
        fine = min(list(map(partial(_meet, office), moods)))
    print("  passed" if fine else "  FAILED")
    return 0 if fine else 1


def _rename() -> None:
    """Past every check, as if the tables had been written to by somebody else."""
    persons = Person.objects.unscoped("the drill gives them hostile names")
    for person, name in zip(persons, cycle(HOSTILE), strict=False):
        person.name = name
        Person.save_base(person, raw=True, force_update=True)


def _meet(office: PostOffice, mood: Mood) -> bool:
    """The outbox is full; for half an hour the server is in that mood; then it is well again."""
    moment, before, began = _queue_again(), len(office.taken()), time.monotonic()
    office.become(mood)
    came = Came()
    for minute in range(BAD):
        _send(moment + minute * MINUTE)
    came.during = len(office.taken()) - before
    office.become(Mood.WELL)
    while _waiting() and came.minutes <= 2 * AFTER:
        _send(moment + (BAD + came.minutes) * MINUTE)
        came.minutes += 1
    _count(came, office.taken()[before:])
    figures = {
        "mails taken during the mood": came.during,
        "mails sent": came.sent,
        "mails parked and shown": came.parked,
        "minutes after its return until the last had left": max(0, came.minutes - 1),
        "mails repeated, under the same Message-ID": came.repeated,
        "mails of another name": came.renamed,
        "mails with a header, a copy or an address too many": came.misled,
        "seconds": round(time.monotonic() - began),
    }
    world.print_table(f"the mail server {mood}", figures)
    return _right(mood, came)


def _right(mood: Mood, came: Came) -> bool:
    """A refusal of a recipient is for good; whatever else befalls, each mail arrives."""
    settled = (came.parked, came.sent) if mood == Mood.REFUSING else (came.sent, came.parked)
    once = came.repeated == 0 or mood == Mood.DEAD_ON_THE_DOT
    clean = (came.renamed, came.misled) == (0, 0)
    return settled == (world.RECIPIENTS, 0) and once and clean and came.minutes <= AFTER


def _count(came: Came, taken: list[dict[str, list[str]]]) -> None:
    states = Counter(n.status for n in _told())
    came.sent, came.parked = states["sent"], states["failed"]
    ids = Counter(each["id"][0] for each in taken)
    came.repeated = sum(ids.values()) - len(ids)
    came.renamed = max(0, len(ids) - world.RECIPIENTS)
    came.misled = sum(not _as_it_should_be(each) for each in taken)


def _as_it_should_be(mail: dict[str, list[str]]) -> bool:
    headers = mail["headers"]
    one_of_each = len(headers) == len(set(headers)) and set(headers) <= HEADERS
    return one_of_each and len(mail["to"]) == 1 and mail["for"] == mail["to"]


def _send(moment: datetime) -> None:
    send(lambda: moment)


def _told() -> list[Notice]:
    issue = issues.latest_issued()
    if issue is None:
        raise LookupError("nothing has been issued")
    return list(Notice.objects.unscoped("the drill counts").filter(cause=issue.subject))


def _waiting() -> bool:
    return any(n.status in {"queued", "deferred"} for n in _told())


def _queue_again() -> datetime:
    """Everything told of the issue waits as at the beginning; nothing else waits."""
    every = Notice.objects.unscoped("the drill begins again")
    every.update(status="sent")
    moment = midnight_of(world.FIRST)
    begun = {"due_at": moment, "settled_at": None, "said": ""}
    mine = every.filter(pk__in=[n.pk for n in _told()])
    mine.update(status="queued", attempts=0, leased_until=None, **begun)
    return moment


if __name__ == "__main__":
    sys.exit(main())
