"""Texts as the PDF sets them: direction told, breaks told, no sign that prints as nothing."""

import json
import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from clearinghouse.documents.inline import Inline
from clearinghouse.documents.model import Phrase

LEFT, RIGHT = Inline("ltr"), Inline("rtl")
SIGNS = re.compile("[\u200b\u2066-\u2069]")
ARABIC = Phrase(text="تدريب", language="ar", direction="rtl")


def run(direction: str, *parts: str) -> dict[str, Any]:
    return {"direction": direction, "parts": list(parts)}


def whole(made: Any) -> str:
    if isinstance(made, str):
        return made
    return "".join(part for one in made["runs"] for part in one["parts"])


def test_what_has_room_is_a_string() -> None:
    assert LEFT.code("L/2025/0003", 17) == "L/2025/0003"
    assert LEFT.plain("Due: \u20662026-10-12\u2069", 30) == "Due: 2026-10-12"


def test_a_code_among_right_to_left_words_runs_its_own_way() -> None:
    assert RIGHT.code("2(a)", 9)["runs"] == [run("ltr", "2(a)")]
    assert RIGHT.code("12", 9) == "12"
    made = RIGHT.plain("موعد: \u20662026-10-12\u2069", 30)
    assert made["runs"] == [run("", "موعد: "), run("ltr", "2026-10-12")]
    assert LEFT.plain("نص \u20661(a)\u2069", 30)["runs"][1] == run("ltr", "1(a)")


def test_a_word_without_room_comes_in_parts() -> None:
    made = LEFT.plain("to " + "x" * 30, 10)
    assert made["runs"] == [run("", "to x", *("x" * 29))]


def test_a_short_phrase_is_isolated_and_a_long_one_turns_its_line() -> None:
    short = LEFT.cell(ARABIC, 20)
    assert (short["runs"], short["language"], short["direction"]) == (
        [run("rtl", "تدريب")],
        "ar",
        "",
    )
    long = LEFT.cell(Phrase(text="تدريب " * 20, language="ar", direction="rtl"), 20)
    assert long["direction"] == "rtl"


def test_a_paragraph_in_another_script_runs_its_own_way() -> None:
    assert RIGHT.text("It is not exhaustive.")["direction"] == "ltr"
    assert RIGHT.text("نص.") == "نص."
    assert RIGHT.text("1373 (2001)") == "1373 (2001)"
    assert LEFT.text("It is not exhaustive.") == "It is not exhaustive."
    assert RIGHT.prose("Restricted") == "Restricted"


@given(st.text(max_size=60), st.integers(1, 40), st.sampled_from([LEFT, RIGHT]))
def test_nothing_is_lost_but_what_is_unseen(text: str, room: int, say: Inline) -> None:
    made = say.plain(text, room)
    assert SIGNS.sub("", whole(made)) == SIGNS.sub("", text)
    json.dumps(made)
