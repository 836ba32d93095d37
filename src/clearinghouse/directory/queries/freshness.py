"""How fresh things in view are: asked in the same way of every table that keeps such things."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, F, Min, Q, QuerySet

from clearinghouse.directory.rules import Freshness, Status

Some = TypeVar("Some", bound=QuerySet[Any])


def owned(shown: Some, body: str, bodies: Iterable[UUID]) -> Some:
    """What these bodies have in view, what was confirmed longest ago first."""
    found = shown.exclude(status=Status.WITHDRAWN).filter(**{f"{body}__in": list(bodies)})
    return found.select_related(body).order_by(
        F("last_confirmed").asc(nulls_first=True), "sort", "id"
    )


def due(shown: Some, day: date) -> Some:
    """Of these, what is stale or was last confirmed on or before that day."""
    return shown.filter(Q(status=Status.STALE) | _late(day))


def by_body(shown: QuerySet[Any], body: str, day: date) -> list[Freshness]:
    """Of each body in view; due is what was last confirmed on or before that day."""
    stale, unsaid = Q(status=Status.STALE), Q(last_confirmed__isnull=True)
    in_view = shown.exclude(status=Status.WITHDRAWN).order_by()
    counted = in_view.values(body).annotate(
        shown=Count("pk"),
        stale=Count("pk", filter=stale),
        due=Count("pk", filter=stale | _late(day)),
        unsaid=Count("pk", filter=unsaid),
        oldest=Min("last_confirmed"),
    )
    return [
        Freshness(
            body=row[body],
            shown=row["shown"],
            due=row["due"],
            stale=row["stale"],
            oldest=None if row["unsaid"] else row["oldest"],
        )
        for row in counted
    ]


def to_ask(found: QuerySet[Any], body: str, after: date, day: date) -> set[UUID]:
    """The bodies whose listed ones were last confirmed by that day, and go stale next."""
    late = found.filter(status=Status.LISTED, last_confirmed__gt=after, last_confirmed__lte=day)
    return set(late.order_by().values_list(body, flat=True))


def _late(day: date) -> Q:
    return Q(last_confirmed__isnull=True) | Q(last_confirmed__lte=day)
