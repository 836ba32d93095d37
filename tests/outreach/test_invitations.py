"""Bodies are invited to contribute, reminded by the clock, answer, give, and are thanked once."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine

from clearinghouse.access.errors import Invalid
from clearinghouse.crossings import deliver, move_meeting, reaching_out, tick
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.kernel.workflow import OutOfOrder
from clearinghouse.ledger.verify import verify
from clearinghouse.meetings.rules import When
from clearinghouse.notices.models import Notice
from clearinghouse.notices.rules import Kind as NoticeKind
from clearinghouse.outreach import actions
from clearinghouse.outreach.models import Asked, Invitation
from clearinghouse.outreach.rules import Answer, Progress
from clearinghouse.submissions.rules.kinds import Kind
from clearinghouse.submissions.rules.workflow import State as Stage
from tests.committee import NOW, Committee
from tests.crossings.april import Carrier
from tests.outreach.typed import fields
from tests.web.desk import Desk, text

DAY = timedelta(days=1)
DUE = datetime(2025, 5, 10, 16, 0, tzinfo=NOW.tzinfo)  # a month before the meeting of 10 June
JULY = When(starts="2025-07-08", ends="2025-07-09")


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def told(kind: NoticeKind) -> list[Notice]:
    found = Notice.objects.unscoped("a test counts").filter(kind=kind)
    return list(found.order_by("created_at"))


def mails(now: datetime, about: str) -> dict[str, EmailMessage]:
    """What goes out now with these words in its subject, by the name before the @."""
    carrier = Carrier()
    while deliver.deliver_next(now, carrier):
        pass
    return {m["To"].addresses[0].username: m for m in carrier.mails if about in m["Subject"]}


def stands(line: Asked, now: datetime) -> Progress:
    fresh = Asked.objects.unscoped("a test looks").get(pk=line.pk)
    (found,) = reaching_out.places([fresh], day_in_new_york(now))
    return found.progress


def typed(**more: object) -> dict[str, object]:
    return {
        "kinds": ["standard", "guidance_note"],
        "text-en": "What is new.",
        "meeting": "meeting-2025",
        "offset": "1",
        "way": "months-before",
        "on": "",
        "bodies": ["XIO", "XA"],
    } | more


def test_the_secretariat_invites_and_each_body_is_told_by_when(committee: Committee) -> None:
    office = Desk(committee, "secretariat")
    done = office.post("desk-call-new", **typed())
    assert done.status_code == 303
    answer: Any = office.client.get(done.url)
    page = text(answer)
    for said in (
        "10 May 2025",
        "1 month before: Example meeting",
        "bodies invited",
        "What is new.",
    ):
        assert said in page, said
    sent = mails(NOW, "invited to contribute")
    assert set(sent) == {"focal_xio", "alternate_xio", "mission_xa"}  # the capital is not
    body = sent["focal_xio"].get_body(("plain",))
    assert body is not None
    for said in ("Standard; Guidance note", "10 May 2025, 15:00", "It moves with it", "Seen by"):
        assert said in body.get_content(), said
    assert "http" in body.get_content()
    assert mails(NOW, "") == {}
    waits = text(Desk(committee, "focal_xio").get("desk"))
    assert "is invited to contribute by 10 May 2025" in waits
    assert "is invited to contribute" not in text(Desk(committee, "focal_xro").get("desk"))
    assert verify() is None


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"kinds": []}, {"kinds"}),
        ({"kinds": ["monitoring_visit"]}, {"kinds"}),  # is announced past the secretariat
        ({"kinds": ["praise"]}, {"kinds"}),
        ({"bodies": []}, {"bodies"}),
        ({"bodies": ["XX"]}, {"bodies"}),
        ({"meeting": ""}, {"on"}),
        ({"meeting": "absent"}, {"meeting"}),
        ({"on": "2025-09-01"}, {"on"}),
        ({"meeting": "", "on": "2025-03-10"}, {"on"}),
        ({"offset": "-1"}, {"offset"}),
        ({"offset": "99999"}, {"offset"}),
        ({"offset": "12"}, {"on"}),  # a day that has passed
        ({"way": "centuries"}, {"way"}),
        ({"text-en": "x" * 301}, {"text"}),
    ],
)
def test_what_cannot_be_asked_is_named_and_nobody_is_invited(
    committee: Committee, changed: dict[str, object], wrong: set[str]
) -> None:
    sent = Desk(committee, "expert").post("desk-call-new", **typed(**changed))
    assert sent.status_code == 400
    assert fields(sent) == wrong
    assert not Invitation.objects.unscoped("a test counts").exists()
    assert told(NoticeKind.CONTRIBUTION_ASKED) == []


def test_each_reminder_goes_out_once_and_the_last_after_the_day(committee: Committee) -> None:
    committee.asked("XRO")
    sent: list[tuple[str, Notice]] = []
    for day in range(90):
        now = NOW + day * DAY
        for _ in range(2):  # a clock may look twice
            reaching_out.remind(now)
        sent += [
            (now.date().isoformat(), n)
            for n in told(NoticeKind.CONTRIBUTION_REMINDED)[len(sent) :]
        ]
    days = [day for day, _ in sent]
    assert days == ["2025-04-10", "2025-05-03", "2025-05-09", "2025-05-17"]
    assert len({n.cause for _, n in sent}) == 4


def test_the_clock_reminds_with_everything_else_that_is_due(committee: Committee) -> None:
    committee.asked("XRO")
    tick.tick(lambda: DUE - 7 * DAY)
    assert len(told(NoticeKind.CONTRIBUTION_REMINDED)) == 1


def test_a_reminder_says_by_when_and_afterwards_that_it_is_welcome(committee: Committee) -> None:
    committee.asked("XRO")
    mails(NOW, "")
    for now, said in ((DUE - DAY, "is asked for by"), (DUE + 7 * DAY, "was asked for by")):
        reaching_out.remind(now)
        sent = mails(now, f"contribution {said} 10 May 2025")
        assert set(sent) == {"focal_xro"}
    body = sent["focal_xro"].get_body(("plain",))
    assert body is not None
    assert "welcome later as well" in body.get_content()


@pytest.mark.parametrize("answer", [Answer.GAVE, Answer.DECLINES, Answer.TAKEN_BACK])
def test_whoever_has_answered_for_good_is_left_in_peace(
    committee: Committee, answer: Answer
) -> None:
    """Also where the reminder was written down before the answer came, and not yet sent."""
    line, by = committee.asked("XRO"), committee.actor("secretariat")
    mails(NOW, "")
    reaching_out.remind(DUE - DAY)
    actions.answer(line, answer, by=by, now=DUE - DAY)
    assert mails(DUE - DAY, "Reminder") == {}
    assert reaching_out.remind(DUE + 7 * DAY) == 0


def test_who_says_that_it_will_is_reminded_all_the_same(committee: Committee) -> None:
    line = committee.asked("XRO")
    actions.answer(line, Answer.WILL, by=committee.actor("expert"), now=NOW)
    assert stands(line, NOW) == Progress.ANSWERED
    assert reaching_out.remind(DUE - DAY) == 1
    assert stands(line, DUE + DAY) == Progress.OVERDUE


def test_a_contribution_that_comes_is_the_answer(committee: Committee) -> None:
    """A draft is none, another kind is none, another body's is none."""
    line = committee.asked("XIO")
    other = committee.asked("XIO", kinds=[Kind.COORDINATION_REPORT])
    theirs = committee.asked("XRO")
    committee.submission(Stage.DRAFT)
    assert stands(line, NOW) == Progress.INVITED
    committee.submission(Stage.SUBMITTED)
    assert stands(line, NOW) == Progress.CONTRIBUTED
    assert {stands(other, NOW), stands(theirs, NOW)} == {Progress.INVITED}
    assert reaching_out.remind(DUE - DAY) == 2
    assert "contributed" in text(
        Desk(committee, "expert").get("desk-outreach", invitation="invited")
    )


