"""The contact log through the doors: noted, followed up by its owner, destroyed; seen by few."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from clearinghouse.ledger.models import Entry
from clearinghouse.ledger.verify import verify
from clearinghouse.outreach.models import Exchange
from clearinghouse.outreach.rules import Standing
from clearinghouse.submissions.rules.kinds import Kind
from tests.committee import NOW, Committee
from tests.outreach.typed import fields
from tests.web.desk import Desk, text

SAID = "They ask what can be listed."


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


def typed(committee: Committee, **more: str) -> dict[str, str]:
    return {
        "on": "2025-03-10",
        "channel": "telephone",
        "summary": SAID,
        "with_whom": "the head of the unit",
        "standing": "replied",
        "next_step": "Send the forms",
        "owner": str(committee.person("secretariat_2").pk),
        "due_on": "2025-03-12",
    } | more


def lines() -> list[Exchange]:
    return list(Exchange.objects.unscoped("a test looks"))


def test_what_was_said_and_what_comes_next(committee: Committee) -> None:
    """Noted by one officer, it waits on the desk of the one who is to act, until it is done."""
    office, owner = Desk(committee, "secretariat"), Desk(committee, "secretariat_2")
    assert "Nothing is in the log." in text(office.get("desk-outreach-body", "XRO"))
    done = office.post("desk-exchange-note", "XRO", **typed(committee))
    assert done.status_code == 303
    page = text(office.get("desk-outreach-body", "XRO"))
    for said in (SAID, "the head of the unit", "by telephone", "replied", "Send the forms"):
        assert said in page, said
    assert "Send the forms" in text(owner.get("desk"))
    assert "Send the forms" not in text(office.get("desk"))
    assert "Send the forms" in text(office.get("desk-outreach", q="XRO"))
    (line,) = lines()
    owner.post("desk-exchange-settle", line.pk, version=line.version)
    assert "Send the forms" not in text(owner.get("desk"))
    assert "done on 10 March 2025" in text(office.get("desk-outreach-body", "XRO"))
    again = owner.post("desk-exchange-settle", line.pk, version=lines()[0].version)
    assert again.status_code == 409
    assert verify() is None


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"on": "2025-03-11"}, {"on"}),
        ({"on": ""}, {"on"}),
        ({"on": "yesterday"}, {"on"}),
        ({"summary": "   "}, {"summary"}),
        ({"summary": "x" * 4001}, {"summary"}),
        ({"with_whom": "x" * 301}, {"with_whom"}),
        ({"channel": "pigeon"}, {"channel"}),
        ({"standing": "endorsed"}, {"standing"}),
        ({"owner": ""}, {"owner"}),
        ({"owner": "11111111-1111-4111-8111-111111111111"}, {"owner"}),
        ({"due_on": ""}, {"due_on"}),
        ({"next_step": ""}, {"next_step"}),
    ],
)
def test_what_cannot_be_noted_is_named_and_kept_in_the_form(
    committee: Committee, changed: dict[str, str], wrong: set[str]
) -> None:
    sent = Desk(committee, "expert").post(
        "desk-exchange-note", "XIO", **typed(committee) | changed
    )
    assert sent.status_code == 400
    assert fields(sent) == wrong
    assert lines() == []


def test_a_focal_point_takes_no_next_step(committee: Committee) -> None:
    """The owner is one of those who serve; no other person is offered or taken."""
    theirs = str(committee.person("focal_xio").pk)
    sent = Desk(committee, "expert").post(
        "desk-exchange-note", "XIO", **typed(committee, owner=theirs)
    )
    assert fields(sent) == {"owner"}


def test_what_was_said_is_destroyed_and_the_line_stays(committee: Committee) -> None:
    line = committee.exchange(step="Call again")
    office = Desk(committee, "secretariat")
    before = line.row_hash()
    assert office.post("desk-exchange-erase", line.pk, version=line.version).status_code == 303
    (left,) = lines()
    assert (left.summary, left.with_whom, left.next_step, left.owner) == ("", "", "", None)
    assert left.row_hash() != before
    page = text(office.get("desk-outreach-body", "XIO"))
    assert "What was said was destroyed on 10 March 2025." in page
    assert SAID not in page
    assert "by telephone" in page
    assert office.post("desk-exchange-erase", line.pk, version=left.version).status_code == 409
    assert verify() is None


def test_the_record_holds_no_word_of_it(committee: Committee) -> None:
    committee.exchange(step="Call again", summary="sandglass", with_whom="sandglass")
    told = [f"{e.facts}{e.subject}{e.actor}" for e in Entry.objects.unscoped("a test looks")]
    assert any("telephone" in each for each in told)
    assert not any("sandglass" in each or "Call again" in each for each in told)
    page = text(Desk(committee, "auditor").get("desk-ledger"))
    for said in ("Line added to the contact log", "contact: contacted", "came by: telephone"):
        assert said in page, said


def test_each_body_at_a_glance_narrowed_and_in_any_order(committee: Committee) -> None:
    committee.exchange("XIO", standing=Standing.AGREED)
    committee.exchange("XA", step="Call again")
    committee.standard()
    office = Desk(committee, "secretariat")
    page = text(office.get("desk-outreach"))
    for code in ("XIO", "XRO", "XA"):
        assert name(committee, code) in page, code
    assert name(committee, "XB") not in page  # a State without contact
    for asked, shown in (
        ({"contact": "agreed"}, {"XIO"}),
        ({"contact": "to_contact"}, {"XRO"}),
        ({"show": "step"}, {"XA"}),
        ({"show": "mine"}, {"XA"}),
        ({"show": "stale"}, set()),
        ({"invitation": "none"}, {"XIO", "XRO", "XA"}),
        ({"invitation": "overdue"}, set()),
        ({"q": name(committee, "XRO")}, {"XRO"}),
    ):
        found = ordered(committee, office, **asked)
        assert set(found) == shown, asked
    assert ordered(committee, office, sort="next")[0] == "XA"
    assert ordered(committee, office, sort="-contact")[0] == "XIO"
    for key in ("body", "contact", "invitation", "view", "next"):
        ways = [ordered(committee, office, sort=way) for way in (key, f"-{key}")]
        assert set(ways[0]) == set(ways[1]) == {"XIO", "XRO", "XA"}
    assert office.get("desk-outreach", contact="endorsed").status_code == 400
    assert office.get("desk-outreach", page="9").status_code == 404


def name(committee: Committee, code: str) -> str:
    return str(committee.body(code).names["en"])


def ordered(committee: Committee, desk: Desk, **asked: str) -> list[str]:
    """The bodies on the page, in its order."""
    answer: Any = desk.get("desk-outreach", **asked)
    hrefs = (f"/desk/outreach/bodies/{code}/" for code in ("XIO", "XRO", "XA"))
    page = answer.content.decode()
    places = {href: page.find(href) for href in hrefs}
    return [h.split("/")[-2] for h, at in sorted(places.items(), key=lambda p: p[1]) if at >= 0]


def test_a_working_contact_is_read_by_other_bodies_where_they_consent(
    committee: Committee,
) -> None:
    """Once it is withdrawn, the next asking shows the office alone."""
    shared = committee.entry(Kind.CONTACT, person="A. Person", shared="yes")
    kept = committee.entry(
        Kind.CONTACT, person="B. Person", shared="no", reference="", mailbox="b@xio.example"
    )
    pages = {
        who: text(Desk(committee, who).get("entry", shared.code))
        for who in ("focal_xro", "focal_xio", "mission_xb", "public")
    }
    assert {who for who, page in pages.items() if "A. Person" in page} == {
        "focal_xro",
        "focal_xio",
    }
    for who in ("focal_xro", "mission_xb", "public"):
        page = text(Desk(committee, who).get("entry", kept.code))
        assert "b@xio.example" in page
        assert "B. Person" not in page
