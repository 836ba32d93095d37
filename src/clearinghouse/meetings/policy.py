"""Who reads what of a meeting beyond its date and agenda, and who may take which step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from clearinghouse.access.actor import OPERATOR, Actor, Role, Standing
from clearinghouse.access.grant import Grant, grant
from clearinghouse.ledger.models import NOTHING, Recorded
from clearinghouse.meetings.rules import WHO, Answer, Relation, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Set
    from uuid import UUID

    from clearinghouse.mandate.models import Holiday, Meeting
    from clearinghouse.meetings.models import CalendarKey, MeetingDocument, Participant

    Thing = Meeting | Holiday | MeetingDocument | Participant | CalendarKey

READERS = (Role.EXPERT, Role.MEMBER, Role.SECRETARIAT)


def restricted(actor: Actor, invited: Callable[[Set[UUID]], Q]) -> Q:
    """`invited` tells, as a condition of the database, to whose meetings these bodies are."""
    if actor.holds(*READERS):
        return Q()
    bodies = actor.bodies_as(Role.FOCAL_POINT, Role.STATE)
    return invited(bodies) if bodies else NOTHING


def documents(actor: Actor, invited: Callable[[Set[UUID]], Q]) -> Q:
    live = Q(is_withdrawn=False)
    if actor.holds(*READERS):
        return live
    return live & (Q(is_restricted=False) | restricted(actor, invited))


def participants(actor: Actor, invited: Callable[[Set[UUID]], Q]) -> Q:
    return ~Q(answer=Answer.UNINVITED) & restricted(actor, invited)


def keys(actor: Actor) -> Q:
    """A key is read, as a line without the key itself, by whoever holds the seat."""
    return Q(seat__in=[c.seat_id for c in actor.capacities if c.seat_id])


def dates(actor: Actor) -> Q:
    """Which deadlines have moved is read with the deadline, as far as the plan shows it."""
    del actor
    return NOTHING


def relations(actor: Actor, thing: Recorded) -> set[Relation]:
    seat_id = getattr(thing, "seat_id", None)
    facts = {
        Relation.SECRETARIAT: actor.holds(Role.SECRETARIAT),
        Relation.CHAIR: actor.stands_as(Role.MEMBER, Standing.CHAIR),
        Relation.INVITED: getattr(thing, "body_id", None) in answering(actor),
        Relation.OPERATOR: actor == OPERATOR,
        Relation.HOLDER: seat_id is not None and seat_id in {c.seat_id for c in actor.capacities},
    }
    return {relation for relation, holds in facts.items() if holds}


def answering(actor: Actor) -> set[UUID]:
    """The bodies that this actor answers invitations for: a State's mission, or focal points."""
    return actor.missions() | actor.bodies_as(Role.FOCAL_POINT)


def authorise(actor: Actor, step: Step, thing: Recorded) -> Grant:
    return grant(actor, step, thing, needs=WHO[step], has=relations(actor, thing))


def steps_open_to(actor: Actor, thing: Recorded) -> set[Step]:
    has = relations(actor, thing)
    return {step for step, needs in WHO.items() if needs & has}
