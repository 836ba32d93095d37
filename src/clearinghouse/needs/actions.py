"""What can be done to a need. Each action asks, changes, records, and tells the index.

`on_instrument`: the secretariat applies what the mission wrote on a paper it names (`intake`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db import transaction

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Invalid
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.ledger.record import Change, Event, record
from clearinghouse.mandate.models import Area, Body, Obligation, State
from clearinghouse.needs import policy, queries
from clearinghouse.needs.models import NamedProvider, Need, NeedBearing
from clearinghouse.needs.rules import (
    ENDED,
    OBSERVATION_WORDS,
    WORKFLOW,
    Consent,
    Origin,
    Status,
    Step,
    widens,
)
from clearinghouse.search import actions as search
from clearinghouse.search.rules import Kind


@dataclass(frozen=True, kw_only=True)
class Written(Event):
    verb: ClassVar[str] = "needs.written"
    step: ClassVar[Step] = Step.WRITE


@dataclass(frozen=True, kw_only=True)
class Identified(Event):
    verb: ClassVar[str] = "needs.identified"
    step: ClassVar[Step] = Step.IDENTIFY
    origin: str


@dataclass(frozen=True, kw_only=True)
class Revised(Event):
    verb: ClassVar[str] = "needs.revised"
    step: ClassVar[Step] = Step.REVISE


@dataclass(frozen=True, kw_only=True)
class Confirmed(Event):
    verb: ClassVar[str] = "needs.confirmed"
    step: ClassVar[Step] = Step.CONFIRM


@dataclass(frozen=True, kw_only=True)
class Observed(Event):
    verb: ClassVar[str] = "needs.observed"
    step: ClassVar[Step] = Step.OBSERVE
    contested: bool


@dataclass(frozen=True, kw_only=True)
class Widened(Event):
    verb: ClassVar[str] = "needs.widened"
    step: ClassVar[Step] = Step.WIDEN


@dataclass(frozen=True, kw_only=True)
class Narrowed(Event):
    verb: ClassVar[str] = "needs.narrowed"
    step: ClassVar[Step] = Step.NARROW


@dataclass(frozen=True, kw_only=True)
class Withdrawn(Event):
    verb: ClassVar[str] = "needs.withdrawn"
    step: ClassVar[Step] = Step.WITHDRAW


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What a need says, already checked: columns of Need, and the obligations it bears on."""

    columns: Mapping[str, Any]
    obligations: Sequence[Obligation] = ()


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """How far a State lets a need be seen."""

    consent: Consent
    providers: Sequence[Body] = ()


@dataclass(frozen=True)
class Place:
    """A place in the matrix."""

    state: State
    area: Area


@transaction.atomic
def write(
    place: Place,
    said: Wording,
    sharing: Sharing,
    *,
    on_instrument: bool = False,
    by: Actor,
    now: datetime,
) -> Need:
    """A State's own need, confirmed by its mission. Raises Invalid for a rank already taken."""
    need = Need(state=place.state, area=place.area, origin=Origin.STATE)
    grant = policy.authorise(by, Step.WRITE, need, on_instrument=on_instrument)
    need.recorded_on = need.last_confirmed = day_in_new_york(now)
    need.consent = sharing.consent
    parts = [*_say(need, said)[0], *_naming(need, sharing)[0]]
    need.status = WORKFLOW.target(Status(need.status), Step.WRITE)
    record(grant, Written(), changed=Change(need, parts), now=now)
    _index(need)
    return need


@transaction.atomic
def identify(place: Place, origin: Origin, said: Wording, *, by: Actor, now: datetime) -> Need:
    """A need that somebody else sees. Until its State confirms it, it stays in the committee."""
    need = Need(state=place.state, area=place.area, origin=origin)
    grant = policy.authorise(by, Step.IDENTIFY, need)
    need.recorded_on = day_in_new_york(now)
    parts, _ = _say(need, said)
    need.status = WORKFLOW.target(Status(need.status), Step.IDENTIFY)
    record(grant, Identified(origin=origin), changed=Change(need, parts), now=now)
    _index(need)
    return need


@transaction.atomic
def revise(
    need: Need, said: Wording, *, on_instrument: bool = False, by: Actor, now: datetime
) -> None:
    grant = policy.authorise(by, Step.REVISE, need, on_instrument=on_instrument)
    new, gone = _say(need, said)
    record(grant, Revised(), changed=Change(need, new, gone), now=now)
    _index(need)


