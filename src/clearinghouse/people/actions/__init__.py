"""What can be done to persons, seats and accounts. Each action asks, changes, records."""

from datetime import datetime
from uuid import UUID
from zoneinfo import available_timezones

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from clearinghouse.access.actor import Actor, Role, Standing
from clearinghouse.access.errors import Invalid, Stale
from clearinghouse.kernel.workflow import OutOfOrder
from clearinghouse.ledger.models import Recorded
from clearinghouse.ledger.record import Change, record
from clearinghouse.notices.actions import tell
from clearinghouse.notices.rules import Kind
from clearinghouse.people import policy, queries, rules
from clearinghouse.people.actions.events import (
    AccountReset,
    Confirmed,
    Declined,
    Entered,
    Invited,
    Naming,
    Proposed,
    Resetting,
    Seated,
    Settled,
    Unseated,
)
from clearinghouse.people.models import Account, Person, Proposal, Seat
from clearinghouse.people.rules import Matter, Outcome, Step
from clearinghouse.people.signin import factors, sessions

__all__ = [
    "Naming",
    "Resetting",
    "confirm",
    "decline",
    "enter",
    "invite",
    "must_be_free_to_reset",
    "propose",
    "reset",
    "seat",
    "set_password",
    "settle",
    "unseat",
]


@transaction.atomic
def enter(*, name: str, email: str, language: str, by: Actor, now: datetime) -> Person:
    """A person with an account that cannot sign in until a password is set.

    Raises Invalid where the address is taken.
    """
    _must_be_free(email)
    person = Person(name=name, email=email, language=language)
    grant = policy.authorise(by, Step.ENTER, person)
    record(grant, Entered(), changed=person, now=now)
    account = Account(person=person, email=email)
    account.set_unusable_password()
    account.save()
    return person


@transaction.atomic
def invite(person: Person, *, by: Actor, now: datetime) -> None:
    """Write to the person with a link to set a first password; an earlier link is void.

    Raises Invalid where the account can be signed in with already.
    """
    account = queries.account_of(person.email)
    if account.has_usable_password():
        raise Invalid({"person": ["this account has a password already"]})
    grant = policy.authorise(by, Step.INVITE, person)
    account.set_unusable_password()  # another random one: what was sent before no longer fits
    account.save(update_fields=["password"])
    record(grant, Invited(), changed=person, now=now)
    tell(Kind.ACCOUNT_INVITED, _cause(person), [person.pk], now=now)


def seat(person: Person, naming: Naming, *, by: Actor, now: datetime) -> Seat:
    """Raises Invalid for a seat that does not exist in this form, or not beside those held.

    Raises Refused for one that takes a second hand, but for the operator while nobody has one.
    """
    _check(person, naming, now)
    taken = _seat_of(person, naming, now)
    grant = policy.authorise(by, Step.SEAT, taken)
    if naming.takes_two:
        policy.must_be_alone(by, has_second_hand=_has_second_hand(person, now))
    body_id = naming.body.pk if naming.body else None
    record(
        grant,
        Seated(person_id=person.pk, role=naming.role, body_id=body_id),
        changed=taken,
        now=now,
    )
    return taken


@transaction.atomic
def unseat(held: Seat, *, by: Actor, now: datetime) -> None:
    """The seat ends now, and with it every right that hung on it, and the person's sessions."""
    grant = policy.authorise(by, Step.UNSEAT, held)
    held.held_until = now
    record(grant, Unseated(), changed=held, now=now)
    sessions.end_all(held.person_id)
    if rules.is_vouching(Role(held.role), Standing(held.standing)):
        tell(Kind.SEAT_ENDED, _cause(held), _circle(now, held.person_id), now=now)


@transaction.atomic
def reset(person: Person, what: Resetting, *, by: Actor, now: datetime) -> None:
    """Reset a password (by a link), an address or a factor. Raises Refused where it takes two."""
    must_be_free_to_reset(person, by=by, now=now)
    grant = policy.authorise(by, Step.RESET, person)
    if what.matter == Matter.ADDRESS:
        _must_be_free(what.address)
        person.email = what.address
    record(grant, AccountReset(matter=what.matter), changed=person, now=now)
    _carry_out(what.matter, person, _cause(person), now)


@transaction.atomic
def propose(person: Person, what: Naming | Resetting, *, by: Actor, now: datetime) -> Proposal:
    """Put before a second hand what one hand may not do alone. Asked twice, proposed once."""
    made = Proposal(
        matter=what.matter if isinstance(what, Resetting) else Matter.SEAT,
        person=person,
        address=(what.address if isinstance(what, Resetting) else "") or person.email,
        instrument=what.instrument,
        proposed_by_id=by.person_id,
        proposed_at=now,
    )
    if isinstance(what, Naming):
        _check(person, what, now)
        made.role, made.standing, made.body = what.role, what.standing, what.body
    elif what.matter == Matter.ADDRESS:
        _must_be_free(what.address)
    if again := queries.same_open(made, now):
        return again
    grant = policy.authorise_proposal(by, Step.PROPOSE, made)
    record(grant, Proposed(matter=made.matter, person_id=person.pk), changed=made, now=now)
    tell(Kind.PROPOSAL_MADE, _cause(made), _circle(now), now=now)
    return made


