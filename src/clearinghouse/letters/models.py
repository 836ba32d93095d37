"""Templates, how bodies are styled, the letters with their register, and the replies to them."""

from django.db import models
from django.db.models import Q

from clearinghouse.access.actor import Actor
from clearinghouse.ledger.models import OpenQuerySet, Recorded, SealedQuerySet
from clearinghouse.letters import policy
from clearinghouse.letters.rules.workflow import FIXED, Form, Means, Purpose, State
from clearinghouse.mandate.models import Body
from clearinghouse.people.models import Person

STORED = [s.value for s in State if s != State.NEW]


class Template(Recorded):
    """A form and purpose with its fields and its wording by language, as the pack gives it.

    `wordings`: language → {"opening", "paragraphs", "closing"}; `fields`: name, kind, label.
    """

    code = models.CharField(max_length=60, unique=True)
    form = models.CharField(max_length=12)
    purpose = models.CharField(max_length=12)
    titles = models.JSONField()
    subjects = models.JSONField(default=dict)
    fields = models.JSONField(default=list)
    wordings = models.JSONField()

    objects = OpenQuerySet["Template"].as_manager()

    class Meta:
        ordering = ("form", "code")
        constraints = (
            models.CheckConstraint(
                name="template_form_known", condition=Q(form__in=[f.value for f in Form])
            ),
            models.CheckConstraint(
                name="template_purpose_known", condition=Q(purpose__in=[p.value for p in Purpose])
            ),
        )

    def __str__(self) -> str:
        return self.code


class Style(Recorded):
    """What a State's mission or an organisation is called in a letter, in one language."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    language = models.CharField(max_length=8)
    name = models.CharField(max_length=200)

    objects = OpenQuerySet["Style"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(name="style_once", fields=("body", "language")),)

    def __str__(self) -> str:
        return self.name


class BatchQuerySet(SealedQuerySet["Batch"]):
    """Asks the policy who sees what."""

    def visibility(self, actor: Actor) -> Q:
        return policy.batches(actor, Letter.objects.visible_to(actor).values("batch"))


class Batch(Recorded):
    """Letters drafted together from one template: one line of the record for each step of all."""

    template = models.CharField(max_length=60)
    count = models.PositiveIntegerField()
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ("-drafted_at", "id")

    def __str__(self) -> str:
        return f"{self.template}, {self.count}"


class LetterQuerySet(SealedQuerySet["Letter"]):
    """Asks the policy who sees what."""

    def visibility(self, actor: Actor) -> Q:
        return policy.letters(actor)


class Letter(Recorded):
    """A note verbale or a letter. Number, date and text stand from its clearance.

    The parts are as written, merge fields and all; `text` is what was cleared, filled, and
    `digest` the SHA-256 of its canonical JSON. `wanted`: the language the addressee is registered
    with. `writer`: who wrote the present text. `scan_digest`: of the scan of what was sent.
    """

    form = models.CharField(max_length=12)
    purpose = models.CharField(max_length=12)
    template = models.CharField(max_length=60)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=8)
    wanted = models.CharField(max_length=8)
    address = models.TextField()
    subject_line = models.CharField(max_length=300, blank=True)
    opening = models.TextField()
    passage = models.TextField()
    closing = models.TextField()
    values = models.JSONField(default=dict)
    state = models.CharField(max_length=12, default=State.NEW.value)
    writer = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    remark = models.CharField(max_length=500, blank=True)  # why it was sent back

    year = models.PositiveIntegerField(null=True, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    dated = models.DateField(null=True, blank=True)
    text = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    cleared_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    cleared_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)

    means = models.CharField(max_length=8, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    sent_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    dispatched_at = models.DateTimeField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)
    received_by = models.CharField(max_length=200, blank=True)
    receipt = models.CharField(max_length=120, blank=True)  # the addressee's reference
    because = models.CharField(max_length=500, blank=True)  # why it was cancelled
    scan_digest = models.CharField(max_length=64, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ("-drafted_at", "id")
        indexes = (
            models.Index(name="letter_by_body", fields=["body", "state"]),
            models.Index(name="letter_by_state", fields=["state", "sent_on"]),
        )
        constraints = (
            models.UniqueConstraint(name="letter_number_once", fields=("year", "number")),
            models.CheckConstraint(name="letter_state_known", condition=Q(state__in=STORED)),
            models.CheckConstraint(
                name="letter_form_known", condition=Q(form__in=[f.value for f in Form])
            ),
            models.CheckConstraint(
                name="letter_means_known",
                condition=Q(means="") | Q(means__in=[m.value for m in Means]),
            ),
            models.CheckConstraint(
                name="letter_numbered_once_cleared",
                condition=~Q(state__in=sorted(s.value for s in FIXED))
                | Q(year__isnull=False, number__isnull=False, dated__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.reference or str(self.pk)


class ReplyQuerySet(SealedQuerySet["Reply"]):
    """Read with its letter."""

    def visibility(self, actor: Actor) -> Q:
        return Q(letter__in=Letter.objects.visible_to(actor))


class Reply(Recorded):
    """What an addressee answered: its date and reference, its text or the scan of it."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="+")
    dated = models.DateField(null=True, blank=True)
    received_on = models.DateField()
    reference = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True)
    scan_digest = models.CharField(max_length=64, blank=True)
    filed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()

    objects = ReplyQuerySet.as_manager()

    class Meta:
        ordering = ("received_on", "filed_at", "id")

    def __str__(self) -> str:
        return self.reference or str(self.pk)
