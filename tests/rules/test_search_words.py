"""What looks alike is found alike; and a search mark is carried only by a seat that has it."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearinghouse.access.actor import PUBLIC, Actor, Capacity, Role
from clearinghouse.search.rules import fold, marks_of, words


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("CÔTE d'Ivoire", "cote d'ivoire"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("Türkiye", "turkiye"),
        ("\ufb01nance", "finance"),  # a ligature
        ("\uff26\uff21\uff34\uff26", "fatf"),  # full-width letters
        ("Ёлка", "елка"),
        ("e\u0301cole", "ecole"),  # the accent as a letter of its own
        ("مُحَمَّد", "محمد"),
        ("中文", "中文"),
    ],
)
def test_what_looks_alike(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=0x24F)))
def test_case_does_not_count(text: str) -> None:
    assert fold(text.upper()) == fold(text.upper().lower())


@given(st.text())
def test_a_query_is_few_short_folded_words(query: str) -> None:
    found = words(query)
    assert len(found) <= 8
    assert all(0 < len(word) <= 40 for word in found)
    assert all(" " not in word for word in found)


def test_no_words_in_an_empty_query() -> None:
    assert words("  \t\n ") == []
    assert words("Aviation SÉCURITÉ") == ["aviation", "securite"]


A, B = UUID(int=1), UUID(int=2)


def test_the_public_carries_one_mark() -> None:
    assert marks_of(PUBLIC) == {"everybody"}


def test_a_seat_carries_its_role_its_body_and_what_its_body_offers() -> None:
    state = Capacity(Role.STATE, A)
    provider = Capacity(Role.FOCAL_POINT, B, provider=True)
    assert marks_of(Actor(capacities=frozenset({state}))) == {
        "everybody",
        "role:state",
        f"state:{A}",
    }
    assert marks_of(Actor(capacities=frozenset({provider}))) == {
        "everybody",
        "role:focal_point",
        f"focal_point:{B}",
        "providers",
        f"named:{B}",
    }


def test_two_seats_carry_the_marks_of_both_and_no_others() -> None:
    one, two = Capacity(Role.STATE, A), Capacity(Role.MEMBER, B)
    both = marks_of(Actor(capacities=frozenset({one, two})))
    assert both == marks_of(Actor(capacities=frozenset({one}))) | marks_of(
        Actor(capacities=frozenset({two}))
    )
