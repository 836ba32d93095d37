"""Who names persons to seats and resets accounts, and what takes a second hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearinghouse.access.actor import OPERATOR, Actor, Role, Standing
from clearinghouse.access.errors import Refused
from clearinghouse.access.grant import Grant, grant
from clearinghouse.people.rules import BEARERS, Outcome, Relation, Step, is_vouching

if TYPE_CHECKING:
    from clearinghouse.people.models import Person, Proposal, Seat, Token

_KEEPERS = frozenset({Relation.OPERATOR, Relation.ADMINISTRATOR})
NEEDS: dict[Step, frozenset[Relation]] = dict.fromkeys(Step, _KEEPERS) | {
    Step.CONFIRM: frozenset({Relation.SECOND_HAND}),
    Step.DECLINE: frozenset({Relation.SECOND_HAND, Relation.PROPOSER}),
}


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


def authorise_token(actor: Actor, step: Step, token: Token) -> Grant:
    """At the hand of whoever sits there, of a seat that programs may speak for."""
    seats = {c.seat_id for c in actor.capacities if c.role in BEARERS}
    has = {Relation.SELF} if token.seat_id in seats else set()
    return grant(actor, step, token, needs={Relation.SELF}, has=has)


def vouches(actor: Actor) -> bool:
    """Whether this actor sits where one confirms."""
    return any(is_vouching(c.role, c.standing) for c in actor.capacities)


def relations_to(actor: Actor, proposal: Proposal) -> set[Relation]:
    """The second hand is neither the one that proposed nor the person it is about."""
    first = {proposal.proposed_by_id, proposal.person_id}
    proposed = proposal.proposed_by_id == actor.person_id and actor.reference != "public"
    facts = {
        Relation.SECOND_HAND: vouches(actor) and actor.person_id not in first,
        Relation.PROPOSER: proposed and (actor == OPERATOR or bool(actor.person_id)),
    }
    return {relation for relation, holds in facts.items() if holds}


def authorise(actor: Actor, step: Step, thing: Person | Seat) -> Grant:
    """An administrator does not name alone whoever may confirm."""
    has = relations(actor)
    role, standing = getattr(thing, "role", ""), getattr(thing, "standing", "")
    if step == Step.SEAT and role and is_vouching(Role(role), Standing(standing)):
        has -= {Relation.ADMINISTRATOR}
    if step == Step.UNSEAT and getattr(thing, "person_id", None) == actor.person_id:
        raise Refused("nobody ends their own seat here")
    return grant(actor, step, thing, needs=NEEDS[step], has=has)


def authorise_proposal(actor: Actor, step: Step, proposal: Proposal) -> Grant:
    has = relations(actor) | relations_to(actor, proposal)
    return grant(actor, step, proposal, needs=NEEDS[step], has=has)


def steps_open_to(actor: Actor, proposal: Proposal) -> set[Step]:
    """What this actor may do with a proposal that is still open."""
    if proposal.outcome != Outcome.OPEN:
        return set()
    has = relations_to(actor, proposal)
    return {step for step in (Step.CONFIRM, Step.DECLINE) if NEEDS[step] & has}


def must_be_alone(actor: Actor, *, has_second_hand: bool) -> None:
    """Only where nobody sits who could confirm may the operator act alone; an administrator never.

    Raises Refused.
    """
    if has_second_hand or actor != OPERATOR:
        raise Refused("this takes a second hand: propose it")
