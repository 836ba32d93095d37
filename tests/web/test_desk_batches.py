"""A focal point brings a file in on the desk, the secretariat lists it, and it is undone."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from clearinghouse.batches.actions import errands
from clearinghouse.batches.models import Batch
from clearinghouse.batches.rules.workflow import State
from clearinghouse.directory.queries import owned
from clearinghouse.files.rules import LARGEST
from clearinghouse.people.models import Token
from clearinghouse.submissions.rules.kinds import Kind
from tests.batches.activities import HEAD, TAIL, activity
from tests.batches.files import made, several
from tests.committee import Committee
from tests.web.desk import Desk

KIND = Kind.GUIDANCE_NOTE


def send(desk: Desk, content: bytes, name: str = "own.csv", **more: str) -> Any:
    said = {"kind": KIND.value, "body": "XIO", "key": "key-1"} | more
    return desk.post("desk-batches", file=SimpleUploadedFile(name, content), **said)


def batch() -> Batch:
    return Batch.objects.unscoped("test").get()


def take(desk: Desk, step: str, **more: str) -> Any:
    one = batch()
    return desk.post("desk-batch-step", one.pk, step, version=str(one.version), **more)


def test_from_file_to_register_and_back(committee: Committee) -> None:
    author, office = Desk(committee, "focal_xio"), Desk(committee, "secretariat")
    assert "What the file holds" in author.get("desk-batches").content.decode()
    told = send(author, made(KIND, "csv", several(KIND)).content)
    assert told.status_code == 303
    page = author.client.get(told["Location"]).content.decode()
    assert "Read as UTF-8, with commas between the columns." in page
    assert page.count(">new<") == 3
    assert office.get("desk-batch", batch().pk).status_code == 404
    assert take(author, "hand_in").status_code == 303
    assert "Rows to leave out" in office.get("desk-batch", batch().pk).content.decode()
    assert take(office, "apply", left_out="what?").status_code == 400
    done = take(office, "apply", left_out="3: say which edition")
    assert done.status_code == 303
    body = committee.body("XIO")
    assert [e.reference for e in owned(body, KIND)] == ["R-1", "R-3"]
    assert "say which edition" in author.get("desk-batch", batch().pk).content.decode()
    assert take(author, "undo").status_code == 303
    assert (owned(body, KIND), batch().state) == ([], State.UNDONE)


def test_a_large_file_shows_how_far_it_is_and_tells_who_reviews(committee: Committee) -> None:
    author, office = Desk(committee, "focal_xio"), Desk(committee, "secretariat")
    told = send(author, made(KIND, "csv", several(KIND)).content + b"\n" * 1_000)
    page = author.client.get(told["Location"]).content.decode()
    assert "being read" in page
    assert "Rows read: 0" in page
    assert "See how far it is" in page
    assert "Hand it in" not in page
    assert errands.do_next(lambda: committee.now)
    page = author.client.get(told["Location"]).content.decode()
    assert page.count(">new<") == 3
    assert "See how far it is" not in page
    assert "handed this file in" not in office.get("desk").content.decode()
    take(author, "hand_in")
    assert "handed this file in on" in office.get("desk").content.decode()


def test_why_a_large_file_could_not_be_read_stands_on_its_page(committee: Committee) -> None:
    author = Desk(committee, "focal_xio")
    told = send(author, b"title[en],listed\n" + b"A,yes\n" * 1_001)
    assert errands.do_next(lambda: committee.now)
    page = author.client.get(told["Location"]).content.decode()
    assert "could not be read" in page
    assert "B1: There is no column “listed”" in page


def test_what_changes_is_shown_before_and_after(committee: Committee) -> None:
    committee.entry(KIND, reference="N-1", title={"en": "Old title"})
    author = Desk(committee, "focal_xio")
    own = author.get("desk-batch-own", KIND.value, "csv")
    assert "attachment" in own["Content-Disposition"]
    told = send(author, own.content.replace(b"Old title", b"New title"))
    page = author.client.get(told["Location"]).content.decode()
    cells = re.findall(r"(?s)<td[^>]*>(.*?)</td>", page)
    said = [re.sub(r"<[^>]+>|\s+", " ", cell).strip() for cell in cells]
    assert said[-3:] == ["Title", "Old title", "New title"]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_its_own_file_brought_in_again_changes_nothing(committee: Committee, ending: str) -> None:
    committee.entry(KIND)
    author = Desk(committee, "focal_xio")
    own = author.get("desk-batch-own", KIND.value, ending)
    assert send(author, own.content, f"own.{ending}").status_code == 303
    assert batch().counts["unchanged"] == sum(batch().counts.values()) == 1


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"title[en],listed\nA,yes\n", "own.csv", "B1: There is no column “listed”"),
        (b"title[en]\nA\0\n", "own.csv", "Line 2 holds a NUL character"),
        (b"x", "own.exe", "ending"),
        (b"", "own.csv", "empty"),
    ],
)
def test_a_file_that_is_not_taken_says_why_beside_it(
    committee: Committee, content: bytes, name: str, said: str
) -> None:
    told = send(Desk(committee, "focal_xio"), content, name)
    assert told.status_code == 400
    assert said in told.content.decode()
    assert not Batch.objects.unscoped("test").exists()


def test_faulty_rows_are_told_and_the_file_goes_nowhere(committee: Committee) -> None:
    author = Desk(committee, "focal_xio")
    rows = [*several(KIND, 1), ("", {"title": {"en": "Without a summary"}})]
    page = author.client.get(send(author, made(KIND, "csv", rows).content)["Location"])
    text = page.content.decode()
    assert "This field is needed." in text
    assert "Hand it in" not in text
    assert take(author, "hand_in").status_code == 400
    assert batch().state == State.CHECKED


def test_a_second_click_finds_the_first_batch(committee: Committee) -> None:
    author, content = Desk(committee, "focal_xio"), made(KIND, "csv", several(KIND)).content
    first, again = send(author, content), send(author, content)
    assert first["Location"] == again["Location"]
    other = send(author, content + b"\n")
    assert "use a new one" in other.content.decode()


def test_a_token_is_shown_once_and_revoked(committee: Committee) -> None:
    author, seat = Desk(committee, "focal_xio"), str(committee.seats["focal_xio"].pk)
    said = {"seat": seat, "label": "courses", "scopes": ["read"], "days": "30"}
    page = author.post("desk-token-make", **said).content.decode()
    [shown] = re.findall(r"chs_[\w-]{43}", page)
    api = author.client.get("/api/v1/areas", headers={"Authorization": f"Bearer {shown}"})
    assert api.status_code == 200
    page = author.get("desk-tokens").content.decode()
    assert shown not in page
    assert "courses" in page
    token = Token.objects.unscoped("test").get()
    other = Desk(committee, "focal_xro")
    assert other.post("desk-token-revoke", token.pk).status_code == 404
    assert author.post("desk-token-revoke", token.pk).status_code == 303
    gone = author.client.get("/api/v1/areas", headers={"Authorization": f"Bearer {shown}"})
    assert gone.status_code == 401
    foreign = str(committee.seats["focal_xro"].pk)
    assert author.post("desk-token-make", **(said | {"seat": foreign})).status_code == 400


def test_what_a_donor_published_comes_in_by_the_clock_and_says_what_was_left(
    committee: Committee,
) -> None:
    author = Desk(committee, "focal_xio")
    content = (HEAD + activity(1, "<result/>") + activity(2) + TAIL).encode()
    told = send(author, content, "published.xml", kind=Kind.ASSISTANCE_ACTIVITY.value)
    assert "Rows read: 0" in author.client.get(told["Location"]).content.decode()
    assert errands.do_next(lambda: committee.now)
    page = author.client.get(told["Location"]).content.decode()
    assert page.count(">new<") == 2
    assert "element result: 1, first on line 5" in page
    file = author.get("desk-batch-file", batch().pk)
    assert (file.content, "attachment" in file["Content-Disposition"]) == (content, True)
    report = author.get("desk-batch-file", batch().pk, part="report")
    assert report.json()["activities"] == 2
    assert author.get("desk-batch-file", batch().pk, part="none").status_code == 400


def test_a_published_file_that_is_not_taken_says_why(committee: Committee) -> None:
    author, kind = Desk(committee, "focal_xio"), Kind.ASSISTANCE_ACTIVITY.value
    entity = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><iati-activities>&x;'
    for content, said in (
        (entity, "a document type is defined"),
        (b"<html/>", "this is no file of IATI activities"),
        (HEAD.encode() + b" " * LARGEST, "clearinghouse import iati"),
        (b" " * (settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 1), "larger than a file sent here"),
    ):
        told = send(author, content, "published.xml", kind=kind)
        assert told.status_code == 400
        assert said in told.content.decode().rpartition('class="field')[0]
    assert not Batch.objects.unscoped("test").exists()
