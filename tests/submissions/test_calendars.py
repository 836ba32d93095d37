"""A calendar as a way in for monitoring visits: read event by event, or refused by its line."""

import random
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clearinghouse.batches.actions import errands
from clearinghouse.batches.models import Batch, Row
from clearinghouse.batches.rules.size import is_large
from clearinghouse.batches.rules.workflow import State
from clearinghouse.directory.queries import owned
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.files.rules import Type
from clearinghouse.submissions.formats import ics
from clearinghouse.submissions.queries import checking
from clearinghouse.submissions.rules.kinds import Kind
from tests.committee import Committee
from tests.web.desk import Desk, text

VISIT = Kind.MONITORING_VISIT
ANNOUNCED = (
    "UID:2026-4@example.org",
    "SUMMARY:Indicators for money transfer services",
    "LOCATION:XA",
    "CATEGORIES:VISIT",
    "DTSTART;VALUE=DATE:20260511",
    "DTEND;VALUE=DATE:20260516",
    "ORGANIZER:mailto:reviews@example.org",
)
SAID = {
    "reference": "2026-4@example.org",
    "state": "XA",
    "title": {"en": "Indicators for money transfer services"},
    "review": "visit",
    "begins": "2026-05-11",
    "ends": "2026-05-15",  # a calendar ends whole days on the day after
    "contact": "reviews@example.org",
}


def event(*lines: str) -> list[str]:
    return ["BEGIN:VEVENT", *(lines or ANNOUNCED), "END:VEVENT"]


def calendar(*events: list[str]) -> bytes:
    inner = [line for each in events for line in each]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *inner, "END:VCALENDAR", ""]).encode()


def read(*lines: str) -> dict[str, Any]:
    return next(ics.visits(calendar(event(*lines))))[1]


def test_an_event_is_an_announcement() -> None:
    assert list(ics.visits(calendar(event(), event()))) == [(3, SAID), (12, SAID)]


@pytest.mark.parametrize(
    ("line", "name", "said"),
    [
        ("LOCATION:Fennel Republic (xb)", "state", "XB"),
        ("LOCATION:Fennel Republic", "state", "Fennel Republic"),  # which the checks refuse
        ("CATEGORIES:Mutual evaluation,other", "review", "mutual_evaluation"),
        ("SUMMARY;LANGUAGE=fr-CH:Critères", "title", {"fr": "Critères"}),
        ("SUMMARY:one\\, two\r\n  three", "title", {"en": "one, two three"}),
        ("DTSTART:20260511T230000Z", "begins", "2026-05-11"),
        ("DTSTART;TZID=Nowhere/Such:20260511T090000", "begins", "2026-05-11"),
        ("CONTACT:reviews@example.org", "contact", "reviews@example.org"),
    ],
)
def test_each_property_is_read(line: str, name: str, said: object) -> None:
    assert read(line)[name] == said


@pytest.mark.parametrize(
    ("lines", "ends"),
    [
        (("DTSTART;VALUE=DATE:20260511", "DTEND;VALUE=DATE:20260512"), ""),
        (("DTSTART;VALUE=DATE:20260511", "DTEND;VALUE=DATE:20260511"), ""),
        (("DTSTART;VALUE=DATE:20260511", "DURATION:P3D"), "2026-05-13"),
        (("DTSTART:20260511T090000Z", "DTEND:20260513T170000Z"), "2026-05-13"),
        (("DTSTART;VALUE=DATE:20260511", "DTEND;VALUE=DATE:20260501"), "2026-05-01"),
    ],
)
def test_the_last_day_is_the_last_day(lines: tuple[str, ...], ends: str) -> None:
    assert read(*lines)["ends"] == ends  # one that ends before it begins is the checks' to refuse


