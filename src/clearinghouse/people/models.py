"""Persons and the seats that give them something to do; accounts hold the credentials apart."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from clearinghouse.access.actor import Actor, Role, Standing
from clearinghouse.ledger.models import NOTHING, Recorded, SealedQuerySet
from clearinghouse.mandate.models import Body
from clearinghouse.people.rules import Matter, Outcome, is_vouching


class PersonQuerySet(SealedQuerySet["Person"]):
    """Names are read by those who keep the accounts, and by the person."""

    def visibility(self, actor: Actor) -> Q:
        if actor.holds(Role.ADMINISTRATOR, Role.AUDITOR):
            return Q()
        return Q(pk=actor.person_id) if actor.person_id else NOTHING


class Person(Recorded):
    """Someone who may hold seats. No rights hang on a person."""

    name = models.CharField(max_length=200)
    email = models.EmailField(unique=True)
    language = models.CharField(max_length=8, default="en")
    time_zone = models.CharField(max_length=60, default="America/New_York")

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class Account(AbstractBaseUser):
    """The credentials of a person. No superuser and no staff flag: power comes from seats alone.

    Outside the record, as all credentials are: the sign-in library writes here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(Person, models.PROTECT, related_name="+")
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)

    objects = BaseUserManager["Account"]()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.email


class SeatQuerySet(SealedQuerySet["Seat"]):
    """Read by those who keep the seats, and by whoever holds one."""

    def visibility(self, actor: Actor) -> Q:
        if actor.holds(Role.ADMINISTRATOR, Role.AUDITOR):
            return Q()
        return Q(person_id=actor.person_id) if actor.person_id else NOTHING


class Seat(Recorded):
    """A role held by a person, for a body or for the committee, from one moment to another."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    standing = models.CharField(max_length=20, blank=True)
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    held_from = models.DateTimeField()
    held_until = models.DateTimeField(null=True, blank=True)
    instrument = models.CharField(max_length=300)  # the paper that named the person

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="seat_role_known", condition=Q(role__in=[r.value for r in Role])
            ),
            models.CheckConstraint(
                name="seat_standing_known", condition=Q(standing__in=[s.value for s in Standing])
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} as {self.role} for {self.body_id}"


class ProposalQuerySet(SealedQuerySet["Proposal"]):
    """Read by those who keep the seats, and by those who may be the second hand."""

    def visibility(self, actor: Actor) -> Q:
        keeps = actor.holds(Role.ADMINISTRATOR, Role.AUDITOR)
        vouches = any(is_vouching(c.role, c.standing) for c in actor.capacities)
        return Q() if keeps or vouches else NOTHING


class Proposal(Recorded):
    """What one hand has proposed and another must confirm: a seat that vouches, or a reset.

    `address` is the one to change to, or else the person's at the time: it binds the confirmation
    to what was shown.
    """

    matter = models.CharField(max_length=10)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, blank=True)
    standing = models.CharField(max_length=20, blank=True)
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    address = models.EmailField()
    instrument = models.CharField(max_length=300)
    proposed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, default=Outcome.OPEN.value)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="proposal_matter_known", condition=Q(matter__in=[m.value for m in Matter])
            ),
            models.CheckConstraint(
                name="proposal_outcome_known", condition=Q(outcome__in=[o.value for o in Outcome])
            ),
            models.CheckConstraint(
                name="proposal_by_two_hands",
                condition=Q(proposed_by__isnull=True)
                | Q(decided_by__isnull=True)
                | ~Q(outcome=Outcome.CONFIRMED.value)
                | ~Q(proposed_by=models.F("decided_by")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.matter} of {self.person_id}"


class TokenQuerySet(SealedQuerySet["Token"]):
    """Read, as a line without the token itself, by whoever holds the seat."""

    def visibility(self, actor: Actor) -> Q:
        return Q(seat__in=[c.seat_id for c in actor.capacities if c.seat_id])


class Token(Recorded):
    """Lets a program speak for one seat, within its scopes and until a day.

    Only its hash is kept. It opens nothing once it is revoked or past, or the seat has ended.
    """

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    label = models.CharField(max_length=80)
    scopes = models.JSONField()
    hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ("made_at", "id")

    def __str__(self) -> str:
        return f"of the seat {self.seat_id}"


class SignIns(models.Model):
    """How many came in, and how many tried in vain, on a day: figures, nobody named.

    Outside the record: it counts what strangers do.
    """

    day = models.DateField()
    outcome = models.CharField(max_length=10)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(name="sign_ins_once", fields=("day", "outcome")),)

    def __str__(self) -> str:
        return f"{self.day} {self.outcome}: {self.count}"
