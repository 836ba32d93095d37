"""Reviews of States as a calendar wants them: those to come, and which of them meet."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import combinations
from uuid import UUID

from clearinghouse.access.actor import Actor
from clearinghouse.directory.models import Entry
from clearinghouse.directory.queries import entries
from clearinghouse.directory.rules import meets, period

MOST = 1000  # in one calendar, those that begin first


def to_come(actor: Actor, kind: str, since: date) -> list[Entry]:
    """Those in view of this reader that have not ended before that day, the first first."""
    found = entries(actor, [kind]).select_related("body", "concerns")
    live = [each for each in found if period(each.content)[1] >= since]
    return sorted(live, key=lambda each: (period(each.content), each.code))[:MOST]


def meeting(some: Iterable[Entry]) -> dict[UUID, list[Entry]]:
    """Of these, to each the others of the same State whose period meets its own."""
    by_state: dict[UUID | None, list[Entry]] = defaultdict(list)
    for each in some:
        by_state[each.concerns_id].append(each)
    found: dict[UUID, list[Entry]] = defaultdict(list)
    for theirs in by_state.values():
        for one, other in combinations(theirs, 2):
            if meets(one.content, other.content):
                found[one.pk].append(other)
                found[other.pk].append(one)
    return dict(found)
