"""The tables of the mandate. Public facts: anyone reads them, and they change on the record."""

from typing import Any

from django.db import models
from django.db.models import Q

from clearinghouse.ledger.models import OpenQuerySet, Recorded
from clearinghouse.mandate.rules import GroupKind, Kind, MeetingKind, Timetable, Unit, Vocabulary


def _one_of(column: str, values: Any) -> Q:
    return Q(**{f"{column}__in": [v.value for v in values]})


class Pack(Recorded):
    """A mandate pack as loaded: who the committee is, its periods, its standing sentences."""

    code = models.CharField(max_length=40, unique=True)
    facts = models.JSONField(default=dict)
    demonstration = models.BooleanField(default=False)
    loaded = models.DateTimeField()

    objects = OpenQuerySet["Pack"].as_manager()

    def __str__(self) -> str:
        return self.code


class Obligation(Recorded):
    """An operative paragraph of the resolution, with a short title in our words."""

    ref = models.CharField(max_length=12, unique=True)
    order = models.PositiveIntegerField()
    paragraph = models.PositiveIntegerField()
    title = models.JSONField()
    force = models.CharField(max_length=40)

    objects = OpenQuerySet["Obligation"].as_manager()

    class Meta:
        ordering = ("order",)

    def __str__(self) -> str:
        return self.ref


class Area(Recorded):
    """One of the assistance areas of 2002-03: a column of the matrix."""

    code = models.CharField(max_length=60, unique=True)
    order = models.PositiveIntegerField()
    title = models.JSONField()

    objects = OpenQuerySet["Area"].as_manager()

    class Meta:
        ordering = ("order",)

    def __str__(self) -> str:
        return self.code


class Heading(Recorded):
    """A heading of the technical guide of 2009, by paragraph: the second subject vocabulary."""

    code = models.CharField(max_length=80, unique=True)
    order = models.PositiveIntegerField()
    paragraph = models.PositiveIntegerField()
    title = models.JSONField()

    objects = OpenQuerySet["Heading"].as_manager()

    class Meta:
        ordering = ("order",)

    def __str__(self) -> str:
        return self.code


class CrossWalk(Recorded):
    """From a word of one vocabulary to a word of another; the secretariat's to edit."""

    from_vocabulary = models.CharField(max_length=20)
    from_code = models.CharField(max_length=80)
    to_vocabulary = models.CharField(max_length=20)
    to_code = models.CharField(max_length=80)
    source = models.CharField(max_length=300)

    objects = OpenQuerySet["CrossWalk"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                name="crosswalk_once",
                fields=("from_vocabulary", "from_code", "to_vocabulary", "to_code"),
            ),
            models.CheckConstraint(
                name="crosswalk_vocabularies_known",
                condition=_one_of("from_vocabulary", Vocabulary)
                & _one_of("to_vocabulary", Vocabulary),
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_code} → {self.to_code}"


class Body(Recorded):
    """A State, an organisation, or another member of an organisation: whoever can contribute."""

    kind = models.CharField(max_length=20, db_index=True)
    code = models.CharField(max_length=40, unique=True)
    iso3 = models.CharField(max_length=3, blank=True)
    names = models.JSONField()
    acronym = models.CharField(max_length=40, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    provider = models.BooleanField(default=False)
    illustrative = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)

    objects = OpenQuerySet["Body"].as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(name="body_kind_known", condition=_one_of("kind", Kind)),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def is_state(self) -> bool:
        return self.kind == Kind.STATE


class StateQuerySet(OpenQuerySet["State"]):
    """States alone."""


class StateManager(models.Manager["State"]):
    """Leaves the organisations out."""

    def get_queryset(self) -> StateQuerySet:
        return StateQuerySet(self.model).filter(kind=Kind.STATE)


class State(Body):
    """A State: a row of the matrix."""

    objects = StateManager()  # type: ignore[misc, assignment]  # narrower than Body's

    class Meta:
        proxy = True


class OrganisationManager(models.Manager["Organisation"]):
    """Leaves the States out."""

    def get_queryset(self) -> OpenQuerySet["Organisation"]:
        kinds = (Kind.INTERNATIONAL, Kind.REGIONAL, Kind.SUBREGIONAL)
        return OpenQuerySet["Organisation"](self.model).filter(kind__in=kinds)


class Organisation(Body):
    """An international, regional or subregional organisation."""

    objects = OrganisationManager()  # type: ignore[misc, assignment]  # narrower than Body's

    class Meta:
        proxy = True


