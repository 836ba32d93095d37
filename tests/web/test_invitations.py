"""An invited body is written to, and answers on its desk: whether it comes, and whom it sends."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from clearinghouse.crossings import deliver
from clearinghouse.ledger.verify import verify
from clearinghouse.meetings.models import Participant
from clearinghouse.notices.models import Notice
from tests.committee import NOW, Committee
from tests.crossings.april import Carrier
from tests.web.desk import Desk, faults, text

CODE = "meeting-2025"
ROUTE = "desk-participant-reply"
TWO = "A. Person; Director, Border Police\n B. Person ;Adviser\n\n"


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


def guest() -> Participant:
    return Participant.objects.unscoped("a test looks").select_related("meeting").get()


def told(committee: Committee) -> set[str]:
    names = {seat.pk: name for name, seat in committee.seats.items()}
    found = Notice.objects.unscoped("a test looks").filter(kind="meeting.invited")
    return {names[n.recipient] for n in found}


def test_the_invited_are_written_to_and_answer_on_the_page(committee: Committee) -> None:
    office, focal = Desk(committee, "secretariat"), Desk(committee, "focal_xro")
    assert "Send the answer" not in text(focal.get("desk-meeting", CODE))
    for _again in range(2):
        assert office.post("desk-meeting-invite", CODE, body="XRO").status_code == 303
    assert told(committee) == {"focal_xro"}
    assert "Invitation to a meeting" in text(office.get("desk-outbox"))
    carrier = Carrier()
    while deliver.deliver_next(NOW + timedelta(hours=1), carrier):
        pass
    (mail,) = carrier.mails
    said = mail.get_content()
    for expected in ("is invited", "10 June 2025", f"/en/desk/meetings/{CODE}/", "Reference:"):
        assert expected in said, said

    assert "Say whether you come" in text(focal.get("desk"))
    assert "have not answered yet" in text(focal.get("desk-meeting", CODE))
    sent = focal.post(ROUTE, guest().pk, version=guest().version, answer="attends", names=TWO)
    late = focal.post(ROUTE, guest().pk, version=guest().version - 1, answer="declines", names="")
    assert (sent.status_code, late.status_code) == (303, 409)
    page = text(office.get("desk-meeting", CODE))
    assert "A. Person (Director, Border Police), B. Person (Adviser)" in page
    assert "Invited: 1. They come: 1. They do not: 0. Not answered: 0." in page
    assert "10 March 2025" in page
    assert "Say whether you come" not in text(focal.get("desk"))

    changed = focal.post(ROUTE, guest().pk, version=guest().version, answer="declines", names=TWO)
    assert changed.status_code == 303
    assert (guest().answer, guest().names) == ("declines", "")
    assert verify() is None


@pytest.mark.parametrize(
    ("typed", "wrong", "said"),
    [
        ({"answer": "attends", "names": ""}, "names", "one person at least"),
        ({"answer": "attends", "names": "A. Person; Director\nB. Person"}, "names", "Line 2"),
        ({"answer": "attends", "names": "A; B\n" * 31}, "names", "Line 31"),
        ({"answer": "attends", "names": "A; " + "x" * 300}, "names", "Line 1"),
        ({"answer": "attends", "names": "A\u202eB; Director"}, "names", "Line 1"),
        ({"answer": "uninvited", "names": ""}, "answer_0", ""),
        ({"answer": "", "names": ""}, "answer_0", ""),
    ],
)
def test_an_answer_that_is_not_fit_is_refused_at_its_line(
    committee: Committee, typed: dict[str, str], wrong: str, said: str
) -> None:
    made = committee.guest()
    sent = Desk(committee, "focal_xro").post(ROUTE, made.pk, version=made.version, **typed)
    assert sent.status_code == 400
    assert set(faults(sent)) == {wrong}
    assert said in faults(sent)[wrong]
    assert guest().answer == "awaited"


def test_only_those_who_answer_for_the_body_do(committee: Committee) -> None:
    made = committee.guest("XA")
    asked = {"version": made.version, "answer": "declines"}
    for who, status in (("capital_xa", 403), ("mission_xb", 404), ("secretariat", 404)):
        assert Desk(committee, who).post(ROUTE, made.pk, **asked).status_code == status, who
    assert "Send the answer" not in text(Desk(committee, "capital_xa").get("desk-meeting", CODE))
    assert Desk(committee, "mission_xa").post(ROUTE, made.pk, **asked).status_code == 303


def test_nobody_answers_when_it_is_over_or_taken_back(committee: Committee) -> None:
    made, focal = committee.guest(), Desk(committee, "focal_xro")
    asked = {"version": made.version, "answer": "declines"}
    with time_machine.travel("2025-07-01T12:00:00Z", tick=False):
        focal = Desk(committee, "focal_xro")
        assert focal.post(ROUTE, made.pk, **asked).status_code == 409
        assert "Send the answer" not in text(focal.get("desk-meeting", CODE))
        Desk(committee, "secretariat").post("desk-meeting-invite", CODE, body="XIO")
    assert told(committee) == set()
    office = Desk(committee, "secretariat")
    office.post("desk-participant-answer", made.pk, version=made.version, answer="uninvited")
    assert Desk(committee, "focal_xro").post(ROUTE, made.pk, **asked).status_code == 404
