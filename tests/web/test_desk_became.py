"""What became of it: a contributor's year on its page, in Word and on paper, for its own seats."""

import io
from collections.abc import Iterator
from datetime import timedelta

import docx
import pytest
import time_machine
from pypdf import PdfReader

from clearinghouse.access.errors import Unseen
from clearinghouse.batches import actions as batches
from clearinghouse.crossings import became
from clearinghouse.needs.rules import Consent
from clearinghouse.standards.rules import Status as Listing
from clearinghouse.submissions import actions as submissions
from clearinghouse.submissions.rules.kinds import Kind
from clearinghouse.submissions.rules.workflow import State as Stage
from tests.batches.files import made, several, staged
from tests.committee import NOW, Committee
from tests.web.desk import Desk, text


@pytest.fixture(autouse=True)
def on_that_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def year(committee: Committee, who: str = "focal_xio", body: str = "XIO") -> became.Became:
    return became.gather(committee.actor(who), committee.body(body), NOW.year)


def test_what_was_given_stands_with_where_it_stands(committee: Committee) -> None:
    committee.standard(Listing.STALE)
    committee.submission(Stage.SUBMITTED, title={"en": "A second code"})
    committee.submission(Stage.DRAFT, title={"en": "Never handed in"})
    said = text(Desk(committee, "focal_xio").get("desk-became"))
    assert "Code of conduct Standard 10 March 2025 listed 10 March 2025" in said
    assert "A second code Standard 10 March 2025 submitted" in said
    assert "not confirmed for a year" in said
    assert "Never handed in" not in said


def test_why_a_thing_came_back_is_kept_when_it_is_listed_at_last(committee: Committee) -> None:
    one, author = committee.submission(Stage.RETURNED), committee.actor("focal_xio")
    office = committee.actor("secretariat")
    submissions.submit(one, by=author, now=NOW)
    submissions.take_up(one, by=office, now=NOW)
    submissions.return_(one, {"": "And say since when."}, by=office, now=NOW)
    submissions.submit(one, by=author, now=NOW)
    submissions.take_up(one, by=office, now=NOW)
    submissions.list_(one, by=office, now=NOW)
    assert [each.remarks for each in year(committee).returned] == [
        {"title": "Say whose code it is."},
        {"": "And say since when."},
    ]
    said = text(Desk(committee, "focal_xio").get("desk-became"))
    assert "Title: Say whose code it is." in said
    assert "And say since when." in said


def test_a_file_that_came_back_says_why(committee: Committee) -> None:
    kind = Kind.GUIDANCE_NOTE
    batch = staged(committee, kind, made(kind, "csv", several(kind)))
    batches.hand_in(batch, by=committee.actor("focal_xio"), now=NOW)
    batches.return_(batch, "Name the editions.", by=committee.actor("secretariat"), now=NOW)
    assert "Name the editions." in text(Desk(committee, "focal_xio").get("desk-became"))


def test_whose_needs_lie_there_is_told_as_far_as_everybody_sees_them(committee: Committee) -> None:
    committee.standard()
    committee.entry(Kind.ASSISTANCE_PROGRAMME, areas=["customs"])
    committee.need("XB", "police", Consent.PUBLIC)
    committee.need("XC", "customs", Consent.PROVIDERS)  # XIO may see it; the page is for all
    committee.need("XA", "customs", Consent.PUBLIC)
    places = {each.code: each for each in year(committee).places}
    assert {s.code for s in places["1(a)"].states} == {"XA", "XB"}
    assert {s.code for s in places["customs"].states} == {"XA"}
    assert "police" not in places


def test_it_is_of_one_year_by_the_calendar_of_new_york(committee: Committee) -> None:
    committee.submission(Stage.LISTED)
    actor, body = committee.actor("focal_xio"), committee.body("XIO")
    before, after = became.gather(actor, body, 2024), became.gather(actor, body, 2026)
    assert (before.given, after.given) == ([], [])
    assert len(year(committee).given) == len(before.kept) == 1
    later = NOW + timedelta(days=700)
    assert became.years(actor, body, later, later.date()) == [2027, 2026, 2025]


def test_it_is_nobody_elses(committee: Committee) -> None:
    for who in ("focal_xro", "mission_xa", "secretariat", "expert", "public"):
        with pytest.raises(Unseen):
            year(committee, who)
    other = Desk(committee, "focal_xro").get("desk-became", body="XIO")
    absent = Desk(committee, "focal_xro").get("desk-became", body="XX")
    assert (other.status_code, absent.status_code) == (400, 400)
    assert text(other) == text(absent).replace("XX", "XIO")


def test_the_same_in_word_and_on_paper(committee: Committee) -> None:
    committee.standard(Listing.STALE)
    committee.submission(Stage.RETURNED, title={"en": "Came back"})
    committee.need("XA", "police", Consent.PUBLIC)
    desk = Desk(committee, "focal_xio")
    word = desk.get("desk-became-file", "docx")
    assert word["Content-Disposition"].startswith('attachment; filename="became-xio-2025.docx"')
    assert "no-store" in word["Cache-Control"]
    paper = docx.Document(io.BytesIO(word.content))
    cells = [c.text for table in paper.tables for row in table.rows for c in row.cells]
    pdf = PdfReader(io.BytesIO(desk.get("desk-became-file", "pdf").content))
    assert len({page.mediabox.width for page in pdf.pages}) == 1, "a part lies on its side"
    assert len(pdf.pages) <= 2
    printed = " ".join(page.extract_text() for page in pdf.pages)
    for said in ("Code of conduct", "Title: Say whose code it is.", "not confirmed for a year"):
        assert said in cells
        assert said in " ".join(printed.split())
    assert desk.get("desk-became-file", "xlsx").status_code == 404


def test_it_counts_no_reader_and_scores_nobody(committee: Committee) -> None:
    committee.standard()
    said = text(Desk(committee, "focal_xio").get("desk-became")).lower()
    assert not {"score", "rank", "opened", "read by", "views"} & set(said.split())


def test_one_of_many_bodies_says_how_much_is_left_out(
    committee: Committee, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(became, "MOST", 1)
    for title in ("First", "Second", "Third"):
        committee.entry(Kind.GUIDANCE_NOTE, title={"en": title}, reference="")
    assert year(committee).left_out == (2, 2)
    assert "2 more are left out here." in text(Desk(committee, "focal_xio").get("desk-became"))
