"""Everything that reads the register, on its own terms: by obligation, body, subject, day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Unseen
from clearinghouse.directory.queries import freshness
from clearinghouse.directory.rules import Freshness
from clearinghouse.mandate.models import Body, CrossWalk, Obligation
from clearinghouse.mandate.rules import Vocabulary
from clearinghouse.search.rules import fold
from clearinghouse.standards import policy
from clearinghouse.standards.models import (
    Bearing,
    Edition,
    Instrument,
    Standard,
    StandardQuerySet,
)
from clearinghouse.standards.rules import WORKFLOW, Status, Step

COLUMNS = (
    "id",
    "code",
    "organisation__code",
    "organisation__names",
    "organisation__illustrative",
    "titles",
    "summaries",
    "legal_nature",
    "url",
    "languages",
    "human_rights",
    "source",
    "verified",
    "status",
    "listed_on",
    "last_confirmed",
    "withdrawn_on",
    "withdrawn_because",
)


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What a reader asks of the register. `as_of`: what may have stood on that day."""

    text: str = ""
    obligation: str = ""
    organisation: str = ""
    area: str = ""
    legal_nature: str = ""
    as_of: date | None = None


@dataclass
class Entry:
    """A standard with what belongs on its line."""

    standard: Standard
    editions: list[Edition] = field(default_factory=list)
    bearings: list[Bearing] = field(default_factory=list)

    @property
    def edition(self) -> Edition | None:
        """The latest of those asked for."""
        return self.editions[-1] if self.editions else None


@dataclass
class Facts:
    """An entry as plain values.

    Columns by name; editions as (label, issued); bearings as (obligation, pinpoint).
    """

    columns: dict[str, Any]
    editions: list[tuple[str, str]] = field(default_factory=list)
    bearings: list[tuple[str, str]] = field(default_factory=list)


def register(actor: Actor, asked: Filter | None = None) -> StandardQuerySet:
    """The entries in the order of their titles; withdrawn ones keep only their own page."""
    asked = asked or Filter()
    found = Standard.objects.visible_to(actor).exclude(status=Status.WITHDRAWN)
    if asked.text:
        for word in fold(asked.text).split():
            found = found.filter(Q(sort__contains=word))
    if asked.obligation:
        found = found.filter(_bears_on(Q(obligation__ref=asked.obligation)))
    if asked.organisation:
        found = found.filter(organisation__code=asked.organisation)
    if asked.area:
        found = found.filter(_bears_on(Q(obligation__ref__in=obligations_of_area(asked.area))))
    if asked.legal_nature:
        found = found.filter(legal_nature=asked.legal_nature)
    if asked.as_of:
        found = found.filter(_stood_on(asked.as_of))
    return found.select_related("organisation")


def entries(standards: Iterable[Standard], as_of: date | None = None) -> list[Entry]:
    """With editions (those that may have stood on the day) and bearings: two queries for all."""
    by_id = {s.pk: Entry(s) for s in standards}
    editions = Edition.objects.filter(standard__in=by_id).order_by("stands_from", "id")
    for edition in editions:
        if as_of is None or edition.stands_from is None or edition.stands_from <= as_of:
            by_id[edition.standard_id].editions.append(edition)
    for bearing in _bearings(by_id):
        by_id[bearing.standard_id].bearings.append(bearing)
    return list(by_id.values())


def by_obligation(
    actor: Actor, asked: Filter | None = None
) -> list[tuple[Obligation, list[tuple[Entry, Bearing]]]]:
    """Every paragraph of the resolution with the standards that bear on it, and where."""
    asked = asked or Filter()
    lines: dict[UUID, list[tuple[Entry, Bearing]]] = defaultdict(list)
    for entry in entries(register(actor, asked), asked.as_of):
        for bearing in entry.bearings:
            lines[bearing.obligation_id].append((entry, bearing))
    return [(o, lines[o.pk]) for o in Obligation.objects.all()]


def instruments(as_of: date | None = None) -> list[Instrument]:
    """The universal instruments concluded by the year of that day."""
    found = Instrument.objects.all()
    return list(found.filter(year__lte=as_of.year) if as_of else found)


