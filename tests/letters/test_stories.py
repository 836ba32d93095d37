"""A letter from its draft to the reply filed against it, through the room's own actions."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from clearinghouse.access.errors import Invalid, Refused, Stale, Unseen
from clearinghouse.ledger.models import Entry
from clearinghouse.letters import actions
from clearinghouse.letters.models import Letter
from clearinghouse.letters.queries import letters as queries
from clearinghouse.letters.queries.merging import wording_of
from clearinghouse.letters.rules.wording import Wording
from clearinghouse.letters.rules.workflow import Means, State
from clearinghouse.people.models import Person
from tests.committee import MERGED, Committee


def fresh(letter: Letter) -> Letter:
    return Letter.objects.unscoped("a test looks").select_related("body").get(pk=letter.pk)


def reworded(letter: Letter, **parts: str) -> Wording:
    return Wording(**wording_of(letter).parts() | parts)


def lines(verb: str) -> list[Entry]:
    return list(Entry.objects.unscoped("test").filter(verb=verb))


def test_a_note_is_written_in_the_third_person_to_the_mission(committee: Committee) -> None:
    text = queries.text_of(committee.letter())
    assert text.address == ("Permanent Mission of Arland to the United Nations", "New York")
    assert text.opening.endswith(
        "compliments to the Permanent Mission of Arland to the United Nations"
    )
    assert text.paragraphs == (
        "To speak of ports, at Example meeting, 10 June 2025.",
        "By 2 May 2025.",
    )


def test_an_organisation_gets_a_letter_with_a_subject(committee: Committee) -> None:
    text = queries.text_of(committee.letter(body="XIO"))
    assert text.subject == "Invitation: ports"
    assert text.address[0] == "Example International Organisation"


def test_the_form_follows_the_addressee(committee: Committee) -> None:
    office = committee.actor("secretariat")
    for code, body in (("note-invite", "XIO"), ("letter-invite", "XA")):
        template = queries.template_called(code)
        with pytest.raises(Invalid, match="mission"):
            actions.draft(template, committee.body(body), MERGED, by=office, now=committee.now)
    assert queries.register(office).count() == 0


def test_nobody_clears_what_they_wrote(committee: Committee) -> None:
    letter, first = committee.letter(), committee.actor("secretariat")
    second = committee.actor("secretariat_2")
    with pytest.raises(Refused):
        actions.clear(letter, by=first, now=committee.now)
    actions.revise(
        letter, reworded(letter, closing="Regards."), MERGED, by=second, now=committee.now
    )
    with pytest.raises(Refused):  # the second officer wrote the text as it now is
        actions.clear(letter, by=second, now=committee.now)
    actions.clear(letter, by=first, now=committee.now)
    assert fresh(letter).state == State.CLEARED


def test_a_letter_with_a_gap_is_not_cleared(committee: Committee) -> None:
    letter = committee.letter(values={"matter": ""})
    with pytest.raises(Invalid) as refused:
        actions.clear(letter, by=committee.actor("secretariat_2"), now=committee.now)
    assert refused.value.faults == {
        "passage": ["Paragraph 1: the field {matter} is not filled."],
    }
    assert (fresh(letter).state, fresh(letter).number) == (State.DRAFT, None)


def test_a_change_of_text_voids_the_clearance_and_keeps_the_number(committee: Committee) -> None:
    letter, office = committee.letter(State.INITIALLED), committee.actor("secretariat")
    assert letter.reference == "L/2025/0001"
    other = reworded(letter, passage="To speak of {matter}.")
    actions.revise(letter, other, MERGED, by=office, now=committee.now)
    found = fresh(letter)
    assert (found.state, found.number, found.reference) == (State.DRAFT, 1, "L/2025/0001")
    assert (found.text, found.digest, found.cleared_by, found.signed_by) == ({}, "", None, None)
    (line,) = lines("letters.revised")
    assert '"voided":true' in line.facts
    actions.clear(letter, by=committee.actor("secretariat_2"), now=committee.now)
    assert fresh(letter).number == 1
    assert committee.letter(State.CLEARED, "XB").number == 2


def test_saving_the_same_words_changes_nothing(committee: Committee) -> None:
    letter = committee.letter(State.CLEARED)
    before = letter.version
    office = committee.actor("secretariat")
    actions.revise(letter, wording_of(letter), MERGED, by=office, now=committee.now)
    assert (fresh(letter).state, fresh(letter).version) == (State.CLEARED, before)


def test_what_is_cleared_stands_whatever_the_pack_or_the_meeting_says_later(
    committee: Committee,
) -> None:
    letter = committee.letter(State.CLEARED)
    letter.values["matter"] = "something else"
    letter.passage = "Something else"
    assert queries.text_of(letter).paragraphs[0].startswith("To speak of ports")


def test_the_chair_sends_back_and_signs(committee: Committee) -> None:
    letter, chair = committee.letter(State.CLEARED, "XIO"), committee.actor("chair")
    with pytest.raises(Invalid):
        actions.send_back(letter, " ", by=chair, now=committee.now)
    actions.send_back(letter, "Name the meeting.", by=chair, now=committee.now)
    assert (fresh(letter).state, fresh(letter).remark) == (State.DRAFT, "Name the meeting.")
    with pytest.raises(Unseen):
        queries.letter_for(chair, letter.pk)
    actions.clear(letter, by=committee.actor("secretariat_2"), now=committee.now)
    actions.sign(letter, by=chair, now=committee.now)
    assert queries.text_of(fresh(letter)).signatory == "chair"
    with pytest.raises(Refused):
        actions.initial(
            committee.letter(State.CLEARED, "XRO"),
            by=committee.actor("secretariat"),
            now=committee.now,
        )


def test_the_second_of_two_hands_is_stale_and_takes_no_number(committee: Committee) -> None:
    pk, office = committee.letter().pk, committee.actor("secretariat_2")
    first, second = (queries.letter_for(office, pk) for _ in range(2))
    actions.clear(first, by=office, now=committee.now)
    with pytest.raises(Stale):
        actions.clear(second, by=office, now=committee.now)
    assert queries.last_number(2025) == 1
    assert committee.letter(State.CLEARED, "XB").reference == "L/2025/0002"


def test_from_dispatch_to_the_reply(committee: Committee) -> None:
    letter, office = committee.letter(State.INITIALLED), committee.actor("secretariat")
    today = date(2025, 3, 10)
    for wrong in (today - timedelta(days=1), today + timedelta(days=1)):
        sent = actions.Sending(Means.HAND, wrong)
        with pytest.raises(Invalid):
            actions.dispatch(letter, sent, by=office, now=committee.now)
    sent = actions.Sending(Means.HAND, today)
    actions.dispatch(letter, sent, by=office, now=committee.now)
    receipt = actions.Receipt(today, "Registry of the mission", "RM/77")
    actions.receive(letter, receipt, by=office, now=committee.now)
    empty = actions.Answer(received_on=today)
    with pytest.raises(Invalid):
        actions.file_reply(letter, empty, by=office, now=committee.now)
    answer = actions.Answer(received_on=today, reference="N/3", text="Two will attend.\n\nYours.")
    actions.file_reply(letter, answer, by=office, now=committee.now)
    mission = committee.actor("mission_xa")
    found = queries.letter_for(mission, letter.pk)
    assert (found.received_by, found.receipt, found.state) == (
        "Registry of the mission",
        "RM/77",
        State.RECEIVED,
    )
    assert [r.reference for r in queries.replies_to(mission, found)] == ["N/3"]
    assert queries.replies_to(committee.actor("mission_xb"), found) == []


def test_what_is_cancelled_stays_in_the_register_with_its_number(committee: Committee) -> None:
    letter, office = committee.letter(State.CLEARED), committee.actor("secretariat")
    with pytest.raises(Invalid):
        actions.cancel(letter, "", by=office, now=committee.now)
    actions.cancel(letter, "The meeting was put off.", by=office, now=committee.now)
    found = fresh(letter)
    assert (found.state, found.reference) == (State.CANCELLED, "L/2025/0001")
    assert committee.letter(State.CLEARED, "XB").number == 2
    assert found in queries.register(office)


def test_a_years_numbers_begin_anew(committee: Committee) -> None:
    committee.letter(State.CLEARED)
    letter = committee.letter(body="XB")
    later = committee.now + timedelta(days=330)
    actions.clear(letter, by=committee.actor("secretariat_2"), now=later)
    assert letter.reference == "L/2026/0001"


def test_the_letter_speaks_the_missions_language_where_it_can(committee: Committee) -> None:
    for name in ("mission_xb", "focal_xro", "mission_xc"):
        _speak_french(committee, name)
    note, other = committee.letter(body="XB"), committee.letter(body="XC")
    assert (note.language, note.wanted) == ("fr", "fr")
    text = queries.text_of(note)
    assert text.opening.endswith("à la Mission permanente de Borland")
    assert text.paragraphs[1] == "By 2 mai 2025."
    assert (other.language, other.wanted) == ("en", "fr")  # it has no name in French
    letter = committee.letter(body="XRO")
    assert (letter.language, letter.wanted) == ("en", "fr")  # there is no text in French


def _speak_french(committee: Committee, name: str) -> None:
    """A fact of the cast, set behind the record's back."""
    person = committee.person(name)
    rows: QuerySet[Person] = QuerySet(Person)
    rows.filter(pk=person.pk).update(language="fr")


