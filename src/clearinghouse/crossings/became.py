"""What became of what a body contributed: gathered, for its own seats, from the rooms it went to.

Source: `docs/rules/contribution.md`. It informs one contributor, scores and ranks nobody, and
counts no reader. Needs are those that everybody may see in the matrix.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from clearinghouse.access.actor import PUBLIC, Actor
from clearinghouse.access.errors import Unseen
from clearinghouse.batches.models import Batch
from clearinghouse.batches.queries import yearly as batches
from clearinghouse.crossings.freshness import OWNERS, Kept
from clearinghouse.directory import queries as directory
from clearinghouse.mandate import queries as mandate
from clearinghouse.mandate.models import Body
from clearinghouse.needs import queries as needs
from clearinghouse.standards import queries as register
from clearinghouse.standards.models import Standard
from clearinghouse.submissions.models import Submission
from clearinghouse.submissions.queries import yearly
from clearinghouse.submissions.queries.yearly import Return

MOST = 300  # of one sort on one page: how many more there are is said


@dataclass(frozen=True)
class Place:
    """A word of the mandate under which something of the contributor's stands, and whose needs.

    `is_area`: a subject of the matrix, else a paragraph of the resolution.
    """

    code: str
    is_area: bool
    things: Sequence[Kept]
    states: Sequence[Body]


@dataclass(frozen=True, kw_only=True)
class Became:
    """A contributor's year. `left_out`: how much more was given, and how much more stands."""

    body: Body
    year: int
    given: Sequence[Submission]
    returned: Sequence[Return]
    files: Sequence[Batch]  # that came back as they were
    kept: Sequence[Kept]
    places: Sequence[Place]
    left_out: tuple[int, int]


def bodies(actor: Actor) -> list[Body]:
    """For whom this reader may ask: the bodies of its own seats."""
    return list(mandate.bodies(actor.bodies_as(*OWNERS)).values())


def years(actor: Actor, body: Body, now: datetime, today: date) -> list[int]:
    """From the one in which it first handed something in to this one, which comes first."""
    return list(range(today.year, yearly.first_year(actor, body, now) - 1, -1))


def gather(actor: Actor, body: Body, year: int) -> Became:
    """Raises Unseen for whoever holds no seat of that body."""
    if body.pk not in actor.bodies_as(*OWNERS):
        raise Unseen("not a body of this reader's")
    given, kept = yearly.handed_in(actor, body, year), list(_kept(actor, body))
    return Became(
        body=body,
        year=year,
        given=list(given[:MOST]),
        returned=list(yearly.returned(actor, body, year))[:MOST],
        files=list(batches.returned(actor, body, year)[:MOST]),
        kept=kept,
        places=list(_places(kept)),
        left_out=(max(given.count() - MOST, 0), max(_number(actor, body) - MOST, 0)),
    )


def _kept(actor: Actor, body: Body) -> Iterator[Kept]:
    """What stands in view today: standards, then entries; confirmed longest ago first."""
    standards = [*register.owned_by(actor, [body.pk])[:MOST]]
    entries = directory.owned_by(actor, [body.pk])[: MOST - len(standards)]
    return map(Kept, (*standards, *entries))


def _number(actor: Actor, body: Body) -> int:
    own = [body.pk]
    return register.owned_by(actor, own).count() + directory.owned_by(actor, own).count()


def _places(kept: Iterable[Kept]) -> Iterator[Place]:
    """In the order of the matrix and of the resolution; States in no order yet."""
    things: dict[tuple[str, bool], list[Kept]] = defaultdict(list)
    for each in kept:
        for word in dict.fromkeys(_words(each)):
            things[word].append(each)
    lying = _needs() if things else {}
    order = [
        *((area.code, True) for area in mandate.areas()),
        *((obligation.ref, False) for obligation in mandate.obligations()),
    ]
    for code, is_area in order:
        if here := things.get((code, is_area)):
            yield Place(code, is_area, here, lying.get((code, is_area), ()))


def _words(kept: Kept) -> Iterator[tuple[str, bool]]:
    """The subjects and paragraphs on which a thing bears."""
    if isinstance(kept.thing, Standard):
        yield from ((ref, False) for ref, _at in kept.thing.outline.get("bearings", []))
        return
    yield from ((code, True) for code in kept.thing.content.get("areas", []))
    yield from ((each["ref"], False) for each in kept.thing.content.get("obligations", []))


def _needs() -> dict[tuple[str, bool], list[Body]]:
    """Whose needs lie under each word, as far as everybody may see them."""
    found: dict[tuple[str, bool], dict[str, Body]] = defaultdict(dict)
    for row in needs.rows(needs.needs_for(PUBLIC), PUBLIC):
        state = row.need.state
        for word in ((row.need.area.code, True), *((ref, False) for ref in row.obligations)):
            found[word][state.code] = state
    return {word: list(states.values()) for word, states in found.items()}
