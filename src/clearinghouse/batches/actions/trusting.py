"""The secretariat marks a body as trusted, with its reason, and may take that back at any time."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Invalid, Refused, Stale
from clearinghouse.batches import policy
from clearinghouse.batches.models import Trust
from clearinghouse.batches.queries import trusted
from clearinghouse.batches.rules.trust import LONGEST_REASON, Step
from clearinghouse.kernel.workflow import OutOfOrder
from clearinghouse.ledger.record import Event, record
from clearinghouse.mandate.models import Body


@dataclass(frozen=True, kw_only=True)
class Trusted(Event):
    verb: ClassVar[str] = "batches.trusted"
    step: ClassVar[Step] = Step.TRUST
    body_id: UUID


@dataclass(frozen=True, kw_only=True)
class TrustRevoked(Event):
    verb: ClassVar[str] = "batches.trust_revoked"
    step: ClassVar[Step] = Step.REVOKE
    body_id: UUID


def trust(body: Body, reason: str, *, by: Actor, now: datetime) -> Trust:
    """From now on. Raises Invalid where no reason is given, or it is trusted already."""
    made = Trust(body=body, given_by_id=_hand(by), given_at=now)
    grant = policy.authorise_trust(by, Step.TRUST, made)
    made.reason = _said(reason)
    try:
        with transaction.atomic():
            record(grant, Trusted(body_id=body.pk), changed=made, now=now)
    except IntegrityError:
        raise Stale("it is trusted already") from None
    return made


def revoke(thing: Trust, because: str, *, by: Actor, now: datetime) -> None:
    """What was listed stays listed; the next file is reviewed again."""
    grant = policy.authorise_trust(by, Step.REVOKE, thing)
    if Step.REVOKE not in trusted.steps_open_to(by, thing):
        raise OutOfOrder("it was revoked before")
    thing.revoked_because = _said(because)
    thing.revoked_by_id, thing.revoked_at = _hand(by), now
    record(grant, TrustRevoked(body_id=thing.body_id), changed=thing, now=now)


def _said(reason: str) -> str:
    said = reason.strip()
    if not said:
        raise Invalid({"reason": [_("Say why.")]})
    if len(said) > LONGEST_REASON:
        raise Invalid({"reason": [_("Say it more briefly.")]})
    return said


def _hand(by: Actor) -> UUID:
    if by.person_id is None:
        raise Refused("trust is in the hands of persons")
    return by.person_id
