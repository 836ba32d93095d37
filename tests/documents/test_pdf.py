"""PDF: tagged, marked for language, and never a program."""

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from pypdf import PdfReader

from clearinghouse.documents import pdf
from clearinghouse.documents.model import Column, Masthead, Paragraph
from clearinghouse.documents.structured import seal
from tests.documents.samples import ARABIC, MASTHEAD, NEEDS, PROSE, TEXTS, document, with_text

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


UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
CODES = ("L/2025/0003", "S/AC.40/2007/MN.3/ADD.1", "2(a), 3(b)", "-5")


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


def coded(masthead: Masthead) -> bytes:
    """Codes in a column of their own, in words and in words of either script, wide and narrow."""
    narrow = tuple(Column(key=f"c{n}", label="", kind="code", width=4) for n in range(8))
    rows = tuple((code, *(("x y " * 9,) * 6), f"نص \u2066{code}\u2069 نص") for code in CODES)
    table = replace(NEEDS, columns=narrow, rows=rows)
    isolated = tuple(Paragraph(text=f"Mark: \u2066{code}\u2069") for code in CODES)
    whole = document(table, masthead=masthead)
    return pdf.render(
        replace(whole, sections=(*whole.sections, replace(PROSE, key="codes", blocks=isolated)))
    )


@pytest.mark.parametrize("masthead", [MASTHEAD, ARABIC])
def test_a_code_is_copied_as_it_is_written(masthead: Masthead) -> None:
    text = texts(coded(masthead))
    assert not UNSEEN.findall(text)
    for code in CODES:
        assert text.replace("\n", "").count(code) >= 3, code


@pytest.mark.parametrize("word", ["x" * 90, "L/2025/" * 12, "ж" * 60, "ﷺ" * 40])
def test_a_word_too_long_for_its_column_is_whole_and_nothing_is_added(word: str) -> None:
    made = texts(pdf.render(document(replace(NEEDS, rows=((word, word, word, None, None),)))))
    assert not UNSEEN.findall(made)
    if word[0] != "ﷺ":  # the reader of the test turns these about
        assert "".join(made.split()).count(word) == 3


def test_a_name_comes_again_on_every_page_that_its_rows_go_on() -> None:
    long = tuple(Column(key=f"c{n}", label=f"C{n}", row_header=not n, width=60) for n in range(4))
    rows = tuple(
        ("Atlantis", f"need {n} ends " * 5, "word " * 60, "word " * 60) for n in range(30)
    )
    made = read(pdf.render(document(replace(NEEDS, columns=long, rows=rows))))
    pages = [page.extract_text() for page in made.pages]
    with_rows = [page for page in pages if "need" in page.replace("Matrix of needs", "")]
    assert len(with_rows) > 3
    assert all(page.count("Atlantis") == 1 and "C1" in page for page in with_rows[1:])


def test_a_short_list_stands_on_one_page() -> None:
    words = Paragraph(text="word " * 900)
    some = replace(PROSE, key="some", blocks=(words, *PROSE.blocks[1:]))
    for page in read(pdf.render(replace(document(), sections=(some,)))).pages:
        shown = page.extract_text()
        assert ("First note." in shown) == ("Second note." in shown)
