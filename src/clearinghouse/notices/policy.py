"""Who lets the outbox send again after a restore: whoever runs the installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearinghouse.access.actor import OPERATOR, Actor
from clearinghouse.access.grant import Grant, grant
from clearinghouse.notices.rules import Relation, Step

if TYPE_CHECKING:
    from clearinghouse.notices.models import Release


def relations(actor: Actor) -> set[Relation]:
    return {Relation.OPERATOR} if actor == OPERATOR else set()


def authorise(actor: Actor, step: Step, release: Release) -> Grant:
    return grant(actor, step, release, needs={Relation.OPERATOR}, has=relations(actor))
