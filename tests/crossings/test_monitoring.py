"""Reviews of States in the calendars of those who may see them, and told to both where they meet."""

from typing import Any

import icalendar
import time_machine

from clearinghouse.crossings import calendars
from clearinghouse.directory.models import Entry
from clearinghouse.directory.queries import entry_for
from clearinghouse.meetings.actions import calendar
from clearinghouse.submissions import actions as submissions
from clearinghouse.submissions.rules.kinds import Kind
from tests.committee import NOW, SEATS, Committee
from tests.web.desk import Desk, text

SEEN = {"focal_xio", "alternate_xio", "focal_xro", "expert", "mission_xa", "capital_xa"}
SEATED = [name for name, seat in SEATS.items() if seat]
SAID: dict[str, Any] = {
    "title": {"en": "Indicators"},
    "state": "XA",
    "review": "visit",
    "begins": "2025-06",
    "contact": "reviews@xro.example",
}


def announced(committee: Committee, who: str, body: str, **more: Any) -> Entry:
    by = committee.actor(who)
    made = submissions.draft(
        Kind.MONITORING_VISIT, committee.body(body), SAID | more, by=by, now=NOW
    )
    submissions.announce(made, by=by, now=NOW)
    return entry_for(by, made.entry)


def key_of(committee: Committee, who: str) -> str:
    return calendar.make_key(committee.seats[who], by=committee.actor(who), now=NOW)[1]


def test_a_review_is_in_the_calendar_of_whoever_may_see_it(committee: Committee) -> None:
    """To anybody else not one byte of the calendar tells that there is one: of two worlds, alike."""
    keys = {who: key_of(committee, who) for who in SEATED}

    def asked() -> dict[str, bytes]:
        own = {who: calendars.of_seat(key, NOW, "en") for who, key in keys.items()}
        return own | {"public": calendars.public(NOW, "en")}

    before = asked()
    announced(committee, "focal_xro", "XRO")
    after = asked()
    assert {who for who, said in after.items() if said != before[who]} == SEEN
    assert {who for who, said in after.items() if b"Indicators" in said} == SEEN


def test_it_stands_over_the_days_it_may_mean_and_says_who_else_is_there(
    committee: Committee,
) -> None:
    announced(committee, "focal_xro", "XRO")
    announced(committee, "focal_xio", "XIO", title={"en": "Customs"}, begins="2025-06-10")
    announced(committee, "focal_xio", "XIO", title={"en": "Long ago"}, begins="2024-01")
    announced(committee, "focal_xio", "XIO", title={"en": "Elsewhere"}, state="XB")
    for who in ("focal_xio", "focal_xro", "mission_xa"):
        made = calendars.of_seat(key_of(committee, who), NOW, "en")
        events = icalendar.Calendar.from_ical(made).walk("VEVENT")
        found: dict[str, Any] = {
            str(e["SUMMARY"]): e for e in events if str(e["UID"]).startswith("visit-")
        }
        shown = found["Arland: Indicators (visit)"]
        days = (str(shown["DTSTART"].dt), str(shown["DTEND"].dt))
        assert days == ("2025-06-01", "2025-07-01")
        assert "Customs" in shown["DESCRIPTION"]
        assert "Indicators" in found["Arland: Customs (visit)"]["DESCRIPTION"]
        assert not [name for name in found if "Long ago" in name]
        elsewhere = [e for name, e in found.items() if "Elsewhere" in name]
        assert len(elsewhere) == (who != "mission_xa")
        assert not [e for e in elsewhere if "At the same time" in e["DESCRIPTION"]]


@time_machine.travel(NOW, tick=False)
def test_both_who_review_are_told_of_each_other(committee: Committee) -> None:
    """At their desks and on the page of each, and once it is withdrawn no more."""
    theirs = announced(committee, "focal_xro", "XRO")
    ours = announced(committee, "focal_xio", "XIO", title={"en": "Customs"}, begins="2025-06-10")
    for who, mine, other in (("focal_xro", theirs, "Customs"), ("focal_xio", ours, "Indicators")):
        desk = Desk(committee, who)
        assert "reviews the same State at this time" in text(desk.get("desk"))
        page = text(desk.get("entry", mine.code))
        assert "Others review this State at the same time" in page
        assert other in page
    for who in ("mission_xa", "expert", "secretariat"):
        assert "reviews the same State" not in text(Desk(committee, who).get("desk"))
    assert "Others review this State" in text(
        Desk(committee, "mission_xa").get("entry", ours.code)
    )
