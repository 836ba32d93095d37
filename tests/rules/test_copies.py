"""What a copy may be: its type, its language, its edition, and what stands there already."""

from typing import Any

import pytest

from clearinghouse.files.rules import Type
from clearinghouse.submissions.rules import copies as rules
from clearinghouse.submissions.rules.copies import MOST, Asked, faults
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind

NOTE, FULL = ("a" * 64, "note.pdf"), [(f"{n:064d}", f"{n}.pdf") for n in range(MOST)]
CARRYING = {Kind.STANDARD, Kind.GUIDANCE_NOTE, Kind.STARTER_PACK, Kind.COORDINATION_REPORT}


def asked(**said: Any) -> Asked:
    return Asked(**({"type": Type.PDF, "sha256": "f" * 64} | said))


@pytest.mark.parametrize("kind", Kind)
def test_these_kinds_carry_copies_and_no_others(kind: Kind) -> None:
    assert DEFINITIONS[kind].carries_copies == (kind in CARRYING)


@pytest.mark.parametrize("kind", Type)
def test_a_text_a_table_or_a_picture_is_taken(kind: Type) -> None:
    taken = {"pdf", "docx", "xlsx", "csv", "txt", "png", "jpeg"}
    assert (faults(asked(type=kind), []) == []) == (kind.value in taken)


@pytest.mark.parametrize(
    ("said", "field", "message"),
    [
        ({"language": "xx"}, rules.LANGUAGE, rules.NO_LANGUAGE),
        ({"edition": "x" * 121}, rules.EDITION, rules.LONG),
        ({"edition": "2nd\nedition"}, rules.EDITION, rules.LONG),
        ({"edition": "\u202e2nd"}, rules.EDITION, rules.LONG),
        ({"sha256": NOTE[0]}, rules.FILE, rules.THERE),
        ({"type": Type.EML}, rules.FILE, rules.NOT_TAKEN),
    ],
)
def test_each_fault_names_its_place(said: dict[str, Any], field: str, message: str) -> None:
    (found,) = faults(asked(**said), [NOTE])
    assert (found.field, found.message) == (field, message)


def test_every_fault_is_told_at_once() -> None:
    found = faults(asked(type=Type.ICS, language="xx", edition="\0"), [])
    assert [each.field for each in found] == [rules.FILE, rules.LANGUAGE, rules.EDITION]


def test_there_is_an_end_to_copies_and_one_may_take_the_place_of_another() -> None:
    assert faults(asked(), FULL[1:]) == []
    (found,) = faults(asked(), FULL)
    assert found.message == rules.TOO_MANY
    assert faults(asked(), FULL, replaces=FULL[3][0]) == []


def test_a_file_may_take_its_own_place_to_be_said_anew() -> None:
    """The same file in another language or edition: a slip of the pen is put right."""
    assert faults(asked(sha256=NOTE[0], edition="3rd"), [NOTE], replaces=NOTE[0]) == []
