"""Who takes part in the confidential exchange, as far as the actor may know it."""

from datetime import date

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Unseen
from clearinghouse.mandate.models import Body
from clearinghouse.outreach import policy
from clearinghouse.outreach.models import (
    Participation,
    ParticipationQuerySet,
    Terms,
    TermsQuerySet,
)
from clearinghouse.outreach.rules.participation import STEPS, WHO, Part, Step, part


def taking_part(actor: Actor) -> ParticipationQuerySet:
    """Every body of which it is recorded, whether it takes part today or did once."""
    return Participation.objects.visible_to(actor).select_related("body")


def of_body(actor: Actor, body: Body) -> Participation | None:
    return taking_part(actor).filter(body=body).first()


def participation_of(actor: Actor, code: str) -> Participation:
    if (found := taking_part(actor).filter(body__code=code).first()) is None:
        raise Unseen("nothing is recorded of such a body")
    return found


def history_of(actor: Actor, line: Participation) -> TermsQuerySet:
    """The latest first."""
    found = Terms.objects.visible_to(actor).filter(participation=line)
    return found.select_related("noted_by")


def part_of(line: Participation, today: date) -> Part:
    return part(line.since, line.until, today) if line.version else Part.NONE


def steps_open_to(actor: Actor, line: Participation, today: date) -> set[Step]:
    """The steps of this seat on this very line."""
    has = policy.relations(actor)
    mine = {step for step, needs in WHO.items() if needs & has}
    return mine & STEPS[part_of(line, today)]


def may_join(actor: Actor) -> bool:
    """Whether this seat records that a body takes part of which nothing is recorded yet."""
    return bool(WHO[Step.JOIN] & policy.relations(actor))
