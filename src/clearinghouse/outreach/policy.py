"""The contact log is read and written by those who serve; a body sees what it is asked itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from clearinghouse.access.actor import Actor, Role
from clearinghouse.access.errors import Refused
from clearinghouse.access.grant import Grant, grant
from clearinghouse.ledger.models import NOTHING, Recorded
from clearinghouse.outreach.rules import WHO, Answer, Relation, Step
from clearinghouse.outreach.rules import participation as partaking

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from clearinghouse.outreach.models import Asked, Participation

SERVING = (Role.SECRETARIAT, Role.EXPERT)


def exchanges(actor: Actor) -> Q:
    return Q() if actor.holds(*SERVING) else NOTHING


def asked(actor: Actor) -> Q:
    """A body reads its own line, and never who else was asked."""
    if actor.holds(*SERVING):
        return Q()
    own = actor.bodies_as(Role.FOCAL_POINT, Role.STATE)
    return Q(body__in=own) & ~Q(answer=Answer.TAKEN_BACK) if own else NOTHING


def invitations(actor: Actor, seen: QuerySet[Asked, UUID]) -> Q:
    """`seen` are the invitations of the lines that this actor reads."""
    return Q() if actor.holds(*SERVING) else Q(pk__in=seen)


def hand(actor: Actor) -> UUID:
    """Who acts in person. Raises Refused for others."""
    if actor.person_id is None:
        raise Refused("contact with bodies is in the hands of persons")
    return actor.person_id


def relations(actor: Actor, thing: Recorded | None = None) -> set[Relation]:
    """For a State its mission answers, for an organisation any of its focal points."""
    answering = actor.bodies_as(Role.FOCAL_POINT) | actor.missions()
    facts = {
        Relation.SECRETARIAT: actor.holds(Role.SECRETARIAT),
        Relation.EXPERT: actor.holds(Role.EXPERT),
        Relation.INVITED: getattr(thing, "asks", None) in answering,
    }
    return {relation for relation, holds in facts.items() if holds}


def authorise(actor: Actor, step: Step, thing: Recorded) -> Grant:
    return grant(actor, step, thing, needs=WHO[step], has=relations(actor, thing))


# ── who takes part in the confidential exchange ─────────────────────────────────────────────────


def participations(actor: Actor) -> Q:
    """Known to focal points and Experts; the secretariat and the members read nothing of it."""
    return Q() if actor.holds(Role.FOCAL_POINT, Role.EXPERT) else NOTHING


def authorise_participation(actor: Actor, step: partaking.Step, line: Participation) -> Grant:
    return grant(actor, step, line, needs=partaking.WHO[step], has=relations(actor))
