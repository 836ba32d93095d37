"""The mandate's facts are public; they are loaded by whoever runs the installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearinghouse.access.actor import OPERATOR, Actor
from clearinghouse.access.grant import Grant, grant
from clearinghouse.mandate.rules import Relation, Step

if TYPE_CHECKING:
    from clearinghouse.mandate.models import Pack


def relations(actor: Actor, pack: Pack) -> set[Relation]:
    del pack  # one installation, one pack: there is nothing to tell apart
    return {Relation.OPERATOR} if actor == OPERATOR else set()


def authorise(actor: Actor, step: Step, pack: Pack) -> Grant:
    return grant(actor, step, pack, needs={Relation.OPERATOR}, has=relations(actor, pack))
