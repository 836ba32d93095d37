"""Contributions and the copies that go with them. What a constraint can hold, it holds too."""

from django.db import models
from django.db.models import Q

from clearinghouse.access.actor import Actor
from clearinghouse.files.models import StoredFile
from clearinghouse.ledger.models import Recorded, SealedQuerySet
from clearinghouse.mandate.models import Body
from clearinghouse.submissions import policy
from clearinghouse.submissions.rules.copies import LONGEST_EDITION
from clearinghouse.submissions.rules.kinds import Kind
from clearinghouse.submissions.rules.workflow import Origin, State

STORED = [s.value for s in State if s != State.NEW]


class SubmissionQuerySet(SealedQuerySet["Submission"]):
    """Asks the policy who sees what."""

    def visibility(self, actor: Actor) -> Q:
        return policy.visibility(actor)


class Submission(Recorded):
    """One contribution of one body. `content` follows the definition of its kind.

    `entry` names what it became: the code of a standard, the id of a need. `revises` names the
    listed entry that a revision is to replace when it is listed.
    """

    kind = models.CharField(max_length=30)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    origin = models.CharField(max_length=12)
    instrument = models.CharField(max_length=300, blank=True)  # the paper, where on behalf
    written_by = models.UUIDField(null=True)  # the person
    seat = models.UUIDField(null=True)  # whom to tell what became of it
    state = models.CharField(max_length=14, default=State.NEW.value)
    content = models.JSONField(default=dict)
    remarks = models.JSONField(default=dict)  # why it was returned, by field; "" for the whole
    returns = models.JSONField(default=list)  # each time it came back: on which day, with what
    entry = models.CharField(max_length=80, blank=True)
    revises = models.CharField(max_length=80, blank=True)
    unreviewed = models.BooleanField(default=False)  # listed without review, of a trusted body
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ("-started_at", "id")
        constraints = (
            models.CheckConstraint(name="submission_state_known", condition=Q(state__in=STORED)),
            models.CheckConstraint(
                name="submission_kind_known", condition=Q(kind__in=[k.value for k in Kind])
            ),
            models.CheckConstraint(
                name="submission_origin_known", condition=Q(origin__in=[o.value for o in Origin])
            ),
            models.CheckConstraint(
                name="submission_on_behalf_names_its_instrument",
                condition=~Q(origin=Origin.SECRETARIAT) | ~Q(instrument=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class CopyQuerySet(SealedQuerySet["Copy"]):
    """Seen with its contribution."""

    def visibility(self, actor: Actor) -> Q:
        return Q(submission__in=Submission.objects.visible_to(actor))


class Copy(Recorded):
    """That a file goes with a contribution. A revision goes on with the files of what it revises.

    `digest`: the SHA-256 of what readers get, which is the file without what tells of persons.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    edition = models.CharField(max_length=LONGEST_EDITION, blank=True)
    digest = models.CharField(max_length=64)
    attached_at = models.DateTimeField()

    objects = CopyQuerySet.as_manager()

    class Meta:
        ordering = ("attached_at", "id")
        constraints = (models.UniqueConstraint(name="copy_once", fields=("submission", "file")),)

    def __str__(self) -> str:
        return f"{self.file_id} with {self.submission_id}"
