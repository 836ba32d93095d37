"""The register: standards with their editions and the obligations they bear on; instruments."""

from django.db import models
from django.db.models import Q

from clearinghouse.access.actor import Actor
from clearinghouse.ledger.models import OpenQuerySet, Recorded, SealedQuerySet
from clearinghouse.mandate.models import Body, Obligation
from clearinghouse.standards import policy
from clearinghouse.standards.rules import Status

STORED = [s.value for s in Status if s != Status.NEW]


class StandardQuerySet(SealedQuerySet["Standard"]):
    """Asks the policy who sees what."""

    def visibility(self, actor: Actor) -> Q:
        return policy.visibility(actor)


class Standard(Recorded):
    """One listed entry. What is not sourced is blank, and shown as "not recorded"."""

    code = models.CharField(max_length=80, unique=True)
    organisation = models.ForeignKey(Body, models.PROTECT, related_name="+")
    titles = models.JSONField()
    sort = models.CharField(max_length=200, db_index=True)  # the folded title, to order by
    summaries = models.JSONField(default=dict)
    legal_nature = models.CharField(max_length=40)
    url = models.URLField(max_length=500, blank=True)
    languages = models.JSONField(default=list)  # codes of the languages it is available in
    human_rights = models.JSONField(default=dict)  # compatibility, in the words of the submitter
    human_rights_check = models.JSONField(default=dict)  # its answers to the six questions
    reference = models.CharField(max_length=120, blank=True)  # the owner's own
    outline = models.JSONField(default=dict)  # editions and bearings, as a list shows them
    source = models.CharField(max_length=500, blank=True)
    verified = models.BooleanField(default=False)  # date and title checked in a source
    status = models.CharField(max_length=12, default=Status.NEW.value)
    listed_on = models.DateField()
    last_confirmed = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)

    objects = StandardQuerySet.as_manager()

    class Meta:
        ordering = ("sort", "id")
        indexes = (
            models.Index(name="standard_by_sort", fields=["sort", "id", "status"]),
            models.Index(name="standard_by_status", fields=["status"]),
        )
        constraints = (
            models.CheckConstraint(name="standard_status_known", condition=Q(status__in=STORED)),
        )

    def __str__(self) -> str:
        return self.code


class Edition(Recorded):
    """An edition or amendment. `issued` is a partial date as the source gives it, or blank."""

    standard = models.ForeignKey(Standard, models.PROTECT, related_name="+")
    label = models.CharField(max_length=120, blank=True)
    issued = models.CharField(max_length=10, blank=True)
    stands_from = models.DateField(null=True, blank=True)  # the first day `issued` may mean

    objects = OpenQuerySet["Edition"].as_manager()

    class Meta:
        ordering = ("stands_from", "id")
        constraints = (
            models.UniqueConstraint(name="edition_once", fields=("standard", "label", "issued")),
        )

    def __str__(self) -> str:
        return self.label or self.issued


class Bearing(Recorded):
    """That a standard bears on an obligation, and where: article, recommendation, annex."""

    standard = models.ForeignKey(Standard, models.PROTECT, related_name="+")
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="+")
    pinpoint = models.CharField(max_length=200, blank=True)

    objects = OpenQuerySet["Bearing"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                name="bearing_once", fields=("standard", "obligation", "pinpoint")
            ),
        )

    def __str__(self) -> str:
        return f"{self.standard_id} on {self.obligation_id}"


class Instrument(Recorded):
    """A universal counter-terrorism instrument, with the year it was concluded."""

    number = models.PositiveIntegerField(unique=True)
    year = models.PositiveIntegerField()
    title = models.JSONField()
    depositary = models.CharField(max_length=200, blank=True)
    depositary_verified = models.BooleanField(default=False)

    objects = OpenQuerySet["Instrument"].as_manager()

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number} ({self.year})"
