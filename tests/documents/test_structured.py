"""Canonical JSON: it comes back as it went, and bears out its hash."""

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given

from clearinghouse.documents import structured
from clearinghouse.documents.model import Document
from tests.documents.samples import DOCUMENTS, MASTHEAD, TEXTS, document, with_text


@given(DOCUMENTS)
def test_every_document_comes_back_as_it_went(original: Document) -> None:
    sealed = structured.seal(original)
    assert structured.read(structured.render(sealed)) == sealed


@given(TEXTS)
def test_every_text_is_kept_to_the_last_character(text: str) -> None:
    original = with_text(text)
    assert structured.read(structured.render(original)) == original


def test_anyone_can_check_the_hash_with_a_few_lines() -> None:
    found = json.loads(structured.render(structured.seal(document())))
    seal = found.pop("hash")
    plain = json.dumps(found, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(plain.encode()).hexdigest() == seal


def test_values_say_what_they_are() -> None:
    found = json.loads(structured.render(document()))
    rows = found["document"]["sections"][1]["blocks"][0]["rows"]
    assert (found["format"], found["version"]) == ("clearinghouse-document", 1)
    assert rows[0]["confirmed"] == {"date": "2007-02-14"}
    assert rows[1]["amount"] == {"decimal": "12.50"}
    assert rows[1]["need"] == {"text": "تدريب", "language": "ar", "direction": "rtl"}
    assert rows[2]["amount"] == {"integer": "1000000000000000000"}
    assert rows[2]["need"] == ["first line", "second line"]


def test_the_seal_depends_on_the_content_alone() -> None:
    sealed = structured.seal(document())
    other = structured.seal(document(masthead=replace(MASTHEAD, seen_by="The public")))
    assert structured.seal(sealed) == sealed
    assert sealed.masthead.hash != other.masthead.hash


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b"Training", b"Drainage", "the content is not what its hash says"),
        (b'"hash":"', b'"hash": "', "not as clearinghouse-document 1 is written"),
        (b'"version":1', b'"version":2', "not as clearinghouse-document 1 is written"),
        (b'{"integer":"1000000000000000000"}', b"NaN", "NaN is not a number"),
        (b'{"decimal":"12.50"}', b'{"decimal":"Infinity"}', "Infinity is not a number"),
        (b'{"date":"2007-02-14"}', b'{"date":"2007-02-31"}', "day is out of range"),
        (b'{"date":', b'{"data":', "'data'"),
        (b'"sections":', b'"parts":', "'sections'"),
        (b"{", b"", "not a clearinghouse-document"),
    ],
)
def test_what_was_tampered_with_is_refused(old: bytes, new: bytes, message: str) -> None:
    kept = structured.render(structured.seal(document()))
    assert old in kept
    with pytest.raises(structured.Unreadable, match=message):
        structured.read(kept.replace(old, new, 1))


@pytest.mark.parametrize("data", [b"[" * 100_000, b"[]", b"null", b"\xff", b""])
def test_what_is_no_document_is_refused(data: bytes) -> None:
    with pytest.raises(structured.Unreadable):
        structured.read(data)
