"""Where an issue stands: its clearances, its circulation list, what the clock has to do."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Unseen
from clearinghouse.circulars import policy
from clearinghouse.circulars.models import (
    Clearance,
    ClearanceQuerySet,
    Issue,
    IssueQuerySet,
    Recipient,
    RecipientQuerySet,
)
from clearinghouse.circulars.rules import Office, State
from clearinghouse.mandate import queries as mandate
from clearinghouse.mandate.queries import committee
from clearinghouse.mandate.rules import Settings


def issues_for(actor: Actor) -> IssueQuerySet:
    return Issue.objects.visible_to(actor)


def issue_for(actor: Actor, month: date | None = None) -> Issue:
    """The issue of that month, or the latest issued one. Raises Unseen."""
    found = issues_for(actor)
    found = found.filter(month=month) if month else found.filter(state=State.ISSUED)
    if (issue := found.first()) is None:
        raise Unseen("no such issue of the matrix")
    return issue


def clearances_for(actor: Actor, issue: Issue) -> ClearanceQuerySet:
    """Those that count for this issue: its own and standing ones; revoked ones are shown too."""
    found = Clearance.objects.visible_to(actor).select_related("given_by")
    return (found.filter(issue=issue) | found.filter(issue__isnull=True)).order_by("given_at")


def standing_clearance(actor: Actor) -> Clearance | None:
    found = Clearance.objects.visible_to(actor).filter(issue__isnull=True, revoked_at__isnull=True)
    return found.first()


def clearance_for(actor: Actor, pk: UUID) -> Clearance:
    found = Clearance.objects.visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Unseen("no such clearance")
    return found


def missing_clearances(issue: Issue) -> set[Office]:
    """Whose word is still needed before this issue may go out."""
    return missing_by_issue([issue])[issue.pk]


def missing_by_issue(some: Sequence[Issue]) -> dict[UUID, set[Office]]:
    """The same of several issues; a standing clearance counts for each."""
    valid = Clearance.objects.unscoped("the clock asks whether it may issue").filter(
        revoked_at__isnull=True
    )
    found = valid.filter(issue__in=some) | valid.filter(issue__isnull=True)
    given = set(found.values_list("issue_id", "office"))
    return {one.pk: {o for o in Office if not {(one.pk, o), (None, o)} & given} for one in some}


def is_cleared(office: Office, issue: Issue | None) -> bool:
    """Whether this office's word on this issue (or its standing word) stands already."""
    valid = Clearance.objects.unscoped("nothing is cleared twice").filter(revoked_at__isnull=True)
    return valid.filter(office=office, issue=issue).exists()


def recipients_for(actor: Actor) -> RecipientQuerySet:
    found = Recipient.objects.visible_to(actor).filter(until__isnull=True)
    return found.select_related("seat__person", "seat__body").order_by("seat__role", "id")


def circulation() -> list[UUID]:
    """The seats on the list now: whom the outbox is to be written for."""
    listed = Recipient.objects.unscoped("the clock issues to the list").filter(until__isnull=True)
    return list(listed.order_by("id").values_list("seat_id", flat=True))


def wants_attachment(seat_id: UUID) -> bool:
    listed = Recipient.objects.unscoped("asked when a mail is composed")
    return listed.filter(seat_id=seat_id, until__isnull=True, attach=True).exists()


def issue_of(month: date) -> Issue | None:
    return Issue.objects.unscoped("the clock asks what there is").filter(month=month).first()


def months() -> set[date]:
    """The months of all issues there are, in whatever state."""
    found = Issue.objects.unscoped("the clock asks what there is")
    return set(found.values_list("month", flat=True))


def latest_issued() -> Issue | None:
    found = Issue.objects.unscoped("the operator shows what was issued")
    return found.filter(state=State.ISSUED).first()


def issue_by_id(pk: UUID) -> Issue | None:
    return Issue.objects.unscoped("asked when a mail is composed").filter(pk=pk).first()


def before(issue: Issue) -> Issue | None:
    """The last issue frozen before this one: what changes are told against."""
    earlier = Issue.objects.unscoped("freezing compares with the last issue")
    return earlier.filter(month__lt=issue.month).exclude(state=State.DRAFT).first()


def unfinished(today: date) -> list[Issue]:
    """Issues of months begun that have not gone out: frozen and waiting, or not yet frozen."""
    found = Issue.objects.unscoped("the clock asks what is due").exclude(state=State.ISSUED)
    return list(found.filter(month__lte=today).order_by("month"))


def settings() -> Settings:
    """The periods of the mandate pack; the defaults where none is loaded."""
    return Settings.of(committee().facts.get("settings", {}))


def holidays() -> set[date]:
    return mandate.holidays()


def may_clear(actor: Actor) -> set[Office]:
    return policy.offices_of(actor)
