"""A body says itself that it does not contribute: with its reason, until when, and what stops."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from clearinghouse.crossings import reaching_out
from clearinghouse.kernel.workflow import OutOfOrder
from clearinghouse.ledger.models import Entry
from clearinghouse.ledger.verify import verify
from clearinghouse.outreach import actions
from clearinghouse.outreach.models import Asked
from clearinghouse.outreach.rules import Answer
from clearinghouse.submissions.rules.kinds import Kind
from tests.committee import NOW, Committee
from tests.outreach.typed import fields
from tests.web.desk import Desk, text

WHY = "Our council meets in autumn only."
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


def asked() -> Asked:
    return Asked.objects.unscoped("a test looks").get()


def test_declined_on_the_desk_shown_to_the_secretariat_and_taken_back(
    committee: Committee,
) -> None:
    line = committee.asked("XIO", on=(NOW + 10 * DAY).date(), meeting=None, offset=0)
    focal, office = Desk(committee, "focal_xio"), Desk(committee, "secretariat")
    assert "Contribute, or say why not" in text(focal.get("desk"))
    page = text(focal.get("desk-invited-one", line.pk))
    for said in ("invited", "Say that you do not contribute"):
        assert said in page, said
    done = focal.post("desk-invited-decline", line.pk, version=1, because=f" {WHY} ")
    assert done.status_code == 303
    assert (asked().answer, asked().because) == (Answer.DECLINES, WHY)
    assert "Contribute, or say why not" not in text(focal.get("desk"))
    for page in (
        office.get("desk-call", line.invitation_id),
        office.get("desk-outreach"),
        office.get("desk-outreach-body", "XIO"),
        focal.get("desk-invited"),
        focal.get("desk-invited-one", line.pk),
    ):
        assert "does not contribute" in text(page)
        assert WHY in text(page)
    assert reaching_out.remind(NOW + 9 * DAY) == 0
    back = focal.post("desk-invited-reconsider", line.pk, version=2)
    assert back.status_code == 303
    assert (asked().answer, asked().because) == (Answer.AWAITED, "")
    assert WHY not in text(office.get("desk-call", line.invitation_id))
    assert reaching_out.remind(NOW + 9 * DAY) == 1
    assert verify() is None


def test_it_is_taken_back_until_the_day_and_declined_after_it_too(committee: Committee) -> None:
    line = committee.asked("XIO", on=(NOW + DAY).date(), meeting=None, offset=0)
    by = committee.actor("focal_xio")
    late = NOW + 3 * DAY
    reaching_out.decline(line, WHY, by=by, now=NOW + DAY)
    reaching_out.reconsider(line, by=by, now=NOW + DAY)
    reaching_out.decline(line, WHY, by=by, now=late)
    with pytest.raises(OutOfOrder):
        reaching_out.reconsider(line, by=by, now=late)
    with pytest.raises(OutOfOrder):
        reaching_out.decline(line, WHY, by=by, now=late)


@pytest.mark.parametrize("said", [Answer.GAVE, Answer.TAKEN_BACK])
def test_what_is_settled_is_not_declined(committee: Committee, said: Answer) -> None:
    line, office = committee.asked("XIO"), committee.actor("secretariat")
    actions.answer(line, said, by=office, now=NOW)
    with pytest.raises(OutOfOrder):
        reaching_out.decline(line, WHY, by=committee.actor("focal_xio"), now=NOW)


def test_whoever_has_given_does_not_decline(committee: Committee) -> None:
    line = committee.asked("XIO")
    committee.standard()
    with pytest.raises(OutOfOrder):
        reaching_out.decline(line, WHY, by=committee.actor("focal_xio"), now=NOW)
    page = text(Desk(committee, "focal_xio").get("desk-invited-one", line.pk))
    assert "Say that you do not contribute" not in page


@pytest.mark.parametrize("because", ["", "   ", "x" * 1001, "a\0b"])
def test_without_a_sound_reason_nothing_is_recorded(committee: Committee, because: str) -> None:
    line = committee.asked("XIO")
    focal = Desk(committee, "focal_xio")
    sent = focal.post("desk-invited-decline", line.pk, version=1, because=because)
    assert (sent.status_code, fields(sent)) == (400, {"because"})
    assert (asked().answer, asked().version) == (Answer.AWAITED, 1)
    late = focal.post("desk-invited-decline", line.pk, version=0, because=WHY)
    assert late.status_code == 409


def test_for_a_state_its_mission_answers_and_the_capital_reads(committee: Committee) -> None:
    line = committee.asked("XA", kinds=[Kind.NEED])
    capital, mission = Desk(committee, "capital_xa"), Desk(committee, "mission_xa")
    page = text(capital.get("desk-invited-one", line.pk))
    assert "Say that you do not contribute" not in page
    sent = capital.post("desk-invited-decline", line.pk, version=1, because=WHY)
    assert sent.status_code == 403
    sent = mission.post("desk-invited-decline", line.pk, version=1, because=WHY)
    assert sent.status_code == 303
    assert Desk(committee, "mission_xb").get("desk-invited-one", line.pk).status_code == 404


def test_another_answer_by_the_secretariat_destroys_the_reason(committee: Committee) -> None:
    line, office = committee.asked("XIO"), committee.actor("secretariat")
    reaching_out.decline(line, "sandglass", by=committee.actor("focal_xio"), now=NOW)
    actions.answer(line, Answer.DECLINES, by=office, now=NOW)
    assert asked().because == "sandglass"
    actions.answer(line, Answer.WILL, by=office, now=NOW)
    assert asked().because == ""
    told = [f"{e.facts}" for e in Entry.objects.unscoped("a test looks")]
    assert not any("sandglass" in each for each in told)
    page = text(Desk(committee, "auditor").get("desk-ledger"))
    assert "Invitation to contribute declined by the body" in page
    assert "as the body invited" in page
