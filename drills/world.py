"""The installation the drills are held on: the demonstration, made anew, twenty recipients."""

import multiprocessing
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.db import connections

from clearinghouse.access.actor import Actor
from clearinghouse.circulars import actions, rules
from clearinghouse.circulars.queries import issues
from clearinghouse.cli.demo import PACKS
from clearinghouse.cli.init import make_database
from clearinghouse.crossings import demonstration
from clearinghouse.crossings.demonstration import address
from clearinghouse.kernel.calendar import midnight_of
from clearinghouse.mandate.formats import pack
from clearinghouse.notices.models import Notice
from clearinghouse.notices.rules import Kind, Status
from clearinghouse.people.queries import account_of, actor_for, person_by_email
from clearinghouse.project import env

RECIPIENTS = 20
FOUNDED = datetime(2026, 10, 12, 15, 0, tzinfo=UTC)
FIRST = date(2026, 11, 1)  # the first month whose issue is the drill's own
SHEET = "{:<52}{:>16}"


def found() -> None:
    """Make the demonstration as on 12 October 2026: its last issue is that of October.

    In a process of its own: whoever has set a PDF has threads, and a drill forks, which they would
    not survive.
    """
    connections.close_all()
    making = multiprocessing.get_context("fork").Process(target=_make)
    making.start()
    making.join()
    if making.exitcode:
        raise RuntimeError("the demonstration could not be made")


def _make() -> None:
    make_database()
    files = pack.read(PACKS / "un1373")
    story = demonstration.Story(
        mandate=files,
        invented=pack.read(PACKS / "demonstration", base=files),
        needs=demonstration.read_needs(PACKS / "story" / "needs.json"),
        figures=(PACKS / "story" / demonstration.FIGURES).read_bytes(),
    )
    demonstration.make(story, FOUNDED)
    _keep_twenty()


def actor(slug: str, now: datetime) -> Actor:

    return actor_for(account_of(address(slug)), now)


def opens(month: date) -> datetime:
    """00:00 New York of the day on which the draft of that month opens."""
    periods = issues.settings()
    day = rules.opens_on(month, periods.draft_opens_working_days, issues.holidays())
    return midnight_of(day)


def clear(month: date) -> None:
    """The Expert's clearance of that month's draft; the Chair's is standing."""
    now = opens(month) + timedelta(hours=30)
    person, issue = person_by_email(address("expert")), issues.issue_of(month)
    if person is None or issue is None:
        raise LookupError(f"no draft of {month:%Y-%m}, or no Expert to clear it")
    by = actor("expert", now)
    actions.clear(rules.Office.EXPERT, issue, given_by=person, by=by, now=now)


def _keep_twenty() -> None:

    by = actor("secretariat", FOUNDED)
    listed = list(issues.recipients_for(by))
    for each in listed[RECIPIENTS:]:
        actions.strike(each, by=by, now=FOUNDED)
    if len(listed) < RECIPIENTS:
        raise LookupError(f"the demonstration has {len(listed)} recipients, not {RECIPIENTS}")


def post_to(mail_url: str) -> None:
    """The mail server at that address; without one, the outbox folder."""
    settings.MAIL_SERVER = env.mail(mail_url) if mail_url else None


def mails() -> tuple[int, int]:
    """Those of the matrix that have left since the installation was made; those of all else.

    A clock that is asked what is due also reminds bodies.
    """
    left = Notice.objects.unscoped("a drill counts").filter(
        status=Status.SENT, settled_at__gt=FOUNDED
    )
    matrix = left.filter(kind=Kind.MATRIX_ISSUED).count()
    return matrix, left.count() - matrix


def print_table(title: str, figures: Mapping[str, object]) -> None:
    print(f"\n{title}")
    for said, figure in figures.items():
        print("  " + SHEET.format(said, str(figure)))
    sys.stdout.flush()
