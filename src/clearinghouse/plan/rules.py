"""What a commitment can be. A proposal of the founding checklist is not a decision: it says so."""

from enum import StrEnum


class Adoption(StrEnum):
    """Whether the committee has taken a commitment on."""

    PROPOSED = "proposed"
    ADOPTED = "adopted"
    AMENDED = "amended"
    DEFERRED = "deferred"
    DROPPED = "dropped"


TAKEN_ON = frozenset({Adoption.ADOPTED, Adoption.AMENDED})


class Step(StrEnum):
    """What can be done to the plan."""

    LOAD = "load"


class Relation(StrEnum):
    """Who may do it."""

    OPERATOR = "operator"
