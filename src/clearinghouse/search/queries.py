"""Finds, for one reader. Order and number come only from what that reader may see."""

from clearinghouse.access.actor import Actor
from clearinghouse.search.models import Indexed, IndexedQuerySet
from clearinghouse.search.rules import Kind, words


def find(actor: Actor, query: str, kind: Kind | None = None) -> IndexedQuerySet:
    """Things whose text contains every word of the query, in the order of their titles.

    An empty query finds nothing. No statistic over other rows takes part: order is by title.
    """
    asked = words(query)
    found = Indexed.objects.visible_to(actor)
    if not asked:
        return found.none()
    for word in asked:
        found = found.filter(words__contains=word)
    if kind:
        found = found.filter(kind=kind)
    return found.order_by("sort", "id")
