"""A State on paper: what its page says, without navigation, with the day and who may see it."""

import re
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from clearinghouse.needs.rules import Consent
from tests.committee import Committee


def test_the_sheet_says_what_the_page_says(committee: Committee, client: Client) -> None:
    shown = committee.need("XA", "police", Consent.PUBLIC, titles={"en": "Train analysts"})
    committee.need("XA", "police", Consent.NONE, titles={"en": "Kept by the State"})
    sheet = client.get("/en/states/XA/print/").text
    assert shown.titles["en"] in sheet
    assert "Kept by the State" not in sheet
    assert "<nav" not in sheet
    assert "Seen by" in sheet


def test_an_organisation_has_no_sheet(committee: Committee, client: Client) -> None:
    assert client.get("/en/states/XIO/print/").status_code == 404


def test_the_sheet_is_a_pdf_too(committee: Committee, client: Client) -> None:
    committee.need("XA", "police", Consent.PUBLIC, titles={"en": "Train analysts"})
    committee.need("XA", "customs", Consent.NONE, titles={"en": "Kept by the State"})
    answer = client.get("/en/states/XA/sheet.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="state-xa.pdf"'
    (page,) = PdfReader(BytesIO(answer.content)).pages
    shown = page.extract_text()
    assert "Train analysts" in shown
    assert "Seen by" in shown
    assert "Page 1 of 1" in shown
    assert "Kept by the State" not in shown


@pytest.mark.parametrize("language", ["en", "ar-xb"])
def test_some_needs_told_whole_stand_on_one_page(
    committee: Committee, client: Client, language: str
) -> None:
    for area in ("police", "customs"):
        titles = {"en": f"Train analysts, {area}"}
        told = {"en": "Twelve analysts for a new unit. The law is in force. " * 4}
        committee.need("XA", area, Consent.PUBLIC, titles=titles, descriptions=told)
    (page,) = PdfReader(BytesIO(client.get(f"/{language}/states/XA/sheet.pdf").content)).pages
    text = page.extract_text()
    assert "XA, XAX" in text
    assert not re.findall("[\u00ad\u200b\u202a-\u202e\u2066-\u2069]", text)


def test_an_organisation_has_no_sheet_as_pdf(committee: Committee, client: Client) -> None:
    assert client.get("/en/states/XIO/sheet.pdf").status_code == 404
