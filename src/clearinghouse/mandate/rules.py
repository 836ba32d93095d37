"""The mandate's vocabulary, its periods, and deadlines as meeting + offset: never stored as dates."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum

from clearinghouse.kernel import partial_date
from clearinghouse.kernel.calendar import add_months, add_working_days


class Kind(StrEnum):
    """What a body can be. `other` is a member that is not a State (Hong Kong, Palestine …)."""

    STATE = "state"
    INTERNATIONAL = "international"
    REGIONAL = "regional"
    SUBREGIONAL = "subregional"
    OTHER = "other"


class MeetingKind(StrEnum):
    """What a meeting is in the committee's calendar."""

    SPECIAL = "special"
    FOLLOW_UP = "follow-up"
    REGIONAL_ONLY = "regional-only"


class GroupKind(StrEnum):
    """The ways in which States are grouped for a view. A State may be in two UN groups, or none."""

    UN_GROUP = "un_group"
    REGION = "region"
    SUBREGION = "subregion"
    SUBCOMMITTEE = "subcommittee"


class Vocabulary(StrEnum):
    """What a cross-walk can lead from and to."""

    OBLIGATIONS = "obligations"
    AREAS = "areas"
    HEADINGS = "headings"
    DAC = "dac"


class Unit(StrEnum):
    """What an offset is counted in."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"


class Timetable(StrEnum):
    """What a deadline hangs on."""

    MEETING = "meeting"
    ABSOLUTE = "absolute"
    CONTINUING = "continuing"
    MONTHLY = "monthly"
    INTERVAL = "interval"
    BY_DECISION = "by_decision"


class Step(StrEnum):
    """What can be done to the mandate's facts."""

    LOAD = "load"


class Relation(StrEnum):
    """Who may do it."""

    OPERATOR = "operator"


@dataclass(frozen=True)
class Offset:
    """So many days, working days or months before (negative) or after a meeting."""

    amount: int
    unit: Unit

    def from_day(self, day: date, holidays: Set[date]) -> date:
        if self.unit == Unit.MONTHS:
            return add_months(day, self.amount)
        if self.unit == Unit.WORKING_DAYS:
            return add_working_days(day, self.amount, holidays)
        return date.fromordinal(day.toordinal() + self.amount)


def falls_on(meeting_starts: str, offset: Offset, holidays: Set[date]) -> date:
    """The day of a deadline hung on a meeting; computed each time, because meetings move.

    `meeting_starts` is a partial date: what is known only to the month counts from its first day.
    """
    return offset.from_day(partial_date.earliest(meeting_starts), holidays)


@dataclass(frozen=True)
class Settings:
    """The periods of the procedures. A pack overrides the defaults; `docs/rules/` gives their origin."""

    draft_opens_working_days: int = 5
    row_proofs_working_days: int = 10
    stale_after_months: int = 12
    stale_warning_months: int = 11
    opt_out_working_days: int = 5
    no_objection_working_days: int = 5
    deadline_hour: int = 15
    reminder_days: tuple[int, ...] = field(default=(30, 7, 1))
    overdue_reminder_days: int = 7
    became_month: int = 2

    @classmethod
    def of(cls, given: Mapping[str, object]) -> "Settings":
        """From a pack's table; names this version does not know are the business of other rooms."""
        known = {f.name for f in fields(cls)}
        chosen = {
            k: tuple(v) if isinstance(v, list) else v for k, v in given.items() if k in known
        }
        return cls(**chosen)  # type: ignore[arg-type]  # the pack's reader has checked the types
