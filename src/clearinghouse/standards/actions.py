"""What can be done to the register. Each action asks, changes, records, and tells the index."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django.db import transaction

from clearinghouse.access.actor import Actor
from clearinghouse.kernel import partial_date
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.ledger.prepared import Prepared
from clearinghouse.ledger.reconcile import Difference, reconcile
from clearinghouse.ledger.record import Change, Event, record
from clearinghouse.mandate.models import Body, Obligation, Pack
from clearinghouse.search import actions as search
from clearinghouse.search.rules import EVERYBODY, Kind, fold
from clearinghouse.standards import policy
from clearinghouse.standards.models import Bearing, Edition, Instrument, Standard
from clearinghouse.standards.rules import WORKFLOW, Status, Step


@dataclass(frozen=True, kw_only=True)
class Loaded(Event):
    verb: ClassVar[str] = "standards.loaded"
    step: ClassVar[Step] = Step.LOAD
    new: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class Listed(Event):
    verb: ClassVar[str] = "standards.listed"
    step: ClassVar[Step] = Step.LIST


@dataclass(frozen=True, kw_only=True)
class Revised(Event):
    verb: ClassVar[str] = "standards.revised"
    step: ClassVar[Step] = Step.REVISE


@dataclass(frozen=True, kw_only=True)
class Confirmed(Event):
    verb: ClassVar[str] = "standards.confirmed"
    step: ClassVar[Step] = Step.CONFIRM


@dataclass(frozen=True, kw_only=True)
class WentStale(Event):
    verb: ClassVar[str] = "standards.went_stale"
    step: ClassVar[Step] = Step.GO_STALE


@dataclass(frozen=True, kw_only=True)
class Withdrawn(Event):
    verb: ClassVar[str] = "standards.withdrawn"
    step: ClassVar[Step] = Step.WITHDRAW


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What an entry says, already checked: the columns of Standard, editions and bearings."""

    columns: Mapping[str, Any]
    editions: Sequence[tuple[str, str]] = ()  # label, partial date
    bearings: Sequence[tuple[Obligation, str]] = ()  # obligation, pinpoint


@transaction.atomic
def list_(code: str, organisation: Body, said: Wording, *, by: Actor, now: datetime) -> Standard:
    """A new entry, from a reviewed contribution."""
    standard = Standard(code=code, organisation=organisation)
    grant = policy.authorise(by, Step.LIST, standard)
    change = _worded(standard, said, day_in_new_york(now))
    record(grant, Listed(), changed=change, now=now)
    index([standard])
    return standard


@transaction.atomic
def revise(standard: Standard, said: Wording, *, by: Actor, now: datetime) -> None:
    """The entry says something new; what it said stays in the record's history."""
    grant = policy.authorise(by, Step.REVISE, standard)
    change = _worded(standard, said, day_in_new_york(now))
    record(grant, Revised(), changed=change, now=now)
    index([standard])


def confirm(standard: Standard, *, by: Actor, now: datetime) -> None:
    grant = policy.authorise(by, Step.CONFIRM, standard)
    standard.status = WORKFLOW.target(Status(standard.status), Step.CONFIRM)
    standard.last_confirmed = day_in_new_york(now)
    record(grant, Confirmed(), changed=standard, now=now)


def go_stale(standard: Standard, *, by: Actor, now: datetime) -> None:
    grant = policy.authorise(by, Step.GO_STALE, standard)
    standard.status = WORKFLOW.target(Status(standard.status), Step.GO_STALE)
    record(grant, WentStale(), changed=standard, now=now)


@transaction.atomic
def withdraw(standard: Standard, because: str, *, by: Actor, now: datetime) -> None:
    """Leaves a tombstone: the address answers with the date and the reason."""
    grant = policy.authorise(by, Step.WITHDRAW, standard)
    standard.status = WORKFLOW.target(Status(standard.status), Step.WITHDRAW)
    standard.withdrawn_on, standard.withdrawn_because = day_in_new_york(now), because
    record(grant, Withdrawn(), changed=standard, now=now)
    search.forget([standard.subject])


@dataclass(frozen=True)
class Wanted:
    """What a pack holds for this room, as column values by row."""

    standards: Sequence[Mapping[str, Any]]
    editions: Sequence[Mapping[str, Any]]
    bearings: Sequence[Mapping[str, Any]]
    instruments: Sequence[Mapping[str, Any]]


@transaction.atomic
def load(pack: Pack, wanted: Wanted, *, by: Actor, now: datetime) -> list[Difference[Any]]:
    """Bring the register to what the pack says: one line of the record, none if nothing moves."""
    outlines = _outlines(wanted)
    outlined = [{**row, "outline": outlines[row["code"]]} for row in wanted.standards]
    standards = reconcile(Standard, ("code",), outlined)
    ids = {s.code: s.pk for s in [*standards.rows, *Standard.objects.unscoped("loading a pack")]}
    found: list[Difference[Any]] = [
        standards,
        reconcile(Edition, ("standard_id", "label", "issued"), _placed(wanted.editions, ids)),
        reconcile(
            Bearing, ("standard_id", "obligation_id", "pinpoint"), _placed(wanted.bearings, ids)
        ),
        reconcile(Instrument, ("number",), wanted.instruments),
    ]
    rows = [row for difference in found for row in difference.rows]
    if rows:
        grant = policy.authorise_load(by, pack)
        new, changed = sum(len(d.new) for d in found), sum(len(d.changed) for d in found)
        record(grant, Loaded(new=new, changed=changed), changed=Change(pack, rows), now=now)
        index(standards.rows)
    return found


