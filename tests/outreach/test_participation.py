"""Who takes part in the exchange, through the doors: recorded, changed, ended, begun again."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, models, transaction

from clearinghouse.access.errors import Refused, Stale
from clearinghouse.ledger.models import Entry
from clearinghouse.ledger.verify import verify
from clearinghouse.outreach.actions import participation as actions
from clearinghouse.outreach.actions.participation import Agreed
from clearinghouse.outreach.models import Participation, Terms
from tests.committee import NOW, Committee
from tests.outreach.typed import fields
from tests.web.desk import Desk, text

MENU = b'href="/en/desk/participation/"'
TERMS = "For the Experts' eyes; returned when asked for."
SAID = {"since": "2025-03-01", "words-en": TERMS, "body": "XRO"}


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


def lines() -> list[Participation]:
    return list(Participation.objects.unscoped("a test looks"))


def test_it_begins_changes_ends_and_begins_again(committee: Committee) -> None:
    """Every focal point reads all of it; what held before stays, with its days."""
    expert, focal = Desk(committee, "expert"), Desk(committee, "focal_xio")
    empty = "It is not recorded of any organisation that it takes part."
    assert empty in text(focal.get("desk-participation"))
    assert expert.post("desk-participation-join", **SAID).status_code == 303
    name = str(committee.body("XRO").names["en"])
    for desk in (expert, focal):
        page = text(desk.get("desk-participation"))
        for said in (name, "takes part", "1 March 2025", TERMS):
            assert said in page, said
    changed = {"on": "2025-03-10", "paper": "Letter of 9 March 2025", "until": "2025-12-31"}
    sent = expert.post("desk-participant-amend", "XRO", version=1, **changed)
    assert sent.status_code == 303
    page = text(focal.get("desk-participant", "XRO"))
    for said in ("Terms from 10 March 2025.", "Letter of 9 March 2025", TERMS, "31 December 2025"):
        assert said in page, said
    sent = expert.post("desk-participant-leave", "XRO", version=2, until="2025-03-09")
    assert sent.status_code == 303
    page = text(expert.get("desk-participant", "XRO"))
    assert "takes part no more" in page
    assert "It takes part until 9 March 2025." in page
    assert expert.post("desk-participant-leave", "XRO", version=3).status_code == 400
    again = expert.post("desk-participation-join", **SAID | {"since": "2025-03-09"})
    assert fields(again) == {"since"}
    again = expert.post("desk-participation-join", **SAID | {"since": "2025-03-11"})
    assert again.status_code == 303
    assert "takes part from a later day" in text(focal.get("desk-participation"))
    assert len(list(Terms.objects.unscoped("a test looks"))) == 4
    assert verify() is None


def test_persons_are_named_to_experts_alone(committee: Committee) -> None:
    committee.takes_part("XIO")
    name = committee.person("expert").name
    assert name in text(Desk(committee, "expert").get("desk-participant", "XIO"))
    page = text(Desk(committee, "focal_xio").get("desk-participant", "XIO"))
    assert "recorded on 10 March 2025" in page
    assert name not in page


def test_focal_points_find_it_and_no_form(committee: Committee) -> None:
    committee.takes_part("XIO")
    focal = Desk(committee, "focal_xro")
    assert MENU in focal.get("desk").content
    for page in (focal.get("desk-participation"), focal.get("desk-participant", "XIO")):
        assert b'/participation/join/"' not in page.content
        assert b"/terms/" not in page.content
    for seat in ("secretariat", "chair", "mission_xa", "auditor", "administrator"):
        assert MENU not in Desk(committee, seat).get("desk").content, seat


@pytest.mark.parametrize("route", ["desk-participation", "desk-participant"])
def test_to_everybody_else_it_is_not_there(committee: Committee, route: str) -> None:
    """Told alike, whether something is recorded or not; the two worlds hold it byte by byte."""
    named = ["XIO"] if route == "desk-participant" else []
    seats = ("secretariat", "chair", "member_xb", "mission_xa", "auditor", "administrator")
    desks = [Desk(committee, seat) for seat in seats]
    absent = [desk.get(route, *named) for desk in desks]
    committee.takes_part("XIO")
    found = [desk.get(route, *named) for desk in desks]
    assert {page.status_code for page in found} == {404}
    assert [text(page) for page in found] == [text(page) for page in absent]
    assert Desk(committee, "expert").get("desk-participant", "XRO").status_code == 404


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"body": ""}, {"body"}),
        ({"body": "XA"}, {"body"}),  # a State
        ({"body": "XX"}, {"body"}),
        ({"since": ""}, {"since"}),
        ({"since": "soon"}, {"since"}),
        ({"until": "2025-02-28"}, {"until"}),
        ({"words-en": " "}, {"words"}),
        ({"words-en": "x" * 4001}, {"words"}),
        ({"words-en": "a\0b"}, {"words"}),
        ({"paper": "x" * 301}, {"paper"}),
    ],
)
def test_what_cannot_be_recorded_is_named(
    committee: Committee, changed: dict[str, str], wrong: set[str]
) -> None:
    sent = Desk(committee, "expert").post("desk-participation-join", **SAID | changed)
    assert sent.status_code == 400
    assert {name.partition("-")[0] for name in fields(sent)} == wrong
    assert lines() == []


def test_whoever_takes_part_is_not_offered_again(committee: Committee) -> None:
    committee.takes_part("XRO")
    sent = Desk(committee, "expert").post("desk-participation-join", **SAID)
    assert fields(sent) == {"body"}


def test_what_cannot_be_changed_is_named(committee: Committee) -> None:
    committee.takes_part("XIO")
    expert = Desk(committee, "expert")
    for given, wrong in (
        ({"on": "2025-03-09", "paper": "Letter"}, {"amend_on"}),
        ({"on": "2025-03-12", "until": "2025-03-11", "paper": "L"}, {"amend_on"}),
        ({"on": "2025-03-10"}, {"amend_words"}),
    ):
        sent = expert.post("desk-participant-amend", "XIO", version=1, **given)
        assert (sent.status_code, fields(sent)) == (400, wrong), given
    early = expert.post("desk-participant-leave", "XIO", version=1, until="2025-03-09")
    assert fields(early) == {"leave_until"}
    late = expert.post("desk-participant-leave", "XIO", version=0, until="2025-03-10")
    assert late.status_code == 409
    assert [line.version for line in lines()] == [1]


def test_of_two_experts_at_one_moment_the_second_is_told(committee: Committee) -> None:
    first = committee.takes_part("XIO")
    twice = Participation(body=first.body, since=NOW.date(), holds_from=NOW.date())
    rows: models.QuerySet[Participation] = models.QuerySet(Participation)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.bulk_create([twice])
    agreed, by = Agreed(words={}, paper="Letter"), committee.actor("expert")
    (same,) = lines()
    actions.amend(first, NOW.date(), agreed, by=by, now=NOW)
    with pytest.raises(Stale):
        actions.amend(same, NOW.date(), agreed, by=by, now=NOW)


def test_a_state_does_not_take_part(committee: Committee) -> None:
    agreed, by = Agreed(words={}, paper="Letter"), committee.actor("expert")
    with pytest.raises(Refused):
        actions.join(committee.body("XA"), NOW.date(), agreed, by=by, now=NOW)


def test_the_record_names_no_body_and_nobody_is_written_to(committee: Committee) -> None:
    """The auditor reads that something was recorded, and not of whom; the outbox stays empty."""
    committee.takes_part("XIO", words={"en": "sandglass"})
    told = [e for e in Entry.objects.unscoped("a test looks") if "participation" in e.subject]
    assert [json.loads(e.facts) for e in told] == [{}]
    page = text(Desk(committee, "auditor").get("desk-ledger"))
    assert "Taking part in the exchange recorded" in page
    assert "sandglass" not in page
    assert committee.body("XIO").names["en"] not in page
