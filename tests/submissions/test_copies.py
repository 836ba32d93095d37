"""Files that go with contributions, through the doors: from the draft to the tombstone."""

import hashlib
import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from clearinghouse.access.errors import Invalid
from clearinghouse.files import actions as files
from clearinghouse.files.models import StoredFile
from clearinghouse.files.queries import open_
from clearinghouse.submissions import actions
from clearinghouse.submissions.actions.copies import Brought
from clearinghouse.submissions.models import Copy, Submission
from clearinghouse.submissions.queries.copies import by_entry, copies_of
from clearinghouse.submissions.rules.kinds import Kind
from clearinghouse.submissions.rules.workflow import State as Stage
from tests.api.test_writes import Program, problem, token
from tests.committee import NOW, Committee
from tests.files import samples
from tests.submissions.test_directory import page, words_of
from tests.web.desk import Desk, faults, fresh, text, the_submission

NOTE = samples.docx("A note", author="Jane Example")  # once: a document tells when it was made


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


def word(name: str = "note.docx") -> Any:
    return SimpleUploadedFile(name, NOTE)


def shown(one: Submission) -> list[Copy]:
    return copies_of(one)


def fetched(address: str) -> Any:
    return Client().get(address)


def list_again(committee: Committee, one: Submission) -> None:
    author, office, now = (
        committee.actor("focal_xio"),
        committee.actor("secretariat"),
        committee.now,
    )
    actions.submit(one, by=author, now=now)
    actions.take_up(one, by=office, now=now)
    actions.list_(one, by=office, now=now)


def test_from_the_form_to_the_public_and_to_the_tombstone(committee: Committee) -> None:
    """The story of one note: attached with the words, seen in review, read by all, withdrawn."""
    focal, office = Desk(committee, "focal_xio"), Desk(committee, "secretariat")
    sent: dict[str, Any] = {"copy": word(), "copy_language": "fr", "copy_edition": "2nd edition"}
    focal.begin(do="submit", **sent)
    one = the_submission()
    (copy,) = shown(one)
    address = reverse("desk-submission-copy", args=[one.pk, copy.pk])
    assert "author: Jane Example" in text(focal.get("desk-submission", one.pk))
    got = office.client.get(address)
    assert got["Content-Disposition"].startswith("attachment")
    assert got["Cache-Control"] == "no-store"
    assert hashlib.sha256(got.content).hexdigest() == copy.digest
    assert Document(io.BytesIO(got.content)).core_properties.author == ""
    assert Document(io.BytesIO(open_(copy.file))).core_properties.author == "Jane Example"
    for other in ("focal_xro", "mission_xa", "member_xb", "nobody"):
        assert Desk(committee, other).client.get(address).status_code == 404
    office.step("take-up", one)
    office.step("list", one)
    code = fresh(one).entry
    public = reverse("entry-copy", args=[code, copy.pk])
    assert f'href="{public}"' in fetched(reverse("standard", args=[code])).content.decode()
    assert fetched(public).content == got.content
    focal.step("withdraw", one, because="superseded")
    assert public not in fetched(reverse("standard", args=[code])).content.decode()
    assert fetched(public).status_code == 404
    assert focal.client.get(address).status_code == 200  # the body keeps what it gave


def test_a_revision_goes_on_with_the_copies_and_older_ones_stay_with_theirs(
    committee: Committee,
) -> None:
    listed, first = committee.with_copy(Stage.LISTED)
    by, now = committee.actor("focal_xio"), committee.now
    revision = actions.revise(listed, by=by, now=now)
    (carried,) = shown(revision)
    assert (carried.file_id, carried.digest) == (first.file_id, first.digest)
    focal = Desk(committee, "focal_xio")
    sent = {"copy": word("new.docx"), "copy_replaces": str(carried.pk)}
    assert focal.step("attach", revision, **sent).status_code == 303
    assert [each.file.name for each in shown(revision)] == ["new.docx"]
    assert [each.file.name for each in shown(listed)] == ["note.txt"]
    public = reverse("entry-copy", args=[listed.entry, first.pk])
    assert fetched(public).status_code == 200  # until the revision is listed
    list_again(committee, fresh(revision))
    assert fetched(public).status_code == 404
    assert "new.docx" in page(f"/en/entries/{listed.entry}/")
    assert focal.get("desk-submission-copy", listed.pk, first.pk).content == b"A note."


