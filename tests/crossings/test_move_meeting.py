"""A meeting moves: everything hung on it moves, and each person concerned is told exactly once."""

import dataclasses
from datetime import time, timedelta
from email.message import EmailMessage
from typing import Any

import icalendar
import pytest

from clearinghouse.access.actor import OPERATOR, PUBLIC, Role, Standing
from clearinghouse.access.errors import Invalid, Refused, Stale, Unseen
from clearinghouse.crossings import calendars, deliver, load_pack, move_meeting
from clearinghouse.ledger.verify import verify
from clearinghouse.mandate import queries as mandate
from clearinghouse.mandate.models import Holiday, Meeting
from clearinghouse.meetings.actions import calendar
from clearinghouse.meetings.rules import When
from clearinghouse.notices.models import Notice
from clearinghouse.people import actions as people
from clearinghouse.plan.queries import plan_for
from tests.committee import NOW, Committee, small_pack
from tests.crossings.april import Carrier

JULY = When(starts="2025-07-08", ends="2025-07-09")
SERVING = {"secretariat", "secretariat_2", "expert", "chair"}
CONCERNED = SERVING | {"focal_xio", "alternate_xio"}  # XIO holds what hangs on it


def told() -> list[Notice]:
    return list(Notice.objects.unscoped("a test counts").filter(kind="meeting.moved"))


def whom(committee: Committee, notices: list[Notice]) -> list[str]:
    names = {seat.pk: name for name, seat in committee.seats.items()}
    return sorted(names[n.recipient] for n in notices)


def move(committee: Committee, who: str = "chair", when: When = JULY) -> None:
    move_meeting.move(committee.meeting(), when, by=committee.actor(who), now=committee.now)


def mails(committee: Committee) -> dict[str, EmailMessage]:
    carrier = Carrier()
    while deliver.deliver_next(committee.now, carrier):
        pass
    return {m["To"].addresses[0].username: m for m in carrier.mails}


def test_what_hangs_on_it_moves_and_both_days_are_kept(committee: Committee) -> None:
    expert = committee.actor("expert")
    assert str(plan_for(expert)[0].due) == "2025-05-11"
    move(committee)
    assert str(plan_for(expert)[0].due) == "2025-06-08"
    (kept,) = mandate.moves_of(committee.meeting())
    days = (kept.old_starts, kept.old_ends, kept.new_starts, kept.new_ends)
    assert days == ("2025-06-10", "2025-06-11", "2025-07-08", "2025-07-09")
    assert verify() is None


def test_each_person_concerned_is_told_once(committee: Committee) -> None:
    move(committee)
    assert whom(committee, told()) == sorted(CONCERNED)
    sent = mails(committee)
    assert set(sent) == CONCERNED
    assert mails(committee) == {}  # and not again
    text = sent["focal_xio"].get_content()
    for said in ("10 June 2025", "8 July 2025", "11 May 2025, 15:00", "8 June 2025, 15:00"):
        assert said in text, said
    assert "Commitment 1" in text


def test_invited_bodies_are_told_and_learn_no_deadline_of_others(committee: Committee) -> None:
    committee.guest("XRO")
    move(committee)
    assert whom(committee, told()) == sorted(CONCERNED | {"focal_xro"})
    text = mails(committee)["focal_xro"].get_content()
    assert "8 July 2025" in text
    assert "Commitment 1" not in text


def test_a_person_of_two_seats_is_told_through_one_of_all_that_concerns_them(
    committee: Committee,
) -> None:
    naming = people.Naming(
        role=Role.FOCAL_POINT,
        standing=Standing.ALTERNATE,
        body=committee.body("XIO"),
        instrument="note 2",
    )
    person = committee.person("focal_xro")
    people.seat(person, naming, by=OPERATOR, now=committee.now)
    committee.guest("XRO")
    move(committee)
    assert len(told()) == len(CONCERNED) + 1
    assert "Commitment 1" in mails(committee)["focal_xro"].get_content()


