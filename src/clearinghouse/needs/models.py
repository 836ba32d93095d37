"""The tables of needs. What a constraint can hold of the rules, a constraint holds too."""

from collections.abc import Set
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q

from clearinghouse.access.actor import Actor
from clearinghouse.ledger.models import NOTHING, Recorded, SealedQuerySet
from clearinghouse.mandate.models import Area, Body, Obligation, State
from clearinghouse.needs import policy
from clearinghouse.needs.rules import ENDED, TOP, Consent, Origin, Stage, Status

STORED = [s.value for s in Status if s != Status.NEW]


class NeedQuerySet(SealedQuerySet["Need"]):
    """Asks the policy who sees what."""

    def visibility(self, actor: Actor) -> Q:
        return policy.visibility(actor, _naming)


def _naming(providers: Set[UUID]) -> Q:
    named = NamedProvider.objects.unscoped("compared inside the database, never shown")
    return Q(Exists(named.filter(need=OuterRef("pk"), provider__in=providers)))


class Need(Recorded):
    """What one State needs in one area: a place in the matrix may hold several."""

    state = models.ForeignKey(State, models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    titles = models.JSONField()  # the need in a line
    descriptions = models.JSONField(default=dict)  # what exactly, and what exists already
    counterpart = models.CharField(max_length=300, blank=True)  # the office, not a person
    rough_cost = models.CharField(max_length=200, blank=True)
    needed_by = models.CharField(max_length=10, blank=True)  # a partial date
    priority = models.PositiveSmallIntegerField()
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    origin = models.CharField(max_length=20)
    consent = models.CharField(max_length=12, default=Consent.NONE.value)
    status = models.CharField(max_length=12, default=Status.NEW.value)
    stage = models.CharField(max_length=1, blank=True)
    contested = models.BooleanField(default=False)
    observations = models.JSONField(default=dict)  # the State's own, at most 150 words
    drafted_by = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_on = models.DateField()
    last_confirmed = models.DateField(null=True, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ("state__code", "area__order", "priority", "id")
        indexes = (models.Index(name="need_by_place", fields=["state", "area"]),)
        constraints = (
            models.CheckConstraint(name="need_status_known", condition=Q(status__in=STORED)),
            models.CheckConstraint(
                name="need_consent_known", condition=Q(consent__in=[c.value for c in Consent])
            ),
            models.CheckConstraint(
                name="need_origin_known", condition=Q(origin__in=[o.value for o in Origin])
            ),
            models.CheckConstraint(
                name="need_stage_known", condition=Q(stage__in=[s.value for s in Stage])
            ),
            models.CheckConstraint(
                name="need_priority_1_to_3", condition=Q(priority__range=(1, 3))
            ),
            models.CheckConstraint(
                name="need_rank_1_to_5", condition=Q(rank__isnull=True) | Q(rank__range=(1, TOP))
            ),
            models.UniqueConstraint(
                name="need_rank_once_in_a_state",
                fields=("state", "rank"),
                condition=Q(rank__isnull=False) & ~Q(status__in=sorted(s.value for s in ENDED)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.state_id} {self.area_id} {self.status}"


class SharingQuerySet(SealedQuerySet["NamedProvider"]):
    """Whom a State named is its own affair, and of those who serve it."""

    def visibility(self, actor: Actor) -> Q:
        del actor
        return NOTHING


class NamedProvider(Recorded):
    """A provider to whom the State shows this need by name."""

    need = models.ForeignKey(Need, models.PROTECT, related_name="+")
    provider = models.ForeignKey(Body, models.PROTECT, related_name="+")

    objects = SharingQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(name="named_once", fields=("need", "provider")),)

    def __str__(self) -> str:
        return f"{self.provider_id} named for {self.need_id}"


class NeedBearingQuerySet(SealedQuerySet["NeedBearing"]):
    """Seen with the need, through its queries."""

    def visibility(self, actor: Actor) -> Q:
        del actor
        return NOTHING


class NeedBearing(Recorded):
    """An obligation that the need bears on."""

    need = models.ForeignKey(Need, models.PROTECT, related_name="+")
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="+")

    objects = NeedBearingQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(name="need_bearing_once", fields=("need", "obligation")),
        )

    def __str__(self) -> str:
        return f"{self.need_id} on {self.obligation_id}"