def test_a_copy_removed_from_a_revision_stays_with_what_was_listed(committee: Committee) -> None:
    listed, first = committee.with_copy(Stage.LISTED)
    revision = actions.revise(listed, by=committee.actor("focal_xio"), now=committee.now)
    focal, (carried,) = Desk(committee, "focal_xio"), shown(revision)
    focal.post("desk-submission-detach", revision.pk, carried.pk, version=fresh(revision).version)
    assert (shown(revision), shown(listed)) == ([], [first])
    list_again(committee, fresh(revision))
    assert "note.txt" not in page(f"/en/entries/{listed.entry}/")


def test_a_copy_removed_from_a_draft_is_destroyed_and_its_bytes_swept(
    committee: Committee,
) -> None:
    one, copy = committee.with_copy()
    focal = Desk(committee, "focal_xio")
    focal.post("desk-submission-detach", one.pk, copy.pk, version=fresh(one).version)
    assert shown(one) == []
    assert not StoredFile.objects.unscoped("test").filter(pk=copy.file_id).exists()
    assert files.sweep(committee.now).missing == []


@pytest.mark.parametrize(
    ("sent", "place"),
    [
        ({"copy": SimpleUploadedFile("run.exe", b"MZ\x90\0")}, "copy"),
        ({"copy": SimpleUploadedFile("empty.pdf", b"")}, "copy"),
        ({"copy": SimpleUploadedFile("note.pdf", b"not one")}, "copy"),
        ({"copy": SimpleUploadedFile("mail.eml", b"From: a@example.org\n\nText\n")}, "copy"),
        ({"copy": word(), "copy_language": "xx"}, "copy_language"),
        ({"copy": word(), "copy_edition": "x" * 121}, "copy_edition"),
    ],
)
def test_a_file_that_is_not_taken_is_refused_at_its_place_and_nothing_is_kept(
    committee: Committee, sent: dict[str, Any], place: str
) -> None:
    """With the words of the contribution, and alone; what was typed stays on the page."""
    focal = Desk(committee, "focal_xio")
    answer = focal.begin(do="submit", **sent)
    assert (answer.status_code, list(faults(answer))) == (400, [place])
    assert "Model code of conduct" in answer.content.decode()
    assert not Submission.objects.unscoped("test").exists()
    one = committee.submission()
    sent["copy"].seek(0)
    answer = focal.step("attach", one, **sent)
    assert (answer.status_code, list(faults(answer))) == (400, [place])
    assert (shown(one), fresh(one).version) == ([], 1)


def test_the_same_file_is_attached_once(committee: Committee) -> None:
    """A second click sends it again: one contribution, one copy. By hand it is told."""
    focal = Desk(committee, "focal_xio")
    for _ in range(2):
        focal.begin(copy=word())
    one = the_submission()
    assert len(shown(one)) == 1
    answer = focal.step("attach", one, copy=word("other.docx"))
    assert "attached already, as note.docx" in text(answer)


def test_a_kind_without_copies_takes_none(committee: Committee) -> None:
    """The form has no place for one, the step is not there, and the field is refused by name."""
    focal, now = Desk(committee, "mission_xa"), committee.now
    one = committee.submission(kind=Kind.NEED)
    assert "Copies that go with it" not in text(focal.get("desk-submission", one.pk))
    assert focal.step("attach", one, copy=word()).status_code == 409
    brought = Brought(file=files.Offered(name="a.txt", content=b"a"))
    with pytest.raises(Exception, match="attach is not open"):
        actions.attach(one, brought, by=committee.actor("mission_xa"), now=now)


def test_after_it_is_handed_in_nothing_is_attached_or_removed(committee: Committee) -> None:
    one, copy = committee.with_copy(Stage.SUBMITTED)
    focal = Desk(committee, "focal_xio")
    assert focal.step("attach", one, copy=word()).status_code == 409
    version = fresh(one).version
    answer = focal.post("desk-submission-detach", one.pk, copy.pk, version=version)
    assert (answer.status_code, shown(one)) == (409, [copy])


