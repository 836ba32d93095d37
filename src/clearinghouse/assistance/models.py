"""The tables of figures. Public facts: anyone reads them, and they change on the record."""

from django.db import models
from django.db.models import Q

from clearinghouse.assistance.rules import PLACES, UNIT, Kind
from clearinghouse.ledger.models import OpenQuerySet, Recorded
from clearinghouse.mandate.models import Body

_KINDS = [k.value for k in Kind]


class Purpose(Recorded):
    """A purpose code with its name, and what must be said of it."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    note = models.CharField(max_length=500, blank=True)

    objects = OpenQuerySet["Purpose"].as_manager()

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code


class SourceName(Recorded):
    """A recipient or donor by the code of its source; `body` where it is one of ours."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")

    objects = OpenQuerySet["SourceName"].as_manager()

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code


class FigureTable(Recorded):
    """The latest file of figures of one kind and year: what it is called, and its hash."""

    kind = models.CharField(max_length=10)
    year = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    hash = models.CharField(max_length=64)
    source = models.CharField(max_length=300)
    imported_at = models.DateTimeField()

    objects = OpenQuerySet["FigureTable"].as_manager()

    class Meta:
        ordering = ("kind", "year")
        constraints = (
            models.UniqueConstraint(name="figure_table_once", fields=("kind", "year")),
            models.CheckConstraint(name="figure_table_kind_known", condition=Q(kind__in=_KINDS)),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.year}"


class Figure(Recorded):
    """One cell of a published table, with the row of the file it stood in.

    `recipient` and `donor` are empty where the source's name is not that of a body of ours.
    """

    table = models.ForeignKey(FigureTable, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    recipient_code = models.CharField(max_length=20)
    recipient_name = models.CharField(max_length=120)
    donor = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    other_code = models.CharField(max_length=20)  # of the purpose, or of the donor
    other_name = models.CharField(max_length=120)
    amount = models.DecimalField(max_digits=15, decimal_places=PLACES)
    unit = models.CharField(max_length=20, default=UNIT)
    line = models.PositiveIntegerField()

    objects = OpenQuerySet["Figure"].as_manager()

    class Meta:
        ordering = ("table_id", "line", "other_code")
        constraints = (
            models.UniqueConstraint(
                name="figure_once", fields=("table", "recipient_code", "other_code")
            ),
        )
        indexes = (models.Index(name="figure_by_recipient", fields=["recipient"]),)

    def __str__(self) -> str:
        return f"{self.recipient_code} {self.other_code}"
