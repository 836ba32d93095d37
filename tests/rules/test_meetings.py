"""When a meeting may be, and what is written into calendars: without a database."""

from datetime import UTC, date, datetime, time
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearinghouse.meetings.formats.ics import Happening, write
from clearinghouse.meetings.rules import WHO, Relation, Step, When, faults_of, hash_of

STAMP = datetime(2025, 3, 10, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given_", "wrong"),
    [
        ({"starts": "2027-03-06"}, set()),
        ({"starts": "2027-03"}, set()),
        (
            {"starts": "2027-03-06", "ends": "2027-03-07", "opens": time(10), "closes": time(9)},
            set(),
        ),
        ({"starts": ""}, {"starts"}),
        ({"starts": "6 March"}, {"starts"}),
        ({"starts": "2027-02-30"}, {"starts"}),
        ({"starts": "2027-03-06", "ends": "x"}, {"ends"}),
        ({"starts": "2027-03-06", "ends": "2027-03-05"}, {"ends"}),
        ({"starts": "2027-03", "ends": "2027-02"}, {"ends"}),
        ({"starts": "2027-03", "opens": time(10)}, {"opens"}),
        ({"starts": "2027-03-06", "closes": time(10)}, {"closes"}),
        ({"starts": "2027-03-06", "opens": time(10), "closes": time(10)}, {"closes"}),
        ({"starts": "2027-03-06", "time_zone": "Mars/Olympus"}, {"time_zone"}),
    ],
)
def test_when_a_meeting_may_be(given_: dict[str, object], wrong: set[str]) -> None:
    assert set(faults_of(When(**given_))) == wrong  # type: ignore[arg-type]  # columns of a table


def test_a_meeting_is_over_after_its_last_day_as_far_as_it_is_known() -> None:
    assert When(starts="2025-03-06", ends="2025-03-07").is_over(date(2025, 3, 8))
    assert not When(starts="2025-03-06", ends="2025-03-07").is_over(date(2025, 3, 7))
    assert not When(starts="2025-03").is_over(date(2025, 3, 31))


def test_every_step_is_in_somebodys_hand() -> None:
    assert set(WHO) == set(Step)
    assert {s for s, who in WHO.items() if Relation.CHAIR in who} == {Step.MOVE}


def test_of_a_key_only_its_hash_is_kept() -> None:
    assert hash_of("a") != hash_of("b")
    assert len(hash_of("\udcff")) == 64  # what no key can be is hashed like any other


def parsed(**more: object) -> Any:
    facts = {"uid": "a@b", "sequence": 3, "stamp": STAMP, "summary": "Meeting"} | more
    written = write("Committee", [Happening(**facts)])  # type: ignore[arg-type]  # as above
    (event,) = icalendar.Calendar.from_ical(written).walk("VEVENT")
    return event


def test_whole_days_end_on_the_day_after_the_last() -> None:
    one = parsed(starts=date(2025, 6, 10))
    assert (one["DTSTART"].dt, one["DTEND"].dt) == (date(2025, 6, 10), date(2025, 6, 11))
    assert one["DTSTART"].params["VALUE"] == "DATE"
    two = parsed(starts=date(2025, 6, 30), ends=date(2025, 7, 1))
    assert two["DTEND"].dt == date(2025, 7, 2)


def test_a_moment_is_a_moment() -> None:
    at = datetime(2025, 12, 15, 20, tzinfo=UTC)
    event = parsed(starts=at)
    assert event["DTSTART"].dt == at
    assert "DTEND" not in event
    assert event["SEQUENCE"] == 3


HOSTILE = (
    "Meeting\r\nATTENDEE:mailto:spy@example.net", "a\nEND:VEVENT\nBEGIN:VALARM", "a;b,c:d\\e",
    "\x00\x07", "é" * 200, "名" * 100, "\u2028END:VCALENDAR", "\u202eevil", '"quoted"', "",
)  # fmt: skip  # a list to be read as a paragraph


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_title_adds_a_line_or_an_event(text: str) -> None:
    starts = date(2025, 6, 10)
    facts = Happening(
        uid="a@b", sequence=0, stamp=STAMP, summary=text, starts=starts, place=text, text=text
    )
    written = write(text, [facts])
    lines = written.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert b"\r" not in b"".join(lines)
    assert all(len(line) <= 75 for line in lines)
    calendar = icalendar.Calendar.from_ical(written)
    (event,) = calendar.walk("VEVENT")
    assert {c.name for c in calendar.walk()} == {"VCALENDAR", "VEVENT"}
    assert "ATTENDEE" not in event
    assert all(line.isprintable() for line in str(event["SUMMARY"]).split("\n"))


@given(st.text(max_size=200))
def test_any_text_comes_back_as_far_as_it_can_be_read(text: str) -> None:
    event = parsed(starts=date(2025, 6, 10), summary=text)
    kept = [c for c in text if c.isprintable() and c != " "]
    assert [c for c in str(event["SUMMARY"]) if c.isprintable() and c != " "] == kept