def test_another_s_copy_is_neither_read_nor_put_in_place(committee: Committee) -> None:
    """A copy is reached only through its own contribution."""
    theirs, copy = committee.with_copy(reference="one")
    mine = committee.submission()
    focal = Desk(committee, "focal_xio")
    assert focal.get("desk-submission-copy", mine.pk, copy.pk).status_code == 404
    focal.step("attach", mine, copy=word(), copy_replaces=str(copy.pk))
    assert (len(shown(mine)), len(shown(theirs))) == (1, 1)
    answer = focal.post("desk-submission-detach", mine.pk, copy.pk, version=fresh(mine).version)
    assert answer.status_code == 404


def test_no_more_than_so_many(committee: Committee) -> None:
    one, _ = committee.with_copy()
    by, now = committee.actor("focal_xio"), committee.now

    def more(n: int) -> None:
        offered = files.Offered(name=f"{n}.txt", content=f"{n}".encode())
        actions.attach(one, Brought(file=offered), by=by, now=now)

    for n in range(11):
        more(n)
    with pytest.raises(Invalid, match="12 copies"):
        more(11)


def test_the_directory_in_print_names_the_copies(committee: Committee) -> None:
    committee.with_copy(Stage.LISTED)
    told = words_of("/en/directory.docx?section=guidance")
    assert "Copies to read: note.txt (TXT, 1 kB, Français, 2nd edition)" in told


def test_many_entries_are_asked_for_at_once(committee: Committee) -> None:
    """As many questions for three as for one."""
    asked = []
    codes = []
    for n in range(3):
        codes.append(committee.with_copy(Stage.LISTED, reference=str(n))[0].entry)
        with CaptureQueriesContext(connection) as seen:
            found = by_entry(Kind.GUIDANCE_NOTE, codes)
        asked.append(len(seen))
        assert set(found) == set(codes)
    assert len(set(asked)) == 1


def test_a_program_attaches_replaces_and_removes(committee: Committee) -> None:
    program = Program(token(committee))
    begun = program.say("submissions/standard", {"title": {"en": "Code"}}, Idempotency_Key="k")
    one = f"submissions/standard/{begun.json()['id']}"
    asked = "?name=note.docx&language=fr&edition=2nd"
    media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    got = program.post(f"{one}/copies{asked}", samples.docx(), media, If_Match='"1"')
    (copy,) = got.json()["copies"]
    assert (copy["name"], copy["language"], copy["edition"], copy["url"]) == (
        "note.docx",
        "fr",
        "2nd",
        None,
    )
    assert got["ETag"] == '"2"'
    again = f"{one}/copies?name=a.txt&replaces={copy['id']}"
    got = program.post(again, b"A note.", "text/plain", If_Match='"2"')
    (copy,) = got.json()["copies"]
    assert (copy["name"], copy["type"]) == ("a.txt", "txt")
    assert problem(program.post(f"{one}/copies", b"x", "text/plain")) == (428, "unconditional")
    refused = program.post(f"{one}/copies?language=xx", b"x", "text/plain", If_Match='"3"')
    assert problem(refused) == (400, "invalid")
    gone = program.post(f"{one}/copies/{copy['id']}/remove", If_Match='"3"')
    assert gone.json()["copies"] == []


def test_a_program_finds_the_copies_of_an_entry(committee: Committee) -> None:
    listed, copy = committee.with_copy(Stage.LISTED)
    (told,) = fetched(f"/api/v1/entries/{listed.entry}/copies").json()["results"]
    assert told["sha256"] == copy.digest == hashlib.sha256(b"A note.").hexdigest()
    assert fetched(told["url"]).content == b"A note."
    by = committee.actor("focal_xio")
    actions.withdraw(fresh(listed), "superseded", by=by, now=committee.now)
    assert fetched(f"/api/v1/entries/{listed.entry}/copies").json()["results"] == []
