"""Whom the secretariat trusts with changes of unchanged shape, and what was listed so."""

from uuid import UUID

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Unseen
from clearinghouse.batches import policy
from clearinghouse.batches.models import Batch, BatchQuerySet, Trust, TrustQuerySet
from clearinghouse.batches.rules.trust import WHO, Step
from clearinghouse.batches.rules.workflow import State
from clearinghouse.submissions.rules.workflow import Origin


def trusts_for(actor: Actor) -> TrustQuerySet:
    found = Trust.objects.visible_to(actor)
    return found.select_related("body", "given_by", "revoked_by")


def trust_for(actor: Actor, pk: UUID) -> Trust:
    if (found := trusts_for(actor).filter(pk=pk).first()) is None:
        raise Unseen("no such trust")
    return found


def trusted_bodies(actor: Actor) -> set[UUID]:
    """Those that are trusted now, as far as the actor may know it."""
    standing = trusts_for(actor).filter(revoked_at__isnull=True)
    return set(standing.order_by().values_list("body", flat=True))


def goes_unreviewed(batch: Batch) -> bool:
    """Whether this file may be listed at its author's own hand, were the author to act now."""
    if not batch.keeps_shape or batch.origin != Origin.BODY or batch.state != State.CHECKED:
        return False
    every = Trust.objects.unscoped("whether its author is trusted decides what the author may do")
    return every.filter(body=batch.body_id, revoked_at__isnull=True).exists()


def listed_unreviewed(actor: Actor) -> BatchQuerySet:
    """The latest first; those that were undone since stay, as they were listed once."""
    found = Batch.objects.visible_to(actor).filter(unreviewed=True, settled_at__isnull=False)
    return found.select_related("body").order_by("-settled_at", "id")


def steps_open_to(actor: Actor, thing: Trust) -> set[Step]:
    has = policy.relations_of_trust(actor)
    mine = {step for step, needs in WHO.items() if needs & has}
    if not thing.version:
        return mine & {Step.TRUST}
    return mine & {Step.REVOKE} if thing.revoked_at is None else set()


def may_trust(actor: Actor) -> bool:
    """Whether this seat marks a body as trusted that is not."""
    return bool(WHO[Step.TRUST] & policy.relations_of_trust(actor))
