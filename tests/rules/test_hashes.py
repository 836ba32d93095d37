"""Canonical JSON and the Merkle root: equal contents, equal hashes; anything else, another."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearinghouse.kernel import merkle
from clearinghouse.kernel.canonical import canonical, digest

LEAF = st.binary(min_size=32, max_size=32).map(bytes.hex)
LEAVES = st.lists(LEAF, max_size=40)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def hashed(prefix: bytes, *parts: bytes) -> bytes:
    return hashlib.sha256(prefix + b"".join(parts)).digest()


def by_halves(leaves: list[bytes]) -> bytes:
    """RFC 6962's own definition, by recursion: the larger power of two goes left."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashed(b"\x01", by_halves(leaves[:split]), by_halves(leaves[split:]))


@given(st.lists(LEAF, min_size=2, max_size=70))
def test_the_root_is_that_of_rfc_6962(leaves: list[str]) -> None:
    wanted = by_halves([hashed(b"\x00", bytes.fromhex(leaf)) for leaf in leaves])
    assert merkle.root(leaves) == wanted.hex()


def test_the_root_of_nothing_and_of_one() -> None:
    assert merkle.root([]) == hashlib.sha256(b"").hexdigest()
    assert merkle.root(["ab" * 32]) == "ab" * 32


@given(st.lists(LEAF, min_size=1, max_size=40), st.data())
def test_a_leaf_changed_changes_the_root(leaves: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(leaves) - 1))
    other = data.draw(LEAF.filter(lambda leaf: leaf != leaves[at]))
    assert merkle.root(leaves) != merkle.root([*leaves[:at], other, *leaves[at + 1 :]])


@given(LEAVES, LEAF)
def test_a_leaf_added_changes_the_root(leaves: list[str], more: str) -> None:
    assert merkle.root(leaves) != merkle.root([*leaves, more])
    assert merkle.root(leaves) != merkle.root([more, *leaves])


@given(st.lists(LEAF, min_size=2, max_size=40, unique=True))
def test_the_order_of_the_leaves_counts(leaves: list[str]) -> None:
    assert merkle.root(leaves) != merkle.root(leaves[::-1])


def test_an_inner_node_cannot_pose_as_a_leaf() -> None:
    leaves = [f"{n:02x}" * 32 for n in range(4)]
    pairs = [merkle.root(leaves[:2]), merkle.root(leaves[2:])]
    assert merkle.root(leaves) != merkle.root(pairs)


@given(JSON)
def test_canonical_text_says_the_same(value: object) -> None:
    text = canonical(value)
    assert json.loads(text) == value
    assert canonical(json.loads(text)) == text


@given(st.dictionaries(st.text(), st.integers(), min_size=1))
def test_the_order_in_which_a_table_was_made_does_not_count(value: dict[str, int]) -> None:
    turned = dict(reversed(value.items()))
    assert canonical(turned) == canonical(value)
    assert digest(turned) == digest(value)


def test_what_json_has_no_word_for() -> None:
    noon = datetime(2025, 1, 1, 12, tzinfo=UTC)
    assert canonical(noon) == '"2025-01-01T12:00:00.000000+00:00"'
    elsewhere = noon.astimezone(timezone(timedelta(hours=14)))
    assert canonical(elsewhere) == canonical(noon)
    assert canonical(date(2025, 1, 1)) == '"2025-01-01"'
    assert canonical(Decimal("1.50")) == '"1.50"'
    assert canonical(UUID(int=1)) == '"00000000-0000-0000-0000-000000000001"'
    assert canonical(frozenset({"b", "a"})) == '["a","b"]'
    assert canonical({"à": "Ж", "a": 1}) == '{"a":1,"à":"Ж"}'


def test_what_has_no_form_is_refused() -> None:
    with pytest.raises(TypeError, match="object has no canonical form"):
        canonical(object())
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical(float("nan"))


def test_a_digest_is_of_the_canonical_bytes() -> None:
    assert digest({"b": 1, "a": "é"}) == hashlib.sha256('{"a":"é","b":1}'.encode()).hexdigest()
