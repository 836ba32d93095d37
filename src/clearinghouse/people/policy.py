"""Who names persons to seats: the administrator, and the operator for the first ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearinghouse.access.actor import OPERATOR, Actor, Role
from clearinghouse.access.errors import Refused
from clearinghouse.access.grant import Grant, grant
from clearinghouse.people.rules import Relation, Step

if TYPE_CHECKING:
    from clearinghouse.people.models import Person, Seat


def relations(actor: Actor) -> set[Relation]:
    facts = {
        Relation.OPERATOR: actor == OPERATOR,
        Relation.ADMINISTRATOR: actor.holds(Role.ADMINISTRATOR),
    }
    return {relation for relation, holds in facts.items() if holds}


def authorise_own(actor: Actor, step: Step, person: Person) -> Grant:
    """One's own clock and language: nobody else sets them."""
    is_own = actor.person_id is not None and actor.person_id == person.pk
    has = {Relation.SELF} if is_own else set()
    return grant(actor, step, person, needs={Relation.SELF}, has=has)


def authorise(actor: Actor, step: Step, thing: Person | Seat) -> Grant:
    """An administrator does not name Experts alone: that takes a confirmation (SECURITY.md)."""
    has = relations(actor)
    if step == Step.SEAT and getattr(thing, "role", "") == Role.EXPERT:
        has -= {Relation.ADMINISTRATOR}
    if step == Step.UNSEAT and getattr(thing, "person_id", None) == actor.person_id:
        raise Refused("nobody ends their own seat here")
    return grant(actor, step, thing, needs={Relation.OPERATOR, Relation.ADMINISTRATOR}, has=has)
