"""Who may see a batch, and what each may do to it. All of it, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from clearinghouse.access.actor import CLOCK, OPERATOR, Actor, Role
from clearinghouse.access.grant import Grant, grant
from clearinghouse.batches.rules import trust
from clearinghouse.batches.rules.workflow import WORKFLOWS, Relation, State, Step
from clearinghouse.ledger.models import NOTHING
from clearinghouse.submissions.policy import CONTRIBUTORS, may_hold_the_pen, visibility
from clearinghouse.submissions.rules.kinds import Kind
from clearinghouse.submissions.rules.workflow import Origin

if TYPE_CHECKING:
    from clearinghouse.batches.models import Batch, Trust

__all__ = ("CONTRIBUTORS", "authorise", "may_hold_the_pen", "relations", "visibility")
# A batch is seen as a contribution is: its columns have the same names, so the answer is the same.


def relations(actor: Actor, batch: Batch, *, is_trusted: bool = False) -> set[Relation]:
    """The author is the body, in its current seats; the reviewer is never the person who wrote.

    The operator brings in a file on behalf of a body, from the command line, on a paper.
    `is_trusted` says of the file that it may go without review; then the body's own seats may.
    """
    is_own = batch.body_id in actor.bodies_as(*CONTRIBUTORS)
    serving = may_hold_the_pen(actor, Kind(batch.kind))
    holds_the_pen = batch.origin == Origin.SECRETARIAT and (serving or actor == OPERATOR)
    facts = {
        Relation.AUTHOR: is_own or holds_the_pen,
        Relation.TRUSTED: is_own and is_trusted,
        Relation.SECRETARIAT: serving,
        Relation.REVIEWER: serving and batch.written_by != actor.person_id,
        Relation.CLOCK: actor == CLOCK,
    }
    return {relation for relation, holds in facts.items() if holds}


def authorise(actor: Actor, step: Step, batch: Batch, *, is_trusted: bool = False) -> Grant:
    move = WORKFLOWS[Kind(batch.kind)].move(State(batch.state), step)
    has = relations(actor, batch, is_trusted=is_trusted)
    return grant(actor, step, batch, needs=move.by, has=has)


# ── whom the secretariat trusts ─────────────────────────────────────────────────────────────────


def trusts(actor: Actor) -> Q:
    """With the reasons, by those who serve; a body finds it in what it may do."""
    return Q() if actor.holds(Role.SECRETARIAT, Role.EXPERT) else NOTHING


def authorise_trust(actor: Actor, step: trust.Step, thing: Trust) -> Grant:
    return grant(actor, step, thing, needs=trust.WHO[step], has=relations_of_trust(actor))


def relations_of_trust(actor: Actor) -> set[trust.Relation]:
    return {trust.Relation.SECRETARIAT} if actor.holds(Role.SECRETARIAT) else set()
