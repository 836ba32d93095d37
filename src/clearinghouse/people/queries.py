"""From a login to an Actor, and from a seat to whoever holds it: nowhere else do they meet."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from clearinghouse.access.actor import PUBLIC, Actor, Capacity, Role, Standing
from clearinghouse.access.errors import Unseen
from clearinghouse.mandate.models import Body
from clearinghouse.people import policy
from clearinghouse.people.models import (
    Account,
    Person,
    PersonQuerySet,
    Proposal,
    ProposalQuerySet,
    Seat,
    SeatQuerySet,
    Token,
)
from clearinghouse.people.rules import (
    BEARER,
    BEARERS,
    LAPSE,
    Outcome,
    Scope,
    Step,
    has_lapsed,
    hash_of,
)


@dataclass(frozen=True)
class Addressee:
    """A seat held now, as the post needs it: where to, in which language, with which eyes."""

    name: str
    email: str
    language: str
    time_zone: str
    actor: Actor
    body: Body | None
    at: datetime  # when it was looked up


def held_at(now: datetime) -> Q:
    """Rights hang on a seat from its first moment to its last."""
    return Q(held_from__lte=now) & (Q(held_until__isnull=True) | Q(held_until__gt=now))


def _capacity(seat: Seat) -> Capacity:
    provider = seat.body is not None and seat.body.provider
    return Capacity(Role(seat.role), seat.body_id, Standing(seat.standing), provider, seat.pk)


def _seats_now(now: datetime) -> SeatQuerySet:
    reason = "turning a login or an address into an actor comes before anyone is asking"
    return Seat.objects.unscoped(reason).filter(held_at(now)).select_related("body", "person")


def actor_for(user: AbstractBaseUser | AnonymousUser, now: datetime) -> Actor:
    if not isinstance(user, Account) or not user.is_active:
        return PUBLIC
    seats = _seats_now(now).filter(person_id=user.person_id)
    return Actor(person_id=user.person_id, capacities=frozenset(map(_capacity, seats)))


def addressee(seat_id: UUID, now: datetime) -> Addressee | None:
    """Whoever holds this seat now, seeing through this seat alone; None once it ended.

    A person's id in the place of a seat's: the person, about the account, seeing nothing.
    """
    seat = _seats_now(now).filter(pk=seat_id).first()
    if seat is None:
        return _in_person(seat_id, now)
    actor = Actor(person_id=seat.person_id, capacities=frozenset({_capacity(seat)}))
    person = seat.person
    return Addressee(
        person.name, person.email, person.language, person.time_zone, actor, seat.body, now
    )


def whole_actor(to: Addressee) -> Actor:
    """The same person in all the seats they hold, for what is told a person and not a seat."""
    if to.actor.person_id is None:
        return to.actor
    seats = _seats_now(to.at).filter(person_id=to.actor.person_id)
    return Actor(person_id=to.actor.person_id, capacities=frozenset(map(_capacity, seats)))


def zone_of(person_id: UUID) -> str:
    """By whose clock somebody reads."""
    own = Person.objects.unscoped("the reader's own clock").filter(pk=person_id)
    return str(own.values_list("time_zone", flat=True)[0])


def _in_person(person_id: UUID, now: datetime) -> Addressee | None:
    account = Account.objects.filter(person_id=person_id, is_active=True).first()
    if account is None:
        return None
    person, actor = account.person, Actor(person_id=account.person_id)
    return Addressee(
        person.name, person.email, person.language, person.time_zone, actor, None, now
    )


def seats_of(actor: Actor) -> list[Seat]:
    """The actor's own seats with their bodies and the person, for the desk to name."""
    if actor.person_id is None:
        return []
    ids = [c.seat_id for c in actor.capacities if c.seat_id]
    mine = Seat.objects.visible_to(actor).filter(pk__in=ids, person_id=actor.person_id)
    return list(mine.select_related("body", "person").order_by("role", "id"))


def person_of(actor: Actor) -> Person:
    """The person who acts. Raises Unseen for the public and for the clock, who are nobody."""
    own = Person.objects.visible_to(actor)
    found = own.filter(pk=actor.person_id).first() if actor.person_id else None
    if found is None:
        raise Unseen("nobody in person")
    return found


def seats_for(actor: Actor) -> list[Seat]:
    """Every seat this actor may read, present and past, for the accounts page."""
    seats = Seat.objects.visible_to(actor).select_related("body", "person")
    return list(seats.order_by("role", "person__name", "id"))


def seats_in(roles: set[Role], now: datetime) -> QuerySet[Seat]:
    """The seats held now in these roles: whom the clock has to write to."""
    return _seats_now(now).filter(role__in=[r.value for r in roles]).order_by("id")


def seat_of(person: Person, now: datetime) -> Seat:
    """The latest of the seats that a person holds. Raises Unseen where there is none."""
    found = seats_in(set(Role), now).filter(person=person).order_by("-held_from").first()
    if found is None:
        raise Unseen("no seat")
    return found


def seat_by_id(pk: UUID) -> Seat:
    found = Seat.objects.unscoped("the operator names a seat by its id").filter(pk=pk).first()
    if found is None:
        raise Unseen("no such seat")
    return found


