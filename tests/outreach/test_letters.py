"""Letters to the bodies of an invitation: drafted with one button, each once, and seen beside it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from clearinghouse.access.actor import OPERATOR
from clearinghouse.access.errors import Refused, Stale
from clearinghouse.crossings import inviting_letters, load_pack
from clearinghouse.kernel.workflow import OutOfOrder
from clearinghouse.ledger.verify import verify
from clearinghouse.letters import actions as letters
from clearinghouse.letters.models import Letter
from clearinghouse.letters.queries.letters import text_of
from clearinghouse.letters.rules.workflow import State
from clearinghouse.mandate.formats import records
from clearinghouse.outreach import actions
from clearinghouse.outreach.models import Asked, Invitation
from clearinghouse.outreach.rules import Answer
from clearinghouse.people import actions as people
from clearinghouse.submissions.rules.kinds import Kind
from tests.committee import NOW, Committee, small_pack
from tests.web.desk import Desk, buttons, text


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def fresh(one: Invitation) -> Invitation:
    return Invitation.objects.unscoped("a test looks").get(pk=one.pk)


def written(one: Invitation) -> dict[str, Letter]:
    """The letter of each body that has one."""
    found = Asked.objects.unscoped("a test looks").filter(invitation=one, letter__isnull=False)
    return {
        line.body.code: line.letter
        for line in found.select_related("letter", "body")
        if line.letter
    }


def draft(committee: Committee, one: Invitation) -> int:
    return inviting_letters.draft(fresh(one), by=committee.actor("secretariat"), now=committee.now)


def said(letter: Letter) -> str:
    told = text_of(letter)
    return "\n".join([told.subject, told.opening, *told.paragraphs])


def test_one_button_drafts_a_letter_to_each_and_shows_it_beside_the_body(
    committee: Committee,
) -> None:
    asked = committee.asked("XIO", "XRO", "XA", texts={"en": "What is new."})
    office = Desk(committee, "secretariat")
    page = office.get("desk-call", asked.invitation_id)
    assert "3 bodies that are still asked have no letter." in text(page)
    assert "letters" in buttons(page)
    done = office.post("desk-call-letters", asked.invitation_id, version=1)
    assert done.status_code == 303
    forms = {code: letter.form for code, letter in written(asked.invitation).items()}
    assert forms == {"XIO": "letter", "XRO": "letter", "XA": "note_verbale"}
    page = office.get("desk-call", asked.invitation_id)
    assert text(page).count("draft") >= len(forms)
    for letter in written(asked.invitation).values():
        assert reverse("desk-letter", args=[letter.pk]) in page.content.decode()
    assert "letters" not in buttons(page)
    assert "Everybody who is still asked has a letter." in text(page)
    assert verify() is None


def test_a_letter_says_what_is_asked_by_when_on_what_it_hangs_and_where(
    committee: Committee,
) -> None:
    kinds = (Kind.STANDARD, Kind.GUIDANCE_NOTE)
    asked = committee.asked("XIO", kinds=kinds, texts={"en": "What is new."})
    draft(committee, asked.invitation)
    told = said(written(asked.invitation)["XIO"])
    for each in (
        "Invitation to contribute",
        "Asked for: Standards; Guidance notes.",
        "What is new.",
        "By 10 May 2025, at ",
        "/en/formats/",
        "It hangs on Example meeting.",
        small_pack().about.human_rights_reminder["en"],
    ):
        assert each in told


def test_what_there_is_nothing_to_say_of_is_left_out(committee: Committee) -> None:
    """An invitation with a day of its own, and no sentence beside: no gap stands in the way."""
    call: dict[str, Any] = {"meeting": None, "on": date(2025, 5, 1)}
    asked = committee.asked("XIO", **call)
    draft(committee, asked.invitation)
    letter = written(asked.invitation)["XIO"]
    assert "hangs on" not in said(letter)
    letters.clear(letter, by=committee.actor("secretariat_2"), now=committee.now)
    assert letter.state == State.CLEARED


def test_pressed_again_only_those_who_have_none_are_written_to(committee: Committee) -> None:
    """Who has a letter, has given, or is not asked any more is not; a cancelled letter is none."""
    asked = committee.asked("XIO", "XRO", "XA", "XB", "XC")
    office = committee.actor("secretariat")
    by_code = {
        line.body.code: line
        for line in Asked.objects.visible_to(office).filter(invitation=asked.invitation)
    }
    actions.answer(by_code["XB"], Answer.DECLINES, by=office, now=committee.now)
    actions.answer(by_code["XC"], Answer.TAKEN_BACK, by=office, now=committee.now)
    assert draft(committee, asked.invitation) == 3
    first = written(asked.invitation)
    with pytest.raises(OutOfOrder):
        draft(committee, asked.invitation)
    letters.cancel(first["XA"], "sent otherwise", by=office, now=committee.now)
    assert draft(committee, asked.invitation) == 1
    second = written(asked.invitation)
    assert second["XIO"] == first["XIO"]
    assert second["XA"] != first["XA"]
    assert Letter.objects.unscoped("test").count() == 4


def test_of_two_who_press_at_once_the_second_writes_nothing(committee: Committee) -> None:
    asked = committee.asked("XIO")
    one, two = fresh(asked.invitation), fresh(asked.invitation)
    by = committee.actor("secretariat")
    inviting_letters.draft(one, by=by, now=committee.now)
    actions_before = Letter.objects.unscoped("test").count()
    with pytest.raises((Stale, OutOfOrder)):
        inviting_letters.draft(two, by=by, now=committee.now)
    assert Letter.objects.unscoped("test").count() == actions_before == 1


def test_the_expert_sees_the_letters_and_writes_none(committee: Committee) -> None:
    asked = committee.asked("XIO")
    expert = Desk(committee, "expert")
    assert "letters" not in buttons(expert.get("desk-call", asked.invitation_id))
    assert expert.post("desk-call-letters", asked.invitation_id, version=1).status_code == 404
    by = committee.actor("expert")
    with pytest.raises(Refused):
        inviting_letters.draft(fresh(asked.invitation), by=by, now=committee.now)
    draft(committee, asked.invitation)
    assert "Letter draft" in text(expert.get("desk-call", asked.invitation_id))


def test_an_invited_body_is_shown_no_draft(committee: Committee) -> None:
    asked = committee.asked("XIO")
    draft(committee, asked.invitation)
    letter = written(asked.invitation)["XIO"]
    focal = Desk(committee, "focal_xio")
    assert focal.get("desk-letter", letter.pk).status_code == 404
    assert str(letter.pk) not in focal.get("desk").content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("honour to invite", "by 10 May 2025", "human rights")),
        ("fr", ("l'honneur de l'inviter", "normes", "droits de l'homme")),
        ("es", ("el honor de invitarla", "normas", "derechos humanos")),
    ],
)
def test_the_shipped_wordings_speak_the_addressees_language(
    committee: Committee, pack_files: records.Pack, language: str, words: tuple[str, ...]
) -> None:
    """In no language does anything of another stand, and every one of them can be cleared."""
    about = replace(
        small_pack().about, human_rights_reminder=pack_files.about.human_rights_reminder
    )
    shipped = replace(
        small_pack(),
        about=about,
        letters=pack_files.letters,
        letter_wordings=pack_files.letter_wordings,
        styles=(
            records.Style("XB", "fr", "Mission permanente de Borland"),
            records.Style("XB", "es", "Misión Permanente de Borland"),
        ),
    )
    load_pack.load(shipped, by=OPERATOR, now=committee.now)
    person, asked = committee.person("mission_xb"), committee.asked("XB")
    people.settle(person, language, "America/New_York", by=committee.actor("mission_xb"), now=NOW)
    draft(committee, asked.invitation)
    letter = written(asked.invitation)["XB"]
    assert letter.language == language
    assert all(each in said(letter) for each in words)
    letters.clear(letter, by=committee.actor("secretariat_2"), now=committee.now)
