"""Stories of meetings through the doors: the chair moves one, the secretariat keeps the rest."""

import re
from datetime import timedelta
from typing import Any

import icalendar
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from clearinghouse.access.actor import OPERATOR
from clearinghouse.ledger.verify import verify
from clearinghouse.mandate import queries as mandate
from clearinghouse.meetings.models import MeetingDocument, Participant
from clearinghouse.notices.models import Notice
from clearinghouse.people import actions as people
from clearinghouse.people.models import Person
from tests.committee import NOW, Committee
from tests.web.desk import Desk, faults, text

CODE = "meeting-2025"
JULY = {
    "starts": "2025-07-08",
    "ends": "2025-07-09",
    "opens": "",
    "closes": "",
    "time_zone": "America/New_York",
}


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


def told() -> int:
    return Notice.objects.unscoped("a test counts").filter(kind="meeting.moved").count()


def version() -> int:
    return mandate.meeting(CODE).version


def test_the_chair_moves_a_meeting(committee: Committee) -> None:
    """Look, preview, confirm: nothing moves before; then all of it does, and each is told once."""
    chair = Desk(committee, "chair")
    assert "Move it" in text(chair.get("desk-meeting", CODE))
    assert "It is now on 10 June 2025" in text(chair.get("desk-meeting-move", CODE))

    first = version()
    preview = chair.post("desk-meeting-move", CODE, version=first, **JULY)
    said = text(preview)
    for expected in ("11 May 2025, 15:00", "8 June 2025, 15:00", "6 persons will be told"):
        assert expected in said, said
    assert (version(), told()) == (first, 0)

    done = chair.post("desk-meeting-move", CODE, version=first, do="confirm", **JULY)
    assert (done.status_code, told()) == (303, 6)
    after = text(chair.get("desk-meeting", CODE))
    assert "8 July 2025 to 9 July 2025" in after
    assert "10 June 2025 to 11 June 2025" in after  # where it was is kept
    assert "8 June 2025, 15:00 New York" in after

    again = chair.post("desk-meeting-move", CODE, version=first, do="confirm", **JULY)
    assert (again.status_code, told()) == (409, 6)
    assert "8 July 2025" in text(Desk(committee, "public").get("meeting", CODE))
    assert verify() is None


def test_the_second_of_two_is_told_and_moves_nothing(committee: Committee) -> None:
    chair, office, seen = Desk(committee, "chair"), Desk(committee, "secretariat"), version()
    assert (
        chair.post("desk-meeting-move", CODE, version=seen, do="confirm", **JULY).status_code
        == 303
    )
    august = JULY | {"starts": "2025-08-05", "ends": ""}
    late = office.post("desk-meeting-move", CODE, version=seen, do="confirm", **august)
    assert late.status_code == 409
    assert mandate.meeting(CODE).starts == "2025-07-08"


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"starts": "next week"}, "starts"),
        ({"starts": ""}, "starts"),
        ({"starts": "2025-07-08", "ends": "2025-07-01"}, "ends"),
        ({"opens": "25:00"}, "opens"),
        ({"closes": "10:00"}, "closes"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"starts": "2025-06-10", "ends": "2025-06-11"}, "starts"),
    ],
)
def test_a_day_that_cannot_be_is_named_and_nothing_moves(
    committee: Committee, typed: dict[str, str], wrong: str
) -> None:
    chair = Desk(committee, "chair")
    for do in ("", "confirm"):
        sent = chair.post("desk-meeting-move", CODE, version=version(), do=do, **JULY | typed)
        assert sent.status_code == 400
        assert set(faults(sent)) == {wrong}
    assert (mandate.meeting(CODE).starts, told()) == ("2025-06-10", 0)


