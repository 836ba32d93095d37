"""What bodies have in view, standards and entries of the directory alike, and whether it holds.

Once a year each is confirmed by its owner: at the desk, by reply, or by a signed link.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from typing import overload
from uuid import UUID

from django.db import transaction
from django.db.models import Min

from clearinghouse.access.actor import Actor, Role
from clearinghouse.access.errors import Unseen
from clearinghouse.circulars.queries.issues import settings
from clearinghouse.directory import actions as directory
from clearinghouse.directory import queries as entries
from clearinghouse.directory.models import Entry
from clearinghouse.directory.queries import freshness
from clearinghouse.directory.rules import Freshness, Readers, Status, is_due
from clearinghouse.kernel.calendar import add_months, day_in_new_york, first_of_month
from clearinghouse.mandate.models import Body
from clearinghouse.notices import actions as notices
from clearinghouse.notices.rules import Kind as NoticeKind
from clearinghouse.people.queries import seats_in
from clearinghouse.standards import actions as standards
from clearinghouse.standards import queries as register
from clearinghouse.standards.models import Standard
from clearinghouse.submissions.rules.kinds import Kind

OWNERS = (Role.FOCAL_POINT, Role.STATE)
MOST = 500  # confirmed with one look: the rest with the next


@dataclass(frozen=True)
class Kept:
    """A standard or an entry of the directory, as what its owner is asked to confirm."""

    thing: Standard | Entry

    @property
    def kind(self) -> Kind:
        return Kind.STANDARD if isinstance(self.thing, Standard) else Kind(self.thing.kind)

    @property
    def body(self) -> Body:
        thing = self.thing
        return thing.organisation if isinstance(thing, Standard) else thing.body

    @property
    def is_stale(self) -> bool:
        return self.thing.status == Status.STALE

    def is_due(self, today: date, months: int) -> bool:
        return is_due(self.thing.status, self.thing.last_confirmed, today, months)


class Owned(Sequence[Kept]):
    """All that a reader's bodies have in view, fetched by the page: standards, then entries.

    What was confirmed longest ago stands first.
    """

    def __init__(self, actor: Actor) -> None:
        own = actor.bodies_as(*OWNERS)
        self.standards = register.owned_by(actor, own)
        self.entries = entries.owned_by(actor, own)
        self.parted = self.standards.count()
        self.length = self.parted + self.entries.count()

    def __len__(self) -> int:
        return self.length

    @overload
    def __getitem__(self, at: int) -> Kept: ...
    @overload
    def __getitem__(self, at: slice) -> list[Kept]: ...
    def __getitem__(self, at: int | slice) -> Kept | list[Kept]:
        if isinstance(at, int):
            return self[at : at + 1][0]
        begin, end, _ = at.indices(self.length)
        first = self.standards[begin : min(end, self.parted)] if begin < self.parted else []
        start, stop = max(begin - self.parted, 0), max(end - self.parted, 0)
        return [Kept(each) for each in (*first, *self.entries[start:stop])]


def due(actor: Actor, as_of: date, *, in_public: bool = False) -> list[Kept]:
    """Of these, what was due on that day, and has not been confirmed since.

    `in_public`: only what everybody may see, for a page that asks nobody to sign in.
    """
    own, day = actor.bodies_as(*OWNERS), _warned(as_of)
    theirs = entries.owned_by(actor, own)
    shown = theirs.exclude(readers=Readers.MONITORS) if in_public else theirs
    some: Iterable[Standard | Entry] = chain(
        freshness.due(register.owned_by(actor, own), day)[:MOST],
        freshness.due(shown, day)[:MOST],
    )
    return [Kept(each) for each in islice(some, MOST)]


def number_due(actor: Actor, today: date) -> int:
    own, day = actor.bodies_as(*OWNERS), _warned(today)
    first = freshness.due(register.owned_by(actor, own), day).order_by().values("pk")
    second = freshness.due(entries.owned_by(actor, own), day).order_by().values("pk")
    return int(first.union(second, all=True).count())


def next_stale(actor: Actor, today: date) -> date | None:
    """The day on which the first of what is due goes stale; None where all of it is stale."""
    own, day = actor.bodies_as(*OWNERS), _warned(today)
    some = (register.owned_by(actor, own), entries.owned_by(actor, own))
    found = [freshness.due(each, day).filter(status=Status.LISTED) for each in some]
    days = [each.aggregate(first=Min("last_confirmed"))["first"] for each in found]
    first = min(filter(None, days), default=None)
    return add_months(first, settings().stale_after_months) if first else None


def kept_for(actor: Actor, code: str) -> Kept:
    """The standard or the entry of that code. Raises Unseen."""
    try:
        return Kept(register.standard_for(actor, code).standard)
    except Unseen:
        return Kept(entries.entry_for(actor, code))


def confirm(kept: Kept, *, by: Actor, now: datetime) -> None:
    if isinstance(kept.thing, Standard):
        standards.confirm(kept.thing, by=by, now=now)
    else:
        directory.confirm(kept.thing, by=by, now=now)


@transaction.atomic
def confirm_all(some: Iterable[Kept], *, by: Actor, now: datetime) -> int:
    """All of them or, where one may not be confirmed, none."""
    listed = list(some)
    for kept in listed:
        confirm(kept, by=by, now=now)
    return len(listed)


def by_body(actor: Actor, today: date) -> dict[UUID, Freshness]:
    """How each body in view stands: for whoever looks after the whole."""
    found: dict[UUID, Freshness] = {}
    for each in (*register.fresh(actor, _warned(today)), *entries.fresh(actor, _warned(today))):
        found[each.body] = found[each.body] + each if each.body in found else each
    return found


@transaction.atomic
def ask(now: datetime) -> int:
    """Write to the seats of bodies with something that goes stale within a month, once a month."""
    today = day_in_new_york(now)
    after, day = add_months(today, -settings().stale_after_months), _warned(today)
    bodies = register.bodies_to_ask(after, day) | entries.bodies_to_ask(after, day)
    if not bodies:
        return 0
    seats = seats_in(set(OWNERS), now).filter(body__in=bodies)
    for seat in seats:
        cause = f"mandate.body:{seat.body_id}@{first_of_month(today):%Y-%m}"
        notices.tell(NoticeKind.ENTRIES_DUE, cause, [seat.pk], now=now)
    return len(seats)


def _warned(day: date) -> date:
    """Whatever was last confirmed by this day is to be confirmed again on that."""
    return add_months(day, -settings().stale_warning_months)