WHOLE = calendar(event())
HOSTILE = {
    "no calendar": (b"BEGIN:VCARD\r\nEND:VCARD\r\n", "Line 1 does not begin a calendar"),
    "empty": (b"", "Line 1 does not begin a calendar"),
    "no event": (calendar(), "there is no event"),
    "cut in the middle": (WHOLE[: WHOLE.index(b"DTEND")], "Line 3: what begins here is not ended"),
    "crossed": (WHOLE.replace(b"END:VEVENT", b"END:VTODO"), "Line 11 ends VTODO"),
    "more after it": (WHOLE + b"EVIL:1\r\n", "Line 13 stands after the end"),
    "a NUL": (WHOLE.replace(b"LOCATION:XA", b"LOCATION:X\0"), "Line 6 holds a NUL"),
    "no date": (WHOLE.replace(b"20260511", b"20261399"), "Line 3: the event that begins here"),
    "a year of no calendar": (WHOLE.replace(b"20260511", b"00000101"), "Line 3: the event"),
    "repeats": (calendar(event(), event(*ANNOUNCED, "RRULE:FREQ=DAILY")), "Line 12: this event"),
    "cancelled": (calendar(event(*ANNOUNCED, "STATUS:CANCELLED")), "Line 3: this event is canc"),
    "an event of many lines": (calendar(event(*["X-A:1"] * 600)), "Line 3: the event that begins"),
    "a line of many characters": (calendar(event("SUMMARY:" + "x" * 30_000)), "Line 4 has more"),
    "an event in an event": (
        calendar(["BEGIN:VEVENT", *event(), "END:VEVENT"]),
        "Line 4: this is",
    ),
    "a thousand nestings": (
        b"BEGIN:VCALENDAR\r\n" * 1000 + b"END:VCALENDAR\r\n" * 1000,
        "there is no event",
    ),
    "no colon": (calendar(event("SUMMARY")), "Line 3: the event that begins here cannot be read"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_calendar_is_refused_by_its_line(name: str) -> None:
    content, said = HOSTILE[name]
    with pytest.raises(Unfit) as why:
        list(ics.visits(content))
    assert (why.value.message % why.value.values).startswith(said) or said in (
        why.value.message % why.value.values
    )


def test_a_line_that_says_it_is_long_cannot_make_one(committee: Committee) -> None:
    """What is read has only what a visit has: no other property goes anywhere."""
    more = (*ANNOUNCED, "X-STATUS:listed", "DESCRIPTION:what was found", "CLASS:PUBLIC")
    assert read(*more) == SAID
    assert checking.check(VISIT, "visits.ics", calendar(event(*more))).is_sound


def test_a_calendar_holds_nothing_else(committee: Committee) -> None:
    with pytest.raises(Unfit, match="monitoring visits"):
        checking.check(Kind.STANDARD, "visits.ics", WHOLE)


def test_the_checks_are_those_of_any_way_in(committee: Committee) -> None:
    wrong = calendar(event(), event("SUMMARY:x", "LOCATION:Atlantis", "DTSTART:20260511T090000Z"))
    found = checking.check(VISIT, "visits.ics", wrong)
    assert (found.rows, found.faulty) == (2, 1)
    assert {(one.row, one.fault.field) for one in found.found} == {(12, "state"), (12, "review")}


def test_from_a_calendar_to_the_monitoring_calendar(committee: Committee) -> None:
    desk = Desk(committee, "focal_xio")

    def bring(content: bytes, key: str) -> Batch:
        file = SimpleUploadedFile("visits.ics", content)
        said = {"kind": VISIT.value, "body": "XIO", "key": key, "file": file}
        assert desk.post("desk-batches", **said).status_code == 303
        return Batch.objects.unscoped("test").get(key=key)

    first = bring(WHOLE, "one")
    told = desk.post("desk-batch-step", first.pk, "apply", version=str(first.version))
    assert told.status_code == 303
    body = committee.body("XIO")
    [visit] = owned(body, VISIT)
    assert (visit.content["begins"], visit.reference) == ("2026-05-11", SAID["reference"])
    assert bring(WHOLE, "again").counts["unchanged"] == 1
    moved = bring(WHOLE.replace(b"20260516", b"20260512"), "moved")
    assert moved.counts["changed"] == 1
    desk.post("desk-batch-step", moved.pk, "apply", version=str(moved.version))
    assert "ends" not in owned(body, VISIT)[0].content


def test_a_hostile_calendar_is_told_beside_the_form(committee: Committee) -> None:
    """Or, of many lines, on the page of its file, once the clock has looked at it."""
    desk = Desk(committee, "focal_xio")
    for name, (content, said) in HOSTILE.items():
        file = SimpleUploadedFile("visits.ics", content or b" ")
        told = desk.post("desk-batches", kind=VISIT.value, body="XIO", key=name, file=file)
        if is_large(Type.ICS, content):
            assert errands.do_next(lambda: committee.now)
            page = text(desk.client.get(told["Location"]))  # type: ignore[arg-type]  # a page
            assert said in page
        else:
            assert told.status_code == 400, said
    assert {batch.state for batch in Batch.objects.unscoped("test")} == {State.UNREAD}
    assert not Row.objects.unscoped("test").exists()


def test_whatever_is_changed_in_it_it_is_read_or_refused() -> None:
    """Bytes put out, doubled and swapped, by a chance that is the same each time."""
    chance, refused = random.Random(7), 0  # noqa: S311  # no secret hangs on it
    for _ in range(600):
        at, width = chance.randrange(len(WHOLE)), chance.randrange(1, 12)
        put = chance.choice(
            [b"", WHOLE[at : at + width] * 2, bytes(chance.choices(range(256), k=3))]
        )
        try:
            list(ics.visits(WHOLE[:at] + put + WHOLE[at + width :]))
        except Unfit:
            refused += 1
    assert 100 < refused < 600
