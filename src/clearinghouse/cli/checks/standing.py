"""What `doctor` looks at in how things stand: mails, the matrix, backups."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from clearinghouse.backups import last
from clearinghouse.backups.manifest import INSTALLATION, KEYS, KEYS_KEPT
from clearinghouse.circulars.queries import issues
from clearinghouse.cli import folder
from clearinghouse.cli.checks.said import Note
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.notices import queries as notices

PATIENCE = timedelta(minutes=20)
OLD = 48  # hours: a backup is taken every day, and one may fail


def outbox() -> str:
    now = timezone.now()
    waiting = None if notices.fence() else notices.oldest_waiting(now - PATIENCE)
    failed = notices.tally()["failed"]
    if waiting:
        return f"a notice waits since {waiting.due_at:%Y-%m-%d %H:%M} UTC: is the clock running?"
    return f"{failed} parked: see `clearinghouse outbox list`" if failed else ""


def fence() -> str:
    standing = notices.fence()
    if standing is None:
        return ""
    said = f"stands since {standing.raised_at:%Y-%m-%d %H:%M} UTC: nothing is sent"
    return f"{said} before `clearinghouse outbox release`"


def matrix() -> str:
    waiting = [i.number for i in issues.unfinished(day_in_new_york(timezone.now()))]
    return f"not issued: {', '.join(waiting)}" if waiting else ""


def backup() -> str:
    hours = last.age_of(folder.data_dir(), INSTALLATION, timezone.now())
    if settings.ENV.demo:
        return ""
    if hours is None:
        return Note("none was taken with `clearinghouse backup`")
    return f"the last is {hours / 24:.0f} days old" if hours > OLD else ""


def keys_backup() -> str:
    """A key that is destroyed is not to live on in a backup."""
    taken = last.recall(folder.data_dir()).get(KEYS)
    if not taken or not Path(taken["file"]).exists():
        return ""
    age = timezone.now() - datetime.fromisoformat(taken["taken_at"])
    past = age > KEYS_KEPT
    return f"{taken['file']} is older than {KEYS_KEPT.days} days: destroy it" if past else ""
