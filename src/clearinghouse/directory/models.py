"""The entries, and the words of the mandate on which each of them bears."""

from typing import Any

from django.db import models
from django.db.models import Q

from clearinghouse.access.actor import Actor
from clearinghouse.access.scoping import ScopedQuerySet
from clearinghouse.directory import policy
from clearinghouse.directory.rules import Readers, Status, Vocabulary
from clearinghouse.ledger.models import Recorded, SealedQuerySet
from clearinghouse.mandate.models import Body

STORED = [s.value for s in Status if s != Status.NEW]


class EntryQuerySet(SealedQuerySet["Entry"]):
    """Asks the policy who sees what."""

    def visibility(self, actor: Actor) -> Q:
        return policy.visibility(actor)


class Entry(Recorded):
    """One entry of one kind. `content` follows the definition of its kind.

    `inner` holds the fields of a contact that tell of a person. `reference` is the contributor's
    own, and finds the entry again when a file comes in. `concerns` is the State of a visit.
    """

    code = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=30)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    readers = models.CharField(max_length=12)
    concerns = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    reference = models.CharField(max_length=120, blank=True)
    titles = models.JSONField()
    sort = models.CharField(max_length=200)  # the folded title, to order by
    content = models.JSONField()
    inner = models.JSONField(default=dict)
    status = models.CharField(max_length=12, default=Status.NEW.value)
    listed_on = models.DateField()
    last_confirmed = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ("sort", "id")
        indexes = (
            models.Index(name="entry_by_kind", fields=["kind", "sort", "id"]),
            models.Index(name="entry_by_body", fields=["body", "kind", "reference"]),
            models.Index(name="entry_by_freshness", fields=["status", "last_confirmed"]),
        )
        constraints = (
            models.CheckConstraint(name="entry_status_known", condition=Q(status__in=STORED)),
            models.CheckConstraint(
                name="entry_readers_known", condition=Q(readers__in=[r.value for r in Readers])
            ),
            models.UniqueConstraint(
                name="entry_reference_once",
                fields=("body", "kind", "reference"),
                condition=~Q(reference="") & ~Q(status=Status.WITHDRAWN),
            ),
        )

    def __str__(self) -> str:
        return self.code


class BearingQuerySet(ScopedQuerySet["Bearing"]):
    """Compared inside the database, and shown to nobody: the entry's content says the same."""

    def visibility(self, actor: Actor) -> Q:
        del actor
        return Q(pk__in=())


class Bearing(models.Model):
    """That an entry bears on a word of a vocabulary: made from its content, to find it by."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    vocabulary = models.CharField(max_length=12)
    word = models.CharField(max_length=60)

    objects: Any = BearingQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(name="bearing_by_word", fields=["vocabulary", "word"]),)
        constraints = (
            models.CheckConstraint(
                name="directory_bearing_vocabulary_known",
                condition=Q(vocabulary__in=[v.value for v in Vocabulary]),
            ),
        )

    def __str__(self) -> str:
        return f"{self.vocabulary} {self.word}"
