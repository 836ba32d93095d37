"""The table of stored files. Their bytes lie in the store, under the name kept here."""

from django.db import models
from django.db.models import Q

from clearinghouse.access.actor import Actor
from clearinghouse.files.rules import Type
from clearinghouse.ledger.models import NOTHING, Recorded, SealedQuerySet


class StoredFileQuerySet(SealedQuerySet["StoredFile"]):
    """Seen with its owner, through the queries of the owner's room."""

    def visibility(self, actor: Actor) -> Q:
        del actor
        return NOTHING


class StoredFile(Recorded):
    """One edition of one file. Recorded in the line of its owner's change, never by itself."""

    owner = models.CharField(max_length=100, db_index=True)  # "room.table:id"
    part = models.CharField(max_length=40, blank=True)  # which place at its owner: "scan", "3"
    name = models.CharField(max_length=255)  # as its sender called it, cleaned
    stored_as = models.CharField(max_length=80, unique=True)  # random: the name in the store
    type = models.CharField(max_length=10)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    language = models.CharField(max_length=8, blank=True)
    edition = models.PositiveIntegerField(default=1)
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    tells = models.JSONField(default=list)  # what it tells of persons: [[what, value], …]
    kept_at = models.DateTimeField()

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        ordering = ("kept_at", "edition", "id")
        constraints = (
            models.CheckConstraint(
                name="file_type_known", condition=Q(type__in=[t.value for t in Type])
            ),
            models.CheckConstraint(name="file_not_empty", condition=Q(size__gt=0)),
            models.UniqueConstraint(
                name="file_superseded_once",
                fields=("supersedes",),
                condition=Q(supersedes__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.type} {self.pk}"
