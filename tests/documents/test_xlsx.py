"""XLSX, read back by another program: every row, typed right, and text that stays text."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any
from xml.parsers import expat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from clearinghouse.documents import sheets, xlsx
from clearinghouse.documents.legible import visible
from clearinghouse.documents.model import Column, Document, Phrase, Section
from clearinghouse.documents.structured import seal
from tests.documents.samples import ARABIC, DOCUMENTS, MASTHEAD, NEEDS, TEXTS, document, with_text


def opened(data: bytes) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(data))


def rows(data: bytes, name: str) -> list[list[Any]]:
    return opened(data).get_sheet_by_name(name).to_python(skip_empty_area=False)


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def check_well_formed(data: bytes) -> None:
    for name, text in parts(data).items():
        seen: list[str] = []
        parser = expat.ParserCreate()
        parser.StartElementHandler = lambda tag, _attributes, seen=seen: seen.append(tag)
        parser.Parse(text, True)
        assert seen, name
        assert "f" not in seen, f"a formula in {name}"


def test_every_row_is_there_and_typed_right() -> None:
    head, first, second, third = rows(xlsx.render(document()), "By State")
    assert head == ["State", "Paragraph", "Need", "Confirmed", "Amount"]
    assert first == ["Atlantis", "1 (a)", "Training", date(2007, 2, 14), 12.0]
    assert second == ["Lemuria", "2 (g)", "تدريب", "1899-01-01", 12.5]
    assert third == ["Ruritania", "", "first line\nsecond line", "", "1000000000000000000"]


def test_the_cover_holds_the_masthead_the_contents_and_the_prose() -> None:
    sealed = seal(document())
    cover = rows(xlsx.render(sealed), "Cover")
    for row in (
        ["Seen by", "Experts and the secretariat"],
        ["Please note", "Illustrative"],
        ["", "Issued late"],
        ["Content hash", sealed.masthead.hash],
        ["Contents", "Needs by State"],
        ["Cover note", ""],
        ["1.", "First note."],
        ["Rows", 3.0],
    ):
        assert row in cover


def test_the_sheet_prints_with_its_head_its_reader_and_its_hash() -> None:
    sealed = seal(document())
    sheet = parts(xlsx.render(sealed))["xl/worksheets/sheet2.xml"]
    book = parts(xlsx.render(sealed))["xl/workbook.xml"]
    assert f"Content hash {sealed.masthead.hash}" in sheet
    assert "Experts and the secretariat" in sheet
    assert 'orientation="landscape"' in sheet
    assert 'fitToHeight="0"' in sheet
    assert '<autoFilter ref="A1:E4"/>' in sheet
    assert 'xSplit="1" ySplit="1"' in sheet
    assert "'By State'!$1:$1" in book


def test_an_empty_table_says_so() -> None:
    found = rows(xlsx.render(document(replace(NEEDS, rows=()))), "By State")
    assert found[1][0] == "No need is listed."


def test_a_document_reads_from_right_to_left() -> None:
    found = parts(xlsx.render(document(masthead=ARABIC)))
    assert 'rightToLeft="1"' in found["xl/worksheets/sheet1.xml"]
    assert 'rightToLeft="1"' in found["xl/worksheets/sheet2.xml"]
    assert 'readingOrder="2"' in found["xl/styles.xml"]
    assert "rightToLeft" not in parts(xlsx.render(document()))["xl/worksheets/sheet2.xml"]


def test_an_empty_cell_is_not_written_and_looks_as_its_column() -> None:
    silent = replace(NEEDS, rows=(("Valley", *[None] * (len(NEEDS.columns) - 1)),))
    sheet = parts(xlsx.render(document(silent)))["xl/worksheets/sheet2.xml"]
    assert 'r="A2"' in sheet
    assert 'r="B2"' not in sheet
    columns = sheet[sheet.index("<cols>") : sheet.index("</cols>")]
    assert columns.count("style=") == columns.count("<col ") > 0


@settings(deadline=None)
@given(TEXTS)
def test_any_text_stays_text(text: str) -> None:
    data = xlsx.render(with_text(text))
    check_well_formed(data)
    sheet = opened(data).get_sheet_by_index(1).to_python(skip_empty_area=False)
    shown = visible(text)
    if shown:
        assert sheet == [[shown, shown], [shown, shown], [f"{shown}\n{shown}", ""]]


@settings(deadline=None)
@given(DOCUMENTS)
def test_any_document_makes_a_well_formed_workbook_with_every_row(any_document: Document) -> None:
    data = xlsx.render(any_document)
    check_well_formed(data)
    rows_written = max(1, len(any_document.table("needs").rows))
    sheet = parts(data)["xl/worksheets/sheet2.xml"]
    assert sheet.count("<row ") == 1 + rows_written


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://example.org")',
        "http://example.org",
        "0012",
        "<r></t></is></c><c r='Z9'><f>1+1</f></c></r>",
        "_x0041_",
        "{=1}",
        " spaced ",
        "",
    ],
)
def test_what_looks_like_something_else_is_written_as_it_stands(text: str) -> None:
    table = replace(
        NEEDS, rows=((text, None, Phrase(text=text, language="fr", direction="ltr"), None, 1),)
    )
    data = xlsx.render(document(table))
    check_well_formed(data)
    _, row = rows(data, "By State")
    assert row == [text, "", text, "", 1.0]


@pytest.mark.parametrize("character", ["x", "界", "😀"])
def test_a_text_too_long_for_a_cell_stands_whole_in_the_last_sheet(character: str) -> None:
    long, other = character * 40_000, "y" * 32_767
    table = replace(NEEDS, rows=((long, None, other, None, 1), ("b", None, long, None, 2)))
    data = xlsx.render(document(table))
    _, first, second = rows(data, "By State")
    continued = rows(data, "Continued")
    assert first[0].endswith("… [1]")
    assert first[2] == other
    assert second[2].endswith("… [2]")
    for mark in ("[1]", "[2]"):
        assert "".join(piece for sign, piece in continued if sign == mark) == long


def test_no_text_takes_the_hash_from_the_foot_of_the_page() -> None:
    hostile = replace(MASTHEAD, symbol="R&G &P &[Picture]", seen_by="&" * 500)
    sealed = seal(document(masthead=hostile))
    sheet = parts(xlsx.render(sealed))["xl/worksheets/sheet2.xml"]
    assert f"Content hash {sealed.masthead.hash}" in sheet
    assert "&amp;LR\uff06G \uff06P" in sheet


def test_a_table_longer_than_a_sheet_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "ROWS", 3)
    with pytest.raises(ValueError, match="table needs: 3 rows, a sheet holds 2"):
        xlsx.render(document())


@given(st.lists(TEXTS, min_size=1, max_size=12))
def test_sheet_names_are_legal_and_unlike(wanted: list[str]) -> None:
    names = sheets.SheetNames()
    taken = [names.take(name) for name in [*wanted, *wanted]]
    assert len({name.casefold() for name in taken}) == len(taken)
    for name in taken:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name.strip("'") == name
        assert name.casefold() != "history"


def test_links_of_the_cover_lead_to_sheets_with_awkward_names() -> None:
    twin = replace(NEEDS, key="twin", caption="State's [needs]: a/b?")
    section = Section(key="s", title="Both", blocks=(NEEDS, twin))
    data = xlsx.render(replace(document(), sections=(section,)))
    links = parts(data)["xl/worksheets/sheet1.xml"]
    assert opened(data).sheet_names == ["Cover", "Needs by State", "State's needs a b"]
    assert "'State''s needs a b'!A1" in links


def test_widths_stay_within_reason() -> None:
    columns = (
        Column(key="a", label="A", width=500),
        Column(key="b", label="B", kind="code", width=1),
    )
    table = replace(NEEDS, columns=columns, rows=(("x", "y"),))
    sheet = parts(xlsx.render(document(table, ARABIC)))["xl/worksheets/sheet2.xml"]
    assert 'width="100.7109375"' in sheet
    assert 'width="4.7109375"' in sheet


def test_the_file_names_no_person_and_no_moment() -> None:
    found = parts(xlsx.render(document()))["docProps/core.xml"]
    assert "Counter-Terrorism Committee" in found
    assert found.count("1980-01-01T00:00:00Z") == 2


def test_a_document_of_prose_alone_is_a_cover() -> None:
    prose = Document(masthead=ARABIC, labels=document().labels, sections=document().sections[:1])
    assert opened(xlsx.render(prose)).sheet_names == ["Cover"]
