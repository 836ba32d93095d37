"""A State's need on the desk: drafted by the capital, confirmed by the mission, shared, narrowed."""

import pytest

from clearinghouse.needs.models import Need
from clearinghouse.needs.rules import Consent, Origin, Status
from clearinghouse.submissions.rules.kinds import Kind
from clearinghouse.submissions.rules.workflow import State
from tests.committee import Committee
from tests.web.desk import (
    Desk,
    all_submissions,
    buttons,
    faults,
    fresh,
    fresh_need,
    text,
    the_submission,
)


def needs() -> list[Need]:
    return list(Need.objects.unscoped("a test counts"))


def test_from_the_capitals_draft_to_the_matrix_at_its_consent(committee: Committee) -> None:
    capital, mission = Desk(committee, "capital_xa"), Desk(committee, "mission_xa")
    office = Desk(committee, "secretariat")
    capital.begin("need", "submit", consent="committee")
    one = the_submission()
    assert one.state == State.SUBMITTED
    assert "authenticate" in buttons(office.get("desk-submission", one.pk))

    office.step("authenticate", one)
    assert "Confirm it" in text(mission.get("desk"))
    assert "confirm" not in buttons(capital.get("desk-submission", one.pk))
    assert capital.step("confirm", one).status_code == 403
    assert needs() == []

    assert mission.step("confirm", one).status_code == 303
    need = needs()[0]
    assert (need.status, need.consent) == (Status.CONFIRMED, Consent.COMMITTEE)
    assert Desk(committee, "chair").get("desk-need", need.pk).status_code == 200
    assert Desk(committee, "focal_xio").get("desk-need", need.pk).status_code == 404
    assert Desk(committee, "mission_xb").get("desk-need", need.pk).status_code == 404


def test_consent_named_needs_a_name_and_a_name_needs_the_consent(committee: Committee) -> None:
    mission = Desk(committee, "mission_xa")
    back = mission.begin("need", "submit", consent="named")
    assert (back.status_code, set(faults(back))) == (400, {"providers_0"})
    other = mission.begin("need", "submit", consent="none", providers=["XIO"])
    assert (other.status_code, set(faults(other))) == (400, {"providers_0"})
    assert all_submissions() == []
    mission.begin("need", "submit", consent="named", providers=["XIO"])
    assert the_submission().content["providers"] == ["XIO"]


def test_the_capital_narrows_at_once_and_widens_never(committee: Committee) -> None:
    need = committee.need(consent=Consent.PROVIDERS)
    capital, provider = Desk(committee, "capital_xa"), Desk(committee, "focal_xio")
    page = capital.get("desk-need", need.pk).content.decode()
    assert 'value="committee"' in page
    assert 'value="public"' not in page
    assert capital.on_need("share", need, consent="public").status_code == 403
    assert fresh_need(need).consent == Consent.PROVIDERS
    assert provider.get("desk-need", need.pk).status_code == 200

    assert capital.on_need("share", need, consent="committee").status_code == 303
    assert provider.get("desk-need", need.pk).status_code == 404
    assert capital.on_need("share", need, consent="providers").status_code == 403


def test_the_mission_names_a_provider_and_others_are_not_told_whom(
    committee: Committee,
) -> None:
    need = committee.need(consent=Consent.COMMITTEE, rank=3)
    mission = Desk(committee, "mission_xa")
    back = mission.on_need("share", need, consent="named")
    assert (back.status_code, set(faults(back))) == (400, {"providers_0"})
    mission.on_need("share", need, consent="named", providers=["XIO"])

    named = text(Desk(committee, "focal_xio").get("desk-need", need.pk))
    member = text(Desk(committee, "chair").get("desk-need", need.pk))
    for page in (named, member):
        assert "Providers named" not in page
        assert "Place among the State" not in page
        assert "you among them" in page
    assert "Example International Organisation" in text(mission.get("desk-need", need.pk))
    stranger = mission.on_need("share", need, consent="named", providers=["XRO"])
    assert stranger.status_code == 400


