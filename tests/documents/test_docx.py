"""DOCX: a real Word file, fully escaped, that names no person and no moment."""

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document as Opened
from docx.document import Document as File
from hypothesis import given, settings

from clearinghouse.documents import docx
from clearinghouse.documents.legible import visible
from clearinghouse.documents.model import Column, Notes, Paragraph, Section
from tests.documents.samples import ARABIC, NEEDS, TEXTS, document, with_text


def opened(content: bytes) -> File:
    return Opened(BytesIO(content))


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(content)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def test_its_headings_are_headings_and_its_table_heads_are_repeated() -> None:
    file = opened(docx.render(document()))
    styles = {p.style.name: p.text for p in file.paragraphs if p.style and p.text}
    assert styles["Title"] == "Matrix of needs"
    assert styles["Heading 1"] == "By State"
    inside = parts(docx.render(document()))["word/document.xml"]
    assert inside.count("<w:tblHeader/>") == 1
    assert inside.count("<w:cantSplit/>") == 6


def test_it_names_no_person_and_no_moment() -> None:
    about = opened(docx.render(document())).core_properties
    assert about.author == about.last_modified_by == "Counter-Terrorism Committee"
    assert about.created == about.modified
    assert about.created is not None
    assert about.created.year == 1980


def test_a_document_reads_from_right_to_left() -> None:
    inside = parts(docx.render(document(masthead=ARABIC)))["word/document.xml"]
    assert inside.count("<w:bidiVisual/>") == 2
    assert inside.count("<w:p>") == inside.count("<w:bidi/>")


def test_a_sentence_from_left_to_right_keeps_its_full_stop_among_others() -> None:
    """Else Word sets the stop of an English sentence at its left, before the first word."""
    sentence = "Blank: nothing you may see is recorded."
    section = Section(
        key="s", title="", blocks=(Notes(items=(sentence,)), Paragraph(text=sentence))
    )
    inside = parts(docx.render(replace(document(masthead=ARABIC), sections=(section,))))
    assert inside["word/document.xml"].count(f"\u200e{sentence}\u200e") == 2
    plain = parts(docx.render(replace(document(), sections=(section,))))
    assert "\u200e" not in plain["word/document.xml"]


@pytest.mark.parametrize(
    ("organ", "breaks"), [("Committee", 0), ("Long name of an organ " * 5, 1)]
)
def test_a_long_organ_leaves_the_symbol_a_line_of_its_own(organ: str, breaks: int) -> None:
    one = document()
    head = replace(one.masthead, organ=organ, symbol="S/AC.40/2026/MATRIX/11")
    inside = parts(docx.render(replace(one, masthead=head)))["word/document.xml"]
    banner = inside[inside.index('w:val="Organ"') :].partition("</w:p>")[0]
    assert banner.count("<w:br/>") == breaks
    assert "S/AC.40/2026/MATRIX/11" in banner
    bare = replace(one.masthead, organ=organ, symbol="", revision="")
    inside = parts(docx.render(replace(one, masthead=bare)))["word/document.xml"]
    assert "<w:br/>" not in inside[inside.index('w:val="Organ"') :].partition("</w:p>")[0]


@pytest.mark.parametrize(("items", "kept"), [(1, 0), (2, 1), (3, 2), (9, 2)])
def test_no_page_begins_or_ends_with_one_item_of_a_list(items: int, kept: int) -> None:
    notes = Notes(items=tuple(f"Note {n}" for n in range(items)))
    one = replace(document(), sections=(Section(key="s", title="", blocks=(notes,)),))
    inside = parts(docx.render(one))["word/document.xml"]
    assert inside.count('<w:pStyle w:val="ListNumber"/><w:keepNext/>') == kept


@given(TEXTS)
@settings(max_examples=30, deadline=None)
def test_no_text_becomes_mark_up(text: str) -> None:
    file = opened(docx.render(with_text(text)))
    shown = [p.text for p in file.paragraphs if p.text]
    if visible(text).strip():
        assert shown.count(visible(text)) >= 7


def test_what_repeats_itself_stands_above_its_rows() -> None:
    wide = tuple(Column(key=f"c{n}", label=f"C{n}", row_header=not n, width=60) for n in range(4))
    rows = tuple((name, *("word " * 20,) * 3) for name in ("Atlantis", "Atlantis", "Lemuria"))
    (table,) = opened(docx.render(document(replace(NEEDS, columns=wide, rows=rows)))).tables[-1:]
    first = [row.cells[0].text.strip() for row in table.rows]
    assert [text for text in first if not text.startswith("word")] == ["C1", "Atlantis", "Lemuria"]
    assert len(table.columns) == 3
