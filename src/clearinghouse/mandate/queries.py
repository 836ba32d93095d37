"""Everything that reads the mandate's facts. They are public, so no actor is asked for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from clearinghouse.access.errors import Unseen
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
    Organisation,
    Pack,
    State,
)
from clearinghouse.mandate.rules import GroupKind, Vocabulary

Stood = tuple[str, str, time | None]  # first day, last day, hour


@dataclass(frozen=True)
class Committee:
    """Whose clearinghouse it is: the facts of its pack (empty where none is loaded).

    `demonstration`: invented States and bodies are among the real ones, marked illustrative.
    """

    facts: Mapping[str, Any]
    demonstration: bool


def committee() -> Committee:
    """The mandate this installation serves; what the demonstration adds does not replace it."""
    packs = list(Pack.objects.order_by("demonstration", "code"))
    return Committee(packs[0].facts if packs else {}, any(p.demonstration for p in packs))


def is_demonstration() -> bool:
    return Pack.objects.filter(demonstration=True).exists()


def obligations() -> list[Obligation]:
    return list(Obligation.objects.all())


def areas() -> list[Area]:
    return list(Area.objects.all())


def headings() -> list[Heading]:
    return list(Heading.objects.all())


def walk(from_: Vocabulary, to: Vocabulary) -> dict[str, list[str]]:
    """From each word of one vocabulary to the words of the other."""
    found: dict[str, list[str]] = defaultdict(list)
    rows = CrossWalk.objects.filter(from_vocabulary=from_, to_vocabulary=to)
    for row in rows.order_by("from_code", "to_code"):
        found[row.from_code].append(row.to_code)
    return dict(found)


def states() -> QuerySet[State]:
    return State.objects.order_by("code")


def organisations() -> QuerySet[Organisation]:
    return Organisation.objects.select_related("parent").order_by("code")


def body(code: str) -> Body:
    """A State or organisation by its code, whatever the case. Raises Unseen."""
    found = Body.objects.select_related("parent").filter(code__iexact=code).first()
    if found is None:
        raise Unseen("no such State or organisation")
    return found


def bodies(ids: Iterable[UUID]) -> dict[UUID, Body]:
    return Body.objects.in_bulk(list(ids))


def bodies_by_code(codes: Iterable[str]) -> dict[str, Body]:
    return {b.code: b for b in Body.objects.filter(code__in=list(codes))}


def providers() -> QuerySet[Body]:
    return Body.objects.filter(provider=True).order_by("code")


def memberships_of(member: Body) -> list[Membership]:
    """What a State or organisation is a member of, and says who."""
    found = Membership.objects.filter(member=member).select_related("organisation")
    return list(found.order_by("organisation__code", "role"))


def members_of(organisation: Body) -> list[Membership]:
    found = Membership.objects.filter(organisation=organisation).select_related("member")
    return list(found.order_by("member__code", "role"))


def member_ids(organisation: str) -> QuerySet[Membership, UUID]:
    """The ids of whoever belongs to the organisation of that code, to compare with."""
    found = Membership.objects.filter(organisation__code__iexact=organisation)
    return found.values_list("member_id", flat=True)


def organisation_ids(member: str) -> QuerySet[Membership, UUID]:
    """The ids of what the State or body of that code belongs to, to compare with."""
    found = Membership.objects.filter(member__code__iexact=member)
    return found.values_list("organisation_id", flat=True)


def groups_of(state: Body) -> list[GroupMember]:
    found = GroupMember.objects.filter(state_id=state.pk).select_related("group")
    return list(found.order_by("group__kind", "group__code"))


def groups(kind: GroupKind) -> dict[str, tuple[Group, list[UUID]]]:
    """Each group of a kind with the ids of its States, in the order of the groups' codes."""
    found: dict[str, tuple[Group, list[UUID]]] = {}
    rows = GroupMember.objects.filter(group__kind=kind).select_related("group")
    for row in rows.order_by("group__code"):
        found.setdefault(row.group.code, (row.group, []))[1].append(row.state_id)
    return found


def regions() -> QuerySet[Group]:
    """Regions and subregions, as a contribution may name them."""
    kinds = (GroupKind.REGION, GroupKind.SUBREGION)
    return Group.objects.filter(kind__in=kinds).order_by("code")


def meetings() -> list[Meeting]:
    return list(Meeting.objects.all())


def meeting(code: str) -> Meeting:
    """Raises Unseen."""
    found = Meeting.objects.filter(code__iexact=code).first()
    if found is None:
        raise Unseen("no such meeting")
    return found


def moves_of(meeting: Meeting) -> list[MeetingMove]:
    """When it moved, from which day to which, the first first."""
    return list(MeetingMove.objects.filter(meeting=meeting))


def moves_by_meeting() -> dict[UUID, list[MeetingMove]]:
    found: dict[UUID, list[MeetingMove]] = {}
    for each in MeetingMove.objects.all():
        found.setdefault(each.meeting_id, []).append(each)
    return found


def move(pk: UUID) -> MeetingMove:
    found = MeetingMove.objects.select_related("meeting").filter(pk=pk).first()
    if found is None:
        raise Unseen("no such move")
    return found


def last_moves() -> dict[UUID, datetime]:
    """When each meeting that has ever moved did so last."""
    rows = MeetingMove.objects.order_by("moved_at").values_list("meeting_id", "moved_at")
    return dict(rows)


def duty_station() -> str:
    """Whose holidays count: the pack says where the committee's secretariat sits."""
    return str(committee().facts.get("duty_station", "New York"))


def holidays(station: str = "") -> set[date]:
    """The days on which the committee does not work, weekends apart; `station` if it is known."""
    observed = Holiday.objects.filter(duty_station=station or duty_station(), is_observed=True)
    return set(observed.values_list("date", flat=True))


def holidays_in(year: int) -> list[Holiday]:
    """Those of every duty station in a year, the struck ones among them."""
    return list(Holiday.objects.filter(date__year=year).order_by("date", "duty_station"))


def holiday(pk: UUID) -> Holiday:
    found = Holiday.objects.filter(pk=pk).first()
    if found is None:
        raise Unseen("no such holiday")
    return found


def stood(meeting: Meeting) -> Stood:
    """When it is, as its history will keep it."""
    return meeting.starts, meeting.ends, meeting.opens


def move_of(meeting: Meeting, before: Stood, now: datetime) -> MeetingMove:
    """The line of a meeting's history that says from when to when it has just moved."""
    number = MeetingMove.objects.filter(meeting=meeting).count() + 1
    return MeetingMove(
        meeting=meeting,
        number=number,
        old_starts=before[0],
        old_ends=before[1],
        old_opens=before[2],
        new_starts=meeting.starts,
        new_ends=meeting.ends,
        new_opens=meeting.opens,
        moved_at=now,
    )