def test_the_state_answers_a_need_that_somebody_else_sees(committee: Committee) -> None:
    expert, mission = Desk(committee, "expert"), Desk(committee, "mission_xa")
    said = {
        "state": "XA",
        "origin": "visit",
        "area": "police",
        "title-en": "A laboratory",
        "description-en": "Seen during the visit.",
        "priority": "3",
    }
    done = expert.post("desk-need-identify", **said)
    assert done.status_code == 303
    assert expert.post("desk-need-identify", **said)["Location"] == done["Location"]
    need = needs()[0]
    assert "A laboratory" in text(mission.get("desk"))

    long = mission.on_need("observe", need, **{"observation-en": "word " * 151})
    assert (long.status_code, set(faults(long))) == (400, {"observation_0"})
    assert "this has 151" in text(long)
    mission.on_need(
        "observe", need, contested="on", **{"observation-en": "The laboratory exists."}
    )
    page = text(expert.get("desk-need", need.pk))
    assert "The laboratory exists." in page
    assert "Contested" in page
    assert "Not confirmed by the State" in page

    assert Desk(committee, "capital_xa").on_need("confirm", need).status_code == 403
    assert mission.on_need("confirm", need).status_code == 303
    assert fresh_need(need).status == Status.CONFIRMED


def test_an_expert_records_no_need_as_the_states_own(committee: Committee) -> None:
    said = {"state": "XA", "origin": "state", "area": "police", "priority": "3"}
    back = Desk(committee, "expert").post("desk-need-identify", **said)
    assert back.status_code == 400
    assert set(faults(back)) == {"origin_0", "title_0", "description_0"}
    assert needs() == []


def test_the_mission_changes_the_words_and_nothing_else(committee: Committee) -> None:
    need = committee.need(consent=Consent.COMMITTEE, rank=2, descriptions={"en": "Old."})
    mission = Desk(committee, "mission_xa")
    said = {"title-en": "New title", "description-en": "New.", "priority": "1", "rank": "2"}
    old = fresh_need(need).version
    assert mission.on_need("revise", need, **said, consent="public").status_code == 400
    assert mission.on_need("revise", need, **said).status_code == 303
    now = fresh_need(need)
    assert (now.titles, now.rank, now.consent) == ({"en": "New title"}, 2, Consent.COMMITTEE)

    late = mission.on_need("revise", need, **said | {"title-en": "Late"}, version=old)
    assert late.status_code == 409
    assert 'value="Late"' in late.content.decode()
    assert fresh_need(need).titles == {"en": "New title"}


@pytest.mark.parametrize("step", ["confirm", "share", "observe", "withdraw"])
def test_a_step_from_an_old_page_changes_nothing(committee: Committee, step: str) -> None:
    need = committee.need()
    late = Desk(committee, "mission_xa").on_need(
        step, need, version=need.version - 1, consent="public"
    )
    assert late.status_code == 409
    assert fresh_need(need).version == need.version


def test_each_seat_works_on_the_needs_it_may(committee: Committee) -> None:
    committee.need("XA", "legislation", Consent.PUBLIC)
    committee.need("XA", "customs", Consent.NONE)
    committee.need("XB", "police", Consent.PROVIDERS)
    committee.need("XB", "customs", origin=Origin.EXPERT)
    titles = ("XA legislation", "XA customs", "XB police", "XB customs")
    seen = {
        who: [t for t in titles if t in text(Desk(committee, who).get("desk-needs"))]
        for who in ("mission_xa", "mission_xb", "expert", "chair", "focal_xio", "focal_xro")
    }
    assert seen == {
        "mission_xa": ["XA legislation", "XA customs"],
        "mission_xb": ["XB police", "XB customs"],
        "expert": list(titles),
        "chair": ["XA legislation", "XB police"],
        "focal_xio": ["XA legislation", "XB police"],
        "focal_xro": ["XA legislation"],
    }


def test_the_list_is_narrowed_by_state_and_subject(committee: Committee) -> None:
    committee.need("XA", "legislation")
    committee.need("XB", "customs")
    expert = Desk(committee, "expert")
    assert "XB customs" not in text(expert.get("desk-needs", state="XA"))
    assert "XA legislation" not in text(expert.get("desk-needs", area="customs"))
    assert expert.get("desk-needs", state="ZZ").status_code == 400


def test_a_need_is_never_returned_or_listed(committee: Committee) -> None:
    one = committee.submission(State.SUBMITTED, Kind.NEED)
    office = Desk(committee, "secretariat")
    assert buttons(office.get("desk-submission", one.pk)) == {"authenticate"}
    for step in ("take-up", "return", "list"):
        assert office.step(step, one).status_code == 409
    assert fresh(one).state == State.SUBMITTED
