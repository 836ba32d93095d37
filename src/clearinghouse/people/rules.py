"""Which seats there are, for whom, and which may not be held together."""

from enum import StrEnum

from clearinghouse.access.actor import Role, Standing


class Step(StrEnum):
    """What can be done to a person or a seat."""

    ENTER = "enter"
    SEAT = "seat"
    UNSEAT = "unseat"
    SETTLE = "settle"


class Relation(StrEnum):
    """Who may do it."""

    OPERATOR = "operator"
    ADMINISTRATOR = "administrator"
    SELF = "self"


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