def test_each_hand_is_told_what_waits_for_it(committee: Committee) -> None:
    committee.letter(body="XA")
    committee.letter(State.CLEARED, "XIO")
    committee.letter(State.INITIALLED, "XB")
    committee.letter(State.DISPATCHED, "XC")
    hands = ("secretariat", "secretariat_2", "chair", "expert", "mission_xc")
    found = {
        name: sorted(
            (x.body.code, str(step)) for x, step in queries.in_hand(committee.actor(name))
        )
        for name in hands
    }
    assert found == {
        "secretariat": [("XB", "dispatch")],
        "secretariat_2": [("XA", "clear"), ("XB", "dispatch")],
        "chair": [("XIO", "sign")],
        "expert": [],
        "mission_xc": [],
    }


def test_a_reply_finds_its_letter_by_the_reference(committee: Committee) -> None:
    committee.letter(State.DISPATCHED, "XB")
    letter, office = committee.letter(State.DISPATCHED), committee.actor("secretariat")
    assert letter.reference == "L/2025/0002"
    for text in ("Re: L/2025/0002", "aw: your l/2025/0002 of 10 March 2025", "(L/2025/0002)"):
        assert queries.letter_called(office, text) == letter
    for text in ("Re: L/2025/00021", "X/2025/0002", "L/2025/0003", "", "2025 0002", "9" * 400):
        assert queries.letter_called(office, text) is None
    assert queries.letter_called(committee.actor("mission_xb"), "L/2025/0002") is None
    with CaptureQueriesContext(connection) as asked:
        many = " ".join(f"L/2025/{n:04d}" for n in range(100, 2000))
        assert queries.letter_called(office, many) is None
    assert len(asked) <= queries.MOST_NUMBERS


def test_what_the_tables_cannot_hold_is_refused_by_name(committee: Committee) -> None:
    letter, office = committee.letter(State.DISPATCHED), committee.actor("secretariat")
    today = committee.now.date()
    long = actions.Receipt(today, "x" * 201, "x" * 121)
    with pytest.raises(Invalid) as refused:
        actions.receive(letter, long, by=office, now=committee.now)
    assert set(refused.value.faults) == {"by", "reference"}
    hidden = actions.Answer(received_on=today, text="a\u202eb")
    with pytest.raises(Invalid, match=r"U\+202E"):
        actions.file_reply(letter, hidden, by=office, now=committee.now)
