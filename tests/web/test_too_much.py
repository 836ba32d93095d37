"""What is larger than a form may be is refused in the reader's language, and changes nothing."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from clearinghouse.ledger.models import Entry
from tests.committee import Committee
from tests.web.desk import Desk

FIELDS = {f"field-{n}": "x" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
BYTES = {"summary-en": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}
TITLE = "This is more than can be taken at once"


def titled(html: str) -> str:
    found = re.search(r'<h1 class="refusal__title">(.*?)</h1>', html)
    return found[1] if found else ""


@pytest.mark.parametrize("form", [FIELDS, BYTES], ids=["fields", "bytes"])
@pytest.mark.parametrize("language", ["en", "ar-xb"])
def test_too_much_is_refused_in_the_language_of_the_page(
    committee: Committee, form: dict[str, str], language: str
) -> None:
    client = Desk(committee, "focal_xio").client
    before = Entry.objects.unscoped("a test counts").count()
    with translation.override(language):
        address = reverse("desk-submission-new", args=["standard"])
        title = translation.gettext(TITLE)
    answer = client.post(address, form)
    html = answer.content.decode()
    assert answer.status_code == 413
    assert f'<html lang="{language}"' in html
    assert titled(html) == title
    assert (title == TITLE) == (language == "en")
    assert "focal_xio" in html, "the reader is still signed in"
    assert Entry.objects.unscoped("a test counts").count() == before


@pytest.mark.parametrize("form", [FIELDS, BYTES], ids=["fields", "bytes"])
def test_whoever_is_not_signed_in_learns_no_more(
    committee: Committee, form: dict[str, str]
) -> None:
    answer = Client().post("/en/account/reset/", form)
    assert answer.status_code == 413
    assert titled(answer.content.decode()) == TITLE
    assert committee.accounts["focal_xio"].email not in answer.content.decode()
