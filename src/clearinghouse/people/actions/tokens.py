"""What lets a program speak for a seat: scoped, expiring, shown once, and kept as a hash."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Invalid
from clearinghouse.ledger.record import record
from clearinghouse.people import policy
from clearinghouse.people.actions.events import TokenMade, TokenRevoked
from clearinghouse.people.models import Seat, Token
from clearinghouse.people.rules import LIVES, Scope, Step, hash_of

PREFIX = "chs_"  # so that a token that strayed into a text can be recognised
BYTES = 32
LONGEST_LABEL = 80


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a token is to be: what it is called, what it may do, for how many days."""

    label: str
    scopes: Collection[Scope]
    days: int


def make(seat: Seat, wanted: Wanted, *, by: Actor, now: datetime) -> tuple[Token, str]:
    """The token itself is given back here and nowhere else: only its hash is stored."""
    label = " ".join(wanted.label.split())[:LONGEST_LABEL]
    if not label or not wanted.scopes or wanted.days not in LIVES:
        raise Invalid({"label": ["say what it is for, what it may do, and for how long"]})
    shown = PREFIX + secrets.token_urlsafe(BYTES)
    scopes = sorted(scope.value for scope in wanted.scopes)
    made = Token(seat=seat, label=label, scopes=scopes, hash=hash_of(shown), made_at=now)
    made.expires_at = now + timedelta(days=wanted.days)
    grant = policy.authorise_token(by, Step.MAKE_TOKEN, made)
    record(grant, TokenMade(scopes=", ".join(scopes), days=wanted.days), changed=made, now=now)
    return made, shown


def revoke(token: Token, *, by: Actor, now: datetime) -> None:
    """Revoked twice, revoked once."""
    grant = policy.authorise_token(by, Step.REVOKE_TOKEN, token)
    if token.revoked_at is None:
        token.revoked_at = now
        record(grant, TokenRevoked(), changed=token, now=now)
