"""The tables of the matrix issue: what was frozen, which renditions, cleared by and for whom."""

from django.db import models
from django.db.models import Q

from clearinghouse.access.actor import Actor
from clearinghouse.circulars import policy
from clearinghouse.circulars.rules import Office, State
from clearinghouse.ledger.models import NOTHING, Recorded, SealedQuerySet
from clearinghouse.people.models import Person, Seat

STORED = [s.value for s in State if s != State.NEW]


class IssueQuerySet(SealedQuerySet["Issue"]):
    """Asks the policy who sees what."""

    def visibility(self, actor: Actor) -> Q:
        return policy.issues(actor)


class Issue(Recorded):
    """The matrix of one month. There is one a month, however many schedulers there are."""

    month = models.DateField(unique=True)  # its first day
    state = models.CharField(max_length=8, default=State.NEW.value)
    opened_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    late = models.BooleanField(default=False)

    objects = IssueQuerySet.as_manager()

    class Meta:
        ordering = ("-month",)
        constraints = (
            models.CheckConstraint(name="issue_state_known", condition=Q(state__in=STORED)),
        )

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    @property
    def number(self) -> str:
        return f"{self.month:%Y-%m}"


class InsideQuerySet(SealedQuerySet["FrozenNeed"]):
    """Read through a rendition, never by itself."""

    def visibility(self, actor: Actor) -> Q:
        del actor
        return NOTHING


class FrozenNeed(Recorded):
    """A need as it stood when the issue was frozen.

    `shown` is what every reader of the row sees; `inner` (rank, consent, whom the State named) is
    for those who see the State's whole list. `digest` is that of `shown`.
    """

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="+")
    need = models.UUIDField()
    state = models.UUIDField()
    consent = models.CharField(max_length=12)
    status = models.CharField(max_length=12)
    named = models.JSONField(default=list)  # ids of the providers, as text
    order = models.PositiveIntegerField()
    shown = models.JSONField()
    inner = models.JSONField()
    digest = models.CharField(max_length=64)

    objects = InsideQuerySet.as_manager()

    class Meta:
        ordering = ("order",)
        constraints = (models.UniqueConstraint(name="frozen_once", fields=("issue", "need")),)

    def __str__(self) -> str:
        return f"{self.need} in {self.issue_id}"


class RenditionQuerySet(SealedQuerySet["Rendition"]):
    """Read through the audience it was cut for."""

    def visibility(self, actor: Actor) -> Q:
        del actor
        return NOTHING


class Rendition(Recorded):
    """What one audience is shown of an issue: its hash, and what changed since the last."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="+")
    audience = models.CharField(max_length=60)
    hash = models.CharField(max_length=64)
    changes = models.JSONField(default=dict)  # need id → new, changed, ended
    since = models.CharField(max_length=7, blank=True)  # the issue it was compared with

    objects = RenditionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(name="rendition_once", fields=("issue", "audience")),
        )

    def __str__(self) -> str:
        return f"{self.issue_id} for {self.audience}"


class ClearanceQuerySet(SealedQuerySet["Clearance"]):
    """Asks the policy who sees what."""

    def visibility(self, actor: Actor) -> Q:
        return policy.clearances(actor)


class Clearance(Recorded):
    """The Chair's or an Expert's word that an issue may go out; standing if it names no issue."""

    office = models.CharField(max_length=8)
    issue = models.ForeignKey(Issue, models.PROTECT, null=True, blank=True, related_name="+")
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ClearanceQuerySet.as_manager()

    class Meta:
        ordering = ("given_at",)
        constraints = (
            models.CheckConstraint(
                name="clearance_office_known", condition=Q(office__in=[o.value for o in Office])
            ),
            models.CheckConstraint(
                name="only_the_chairs_clearance_stands",
                condition=Q(issue__isnull=False) | Q(office=Office.CHAIR),
            ),
        )

    def __str__(self) -> str:
        return f"{self.office} {self.given_at:%Y-%m-%d}"


class RecipientQuerySet(SealedQuerySet["Recipient"]):
    """Asks the policy who sees what."""

    def visibility(self, actor: Actor) -> Q:
        return policy.recipients(actor)


class Recipient(Recorded):
    """A seat on the circulation list of the matrix."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    attach = models.BooleanField(default=False)  # wants the spreadsheet itself, not only a link
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    objects = RecipientQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                name="recipient_once", fields=("seat",), condition=Q(until__isnull=True)
            ),
        )

    def __str__(self) -> str:
        return str(self.seat_id)
