"""The link by which a seat confirms, without signing in, what its body has in view.

Signed, bound to the seat, for 45 days. It covers what was due when it was written and has not been
confirmed since, and so is used up by being used. Nothing of it is stored. What not everybody may
see is left to the desk, where one signs in.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Unseen
from clearinghouse.crossings import freshness
from clearinghouse.crossings.freshness import Kept
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.mandate.models import Body
from clearinghouse.people.queries import addressee

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
VALID = timedelta(days=45)


@dataclass(frozen=True)
class Opened:
    """A link that still fits: through which seat, of which body, and what it confirms."""

    actor: Actor
    body: Body
    some: list[Kept]


def make(seat: UUID, written: datetime) -> str:
    """`written` is the moment the notice bears: each try of one mail carries the same link."""
    moment = int(written.timestamp())
    return f"{seat.hex}{moment:x}-{_signature(seat, moment)}"


def open_(token: str, now: datetime) -> Opened:
    """Raises Unseen for one that is forged, used up, too old, or of a seat that has ended."""
    head, _, signature = token.partition("-")
    try:
        seat, moment = UUID(head[:32]), int(head[32:], 16)
        written = EPOCH + timedelta(seconds=moment)
    except (ValueError, OverflowError) as why:
        raise Unseen("no link of ours") from why
    if not constant_time_compare(signature, _signature(seat, moment)):
        raise Unseen("no link of ours")
    to = addressee(seat, now) if written <= now < written + VALID else None
    if to is None or to.body is None:
        raise Unseen("too old, or of a seat that has ended")
    some = freshness.due(to.actor, day_in_new_york(written), in_public=True)
    if not some:
        raise Unseen("used up")
    return Opened(to.actor, to.body, some)


def use(token: str, now: datetime) -> int:
    """Confirm all that it covers, in the name of the seat. How many there were."""
    opened = open_(token, now)
    return freshness.confirm_all(opened.some, by=opened.actor, now=now)


def _signature(seat: UUID, moment: int) -> str:
    salt = "clearinghouse.crossings.confirmation"
    return salted_hmac(salt, f"{seat}|{moment}", algorithm="sha256").hexdigest()
