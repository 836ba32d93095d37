"""The shipped fonts: each is as the sheet says, and the six languages can be read in them."""

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from clearinghouse.kernel import languages
from tools import web_fonts

STATIC = web_fonts.STATIC
# A sentence of each, with what is particular to it.
SENTENCES = {
    "ar": "العربية: قرار مجلس الأمن ١٣٧٣ (٢٠٠١)، لا إله؟",
    "zh": "安全理事会反恐怖主义委员会，第1373（2001）号决议。",
    "en": "The Committee’s “matrix of needs”: 1373 (2001) – §2…",
    "fr": "Où l’œuvre du Comité s’achève, çà et là : « besoins » — Noël",
    "ru": "Контртеррористический комитет, резолюция № 1373: объём, «ёж»",
    "es": "¿Año? ¡Sí! Comité contra el Terrorismo, acción, pingüino",
}


def test_the_sheet_and_the_files_are_as_the_tool_cuts_them() -> None:
    assert (STATIC / "css/fonts.css").read_text() == web_fonts.sheet()
    shipped = {path.name for path in (STATIC / "fonts").glob("*.woff2")}
    assert shipped == {cut.file for cut in web_fonts.CUTS}
    assert "SIL OPEN FONT LICENSE" in (STATIC / "fonts/OFL.txt").read_text()


@pytest.mark.parametrize("cut", web_fonts.CUTS, ids=lambda cut: cut.file)
def test_a_font_holds_nothing_but_its_script(cut: web_fonts.Cut) -> None:
    letters = set(TTFont(STATIC / "fonts" / cut.file).getBestCmap())
    assert letters <= cut.characters()
    assert letters


@pytest.mark.parametrize("language", [each.code for each in languages.OFFICIAL])
def test_every_official_language_can_be_read_in_the_shipped_fonts(language: str) -> None:
    known: set[int] = set()
    for cut in web_fonts.CUTS:
        if cut.weight == 400:
            known |= set(TTFont(STATIC / "fonts" / cut.file).getBestCmap())
    assert {letter for letter in SENTENCES[language] if ord(letter) not in known} == set()


def test_a_page_in_english_fetches_little() -> None:
    western = [cut for cut in web_fonts.CUTS if "western" in cut.file]
    assert sum((STATIC / "fonts" / cut.file).stat().st_size for cut in western) < 60_000


def test_no_file_covers_what_another_of_its_family_and_weight_covers() -> None:
    for cut in web_fonts.CUTS:
        others = [
            one.characters() for one in web_fonts.CUTS
            if (one.family, one.weight) == (cut.family, cut.weight) and one is not cut
        ]  # fmt: skip
        assert all(not cut.characters() & other for other in others), cut.file


def test_the_families_named_first_are_those_shipped() -> None:
    tokens = Path(STATIC / "css/tokens.css").read_text()
    named = re.findall(r'--font-(?:text|title): "([^"]+)"', tokens)
    assert set(named) <= {cut.family for cut in web_fonts.CUTS}
    assert len(named) == 4