class Membership(Recorded):
    """A State, or another entity, in an organisation: in what role, since when, says who."""

    organisation = models.ForeignKey(Body, models.PROTECT, related_name="+")
    member = models.ForeignKey(Body, models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    since = models.CharField(max_length=10, blank=True)
    until = models.CharField(max_length=10, blank=True)
    source = models.CharField(max_length=500)
    as_of = models.CharField(max_length=10)

    objects = OpenQuerySet["Membership"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                name="membership_once", fields=("organisation", "member", "role")
            ),
        )

    def __str__(self) -> str:
        return f"{self.member_id} in {self.organisation_id}"


class Group(Recorded):
    """States taken together: UN regional group, region, subregion, subcommittee."""

    kind = models.CharField(max_length=20)
    code = models.CharField(max_length=60)
    names = models.JSONField()

    objects = OpenQuerySet["Group"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(name="group_once", fields=("kind", "code")),
            models.CheckConstraint(name="group_kind_known", condition=_one_of("kind", GroupKind)),
        )

    def __str__(self) -> str:
        return self.code


class GroupMember(Recorded):
    """A State in a group, with what must be said about it (Türkiye is in two)."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    state = models.ForeignKey(State, models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True)

    objects = OpenQuerySet["GroupMember"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(name="group_member_once", fields=("group", "state")),
        )

    def __str__(self) -> str:
        return f"{self.state_id} in {self.group_id}"


class Meeting(Recorded):
    """A meeting that deadlines hang on. `starts` and `ends` are partial dates: as far as known."""

    code = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=20)
    title = models.JSONField()
    starts = models.CharField(max_length=10)
    ends = models.CharField(max_length=10, blank=True)
    place = models.CharField(max_length=200, blank=True)
    host = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=500, blank=True)
    illustrative = models.BooleanField(default=False)
    opens = models.TimeField(null=True, blank=True)  # by the clock of the place
    closes = models.TimeField(null=True, blank=True)
    time_zone = models.CharField(max_length=60, default="America/New_York")
    by_hand = models.BooleanField(default=False)  # made or changed on the desk: no pack undoes it

    objects = OpenQuerySet["Meeting"].as_manager()

    class Meta:
        ordering = ("starts",)
        constraints = (
            models.CheckConstraint(
                name="meeting_kind_known", condition=_one_of("kind", MeetingKind)
            ),
        )

    def __str__(self) -> str:
        return self.code


class MeetingMove(Recorded):
    """That a meeting moved: both dates are kept, so that whoever is told is told both."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    old_starts = models.CharField(max_length=10)
    old_ends = models.CharField(max_length=10, blank=True)
    new_starts = models.CharField(max_length=10)
    new_ends = models.CharField(max_length=10, blank=True)
    old_opens = models.TimeField(null=True, blank=True)
    new_opens = models.TimeField(null=True, blank=True)
    moved_at = models.DateTimeField()

    objects = OpenQuerySet["MeetingMove"].as_manager()

    class Meta:
        ordering = ("meeting_id", "number")
        constraints = (
            models.UniqueConstraint(name="meeting_move_once", fields=("meeting", "number")),
        )

    def __str__(self) -> str:
        return f"{self.old_starts} → {self.new_starts}"


class Holiday(Recorded):
    """An official holiday of one duty station in one year: editable data, not code.

    One that was struck stays, not observed, so that no load of a pack brings it back.
    """

    duty_station = models.CharField(max_length=60)
    date = models.DateField()
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=300, blank=True)
    is_observed = models.BooleanField(default=True)
    by_hand = models.BooleanField(default=False)

    objects = OpenQuerySet["Holiday"].as_manager()

    class Meta:
        ordering = ("date",)
        constraints = (
            models.UniqueConstraint(name="holiday_once", fields=("duty_station", "date")),
        )

    def __str__(self) -> str:
        return f"{self.date} {self.name}"


class Timed(models.Model):
    """Columns of anything with a timetable. A date hung on a meeting is computed, never stored."""

    timetable = models.CharField(max_length=20)
    due_on = models.DateField(null=True, blank=True)  # where the timetable is absolute
    due_meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_offset = models.IntegerField(default=0)
    due_unit = models.CharField(max_length=20, default=Unit.DAYS.value)

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                name="%(class)s_timetable_known",
                condition=_one_of("timetable", Timetable) & _one_of("due_unit", Unit),
            ),
            models.CheckConstraint(
                name="%(class)s_meeting_where_it_hangs_on_one",
                condition=Q(timetable=Timetable.MEETING, due_meeting__isnull=False)
                | (~Q(timetable=Timetable.MEETING) & Q(due_meeting__isnull=True)),
            ),
        )