def worded(
    code: str, owner: Body, said: Wording, *, standard: Standard | None = None, now: datetime
) -> Change:
    """One of many: a new entry, or this one as it now reads, given back to be recorded.

    Whoever has the grant for all of them records it in one line, with what `find_all` prepares.
    """
    one = standard or Standard(code=code, organisation=owner)
    return _worded(one, said, day_in_new_york(now))


def with_editions(change: Change, had: Sequence[Sequence[str]]) -> Change:
    """The same change of a standard, with these editions alone: the others are removed."""
    standard, pk = change.subject, change.subject.pk
    wanted = {(label, issued) for label, issued in had}
    stored = list(Edition.objects.filter(standard=pk))
    more = [e for e in stored if (e.label, e.issued) not in wanted]
    kept = [
        part
        for part in change.stored
        if not isinstance(part, Edition) or (part.label, part.issued) in wanted
    ]
    if isinstance(standard, Standard):
        days = sorted([label, issued, _day(issued)] for label, issued in wanted)
        standard.outline["editions"] = sorted(days, key=lambda e: e[2])
    return Change(standard, kept, [*change.removed, *more])


def gone(some: Sequence[Standard], because: str, into: Prepared, *, now: datetime) -> None:
    """Many at once leave their tombstones: given back to be recorded, found no more."""
    for standard in some:
        standard.status = WORKFLOW.target(Status(standard.status), Step.WITHDRAW)
        standard.withdrawn_on, standard.withdrawn_because = day_in_new_york(now), because
    search.prepare_to_forget([standard.subject for standard in some], into)


def _outline(
    editions: Iterable[tuple[str, str]], bearings: Iterable[tuple[Obligation, str]]
) -> dict[str, list[list[str]]]:
    """What a list shows of an entry: editions by their day, bearings in the resolution's order."""
    days = ((label, issued, _day(issued)) for label, issued in editions)
    ordered = sorted(bearings, key=lambda b: (b[0].order, b[1]))
    return {
        "editions": [list(e) for e in sorted(days, key=lambda e: e[2])],
        "bearings": [[o.ref, pinpoint] for o, pinpoint in ordered],
    }


def _day(issued: str) -> str:
    return partial_date.earliest(issued).isoformat() if issued else ""


def _outlines(wanted: Wanted) -> dict[str, dict[str, list[list[str]]]]:
    obligations = Obligation.objects.in_bulk()
    editions, bearings = defaultdict(list), defaultdict(list)
    for e in wanted.editions:
        editions[e["standard"]].append((e["label"], e["issued"]))
    for b in wanted.bearings:
        bearings[b["standard"]].append((obligations[b["obligation_id"]], b["pinpoint"]))
    return {
        row["code"]: _outline(editions[row["code"]], bearings[row["code"]])
        for row in wanted.standards
    }


def edition_values(label: str, issued: str) -> dict[str, Any]:
    """Column values of an edition; `issued` is a partial date or blank."""
    stands_from = partial_date.earliest(issued) if issued else None
    return {"label": label, "issued": issued, "stands_from": stands_from}


def _placed(rows: Iterable[Mapping[str, Any]], ids: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {k: v for k, v in row.items() if k != "standard"} | {"standard_id": ids[row["standard"]]}
        for row in rows
    ]


def _worded(standard: Standard, said: Wording, today: date) -> Change:
    step = Step.LIST if standard.status == Status.NEW else Step.REVISE
    for name, value in said.columns.items():
        setattr(standard, name, value)
    standard.sort = sort_key(standard.titles)
    standard.status = WORKFLOW.target(Status(standard.status), step)
    if step == Step.LIST:
        standard.listed_on = today
    standard.last_confirmed = today
    editions = [Edition(standard=standard, **edition_values(*e)) for e in said.editions]
    bearings = [Bearing(standard=standard, obligation=o, pinpoint=p) for o, p in said.bearings]
    standard.outline = _outline(said.editions, said.bearings)
    if step == Step.LIST:
        return Change(standard, [*editions, *bearings])
    old_editions = list(Edition.objects.filter(standard=standard))
    old_bearings = list(Bearing.objects.filter(standard=standard))
    kept = {(e.label, e.issued) for e in old_editions}
    new = [e for e in editions if (e.label, e.issued) not in kept]
    standard.outline = _outline(
        [(e.label, e.issued) for e in [*old_editions, *new]], said.bearings
    )
    asked = {(b.obligation_id, b.pinpoint) for b in bearings}
    had = {(b.obligation_id, b.pinpoint) for b in old_bearings}
    new_bearings = [b for b in bearings if (b.obligation_id, b.pinpoint) not in had]
    gone = [b for b in old_bearings if (b.obligation_id, b.pinpoint) not in asked]
    return Change(standard, [*new, *new_bearings], gone)


def sort_key(titles: Mapping[str, str]) -> str:
    return fold(titles.get("en") or next(iter(titles.values()), ""))[:200]


def index(standards: Iterable[Standard]) -> None:
    """In the transaction of the change."""
    search.put(map(_findable, standards))


def find_all(standards: Iterable[Standard], into: Prepared) -> None:
    """As `index`, for the transaction of the line that takes what is prepared."""
    search.prepare(map(_findable, standards), into)


def _findable(one: Standard) -> search.Findable:
    return search.Findable(
        subject=one.subject,
        kind=Kind.STANDARD,
        reference=one.code,
        titles=one.titles,
        texts=[*one.summaries.values(), *one.organisation.names.values()],
        marks=frozenset({EVERYBODY}),
    )


def listed_on(code: str, now: datetime) -> date:
    """The day an entry was first listed; today for a new one."""
    found = Standard.objects.unscoped("loading a pack").filter(code=code).first()
    return found.listed_on if found else day_in_new_york(now)
