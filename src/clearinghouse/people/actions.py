"""What can be done to persons and seats. Each action asks, changes, records."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID
from zoneinfo import available_timezones

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from clearinghouse.access.actor import Actor, Role, Standing
from clearinghouse.access.errors import Invalid
from clearinghouse.ledger.record import Event, record
from clearinghouse.mandate.models import Body
from clearinghouse.people import policy, queries, rules
from clearinghouse.people.models import Account, Person, Seat
from clearinghouse.people.rules import Step


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
class Naming:
    """Who is named to what, on the strength of which paper."""

    role: Role
    standing: Standing = Standing.NONE
    body: Body | None = None
    instrument: str


@transaction.atomic
def enter(*, name: str, email: str, language: str, by: Actor, now: datetime) -> Person:
    """A person with an account that cannot sign in until a password is set.

    Raises Invalid where the address is taken.
    """
    if queries.person_by_email(email):
        raise Invalid({"email": [f"{email} already has an account"]})
    person = Person(name=name, email=email, language=language)
    grant = policy.authorise(by, Step.ENTER, person)
    record(grant, Entered(), changed=person, now=now)
    account = Account(person=person, email=email)
    account.set_unusable_password()
    account.save()
    return person


def seat(person: Person, naming: Naming, *, by: Actor, now: datetime) -> Seat:
    """Raises Invalid for a seat that does not exist in this form, or not beside those held."""
    _check(person, naming, now)
    taken = Seat(
        person=person,
        role=naming.role,
        standing=naming.standing,
        body=naming.body,
        held_from=now,
        instrument=naming.instrument,
    )
    grant = policy.authorise(by, Step.SEAT, taken)
    body_id = naming.body.pk if naming.body else None
    record(
        grant,
        Seated(person_id=person.pk, role=naming.role, body_id=body_id),
        changed=taken,
        now=now,
    )
    return taken


def unseat(held: Seat, *, by: Actor, now: datetime) -> None:
    """The seat ends now, and with it every right that hung on it."""
    grant = policy.authorise(by, Step.UNSEAT, held)
    held.held_until = now
    record(grant, Unseated(), changed=held, now=now)


def settle(person: Person, language: str, time_zone: str, *, by: Actor, now: datetime) -> None:
    """In which language and by whose clock somebody is written to."""
    if time_zone not in available_timezones():
        raise Invalid({"time_zone": [f"there is no time zone {time_zone}"]})
    grant = policy.authorise_own(by, Step.SETTLE, person)
    person.language, person.time_zone = language, time_zone
    record(grant, Settled(), changed=person, now=now)


def set_password(account: Account, password: str) -> None:
    """A credential: it lies outside the record. Raises Invalid for one that is easily guessed."""
    try:
        validate_password(password, account)
    except ValidationError as weak:
        raise Invalid({"password": weak.messages}) from weak
    account.set_password(password)
    account.save(update_fields=["password"])


def _check(person: Person, naming: Naming, now: datetime) -> None:
    fault = rules.fault_of(naming.role, naming.standing, has_body=naming.body is not None)
    if fault:
        raise Invalid({"role": [fault]})
    if naming.body and (naming.role in {Role.STATE, Role.MEMBER}) != naming.body.is_state:
        raise Invalid({"body": [f"{naming.body} is not the body of a {naming.role} seat"]})
    current = queries.seats_in(set(Role), now).filter(person=person)
    if rules.incompatible({Role(s.role) for s in current}, naming.role):
        raise Invalid({"role": ["an Expert's seat is not held together with this one"]})
