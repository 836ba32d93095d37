"""Who may see what came in, and what each may do to it. All of it, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from clearinghouse.access.actor import OPERATOR, Actor, Role
from clearinghouse.access.grant import Grant, grant
from clearinghouse.intake.rules.workflow import WORKFLOW, Relation, State, Step
from clearinghouse.ledger.models import NOTHING

if TYPE_CHECKING:
    from clearinghouse.intake.models import Item

SENDERS = (Role.FOCAL_POINT, Role.STATE)


def visibility(actor: Actor) -> Q:
    """All of it for those who serve; for a body, what is attributed to it."""
    if actor.holds(Role.SECRETARIAT, Role.EXPERT):
        return Q()
    own = actor.bodies_as(*SENDERS)
    return Q(body__in=own) if own else NOTHING


def relations(actor: Actor) -> set[Relation]:
    facts = {
        Relation.COMMAND: actor == OPERATOR,
        Relation.SECRETARIAT: actor.holds(Role.SECRETARIAT),
    }
    return {relation for relation, holds in facts.items() if holds}


def authorise(actor: Actor, step: Step, item: Item) -> Grant:
    move = WORKFLOW.move(State(item.state), step)
    return grant(actor, step, item, needs=move.by, has=relations(actor))
