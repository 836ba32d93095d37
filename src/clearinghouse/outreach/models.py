"""The contact log, invitations with the bodies asked, and who takes part in the exchange."""

from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from clearinghouse.access.actor import Actor
from clearinghouse.ledger.models import Recorded, SealedQuerySet
from clearinghouse.letters.models import Letter
from clearinghouse.mandate.models import Body, Timed
from clearinghouse.outreach import policy
from clearinghouse.outreach.rules import LONGEST_LINE, Answer, Channel, Standing
from clearinghouse.outreach.rules.participation import LONGEST_PAPER
from clearinghouse.outreach.rules.participation import Step as Partaking
from clearinghouse.people.models import Person


def _one_of(column: str, values: Any) -> Q:
    return Q(**{f"{column}__in": [v.value for v in values]})


class ExchangeQuerySet(SealedQuerySet["Exchange"]):
    """Asks the policy who sees what."""

    def visibility(self, actor: Actor) -> Q:
        return policy.exchanges(actor)


class Exchange(Recorded):
    """A line of the contact log: what was said with a body, and the next step with its owner.

    `with_whom` is all it keeps of persons outside; `erased_on` says when the words were destroyed.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    on = models.DateField()
    channel = models.CharField(max_length=10)
    standing = models.CharField(max_length=12)  # where contact stands after it
    summary = models.TextField(blank=True)
    with_whom = models.CharField(max_length=LONGEST_LINE, blank=True)
    next_step = models.CharField(max_length=LONGEST_LINE, blank=True)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    erased_on = models.DateField(null=True, blank=True)

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        ordering = ("-on", "-noted_at", "id")
        indexes = (
            models.Index(name="exchange_by_body", fields=["body", "on"]),
            models.Index(name="exchange_by_owner", fields=["owner", "done_on"]),
        )
        constraints = (
            models.CheckConstraint(
                name="exchange_channel_known", condition=_one_of("channel", Channel)
            ),
            models.CheckConstraint(
                name="exchange_standing_known", condition=_one_of("standing", Standing)
            ),
            models.CheckConstraint(
                name="exchange_next_step_has_owner_and_day",
                condition=Q(next_step="") | Q(owner__isnull=False, due_on__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.body_id} on {self.on}"


class AskedQuerySet(SealedQuerySet["Asked"]):
    """Asks the policy who sees what."""

    def visibility(self, actor: Actor) -> Q:
        return policy.asked(actor)


class InvitationQuerySet(SealedQuerySet["Invitation"]):
    """Read by those who serve, and by whoever reads a line of it."""

    def visibility(self, actor: Actor) -> Q:
        return policy.invitations(
            actor, Asked.objects.visible_to(actor).values_list("invitation", flat=True)
        )


class Invitation(Recorded, Timed):
    """What is asked for and by when: kinds of contribution, and a sentence in some languages."""

    kinds = models.JSONField()
    texts = models.JSONField(default=dict)
    invited_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()

    objects = InvitationQuerySet.as_manager()

    class Meta(Timed.Meta):
        ordering = ("-invited_at", "id")

    def __str__(self) -> str:
        return f"of {self.invited_at:%Y-%m-%d}"


class Asked(Recorded):
    """A body asked by an invitation: its letter, what it answered, and when it was thanked."""

    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    answer = models.CharField(max_length=12, default=Answer.AWAITED.value)
    answered_on = models.DateField(null=True, blank=True)
    because = models.TextField(blank=True, default="")  # why it declines, in its own words
    thanked_on = models.DateField(null=True, blank=True)
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, blank=True, related_name="+")

    objects = AskedQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_on", "body__code", "id")
        indexes = (models.Index(name="asked_by_body", fields=["body", "answer"]),)
        constraints = (
            models.UniqueConstraint(name="asked_once", fields=("invitation", "body")),
            models.CheckConstraint(name="asked_answer_known", condition=_one_of("answer", Answer)),
        )

    def __str__(self) -> str:
        return f"{self.body_id} by {self.invitation_id}"

    @property
    def asks(self) -> UUID:
        """The body whose own word it takes."""
        return self.body_id


class ParticipationQuerySet(SealedQuerySet["Participation"]):
    """Asks the policy who sees what."""

    def visibility(self, actor: Actor) -> Q:
        return policy.participations(actor)


class Participation(Recorded):
    """That a body takes part in the confidential exchange: since when, until when, on what terms.

    One for a body, whether it takes part for the first time or again: the history has them all.
    """

    body = models.OneToOneField(Body, models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # the last day, where one is agreed
    holds_from = models.DateField()  # the first day of the terms below
    words = models.JSONField(default=dict)  # the terms, by language
    paper = models.CharField(max_length=LONGEST_PAPER, blank=True)  # or the paper that has them

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        ordering = ("body__code", "id")
        constraints = (
            models.CheckConstraint(
                name="participation_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.body_id} since {self.since}"


class TermsQuerySet(SealedQuerySet["Terms"]):
    """As what they are the terms of."""

    def visibility(self, actor: Actor) -> Q:
        return policy.participations(actor)


class Terms(Recorded):
    """What was recorded of a participation at one time: its history, a line for each step."""

    participation = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    step = models.CharField(max_length=10)
    on = models.DateField()  # from which day it holds
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    words = models.JSONField(default=dict)
    paper = models.CharField(max_length=LONGEST_PAPER, blank=True)
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    objects = TermsQuerySet.as_manager()

    class Meta:
        ordering = ("-noted_at", "id")
        constraints = (
            models.CheckConstraint(name="terms_step_known", condition=_one_of("step", Partaking)),
        )

    def __str__(self) -> str:
        return f"terms of {self.participation_id} from {self.on}"
