"""A standard travels over the desk: drafted, faulty, mended, returned, submitted again, listed."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clearinghouse.submissions.rules.workflow import State
from tests.committee import Committee
from tests.web.desk import (
    Desk,
    all_submissions,
    buttons,
    faults,
    fresh,
    text,
    the_submission,
)


def test_from_an_incomplete_draft_to_the_public_register(committee: Committee) -> None:
    author, office = Desk(committee, "focal_xio"), Desk(committee, "secretariat")

    blank: dict[str, Any] = {"legal_nature": None, "obligations": None}
    kept = author.begin(**blank | {"obligations-at-1(a)": None})
    assert kept.status_code == 303
    one = the_submission()
    assert one.state == State.DRAFT

    back = author.write(
        one, "submit", legal_nature=None, url="ftp://x", **{"title-fr": "Code type"}
    )
    assert back.status_code == 400
    assert set(faults(back)) == {"legal_nature", "url"}
    assert 'value="Code type"' in back.content.decode(), "what was typed is still there"
    assert fresh(one).state == State.DRAFT

    assert author.write(one, "submit").status_code == 303
    assert "Take it up" in text(office.get("desk"))
    assert office.step("take-up", one).status_code == 303

    silent = office.step("return", one)
    assert silent.status_code == 400
    assert set(faults(silent)) == {"remark-"}
    office.step("return", one, **{"remark-title": "Say whose code it is."})
    assert "Say whose code it is." in text(author.get("desk-submission", one.pk))
    form = author.get("desk-submission-edit", one.pk).content.decode()
    assert "Say whose code it is." in form.partition('name="title-en"')[0].rpartition("Title")[2]

    author.write(one, "submit", **{"title-en": "Model code of conduct of ports"})
    office.step("take-up", one)
    assert office.step("list", one).status_code == 303

    code = fresh(one).entry
    public = Client().get(reverse("standard", args=[code])).content.decode()
    assert "Model code of conduct of ports" in public


def test_the_pages_draw_the_steps_that_are_open_and_no_others(committee: Committee) -> None:
    one = committee.submission(State.IN_REVIEW)
    drawn = {
        who: buttons(Desk(committee, who).get("desk-submission", one.pk))
        for who in ("secretariat", "expert", "focal_xio")
    }
    assert drawn == {
        "secretariat": {"list", "return"},
        "expert": set(),
        "focal_xio": {"withdraw"},
    }


def test_whoever_wrote_it_does_not_list_it(committee: Committee) -> None:
    writer, other = Desk(committee, "secretariat"), Desk(committee, "secretariat_2")
    writer.begin(do="submit", body="XRO", instrument="Letter of 3 March")
    one = the_submission()
    assert (one.origin, one.state) == ("secretariat", State.SUBMITTED)
    writer.step("take-up", one)

    assert "list" not in buttons(writer.get("desk-submission", one.pk))
    assert writer.step("list", one).status_code == 403
    assert fresh(one).state == State.IN_REVIEW
    assert other.step("list", one).status_code == 303
    assert fresh(one).state == State.LISTED


def test_on_behalf_of_a_body_the_secretariat_names_the_paper(committee: Committee) -> None:
    office = Desk(committee, "secretariat")
    back = office.begin(body="XRO")
    assert back.status_code == 400
    assert set(faults(back)) == {"instrument"}
    assert all_submissions() == []
    office.begin(body="XRO", instrument="Letter of 3 March")
    assert the_submission().instrument == "Letter of 3 March"


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ({"title-en": "x" * 301}, "title_0"),
        ({"edition": "x" * 121}, "edition"),
        ({"issued": "last year"}, "issued"),
        ({"legal_nature": "decree"}, "legal_nature"),
        ({"obligations": ["9(z)"]}, "obligations_0"),
        ({"languages": ["xx"]}, "languages_0"),
        ({"title-en": "a\x00b"}, "title_0"),
        ({"obligations": [], "obligations-at-1(a)": "article 2"}, "obligations_0"),
        ({"body": "XRO"}, "body"),
        ({"body": "XA"}, "body"),
    ],
)
def test_what_cannot_be_kept_comes_back_named_and_nothing_is_written(
    committee: Committee, typed: dict[str, Any], place: str
) -> None:
    back = Desk(committee, "focal_xio").begin(**typed)
    assert back.status_code == 400
    assert place in back.content.decode()
    assert "Please look at these points" in text(back)
    assert place in {*faults(back), "body"}
    assert all_submissions() == []


def test_a_field_that_the_form_does_not_have_is_refused(committee: Committee) -> None:
    back = Desk(committee, "focal_xio").begin(state="listed")
    assert back.status_code == 400
    assert "“state” is not in the list." in text(back)
    assert all_submissions() == []


@pytest.mark.parametrize(
    ("who", "kind"),
    [
        ("focal_xio", "need"),
        ("mission_xa", "standard"),
        ("focal_xio", "decree"),
        ("expert", "standard"),
        ("chair", "need"),
        ("auditor", "standard"),
    ],
)
def test_a_kind_that_is_not_theirs_is_not_there(committee: Committee, who: str, kind: str) -> None:
    desk = Desk(committee, who)
    assert desk.get("desk-submission-new", kind).status_code == 404
    assert desk.post("desk-submission-new", kind, do="save").status_code == 404
    assert all_submissions() == []


def test_two_people_in_one_draft_the_second_is_told_and_keeps_the_text(
    committee: Committee,
) -> None:
    one = committee.submission()
    old = one.version
    Desk(committee, "alternate_xio").write(one, **{"title-en": "Theirs"})

    second = Desk(committee, "focal_xio").write(one, version=old, **{"title-en": "Mine"})
    assert second.status_code == 409
    assert "Somebody else changed this draft" in text(second)
    assert 'value="Mine"' in second.content.decode()
    assert fresh(one).content["title"] == {"en": "Theirs"}


@pytest.mark.parametrize("step", ["take-up", "list", "return", "withdraw"])
def test_a_step_from_an_old_page_changes_nothing(committee: Committee, step: str) -> None:
    one = committee.submission(State.SUBMITTED)
    who = "focal_xio" if step == "withdraw" else "secretariat"
    late = Desk(committee, who).step(step, one, version=one.version - 1)
    assert late.status_code == 409
    assert fresh(one).state == State.SUBMITTED


@pytest.mark.parametrize("do", ["save", "submit"])
def test_pressed_twice_it_is_there_once(committee: Committee, do: str) -> None:
    author = Desk(committee, "focal_xio")
    first, second = author.begin(do=do), author.begin(do=do)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    assert len(all_submissions()) == 1


def test_a_second_press_of_submit_on_a_draft_is_told_and_does_no_harm(
    committee: Committee,
) -> None:
    one = committee.submission()
    author, version = Desk(committee, "focal_xio"), one.version
    assert author.write(one, "submit", version=version).status_code == 303
    assert author.write(one, "submit", version=version).status_code == 409
    assert fresh(one).state == State.SUBMITTED


def test_a_listed_entry_is_withdrawn_with_a_reason_that_stays(committee: Committee) -> None:
    one = committee.submission(State.LISTED)
    author = Desk(committee, "focal_xio")
    back = author.step("withdraw", one, because=" ")
    assert (back.status_code, set(faults(back))) == (400, {"because"})
    long = author.step("withdraw", one, because="x" * 501)
    assert long.status_code == 400
    assert fresh(one).state == State.LISTED
    author.step("withdraw", one, because="Superseded by the second edition.")
    public = Client().get(reverse("standard", args=[one.entry])).content.decode()
    assert "Superseded by the second edition." in public


def test_a_revision_leaves_what_is_listed_until_it_is_listed(committee: Committee) -> None:
    one = committee.submission(State.LISTED)
    author, office = Desk(committee, "focal_xio"), Desk(committee, "secretariat")
    begun = author.step("revise", one)
    assert begun.status_code == 303
    revision = next(s for s in all_submissions() if s.revises)
    author.write(revision, "submit", **{"title-en": "Second title"})
    page = reverse("standard", args=[one.entry])
    assert "Second title" not in Client().get(page).content.decode()
    office.step("take-up", revision)
    office.step("list", revision)
    assert "Second title" in Client().get(page).content.decode()


def test_an_entry_is_confirmed_by_its_owner_with_a_button(committee: Committee) -> None:
    standard = committee.standard()
    owner = Desk(committee, "focal_xio")
    assert owner.get("desk-entry-confirm", standard.code).status_code == 405
    done = owner.post("desk-entry-confirm", standard.code, version=standard.version)
    assert done.status_code == 303
    stranger = Desk(committee, "focal_xro")
    refused = stranger.post("desk-entry-confirm", standard.code, version=standard.version + 1)
    assert refused.status_code == 403
