"""The tables of batches and of their rows."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q

from clearinghouse.access.actor import Actor
from clearinghouse.access.scoping import ScopedQuerySet
from clearinghouse.batches import policy
from clearinghouse.batches.rules.trust import LONGEST_REASON
from clearinghouse.batches.rules.workflow import TOGETHER, State, Verdict
from clearinghouse.ledger.models import NOTHING, Recorded, SealedQuerySet
from clearinghouse.mandate.models import Body
from clearinghouse.people.models import Person
from clearinghouse.submissions.rules.workflow import Origin

STORED = [s.value for s in State if s != State.NEW]


class BatchQuerySet(SealedQuerySet["Batch"]):
    """Asks the policy who sees what."""

    def visibility(self, actor: Actor) -> Q:
        return policy.visibility(actor)


class Batch(Recorded):
    """One file of contributions of one kind from one body, and what became of it."""

    kind = models.CharField(max_length=30)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    origin = models.CharField(max_length=12)
    instrument = models.CharField(max_length=300, blank=True)  # the paper, where on behalf
    written_by = models.UUIDField(null=True)  # the person
    seat = models.UUIDField(null=True)  # whom to tell what became of it
    state = models.CharField(max_length=12, default=State.NEW.value)
    key = models.CharField(max_length=120)  # the same key, from the same body: the same batch
    digest = models.CharField(max_length=64)  # SHA-256 of the file
    read_as = models.JSONField(default=dict)  # encoding, separator
    counts = models.JSONField(default=dict)  # rows by verdict
    keeps_shape = models.BooleanField(default=False)  # changes what stands, and nothing of shape
    unreviewed = models.BooleanField(default=False)  # listed at its trusted author's own hand
    remark = models.CharField(max_length=2000, blank=True)  # why it was returned
    faults = models.JSONField(default=list)  # why the clock gave up: [[place, message, values], …]
    staged_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ("-staged_at", "id")
        constraints = (
            models.CheckConstraint(name="batch_state_known", condition=Q(state__in=STORED)),
            models.CheckConstraint(
                name="batch_kind_known", condition=Q(kind__in=sorted(k.value for k in TOGETHER))
            ),
            models.CheckConstraint(
                name="batch_origin_known", condition=Q(origin__in=[o.value for o in Origin])
            ),
            models.UniqueConstraint(name="batch_key_once", fields=("body", "key")),
            models.CheckConstraint(
                name="batch_on_behalf_names_its_instrument",
                condition=~Q(origin=Origin.SECRETARIAT) | ~Q(instrument=""),
            ),
        )

    def __str__(self) -> str:
        return f"batch of {self.kind} {self.pk}"


class TrustQuerySet(SealedQuerySet["Trust"]):
    """Asks the policy who sees what."""

    def visibility(self, actor: Actor) -> Q:
        return policy.trusts(actor)


class Trust(Recorded):
    """That a body's changes to its listed entries need no review: why, since when, until when."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=LONGEST_REASON)
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    revoked_because = models.CharField(max_length=LONGEST_REASON, blank=True)
    revoked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = TrustQuerySet.as_manager()

    class Meta:
        ordering = ("-given_at", "id")
        constraints = (
            models.UniqueConstraint(
                name="trusted_once", fields=("body",), condition=Q(revoked_at__isnull=True)
            ),
        )

    def __str__(self) -> str:
        return f"trust in {self.body_id}"


class RowQuerySet(ScopedQuerySet["Row"]):
    """Seen with its batch, which is asked for by name."""

    def visibility(self, actor: Actor) -> Q:
        del actor
        return NOTHING


class Row(models.Model):
    """One row of a batch, held against what stood. The record keeps the batch and its file.

    Rows are written before the batch is recorded: those that no batch names are swept away.
    """

    batch = models.UUIDField()
    number = models.PositiveIntegerField()
    verdict = models.CharField(max_length=10)
    entry = models.CharField(max_length=120, blank=True)  # what it is of, or is to become
    seen = models.PositiveIntegerField(default=0)  # the version of that, when it was looked at
    content = models.JSONField(default=dict)
    was = models.JSONField(default=dict)  # what the fields that change said before
    stood = models.JSONField(default=dict)  # status and day of what it changes, to go back to
    faults = models.JSONField(default=list)  # [[column, field, message, values], …]
    alike = models.JSONField(default=list)  # [[code, why], …] among what its author may see
    remark = models.CharField(max_length=1000, blank=True)  # why the secretariat refused it
    staged_at = models.DateTimeField()

    objects: Any = RowQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        indexes = (
            models.Index(name="row_by_verdict", fields=["batch", "verdict", "number"]),
            models.Index(name="row_by_entry", fields=["entry"]),
        )
        constraints = (
            models.UniqueConstraint(name="row_once", fields=("batch", "number")),
            models.CheckConstraint(
                name="row_verdict_known", condition=Q(verdict__in=[v.value for v in Verdict])
            ),
        )

    def __str__(self) -> str:
        return f"row {self.number} of {self.batch}"


class ReadingQuerySet(ScopedQuerySet["Reading"]):
    """Of use to the process that reads alone: nobody is shown it."""

    def visibility(self, actor: Actor) -> Q:
        del actor
        return NOTHING


class ErrandQuerySet(ScopedQuerySet["Errand"]):
    """Seen with its batch, which is asked for by name."""

    def visibility(self, actor: Actor) -> Q:
        del actor
        return NOTHING


class Reading(models.Model):
    """How far a published file has been read, so that a run that was killed can be gone on with.

    Moves in the transaction of the rows it counts, and ends in the one that records their batch.
    """

    id = models.UUIDField(primary_key=True)  # of the batch that it is to become
    done = models.PositiveIntegerField(default=0)  # activities whose rows are kept
    notes = models.JSONField(default=dict)  # what was not understood until there
    moved_at = models.DateTimeField()

    objects: Any = ReadingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"reading of {self.pk} up to {self.done}"


class Errand(models.Model):
    """That the clock has a batch to read, apply or undo; who is at it, and how far.

    Whoever works on it draws a `run` and says from time to time that it lives. A run that was
    silent for too long is overtaken, and finds that out at its next word.
    """

    batch = models.UUIDField(primary_key=True)
    run = models.UUIDField(default=uuid4)
    asked_at = models.DateTimeField()
    beat_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)  # rows so far

    objects: Any = ErrandQuerySet.as_manager()

    class Meta:
        ordering = ("asked_at",)

    def __str__(self) -> str:
        return f"errand for {self.batch}"
