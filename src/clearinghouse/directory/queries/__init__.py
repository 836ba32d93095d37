"""Everything that reads entries: by kind, body, paragraph, subject, region. Told who asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, Window
from django.db.models.functions import RowNumber

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Unseen
from clearinghouse.directory import policy
from clearinghouse.directory.models import Bearing, Entry, EntryQuerySet
from clearinghouse.directory.queries import freshness
from clearinghouse.directory.rules import WORKFLOW, Freshness, Status, Step, Vocabulary, meets
from clearinghouse.mandate.models import Body
from clearinghouse.search.rules import fold


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What a reader asks of the entries of some kinds."""

    text: str = ""
    obligation: str = ""
    area: str = ""
    region: str = ""
    state: str = ""
    body: str = ""


def entries(actor: Actor, kinds: Iterable[str], asked: Filter | None = None) -> EntryQuerySet:
    """In the order of their titles; withdrawn ones keep only their own page."""
    asked = asked or Filter()
    found = Entry.objects.visible_to(actor).exclude(status=Status.WITHDRAWN)
    found = found.filter(kind__in=list(kinds))
    for word in fold(asked.text).split():
        found = found.filter(sort__contains=word)
    if asked.body:
        found = found.filter(body__code=asked.body)
    for vocabulary in Vocabulary:
        if word := getattr(asked, vocabulary.value):
            found = found.filter(_bears_on(vocabulary, word))
    return found.select_related("body")


def first_of_each(
    actor: Actor, kinds: Iterable[str], asked: Filter, most: int
) -> dict[str, list[Entry]]:
    """Of each kind so many, in the order of their titles: one query for several lists."""
    place = Window(RowNumber(), partition_by=F("kind"), order_by=("sort", "id"))
    found = entries(actor, kinds, asked).annotate(place=place).filter(place__lte=most)
    of: dict[str, list[Entry]] = {}
    for each in found:
        of.setdefault(each.kind, []).append(each)
    return of


def entry_for(actor: Actor, code: str) -> Entry:
    """Raises Unseen. A withdrawn one is found: its tombstone says when and why."""
    found = Entry.objects.visible_to(actor).select_related("body", "concerns")
    if (entry := found.filter(code=code).first()) is None:
        raise Unseen("no such entry")
    return entry


def content_for(actor: Actor, entry: Entry) -> dict[str, Any]:
    """What this reader sees of it."""
    inner = entry.inner if policy.sees_persons(actor, entry) else {}
    return {**entry.content, **inner}


def owned(body: Body, kind: str) -> list[Entry]:
    """All that a body has standing of a kind, for its own files and for what changes in one."""
    found = Entry.objects.unscoped("a body's files hold its own entries")
    shown = found.filter(body=body, kind=kind).exclude(status=Status.WITHDRAWN)
    return list(shown.order_by("sort", "id"))


def under(body: Body, kind: str, reference: str) -> str:
    """The code of what a body has standing under a reference of its own; "" for nothing."""
    found = Entry.objects.unscoped("a body's own references name one entry each")
    held = found.filter(body=body, kind=kind, reference=reference)
    return held.exclude(status=Status.WITHDRAWN).values_list("code", flat=True).first() or ""


def at_the_same_time(actor: Actor, visit: Entry) -> list[Entry]:
    """Other reviews of the same State, in view of this reader, whose period meets this one's."""
    found = entries(actor, [visit.kind]).filter(concerns=visit.concerns_id).exclude(pk=visit.pk)
    return [each for each in found if meets(visit.content, each.content)]


def steps_open_to(actor: Actor, entry: Entry) -> set[Step]:
    return WORKFLOW.open_steps(Status(entry.status), policy.relations(actor, entry))


def contributors(actor: Actor, kinds: Iterable[str]) -> list[tuple[str, dict[str, str]]]:
    """Code and names of the bodies with entries in view: what a reader may narrow them by."""
    shown = Entry.objects.visible_to(actor)
    theirs = Q(kind__in=list(kinds), body=OuterRef("pk")) & ~Q(status=Status.WITHDRAWN)
    found = Body.objects.filter(Exists(shown.filter(theirs).order_by()))
    return list(found.values_list("code", "names"))


def unconfirmed_since(day: date) -> EntryQuerySet:
    """Listed entries last confirmed on or before that day: what the clock has to mark stale."""
    found = Entry.objects.unscoped("the clock asks what is due")
    return found.filter(status=Status.LISTED, last_confirmed__lte=day)


def by_id(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, Entry]:
    return Entry.objects.visible_to(actor).in_bulk(list(ids))


def owned_by(actor: Actor, bodies: Iterable[UUID]) -> EntryQuerySet:
    """What these bodies have in view, what was confirmed longest ago first."""
    return freshness.owned(Entry.objects.visible_to(actor), "body", bodies)


def fresh(actor: Actor, day: date) -> list[Freshness]:
    """How much of each body is in view, and not confirmed since that day."""
    return freshness.by_body(Entry.objects.visible_to(actor), "body", day)


def bodies_to_ask(after: date, day: date) -> set[UUID]:
    """Whose listed ones were last confirmed by that day, and go stale next."""
    found = Entry.objects.unscoped("the clock asks whom to write to")
    return freshness.to_ask(found, "body", after, day)


def _bears_on(vocabulary: Vocabulary, word: str) -> Q:
    held = Bearing.objects.unscoped("compared inside the database")
    return Q(Exists(held.filter(entry=OuterRef("pk"), vocabulary=vocabulary, word=word)))


def listed_since(bodies: Iterable[UUID], day: date) -> list[tuple[UUID, str, date]]:
    """Body, kind and day of all that was listed since that day and stands: never what it says."""
    every = Entry.objects.unscoped("whether something was listed, not what it is")
    found = every.filter(body__in=list(bodies), listed_on__gte=day)
    found = found.exclude(status=Status.WITHDRAWN)
    return list(found.order_by().values_list("body", "kind", "listed_on"))
