"""Who may see a letter and its replies, who is what to it, and the grant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from clearinghouse.access.actor import OPERATOR, Actor, Role, Standing
from clearinghouse.access.errors import Refused
from clearinghouse.access.grant import Grant, grant
from clearinghouse.ledger.models import NOTHING
from clearinghouse.letters.rules.workflow import (
    LEFT,
    TO_SIGN,
    WORKFLOW,
    Form,
    Relation,
    State,
    Step,
)

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from clearinghouse.letters.models import Batch, Letter
    from clearinghouse.mandate.models import Pack

SERVING = (Role.SECRETARIAT, Role.EXPERT)


def letters(actor: Actor) -> Q:
    """Secretariat and Experts: all. The Chair: those to sign. A body: its own, once out."""
    if actor.holds(*SERVING):
        return Q()
    seen = Q(body__in=own_bodies(actor), state__in=[s.value for s in LEFT])
    if actor.stands_as(Role.MEMBER, Standing.CHAIR):
        seen |= Q(form=Form.LETTER, state__in=[s.value for s in TO_SIGN])
    return seen


def batches(actor: Actor, seen: QuerySet[Letter, Any]) -> Q:
    """The Chair those that have a letter to sign among them: `seen` are the batches of these."""
    if actor.holds(*SERVING):
        return Q()
    return Q(pk__in=seen) if actor.stands_as(Role.MEMBER, Standing.CHAIR) else NOTHING


def hand(actor: Actor) -> UUID:
    """Who acts in person: letters are written and sent by persons. Raises Refused for others."""
    if actor.person_id is None:
        raise Refused("letters are in the hands of persons")
    return actor.person_id


def own_bodies(actor: Actor) -> set[UUID]:
    """Those it is a State's or an organisation's seat for; a member's seat is none of these."""
    return actor.bodies_as(Role.FOCAL_POINT, Role.STATE)


def relations(actor: Actor, letter: Letter) -> set[Relation]:
    office = actor.holds(Role.SECRETARIAT)
    facts = {
        Relation.SECRETARIAT: office,
        Relation.SECOND_OFFICER: office and actor.person_id not in {None, letter.writer_id},
        Relation.INITIALLER: office and letter.form == Form.NOTE_VERBALE,
        Relation.SIGNATORY: actor.stands_as(Role.MEMBER, Standing.CHAIR)
        and letter.form == Form.LETTER,
    }
    return {relation for relation, holds in facts.items() if holds}


def authorise(actor: Actor, step: Step, letter: Letter) -> Grant:
    move = WORKFLOW.move(State(letter.state), step)
    return grant(actor, step, letter, needs=move.by, has=relations(actor, letter))


def authorise_batch(actor: Actor, step: Step, batch: Batch, letters: list[Letter]) -> Grant:
    """Each letter is asked for; one refusal refuses all. The grant is for the batch."""
    because = {Relation(r) for each in letters for r in authorise(actor, step, each).because}
    return grant(actor, step, batch, needs=because, has=because)


def authorise_load(actor: Actor, pack: Pack) -> Grant:
    """A pack's templates come with the pack, at the operator's hand."""
    has = {Relation.OPERATOR} if actor == OPERATOR else set[Relation]()
    return grant(actor, Step.LOAD, pack, needs={Relation.OPERATOR}, has=has)
