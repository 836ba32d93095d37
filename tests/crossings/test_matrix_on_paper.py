"""The matrix as it is printed: every need once and whole, numbers and indexes around it."""

import re
from io import BytesIO

import pytest
from docx import Document as Word
from pypdf import PdfReader

from clearinghouse.circulars.queries import document, issues, rendition
from clearinghouse.circulars.queries.rendition import Copy
from clearinghouse.circulars.rules import FULL, PUBLIC
from clearinghouse.documents.model import Cell, Table
from clearinghouse.needs.rules import Consent
from tests.committee import Committee


@pytest.fixture
def full(committee: Committee) -> Copy:
    """Two needs of XA, one of them not public."""
    committee.need("XA", "police", Consent.PUBLIC, titles={"en": "Train analysts"})
    committee.need("XA", "customs", Consent.NONE, titles={"en": "Read manifests"})
    committee.issue()
    issue = issues.latest_issued()
    assert issue is not None
    return rendition.copy_for(issue, FULL)


def table(copy: Copy, key: str) -> Table:
    return document.compose_for_paper(copy, "en").table(key)


def named(rows: tuple[tuple[Cell, ...], ...], name: str) -> list[tuple[Cell, ...]]:
    return [row for row in rows if name in row]


def test_each_need_is_printed_once_and_whole(full: Copy) -> None:
    needs = table(full, "needs")
    assert [column.key for column in needs.columns][:3] == ["state", "subject", "need"]
    for title in ("Train analysts", "Read manifests"):
        assert len(named(needs.rows, title)) == 1


def test_the_overview_counts_and_keeps_every_state(full: Copy) -> None:
    overview = table(full, "overview")
    counts = [sum(n for n in row[1:] if isinstance(n, int)) for row in overview.rows]
    assert sum(counts) == 2
    assert 0 in counts
    assert len(overview.rows) == len(document.compose(full, "en").table("by-state").rows)


def test_the_indexes_count_what_the_list_holds(full: Copy) -> None:
    by_subject = table(full, "by-subject")
    assert sum(row[1] for row in by_subject.rows if isinstance(row[1], int)) == 2
    for key in ("by-region", "by-subject"):
        assert "Train analysts" not in str(table(full, key).rows)


def test_the_public_sheet_holds_what_everybody_may_see(full: Copy) -> None:
    public = rendition.copy_for(full.issue, PUBLIC)
    pdf, docx = (document.render(public, kind, "en")[0] for kind in ("pdf", "docx"))
    read = {
        "pdf": " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages),
        "docx": " ".join(
            cell.text
            for one in Word(BytesIO(docx)).tables
            for row in one.rows
            for cell in row.cells
        ),
    }
    for kind, text in read.items():
        assert "Train analysts" in text, kind
        assert "Read manifests" not in text, kind


@pytest.mark.parametrize("language", ["en", "ar-xb"])
def test_a_paragraph_is_copied_as_it_is_written(full: Copy, language: str) -> None:
    pdf = document.render(full, "pdf", language)[0]
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    said = text if language == "en" else re.sub("[()]", "", text)  # mirrored for the test's reader
    for row in full.rows:
        code = ", ".join(row["obligations"])
        assert (code if language == "en" else re.sub("[()]", "", code)) in said
    assert not re.findall("[\u00ad\u200b\u202a-\u202e\u2066-\u2069]", text)


def test_a_file_kept_in_memory_is_never_another_readers(full: Copy) -> None:
    """The same address asked by two audiences, one after the other and back again."""
    public = rendition.copy_for(full.issue, PUBLIC)
    files = [document.render(copy, "pdf", "en")[0] for copy in (full, public, full, public)]
    assert files[0] == files[2] != files[1] == files[3]
    assert public.hash != full.hash
    assert document.render(public, "pdf", "ar-xb")[0] != files[1]
