"""`doctor`: says what is wrong with this installation, one line a check."""

import os
from argparse import Namespace
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from clearinghouse.circulars.queries import issues
from clearinghouse.cli import folder
from clearinghouse.cli.answer import REFUSED, Answer, Verb, nothing
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.ledger import queries as ledger
from clearinghouse.ledger import triggers
from clearinghouse.mandate import queries as mandate
from clearinghouse.meetings import queries as meetings
from clearinghouse.notices import queries as notices

PATIENCE = timedelta(minutes=20)


def _data_folder() -> str:
    place = folder.data_dir()
    return "" if os.access(place, os.W_OK) else f"{place} cannot be written"


def _tables() -> str:
    """Whether every migration of this version has been applied."""
    try:
        call_command("migrate", check_unapplied=True, verbosity=0)
    except SystemExit:
        return "the database is not at this version: run `clearinghouse init`"
    except CommandError as why:
        return str(why)
    return ""


def _triggers() -> str:
    missing = triggers.missing()
    return f"missing: {', '.join(missing)}; `clearinghouse init` puts them back" if missing else ""


def _pack() -> str:
    return (
        ""
        if mandate.committee().facts
        else "no mandate pack is loaded: run `clearinghouse pack load`"
    )


def _demonstration() -> str:
    if mandate.is_demonstration() != settings.ENV.demo:
        return "CLEARINGHOUSE_DEMO and the database disagree on being a demonstration"
    return ""


def _outbox() -> str:
    now = timezone.now()
    waiting = notices.oldest_waiting(now - PATIENCE)
    failed = notices.tally()["failed"]
    if waiting:
        return f"a notice waits since {waiting.due_at:%Y-%m-%d %H:%M} UTC: is the clock running?"
    return f"{failed} parked: see `clearinghouse outbox list`" if failed else ""


def _matrix() -> str:
    waiting = [i.number for i in issues.unfinished(day_in_new_york(timezone.now()))]
    return f"not issued: {', '.join(waiting)}" if waiting else ""


def _holidays() -> str:
    """Without holidays a period of working days ends too early, and nothing says so."""
    today, station = day_in_new_york(timezone.now()), mandate.duty_station()
    missing = ", ".join(map(str, meetings.years_without_holidays(today, station)))
    said = f"none recorded at {station} for {missing}: the secretariat enters them"
    return said if missing else ""


CHECKS: dict[str, Callable[[], str]] = {
    "data folder": _data_folder,
    "database": _tables,
    "triggers of the record": _triggers,
    "mandate pack": _pack,
    "demonstration": _demonstration,
    "holidays": _holidays,
    "outbox": _outbox,
    "matrix": _matrix,
}


def _run(_options: Namespace) -> Answer:
    found: dict[str, str] = {}
    for name, check in CHECKS.items():
        found[name] = check()
        if name == "database" and found[name]:
            break  # the rest asks tables that are not there
    lines = [
        f"{'fault' if said else 'ok':6} {name}{': ' if said else ''}{said}"
        for name, said in found.items()
    ]
    if not found["database"]:
        number, _ = ledger.head()
        lines.append(
            f"       the record has {number} lines; `clearinghouse ledger verify` checks them"
        )
    code = REFUSED if any(found.values()) else 0
    return Answer(lines, found, code)


VERB = Verb("Say what is wrong with this installation.", nothing, _run)
