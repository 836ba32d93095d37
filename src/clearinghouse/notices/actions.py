"""Writes the outbox: tell somebody with the cause; claim, then settle; fence and release."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Q

from clearinghouse.access.actor import Actor
from clearinghouse.kernel.workflow import OutOfOrder
from clearinghouse.ledger import chain
from clearinghouse.ledger.record import Event, record
from clearinghouse.notices import policy
from clearinghouse.notices.models import Fence, Notice, NoticeQuerySet, Release
from clearinghouse.notices.rules import (
    GIVE_UP_AFTER,
    LEASE,
    PARKED_AFTER,
    WAITING,
    Kind,
    Status,
    Step,
    message_name,
    wait_after,
)


def tell(kind: Kind, cause: str, recipients: Iterable[UUID], *, now: datetime) -> None:
    """One notice for each recipient, in the transaction of the cause. Told twice, told once."""
    rows = [
        Notice(
            kind=kind,
            cause=cause,
            recipient=each,
            name=message_name(cause, str(each), settings.SECRET_KEY),
            created_at=now,
            due_at=now,
        )
        for each in recipients
    ]
    Notice.objects.unscoped("written with its cause").bulk_create(rows, ignore_conflicts=True)


def claim(now: datetime) -> Notice | None:
    """Take the next notice that is due, for as long as a lease; None where nothing is.

    Compare-and-set: of two senders that saw the same notice, one takes it.
    """
    while (found := _due(now).order_by("due_at", "id").first()) is not None:
        mine = _due(now).filter(pk=found.pk, attempts=found.attempts)
        if mine.update(leased_until=now + LEASE, attempts=found.attempts + 1) == 1:
            found.attempts += 1
            return found
    return None


def settle(notice: Notice, status: Status, *, said: str = "", now: datetime) -> None:
    """What came of it. A deferred notice is due again after its wait; the rest is settled.

    That a mail has left is always kept. Any other word counts only while the claim is ours: a
    sender that comes back late must not make waiting again what another has sent meanwhile.
    """
    if status == Status.DEFERRED and notice.attempts >= GIVE_UP_AFTER:
        status = Status.FAILED
    deferred = status == Status.DEFERRED
    found = Notice.objects.unscoped("settling a claimed notice").filter(pk=notice.pk)
    if status != Status.SENT:
        found = found.filter(attempts=notice.attempts, status__in=[s.value for s in WAITING])
    found.update(
        status=status,
        said=said[:300],
        leased_until=None,
        settled_at=None if deferred else now,
        due_at=now + wait_after(notice.attempts) if deferred else notice.due_at,
    )


@dataclass(frozen=True, kw_only=True)
class Released(Event):
    verb: ClassVar = "outbox.released"
    step: ClassVar = Step.RELEASE
    fence: str
    waiting: int
    parked: int


def raise_fence(taken_at: datetime, root: str, *, now: datetime) -> None:
    """From here on nothing is sent: what waits may have gone out after the backup was taken."""
    Fence.objects.create(raised_at=now, taken_at=taken_at, root=root)


@transaction.atomic
def release(*, by: Actor, now: datetime) -> Release:
    """Let the outbox send again; what is older than `PARKED_AFTER` is parked, not sent.

    Raises OutOfOrder where no fence stands.
    """
    with chain.pen():
        fences = Fence.objects.unscoped("the operator releases it").filter(stands=True)
        fence = fences.order_by("-raised_at").first()
        if fence is None:
            raise OutOfOrder("no fence stands: the outbox sends")
        made = Release(fence=fence.pk, released_at=now, waiting=0, parked=0)
        grant = policy.authorise(by, Step.RELEASE, made)
        made.parked = _park(now)
        made.waiting = _waiting().count()
        told = Released(fence=str(fence.pk), waiting=made.waiting, parked=made.parked)
        record(grant, told, changed=made, now=now)
        fences.update(stands=False)
    return made


def _park(now: datetime) -> int:
    said = "parked when the outbox was released after a restore"
    old = _waiting().filter(created_at__lt=now - PARKED_AFTER)
    return old.update(status=Status.FAILED, said=said, settled_at=now, leased_until=None)


def _waiting() -> NoticeQuerySet:
    waiting = [s.value for s in WAITING]
    return Notice.objects.unscoped("the outbox acts for nobody").filter(status__in=waiting)


def _due(now: datetime) -> NoticeQuerySet:
    """Nothing while a fence stands: asked in the same statement that takes a notice."""
    fenced = Fence.objects.unscoped("the outbox acts for nobody").filter(stands=True)
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    return Notice.objects.unscoped("the outbox acts for nobody").filter(
        ~Exists(fenced), free, status__in=[s.value for s in WAITING], due_at__lte=now
    )
