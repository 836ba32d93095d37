"""The outbox: references, never content, outside the record; and its fence, released on record."""

import uuid

from django.db import models
from django.db.models import Q

from clearinghouse.access.actor import Actor, Role
from clearinghouse.access.scoping import ScopedQuerySet
from clearinghouse.ledger.models import Recorded, SealedQuerySet
from clearinghouse.notices.rules import WAITING, Kind, Status


class NoticeQuerySet(ScopedQuerySet["Notice"]):
    """Receipts are read by the secretariat and the Experts; of others', by nobody."""

    def visibility(self, actor: Actor) -> Q:
        if actor.holds(Role.SECRETARIAT, Role.EXPERT):
            return Q()
        return Q(recipient__in=[c.seat_id for c in actor.capacities if c.seat_id])


class Notice(models.Model):
    """One cause, one recipient (a seat), one mail. The seat is checked again at sending."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    cause = models.CharField(max_length=160)
    recipient = models.UUIDField()
    name = models.CharField(max_length=40, db_index=True, default="")  # of its mail
    status = models.CharField(max_length=10, default=Status.QUEUED.value)
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=300, blank=True)  # what the mail server answered last

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(name="notice_once", fields=("cause", "recipient")),
            models.CheckConstraint(
                name="notice_status_known", condition=Q(status__in=[s.value for s in Status])
            ),
            models.CheckConstraint(
                name="notice_kind_known", condition=Q(kind__in=[k.value for k in Kind])
            ),
        )
        indexes = (
            models.Index(
                name="notice_waiting",
                fields=["due_at"],
                condition=Q(status__in=sorted(s.value for s in WAITING)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.status}"


class FenceQuerySet(ScopedQuerySet["Fence"]):
    """Asked by whatever sends, and shown to whoever runs the installation."""

    def visibility(self, actor: Actor) -> Q:
        del actor
        return Q(pk__in=())


class Fence(models.Model):
    """Raised by a restore: while one stands, nothing is sent. It names the copy it was raised for.

    Outside the record, so that the record of a restored installation ends where the backup's did.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    raised_at = models.DateTimeField()
    taken_at = models.DateTimeField()  # when the backup was taken
    root = models.CharField(max_length=64)  # where its record ended
    stands = models.BooleanField(default=True)

    objects = FenceQuerySet.as_manager()

    def __str__(self) -> str:
        return f"fence of {self.raised_at:%Y-%m-%d}"


class ReleaseQuerySet(SealedQuerySet["Release"]):
    """Receipts of the outbox's release: for those who read its other receipts."""

    def visibility(self, actor: Actor) -> Q:
        return Q() if actor.holds(Role.SECRETARIAT, Role.EXPERT) else Q(pk__in=())


class Release(Recorded):
    """That the outbox may send again: how much was let go and how much parked."""

    fence = models.UUIDField(unique=True)
    released_at = models.DateTimeField()
    waiting = models.PositiveIntegerField()
    parked = models.PositiveIntegerField()

    objects = ReleaseQuerySet.as_manager()

    def __str__(self) -> str:
        return f"release of {self.released_at:%Y-%m-%d}"
