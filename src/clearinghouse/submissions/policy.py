"""Who may see a contribution, and what each may do to it. All of it, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from clearinghouse.access.actor import Actor, Role
from clearinghouse.access.grant import Grant, grant
from clearinghouse.directory.rules import Readers
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from clearinghouse.submissions.rules.workflow import Origin, Relation, State, Step

if TYPE_CHECKING:
    from clearinghouse.submissions.models import Submission

CONTRIBUTORS = (Role.FOCAL_POINT, Role.STATE)
# What organisations announce to each other: the secretariat neither reads nor writes it.
AMONG_MONITORS = tuple(k for k, d in DEFINITIONS.items() if d.readers == Readers.MONITORS)


def visibility(actor: Actor) -> Q:
    """A draft is its body's, or the secretariat's where it holds the pen; then it is reviewed."""
    seen = Q(body__in=actor.bodies_as(*CONTRIBUTORS))
    if actor.holds(Role.SECRETARIAT):
        handed_in = Q(origin=Origin.SECRETARIAT) | Q(submitted_at__isnull=False)
        seen |= handed_in & ~Q(kind__in=AMONG_MONITORS)
    if actor.holds(Role.EXPERT):
        seen |= Q(submitted_at__isnull=False)
    return seen


def may_hold_the_pen(actor: Actor, kind: Kind) -> bool:
    """The secretariat drafts on behalf of any body, and it is recorded as such."""
    return actor.holds(Role.SECRETARIAT) and kind not in AMONG_MONITORS


def relations(actor: Actor, submission: Submission) -> set[Relation]:
    """The author is the body, in its current seats; the reviewer is never the person who wrote."""
    serving = may_hold_the_pen(actor, Kind(submission.kind))
    held_the_pen = serving and submission.origin == Origin.SECRETARIAT
    facts = {
        Relation.AUTHOR: submission.body_id in actor.bodies_as(*CONTRIBUTORS) or held_the_pen,
        Relation.SECRETARIAT: serving,
        Relation.REVIEWER: serving and submission.written_by != actor.person_id,
        Relation.MISSION: submission.body_id in actor.missions(),
    }
    return {relation for relation, holds in facts.items() if holds}


def authorise(actor: Actor, step: Step, submission: Submission) -> Grant:
    table = DEFINITIONS[Kind(submission.kind)].workflow
    move = table.move(State(submission.state), step)
    return grant(actor, step, submission, needs=move.by, has=relations(actor, submission))
