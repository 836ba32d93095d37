"""The index: what is found under which words, and the marks of who may find it. Not recorded."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from clearinghouse.access.actor import Actor
from clearinghouse.access.scoping import ScopedQuerySet
from clearinghouse.search.rules import Kind, marks_of


class IndexedQuerySet(ScopedQuerySet["Indexed"]):
    """Found by whoever carries one of the marks."""

    def visibility(self, actor: Actor) -> Q:
        mine = Mark.objects.unscoped("marks are compared, never shown").filter(
            indexed=OuterRef("pk"), mark__in=marks_of(actor)
        )
        return Q(Exists(mine))

    def about(self, subject: str) -> Self:
        return self.filter(subject=subject)


class Indexed(models.Model):
    """One thing that can be found. `words` is the folded text that queries are held against."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=20)
    reference = models.CharField(max_length=120)  # what its page's address is made of
    titles = models.JSONField()
    sort = models.CharField(max_length=200)
    words = models.TextField()

    objects = IndexedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="indexed_kind_known", condition=Q(kind__in=[k.value for k in Kind])
            ),
        )

    def __str__(self) -> str:
        return self.subject


class MarkQuerySet(ScopedQuerySet["Mark"]):
    """Marks are compared inside the database and shown to nobody."""

    def visibility(self, actor: Actor) -> Q:
        del actor
        return Q(pk__in=())


class Mark(models.Model):
    """One mark of who may find one thing."""

    indexed = models.ForeignKey(Indexed, models.CASCADE, related_name="+")
    mark = models.CharField(max_length=60, db_index=True)

    objects = MarkQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(name="mark_once", fields=("indexed", "mark")),)

    def __str__(self) -> str:
        return self.mark
