"""A State on paper: what its page says, without navigation, with the day and who may see it."""

from django.test import Client

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
