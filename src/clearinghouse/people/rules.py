"""Which seats there are, which exclude each other, and what takes a second hand to change."""

import hashlib
from datetime import datetime, timedelta
from enum import StrEnum

from clearinghouse.access.actor import Role, Standing


class Step(StrEnum):
    """What can be done to a person or a seat."""

    ENTER = "enter"
    SEAT = "seat"
    UNSEAT = "unseat"
    SETTLE = "settle"
    INVITE = "invite"
    RESET = "reset"
    PROPOSE = "propose"
    CONFIRM = "confirm"
    DECLINE = "decline"
    MAKE_TOKEN = "make_token"  # noqa: S105  # a word of the domain
    REVOKE_TOKEN = "revoke_token"  # noqa: S105  # the same


class Scope(StrEnum):
    """What a program with a token may do for its seat. Reading is as the seat reads."""

    READ = "read"
    CONTRIBUTE = "contribute"


BEARERS = frozenset({Role.FOCAL_POINT, Role.STATE})
"""The seats that programs may speak for: no seat that is entered by a second factor."""

BEARER = "bearer "  # how the header begins, whatever its case

LIVES = (30, 90, 365)
"""Days for which a token may be made."""


class Matter(StrEnum):
    """What can be reset of an account; a seat, where naming to it takes a second hand."""

    SEAT = "seat"
    PASSWORD = "password"  # noqa: S105  # a word of the domain
    ADDRESS = "address"
    FACTOR = "factor"


RESETS = (Matter.PASSWORD, Matter.ADDRESS, Matter.FACTOR)


class Outcome(StrEnum):
    """Where a proposal stands. One that is open for longer than `LAPSE` can no longer be taken."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


class Relation(StrEnum):
    """Who may do it."""

    OPERATOR = "operator"
    ADMINISTRATOR = "administrator"
    SELF = "self"
    SECOND_HAND = "second hand"
    PROPOSER = "proposer"


LAPSE = timedelta(days=14)
"""How long a proposal waits for its second hand."""

FACTOR_NEEDED = frozenset({Role.EXPERT, Role.SECRETARIAT, Role.ADMINISTRATOR, Role.MEMBER})
"""The seats that are not entered without a second factor, and that idle for a short time only."""

IDLE = timedelta(minutes=30)
"""After so long without a request, a session of one of these seats is over."""


BODY_NEEDED: dict[Role, bool] = {
    Role.FOCAL_POINT: True,
    Role.STATE: True,
    Role.EXPERT: False,
    Role.MEMBER: True,
    Role.SECRETARIAT: False,
    Role.AUDITOR: False,
    Role.ADMINISTRATOR: False,
}
"""Whether a seat is held for a body. A member sits for a State of the committee."""

STANDINGS: dict[Role, frozenset[Standing]] = {
    Role.FOCAL_POINT: frozenset({Standing.MAIN, Standing.ALTERNATE, Standing.VALIDATING}),
    Role.STATE: frozenset({Standing.MISSION, Standing.CAPITAL}),
    Role.EXPERT: frozenset({Standing.NONE}),
    Role.MEMBER: frozenset({Standing.NONE, Standing.CHAIR, Standing.VICE_CHAIR}),
    Role.SECRETARIAT: frozenset({Standing.NONE}),
    Role.AUDITOR: frozenset({Standing.NONE}),
    Role.ADMINISTRATOR: frozenset({Standing.NONE}),
}

NOT_TOGETHER = frozenset({Role.ADMINISTRATOR, Role.SECRETARIAT, Role.MEMBER, Role.AUDITOR})
"""Nobody holds EXPERT together with one of these (SECURITY.md)."""


def fault_of(role: Role, standing: Standing, *, has_body: bool) -> str:
    """What is wrong with a seat like this, in a sentence; empty where nothing is."""
    if has_body != BODY_NEEDED[role]:
        return f"a {role} seat {'needs a' if BODY_NEEDED[role] else 'is for no'} body"
    if standing not in STANDINGS[role]:
        return f"a {role} seat is held as {' or '.join(sorted(STANDINGS[role])) or 'nothing else'}"
    return ""


def incompatible(held: set[Role], wanted: Role) -> bool:
    """Whether this person may not take the wanted seat beside those held."""
    together = held | {wanted}
    return Role.EXPERT in together and bool(together & NOT_TOGETHER)


def is_vouching(role: Role, standing: Standing) -> bool:
    """The seats whose holders confirm: an Expert's and the Chair's.

    Whoever can confirm is confirmed: else an administrator would seat, or become, the second hand.
    """
    return role == Role.EXPERT or (role == Role.MEMBER and standing == Standing.CHAIR)


def has_lapsed(proposed_at: datetime, now: datetime) -> bool:
    return now >= proposed_at + LAPSE


def may_idle(roles: set[Role], longer: timedelta) -> timedelta:
    """How long a session with these seats may be left alone."""
    return min(IDLE, longer) if roles & FACTOR_NEEDED else longer


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