def test_members_are_told_where_the_committee_itself_owns_something(committee: Committee) -> None:
    pack = small_pack()
    adopted = dataclasses.replace(pack.commitments[0], owners=("committee",), adoption="adopted")
    wanted = dataclasses.replace(pack, commitments=(adopted, *pack.commitments[1:]))
    load_pack.load(wanted, by=OPERATOR, now=committee.now)
    move(committee)
    assert whom(committee, told()) == sorted(SERVING | {"member_xb"})


def test_two_moves_are_two_mails_each_with_its_own_days(committee: Committee) -> None:
    move(committee)
    move(committee, when=When(starts="2025-09-02"))
    assert len(told()) == 2 * len(CONCERNED)
    carrier = Carrier()
    while deliver.deliver_next(committee.now, carrier):
        pass
    texts = [m.get_content() for m in carrier.mails if m["To"].addresses[0].username == "expert"]
    assert sorted("10 June 2025" in t for t in texts) == [False, True]
    assert all("8 July 2025" in t for t in texts)


def test_of_two_who_move_it_at_once_the_second_is_told(committee: Committee) -> None:
    first, second = committee.meeting(), committee.meeting()
    chair, office = committee.actor("chair"), committee.actor("secretariat")
    move_meeting.move(first, JULY, by=chair, now=NOW)
    with pytest.raises(Stale):
        move_meeting.move(second, When(starts="2025-08-05"), by=office, now=NOW)
    assert committee.meeting().starts == "2025-07-08"
    assert len(mandate.moves_of(first)) == 1
    assert len(told()) == len(CONCERNED)


@pytest.mark.parametrize(
    "who", ["public", "nobody", "focal_xio", "mission_xa", "expert", "member_xb", "auditor"]
)
def test_nobody_else_moves_it(committee: Committee, who: str) -> None:
    with pytest.raises(Refused):
        move(committee, who)
    assert committee.meeting().starts == "2025-06-10"
    assert not told()


def test_a_day_that_cannot_be_and_a_move_to_nowhere_are_refused(committee: Committee) -> None:
    for when in (When(starts="soon"), When(starts="2025-06-10", ends="2025-06-11")):
        with pytest.raises(Invalid):
            move(committee, when=when)
    assert not told()


def test_a_meeting_of_the_past_dated_anew_is_told_to_nobody(committee: Committee) -> None:
    later = dataclasses.replace(committee, now=NOW + timedelta(days=400))
    move(later, when=When(starts="2025-06-12"))
    assert not told()
    move(later, when=When(starts="2026-06-12"))
    assert told()


def test_a_pack_moves_a_meeting_as_anybody_does(committee: Committee) -> None:
    pack = small_pack()
    elsewhere = dataclasses.replace(pack.meetings[0], starts="2025-07-08", ends="2025-07-09")
    load_pack.load(dataclasses.replace(pack, meetings=(elsewhere,)), by=OPERATOR, now=NOW)
    assert whom(committee, told()) == sorted(CONCERNED)
    assert len(mandate.moves_of(committee.meeting())) == 1


def test_a_pack_does_not_undo_what_was_moved_by_hand(committee: Committee) -> None:
    move(committee)
    found = load_pack.load(small_pack(), by=OPERATOR, now=NOW)
    assert committee.meeting().starts == "2025-07-08"
    assert [d.held for d in found if d.table == "mandate_meeting"] == [["meeting-2025"]]


def test_a_pack_does_not_bring_back_a_holiday_that_was_struck(committee: Committee) -> None:
    office = committee.actor("secretariat")
    holiday = Holiday.objects.get(name="Memorial Day")
    assert holiday.date in mandate.holidays()
    calendar.strike(holiday, by=office, now=NOW)
    load_pack.load(small_pack(), by=OPERATOR, now=NOW)
    assert holiday.date not in mandate.holidays()
    again = calendar.observe(
        holiday.date, "Memorial Day", "ST/IC/2025/1", duty_station="New York", by=office, now=NOW
    )
    assert (again.pk, again.date in mandate.holidays()) == (holiday.pk, True)
    with pytest.raises(Invalid):
        calendar.observe(
            holiday.date - timedelta(days=1), "x", "y", duty_station="New York", by=office, now=NOW
        )


