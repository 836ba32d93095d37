"""Everything that reads contributions. Each is told who asks, and fetches all a page needs."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from clearinghouse.access.actor import Actor, Role
from clearinghouse.access.errors import Unseen
from clearinghouse.mandate.models import Area, Body, Obligation
from clearinghouse.mandate.models import State as Country
from clearinghouse.mandate.queries import regions
from clearinghouse.submissions import policy
from clearinghouse.submissions.models import Submission, SubmissionQuerySet
from clearinghouse.submissions.rules.fields import Known
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Contributors, Kind
from clearinghouse.submissions.rules.workflow import State, Step

WAITING_FOR_THE_SECRETARIAT = (State.SUBMITTED, State.IN_REVIEW)


def submissions_for(actor: Actor) -> SubmissionQuerySet:
    """With its body; what else a page wants is asked for here, not stumbled on."""
    return Submission.objects.visible_to(actor).select_related("body")


def submission_for(actor: Actor, pk: UUID) -> Submission:
    found = submissions_for(actor).filter(pk=pk).first()
    if found is None:
        raise Unseen("no such submission")
    return found


def waiting_for_review(actor: Actor) -> SubmissionQuerySet:
    return submissions_for(actor).filter(state__in=WAITING_FOR_THE_SECRETARIAT)


def listed_of(body: Body, kind: Kind) -> list[Submission]:
    """The contributions of a body that stand in view, of one kind, for its prefilled forms."""
    reason = "a body's form is filled with its own listed entries"
    listed = Submission.objects.unscoped(reason).filter(body=body, kind=kind, state=State.LISTED)
    latest = {each.entry: each for each in listed.order_by("started_at", "id")}
    return list(latest.values())


def others_listed(submission: Submission) -> list[Submission]:
    """The other contributions that its entry was listed from."""
    if submission.state != State.LISTED:
        return []
    listed = Submission.objects.unscoped("they go the way of their entry")
    same = listed.filter(kind=submission.kind, entry=submission.entry, state=State.LISTED)
    return list(same.exclude(pk=submission.pk))


def is_read_by_the_secretariat(kind: Kind) -> bool:
    """What organisations announce to each other alone is not sent through its hands."""
    return kind not in policy.AMONG_MONITORS


def steps_open_to(actor: Actor, submission: Submission) -> set[Step]:
    """The same table that authorises also draws the buttons."""
    table = DEFINITIONS[Kind(submission.kind)].workflow
    return table.open_steps(State(submission.state), policy.relations(actor, submission))


def bodies_open_to(actor: Actor, kind: Kind) -> list[Body]:
    """For whom this actor may draft: its own bodies; any body, for the secretariat."""
    definition = DEFINITIONS[kind]
    bodies = Body.objects.exclude(kind="other").order_by("code")
    if definition.contributors == Contributors.STATES:
        bodies = bodies.filter(kind="state")
    elif definition.contributors == Contributors.ORGANISATIONS:
        bodies = bodies.exclude(kind="state")
    if policy.may_hold_the_pen(actor, kind):
        return list(bodies)
    return list(bodies.filter(pk__in=actor.bodies_as(*policy.CONTRIBUTORS)))


def kinds_open_to(actor: Actor) -> set[Kind]:
    """What this actor may begin to write: whatever it may draft for some body."""
    if on_behalf := {kind for kind in DEFINITIONS if policy.may_hold_the_pen(actor, kind)}:
        return on_behalf
    own = Body.objects.exclude(kind="other").filter(pk__in=actor.bodies_as(*policy.CONTRIBUTORS))
    are_states = {kind == "state" for kind in own.values_list("kind", flat=True)}
    return {
        kind
        for kind, one in DEFINITIONS.items()
        if any(one.contributors.include(state=state) for state in are_states)
    }


def known() -> Known:
    """The vocabularies that a contribution's references are held against."""
    return Known(
        areas=frozenset(Area.objects.values_list("code", flat=True)),
        obligations=frozenset(Obligation.objects.values_list("ref", flat=True)),
        providers=frozenset(Body.objects.filter(provider=True).values_list("code", flat=True)),
        states=frozenset(Country.objects.values_list("code", flat=True)),
        regions=frozenset(regions().values_list("code", flat=True)),
    )


def arrived_since(bodies: Iterable[UUID], since: datetime) -> list[tuple[UUID, str, datetime]]:
    """Body, kind and moment of all that was handed in and not taken back: never what it says."""
    every = Submission.objects.unscoped("whether something came in, not what it is")
    found = every.filter(body__in=list(bodies), submitted_at__gte=since)
    found = found.exclude(state__in=(State.DRAFT, State.WITHDRAWN))
    rows = found.order_by().values_list("body", "kind", "submitted_at")
    return [(body, kind, at) for body, kind, at in rows if at is not None]


def writing_seat(by: Actor, body: Body) -> UUID | None:
    """The seat to tell what became of it: the author's own, or of the secretariat."""
    own = [c.seat_id for c in by.capacities if c.body_id == body.pk]
    serving = [c.seat_id for c in by.capacities if c.role == Role.SECRETARIAT]
    return next(iter([*own, *serving]), None)
