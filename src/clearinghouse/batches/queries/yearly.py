"""The files of a body that came back to it within a year, for its own yearly page."""

from datetime import date

from clearinghouse.access.actor import Actor
from clearinghouse.batches.models import BatchQuerySet
from clearinghouse.batches.queries import batches_for
from clearinghouse.batches.rules.workflow import State
from clearinghouse.kernel.calendar import midnight_of
from clearinghouse.mandate.models import Body


def returned(actor: Actor, body: Body, year: int) -> BatchQuerySet:
    """By New York's calendar, the first first."""
    since, until = midnight_of(date(year, 1, 1)), midnight_of(date(year + 1, 1, 1))
    found = batches_for(actor).filter(body=body, state=State.RETURNED)
    return found.filter(settled_at__gte=since, settled_at__lt=until).order_by("settled_at", "id")
