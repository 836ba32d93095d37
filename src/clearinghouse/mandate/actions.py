"""What can be done to the mandate's facts: loading a pack brings them to what its files say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db import transaction

from clearinghouse.access.actor import Actor
from clearinghouse.ledger.models import Recorded
from clearinghouse.ledger.reconcile import Difference, reconcile
from clearinghouse.ledger.record import Change, Event, record
from clearinghouse.mandate import policy
from clearinghouse.mandate.formats import records
from clearinghouse.mandate.models import (
    Area,
    Body,
    CrossWalk,
    Group,
    GroupMember,
    Heading,
    Holiday,
    Meeting,
    MeetingMove,
    Membership,
    Obligation,
    Pack,
)
from clearinghouse.mandate.queries import Stood, move_of, stood
from clearinghouse.mandate.rules import Kind, Step

Found = list[Difference[Any]]
Rows = Iterable[Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Loaded(Event):
    verb: ClassVar[str] = "mandate.loaded"
    step: ClassVar[Step] = Step.LOAD
    pack: str
    new: int
    changed: int


@transaction.atomic
def load(
    files: records.Pack, *, demonstration: bool = False, by: Actor, now: datetime
) -> tuple[Pack, Found]:
    """One line of the record for all that moves, or none. Gives the pack's row and what moved."""
    facts = _plain(asdict(files.about))
    pack = Pack.objects.filter(code=files.about.code).first()
    fresh = pack is None or pack.facts != facts
    pack = pack or Pack(code=files.about.code, demonstration=demonstration)
    before = {m.pk: stood(m) for m in Meeting.objects.all()}
    found = _found(files)
    found.append(_moves(found, before, now))
    rows = [row for difference in found for row in difference.rows]
    if fresh or rows:
        grant = policy.authorise(by, Step.LOAD, pack)
        pack.facts, pack.loaded = facts, now
        new, changed = sum(len(d.new) for d in found), sum(len(d.changed) for d in found)
        event = Loaded(pack=pack.code, new=new, changed=changed)
        record(grant, event, changed=Change(pack, rows), now=now)
    return pack, found


def _found(files: records.Pack) -> Found:
    """What each table lacks. Bodies come before what points at them."""
    parents, children = _bodies(files)
    found: Found = [
        reconcile(Obligation, ("ref",), _obligations(files.obligations)),
        reconcile(Area, ("code",), _areas(files.areas)),
        reconcile(Heading, ("code",), _headings(files.headings)),
        reconcile(CrossWalk, _CROSSWALK, (asdict(w) for w in files.crosswalks)),
        reconcile(Meeting, ("code",), _meetings(files.meetings)),
        reconcile(Holiday, ("duty_station", "date"), (asdict(h) for h in files.holidays)),
        parents,
        children,
    ]
    bodies = _ids(Body, "code", (parents, children))
    member = reconcile(Membership, _MEMBERSHIP, _memberships(files.memberships, bodies))
    return [*found, member, *_groups(files.groups, bodies)]


def _moves(found: Found, before: Mapping[Any, Stood], now: datetime) -> Difference[MeetingMove]:
    """Where a pack gives a stored meeting another day, the move is kept as any other is."""
    moved = [row for d in found for row in d.changed if isinstance(row, Meeting)]
    rows = [move_of(row, before[row.pk], now) for row in moved if stood(row) != before[row.pk]]
    return Difference(MeetingMove._meta.db_table, new=rows)  # noqa: SLF001  # documented


_CROSSWALK = ("from_vocabulary", "from_code", "to_vocabulary", "to_code")
_MEMBERSHIP = ("organisation_id", "member_id", "role")


def _ids(model: type[Recorded], key: str, found: Iterable[Difference[Any]]) -> dict[str, Any]:
    """Ids by code, of the rows stored and of those about to be."""
    stored = dict(model._default_manager.values_list(key, "pk"))  # noqa: SLF001  # documented
    return stored | {getattr(r, key): r.pk for d in found for r in d.rows}


def _bodies(files: records.Pack) -> tuple[Difference[Body], Difference[Body]]:
    """Those without a parent first: a row is stored after the row it points at."""
    states = [_state(s) for s in files.states]
    top = [_organisation(o, {}) for o in files.organisations if not o.parent]
    first = reconcile(Body, ("code",), [*states, *top])
    ids = _ids(Body, "code", [first])
    below = [_organisation(o, ids) for o in files.organisations if o.parent]
    return first, reconcile(Body, ("code",), below)


def _state(s: records.State) -> dict[str, Any]:
    return {
        "code": s.code,
        "kind": Kind.STATE.value,
        "iso3": s.iso3,
        "names": dict(s.names),
        "note": s.note or "",
        "provider": s.provider,
        "illustrative": s.illustrative,
    }


def _organisation(o: records.Organisation, ids: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "code": o.code,
        "kind": o.kind,
        "names": dict(o.names),
        "acronym": o.acronym or "",
        "parent_id": ids[o.parent] if o.parent else None,
        "note": o.note or "",
        "provider": o.provider,
        "illustrative": o.illustrative,
    }


def _obligations(rows: Sequence[records.Obligation]) -> Rows:
    for order, o in enumerate(rows, start=1):
        yield {
            "ref": o.code,
            "order": order,
            "paragraph": o.paragraph,
            "title": dict(o.title),
            "force": o.force,
        }


def _areas(rows: Sequence[records.Area]) -> Rows:
    for a in rows:
        yield {"code": a.code, "order": a.number, "title": dict(a.title)}


def _headings(rows: Sequence[records.Heading]) -> Rows:
    for h in rows:
        yield {
            "code": h.code,
            "order": h.number,
            "paragraph": h.paragraph,
            "title": dict(h.title),
        }


def _meetings(rows: Sequence[records.Meeting]) -> Rows:
    for m in rows:
        yield {
            "code": m.code,
            "kind": m.kind,
            "title": dict(m.title),
            "starts": m.starts,
            "ends": m.ends or "",
            "place": m.place,
            "host": m.host,
            "source": m.source or "",
            "illustrative": m.illustrative,
        }


def _memberships(rows: Sequence[records.Membership], ids: Mapping[str, Any]) -> Rows:
    for m in rows:
        yield {
            "organisation_id": ids[m.organisation],
            "member_id": ids[m.member],
            "role": m.role,
            "since": m.since or "",
            "until": m.until or "",
            "source": m.source,
            "as_of": m.as_of,
        }


def _groups(rows: Sequence[records.Grouping], bodies: Mapping[str, Any]) -> Found:
    names = {(g.kind, g.code): g.name for g in rows}
    wanted = [{"kind": k, "code": c, "names": {"en": n}} for (k, c), n in names.items()]
    groups = reconcile(Group, ("kind", "code"), wanted)
    stored = {(g.kind, g.code): g.pk for g in [*Group.objects.all(), *groups.rows]}
    members = [
        {
            "group_id": stored[g.kind, g.code],
            "state_id": bodies[g.state],
            "note": g.note or "",
        }
        for g in rows
    ]
    return [groups, reconcile(GroupMember, ("group_id", "state_id"), members)]


def _plain(value: Any) -> Any:
    """As JSON keeps it, so that what is loaded again compares equal."""
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, list | tuple) else value