def test_a_holiday_elsewhere_moves_no_deadline(committee: Committee) -> None:
    office, before = committee.actor("secretariat"), mandate.holidays()
    day = next(iter(before)) + timedelta(days=7)
    calendar.observe(day, "x", "y", duty_station="Vienna", by=office, now=NOW)
    assert mandate.holidays() == before


# ── calendars ───────────────────────────────────────────────────────────────────────────────────


def events(content: bytes) -> dict[str, Any]:
    walked = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return {str(e["UID"]): e for e in walked}


def test_a_move_keeps_the_name_and_raises_the_number(committee: Committee) -> None:
    uid = f"meeting-{committee.meeting().pk}@clearinghouse"
    before = events(calendars.public(NOW, "en"))[uid]
    move(committee)
    after = events(calendars.public(NOW, "en"))[uid]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert (str(before["DTSTART"].dt), str(after["DTSTART"].dt)) == ("2025-06-10", "2025-07-08")
    assert str(after["DTEND"].dt) == "2025-07-10"
    assert after["DTSTAMP"].dt > before["DTSTAMP"].dt


def test_a_meeting_with_an_hour_is_a_moment_at_the_place(committee: Committee) -> None:
    uid = f"meeting-{committee.meeting().pk}@clearinghouse"
    hours = dataclasses.replace(JULY, opens=time(10), closes=time(17), time_zone="Europe/Vienna")
    move(committee, when=hours)
    event = events(calendars.public(NOW, "en"))[uid]
    assert event["DTSTART"].to_ical() == b"20250708T080000Z"
    assert event["DTEND"].to_ical() == b"20250709T150000Z"
    move(committee, when=When(starts="2025-08"))  # known to the month alone: on no day
    assert uid not in events(calendars.public(NOW, "en"))


def test_the_public_calendar_has_the_days_of_issue_and_no_proposal(committee: Committee) -> None:
    found = events(calendars.public(NOW, "en"))
    assert str(found["matrix-2025-04@clearinghouse"]["DTSTART"].dt) == "2025-04-01"
    assert not [uid for uid in found if uid.startswith("commitment-")]
    assert calendars.public(NOW, "en") == calendars.public(NOW, "en")


def test_a_seats_calendar_has_its_own_and_ends_with_the_seat(committee: Committee) -> None:
    seat, by = committee.seats["focal_xio"], committee.actor("focal_xio")
    made, key = calendar.make_key(seat, by=by, now=NOW)
    assert key not in {made.hash, str(made.pk)}
    own = [
        e for uid, e in events(calendars.of_seat(key, NOW, "en")).items() if "commitment" in uid
    ]
    assert [e["DTSTART"].to_ical() for e in own] == [b"20250511T190000Z"]
    before = own[0]["SEQUENCE"]
    move(committee)
    (after,) = (
        e for u, e in events(calendars.of_seat(key, NOW, "en")).items() if "commitment" in u
    )
    assert after["SEQUENCE"] > before
    people.unseat(seat, by=committee.actor("administrator"), now=NOW)
    with pytest.raises(Unseen):
        calendars.of_seat(key, NOW, "en")


def test_a_revoked_key_opens_nothing(committee: Committee) -> None:
    seat, by = committee.seats["mission_xa"], committee.actor("mission_xa")
    made, key = calendar.make_key(seat, by=by, now=NOW)
    with pytest.raises(Refused):
        calendar.revoke_key(made, by=committee.actor("capital_xa"), now=NOW)
    calendar.revoke_key(made, by=by, now=NOW)
    calendar.revoke_key(made, by=by, now=NOW)
    for wrong in (key, "absent", made.hash, ""):
        with pytest.raises(Unseen):
            calendars.of_seat(wrong, NOW, "en")


def test_the_meeting_is_one_row_that_everybody_reads(committee: Committee) -> None:
    assert Meeting.objects.get().code == "meeting-2025"
    assert not move_meeting.shifts(committee.meeting(), "2025-06-10", "2025-07-08", by=PUBLIC)
