"""Today: what waits and by when, what comes in thirty days, and how much the menu counts."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clearinghouse.access.actor import Role
from clearinghouse.batches import actions as batches
from clearinghouse.circulars.rules import State
from clearinghouse.files.rules import Type
from clearinghouse.intake import actions as intake
from clearinghouse.intake.actions import Incoming
from clearinghouse.intake.rules.workflow import Channel
from clearinghouse.letters.rules.workflow import State as Letters
from clearinghouse.needs.rules import Origin
from clearinghouse.people import actions as people
from clearinghouse.submissions.rules.kinds import Kind
from clearinghouse.submissions.rules.workflow import State as Stage
from tests.batches.files import made, several, staged
from tests.committee import SEATS, Committee
from tests.files.samples import GOOD
from tests.web.desk import Desk, text

MAY = datetime(2025, 5, 14, 12, tzinfo=UTC)  # the follow-up meeting is on 10 June


@pytest.fixture
def in_may(committee: Committee) -> Iterator[Committee]:
    with time_machine.travel(MAY, tick=False):
        yield committee


def counted(desk: Desk, route: str = "desk") -> dict[str, int]:
    """What the menu counts, by the place it leads to."""
    html = desk.get(route).content.decode()
    found = re.findall(
        r'<a href="/en/desk/([^"]*)"[^>]*>[^<]*<span class="navigation__count">(\d+)', html
    )
    return {place.strip("/"): int(number) for place, number in found}


def days(desk: Desk) -> list[str]:
    said = desk.get("desk").content.decode()
    agenda = said.partition('<ol class="agenda">')[2].partition("</ol>")[0]
    return [
        f"{day}: {' '.join(re.sub('<[^>]*>', ' ', title).split())}"
        for day, title in re.findall(
            r'datetime="(\d{4}-\d\d-\d\d)".*?agenda__title">(.*?)</p>', agenda, re.DOTALL
        )
    ]


def asked_for(desk: Desk, route: str) -> int:
    desk.get(route)
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(route).status_code == 200
    return len(asked)


@pytest.mark.parametrize("who", [name for name, seat in SEATS.items() if seat])
def test_the_day_costs_eleven_queries_beyond_the_door(committee: Committee, who: str) -> None:
    """One for each room in which something may wait. The door: who asks, in which seats, by which clock, and the layout; any page pays it."""
    committee.issue(State.DRAFT)
    committee.need("XA", origin=Origin.EXPERT)
    desk = Desk(committee, who)
    assert asked_for(desk, "desk") - asked_for(desk, "patterns") <= 11


def test_what_must_be_settled_before_the_first_says_so_by_both_clocks(in_may: Committee) -> None:
    in_may.need("XA", origin=Origin.EXPERT)
    mission = Desk(in_may, "mission_xa")
    said = text(mission.get("desk"))
    assert "By: 1 June 2025, 00:00, New York time" in said
    assert "your time" not in said
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET time_zone = 'Asia/Tokyo'")
    assert "your time (Tokyo): 1 June 2025, 13:00" in text(mission.get("desk"))


def test_what_needs_an_answer_comes_first_then_what_has_a_day(in_may: Committee) -> None:
    in_may.submission(Stage.SUBMITTED)
    in_may.issue(State.DRAFT)
    said = text(Desk(in_may, "secretariat").get("desk"))
    assert said.index("Matrix of needs") < said.index("Code of conduct")


def test_each_seat_reads_the_days_it_may_see(in_may: Committee) -> None:
    meeting = "2025-06-10: Example meeting"
    issue = "2025-06-01: Matrix of needs, June 2025"
    draft = "2025-05-23: Draft of the matrix, June 2025"
    expected = {
        "secretariat": [draft, issue, meeting],
        "expert": [draft, issue, meeting],
        "chair": [issue, meeting],
        "mission_xa": [issue, meeting],
        "focal_xro": [issue, meeting],
        "auditor": [meeting],
        "administrator": [meeting],
    }
    assert {who: days(Desk(in_may, who)) for who in expected} == expected


def test_a_day_of_the_plan_is_for_those_who_see_the_commitment(committee: Committee) -> None:
    """Thirty days before the meeting; proposed, so not for everybody."""
    due = "2025-05-11: Commitment 1"
    with time_machine.travel(datetime(2025, 5, 2, 12, tzinfo=UTC), tick=False):
        found = {who: due in days(Desk(committee, who)) for who in SEATS if SEATS[who]}
    assert {who for who, sees in found.items() if sees} == {
        "focal_xio", "alternate_xio", "expert", "chair", "member_xb", "secretariat",
        "secretariat_2", "auditor",
    }  # fmt: skip
    with time_machine.travel(datetime(2025, 5, 12, 12, tzinfo=UTC), tick=False):
        assert due not in days(Desk(committee, "expert")), "yesterday is not to come"
    with time_machine.travel(datetime(2025, 4, 10, 12, tzinfo=UTC), tick=False):
        assert due not in days(Desk(committee, "expert")), "31 days ahead"


def test_the_draft_is_no_more_to_come_once_it_is_open(in_may: Committee) -> None:
    in_may.issue(State.DRAFT, MAY.date().replace(month=6, day=1))
    assert not any("Draft of the matrix" in one for one in days(Desk(in_may, "expert")))


def test_the_menu_counts_what_this_seat_can_move_on(committee: Committee) -> None:
    committee.submission(Stage.SUBMITTED)
    committee.issue(State.DRAFT)
    committee.need("XA", origin=Origin.EXPERT)
    assert counted(Desk(committee, "secretariat")) == {"submissions": 1}
    assert counted(Desk(committee, "expert")) == {"circulars": 1}
    assert counted(Desk(committee, "chair")) == {"circulars": 1}
    assert counted(Desk(committee, "member_xb")) == {}
    assert counted(Desk(committee, "mission_xa")) == {"needs": 1}
    assert counted(Desk(committee, "mission_xb")) == {}
    assert counted(Desk(committee, "auditor")) == {}


def test_the_menu_counts_the_tray_the_letters_and_the_proposals(committee: Committee) -> None:
    """The one who wrote a letter does not clear it; who proposes a seat does not confirm it."""
    scan = Incoming(channel=Channel.SCAN, content=GOOD[Type.PDF], name="scan.pdf")
    intake.arrive(scan, by=committee.actor("secretariat"), now=committee.now)
    committee.letter(Letters.DRAFT)
    committee.letter(Letters.CLEARED, "XIO")
    person, naming = committee.person("nobody"), people.Naming(role=Role.EXPERT, instrument="n")
    people.propose(person, naming, by=committee.actor("administrator"), now=committee.now)
    with time_machine.travel(committee.now, tick=False):
        assert counted(Desk(committee, "secretariat")) == {"intake": 1}
        assert counted(Desk(committee, "secretariat_2")) == {"intake": 1, "letters": 1}
        assert counted(Desk(committee, "chair")) == {"letters": 1, "proposals": 1}
        assert counted(Desk(committee, "expert")) == {"proposals": 1}
        for seat in ("member_xb", "administrator", "auditor", "mission_xa"):
            assert counted(Desk(committee, seat)) == {}, seat


def test_the_menu_says_the_same_on_every_page_of_the_desk(committee: Committee) -> None:
    committee.need("XA", origin=Origin.EXPERT)
    mission = Desk(committee, "mission_xa")
    assert counted(mission, "desk-needs") == counted(mission) == {"needs": 1}
    assert "navigation__count" not in mission.get("standards").content.decode()


def test_the_count_is_that_of_the_list_it_leads_to(committee: Committee) -> None:
    for _ in range(2):
        committee.submission(Stage.SUBMITTED)
    desk = Desk(committee, "secretariat")
    waiting = desk.get("desk").content.decode().count("Take it up")
    assert counted(desk)["submissions"] == waiting == 2
    assert reverse("desk-submissions") in desk.get("desk").content.decode()


@pytest.mark.parametrize(
    "route",
    ["desk-letters", "desk-letters-run", "desk-intake", "desk-circulars", "desk-holidays",
     "desk-submissions", "desk-needs", "desk-outbox"],
)  # fmt: skip
def test_no_list_of_the_desk_scrolls_sideways_on_a_telephone(
    committee: Committee, route: str
) -> None:
    """Where a thing stands is the last but one column: it must be in sight without a scroll."""
    committee.letter()
    committee.issue()
    page = Desk(committee, "secretariat").get(route).content.decode()
    tables = re.findall(r'class="(data-table\b[^"]*)"', page)
    assert tables
    assert set(tables) == {"data-table data-table--stacked"}


def test_what_is_to_be_confirmed_says_by_when(in_may: Committee) -> None:
    in_may.entry(Kind.GUIDANCE_NOTE)
    with time_machine.travel(datetime(2026, 2, 20, 12, tzinfo=UTC), tick=False):
        said = text(Desk(in_may, "focal_xio").get("desk"))
        assert "1 entry of yours has not been confirmed for 11 months." in said
        assert "10 March 2026" in said


def test_a_file_waits_with_its_author_and_then_with_the_secretariat(committee: Committee) -> None:
    author, office = Desk(committee, "focal_xio"), Desk(committee, "secretariat")
    batch = staged(
        committee, Kind.GUIDANCE_NOTE, made(Kind.GUIDANCE_NOTE, "csv", several(Kind.GUIDANCE_NOTE))
    )
    assert counted(author)["batches"] == 1
    assert "nothing of it has taken effect" in text(author.get("desk"))
    assert "batches" not in counted(office)
    batches.hand_in(batch, by=committee.actor("focal_xio"), now=committee.now)
    assert "handed this file in on 10 March 2025" in text(office.get("desk"))
    assert counted(office)["batches"] == 1
    assert "batches" not in counted(author)
