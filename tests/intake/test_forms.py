"""A form of every kind, as spreadsheet and as document: what went out comes back as it was."""

from typing import Any

import pytest

from clearinghouse.access.errors import Invalid
from clearinghouse.files.formats import spreadsheet, wordprocessing
from clearinghouse.intake import actions as intake
from clearinghouse.intake.actions import Acceptance, Incoming
from clearinghouse.intake.actions.understanding import NO_ENTRY, NOT_HERE, answers
from clearinghouse.intake.formats import forms
from clearinghouse.intake.formats.forms import Form
from clearinghouse.intake.forms import kinds_for, prefilled
from clearinghouse.intake.rules.workflow import Channel
from clearinghouse.submissions.formats.examples import example
from clearinghouse.submissions.queries import known
from clearinghouse.submissions.rules import fields
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from tests.committee import Committee
from tests.rules.test_kinds import KNOWN

FORMATS: dict[str, Any] = {
    "xlsx": (forms.spreadsheet, spreadsheet.read),
    "docx": (forms.document, wordprocessing.read),
}
NOTE = "note verbale of 10 March 2025"


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("kind", Kind)
def test_a_form_that_comes_back_says_what_it_said(kind: Kind, ending: str) -> None:
    write, read = FORMATS[ending]
    said = example(DEFINITIONS[kind], KNOWN)
    form = Form(kind=kind, reference="", language="fr", entries=[("a-code", said)], heading="x")
    (back,) = forms.filled(read(write(form)), "f")
    assert (back.kind, back.code, back.do) == (kind, "a-code", "")
    assert fields.clean(DEFINITIONS[kind].fields, back.content) == said


def sent_back(committee: Committee, kind: Kind) -> tuple[list[Any], list[Any]]:
    """What is understood of the form of XIO as it went out."""
    body = committee.body("XIO")
    made = forms.spreadsheet(prefilled(kind, body, "", "en"))
    return answers(body, "", forms.filled(spreadsheet.read(made), "f.xlsx"))


def test_a_form_sent_back_as_it_was_changes_nothing(committee: Committee) -> None:
    committee.entry(Kind.GUIDANCE_NOTE)
    committee.standard()
    assert sent_back(committee, Kind.GUIDANCE_NOTE) == ([], [])
    assert sent_back(committee, Kind.STANDARD) == ([], [])


def test_the_form_of_a_kind_holds_the_entries_of_that_kind(committee: Committee) -> None:
    note, body = committee.entry(), committee.body("XIO")
    committee.standard()
    form = prefilled(Kind.GUIDANCE_NOTE, body, "", "en")
    assert [code for code, _ in form.entries] == [note.code]


def test_a_visit_does_not_pass_through_the_hands_of_the_secretariat(committee: Committee) -> None:
    committee.entry(Kind.MONITORING_VISIT)
    assert Kind.MONITORING_VISIT not in kinds_for(committee.body("XIO"))
    found, faults = sent_back(committee, Kind.MONITORING_VISIT)
    assert (found, [message for message, _ in faults]) == ([], [NOT_HERE])


def test_an_entry_of_another_body_is_not_changed_by_a_form(committee: Committee) -> None:
    committee.entry()
    body = committee.body("XRO")
    made = forms.spreadsheet(prefilled(Kind.GUIDANCE_NOTE, committee.body("XIO"), "", "en"))
    found, faults = answers(body, "", forms.filled(spreadsheet.read(made), "f.xlsx"))
    assert (found, [message for message, _ in faults]) == ([], [NO_ENTRY])


def test_a_contact_named_on_a_form_stands_once_the_secretariat_has_accepted(
    committee: Committee,
) -> None:
    office, body = committee.actor("secretariat"), committee.body("XIO")
    said = example(DEFINITIONS[Kind.CONTACT], known())
    form = Form(kind=Kind.CONTACT, reference="", language="en", entries=[("", said)], heading="x")
    scan = Incoming(
        channel=Channel.FILE, content=forms.spreadsheet(form), name="contact.xlsx", body=body
    )
    item = intake.arrive(scan, by=office, now=committee.now)
    intake.accept(item, Acceptance(NOTE, committee.now.date()), by=office, now=committee.now)
    (entry,) = prefilled(Kind.CONTACT, body, "", "en").entries
    assert entry[1] == said


def test_a_form_may_not_say_what_its_kind_does_not_take(committee: Committee) -> None:
    office, body = committee.actor("secretariat"), committee.body("XIO")
    said = example(DEFINITIONS[Kind.CONTACT], known()) | {"mailbox": "nowhere"}
    form = Form(kind=Kind.CONTACT, reference="", language="en", entries=[("", said)], heading="x")
    scan = Incoming(
        channel=Channel.FILE, content=forms.spreadsheet(form), name="contact.xlsx", body=body
    )
    item = intake.arrive(scan, by=office, now=committee.now)
    with pytest.raises(Invalid, match="mailbox"):
        intake.accept(item, Acceptance(NOTE, committee.now.date()), by=office, now=committee.now)
    assert prefilled(Kind.CONTACT, body, "", "en").entries == []