def test_what_came_before_the_invitation_does_not_answer_it(committee: Committee) -> None:
    committee.standard()
    with time_machine.travel(NOW + 5 * DAY, tick=False):
        by = committee.actor("secretariat")
        call = actions.Call(kinds=["standard"], texts={}, on=DUE.date())
        reaching_out.invite(call, [committee.body("XIO")], by=by, now=NOW + 5 * DAY)
    (line,) = Asked.objects.unscoped("a test looks")
    assert stands(line, NOW + 6 * DAY) == Progress.INVITED


def test_a_moved_meeting_moves_the_day_and_tells_whom_it_asks(committee: Committee) -> None:
    committee.asked("XRO")
    mails(NOW, "")
    assert reaching_out.remind(DUE - 30 * DAY) == 1
    moved = DUE - 29 * DAY
    move_meeting.move(committee.meeting(), JULY, by=committee.actor("chair"), now=moved)
    body = mails(moved, "A meeting has moved")["focal_xro"].get_body(("plain",))
    assert body is not None
    for said in ("asked for by another day", "10 May 2025, 15:00", "8 June 2025, 15:00"):
        assert said in body.get_content(), said
    page = text(Desk(committee, "secretariat").get("desk-outreach", invitation="invited"))
    assert "by 8 June 2025" in page
    assert reaching_out.remind(DUE - DAY) == 1  # thirty days before the new day
    causes = [n.cause.partition("@")[2] for n in told(NoticeKind.CONTRIBUTION_REMINDED)]
    assert causes == ["2025-05-10-30", "2025-06-08-30"]


