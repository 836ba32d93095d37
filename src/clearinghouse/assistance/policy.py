"""Figures are public; the secretariat, or whoever runs the installation, brings them in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearinghouse.access.actor import OPERATOR, Actor, Role
from clearinghouse.access.grant import Grant, grant
from clearinghouse.assistance.rules import WHO, Relation, Step

if TYPE_CHECKING:
    from clearinghouse.ledger.models import Recorded


def authorise(actor: Actor, step: Step, thing: Recorded) -> Grant:
    facts = {
        Relation.OPERATOR: actor == OPERATOR,
        Relation.SECRETARIAT: actor.holds(Role.SECRETARIAT),
    }
    has = {relation for relation, holds in facts.items() if holds}
    return grant(actor, step, thing, needs=WHO[step], has=has)


def may_import(actor: Actor) -> bool:
    return actor == OPERATOR or actor.holds(Role.SECRETARIAT)
