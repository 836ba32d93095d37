"""Once a year, the clock tells each body that gave something where its page of last year stands.

Source: `docs/rules/contribution.md`. Whoever gave nothing is not written to.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from clearinghouse.circulars.queries.issues import settings
from clearinghouse.crossings.invite import told
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.mandate import queries as mandate
from clearinghouse.notices import actions as notices
from clearinghouse.notices import queries as outbox
from clearinghouse.notices.rules import Kind
from clearinghouse.submissions.queries import yearly

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clearinghouse.mandate.models import Body


@transaction.atomic
def tell(now: datetime) -> int:
    """In the month of the pack, of the year before; each body once. How many bodies were told.

    A body with nobody in a seat is told when it has somebody, as long as the month lasts.
    """
    today = day_in_new_york(now)
    if today.month != settings().became_month:
        return 0
    year = today.year - 1
    waiting = _waiting(year)
    some = [(body, list(told(body, now).values())) for body in waiting]
    for body, seats in some:
        notices.tell(Kind.CONTRIBUTION_BECAME, f"{body.subject}{_end(year)}", seats, now=now)
    return sum(bool(seats) for _body, seats in some)


def year_of(cause: str) -> int:
    """From the cause of a notice: the year whose page is told of."""
    return int(cause.rpartition("@")[2])


def _waiting(year: int) -> "Iterable[Body]":
    """Whoever gave something in that year, and has not been told."""
    if not (givers := yearly.givers(year)):
        return []
    done = outbox.begun(Kind.CONTRIBUTION_BECAME, _end(year))
    return [each for each in mandate.bodies(givers).values() if each.subject not in done]


def _end(year: int) -> str:
    return f"@{year}"
