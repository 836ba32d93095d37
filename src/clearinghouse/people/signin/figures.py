"""Counts who came in and who tried in vain, a day at a time; names nobody."""

from datetime import date

from django.db.models import F
from django.http import HttpRequest

from clearinghouse.access.actor import Actor, Role
from clearinghouse.access.errors import Unseen
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.people.models import SignIns

ENTERED, FAILED, HELD_BACK = "entered", "failed", "held back"


def count(request: HttpRequest, outcome: str) -> None:
    """One more; the moment is that of the request."""
    now = getattr(request, "now", None)
    if now is None:
        return
    day = day_in_new_york(now)
    if not SignIns.objects.filter(day=day, outcome=outcome).update(count=F("count") + 1):
        row, made = SignIns.objects.get_or_create(day=day, outcome=outcome, defaults={"count": 1})
        if not made:
            SignIns.objects.filter(pk=row.pk).update(count=F("count") + 1)


def by_day(actor: Actor) -> dict[date, dict[str, int]]:
    """Newest first, for those who audit. Raises Unseen for others."""
    if not actor.holds(Role.AUDITOR):
        raise Unseen("figures for the auditors")
    found: dict[date, dict[str, int]] = {}
    for row in SignIns.objects.order_by("-day"):
        found.setdefault(row.day, {})[row.outcome] = row.count
    return found