@transaction.atomic
def confirm(proposal: Proposal, *, by: Actor, now: datetime) -> None:
    """The second hand: what was proposed takes effect, exactly as it was shown.

    Raises OutOfOrder where it is decided or has lapsed, Stale where the person has changed since.
    """
    _must_be_open(proposal, now)
    grant = policy.authorise_proposal(by, Step.CONFIRM, proposal)
    proposal.outcome = Outcome.CONFIRMED
    proposal.decided_by_id, proposal.decided_at = by.person_id, now
    stored = _confirmed(proposal, now)
    seat_id = next((row.pk for row in stored if isinstance(row, Seat)), None)
    event = Confirmed(matter=proposal.matter, person_id=proposal.person_id, seat_id=seat_id)
    record(grant, event, changed=Change(proposal, stored=stored), now=now)
    _carry_out(Matter(proposal.matter), proposal.person, _cause(proposal), now)
    tell(Kind.PROPOSAL_DECIDED, _cause(proposal), _circle(now, proposal.person_id), now=now)


@transaction.atomic
def decline(proposal: Proposal, *, by: Actor, now: datetime) -> None:
    """Refused by a second hand, or taken back by the first: nothing of it takes effect."""
    _must_be_open(proposal, now)
    grant = policy.authorise_proposal(by, Step.DECLINE, proposal)
    proposal.outcome = Outcome.DECLINED
    proposal.decided_by_id, proposal.decided_at = by.person_id, now
    record(grant, Declined(), changed=proposal, now=now)
    tell(Kind.PROPOSAL_DECIDED, _cause(proposal), _circle(now), now=now)


def settle(person: Person, language: str, time_zone: str, *, by: Actor, now: datetime) -> None:
    """In which language and by whose clock somebody is written to."""
    if time_zone not in available_timezones():
        raise Invalid({"time_zone": [f"there is no time zone {time_zone}"]})
    grant = policy.authorise_own(by, Step.SETTLE, person)
    person.language, person.time_zone = language, time_zone
    record(grant, Settled(), changed=person, now=now)


def set_password(account: Account, password: str) -> None:
    """A credential: it lies outside the record. Raises Invalid for one that is easily guessed.

    Of two hands at once one sets it, the other is Stale. Every session of the account ends.
    """
    try:
        validate_password(password, account)
    except ValidationError as weak:
        raise Invalid({"password": weak.messages}) from weak
    before = account.password
    account.set_password(password)
    mine = Account.objects.filter(pk=account.pk, password=before)
    if mine.update(password=account.password) != 1:
        raise Stale("another hand has set this password")
    sessions.end_all(account.person_id)


def must_be_free_to_reset(person: Person, *, by: Actor, now: datetime) -> None:
    """Raises Refused for the account of somebody who may confirm, while another hand could."""
    if queries.is_vouching(person.pk, now):
        policy.must_be_alone(by, has_second_hand=_has_second_hand(person, now))


def _has_second_hand(person: Person, now: datetime) -> bool:
    return queries.second_hands(now, besides={person.pk}).exists()


def _check(person: Person, naming: Naming, now: datetime) -> None:
    fault = rules.fault_of(naming.role, naming.standing, has_body=naming.body is not None)
    if fault:
        raise Invalid({"role": [fault]})
    if naming.body and (naming.role in {Role.STATE, Role.MEMBER}) != naming.body.is_state:
        raise Invalid({"body": [f"{naming.body} is not the body of a {naming.role} seat"]})
    current = queries.seats_in(set(Role), now).filter(person=person)
    if rules.incompatible({Role(s.role) for s in current}, naming.role):
        raise Invalid({"role": ["an Expert's seat is not held together with this one"]})


def _seat_of(person: Person, naming: Naming, now: datetime) -> Seat:
    return Seat(
        person=person,
        role=naming.role,
        standing=naming.standing,
        body=naming.body,
        held_from=now,
        instrument=naming.instrument,
    )


def _confirmed(proposal: Proposal, now: datetime) -> list[Recorded]:
    """The rows that a confirmation stores beside the proposal."""
    person, matter = proposal.person, proposal.matter
    if matter == Matter.ADDRESS:
        _must_be_free(proposal.address)
        person.email = proposal.address
        return [person]
    if person.email != proposal.address:
        raise Stale("the person's address has changed since this was proposed")
    if matter != Matter.SEAT:
        return []
    naming = Naming(
        role=Role(proposal.role),
        standing=Standing(proposal.standing),
        body=proposal.body,
        instrument=proposal.instrument,
    )
    _check(person, naming, now)
    return [_seat_of(person, naming, now)]


def _carry_out(matter: Matter, person: Person, cause: str, now: datetime) -> None:
    """What lies outside the record: credentials, factors, sessions."""
    account = queries.account_by_person(person.pk)
    if matter == Matter.SEAT:
        if not account.has_usable_password():
            tell(Kind.ACCOUNT_INVITED, cause, [person.pk], now=now)
        return
    if matter == Matter.PASSWORD:
        tell(Kind.ACCOUNT_RESET, cause, [person.pk], now=now)
        return
    if matter == Matter.ADDRESS:
        account.email = person.email
        account.save(update_fields=["email"])
    else:
        factors.remove_all(account)
    sessions.end_all(person.pk)


def _circle(now: datetime, besides: UUID | None = None) -> list[UUID]:
    """The seats of all who may confirm; the person concerned is not told by this."""
    found = queries.second_hands(now, besides={besides} if besides else set())
    return [s.pk for s in found]


def _cause(thing: Recorded) -> str:
    return f"{thing.subject}@{thing.version}"


def _must_be_free(email: str) -> None:
    if queries.person_by_email(email):
        raise Invalid({"email": [f"{email} already has an account"]})


def _must_be_open(proposal: Proposal, now: datetime) -> None:
    if proposal.outcome != Outcome.OPEN:
        raise OutOfOrder("this proposal is decided")
    if rules.has_lapsed(proposal.proposed_at, now):
        raise OutOfOrder("this proposal has lapsed")
