"""Figures are public; whoever runs the installation brings them in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearinghouse.access.actor import OPERATOR, Actor
from clearinghouse.access.grant import Grant, grant
from clearinghouse.assistance.rules import Relation, Step

if TYPE_CHECKING:
    from clearinghouse.ledger.models import Recorded


def authorise(actor: Actor, step: Step, thing: Recorded) -> Grant:
    has = {Relation.OPERATOR} if actor == OPERATOR else set()
    return grant(actor, step, thing, needs={Relation.OPERATOR}, has=has)
