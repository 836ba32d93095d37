"""What `doctor` looks at in the database and the store, without reading what it says."""

import hashlib
import random

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from clearinghouse.access.errors import Unavailable
from clearinghouse.cli.checks.said import Note
from clearinghouse.files import queries as stored
from clearinghouse.files import store
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.ledger import triggers
from clearinghouse.mandate import queries as mandate
from clearinghouse.meetings import queries as meetings
from clearinghouse.watch import health

SAMPLE = 40  # stored files held against their hash


def tables() -> str:
    """Whether every migration of this version has been applied."""
    try:
        call_command("migrate", check_unapplied=True, verbosity=0)
    except SystemExit:
        return "the database is not at this version: run `clearinghouse init`"
    except CommandError as why:
        return str(why)
    return ""


def integrity() -> str:
    return health.unsound()


def durability() -> str:
    """An acknowledged write survives a crash only where the database waits for its log."""
    off = health.hurries()
    said = f"PostgreSQL has switched off: {off}: acknowledged writes may be lost in a crash"
    return said if off else ""


def triggers_() -> str:
    missing = triggers.missing()
    return f"missing: {', '.join(missing)}; `clearinghouse init` puts them back" if missing else ""


def pack() -> str:
    loaded = bool(mandate.committee().facts)
    return "" if loaded else "no mandate pack is loaded: run `clearinghouse pack load`"


def holidays() -> str:
    """Without holidays a period of working days ends too early, and nothing says so."""
    today, station = day_in_new_york(timezone.now()), mandate.duty_station()
    missing = ", ".join(map(str, meetings.years_without_holidays(today, station)))
    said = f"none recorded at {station} for {missing}: the secretariat enters them"
    return said if missing else ""


def demonstration() -> str:
    if mandate.is_demonstration() != settings.ENV.demo:
        return "CLEARINGHOUSE_DEMO and the database disagree on being a demonstration"
    return ""


def files() -> str:
    """Some of the stored files by their hash; and bytes that belong to nothing."""
    names = stored.stored_names()
    some = random.sample(sorted(names), min(SAMPLE, len(names)))
    wrong = [name for name in some if _hash(name) != names[name]]
    if wrong:
        return f"{len(wrong)} of {len(some)} looked at are missing or changed: {wrong[0]}"
    orphans = sum(name not in names for name, _ in store.names())
    return Note(f"{orphans} belong to nothing: the clock sweeps them" if orphans else "")


def _hash(name: str) -> str:
    try:
        return hashlib.sha256(store.get(name)).hexdigest()
    except (OSError, Unavailable):
        return ""
