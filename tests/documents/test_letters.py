"""Letters and notes verbales, in every format that bears one."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document as Word
from pypdf import PdfReader

from clearinghouse.documents import docx, html, pdf, structured, xlsx
from clearinghouse.documents.model import Document, Letter, Phrase
from tests.documents.samples import ARABIC, LETTER, NOTE_VERBALE, letter
from tests.documents.test_same_bytes import cover

SAID = (
    "The Permanent Representative of Atlantis",
    "New York",
    "CTC/2007/12",
    "Excellency,",
    "I have the honour to refer",
    "assurances of my highest consideration",
    "Chair of the Committee",
    "Enclosures",
    "Matrix of needs",
)


def as_pdf(one: Document) -> str:
    pages = PdfReader(BytesIO(pdf.render(one))).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def as_docx(one: Document) -> str:
    return "\n".join(p.text for p in Word(BytesIO(docx.render(one))).paragraphs)


READ: dict[str, Callable[[Document], str]] = {
    "pdf": as_pdf,
    "docx": as_docx,
    "html": html.fragment,
    "xlsx": lambda one: cover(xlsx.render(one)),
}


@pytest.mark.parametrize("name", READ)
def test_nothing_of_a_letter_is_lost(name: str) -> None:
    shown = READ[name](letter())
    for words in SAID:
        assert words in shown, words


@pytest.mark.parametrize("name", ["pdf", "docx"])
def test_a_letter_has_no_title_and_its_date_stands_once(name: str) -> None:
    for form in (LETTER, NOTE_VERBALE):
        one = letter(form)
        named = replace(one, masthead=replace(one.masthead, title="Named in the file alone"))
        shown = READ[name](named)
        assert "Named in the file alone" not in shown
        assert shown.count("1 March 2007") == 1


def test_a_note_verbale_is_initialled_not_signed() -> None:
    with pytest.raises(ValueError, match="initialled"):
        Letter(form="note-verbale", addressee=("x",), signatory=("A. B.",))


def test_a_letter_can_be_kept_and_read_back() -> None:
    arabic = replace(LETTER, salutation=Phrase(text="سعادة", language="ar", direction="rtl"))
    for one in (letter(arabic), letter(NOTE_VERBALE, ARABIC)):
        assert structured.read(structured.render(one)) == one


def test_its_pdf_is_tagged_and_bears_its_title() -> None:
    found = PdfReader(BytesIO(pdf.render(letter(NOTE_VERBALE, ARABIC))))
    assert found.metadata is not None
    assert found.metadata.title == ARABIC.title
    assert "/StructTreeRoot" in found.root_object


def test_a_correction_says_so_in_every_format() -> None:
    one = letter()
    corrected = replace(one, masthead=replace(one.masthead, revision="Corr.1"))
    for name, read in READ.items():
        assert "Corr.1" in read(corrected), name
