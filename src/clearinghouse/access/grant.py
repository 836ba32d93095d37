"""A grant is proof that a policy said yes. Policies make them; the ledger asks to see them."""

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Refused


class Subject(Protocol):
    """What a grant can be for: anything with a name and a version."""

    @property
    def subject(self) -> str: ...

    version: int


@dataclass(frozen=True, kw_only=True)
class Grant:
    """One yes, to one actor, for one step on one subject as it stood at one version."""

    actor: Actor
    step: StrEnum
    subject: str
    version: int
    because: frozenset[str]


def grant(
    actor: Actor, step: StrEnum, thing: Subject, *, needs: Set[StrEnum], has: Set[StrEnum]
) -> Grant:
    """A yes where the actor stands in one of the relations the step needs, else Refused."""
    because = needs & has
    if not because:
        raise Refused(f"{step} needs another seat")
    return Grant(
        actor=actor,
        step=step,
        subject=thing.subject,
        version=thing.version,
        because=frozenset(because),
    )
