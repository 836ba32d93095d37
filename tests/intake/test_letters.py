"""What answers a letter of ours is recognised in the tray, and filed against the letter."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine

from clearinghouse.access.actor import Actor
from clearinghouse.files.queries import files_of, open_
from clearinghouse.intake.models import Item
from clearinghouse.intake.rules.workflow import State
from clearinghouse.ledger.verify import verify
from clearinghouse.letters.models import Letter, Reply
from clearinghouse.letters.queries import letters as queries
from clearinghouse.letters.rules.workflow import Means
from clearinghouse.letters.rules.workflow import State as Letters
from clearinghouse.needs.rules import Consent
from tests.committee import NOW, Committee
from tests.intake.post import arrive, code, current, current_need, delivered, reply, words
from tests.web.desk import Desk, buttons, faults, text

ROUTE = "desk-intake-reply"


@pytest.fixture(autouse=True)
def _at_the_time() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def sent(committee: Committee, folder: Path, body: str = "XA") -> tuple[Letter, Any]:
    """A letter that went out by e-mail, and the mail that brought it."""
    letter = committee.letter(Letters.DISPATCHED, body, means=Means.EMAIL)
    mails = [m for m in delivered(committee, folder) if letter.reference in str(m["Subject"])]
    return letter, mails[0]


def office(committee: Committee) -> Actor:
    return committee.actor("secretariat")


def replies(committee: Committee, letter: Letter) -> list[Reply]:
    return queries.replies_to(office(committee), letter)


def state(committee: Committee, letter: Letter) -> str:
    return queries.letter_for(office(committee), letter.pk).state


def filed(desk: Desk, item: Item, number: str = "") -> Any:
    return desk.post(ROUTE, item.pk, version=current(item).version, letter=number)


def test_a_reply_by_mail_is_filed_with_one_button(committee: Committee, tmp_path: Path) -> None:
    letter, mail = sent(committee, tmp_path)
    content = reply(mail, "We shall attend.", Subject="Your kind invitation")
    item, desk = arrive(committee, content), Desk(committee, "secretariat")
    page = desk.get("desk-intake-item", item.pk)
    assert "It answers a letter" in text(page)
    assert letter.reference in text(page)
    assert "letter" in buttons(page)
    assert filed(desk, item).status_code == 303
    (kept,) = replies(committee, letter)
    assert (state(committee, letter), current(item).state) == (Letters.RECEIVED, State.ACCEPTED)
    assert kept.text.startswith("We shall attend.")
    (original,) = files_of(kept)
    assert open_(original) == content
    assert original.name == "mail.eml"
    said = text(desk.get("desk-intake-item", item.pk))
    assert f"{letter.reference}: filed against the letter" in said
    assert "We shall attend." in text(desk.get("desk-letter", letter.pk))
    told = [m for m in delivered(committee, tmp_path) if "recorded" in str(m["Subject"])]
    assert len(told) == 1
    assert f"{letter.reference}: filed against the letter" in words(told[0])
    assert filed(desk, item).status_code == 409
    assert len(replies(committee, letter)) == 1
    assert verify() is None


def test_a_number_in_the_subject_is_recognised(committee: Committee, tmp_path: Path) -> None:
    """Without a reference it belongs to nobody until the secretariat files it by its own word."""
    letter, _mail = sent(committee, tmp_path)
    content = reply(None, "We shall attend.", Subject=f"Re: your {letter.reference}")
    item, desk = arrive(committee, content), Desk(committee, "secretariat")
    assert current(item).body_id is None
    assert filed(desk, item).status_code == 303
    assert current(item).body_id == letter.body_id
    assert len(replies(committee, letter)) == 1


def test_another_number_may_be_typed_and_a_wrong_one_is_named(
    committee: Committee, tmp_path: Path
) -> None:
    letter, _mail = sent(committee, tmp_path)
    item, desk = arrive(committee, reply(None, "Yes.")), Desk(committee, "secretariat")
    assert "It answers a letter" not in text(desk.get("desk-intake-item", item.pk))
    for number in ("", "L/2025/0099", "x" * 81):
        wrong = filed(desk, item, number)
        assert (wrong.status_code, set(faults(wrong))) == (400, {"letter"})
    assert filed(desk, item, letter.reference).status_code == 303
    assert len(replies(committee, letter)) == 1


def test_it_is_not_filed_against_a_letter_to_another(committee: Committee, tmp_path: Path) -> None:
    _own, mail = sent(committee, tmp_path)
    other = committee.letter(Letters.DISPATCHED, "XB")
    item, desk = arrive(committee, reply(mail, "Yes.")), Desk(committee, "secretariat")
    wrong = filed(desk, item, other.reference)
    assert (wrong.status_code, set(faults(wrong))) == (400, {"letter"})
    assert (replies(committee, other), current(item).letter) == ([], None)
    assert (state(committee, other), current(item).state) == (Letters.DISPATCHED, State.WAITING)


def test_what_also_asks_for_something_goes_on_waiting(
    committee: Committee, tmp_path: Path
) -> None:
    need = committee.need("XA", "legislation", Consent.COMMITTEE)
    letter, mail = sent(committee, tmp_path)
    item = arrive(committee, reply(mail, f"{code(need)} rough cost: USD 20,000"))
    desk = Desk(committee, "secretariat")
    assert filed(desk, item).status_code == 303
    assert (current(item).state, len(replies(committee, letter))) == (State.WAITING, 1)
    assert current_need(need).rough_cost == ""
    assert "Filed against" in text(desk.get("desk-intake-item", item.pk))
    typed = {"instrument": "reply", "received_on": "2025-03-10"}
    version = current(item).version
    assert desk.post("desk-intake-accept", item.pk, version=version, **typed).status_code == 303
    assert current_need(need).rough_cost == "USD 20,000"
    assert [became for _thing, became in current(item).recorded_as] == [
        "filed against the letter",
        "changed",
    ]


def test_a_letter_is_not_answered_before_it_was_sent(committee: Committee) -> None:
    letter, desk = committee.letter(Letters.DISPATCHED), Desk(committee, "secretariat")
    note = {"channel": "paper", "title": letter.reference, "text": "Yes.", "body": "XA"}
    desk.post("desk-intake-new", received_on="2025-03-01", **note)
    item = Item.objects.unscoped("a test looks").get()
    wrong = filed(desk, item)
    assert wrong.status_code == 400
    assert "Date it was received: This day is before 2025-03-10." in text(wrong)
    assert (current(item).letter, state(committee, letter)) == (None, Letters.DISPATCHED)


def test_what_a_room_refuses_at_acceptance_is_said_with_its_place(
    committee: Committee, tmp_path: Path
) -> None:
    need = committee.need("XA", "legislation", Consent.COMMITTEE)
    _letter, mail = sent(committee, tmp_path)
    item = arrive(committee, reply(mail, f"{code(need)} priority: 77"))
    desk, version = Desk(committee, "secretariat"), current(item).version
    typed = {"version": version, "instrument": "reply", "received_on": "2025-03-10"}
    wrong = desk.post("desk-intake-accept", item.pk, **typed)
    assert wrong.status_code == 400
    assert f"{code(need)}, Priority: " in text(wrong)
    assert "What came in" in text(wrong)  # the page of the item, not a page of errors
    assert current(item).state == State.WAITING


def test_a_reply_in_french_is_read_and_its_words_are_pointed_out(
    committee: Committee, tmp_path: Path
) -> None:
    need = committee.need("XA", "legislation", Consent.COMMITTEE)
    _letter, mail = sent(committee, tmp_path)
    desk = Desk(committee, "secretariat")
    item = arrive(committee, reply(mail, f"{code(need)} coût approximatif : 20 000 dollars"))
    assert "translated words that nobody has reviewed" in text(
        desk.get("desk-intake-item", item.pk)
    )
    typed = {"instrument": "reply", "received_on": "2025-03-10"}
    version = current(item).version
    assert desk.post("desk-intake-accept", item.pk, version=version, **typed).status_code == 303
    assert current_need(need).rough_cost == "20 000 dollars"


def test_an_answer_to_an_invitation_leads_to_the_meeting(
    committee: Committee, tmp_path: Path
) -> None:
    desk = Desk(committee, "secretariat")
    desk.post("desk-meeting-invite", "meeting-2025", body="XA")
    (mail,) = [m for m in delivered(committee, tmp_path) if "Invitation" in str(m["Subject"])]
    item = arrive(committee, reply(mail, "We come: A. Person, Director."))
    page = desk.get("desk-intake-item", item.pk)
    assert "Enter its answer on the page of" in text(page)
    assert "/en/desk/meetings/meeting-2025/" in page.content.decode()
