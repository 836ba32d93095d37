"""Letters on the desk: written, cleared by a second officer, signed, sent, answered; many at once."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from clearinghouse.crossings.deliver import deliver_next
from clearinghouse.letters.models import Batch, Letter
from clearinghouse.letters.rules.workflow import Means, State
from clearinghouse.notices.couriers import Folder
from tests.committee import Committee
from tests.web.desk import Desk, buttons, faults, text

HOSTILE = '#set page(fill: red) <w:t> & "x" \\ $a$ {body} [link] *b* =1+1'


def the_letter() -> Letter:
    return Letter.objects.unscoped("a test looks").select_related("body").get()


def take(desk: Desk, step: str, letter: Letter, **typed: Any) -> Any:
    version = {"version": fresh(letter).version}
    return desk.post(f"desk-letter-{step}", letter.pk, **version | typed)


def fresh(letter: Letter) -> Letter:
    return Letter.objects.unscoped("a test looks").get(pk=letter.pk)


def words_of(pdf: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(text.split())


def test_a_letter_from_the_first_word_to_the_reply(committee: Committee) -> None:
    first, second = Desk(committee, "secretariat"), Desk(committee, "secretariat_2")
    chair, focal = Desk(committee, "chair"), Desk(committee, "focal_xio")
    wrong = first.post("desk-letter-new", template="note-invite", body="XIO")
    assert (wrong.status_code, set(faults(wrong))) == (400, {"body"})
    begun = first.post("desk-letter-new", template="letter-invite", body="XIO")
    assert begun.status_code == 303
    letter = the_letter()
    page = first.get("desk-letter", letter.pk)
    assert "the field {matter} is not filled" in text(page)
    form = {
        "field-matter": "ports",
        "field-meeting": "meeting-2025",
        "field-answer_by": "2025-05-02",
        "address": letter.address,
        "subject": letter.subject_line,
        "opening": letter.opening,
        "passage": letter.passage + "\n\nAlso {nobody}.",
        "closing": letter.closing,
    }
    back = take(first, "edit", letter, **form)
    assert (back.status_code, faults(back)) == (
        400,
        {"passage": "Text: Paragraph 3: there is no field {nobody}."},
    )
    form["passage"] = letter.passage
    assert take(first, "edit", letter, **form).status_code == 303
    assert take(first, "clear", letter).status_code == 403
    assert "clear" in buttons(second.get("desk-letter", letter.pk))
    assert chair.get("desk-letter", letter.pk).status_code == 404
    assert take(second, "clear", letter).status_code == 303

    assert "sign" in buttons(chair.get("desk-letter", letter.pk))
    assert take(chair, "sign", letter).status_code == 303
    assert focal.get("desk-letter", letter.pk).status_code == 404
    sent = {"means": "email", "on": "2025-03-10"}
    assert take(first, "dispatch", letter, **sent | {"on": "soon"}).status_code == 400
    early = take(first, "dispatch", letter, **sent | {"on": "2003-01-01"})
    assert (early.status_code, set(faults(early))) == (400, {"on"})
    today = fresh(letter).dated
    assert take(first, "dispatch", letter, **sent | {"on": str(today)}).status_code == 303
    read = text(focal.get("desk-letter", letter.pk))
    assert "To speak of ports, at Example meeting, 10 June 2025." in read
    assert "Present text by" not in read
    received = {"receipt-on": str(today), "receipt-by": "Registry", "receipt-reference": "R/1"}
    assert take(first, "receive", letter, **received).status_code == 303
    scan = SimpleUploadedFile("reply.pdf", focal.get("desk-letter-file", letter.pk, "pdf").content)
    answer = {
        "reply-received_on": str(today),
        "reply-text": "We shall attend.",
        "reply-scan": scan,
    }
    assert take(first, "reply", letter, **answer).status_code == 303
    page = focal.get("desk-letter", letter.pk)
    assert "We shall attend." in text(page)
    (address,) = re.findall(r'href="([^"]+/scans/[^"]+)"', page.content.decode())
    got = focal.client.get(address)
    assert (got.status_code, got["X-Content-Type-Options"]) == (200, "nosniff")
    assert Desk(committee, "focal_xro").client.get(address).status_code == 404


def test_a_cleared_text_that_is_changed_is_a_draft_again(committee: Committee) -> None:
    letter, office = committee.letter(State.CLEARED), Desk(committee, "secretariat")
    assert "voids the clearance" in text(office.get("desk-letter-edit", letter.pk))
    late = office.post("desk-letter-edit", letter.pk, version=1, passage="Other")
    assert late.status_code == 409
    assert "Other" in late.content.decode()
    assert fresh(letter).state == State.CLEARED


def test_many_are_looked_at_before_any_is_drafted(committee: Committee) -> None:
    first, second = Desk(committee, "secretariat"), Desk(committee, "secretariat_2")
    address = "/en/desk/letters/bulk/?template=note-invite"
    form = {"group": "all", "field-matter": "ports", "field-meeting": "meeting-2025"}
    faulty: Any = first.client.post(address, form | {"do": "draft"})
    assert faulty.status_code == 400
    assert text(faulty).count("the field {answer_by} is not filled") == 4
    assert not Letter.objects.unscoped("test").exists()
    form["field-answer_by"] = "2025-05-02"
    looked = first.client.post(address, form | {"do": "preview"})
    assert (looked.status_code, "Draft 4 letters" in looked.content.decode()) == (200, True)
    assert not Letter.objects.unscoped("test").exists()
    done = first.client.post(address, form | {"do": "draft"})
    assert done.status_code == 303
    assert first.client.post(address, form | {"do": "draft"})["Location"] == done["Location"]
    batch = Batch.objects.unscoped("test").get()  # a second click drafts nothing more
    odd = first.post("desk-letters-batch-step", batch.pk, "receive", version=batch.version)
    assert odd.status_code == 404
    own = first.post("desk-letters-batch-step", batch.pk, "clear", version=batch.version)
    assert own.status_code == 403
    second.post("desk-letters-batch-step", batch.pk, "clear", version=batch.version)
    page = text(first.get("desk-letters-batch", batch.pk))
    assert page.index("L/20") < page.index("Borland") < page.index("Corland")
    assert first.post("desk-letters-batch-step", batch.pk, "initial", version=1).status_code == 409


def test_the_days_run_holds_every_letter_in_address_order(committee: Committee) -> None:
    committee.letter(State.INITIALLED, "XB")
    committee.letter(State.DISPATCHED, "XC")
    committee.letter(State.DISPATCHED, "XA")
    committee.letter(State.DRAFT, "XD")
    office = Desk(committee, "secretariat")
    page = office.get("desk-letters-run", day="2025-03-10")
    shown = text(page)
    assert shown.index("Arland") < shown.index("Corland")
    assert "Borland" not in shown  # it waits, and that is today's business, not that day's
    got = office.get("desk-letters-run-file", day="2025-03-10")
    with zipfile.ZipFile(io.BytesIO(got.content)) as zipped:
        names = zipped.namelist()
        assert [name[:6] for name in names] == ["000-sh", "001-XA", "002-XC"]
        assert "L/2025/0003" in words_of(zipped.read(names[1]))
        sheet = words_of(zipped.read(names[0]))
        assert sheet.index("Arland") < sheet.index("Corland")
        assert "L/2025/0003" in sheet
    assert office.get("desk-letters-run", day="soon").status_code == 400


def test_the_register_is_searched_and_narrowed(committee: Committee) -> None:
    committee.letter(State.DISPATCHED, "XA")
    committee.letter(State.CLEARED, "XIO")
    office = Desk(committee, "expert")
    assert "L/2025/0002" not in text(office.get("desk-letters", q="0001"))
    assert "Arland" not in text(office.get("desk-letters", form="letter"))
    assert "Arland" not in text(office.get("desk-letters", state="cleared"))
    assert office.get("desk-letters", state="x").status_code == 400
    own = text(Desk(committee, "mission_xa").get("desk-letters"))
    assert ("L/2025/0001" in own, "L/2025/0002" in own) == (True, False)


def test_what_is_typed_is_printed_and_never_obeyed(committee: Committee) -> None:
    letter = committee.letter(State.CLEARED, values={"matter": HOSTILE})
    office = Desk(committee, "secretariat")
    printed = words_of(office.get("desk-letter-file", letter.pk, "pdf").content)
    assert HOSTILE.replace(" ", "") in printed.replace(" ", "")
    word = office.get("desk-letter-file", letter.pk, "docx").content
    with zipfile.ZipFile(io.BytesIO(word)) as zipped:
        inside = zipped.read("word/document.xml").decode()
    assert "&lt;w:t&gt; &amp;" in inside
    assert "&lt;w:t&gt;" in office.get("desk-letter", letter.pk).content.decode()
    assert office.get("desk-letter-file", letter.pk, "exe").status_code == 404


@pytest.mark.parametrize("value", ["a\u202eb", "a\r\nBcc: x@example.org", "\x00", "x" * 301])
def test_what_hides_or_breaks_a_line_is_refused_in_place(committee: Committee, value: str) -> None:
    letter, office = committee.letter(), Desk(committee, "secretariat")
    form = {"field-matter": value, "address": letter.address, "opening": letter.opening}
    back = take(office, "edit", letter, **form)
    assert (back.status_code, set(faults(back))) == (400, {"field-matter"})
    assert fresh(letter).values["matter"] == "ports"


def test_by_e_mail_the_letter_is_attached_and_one_address_named(
    committee: Committee, tmp_path: Path
) -> None:
    letter = committee.letter(State.DISPATCHED, means=Means.EMAIL)
    folder = Folder(tmp_path)
    while deliver_next(committee.now, folder) is not None:
        pass
    (mail,) = [p.read_bytes() for p in sorted(tmp_path.glob("*.eml"))]
    head = mail.partition(b"\n\n")[0]
    assert head.count(b"To: ") == 1
    assert b"mission_xa@example.org" in head
    assert f"Note verbale {letter.reference}".encode() in head
    assert b"application/pdf" in mail
