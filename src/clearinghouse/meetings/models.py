"""The tables about meetings; the meetings themselves are public facts of the mandate."""

from collections.abc import Set
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q

from clearinghouse.access.actor import Actor
from clearinghouse.ledger.models import OpenQuerySet, Recorded, SealedQuerySet
from clearinghouse.mandate.models import Body, Meeting
from clearinghouse.meetings import policy
from clearinghouse.meetings.rules import Answer
from clearinghouse.people.models import Seat


def _invited(bodies: Set[UUID]) -> Q:
    every = Participant.objects.unscoped("compared inside the database, never shown")
    live = [a.value for a in Answer if a != Answer.UNINVITED]
    here = OuterRef("meeting")
    return Q(Exists(every.filter(meeting=here, body__in=bodies, answer__in=live)))


class AgendaItem(Recorded):
    """A line of a meeting's agenda. Public."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    titles = models.JSONField()

    objects = OpenQuerySet["AgendaItem"].as_manager()

    class Meta:
        ordering = ("meeting_id", "number")
        constraints = (
            models.UniqueConstraint(name="agenda_item_once", fields=("meeting", "number")),
        )

    def __str__(self) -> str:
        return f"{self.number}"


class DocumentQuerySet(SealedQuerySet["MeetingDocument"]):
    """Public ones for everybody; restricted ones for those the policy names."""

    def visibility(self, actor: Actor) -> Q:
        return policy.documents(actor, _invited)


class MeetingDocument(Recorded):
    """A document before a meeting: its symbol, its title and where it is found."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    titles = models.JSONField()
    symbol = models.CharField(max_length=80, blank=True)
    url = models.CharField(max_length=500, blank=True)
    is_restricted = models.BooleanField()
    is_withdrawn = models.BooleanField(default=False)
    added_on = models.DateField()

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ("added_on", "symbol", "id")

    def __str__(self) -> str:
        return self.symbol or str(self.pk)


class ParticipantQuerySet(SealedQuerySet["Participant"]):
    """Read by the committee, those who serve it, and the bodies invited to the same meeting."""

    def visibility(self, actor: Actor) -> Q:
        return policy.participants(actor, _invited)


class Participant(Recorded):
    """A body invited to a meeting, what it answered, and the names of those it sends."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, default=Answer.AWAITED.value)
    names = models.TextField(blank=True)  # one a line, as the body gave them
    invited_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ("meeting_id", "body__code")
        constraints = (
            models.UniqueConstraint(name="participant_once", fields=("meeting", "body")),
            models.CheckConstraint(
                name="participant_answer_known",
                condition=Q(answer__in=[a.value for a in Answer]),
            ),
        )

    def __str__(self) -> str:
        return f"{self.body_id} at {self.meeting_id}"


class RecountQuerySet(SealedQuerySet["Recount"]):
    """Read by nobody by itself."""

    def visibility(self, actor: Actor) -> Q:
        return policy.dates(actor)


class Recount(Recorded):
    """That working days are counted anew: a holiday was added or struck, and deadlines moved."""

    counted_at = models.DateTimeField()

    objects = RecountQuerySet.as_manager()

    class Meta:
        ordering = ("counted_at", "id")

    def __str__(self) -> str:
        return f"of {self.counted_at:%Y-%m-%d}"


class MovedDateQuerySet(SealedQuerySet["MovedDate"]):
    """Read with the deadline itself."""

    def visibility(self, actor: Actor) -> Q:
        return policy.dates(actor)


class MovedDate(Recorded):
    """A deadline that a recount has moved: both days are kept, as a meeting's are."""

    recount = models.ForeignKey(Recount, models.PROTECT, related_name="+")
    what = models.CharField(max_length=100)  # "room.table:id" of what is due
    old = models.DateField()
    new = models.DateField()

    objects = MovedDateQuerySet.as_manager()

    class Meta:
        ordering = ("recount__counted_at", "new", "what")
        constraints = (models.UniqueConstraint(name="date_once", fields=("recount", "what")),)

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class KeyQuerySet(SealedQuerySet["CalendarKey"]):
    """Read by whoever holds the seat."""

    def visibility(self, actor: Actor) -> Q:
        return policy.keys(actor)


class CalendarKey(Recorded):
    """Lets a calendar program read what one seat may see of its own dates, without signing in.

    Only the hash of the key is kept. It opens nothing once it is revoked or the seat has ended.
    """

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = KeyQuerySet.as_manager()

    class Meta:
        ordering = ("made_at", "id")

    def __str__(self) -> str:
        return f"of the seat {self.seat_id}"