def test_the_chair_is_not_told_how_many_are_asked(committee: Committee) -> None:
    """Invitations to contribute are no business of members: the preview counts as if none were."""
    chair, office = committee.actor("chair"), committee.actor("secretariat")
    before = move_meeting.concerned_as_seen(committee.meeting(), chair, NOW)
    committee.asked("XRO")
    assert move_meeting.concerned_as_seen(committee.meeting(), chair, NOW) == before
    assert len(move_meeting.concerned_as_seen(committee.meeting(), office, NOW)) == len(before) + 1


def test_thanks_go_out_once_and_only_for_something(committee: Committee) -> None:
    line, office = committee.asked("XIO"), Desk(committee, "secretariat")
    assert "Thank them" not in text(office.get("desk-call", line.invitation_id))
    with pytest.raises(OutOfOrder):
        reaching_out.thank(line, by=committee.actor("secretariat"), now=NOW)
    committee.submission(Stage.SUBMITTED)
    mails(NOW, "")
    assert "Thank them" in text(office.get("desk-call", line.invitation_id))
    done = office.post("desk-asked-thank", line.pk, version=line.version)
    assert done.status_code == 303
    assert set(mails(NOW, "Thank you")) == {"focal_xio", "alternate_xio"}
    page = text(office.get("desk-call", line.invitation_id))
    assert "thanked on 10 March 2025" in page
    assert "Thank them" not in page
    again = office.post("desk-asked-thank", line.pk, version=line.version + 1)
    assert again.status_code == 409
    assert len(told(NoticeKind.CONTRIBUTION_THANKED)) == 2
    assert verify() is None


def test_an_answer_that_came_by_mail_is_recorded(committee: Committee) -> None:
    line, office = committee.asked("XRO"), Desk(committee, "secretariat")
    wrong = office.post("desk-asked-answer", line.pk, version=line.version, answer="perhaps")
    assert wrong.status_code == 400
    done = office.post("desk-asked-answer", line.pk, version=line.version, answer="declines")
    assert done.status_code == 303
    assert stands(line, DUE + DAY) == Progress.DECLINED
    late = office.post("desk-asked-answer", line.pk, version=line.version, answer="will")
    assert late.status_code == 409
    assert "is invited to contribute" not in text(Desk(committee, "focal_xro").get("desk"))


def test_an_invitation_refused_invites_nobody(committee: Committee) -> None:
    by = committee.actor("secretariat")
    with pytest.raises(Invalid):
        reaching_out.invite(actions.Call(kinds=[], texts={}), [], by=by, now=NOW)
    assert not Asked.objects.unscoped("a test counts").exists()


def test_no_mail_carries_anything_that_tells_of_its_opening(committee: Committee) -> None:
    """One link to the desk, the same for everybody; no picture, no address of one's own."""
    committee.asked("XIO", "XRO")
    sent = mails(NOW, "invited to contribute")
    links = set()
    for mail in sent.values():
        assert [part.get_content_type() for part in mail.walk() if not part.is_multipart()] == [
            "text/plain"
        ]
        body = mail.get_body(("plain",))
        assert body is not None
        links |= {word for word in body.get_content().split() if word.startswith("http")}
    assert len(links) == 1, links
