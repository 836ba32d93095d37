"""The installation the drills are held on: the demonstration, made anew, with twenty recipients."""

import os
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import django

RECIPIENTS = 20
FOUNDED = datetime(2026, 10, 12, 15, 0, tzinfo=UTC)
FIRST = date(2026, 11, 1)  # the first month whose issue is the drill's own
SHEET = "{:<52}{:>16}"


def prepare(folder: Path, mail_url: str = "") -> None:
    """Point the settings to the folder; the database is that of the environment, else SQLite."""
    given = {
        "CLEARINGHOUSE_DATA_DIR": str(folder),
        "CLEARINGHOUSE_DEMO": "true",
        "CLEARINGHOUSE_SECRET_KEY": "for drills only",
        "DJANGO_SETTINGS_MODULE": "clearinghouse.project.settings",
    }
    os.environ.update(given | ({"CLEARINGHOUSE_MAIL_URL": mail_url} if mail_url else {}))
    django.setup()


def found() -> None:
    """Make the demonstration as on 12 October 2026: its last issue is that of October."""
    from clearinghouse.cli.demo import PACKS  # noqa: PLC0415  # Django is late here
    from clearinghouse.cli.init import make_database  # noqa: PLC0415  # the same
    from clearinghouse.crossings import demonstration  # noqa: PLC0415  # the same
    from clearinghouse.mandate.formats import pack  # noqa: PLC0415  # the same

    make_database()
    files = pack.read(PACKS / "un1373")
    story = demonstration.Story(
        mandate=files,
        invented=pack.read(PACKS / "demonstration", base=files),
        needs=demonstration.read_needs(PACKS / "story" / "needs.json"),
    )
    demonstration.make(story, FOUNDED)
    _keep_twenty()


def actor(slug: str, now: datetime) -> "Actor":
    from clearinghouse.crossings.demonstration import address  # noqa: PLC0415  # Django is late
    from clearinghouse.people.queries import account_of, actor_for  # noqa: PLC0415  # the same

    return actor_for(account_of(address(slug)), now)


def opens(month: date) -> datetime:
    """00:00 New York of the day on which the draft of that month opens."""
    from clearinghouse.circulars import rules  # noqa: PLC0415  # Django is late here
    from clearinghouse.circulars.queries import issues  # noqa: PLC0415  # the same
    from clearinghouse.kernel.calendar import midnight_of  # noqa: PLC0415  # the same

    periods = issues.settings()
    day = rules.opens_on(month, periods.draft_opens_working_days, issues.holidays())
    return midnight_of(day)


def clear(month: date) -> None:
    """The Expert's clearance of that month's draft; the Chair's is standing."""
    from clearinghouse.circulars import actions, rules  # noqa: PLC0415  # Django is late here
    from clearinghouse.circulars.queries import issues  # noqa: PLC0415  # the same
    from clearinghouse.crossings.demonstration import address  # noqa: PLC0415  # the same
    from clearinghouse.people.queries import person_by_email  # noqa: PLC0415  # the same

    now = opens(month) + timedelta(hours=30)
    person, issue = person_by_email(address("expert")), issues.issue_of(month)
    if person is None or issue is None:
        raise LookupError(f"no draft of {month:%Y-%m}, or no Expert to clear it")
    by = actor("expert", now)
    actions.clear(rules.Office.EXPERT, issue, given_by=person, by=by, now=now)


def _keep_twenty() -> None:
    from clearinghouse.circulars import actions  # noqa: PLC0415  # Django is late here
    from clearinghouse.circulars.queries import issues  # noqa: PLC0415  # the same

    by = actor("secretariat", FOUNDED)
    listed = list(issues.recipients_for(by))
    for each in listed[RECIPIENTS:]:
        actions.strike(each, by=by, now=FOUNDED)
    if len(listed) < RECIPIENTS:
        raise LookupError(f"the demonstration has {len(listed)} recipients, not {RECIPIENTS}")


def print_table(title: str, rows: list[tuple[str, object]]) -> None:
    print(f"\n{title}")
    for said, figure in rows:
        print("  " + SHEET.format(said, str(figure)))
    sys.stdout.flush()
