"""Everything that reads needs. Each is told who is asking, and fetches all a page needs."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from clearinghouse.access.actor import Actor, Role
from clearinghouse.access.errors import Unseen
from clearinghouse.mandate.models import Body
from clearinghouse.needs import policy
from clearinghouse.needs.models import NamedProvider, Need, NeedBearing, NeedQuerySet
from clearinghouse.needs.rules import ENDED, WORKFLOW, Status, Step


@dataclass
class Row:
    """A need with what belongs on its line: obligations by reference, providers named.

    `whole`: the reader sees the State's whole list, and so its place there, consent and sharing.
    """

    need: Need
    obligations: list[str] = field(default_factory=list)
    named: list[Body] = field(default_factory=list)
    whole: bool = False


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What a reader asks of the matrix; empty means all."""

    state: str = ""
    area: str = ""
    obligation: str = ""


def needs_for(actor: Actor, asked: Filter | None = None) -> NeedQuerySet:
    """Live needs this actor may see, in the order of the matrix."""
    asked = asked or Filter()
    found = Need.objects.visible_to(actor).exclude(status__in=[s.value for s in ENDED])
    if asked.state:
        found = found.filter(state__code=asked.state)
    if asked.area:
        found = found.filter(area__code=asked.area)
    if asked.obligation:
        bearing = NeedBearing.objects.unscoped("compared inside the database")
        found = found.filter(
            pk__in=bearing.filter(obligation__ref=asked.obligation).values("need_id")
        )
    return found.select_related("state", "area", "drafted_by")


def rows(needs: Iterable[Need], actor: Actor) -> list[Row]:
    """With their obligations; with the providers named, for those who may know whom."""
    by_id = {n.pk: Row(n) for n in needs}
    for need_id, refs in _obligations(_of(list(by_id))).items():
        by_id[need_id].obligations = refs
    whole = _sharing_seen(by_id.values(), actor)
    for need_id in whole:
        by_id[need_id].whole = True
    for need_id, bodies in _named(_of(whole)).items():
        by_id[need_id].named = bodies
    return list(by_id.values())


def states_of(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, Body]:
    """The State of each of these needs that the actor may see."""
    return {need.pk: need.state for need in needs_for(actor).filter(pk__in=list(ids))}


def need_for(actor: Actor, pk: UUID) -> Row:
    found = Need.objects.visible_to(actor).select_related("state", "area", "drafted_by")
    if not (some := rows(found.filter(pk=pk), actor)):
        raise Unseen("no such need")
    return some[0]


def own_rows(state_id: UUID | None) -> list[Row]:
    """Every live need of one State, with all that belongs to it: what its replies are held to."""
    reason = "a State's reply is matched with its own needs"
    live = Need.objects.unscoped(reason).exclude(status__in=[s.value for s in ENDED])
    found = list(live.filter(state=state_id).select_related("state", "area", "drafted_by"))
    ids = [n.pk for n in found]
    obligations, named = _obligations(_of(ids)), _named(_of(ids))
    return [Row(n, obligations.get(n.pk, []), named.get(n.pk, []), whole=True) for n in found]


def steps_open_to(actor: Actor, need: Need) -> set[Step]:
    return WORKFLOW.open_steps(Status(need.status), policy.relations(actor, need))


def all_rows() -> list[tuple[Need, list[str], set[UUID]]]:
    """Every live need with obligations and named providers, for freezing an issue."""
    reason = "an issue is frozen whole; each rendition is then cut by consent"
    live = Need.objects.unscoped(reason).exclude(status__in=[s.value for s in ENDED])
    needs = list(live.prefetch_related("state", "area"))  # each State once, not with every need
    all_ = [Q(need__in=live.order_by().values("pk"))]
    obligations, named = _obligations(all_), _named(all_)
    return [(n, obligations.get(n.pk, []), {b.pk for b in named.get(n.pk, [])}) for n in needs]


def current(ids: Iterable[UUID]) -> dict[UUID, tuple[Need, set[UUID]]]:
    """These needs as they stand now with the providers named: what narrowed consent is held to."""
    wanted = list(ids)
    reason = "later copies are held to the consent of today"
    needs: list[Need] = []
    for some in _chunks(wanted):
        needs += Need.objects.unscoped(reason).filter(pk__in=some)
    named = _named(_of(wanted))
    return {n.pk: (n, {b.pk for b in named.get(n.pk, [])}) for n in needs}


def named_for(need: Need) -> list[NamedProvider]:
    reason = "asked by the actions, which change the list"
    return list(NamedProvider.objects.unscoped(reason).filter(need=need))


def bearings_of(need: Need) -> list[NeedBearing]:
    return list(NeedBearing.objects.unscoped("asked by the actions").filter(need=need))


def _sharing_seen(found: Iterable[Row], actor: Actor) -> list[UUID]:
    serving, own = actor.holds(Role.EXPERT, Role.SECRETARIAT), actor.bodies_as(Role.STATE)
    return [r.need.pk for r in found if serving or r.need.state_id in own]


def _obligations(wanted: Iterable[Q]) -> dict[UUID, list[str]]:
    refs: dict[UUID, list[str]] = defaultdict(list)
    reason = "seen with the need, which was asked for by name"
    for needs in wanted:
        found = NeedBearing.objects.unscoped(reason).filter(needs)
        for need_id, ref in found.order_by("obligation__order").values_list(
            "need_id", "obligation__ref"
        ):
            refs[need_id].append(ref)
    return refs


def _named(wanted: Iterable[Q]) -> dict[UUID, list[Body]]:
    bodies: dict[UUID, list[Body]] = defaultdict(list)
    reason = "seen by the State and those who serve it"
    for needs in wanted:
        found = NamedProvider.objects.unscoped(reason).filter(needs)
        for named in found.select_related("provider").order_by("provider__code"):
            bodies[named.need_id].append(named.provider)
    return bodies


def _of(ids: list[UUID]) -> list[Q]:
    """What belongs to these needs, asked in parts: a database takes so many values at a time."""
    return [Q(need__in=some) for some in _chunks(ids)]


def _chunks(ids: list[UUID], size: int = 500) -> list[list[UUID]]:
    return [ids[i : i + size] for i in range(0, len(ids), size)]
