"""What the clock does when it is asked what is due. Every job may be asked again at once."""

import logging
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache

from clearinghouse.access.actor import CLOCK
from clearinghouse.batches import actions as batches
from clearinghouse.batches.actions import errands
from clearinghouse.circulars.queries.issues import settings
from clearinghouse.crossings import became_yearly, deliver, freshness, issue_matrix, reaching_out
from clearinghouse.directory import actions as directory
from clearinghouse.directory import queries as entries
from clearinghouse.files import actions as files
from clearinghouse.kernel.calendar import add_months, day_in_new_york
from clearinghouse.ledger import chain
from clearinghouse.notices.rules import Status
from clearinghouse.standards import actions as standards
from clearinghouse.standards import queries as register

log = logging.getLogger(__name__)


@dataclass
class Told:
    """What was done, in figures for whoever runs the installation."""

    matrix: issue_matrix.Done
    stale: int
    swept: int
    files: int  # large ones that were read, applied or undone
    mails: dict[Status, int]

    @property
    def anything(self) -> bool:
        return (
            self.matrix.anything
            or self.stale + self.swept + self.files > 0
            or any(self.mails.values())
        )


def tick(clock: Callable[[], datetime]) -> Told:
    """Everything due now: the matrix, stale entries, reminders, mails, and one long errand.

    That comes last, and one at a time, so that mails wait for no more than one of them.
    """
    matrix = issue_matrix.run(clock())
    stale, swept = mark_stale(clock()), sweep_files(clock())
    freshness.ask(clock())
    reaching_out.remind(clock())
    became_yearly.tell(clock())
    mails = send(clock)
    return Told(matrix, stale, swept, int(errands.do_next(clock)), mails)


def sweep_files(now: datetime) -> int:
    """Once a day, and at this process's first tick: stored bytes that belong to nothing go."""
    if not cache.add(f"files-swept-{now:%Y-%m-%d}", 1, 24 * 60 * 60):
        return 0
    batches.sweep(now)
    swept = files.sweep(now)
    for subject in swept.missing:
        log.error("%s is recorded, and its bytes are not in the store", subject)
    return swept.removed


def mark_stale(now: datetime) -> int:
    """Listed entries not confirmed for the pack's period are shown as stale, never hidden."""
    before = add_months(day_in_new_york(now), -settings().stale_after_months)
    if not any(
        found.exists()
        for found in (register.unconfirmed_since(before), entries.unconfirmed_since(before))
    ):
        return 0
    with chain.pen():  # of two clocks that look at once, one acts and the other finds it done
        due = list(register.unconfirmed_since(before))
        for standard in due:
            standards.go_stale(standard, by=CLOCK, now=now)
        others = list(entries.unconfirmed_since(before))
        for entry in others:
            directory.go_stale(entry, by=CLOCK, now=now)
    return len(due) + len(others)


def send(clock: Callable[[], datetime]) -> dict[Status, int]:
    """Everything that waits in the outbox and is due; the clock is read again for each mail."""
    counted = dict.fromkeys((Status.SENT, Status.DEFERRED, Status.FAILED, Status.DROPPED), 0)
    with closing(deliver.courier()) as by:
        while (status := deliver.deliver_next(clock(), by)) is not None:
            counted[status] += 1
    return counted
