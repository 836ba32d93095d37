"""PDF: tagged, marked for language, and never a program."""

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from pypdf import PdfReader

from clearinghouse.documents import pdf
from clearinghouse.documents.structured import seal
from tests.documents.samples import ARABIC, TEXTS, document, with_text

HOSTILE = (
    "*strong* _soft_ #panic() $x$ `c` <lab> @ref",
    '#read("/etc/passwd")',
    '"; #import "@preview/x:1.0.0": * //',
    "= Title\n- item\n+ item\n/ term: x",
    "\\u{41} \\ ~ -- --- ... 'x' \"x\"",
    "[ ] { } ( ) // /* */ #{ ]",
    "https://example.org/#x",
    "%(page)s %(pages)s",
)


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def texts(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(content).pages)


def test_it_is_tagged_and_says_its_language_and_title() -> None:
    found = read(pdf.render(document(masthead=ARABIC)))
    root: Any = found.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "ar"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert found.metadata is not None
    assert found.metadata.title == ARABIC.title
    assert b"<pdfuaid:part>1" in root["/Metadata"].get_data()


def test_it_shows_the_whole_masthead() -> None:
    sealed = seal(document())
    shown = texts(pdf.render(sealed))
    for words in (
        "Counter-Terrorism Committee",
        "S/AC.40/2007/MN.3 (draft)",
        "Distribution: Restricted",
        "As of: 1 March 2007",
        "Seen by: Experts and the secretariat",
        sealed.masthead.hash,
        "Ask the originator.",
        "Measures must comply with human rights law.",
        "Page 1 of 1",
    ):
        assert words in shown, words


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_mark_up(text: str) -> None:
    shown = "".join(texts(pdf.render(with_text(text))).split())
    assert shown.count("".join(text.split())) >= 15


@given(TEXTS)
@settings(max_examples=30, deadline=None)
def test_whatever_is_typed_is_printed(text: str) -> None:
    assert read(pdf.render(with_text(text))).pages
