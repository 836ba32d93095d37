"""Documents of meetings handed in as files: who gets them, what is taken out, what is refused."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clearinghouse.files.models import StoredFile
from clearinghouse.files.rules import Type
from clearinghouse.ledger.verify import verify
from clearinghouse.meetings.models import MeetingDocument
from tests.committee import NOW, Committee
from tests.files import samples
from tests.web.desk import Desk, faults, text

CODE = "meeting-2025"
SAID = {"title-en": "Draft outcome", "symbol": "EX/1", "url": ""}
RESTRICTED = SAID | {"is_restricted": "on"}


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def the_document() -> MeetingDocument:
    return MeetingDocument.objects.unscoped("a test looks").get()


def kept() -> list[StoredFile]:
    return list(StoredFile.objects.unscoped("a test looks").order_by("edition"))


def address(edition: int = 1) -> str:
    return reverse("meeting-document", args=[the_document().pk, kept()[edition - 1].pk])


def test_a_file_is_read_by_whoever_may_see_the_document(committee: Committee) -> None:
    office = Desk(committee, "secretariat")
    author = samples.docx("The text.", author="A. Drafter")
    sent = office.post("desk-meeting-document", CODE, file=upload("a.docx", author), **RESTRICTED)
    assert sent.status_code == 303
    assert "A. Drafter" in text(office.get("desk-meeting", CODE))
    member = Desk(committee, "member_xb")
    assert "A. Drafter" not in text(member.get("desk-meeting", CODE))
    assert address() in member.get("desk-meeting", CODE).content.decode()
    given = member.client.get(address())
    assert given.status_code == 200
    assert given["Content-Disposition"].startswith("attachment;")
    assert given["X-Content-Type-Options"] == "nosniff"
    assert given["Content-Security-Policy"].startswith("sandbox")
    assert given["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(given.content)) as copy:
        parts = b"".join(copy.read(name) for name in copy.namelist())
    assert b"The text." in parts
    assert b"A. Drafter" not in parts

    guest = Desk(committee, "focal_xro")
    shut = guest.client.get(address())
    absent = guest.client.get(reverse("meeting-document", args=[kept()[0].pk, kept()[0].pk]))
    assert (shut.status_code, absent.status_code) == (404, 404)
    committee.guest()
    assert guest.client.get(address()).status_code == 200
    assert Desk(committee, "public").client.get(address()).status_code == 404
    assert verify() is None


def test_a_public_document_is_everybodys_until_it_is_taken_back(committee: Committee) -> None:
    office, public = Desk(committee, "secretariat"), Desk(committee, "public")
    file = upload("a.pdf", samples.GOOD[Type.PDF])
    assert office.post("desk-meeting-document", CODE, file=file, **SAID).status_code == 303
    assert "PDF, 1 kB" in text(public.get("meeting", CODE))
    assert public.client.get(address()).content == samples.GOOD[Type.PDF]
    version = the_document().version
    office.post("desk-meeting-document-withdraw", the_document().pk, version=version)
    assert public.client.get(address()).status_code == 404
    assert office.client.get(address()).status_code == 404


def test_a_later_edition_takes_its_place(committee: Committee) -> None:
    office, public = Desk(committee, "secretariat"), Desk(committee, "public")
    office.post("desk-meeting-document", CODE, file=upload("a.txt", b"The first.\n"), **SAID)
    document, route = the_document(), "desk-meeting-document-file"
    second = {"version": document.version, "written_in": "fr"}
    sent = office.post(route, document.pk, file=upload("a.txt", b"The second.\n"), **second)
    late = office.post(route, document.pk, file=upload("a.txt", b"The third.\n"), **second)
    assert (sent.status_code, late.status_code) == (303, 409)
    assert [(f.edition, f.language) for f in kept()] == [(1, ""), (2, "fr")]
    page = public.get("meeting", CODE)
    assert "Français · edition 2" in text(page)
    assert address(1) not in page.content.decode()
    assert public.client.get(address(2)).content == b"The second.\n"
    assert public.client.get(address(1)).status_code == 404
    assert office.client.get(address(1)).content == b"The first.\n"
    assert verify() is None


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"MZ\x90\x00 not a PDF", "pdf"),
        ("a.exe", samples.GOOD[Type.PDF], "exe"),
        ("a.xlsx", samples.zip_bomb(), "sheet1.xml"),
        ("a.xlsx", samples.billion_laughs(), "xl/"),
        ("a.txt", b"", ""),
        ("a.docx", b"PK\x03\x04 broken", ""),
    ],
)
def test_a_file_that_is_not_fit_is_refused_at_its_place(
    committee: Committee, name: str, content: bytes, said: str
) -> None:
    office = Desk(committee, "secretariat")
    sent = office.post("desk-meeting-document", CODE, file=upload(name, content), **RESTRICTED)
    assert sent.status_code == 400
    why = sent.content.decode().partition('class="fault-summary"')[2].partition("</ul>")[0]
    assert "document_file" in why
    assert said in why, why
    assert not MeetingDocument.objects.unscoped("a test looks").exists()
    assert kept() == []


def test_an_unfit_edition_changes_nothing(committee: Committee) -> None:
    committee.document()
    office, document = Desk(committee, "secretariat"), the_document()
    for file in ({"file": upload("a.pdf", b"no")}, {}):
        sent = office.post(
            "desk-meeting-document-file", document.pk, version=document.version, **file
        )
        assert sent.status_code == 400
        assert faults(sent) == {} or "file" in str(faults(sent))
    assert (kept(), the_document().version) == ([], document.version)