def test_the_secretariat_records_a_meeting_and_changes_what_is_said_of_it(
    committee: Committee,
) -> None:
    office = Desk(committee, "secretariat")
    said = {"title-en": "Regional meeting", "title-fr": "Réunion", "kind": "regional-only"}
    new = JULY | said | {"code": "vienna-2025", "place": "Vienna", "host": "", "source": ""}
    assert office.post("desk-meeting-new", **new).status_code == 303
    assert "Regional meeting" in text(Desk(committee, "public").get("meetings"))
    again = office.post("desk-meeting-new", **new)
    assert (again.status_code, set(faults(again))) == (400, {"code"})
    wrong = office.post(
        "desk-meeting-new", **new | {"code": "Vienna 2025", "title-en": "", "title-fr": ""}
    )
    assert set(faults(wrong)) >= {"code"}

    now = mandate.meeting("vienna-2025").version
    changed = {
        "title-en": "Meeting of regional bodies",
        "kind": "regional-only",
        "place": "Vienna",
    }
    sent = office.post("desk-meeting-change", "vienna-2025", version=now, **changed)
    late = office.post("desk-meeting-change", "vienna-2025", version=now, **changed)
    assert (sent.status_code, late.status_code) == (303, 409)
    found = mandate.meeting("vienna-2025")
    assert (found.title, found.starts, found.by_hand) == (
        {"en": "Meeting of regional bodies"},
        "2025-07-08",
        True,
    )


def test_agenda_documents_and_guests(committee: Committee) -> None:
    office, guest, other = (Desk(committee, n) for n in ("secretariat", "focal_xro", "focal_xio"))
    lines = "Opening\n\n Standards  \nAny other business"
    assert (
        office.post("desk-meeting-agenda", CODE, version=version(), lines=lines).status_code == 303
    )
    office.post(
        "desk-meeting-agenda", CODE, version=version(), lines="Opening\nStandards\nClosing"
    )
    public = text(Desk(committee, "public").get("meeting", CODE))
    assert "Opening Standards Closing" in public
    office.post("desk-meeting-agenda", CODE, version=version(), lines="Opening")
    assert "Standards" not in text(Desk(committee, "public").get("meeting", CODE))

    said = {"title-en": "Draft outcome", "symbol": "EX/1", "url": "", "is_restricted": "on"}
    assert office.post("desk-meeting-document", CODE, **said).status_code == 303
    assert "Draft outcome" not in text(guest.get("desk-meeting", CODE))
    assert office.post("desk-meeting-invite", CODE, body="XRO").status_code == 303
    assert office.post("desk-meeting-invite", CODE, body="XRO").status_code == 303
    (participant,) = Participant.objects.unscoped("a test looks")
    sent = office.post(
        "desk-participant-answer",
        participant.pk,
        version=participant.version,
        answer="attends",
        names="A. Person\nB. Person",
    )
    assert sent.status_code == 303
    for shown in (guest, office, Desk(committee, "member_xb")):
        page = text(shown.get("desk-meeting", CODE))
        assert "Draft outcome" in page
        assert "A. Person, B. Person" in page
    hidden = text(other.get("desk-meeting", CODE))
    assert "Draft outcome" not in hidden
    assert "A. Person" not in hidden
    assert "Participants" not in hidden

    (document,) = MeetingDocument.objects.unscoped("a test looks")
    route = "desk-meeting-document-withdraw"
    assert office.post(route, document.pk, version=document.version).status_code == 303
    assert office.post(route, document.pk, version=document.version).status_code == 404
    assert "Draft outcome" not in text(office.get("desk-meeting", CODE))


def test_a_link_of_a_document_is_an_address_or_refused(committee: Committee) -> None:
    office = Desk(committee, "secretariat")
    for url in ("javascript:alert(1)", "data:text/html,x", "not an address"):
        sent = office.post("desk-meeting-document", CODE, **{"title-en": "x", "url": url})
        assert sent.status_code == 400, url
    assert not MeetingDocument.objects.unscoped("a test looks").exists()


def test_the_secretariat_keeps_the_holidays(committee: Committee) -> None:
    office = Desk(committee, "secretariat")
    assert "No holiday is recorded for 2026" in text(office.get("desk-holidays"))
    new = {"duty_station": "New York", "date": "2026-01-01", "name": "New Year", "source": "ST/IC"}
    assert office.post("desk-holiday-observe", **new).status_code == 303
    assert "No holiday is recorded for 2026" not in text(office.get("desk-holidays"))
    weekend = office.post("desk-holiday-observe", **new | {"date": "2026-01-03"})
    assert (weekend.status_code, set(faults(weekend))) == (400, {"date"})

    independence = next(h for h in mandate.holidays_in(2025) if h.name == "Independence Day")
    assert "Strike Independence Day, 4 July 2025" in text(office.get("desk-holidays", year="2025"))
    strike = "desk-holiday-strike"
    assert office.post(strike, independence.pk, version=0).status_code == 409
    assert office.post(strike, independence.pk, version=independence.version).status_code == 303
    assert "not observed" in text(office.get("desk-holidays", year="2025"))
    assert independence.date not in mandate.holidays()


