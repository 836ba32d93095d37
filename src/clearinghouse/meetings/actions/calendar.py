"""Holidays, which working days are counted by, and the keys of calendars."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Invalid
from clearinghouse.ledger.record import Change, Event, record
from clearinghouse.mandate.models import Holiday
from clearinghouse.meetings import policy
from clearinghouse.meetings.models import CalendarKey, MovedDate, Recount
from clearinghouse.meetings.rules import KEY_BYTES, Step, hash_of
from clearinghouse.people.models import Seat

SATURDAY = 5  # as date.weekday() counts


@dataclass(frozen=True, kw_only=True)
class Observed(Event):
    verb: ClassVar[str] = "meetings.holiday_observed"
    step: ClassVar[Step] = Step.OBSERVE
    on: date


@dataclass(frozen=True, kw_only=True)
class Struck(Event):
    verb: ClassVar[str] = "meetings.holiday_struck"
    step: ClassVar[Step] = Step.STRIKE
    on: date


@dataclass(frozen=True, kw_only=True)
class Recounted(Event):
    verb: ClassVar[str] = "meetings.recounted"
    step: ClassVar[Step] = Step.RECOUNT
    dates: int


@dataclass(frozen=True)
class Moving:
    """A deadline by its subject, the day it was due and the day it is due now."""

    what: str
    old: date
    new: date


@dataclass(frozen=True, kw_only=True)
class KeyMade(Event):
    verb: ClassVar[str] = "meetings.key_made"
    step: ClassVar[Step] = Step.MAKE_KEY


@dataclass(frozen=True, kw_only=True)
class KeyRevoked(Event):
    verb: ClassVar[str] = "meetings.key_revoked"
    step: ClassVar[Step] = Step.REVOKE_KEY


def observe(
    on: date, name: str, source: str, *, duty_station: str, by: Actor, now: datetime
) -> Holiday:
    """A holiday as it is observed; one that was struck is observed again. Raises Invalid."""
    if on.weekday() >= SATURDAY:
        raise Invalid({"date": ["give the working day on which it is observed"]})
    kept = Holiday.objects.filter(duty_station=duty_station, date=on).first()
    holiday = kept or Holiday(duty_station=duty_station, date=on)
    grant = policy.authorise(by, Step.OBSERVE, holiday)
    holiday.name, holiday.source = name, source
    holiday.is_observed = holiday.by_hand = True
    record(grant, Observed(on=on), changed=holiday, now=now)
    return holiday


def strike(holiday: Holiday, *, by: Actor, now: datetime) -> None:
    """It stays in the table, not observed, so that no pack brings it back unasked."""
    grant = policy.authorise(by, Step.STRIKE, holiday)
    holiday.is_observed, holiday.by_hand = False, True
    record(grant, Struck(on=holiday.date), changed=holiday, now=now)


def recount(moving: Sequence[Moving], *, by: Actor, now: datetime) -> Recount:
    """Both days of every deadline that the holidays have moved. The deadlines are computed."""
    made = Recount(counted_at=now)
    grant = policy.authorise(by, Step.RECOUNT, made)
    rows = [MovedDate(recount=made, what=m.what, old=m.old, new=m.new) for m in moving]
    record(grant, Recounted(dates=len(rows)), changed=Change(made, rows), now=now)
    return made


def make_key(seat: Seat, *, by: Actor, now: datetime) -> tuple[CalendarKey, str]:
    """The key itself is given back here and nowhere else: only its hash is stored."""
    key = secrets.token_urlsafe(KEY_BYTES)
    made = CalendarKey(seat=seat, hash=hash_of(key), made_at=now)
    grant = policy.authorise(by, Step.MAKE_KEY, made)
    record(grant, KeyMade(), changed=made, now=now)
    return made, key


def revoke_key(key: CalendarKey, *, by: Actor, now: datetime) -> None:
    """Revoked twice, revoked once."""
    grant = policy.authorise(by, Step.REVOKE_KEY, key)
    if key.revoked_at is None:
        key.revoked_at = now
        record(grant, KeyRevoked(), changed=key, now=now)
