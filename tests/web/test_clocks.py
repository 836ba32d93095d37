"""Every moment on the desk is told by New York's clock and by the reader's."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from clearinghouse.letters.rules.workflow import State as Letters
from clearinghouse.notices import actions as notices
from clearinghouse.notices.rules import Kind
from clearinghouse.people import actions as people
from tests.committee import NOW, Committee
from tests.web.desk import Desk, text

BOTH = "New York ("
PARIS = "your time, Europe/Paris)"


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


def abroad(committee: Committee, who: str) -> Desk:
    own, by = committee.person(who), committee.actor(who)
    people.settle(own, language="en", time_zone="Europe/Paris", by=by, now=NOW)
    return Desk(committee, who)


def test_the_record_the_outbox_and_the_clearances_tell_both_clocks(committee: Committee) -> None:
    issue = committee.issue()
    seat = committee.seats["focal_xio"].pk
    notices.tell(Kind.MATRIX_ISSUED, issue.subject, [seat], now=NOW)
    addresses = {
        "auditor": [reverse("desk-ledger")],
        "expert": [
            reverse("desk-outbox"),
            reverse("desk-circulars"),
            reverse("desk-circular", args=[issue.number]),
        ],
    }
    for who, some in addresses.items():
        desk = abroad(committee, who)
        for address in some:
            page: Any = desk.client.get(address)
            said = text(page)
            assert BOTH in said, address
            assert PARIS in said, address


def test_a_letters_way_is_told_by_both_clocks(committee: Committee) -> None:
    letter = committee.letter(Letters.DISPATCHED)
    there = text(abroad(committee, "secretariat").get("desk-letter", letter.pk))
    here = text(Desk(committee, "secretariat_2").get("desk-letter", letter.pk))
    assert PARIS in there
    assert "11:00 New York (16:00 your time" in there
    assert "11:00 New York" in here
    assert "your time" not in here


def test_a_meeting_that_moved_is_named_in_the_outbox(committee: Committee) -> None:
    seat = committee.seats["expert"].pk
    notices.tell(Kind.MEETING_MOVED, f"mandate.meetingmove:{seat}", [seat], now=NOW)
    assert "A meeting has moved" in text(Desk(committee, "expert").get("desk-outbox"))