def seat_written_to(pk: UUID) -> Seat | None:
    """The seat that a mail went to, whether or not it is still held, with its person and body."""
    reason = "a reply is attributed to the seat whose mail it answers"
    found = Seat.objects.unscoped(reason).filter(pk=pk)
    return found.select_related("person", "body").first()


def account_of(email: str) -> Account:
    found = Account.objects.filter(email__iexact=email).first()
    if found is None:
        raise Unseen("no account with that address")
    return found


def person_by_email(email: str) -> Person | None:
    return Person.objects.unscoped("names are unique").filter(email__iexact=email).first()


def account_by_person(person_id: UUID) -> Account:
    return Account.objects.select_related("person").get(person_id=person_id)


def account_to_write_to(email: str) -> Account | None:
    """The open account with this address, for whoever asks for a new password."""
    return Account.objects.filter(email__iexact=email, is_active=True).first()


def persons_for(actor: Actor) -> PersonQuerySet:
    return Person.objects.visible_to(actor).order_by("name", "id")


def person_for(actor: Actor, pk: UUID) -> Person:
    """Raises Unseen for whoever does not keep the accounts."""
    found = persons_for(actor).filter(pk=pk).first()
    if found is None:
        raise Unseen("no such person")
    return found


def seats_of_person(actor: Actor, person_id: UUID) -> list[Seat]:
    found = Seat.objects.visible_to(actor).filter(person_id=person_id)
    return list(found.select_related("body", "person").order_by("-held_from", "id"))


def second_hands(now: datetime, *, besides: set[UUID]) -> SeatQuerySet:
    """The seats held now whose holders may confirm: the Experts' and the Chair's."""
    chair = Q(role=Role.MEMBER.value, standing=Standing.CHAIR.value)
    found = _seats_now(now).filter(Q(role=Role.EXPERT.value) | chair)
    return found.exclude(person_id__in=besides).order_by("id")


def is_vouching(person_id: UUID, now: datetime) -> bool:
    return second_hands(now, besides=set()).filter(person_id=person_id).exists()


def proposals_for(actor: Actor) -> ProposalQuerySet:
    """Newest first, with the names that stand in it."""
    found = Proposal.objects.visible_to(actor).order_by("-proposed_at", "id")
    return found.select_related("person", "body", "proposed_by", "decided_by")


def proposal_for(actor: Actor, pk: UUID) -> Proposal:
    found = proposals_for(actor).filter(pk=pk).first()
    if found is None:
        raise Unseen("no such proposal")
    return found


def may_vouch(actor: Actor) -> bool:
    """Whether this actor sits where one confirms what another proposes."""
    return policy.vouches(actor)


def steps_open_to(actor: Actor, proposal: Proposal, now: datetime) -> set[Step]:
    """What the buttons beside a proposal are drawn from; none where it has lapsed."""
    late = has_lapsed(proposal.proposed_at, now)
    return set() if late else policy.steps_open_to(actor, proposal)


def open_proposals(now: datetime) -> list[Proposal]:
    """What waits for a second hand, for the operator's list."""
    found = Proposal.objects.unscoped("references for the operator").filter(
        outcome=Outcome.OPEN.value, proposed_at__gt=now - LAPSE
    )
    return list(found.select_related("person").order_by("proposed_at"))


def same_open(wanted: Proposal, now: datetime) -> Proposal | None:
    """An open proposal of the same thing by the same hand, that has not lapsed."""
    alike = ("matter", "person_id", "role", "standing", "body_id", "address", "proposed_by_id")
    found = Proposal.objects.unscoped("proposed twice, written once").filter(
        outcome=Outcome.OPEN.value,
        proposed_at__gt=now - LAPSE,
        **{name: getattr(wanted, name) for name in alike},
    )
    return found.first()


def bearer(shown: str, now: datetime) -> tuple[Actor, frozenset[Scope]]:
    """Who a header speaks for: one seat, held now; the public where it opens nothing."""
    nobody: tuple[Actor, frozenset[Scope]] = (PUBLIC, frozenset())
    if not shown.lower().startswith(BEARER) or not shown.isascii():
        return nobody
    every = Token.objects.unscoped("a token speaks for its seat; nobody has signed in")
    live = every.filter(hash=hash_of(shown[len(BEARER) :].strip()), revoked_at__isnull=True)
    token = live.filter(expires_at__gt=now).first()
    held = addressee(token.seat_id, now) if token else None
    if token is None or held is None or not held.actor.holds(*BEARERS):
        return nobody
    if not _is_open(held.actor):
        return nobody
    return held.actor, frozenset(Scope(scope) for scope in token.scopes)


def tokens_for(actor: Actor, now: datetime) -> list[Token]:
    """Those of one's own seats that still open something."""
    live = Token.objects.visible_to(actor).filter(revoked_at__isnull=True, expires_at__gt=now)
    return list(live)


def token_for(actor: Actor, pk: UUID) -> Token:
    found = Token.objects.visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Unseen("no such token")
    return found


def _is_open(actor: Actor) -> bool:
    """A shut account opens nothing, its tokens neither."""
    account = Account.objects.filter(person_id=actor.person_id) if actor.person_id else None
    return account is not None and account.filter(is_active=True).exists()
