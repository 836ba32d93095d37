"""A letter's text: which fields it may hold, what is filled in, and every fault with its place."""

from dataclasses import replace

import pytest

from clearinghouse.kernel.merging import fields_in, fill, stray_brace, unfilled
from clearinghouse.letters.rules import workflow
from clearinghouse.letters.rules.wording import (
    LIMITS,
    OF_MEETINGS,
    STANDING,
    Kind,
    MergeField,
    Wording,
    faults_in_values,
    faults_of,
    gaps_in,
    known_names,
    paragraphs,
    tidy,
)
from clearinghouse.mandate.formats import layout, wordings

GOOD = Wording("A\nB", "", "To the {addressee}", "One {matter}.\n\nTwo.", "Regards.")
FIELDS = (
    MergeField("matter", Kind.TEXT, {"en": "Matter"}),
    MergeField("why", Kind.PASSAGE, {"en": "Why"}),
    MergeField("by", Kind.DATE, {"en": "By"}),
    MergeField("meeting", Kind.MEETING, {"en": "Meeting"}),
)
KNOWN = known_names(FIELDS)


def test_the_pack_and_the_room_speak_of_the_same_forms_purposes_and_kinds() -> None:
    assert set(layout.LETTER_FORMS) == {f.value for f in workflow.Form}
    assert set(layout.PURPOSES) == {p.value for p in workflow.Purpose}
    assert set(layout.MERGE_KINDS) == {k.value for k in Kind}
    assert (wordings.STANDING, wordings.OF_MEETINGS) == (STANDING, OF_MEETINGS)


def test_a_value_is_put_in_once_and_never_read_as_a_field() -> None:
    values = {"matter": "{body} and {matter}", "body": "SECRET"}
    assert fill("On {matter}.", values) == "On {body} and {matter}."
    assert fill("{a} {b.date}", {"b.date": "today", "a": ""}) == "{a} today"
    assert unfilled("{a} {b} {a}", {"b": "x"}) == ["a"]
    assert fields_in("{a} {b.date} {A} {1}") == ["a", "b.date"]


@pytest.mark.parametrize("text", ["{", "}", "a {b", "{A}", "{a b}", "{{a}}", "{a.b.c}", "{}"])
def test_a_brace_belongs_to_a_field(text: str) -> None:
    assert stray_brace(text)


def test_a_good_text_has_no_fault() -> None:
    assert list(faults_of(GOOD, KNOWN)) == []
    assert {"meeting", "meeting.date", "meeting.place", "addressee", "by"} <= KNOWN


# fmt: off
FAULTS = {
    "an unknown field":    ({"passage": "One.\n\nTwo {x}."}, "passage", {"paragraph": 2, "name": "x"}),
    "a stray brace":       ({"opening": "So { it goes"},     "opening", {"paragraph": 1, "near": "So { it goes"}),
    "two lines":           ({"subject": "a\nb"},             "subject", {}),
    "a control":           ({"passage": "a\nb\x00"},         "passage", {"line": 2, "code": "0000"}),
    "a tab":               ({"closing": "a\tb"},             "closing", {"line": 1, "code": "0009"}),
    "an override":         ({"address": "A\n\u202egnp.exe"}, "address", {"line": 2, "code": "202E"}),
    "an isolate":          ({"address": "\u2067x"},          "address", {"line": 1, "code": "2067"}),
    "a line separator":    ({"subject": "a\u2028Bcc: x"},    "subject", {"line": 1, "code": "2028"}),
    "half a letter":       ({"passage": "\ud800"},           "passage", {"line": 1, "code": "D800"}),
    "too long":            ({"subject": "x" * 301},          "subject", {"longest": 300, "length": 301}),
}
# fmt: on


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_named_with_its_place(name: str) -> None:
    parts, part, values = FAULTS[name]
    (fault,) = faults_of(replace(GOOD, **parts), KNOWN)
    assert (fault.part, dict(fault.values)) == (part, values)


def test_a_gap_is_told_by_its_paragraph() -> None:
    gaps = list(gaps_in(replace(GOOD, closing=" "), {"addressee": "Mission"}))
    assert [(g.part, dict(g.values)) for g in gaps] == [
        ("closing", {}),
        ("passage", {"paragraph": 1, "name": "matter"}),
    ]
    assert list(gaps_in(GOOD, {"addressee": "Mission", "matter": "x"})) == []


# fmt: off
VALUES = {
    "a day":              ("by",      "2026-03-06",         True),
    "no day":             ("by",      "2026-02-30",         False),
    "a week":             ("by",      "2026-W10-5",         False),
    "another form":       ("by",      "20260306",           False),
    "figures of others":  ("by",      "٢٠٢٦-٠٣-٠٦",         False),
    "a meeting":          ("meeting", "special-2003",       True),
    "no meeting":         ("meeting", "absent",             False),
    "a line":             ("matter",  "ports #{x} \\end $", True),
    "two lines":          ("matter",  "a\nb",               False),
    "a header":           ("matter",  "a\r\nBcc: x@y.z",    False),
    "paragraphs":         ("why",     "a\n\nb",             True),
    "an override":        ("why",     "a\u202eb",           False),
    "a stranger":         ("other",   "a",                  False),
    "nothing yet":        ("by",      "",                   True),
}
# fmt: on


@pytest.mark.parametrize("name", VALUES)
def test_a_value_is_what_its_field_holds(name: str) -> None:
    field, value, good = VALUES[name]
    found = list(faults_in_values(FIELDS, {field: value}, {"special-2003"}))
    assert (found == []) is good
    assert all(f.part == field for f in found)


def test_texts_are_tidied_and_parted() -> None:
    assert tidy(" a\r\nb\rc e\u0301 ") == "a\nb\nc \xe9"
    assert paragraphs("\n\na\nb\n \n\n c \n") == ["a\nb", "c"]
    assert set(LIMITS) == set(GOOD.parts())


def test_the_form_follows_the_addressee_and_the_reference_its_pattern() -> None:
    assert workflow.form_for(is_state=True) == workflow.Form.NOTE_VERBALE
    assert workflow.form_for(is_state=False) == workflow.Form.LETTER
    assert workflow.reference("CTC/L/{year}/{number}", 2026, 42) == "CTC/L/2026/0042"
