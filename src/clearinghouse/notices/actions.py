"""Writes the outbox: tell somebody with the cause; claim, then settle, when sending."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from clearinghouse.notices.models import Notice, NoticeQuerySet
from clearinghouse.notices.rules import GIVE_UP_AFTER, LEASE, WAITING, Kind, Status, wait_after


def tell(kind: Kind, cause: str, recipients: Iterable[UUID], *, now: datetime) -> None:
    """One notice for each recipient, in the transaction of the cause. Told twice, told once."""
    rows = [
        Notice(kind=kind, cause=cause, recipient=r, created_at=now, due_at=now) for r in recipients
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


def _due(now: datetime) -> NoticeQuerySet:
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    return Notice.objects.unscoped("the outbox acts for nobody").filter(
        free, status__in=[s.value for s in WAITING], due_at__lte=now
    )
