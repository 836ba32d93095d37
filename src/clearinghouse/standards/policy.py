"""Whoever reads, reads every entry of the register; who may list, confirm and withdraw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from clearinghouse.access.actor import CLOCK, OPERATOR, Actor, Role
from clearinghouse.access.grant import Grant, grant
from clearinghouse.standards.rules import WORKFLOW, Relation, Status, Step

if TYPE_CHECKING:
    from clearinghouse.mandate.models import Pack
    from clearinghouse.standards.models import Standard


def visibility(actor: Actor) -> Q:
    """Public: what is not public yet lies in submissions."""
    del actor
    return Q()


def relations(actor: Actor, standard: Standard) -> set[Relation]:
    facts = {
        Relation.OPERATOR: actor == OPERATOR,
        Relation.CLOCK: actor == CLOCK,
        Relation.SECRETARIAT: actor.holds(Role.SECRETARIAT),
        Relation.OWNER: standard.organisation_id in actor.bodies_as(Role.FOCAL_POINT, Role.STATE),
    }
    return {relation for relation, holds in facts.items() if holds}


def authorise(actor: Actor, step: Step, standard: Standard) -> Grant:
    move = WORKFLOW.move(Status(standard.status), step)
    return grant(actor, step, standard, needs=move.by, has=relations(actor, standard))


def authorise_load(actor: Actor, pack: Pack) -> Grant:
    """A pack's standards come with the pack, at the operator's hand."""
    has = {Relation.OPERATOR} if actor == OPERATOR else set[Relation]()
    return grant(actor, Step.LOAD, pack, needs={Relation.OPERATOR}, has=has)
