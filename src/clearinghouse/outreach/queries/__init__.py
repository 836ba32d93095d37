"""Everything that reads the contact log and the invitations; the actor is told first."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Unseen
from clearinghouse.kernel.workflow import OutOfOrder
from clearinghouse.mandate.models import Body, Meeting
from clearinghouse.mandate.rules import Offset, Unit, falls_on
from clearinghouse.outreach import policy
from clearinghouse.outreach.models import (
    Asked,
    AskedQuerySet,
    Exchange,
    ExchangeQuerySet,
    Invitation,
    InvitationQuerySet,
)
from clearinghouse.outreach.rules import OPEN, WHO, Answer, Step, its_own


def exchanges_for(actor: Actor) -> ExchangeQuerySet:
    found = Exchange.objects.visible_to(actor)
    return found.select_related("body", "owner", "noted_by")


def exchange_for(actor: Actor, pk: UUID) -> Exchange:
    if (found := exchanges_for(actor).filter(pk=pk).first()) is None:
        raise Unseen("no such exchange")
    return found


def log_of(actor: Actor, body: Body) -> ExchangeQuerySet:
    return exchanges_for(actor).filter(body=body)


def latest_by_body(actor: Actor) -> dict[UUID, Exchange]:
    """Of each body the exchange that says where contact stands."""
    latest: dict[UUID, Exchange] = {}
    for one in exchanges_for(actor):
        latest.setdefault(one.body_id, one)
    return latest


def open_steps(actor: Actor) -> ExchangeQuerySet:
    """Next steps that nobody has called done, the nearest first."""
    found = exchanges_for(actor).exclude(next_step="").filter(done_on__isnull=True)
    return found.order_by("due_on", "noted_at", "id")


def own_steps(actor: Actor, by: date) -> ExchangeQuerySet:
    """Those of them that this person owns and that are due by that day."""
    return open_steps(actor).filter(owner=actor.person_id, due_on__lte=by)


def invitations_for(actor: Actor) -> InvitationQuerySet:
    return Invitation.objects.visible_to(actor).select_related("due_meeting")


def invitation_for(actor: Actor, pk: UUID) -> Invitation:
    if (found := invitations_for(actor).filter(pk=pk).first()) is None:
        raise Unseen("no such invitation")
    return found


def asked_for(actor: Actor) -> AskedQuerySet:
    found = Asked.objects.visible_to(actor)
    return found.select_related("body", "letter", "invitation", "invitation__due_meeting")


def asked_line(actor: Actor, pk: UUID) -> Asked:
    if (found := asked_for(actor).filter(pk=pk).first()) is None:
        raise Unseen("no such line")
    return found


def asked_by_id(pk: UUID) -> Asked | None:
    """For the mail that is composed at the moment of sending."""
    every = Asked.objects.unscoped("a mail is composed for whoever it was written to")
    return (
        every.select_related("body", "invitation", "invitation__due_meeting").filter(pk=pk).first()
    )


def still_open() -> list[Asked]:
    """Whom the clock may have to remind; shown to nobody."""
    every = Asked.objects.unscoped("the clock asks whom to remind")
    found = every.filter(answer__in=[a.value for a in OPEN])
    return list(found.select_related("body", "invitation", "invitation__due_meeting"))


def bodies_hung_on(meeting: Meeting) -> set[UUID]:
    """Whose day moves with the meeting: for working out whom a move concerns; shown to nobody."""
    every = Asked.objects.unscoped("a move concerns whom it asks something of")
    found = every.filter(invitation__due_meeting=meeting, answer__in=[a.value for a in OPEN])
    return set(found.values_list("body", flat=True))


def hung_on(meeting: Meeting, actor: Actor, bodies: Iterable[UUID] | None = None) -> AskedQuerySet:
    """Who is still asked for something by a day that hangs on it, as far as the actor sees it."""
    found = asked_for(actor).filter(invitation__due_meeting=meeting)
    found = found.filter(answer__in=[a.value for a in OPEN])
    return found if bodies is None else found.filter(body__in=list(bodies))


def due_day(invitation: Invitation, holidays: set[date]) -> date:
    """Computed from the meeting, where it hangs on one."""
    if invitation.due_meeting is None:
        if invitation.due_on is None:
            raise OutOfOrder("an invitation has a day")
        return invitation.due_on
    return due_if(invitation, invitation.due_meeting.starts, holidays)


def due_if(invitation: Invitation, meeting_starts: str, holidays: set[date]) -> date:
    """The day of an invitation hung on a meeting, were the meeting to start then."""
    offset = Offset(invitation.due_offset, Unit(invitation.due_unit))
    return falls_on(meeting_starts, offset, holidays)


def steps_open_to(actor: Actor, thing: Exchange | Asked | Invitation) -> set[Step]:
    """The steps of this seat on this very thing."""
    has = policy.relations(actor, thing)
    mine = {step for step, needs in WHO.items() if needs & has}
    return mine & _steps_on(thing)


def own_steps_on(
    actor: Actor, line: Asked, due: date, today: date, *, has_given: bool
) -> set[Step]:
    """What a body may answer itself, on this day, to this invitation."""
    has = policy.relations(actor, line)
    open_ = its_own(Answer(line.answer), has_given=has_given, due=due, today=today)
    return {step for step in open_ if WHO[step] & has}


def _steps_on(thing: Exchange | Asked | Invitation) -> set[Step]:
    if isinstance(thing, Exchange):
        return _steps_on_exchange(thing)
    if isinstance(thing, Asked):
        thanks = not thing.thanked_on and thing.answer != Answer.TAKEN_BACK
        return {Step.ANSWER, Step.THANK} if thanks else {Step.ANSWER}
    return {Step.WRITE} if thing.version else {Step.INVITE}


def _steps_on_exchange(line: Exchange) -> set[Step]:
    if not line.version:
        return {Step.NOTE}
    steps = set() if line.erased_on else {Step.ERASE}
    return steps | {Step.SETTLE} if line.next_step and not line.done_on else steps