@transaction.atomic
def confirm(need: Need, *, on_instrument: bool = False, by: Actor, now: datetime) -> None:
    """The State stands by it, as of today."""
    grant = policy.authorise(by, Step.CONFIRM, need, on_instrument=on_instrument)
    need.status = WORKFLOW.target(Status(need.status), Step.CONFIRM)
    need.last_confirmed, need.contested = day_in_new_york(now), False
    record(grant, Confirmed(), changed=need, now=now)
    _index(need)


def observe(
    need: Need,
    words: Mapping[str, str],
    *,
    contested: bool,
    on_instrument: bool = False,
    by: Actor,
    now: datetime,
) -> None:
    """The State's own observation, printed wherever the need is shown. At most 150 words."""
    grant = policy.authorise(by, Step.OBSERVE, need, on_instrument=on_instrument)
    if any(len(text.split()) > OBSERVATION_WORDS for text in words.values()):
        raise Invalid({"observation": [f"at most {OBSERVATION_WORDS} words"]})
    need.observations, need.contested = dict(words), contested
    record(grant, Observed(contested=contested), changed=need, now=now)


@transaction.atomic
def share(
    need: Need, sharing: Sharing, *, on_instrument: bool = False, by: Actor, now: datetime
) -> None:
    """Widen or narrow, whichever it is: widening is the mission's alone, narrowing any seat's."""
    new, gone = _naming(need, sharing)
    wider = widens(Consent(need.consent), sharing.consent, bool(new))
    step = Step.WIDEN if wider else Step.NARROW
    grant = policy.authorise(by, step, need, on_instrument=on_instrument)
    need.consent = sharing.consent
    event: Event = Widened() if wider else Narrowed()
    record(grant, event, changed=Change(need, new, gone), now=now)
    _index(need)


@transaction.atomic
def withdraw(need: Need, *, on_instrument: bool = False, by: Actor, now: datetime) -> None:
    grant = policy.authorise(by, Step.WITHDRAW, need, on_instrument=on_instrument)
    need.status, need.rank = WORKFLOW.target(Status(need.status), Step.WITHDRAW), None
    record(grant, Withdrawn(), changed=need, now=now)
    _index(need)


def _say(need: Need, said: Wording) -> tuple[list[NeedBearing], list[NeedBearing]]:
    """Set the columns; the bearings to add and to remove."""
    for name, value in said.columns.items():
        setattr(need, name, value)
    _rank_is_free(need)
    old = queries.bearings_of(need)
    had, asked = {b.obligation_id for b in old}, {o.pk for o in said.obligations}
    new = [NeedBearing(need=need, obligation=o) for o in said.obligations if o.pk not in had]
    return new, [b for b in old if b.obligation_id not in asked]


def _rank_is_free(need: Need) -> None:
    if need.rank is None:
        return
    ended = [s.value for s in ENDED]
    others = Need.objects.unscoped("ranks are unique in a State").filter(
        state_id=need.state_id, rank=need.rank
    )
    if others.exclude(pk=need.pk).exclude(status__in=ended).exists():
        raise Invalid({"rank": [f"another need of this State is already ranked {need.rank}"]})


def _naming(need: Need, sharing: Sharing) -> tuple[list[NamedProvider], list[NamedProvider]]:
    """The naming to add and to remove. Only the consent "named" names anybody."""
    wanted = sharing.providers if sharing.consent == Consent.NAMED else ()
    if sharing.consent == Consent.NAMED and not wanted:
        raise Invalid({"providers": ["name at least one provider"]})
    if strangers := [b.code for b in wanted if not b.provider]:
        raise Invalid({"providers": [f"{', '.join(strangers)}: not a provider of assistance"]})
    old = queries.named_for(need)
    had, asked = {n.provider_id for n in old}, {b.pk for b in wanted}
    new = [NamedProvider(need=need, provider=b) for b in wanted if b.pk not in had]
    return new, [n for n in old if n.provider_id not in asked]


def _index(need: Need) -> None:
    if need.status in ENDED:
        search.forget([need.subject])
        return
    named = {n.provider_id for n in queries.named_for(need)}
    search.put([_findable(need, policy.marks(need, named))])


def _findable(need: Need, marks: frozenset[str]) -> search.Findable:
    texts: Iterable[str] = [*need.descriptions.values(), *need.state.names.values()]
    return search.Findable(
        subject=need.subject,
        kind=Kind.NEED,
        reference=str(need.pk),
        titles=need.titles,
        texts=texts,
        marks=marks,
    )
