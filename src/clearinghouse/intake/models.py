"""The table of what came in. What a constraint can hold of the rules, a constraint holds too."""

from django.db import models
from django.db.models import Q

from clearinghouse.access.actor import Actor
from clearinghouse.intake import policy
from clearinghouse.intake.rules.workflow import Channel, State
from clearinghouse.ledger.models import Recorded, SealedQuerySet
from clearinghouse.mandate.models import Body

STORED = [s.value for s in State if s != State.NEW]


class ItemQuerySet(SealedQuerySet["Item"]):
    """Asks the policy who sees what."""

    def visibility(self, actor: Actor) -> Q:
        return policy.visibility(actor)


class Item(Recorded):
    """One thing that came in. `answers` is what it asks to be recorded; nothing of it is yet.

    It belongs to a body by the reference it carries (`notice`, `seat`), or because the secretariat
    says so; never by the address it claims to come from.
    """

    channel = models.CharField(max_length=8)
    state = models.CharField(max_length=10, default=State.NEW.value)
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    notice = models.UUIDField(null=True, blank=True)  # the mail it answers
    seat = models.UUIDField(null=True, blank=True)  # who was written to
    letter = models.UUIDField(null=True, blank=True)  # ours, that it is filed against
    fingerprint = models.CharField(max_length=64, unique=True)  # the same thing twice is one item
    claims = models.CharField(max_length=300, blank=True)  # whom it claims to come from
    title = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    marks = models.JSONField(default=list)
    answers = models.JSONField(default=list)
    faults = models.JSONField(default=list)  # [[marked text, values], …]
    recorded_as = models.JSONField(default=list)  # what came of it: [[what, reference], …]
    instrument = models.CharField(max_length=300, blank=True)
    received_on = models.DateField()
    reason = models.TextField(blank=True)  # why it was refused
    arrived_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ("-arrived_at", "id")
        constraints = (
            models.CheckConstraint(name="item_state_known", condition=Q(state__in=STORED)),
            models.CheckConstraint(
                name="item_channel_known", condition=Q(channel__in=[c.value for c in Channel])
            ),
            models.CheckConstraint(
                name="item_accepted_on_an_instrument",
                condition=~Q(state=State.ACCEPTED) | ~Q(instrument=""),
            ),
            models.CheckConstraint(
                name="item_refused_with_a_reason",
                condition=~Q(state=State.REFUSED) | ~Q(reason=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}"