def test_a_seats_calendar_is_shown_once_and_shut_at_once(committee: Committee) -> None:
    desk, public = Desk(committee, "focal_xio"), Client()
    seat = committee.seats["focal_xio"]
    made = desk.post("desk-calendar-make", seat=seat.pk)
    (path,) = re.findall(r"/calendar/[\w-]+\.ics", made.content.decode())
    assert path not in desk.get("desk-calendar").content.decode()
    answer = public.get(path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert [e for e in events if str(e["UID"]).startswith("commitment-")]
    (shut,) = re.findall(r'action="([^"]+/revoke/)"', desk.get("desk-calendar").content.decode())
    assert Desk(committee, "alternate_xio").client.post(shut).status_code == 404
    assert desk.client.post(shut).status_code == 303
    absent = public.get("/calendar/absent.ics")
    gone = public.get(path)
    key = path.removeprefix("/calendar/").removesuffix(".ics").encode()
    assert (gone.status_code, gone.content.replace(key, b"absent")) == (404, absent.content)


def test_a_calendar_ends_with_its_seat_within_one_request(committee: Committee) -> None:
    desk, seat = Desk(committee, "focal_xio"), committee.seats["focal_xio"]
    made = desk.post("desk-calendar-make", seat=seat.pk)
    (path,) = re.findall(r"/calendar/[\w-]+\.ics", made.content.decode())
    people.unseat(seat, by=OPERATOR, now=NOW + timedelta(minutes=59))
    assert Client().get(path).status_code == 404


def test_nobody_makes_a_calendar_for_anothers_seat(committee: Committee) -> None:
    other = committee.seats["expert"].pk
    assert Desk(committee, "focal_xio").post("desk-calendar-make", seat=other).status_code == 404


def test_the_public_calendar_is_not_sent_twice(committee: Committee) -> None:
    client, address = Client(), reverse("calendar")
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    chair = Desk(committee, "chair")
    chair.post("desk-meeting-move", CODE, version=version(), do="confirm", **JULY)
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200
    assert client.get(address, {"lang": "xx"}).status_code == 400


def test_the_reader_chooses_a_clock_and_is_shown_it_everywhere(committee: Committee) -> None:
    expert = Desk(committee, "expert")
    own = committee.person("expert")
    paris = {"language": "fr", "time_zone": "Europe/Paris"}
    assert "Europe/Paris)" not in text(expert.get("desk-meeting", CODE))
    assert expert.post("desk-settings", version=own.version, **paris).status_code == 303
    assert expert.post("desk-settings", version=own.version, **paris).status_code == 409
    bad = expert.post(
        "desk-settings", version=own.version, language="fr", time_zone="Mars/Olympus"
    )
    assert (bad.status_code, set(faults(bad))) == (400, {"time_zone"})
    assert "11 May 2025, 15:00 New York (21:00 your time, Europe/Paris)" in text(
        expert.get("desk-meeting", CODE)
    )
    assert "Europe/Paris)" not in text(Desk(committee, "member_xb").get("desk-meeting", CODE))
    kept = Person.objects.unscoped("a test looks").get(pk=own.pk)
    assert (kept.language, kept.time_zone) == ("fr", "Europe/Paris")


def test_another_day_there_is_named(committee: Committee) -> None:
    expert, own = Desk(committee, "expert"), committee.person("expert")
    auckland = {"language": "en", "time_zone": "Pacific/Auckland"}
    expert.post("desk-settings", version=own.version, **auckland)
    assert "15:00 New York (12 May 2025, 07:00 your time, Pacific/Auckland)" in text(
        expert.get("desk-meeting", CODE)
    )
