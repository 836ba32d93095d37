"""Once a year each contributor is told where its page stands; the clock may run as it likes."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
import time_machine

from clearinghouse.crossings import became_yearly, deliver, tick
from clearinghouse.notices.models import Notice
from clearinghouse.notices.rules import Kind as NoticeKind
from clearinghouse.people import actions as people
from clearinghouse.submissions.rules.kinds import Kind
from clearinghouse.submissions.rules.workflow import State as Stage
from tests.committee import Committee
from tests.crossings.april import Carrier
from tests.web.desk import Desk, text

FEBRUARY = datetime(2026, 2, 1, 15, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(FEBRUARY, tick=False):
        yield


def told() -> list[Notice]:
    found = Notice.objects.unscoped("a test counts").filter(kind=NoticeKind.CONTRIBUTION_BECAME)
    return list(found.order_by("created_at"))


def mails(now: datetime) -> dict[str, EmailMessage]:
    """What goes out now about it, by the name before the @."""
    carrier = Carrier()
    while deliver.deliver_next(now, carrier):
        pass
    return {
        m["To"].addresses[0].username: m for m in carrier.mails if "What became" in m["Subject"]
    }


def test_the_focal_points_of_whoever_gave_are_told_and_led_to_their_page(
    committee: Committee,
) -> None:
    """XIO gave a standard and XA's capital a need; nobody else gave, and nobody else is told."""
    committee.submission(Stage.SUBMITTED)
    committee.submission(Stage.SUBMITTED, Kind.NEED)
    committee.entry(Kind.CONTACT)
    assert became_yearly.tell(FEBRUARY) == 2
    sent = mails(FEBRUARY)
    assert set(sent) == {"focal_xio", "alternate_xio", "mission_xa"}
    body = sent["focal_xio"].get_body()
    assert body is not None
    words = body.get_content()
    assert "/en/desk/became/?body=XIO&year=2025" in words
    assert "Example International Organisation" in words
    assert "Code of conduct" not in words  # nothing of what the page says
    page = Desk(committee, "focal_xio").get("desk-became", body="XIO", year="2025")
    assert "Code of conduct" in text(page)
    assert Desk(committee, "public").client.get("/en/desk/became/").status_code == 302


def test_however_often_the_clock_runs_each_body_is_told_once_a_year(committee: Committee) -> None:
    committee.submission(Stage.SUBMITTED)
    for hours in (0, 30):
        tick.tick(lambda at=hours: FEBRUARY + timedelta(hours=at))  # type: ignore[misc]  # a clock
    assert len(told()) == 2  # its two focal points
    assert became_yearly.tell(FEBRUARY + 365 * DAY) == 0  # it gave nothing in 2026


def test_in_no_other_month(committee: Committee) -> None:
    committee.submission(Stage.SUBMITTED)
    for now in (FEBRUARY - DAY, FEBRUARY + 30 * DAY, FEBRUARY + 200 * DAY):
        assert became_yearly.tell(now) == 0
    assert told() == []


def test_the_month_begins_at_new_yorks_midnight(committee: Committee) -> None:
    committee.submission(Stage.SUBMITTED)
    midnight = datetime(2026, 2, 1, 5, 0, tzinfo=UTC)
    assert became_yearly.tell(midnight - timedelta(seconds=1)) == 0
    assert became_yearly.tell(midnight) == 1


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.WITHDRAWN])
def test_a_draft_is_no_gift(committee: Committee, stage: Stage) -> None:
    committee.submission(stage)
    assert became_yearly.tell(FEBRUARY) == 0


def test_a_body_with_nobody_in_a_seat_waits(committee: Committee) -> None:
    committee.submission(Stage.SUBMITTED)
    for name in ("focal_xio", "alternate_xio"):
        people.unseat(committee.seats[name], by=committee.actor("administrator"), now=FEBRUARY)
    assert became_yearly.tell(FEBRUARY + DAY) == 0
    assert told() == []


def test_a_seat_that_has_ended_meanwhile_is_sent_nothing(committee: Committee) -> None:
    committee.submission(Stage.SUBMITTED)
    became_yearly.tell(FEBRUARY)
    people.unseat(committee.seats["focal_xio"], by=committee.actor("administrator"), now=FEBRUARY)
    assert set(mails(FEBRUARY + DAY)) == {"alternate_xio"}
