"""Who may see issues, clearances and the circulation list, and what each may do to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from clearinghouse.access.actor import CLOCK, OPERATOR, Actor, Role, Standing
from clearinghouse.access.grant import Grant, Subject, grant
from clearinghouse.circulars.rules import HANDS, WORKFLOW, Office, Relation, State, Step
from clearinghouse.ledger.models import NOTHING

if TYPE_CHECKING:
    from clearinghouse.circulars.models import Clearance, Issue

SERVING = (Role.EXPERT, Role.SECRETARIAT, Role.MEMBER)


def issues(actor: Actor) -> Q:
    """An issued matrix is there for everybody, in a rendition of its own; before, for few."""
    return Q() if actor.holds(*SERVING) else Q(state=State.ISSUED)


def clearances(actor: Actor) -> Q:
    return Q() if actor.holds(*SERVING) else NOTHING


def recipients(actor: Actor) -> Q:
    if actor.holds(*SERVING):
        return Q()
    return Q(seat__in=[c.seat_id for c in actor.capacities if c.seat_id])


def relations(actor: Actor) -> set[Relation]:
    facts = {
        Relation.CLOCK: actor == CLOCK,
        Relation.OPERATOR: actor == OPERATOR,
        Relation.CHAIR: actor.stands_as(Role.MEMBER, Standing.CHAIR),
        Relation.EXPERT: actor.holds(Role.EXPERT),
        Relation.SECRETARIAT: actor.holds(Role.SECRETARIAT),
    }
    return {relation for relation, holds in facts.items() if holds}


def authorise(actor: Actor, step: Step, issue: Issue) -> Grant:
    move = WORKFLOW.move(State(issue.state), step)
    return grant(actor, step, issue, needs=move.by, has=relations(actor))


def authorise_clearance(actor: Actor, step: Step, clearance: Clearance) -> Grant:
    """The Chair clears as the Chair, an Expert as an Expert: neither for the other."""
    own = relations(actor) & {Relation(Office(clearance.office).value)}
    return grant(actor, step, clearance, needs=HANDS[step], has=own)


def authorise_list(actor: Actor, step: Step, thing: Subject) -> Grant:
    return grant(actor, step, thing, needs=HANDS[step], has=relations(actor))


def offices_of(actor: Actor) -> set[Office]:
    """The clearances this actor may give."""
    return {office for office in Office if Relation(office.value) in relations(actor)}
