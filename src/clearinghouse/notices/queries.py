"""What waits, what was sent and what was parked, as the outbox page and the command tell it."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from clearinghouse.access.actor import Actor
from clearinghouse.notices.models import Fence, Notice, NoticeQuerySet
from clearinghouse.notices.rules import PARKED_AFTER, WAITING, Kind


def outbox(actor: Actor) -> NoticeQuerySet:
    return Notice.objects.visible_to(actor).order_by("-created_at", "cause", "recipient")


def receipts(actor: Actor, cause: str) -> NoticeQuerySet:
    return outbox(actor).filter(cause=cause)


def tally() -> Counter[str]:
    """How many notices stand where: figures for the operator, no recipient named."""
    rows = Notice.objects.unscoped("figures for the operator").values_list("status", flat=True)
    return Counter(rows)


def entries() -> list[Notice]:
    """Every notice, newest first: references only, for the operator's `outbox list`."""
    return list(Notice.objects.unscoped("references for the operator").order_by("-created_at"))


def named(beginnings: Iterable[str]) -> list[Notice]:
    """The notices whose mails are referred to, in the order given: what a reply is matched by."""
    reason = "a reply is matched by a reference that only its recipient was sent"
    found: list[Notice] = []
    for beginning in beginnings:
        found += Notice.objects.unscoped(reason).filter(name__startswith=beginning)[:1]
    return found


def begun(kind: Kind, cause_ends: str) -> set[str]:
    """The beginnings of the causes of this kind that end so: about what somebody was told."""
    every = Notice.objects.unscoped("the clock asks whom it has told")
    found = every.filter(kind=kind, cause__endswith=cause_ends)
    return {cause.removesuffix(cause_ends) for cause in found.values_list("cause", flat=True)}


def by_id(pk: UUID) -> Notice | None:
    reason = "what a matched reply answers"
    return Notice.objects.unscoped(reason).filter(pk=pk).first()


def oldest_waiting(now: datetime) -> Notice | None:
    """What should have left by now and has not, for `doctor`."""
    waiting = Notice.objects.unscoped("asked by doctor").filter(
        status__in=("queued", "deferred"), due_at__lte=now
    )
    return waiting.order_by("due_at").first()


def fence() -> Fence | None:
    """The one that stands, for whoever runs the installation."""
    standing = Fence.objects.unscoped("shown to the operator").filter(stands=True)
    return standing.order_by("-raised_at").first()


def held_back(now: datetime) -> tuple[list[Notice], list[Notice]]:
    """What waits: what a release would let go, and what it would park for its age."""
    waiting = Notice.objects.unscoped("shown to the operator before a release").filter(
        status__in=[s.value for s in WAITING]
    )
    listed = waiting.order_by("created_at", "cause", "recipient")
    before = now - PARKED_AFTER
    return list(listed.filter(created_at__gte=before)), list(listed.filter(created_at__lt=before))
