"""A holiday added or struck moves what is counted over it; each person concerned is told once."""

import dataclasses
from collections.abc import Mapping
from datetime import date
from email.message import EmailMessage

import icalendar
import pytest

from clearinghouse.access.actor import OPERATOR
from clearinghouse.access.errors import Refused
from clearinghouse.crossings import calendars, count_anew, deliver, load_pack
from clearinghouse.ledger.verify import verify
from clearinghouse.mandate import queries as mandate
from clearinghouse.mandate.formats import records
from clearinghouse.meetings.actions import calendar
from clearinghouse.meetings.models import MovedDate
from clearinghouse.meetings.queries import moved_dates
from clearinghouse.notices.models import Notice
from clearinghouse.people import actions as people
from clearinghouse.plan.queries import plan_for
from tests.committee import Committee, small_pack
from tests.crossings.april import Carrier

BRIDGE = date(2025, 5, 28)
CONCERNED = {"secretariat", "secretariat_2", "expert", "chair", "focal_xio", "alternate_xio"}


def counted() -> records.Pack:
    """The small pack with its first commitment due ten working days before the meeting."""
    pack = small_pack()
    when = records.Timetable("meeting", meeting="meeting-2025", offset=-10, unit="working_days")
    first = dataclasses.replace(pack.commitments[0], timetable=when)
    return dataclasses.replace(pack, commitments=(first, *pack.commitments[1:]))


@pytest.fixture
def house(committee: Committee) -> Committee:
    load_pack.load(counted(), by=OPERATOR, now=committee.now)
    assert told() == []
    return committee


def told() -> list[Notice]:
    return list(Notice.objects.unscoped("a test counts").filter(kind="deadlines.moved"))


def add(c: Committee, on: date = BRIDGE, who: str = "secretariat") -> None:
    by, station = c.actor(who), mandate.duty_station()
    count_anew.observe(on, "A holiday", "ST/IC", station=station, by=by, now=c.now)


def strike(c: Committee, on: date = BRIDGE) -> None:
    found = next(h for h in mandate.holidays_in(on.year) if h.date == on)
    count_anew.strike(found, by=c.actor("secretariat"), now=c.now)


def due(c: Committee) -> str:
    return str(plan_for(c.actor("expert"))[0].due)


def days() -> list[tuple[str, str]]:
    return [(str(m.old), str(m.new)) for m in moved_dates()]


def mails(c: Committee) -> Mapping[str, EmailMessage]:
    carrier = Carrier()
    while deliver.deliver_next(c.now, carrier):
        pass
    return {m["To"].addresses[0].username: m for m in carrier.mails}


def sequence(c: Committee) -> int:
    _made, key = calendar.make_key(c.seats["focal_xio"], by=c.actor("focal_xio"), now=c.now)
    events = icalendar.Calendar.from_ical(calendars.of_seat(key, c.now, "en")).walk("VEVENT")
    (one,) = [e for e in events if "Commitment 1" in str(e["SUMMARY"])]
    return int(str(one["SEQUENCE"]))


def test_both_days_are_kept_and_each_is_told_once(house: Committee) -> None:
    first = sequence(house)
    assert due(house) == "2025-05-27"
    add(house)
    assert days() == [("2025-05-27", due(house))]
    assert due(house) < "2025-05-27"
    assert sequence(house) == first + 1
    assert len(told()) == len(CONCERNED)
    sent = mails(house)
    assert set(sent) == CONCERNED
    said = sent["focal_xio"].get_content()
    for expected in ("Commitment 1", "27 May 2025, 15:00", "It is now due: "):
        assert expected in said, said
    assert mails(house) == {}
    strike(house)
    assert (due(house), sequence(house)) == ("2025-05-27", first + 2)
    assert set(mails(house)) == CONCERNED
    assert verify() is None


def test_a_mail_tells_the_days_of_its_own_change(house: Committee) -> None:
    add(house)
    between = due(house)
    strike(house)
    carrier = Carrier()
    while deliver.deliver_next(house.now, carrier):
        pass
    assert len(carrier.mails) == 2 * len(CONCERNED)
    assert days() == [("2025-05-27", between), (between, "2025-05-27")]


def test_a_holiday_that_moves_nothing_tells_nobody(house: Committee) -> None:
    first = sequence(house)
    add(house, date(2025, 9, 1))
    add(house)
    add(house)  # again: it is observed already
    strike(house, date(2025, 9, 1))
    assert (len(days()), len(told()), sequence(house)) == (1, len(CONCERNED), first + 1)


def test_what_is_over_is_told_to_nobody(house: Committee) -> None:
    later = dataclasses.replace(house, now=house.now.replace(month=7))
    for seat in ("expert", "chair"):
        people.unseat(house.seats[seat], by=OPERATOR, now=later.now)
    add(later)
    assert (len(days()), told()) == (1, [])


def test_a_pack_that_brings_a_holiday_moves_the_same(house: Committee) -> None:
    pack = counted()
    more = dataclasses.replace(pack.holidays[0], date=BRIDGE, name="A holiday")
    load_pack.load(
        dataclasses.replace(pack, holidays=(*pack.holidays, more)), by=OPERATOR, now=house.now
    )
    assert len(days()) == 1
    assert len(told()) == len(CONCERNED)
    load_pack.load(
        dataclasses.replace(pack, holidays=(*pack.holidays, more)), by=OPERATOR, now=house.now
    )
    assert len(told()) == len(CONCERNED)


def test_nobody_else_moves_a_holiday(house: Committee) -> None:
    for who in ("chair", "expert", "focal_xio"):
        with pytest.raises(Refused):
            add(house, who=who)
    assert (MovedDate.objects.unscoped("a test counts").count(), due(house)) == (0, "2025-05-27")
