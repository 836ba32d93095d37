"""What happens to persons, seats and accounts, and what it is asked with: naming, resetting."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from clearinghouse.access.actor import Role, Standing
from clearinghouse.ledger.record import Event
from clearinghouse.mandate.models import Body
from clearinghouse.people import rules
from clearinghouse.people.rules import Matter, Step


@dataclass(frozen=True, kw_only=True)
class Entered(Event):
    verb: ClassVar[str] = "people.entered"
    step: ClassVar[Step] = Step.ENTER


@dataclass(frozen=True, kw_only=True)
class Seated(Event):
    verb: ClassVar[str] = "people.seated"
    step: ClassVar[Step] = Step.SEAT
    person_id: UUID
    role: str
    body_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class Unseated(Event):
    verb: ClassVar[str] = "people.unseated"
    step: ClassVar[Step] = Step.UNSEAT


@dataclass(frozen=True, kw_only=True)
class Settled(Event):
    verb: ClassVar[str] = "people.settled"
    step: ClassVar[Step] = Step.SETTLE


@dataclass(frozen=True, kw_only=True)
class Invited(Event):
    verb: ClassVar[str] = "people.invited"
    step: ClassVar[Step] = Step.INVITE


@dataclass(frozen=True, kw_only=True)
class AccountReset(Event):
    verb: ClassVar[str] = "people.reset"
    step: ClassVar[Step] = Step.RESET
    matter: str


@dataclass(frozen=True, kw_only=True)
class Proposed(Event):
    verb: ClassVar[str] = "people.proposed"
    step: ClassVar[Step] = Step.PROPOSE
    matter: str
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class Confirmed(Event):
    verb: ClassVar[str] = "people.confirmed"
    step: ClassVar[Step] = Step.CONFIRM
    matter: str
    person_id: UUID
    seat_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class Declined(Event):
    verb: ClassVar[str] = "people.declined"
    step: ClassVar[Step] = Step.DECLINE


@dataclass(frozen=True, kw_only=True)
class Naming:
    """Who is named to what, on the strength of which paper."""

    role: Role
    standing: Standing = Standing.NONE
    body: Body | None = None
    instrument: str

    @property
    def takes_two(self) -> bool:
        return rules.is_vouching(self.role, self.standing)


@dataclass(frozen=True, kw_only=True)
class Resetting:
    """What of an account is reset, and on the strength of which paper; `address`: the new one."""

    matter: Matter
    address: str = ""
    instrument: str = ""


@dataclass(frozen=True, kw_only=True)
class TokenMade(Event):
    """A seat has a program speak for it."""

    verb: ClassVar[str] = "people.token_made"
    step: ClassVar[Step] = Step.MAKE_TOKEN
    scopes: str
    days: int


@dataclass(frozen=True, kw_only=True)
class TokenRevoked(Event):
    """It does so no longer."""

    verb: ClassVar[str] = "people.token_revoked"
    step: ClassVar[Step] = Step.REVOKE_TOKEN
