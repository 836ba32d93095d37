"""CSV: rectangular, bearing its provenance, and nothing a spreadsheet would calculate."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearinghouse.documents import delimited
from clearinghouse.documents.legible import visible
from clearinghouse.documents.model import Document
from clearinghouse.documents.structured import seal
from tests.documents.samples import DOCUMENTS, NEEDS, TEXTS, document, with_text

DANGEROUS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_table_with_its_provenance_in_every_row() -> None:
    sealed = seal(document())
    head, first, second, third = rows(delimited.render(sealed, "needs"))
    origin = [
        "S/AC.40/2007/MN.3 (draft)",
        "",
        "1 March 2007, 00:00 (New York)",
        "Experts and the secretariat",
        "Illustrative; Issued late",
        sealed.masthead.hash,
    ]
    assert head[:5] == ["State", "Paragraph", "Need", "Confirmed", "Amount"]
    assert head[5:] == ["Symbol", "Revision", "As of", "Seen by", "Please note", "Content hash"]
    assert first == ["Atlantis", "1 (a)", "Training", "2007-02-14", "12", *origin]
    assert second == ["Lemuria", "2 (g)", "تدريب", "1899-01-01", "12.50", *origin]
    assert third[2:5] == ["first line; second line", "", "1000000000000000000"]


def test_the_file_opens_in_a_spreadsheet_as_unicode() -> None:
    data = delimited.render(document(), "needs")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 4
    assert data.endswith(b"\r\n")


def test_an_empty_table_says_so_and_still_bears_its_hash() -> None:
    sealed = seal(document(replace(NEEDS, rows=())))
    _, only = rows(delimited.render(sealed, "needs"))
    assert only[:5] == ["No need is listed.", "", "", "", ""]
    assert only[-1] == sealed.masthead.hash


def test_the_masthead_as_a_file_of_its_own() -> None:
    told = rows(delimited.about(document()))
    assert ["Seen by", "Experts and the secretariat"] in told
    assert ["Disclaimer", "Ask the originator."] in told
    assert ["Human rights", "Measures must comply with human rights law."] in told


def test_an_unknown_table_is_an_error() -> None:
    with pytest.raises(KeyError, match="offers"):
        delimited.render(document(), "offers")


@pytest.mark.parametrize("sign", DANGEROUS)
def test_each_dangerous_beginning_gets_an_apostrophe(sign: str) -> None:
    table = replace(NEEDS, rows=((f"{sign}1", None, f"a;{sign}1", None, -5),))
    _, row = rows(delimited.render(document(table), "needs"))
    assert row[0].startswith("'")
    if sign not in "\t\r\n":
        assert row[2] == f"a;'{sign}1"
    assert row[4] == "-5"  # a number is a number


@given(TEXTS)
def test_no_cell_of_any_document_begins_a_formula(text: str) -> None:
    for record in rows(delimited.render(with_text(text), "t")):
        for cell in record:
            assert not cell or cell[0] not in DANGEROUS


@given(DOCUMENTS)
def test_every_row_of_every_document_is_there_and_rectangular(any_document: Document) -> None:
    found = rows(delimited.render(any_document, "needs"))
    assert len(found) == 1 + max(1, len(any_document.table("needs").rows))
    assert {len(row) for row in found} == {11}


@given(TEXTS | st.text("';=+-@\t\r\n a", max_size=12))
def test_a_guarded_text_can_be_had_back(text: str) -> None:
    assert delimited.unguard(delimited.guard(text)) == text
    assert delimited.unguard(delimited.guard(visible(text))) == visible(text)
