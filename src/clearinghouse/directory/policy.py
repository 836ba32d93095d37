"""Who reads an entry, who reads what of it tells of a person, and what each may do to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from clearinghouse.access.actor import CLOCK, Actor, Role
from clearinghouse.access.grant import Grant, grant
from clearinghouse.directory.rules import WORKFLOW, Readers, Relation, Status, Step
from clearinghouse.search.rules import EVERYBODY, role_mark, seat_mark

if TYPE_CHECKING:
    from clearinghouse.directory.models import Entry

OWNERS = (Role.FOCAL_POINT, Role.STATE)
COMMITTEE_S_OWN = (Role.EXPERT, Role.MEMBER, Role.SECRETARIAT)


def visibility(actor: Actor) -> Q:
    """Monitoring visits are read by organisations, the Experts and the State concerned."""
    seen = Q(readers__in=(Readers.EVERYBODY, Readers.CONTACTS))
    if actor.holds(Role.FOCAL_POINT, Role.EXPERT):
        seen |= Q(readers=Readers.MONITORS)
    if own := actor.bodies_as(*OWNERS):
        seen |= Q(readers=Readers.MONITORS, concerns__in=own)
    return seen


def sees_persons(actor: Actor, entry: Entry) -> bool:
    """A person's details: their body, the committee's own, other focal points by consent."""
    if entry.body_id in actor.bodies_as(*OWNERS) or actor.holds(*COMMITTEE_S_OWN):
        return True
    return actor.holds(Role.FOCAL_POINT) and entry.inner.get("shared") == "yes"


def marks(entry: Entry) -> frozenset[str]:
    """Who may find it: the same answer as `visibility`, for the index."""
    if entry.readers != Readers.MONITORS:
        return frozenset({EVERYBODY})
    roles = {role_mark(Role.FOCAL_POINT), role_mark(Role.EXPERT)}
    return frozenset(
        roles | {seat_mark(Role.STATE, entry.concerns_id)} if entry.concerns_id else roles
    )


def relations(actor: Actor, entry: Entry) -> set[Relation]:
    owns = entry.body_id in actor.bodies_as(*OWNERS)
    facts = {
        Relation.CLOCK: actor == CLOCK,
        Relation.SECRETARIAT: actor.holds(Role.SECRETARIAT),
        Relation.OWNER: owns,
        Relation.ANNOUNCER: owns and entry.readers != Readers.EVERYBODY,
    }
    return {relation for relation, holds in facts.items() if holds}


def authorise(actor: Actor, step: Step, entry: Entry) -> Grant:
    move = WORKFLOW.move(Status(entry.status), step)
    return grant(actor, step, entry, needs=move.by, has=relations(actor, entry))
