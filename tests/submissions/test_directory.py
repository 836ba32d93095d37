"""The pages of the directory, and all of it as one document."""

import io
import re
from typing import Any

import pytest
from django.test import Client
from docx import Document

from clearinghouse.directory import rules
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from clearinghouse.submissions.rules.kinds.recurring import QUESTIONS
from clearinghouse.submissions.rules.workflow import State as Stage
from clearinghouse.web.sections import OF_KIND, OPEN
from tests.committee import Committee
from tests.web.desk import Desk, text

PUBLIC = [k for k in Kind if k not in {Kind.STANDARD, Kind.NEED, Kind.MONITORING_VISIT}]
CHECKED = [k for k, d in DEFINITIONS.items() if "human_rights_check" in d.names_of_fields]


def page(address: str) -> str:
    answer: Any = Client().get(address)
    assert answer.status_code == 200
    return text(answer)


def words_of(address: str) -> str:
    """Paragraphs and cells of a document to quote from."""
    answer: Any = Client().get(address)
    assert answer.status_code == 200
    made = Document(io.BytesIO(answer.content))
    cells = [c.text for t in made.tables for r in t.rows for c in r.cells]
    return "\n".join([*(p.text for p in made.paragraphs), *cells])


@pytest.mark.parametrize("kind", PUBLIC)
def test_an_entry_is_found_in_its_section_and_has_a_page(committee: Committee, kind: Kind) -> None:
    entry = committee.entry(kind, title={"en": "Quite illustrative"})
    assert "Quite illustrative" in page(f"/en/{OF_KIND[kind].path}")
    assert "Quite illustrative" in page("/en/organisations/XIO/")
    told = page(f"/en/entries/{entry.code}/")
    assert entry.code in told
    assert "Last confirmed by its contributor 10 March 2025" in told


@pytest.mark.parametrize("kind", CHECKED)
def test_the_six_questions_are_shown_with_their_answers_or_as_not_answered(
    committee: Committee, kind: Kind
) -> None:
    """Also of a body that answered none; never counted, never a score."""
    said = {"legal_basis": "yes", "remedies": "no"}
    content: dict[str, Any] = {"title": {"en": "Checked"}, "human_rights_check": said}
    if kind == Kind.STANDARD:
        committee.submission(Stage.LISTED, **content)
        (address,) = addresses("/en/standards/", "/en/standards/xio-")
    else:
        address = f"/en/entries/{committee.entry(kind, **content).code}/"
    told = page(address)
    assert told.count("not answered") == len(QUESTIONS) - len(said)
    assert "score" not in told


def addresses(listed: str, begin: str) -> set[str]:
    html = Client().get(listed).content.decode()
    return set(re.findall(rf'href="({begin}[^"]+)"', html))


def test_programmes_stand_by_body_and_unit(committee: Committee) -> None:
    for unit, title in (("Training Branch", "Trainers"), ("Legal Branch", "Drafters")):
        more: dict[str, Any] = {"unit": unit, "title": {"en": title}, "reference": unit}
        committee.entry(Kind.ASSISTANCE_PROGRAMME, **more)
    told = page("/en/organisations/XIO/")
    assert told.index("Legal Branch Drafters") < told.index("Training Branch Trainers")


def test_the_directory_is_one_document_of_what_everybody_may_read(committee: Committee) -> None:
    committee.entry(
        Kind.ASSISTANCE_PROGRAMME,
        title={"en": "Trainers"},
        unit="Training Branch",
        human_rights_check={},
    )
    committee.entry(Kind.MONITORING_VISIT, title={"en": "Hidden review"})
    committee.entry(Kind.CONTACT, title={"en": "An office"}, person="A. Person")
    told = words_of("/en/directory.docx")
    assert "Trainers" in told
    assert "Training Branch" in told
    assert "not answered" in told
    assert "Everybody." in told
    assert not {"Hidden review", "A. Person", "An office"} & set(told.split("\n"))
    visit: Any = Desk(committee, "focal_xio").get("directory-file", "docx", section="desk-visits")
    assert visit.status_code == 400
    part = words_of("/en/directory.docx?section=guidance&body=XIO")
    assert "Trainers" not in part


def test_the_document_is_made_for_paper_too(committee: Committee) -> None:
    committee.entry(Kind.GUIDANCE_NOTE)
    answer: Any = Client().get("/en/directory.pdf?section=guidance")
    assert answer.content.startswith(b"%PDF")
    assert Client().get("/en/directory.exe").status_code == 404


# fmt: off
PERIODS = {
    ("2026-05", "", "2026-05", ""):                 True,
    ("2026-05", "", "2026-06", ""):                 False,
    ("2026", "", "2026-06", "2026-07"):             True,
    ("2026-05-01", "2026-05-10", "2026-05-10", ""): True,
    ("2026-05-01", "2026-05-10", "2026-05-11", ""): False,
    ("2026-01", "2026-12", "2026-05-11", ""):       True,
}
# fmt: on


@pytest.mark.parametrize("dates", PERIODS)
def test_periods_meet_as_far_as_they_are_known(dates: tuple[str, str, str, str]) -> None:
    one = {"begins": dates[0], "ends": dates[1]}
    other = {"begins": dates[2], "ends": dates[3]}
    assert rules.meets(one, other) is rules.meets(other, one) is PERIODS[dates]


def test_two_who_review_a_state_at_one_time_are_told_of_each_other(committee: Committee) -> None:
    """On the page of each; of a review at another time, or of another State, nothing is said."""
    said: dict[str, Any] = {"begins": "2026-05", "ends": "2026-06"}
    first = committee.entry(Kind.MONITORING_VISIT, title={"en": "First"}, reference="1", **said)
    others: list[dict[str, Any]] = [
        {"title": {"en": "Second"}, "reference": "2"},
        {"title": {"en": "Later"}, "reference": "3", "begins": "2027", "ends": "2027"},
        {"title": {"en": "Elsewhere"}, "reference": "4", "state": "XB"},
    ]
    *_rest, last = [committee.entry(Kind.MONITORING_VISIT, **said | more) for more in others]
    told = text(Desk(committee, "focal_xro").get("entry", first.code))
    assert "Others review this State at the same time" in told
    assert "Second" in told
    assert not {"Later", "Elsewhere"} & set(told.split())
    alone = text(Desk(committee, "focal_xro").get("entry", last.code))
    assert "Others review" not in alone


def test_every_open_section_and_the_formats_are_one_step_from_the_front_page(
    committee: Committee,
) -> None:
    html = Client().get("/en/").content.decode()
    for part in OPEN:
        assert f'href="/en/{part.path}"' in html, part.route
    assert 'href="/en/formats/"' in html
    assert "visits" not in html
