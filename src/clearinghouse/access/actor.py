"""Who is asking. Every query and every action is told; nothing is looked up from a request."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a seat can be. The public has none."""

    FOCAL_POINT = "focal_point"
    STATE = "state"
    EXPERT = "expert"
    MEMBER = "member"
    SECRETARIAT = "secretariat"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Standing(StrEnum):
    """What a seat is within its role: mission or capital, chair, main focal point and so on."""

    NONE = ""
    MAIN = "main"
    ALTERNATE = "alternate"
    VALIDATING = "validating"
    MISSION = "mission"
    CAPITAL = "capital"
    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"


@dataclass(frozen=True)
class Capacity:
    """A seat as the policies see it: a role, the body it is held for, and its standing there.

    `provider` is an attribute of the body (it offers help), not of the person.
    """

    role: Role
    body_id: UUID | None = None
    standing: Standing = Standing.NONE
    provider: bool = False
    seat_id: UUID | None = None


@dataclass(frozen=True)
class Actor:
    """A person in all the capacities they hold, or a named non-human actor such as the clock."""

    person_id: UUID | None = None
    capacities: frozenset[Capacity] = frozenset()
    name: str = ""

    @property
    def reference(self) -> str:
        """How the record names this actor: never by a person's name."""
        return self.name or (f"person:{self.person_id}" if self.person_id else "public")

    def holds(self, *roles: Role) -> bool:
        return any(c.role in roles for c in self.capacities)

    def stands_as(self, role: Role, standing: Standing) -> bool:
        return any(c.role == role and c.standing == standing for c in self.capacities)

    def bodies_as(self, *roles: Role) -> set[UUID]:
        """The bodies (States, organisations) this actor serves in those roles."""
        return {c.body_id for c in self.capacities if c.role in roles and c.body_id}

    def missions(self) -> set[UUID]:
        """The States whose mission this actor sits in: only a mission gives or widens consent."""
        return {
            c.body_id
            for c in self.capacities
            if c.role == Role.STATE and c.standing == Standing.MISSION and c.body_id
        }

    def provider_bodies(self) -> set[UUID]:
        """The bodies offering help that this actor serves."""
        return {c.body_id for c in self.capacities if c.provider and c.body_id}


PUBLIC = Actor()
CLOCK = Actor(name="clock")
"""What is due is done as the clock: named, recorded, with no readable output."""
OPERATOR = Actor(name="operator")
"""Whoever runs the command line on the installation: loads packs, names the first seats."""
