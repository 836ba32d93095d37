"""Links that let somebody set a password: signed, bound to the account as it stands, once.

The token is made when the mail is written and lies nowhere: it is a signature over what the
account is like at that moment. Whatever changes it (a password set, an address changed, a sign-in,
another invitation) voids the link, so that it opens once at most.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

from clearinghouse.access.errors import Unseen
from clearinghouse.people.models import Account
from clearinghouse.people.queries import is_vouching

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Purpose(StrEnum):
    """What a link is for; one made for another purpose does not fit."""

    INVITATION = "i"
    ASKED = "a"
    CONFIRMED = "c"


VALID: dict[Purpose, timedelta] = {
    Purpose.INVITATION: timedelta(days=7),
    Purpose.ASKED: timedelta(hours=2),
    Purpose.CONFIRMED: timedelta(days=2),
}


@dataclass(frozen=True)
class Opened:
    """A link that still fits: whose, and what for."""

    account: Account
    purpose: Purpose


def make(account: Account, purpose: Purpose, written: datetime) -> str:
    """`written` is the moment the notice bears: each try of one mail carries the same link."""
    moment = int(written.timestamp())
    return f"{purpose}{account.pk.hex}{moment:x}-{_signature(account, purpose, moment)}"


def open_(token: str, now: datetime) -> Opened:
    """Raises Unseen for one that is forged, used, too old, or of an account that it does not fit.

    Whoever may confirm gets a new password by a second hand alone: a link that was asked for
    before the seat was given opens nothing after it.
    """
    head, _, signature = token.partition("-")
    try:
        purpose, pk, moment = Purpose(head[:1]), UUID(head[1:33]), int(head[33:], 16)
        written = EPOCH + timedelta(seconds=moment)
    except (ValueError, OverflowError) as why:
        raise Unseen("no link of ours") from why
    account = Account.objects.select_related("person").filter(pk=pk, is_active=True).first()
    if account is None or not written <= now < written + VALID[purpose]:
        raise Unseen("an old link, or none of ours")
    if not constant_time_compare(signature, _signature(account, purpose, moment)):
        raise Unseen("it fits no longer")
    if purpose == Purpose.ASKED and is_vouching(account.person_id, now):
        raise Unseen("this takes a second hand")
    return Opened(account, purpose)


def _signature(account: Account, purpose: Purpose, moment: int) -> str:
    state = (account.pk, account.password, account.email, account.last_login, purpose, moment)
    value = "|".join(map(str, state))
    return salted_hmac("clearinghouse.people.links", value, algorithm="sha256").hexdigest()
