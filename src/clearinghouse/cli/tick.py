"""`tick`: do what is due, once, or every so many seconds until stopped."""

import sys
import time
from argparse import ArgumentParser, Namespace
from datetime import datetime

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from clearinghouse.access.errors import Stale
from clearinghouse.cli.answer import Answer, Verb, progress
from clearinghouse.crossings.tick import Told, tick
from clearinghouse.kernel.workflow import OutOfOrder
from clearinghouse.mandate.queries import is_demonstration
from clearinghouse.watch.figures import figures


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--now", help="pretend it is this moment (demonstration and drills only)")
    parser.add_argument("--every", type=seconds, metavar="SECONDS", help="go on until stopped")


def _run(options: Namespace) -> Answer:
    if options.every:
        return _for_ever(options.every)
    moment = moment_of(options.now) if options.now else None
    told = tick(lambda: moment or timezone.now())
    return Answer(_lines(told), _data(told))


def moment_of(text: str) -> datetime:
    """A moment with its zone, in a demonstration's database; elsewhere the clock is the clock."""
    if not is_demonstration():
        raise ImproperlyConfigured("--now works on a demonstration database only")
    try:
        moment = parse_datetime(text)
    except ValueError:  # well written, and no such day
        moment = None
    if moment is None or timezone.is_naive(moment):
        raise ImproperlyConfigured(f"--now {text}: write it as 2026-12-01T05:00:00+00:00")
    return moment


def seconds(text: str) -> int:
    """For argparse, which makes a usage fault of a ValueError."""
    if (number := int(text)) < 1:
        raise ValueError(text)
    return number


def _for_ever(pause: int) -> Answer:
    """A fault in one round is said, and the next round tries again."""
    while True:
        try:
            told = tick(timezone.now)
            figures().count_round("well", ((s.value, n) for s, n in told.mails.items()))
            if told.anything:
                progress("; ".join(_lines(told)))
        except (DatabaseError, OSError, Stale, OutOfOrder) as why:
            figures().count_round("troubled")
            print(f"clearinghouse tick: {why}", file=sys.stderr, flush=True)
        close_old_connections()
        time.sleep(pause)


def _lines(told: Told) -> list[str]:
    matrix = told.matrix
    lines = [
        f"matrix {number}: {word}"
        for word in ("opened", "frozen", "issued", "waiting")
        for number in getattr(matrix, word)
    ]
    lines += [f"gone stale: {told.stale}"] if told.stale else []
    lines += [f"files swept: {told.swept}"] if told.swept else []
    lines += ["a large file of contributions was dealt with"] if told.files else []
    lines += [f"mails {status}: {count}" for status, count in told.mails.items() if count]
    return lines or ["nothing is due"]


def _data(told: Told) -> dict[str, object]:
    figures = {"stale": told.stale, "swept": told.swept, "files": told.files, "mails": told.mails}
    return {"matrix": vars(told.matrix)} | figures


VERB = Verb("Do what is due: the matrix, stale entries, mails.", _arguments, _run)
