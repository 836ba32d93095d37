"""Who may see a batch, and what each may do to it. All of it, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearinghouse.access.actor import CLOCK, OPERATOR, Actor
from clearinghouse.access.grant import Grant, grant
from clearinghouse.batches.rules.workflow import WORKFLOWS, Relation, State, Step
from clearinghouse.submissions.policy import CONTRIBUTORS, may_hold_the_pen, visibility
from clearinghouse.submissions.rules.kinds import Kind
from clearinghouse.submissions.rules.workflow import Origin

if TYPE_CHECKING:
    from clearinghouse.batches.models import Batch

__all__ = ("CONTRIBUTORS", "authorise", "may_hold_the_pen", "relations", "visibility")
# A batch is seen as a contribution is: its columns have the same names, so the answer is the same.


def relations(actor: Actor, batch: Batch) -> set[Relation]:
    """The author is the body, in its current seats; the reviewer is never the person who wrote.

    The operator brings in a file on behalf of a body, from the command line, on a paper.
    """
    serving = may_hold_the_pen(actor, Kind(batch.kind))
    holds_the_pen = batch.origin == Origin.SECRETARIAT and (serving or actor == OPERATOR)
    facts = {
        Relation.AUTHOR: batch.body_id in actor.bodies_as(*CONTRIBUTORS) or holds_the_pen,
        Relation.SECRETARIAT: serving,
        Relation.REVIEWER: serving and batch.written_by != actor.person_id,
        Relation.CLOCK: actor == CLOCK,
    }
    return {relation for relation, holds in facts.items() if holds}


def authorise(actor: Actor, step: Step, batch: Batch) -> Grant:
    move = WORKFLOWS[Kind(batch.kind)].move(State(batch.state), step)
    return grant(actor, step, batch, needs=move.by, has=relations(actor, batch))