def facts(found: StandardQuerySet, as_of: date | None = None) -> list[Facts]:
    """The entries of `entries`, in the order found, as plain values and in one query.

    For whoever reads data by the page. The outline was written with the editions and bearings it
    tells of; the days in it are ISO text, which orders as days do.
    """
    day = as_of.isoformat() if as_of else None
    made = []
    for row in found.values(*COLUMNS, "outline"):
        outline = row.pop("outline")
        editions = [
            (label, issued)
            for label, issued, stands_from in outline.get("editions", [])
            if day is None or not stands_from or stands_from <= day
        ]
        made.append(Facts(row, editions, [(r, p) for r, p in outline.get("bearings", [])]))
    return made


def facts_for(actor: Actor, code: str) -> Facts:
    """Raises Unseen. As `standard_for`, a withdrawn one is found."""
    if not (some := facts(Standard.objects.visible_to(actor).filter(code=code))):
        raise Unseen("no such standard")
    return some[0]


def standard_for(actor: Actor, code: str) -> Entry:
    """Raises Unseen. A withdrawn one is found: its tombstone says when and why."""
    found = Standard.objects.visible_to(actor).select_related("organisation").filter(code=code)
    if not (some := entries(found)):
        raise Unseen("no such standard")
    return some[0]


def steps_open_to(actor: Actor, standard: Standard) -> set[Step]:
    return WORKFLOW.open_steps(Status(standard.status), policy.relations(actor, standard))


def owners(actor: Actor) -> list[tuple[str, dict[str, str]]]:
    """Code and names of the bodies in the register: what a reader may narrow it by."""
    theirs = Standard.objects.visible_to(actor).exclude(status=Status.WITHDRAWN)
    found = Body.objects.filter(Exists(theirs.filter(organisation=OuterRef("pk")).order_by()))
    return list(found.values_list("code", "names"))


def obligations_of_area(area: str) -> QuerySet[CrossWalk, str]:
    """The references of the paragraphs a subject belongs to, for comparing in the database."""
    walk = CrossWalk.objects.filter(
        from_vocabulary=Vocabulary.AREAS, from_code=area, to_vocabulary=Vocabulary.OBLIGATIONS
    )
    return walk.values_list("to_code", flat=True)


def unconfirmed_since(day: date) -> StandardQuerySet:
    """Listed entries last confirmed on or before that day: what the clock has to mark stale."""
    found = Standard.objects.unscoped("the clock asks what is due")
    return found.filter(status=Status.LISTED, last_confirmed__lte=day)


def owned_by(actor: Actor, bodies: Iterable[UUID]) -> StandardQuerySet:
    """What these bodies have in view, what was confirmed longest ago first."""
    return freshness.owned(Standard.objects.visible_to(actor), "organisation", bodies)


def fresh(actor: Actor, day: date) -> list[Freshness]:
    """How much of each body is in view, and not confirmed since that day."""
    return freshness.by_body(Standard.objects.visible_to(actor), "organisation", day)


def bodies_to_ask(after: date, day: date) -> set[UUID]:
    """Whose listed ones were last confirmed by that day, and go stale next."""
    found = Standard.objects.unscoped("the clock asks whom to write to")
    return freshness.to_ask(found, "organisation", after, day)


def _bearings(by_id: Iterable[UUID]) -> QuerySet[Bearing]:
    found = Bearing.objects.filter(standard__in=by_id).select_related("obligation")
    return found.order_by("obligation__order", "pinpoint")


def _bears_on(which: Q) -> Exists:
    return Exists(Bearing.objects.visible_to(Actor()).filter(which, standard=OuterRef("pk")))


def _stood_on(day: date) -> Q:
    """An entry without any recorded date stays in view: it may have stood."""
    may = Q(stands_from__lte=day) | Q(stands_from__isnull=True)
    return Q(Exists(Edition.objects.visible_to(Actor()).filter(may, standard=OuterRef("pk"))))


def listed_since(bodies: Iterable[UUID], day: date) -> list[tuple[UUID, date]]:
    """Body and day of all that was listed since that day and stands."""
    every = Standard.objects.unscoped("whether something was listed, not what it is")
    found = every.filter(organisation__in=list(bodies), listed_on__gte=day)
    found = found.exclude(status=Status.WITHDRAWN)
    return list(found.order_by().values_list("organisation", "listed_on"))
