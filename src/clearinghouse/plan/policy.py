"""What was taken on is public; proposals are read by those who work on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from clearinghouse.access.actor import OPERATOR, Actor, Role
from clearinghouse.access.grant import Grant, grant
from clearinghouse.plan.rules import TAKEN_ON, Relation, Step

if TYPE_CHECKING:
    from clearinghouse.mandate.models import Pack

READERS = (Role.EXPERT, Role.MEMBER, Role.SECRETARIAT, Role.AUDITOR)


def visibility(actor: Actor) -> Q:
    """Everybody else also reads the commitments that their own body holds."""
    if actor.holds(*READERS):
        return Q()
    taken_on = Q(adoption__in=[a.value for a in TAKEN_ON])
    return taken_on | Q(holder__in=actor.bodies_as(Role.FOCAL_POINT, Role.STATE))


def relations(actor: Actor) -> set[Relation]:
    return {Relation.OPERATOR} if actor == OPERATOR else set()


def authorise_load(actor: Actor, pack: Pack) -> Grant:
    """A pack's commitments come with the pack, at the operator's hand."""
    return grant(actor, Step.LOAD, pack, needs={Relation.OPERATOR}, has=relations(actor))
