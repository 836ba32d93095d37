"""The public pages as a reader meets them: what each shows, refuses, and costs."""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from email.message import EmailMessage
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader
from pytest_django import DjangoDbBlocker, Settings

from clearinghouse.access.actor import OPERATOR, Role
from clearinghouse.crossings import load_pack
from clearinghouse.mandate.formats import records
from clearinghouse.mandate.models import Body
from clearinghouse.needs.rules import Consent, Origin
from clearinghouse.people import actions as people
from clearinghouse.standards.models import Edition, Standard
from clearinghouse.standards.rules import Status
from clearinghouse.web import asked, demonstration
from tests.committee import NOW, Committee, seated, small_pack

Open = Callable[..., str]


@pytest.fixture
def read(client: Client) -> Open:
    """Open an address as the public; give the page as text. A status other than 200 is named."""

    def opened(path: str, *, status: int = 200) -> str:
        response = client.get(path)
        assert response.status_code == status, path
        return response.content.decode()

    return opened


def as_(committee: Committee, name: str) -> Client:
    client = Client()
    client.force_login(committee.accounts[name])
    return client


def rows(html: str, table: str) -> list[str]:
    found = re.search(rf'id="table-{table}".*?<tbody>(.*?)</tbody>', html, re.DOTALL)
    assert found, f"no table {table}"
    return re.findall(r"<tr>.*?</tr>", found[1], re.DOTALL)


def titles(html: str) -> list[str]:
    return re.findall(r'class="card__title">(?:<a [^>]*>)?(?:<bdi[^>]*>)?([^<]*)<', html)


def queries(client: Client, path: str) -> int:
    """How many queries the second asking takes; the first may fill what is kept of the framework."""
    client.get(path)
    counted: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        counted.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        client.get(path)
    return len(counted)


# ── the register, with the shipped pack ──────────────────────────────────────────────────────────


@pytest.fixture(scope="class")
def mandate_of_1373(
    django_db_setup: None,  # asked for its effect
    django_db_blocker: DjangoDbBlocker,
    pack_files: records.Pack,
) -> Iterator[None]:
    """The shipped pack, loaded once for a class of tests that only read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_pack.load(pack_files, by=OPERATOR, now=NOW)
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.usefixtures("mandate_of_1373")
class TestRegister:
    """The real standards: filters, days, paragraphs, single entries."""

    def test_march_2003_shows_twelve_instruments(self, read: Open) -> None:
        then = read("/en/standards/instruments/?as_of=2003-03-06")
        assert len(rows(then, "instruments")) == 12
        assert "12 instruments" in then
        assert len(rows(read("/en/standards/instruments/"), "instruments")) == 19

    def test_a_day_leaves_out_what_was_issued_later(self, read: Open) -> None:
        then = read("/en/standards/?as_of=2003-03-06&organisation=FATF")
        assert titles(then) == ["Eight Special Recommendations on Terrorist Financing"]
        assert len(titles(read("/en/standards/?organisation=FATF"))) == 3

    def test_what_has_no_date_stays_in_view_and_says_so(self, read: Open) -> None:
        then = read("/en/standards/?as_of=2003-03-06&q=annex+9")
        assert titles(then) == ["Annex 9 to the Chicago Convention: Facilitation"]
        assert "date not recorded" in then

    def test_filters_combine(self, read: Open) -> None:
        both = read("/en/standards/?organisation=ICAO&nature=binding+standard&obligation=2(b)")
        assert titles(both) == ["Annex 17 to the Chicago Convention: Security (Amendment 10)"]
        assert len(titles(read("/en/standards/?organisation=ICAO"))) == 3

    def test_filters_that_nothing_answers_say_so(self, read: Open) -> None:
        assert "No entry of the register answers to this." in read("/en/standards/?q=zzz")

    def test_a_subject_narrows_to_the_standards_on_its_paragraphs(self, read: Open) -> None:
        found = read("/en/standards/?area=aviation&q=annex")
        assert "is not one of the choices" not in found
        assert all("Annex" in title for title in titles(found))

    def test_twenty_stand_on_a_page_and_the_rest_on_the_next(self, read: Open) -> None:
        assert len(titles(read("/en/standards/"))) == 20
        assert len(titles(read("/en/standards/?page=2"))) == 14

    @pytest.mark.parametrize("page", ["3", "999999"])
    def test_there_is_no_page_beyond_the_last(self, read: Open, page: str) -> None:
        assert "There is nothing here" in read(f"/en/standards/?page={page}", status=404)

    @pytest.mark.parametrize(
        "asking",
        [
            "page=0",
            "page=-1",
            "page=x",
            "page=%D9%A0",
            "page=" + "9" * 5000,
            "as_of=2003-02-30",
            "as_of=2003-03",
            "as_of=yesterday",
            "obligation=9(z)",
            "organisation=%00",
            "nature=binding",
            "area=nothing",
        ],
    )
    def test_what_cannot_be_understood_is_named_and_refused(self, read: Open, asking: str) -> None:
        told = read(f"/en/standards/?{asking}", status=400)
        assert "This request could not be understood" in told
        assert 'class="notice notice--error"' in told

    def test_words_no_database_can_hold_are_passed_over(self, read: Open) -> None:
        assert len(titles(read("/en/standards/?q=annex%00+17"))) == 1

    def test_every_paragraph_has_its_place_and_no_pinpoint_is_invented(self, read: Open) -> None:
        html = read("/en/standards/by-obligation/")
        assert len(re.findall(r'<section class="paragraph"', html)) == 20
        lines = rows(html, "1-a")
        assert len(lines) == 8
        assert all("not recorded" in line for line in lines)
        assert "No standard is listed for this paragraph." in html

    def test_a_paragraph_can_be_looked_at_alone_and_as_of_a_day(self, read: Open) -> None:
        html = read("/en/standards/by-obligation/?obligation=1(a)&as_of=2003-03-06")
        assert html.count('<section class="paragraph"') == 1
        assert "Forty Recommendations" not in html
        assert "Eight Special Recommendations" in html

    def test_an_entry_tells_what_is_sourced_and_what_is_not(self, read: Open) -> None:
        html = read("/en/standards/fatf-special-recommendations/")
        assert "30 October 2001" in html
        assert "yes, in the source named here" in html
        assert len(rows(html, "bearings")) == 4
        assert "Entries are listed for information" in html
        assert "resolution 1456 (2003)" in html
        assert "not yet" in read("/en/standards/icao-annex-17/")

    def test_an_organisation_shows_its_standards_and_whose_word_its_members_are(
        self, read: Open
    ) -> None:
        html = read("/en/organisations/ICAO/")
        assert len(titles(html)) == 3
        assert "As given by CIA World Factbook (public domain), as of February 2026." in html
        assert "/en/states/AF/" in html

    def test_states_stand_in_the_order_of_their_names(self, read: Open) -> None:
        names = re.findall(r'/en/states/[A-Z]{2}/">([^<]+)<', unescape(read("/en/states/")))
        assert len(names) == 193
        assert names.index("Côte d'Ivoire") < names.index("Croatia")
        assert names.index("Türkiye") < names.index("Turkmenistan")

    def test_a_state_of_two_groups_stands_in_both(self, read: Open) -> None:
        assert read("/en/states/?by=un_group").count(">Türkiye<") == 2
        assert read("/en/states/?by=region").count(">Türkiye<") == 1

    def test_a_state_shows_groups_memberships_and_that_blank_is_not_no_need(
        self, read: Open
    ) -> None:
        html = read("/en/states/TR/")
        assert "Asia-Pacific States" in html
        assert "Western European and other States" in html
        assert any("Council of Europe" in row for row in rows(html, "memberships"))
        assert "it does not mean no need" in html

    def test_search_finds_by_kind_and_says_when_there_is_nothing(self, read: Open) -> None:
        assert "Civil Aviation" in "".join(titles(read("/en/search/?q=aviation")))
        assert titles(read("/en/search/?q=turkiye&kind=state")) == ["Türkiye"]
        assert titles(read("/en/search/?q=turkiye&kind=standard")) == []
        assert "Nothing you may see contains" in read("/en/search/?q=zzzz")
        read("/en/search/?kind=disclosure", status=400)

    def test_proposals_are_not_shown_as_a_plan(self, read: Open) -> None:
        html = read("/en/action-plan/")
        assert "has not taken on any commitment yet" in html
        assert "global-standards section" not in html

    @pytest.mark.parametrize(
        "path",
        [
            "/en/standards/nothing/",
            "/en/states/ICAO/",
            "/en/states/ZZ/",
            "/en/organisations/AF/",
            "/en/organisations/nothing/",
            "/en/organisations/a%00b/",
        ],
    )
    def test_an_unknown_code_is_not_there(self, read: Open, path: str) -> None:
        assert "There is nothing here for you to see" in read(path, status=404)

    def test_the_front_page_leads_to_everything_and_offers_no_seat(self, read: Open) -> None:
        html = read("/en/")
        for name in ("standards", "matrix", "states", "organisations", "search", "action-plan"):
            with translation.override("en"):
                assert f'href="{reverse(name)}"' in html or f'action="{reverse(name)}"' in html
        assert "<dd>193</dd>" in html
        assert "Try it as" not in html

    @pytest.mark.parametrize(
        "path",
        [
            "/en/",
            "/en/standards/",
            "/en/standards/?area=aviation&q=a&obligation=2(g)&as_of=2020-01-01",
            "/en/standards/instruments/",
            "/en/standards/by-obligation/",
            "/en/standards/icao-annex-17/",
            "/en/organisations/",
            "/en/organisations/ICAO/",
            "/en/states/",
            "/en/states/?by=region",
            "/en/states/FR/",
            "/en/search/?q=security",
            "/en/action-plan/",
            "/en/matrix/",
            "/en/matrix/issues/",
        ],
    )
    def test_a_page_asks_at_most_eight_queries(self, client: Client, path: str) -> None:
        assert queries(client, path) <= 8

    @pytest.mark.parametrize("path", ["/ar-xb/standards/", "/ar-xb/standards/by-obligation/"])
    def test_references_keep_their_direction_among_arabic_words(
        self, read: Open, path: str
    ) -> None:
        assert "\u20661(a)" in read(path)


def test_a_withdrawn_entry_leaves_its_date_and_reason_alone(
    committee: Committee, read: Open
) -> None:
    code = committee.standard(Status.WITHDRAWN).code
    html = read(f"/en/standards/{code}/")
    assert "withdrawn on" in html
    assert "10 March 2025" in html
    assert "superseded" in html
    assert "article 2" not in html
    assert titles(read("/en/standards/")) == []


def test_a_stale_entry_says_so_on_its_page_and_in_the_list(
    committee: Committee, read: Open
) -> None:
    code = committee.standard(Status.STALE).code
    assert "It may be out of date" in read(f"/en/standards/{code}/")
    assert "not confirmed for a year" in read("/en/standards/")


def test_a_pinpoint_that_is_recorded_is_shown(committee: Committee, read: Open) -> None:
    committee.standard()
    assert "article 2" in rows(read("/en/standards/by-obligation/"), "1-a")[0]


@pytest.mark.usefixtures("committee")
def test_a_register_of_ten_thousand_costs_no_more_queries(client: Client) -> None:
    """Bulk rows are laid in directly: what is measured is reading."""
    body = Body.objects.get(code="XIO")
    many = [
        Standard(
            code=f"entry-{n}",
            organisation=body,
            titles={"en": f"Entry {n:05}"},
            sort=f"entry {n:05}",
            legal_nature="code",
            status=Status.LISTED,
            listed_on=date(2025, 1, 1),
        )
        for n in range(10_000)
    ]
    standards: QuerySet[Any] = QuerySet(Standard)
    standards.bulk_create(many, batch_size=1000)
    editions: QuerySet[Any] = QuerySet(Edition)
    editions.bulk_create([Edition(standard=s, issued="2001") for s in many[:100]])
    html = client.get("/en/standards/").content.decode()
    assert len(titles(html)) == 20
    assert "1 to 20 of 10000" in html
    assert queries(client, "/en/standards/") <= 8


# ── needs and the matrix, with the small committee ───────────────────────────────────────────────


def test_a_state_page_shows_each_reader_the_needs_open_to_it(
    committee: Committee, read: Open
) -> None:
    committee.need(consent=Consent.PUBLIC, titles={"en": "Seen by all"})
    committee.need(area="customs", titles={"en": "Seen by few"})
    assert titles(read("/en/states/XA/")) == ["Seen by all"]
    own = as_(committee, "mission_xa").get("/en/states/XA/").content.decode()
    assert sorted(titles(own)) == ["Seen by all", "Seen by few"]
    assert "open to:" in own
    assert "open to:" not in read("/en/states/XA/")
    other = as_(committee, "mission_xb").get("/en/states/XA/").content.decode()
    assert titles(other) == ["Seen by all"]


@pytest.mark.usefixtures("committee")
def test_before_the_first_issue_the_matrix_says_what_will_stand_there(read: Open) -> None:
    assert "No issue of the matrix has gone out yet" in read("/en/matrix/")
    assert "No issue has gone out yet." in read("/en/matrix/issues/")


@pytest.fixture
def issued(committee: Committee) -> Committee:
    """One issue: of XA a public need and one for the committee, of XB one of an Expert's."""
    committee.need(consent=Consent.PUBLIC, titles={"en": "Public need"})
    committee.need(area="customs", consent=Consent.COMMITTEE, titles={"en": "Inner need"})
    committee.need("XB", "police", origin=Origin.EXPERT, titles={"en": "Seen by an Expert"})
    committee.issue()
    return committee


@pytest.mark.usefixtures("issued")
def test_the_public_matrix_has_number_hash_and_who_sees_it(read: Open) -> None:
    html = read("/en/matrix/")
    assert "April 2025" in html
    assert "2025-04" in html
    assert re.search(r"\b[0-9a-f]{64}\b", html)
    assert "<strong>Seen by:</strong> Everybody." in html
    assert "it does not mean no need" in html
    assert "This is the first issue" in html
    assert titles(html) == ["Public need"]
    assert len(rows(html, "overview")) == 1


@pytest.mark.usefixtures("issued")
def test_every_state_has_a_row_for_whoever_asks(read: Open) -> None:
    assert len(rows(read("/en/matrix/?rows=all"), "overview")) == 4
    only = rows(read("/en/matrix/?rows=all&state=XB"), "overview")
    assert len(only) == 1
    assert "Borland" in only[0]


def test_a_seat_is_shown_its_own_rendition_and_may_choose_a_narrower_one(
    issued: Committee,
) -> None:
    expert = as_(issued, "expert")
    full = expert.get("/en/matrix/").content.decode()
    assert titles(full) == ["Public need", "Inner need", "Seen by an Expert"]
    assert "not confirmed by the State" in full
    assert 'href="?as=public"' in full
    public = expert.get("/en/matrix/?as=public").content.decode()
    assert titles(public) == ["Public need"]
    assert "as=public" in public.partition("This issue as a file")[2][:400]


def test_a_rendition_cut_for_others_is_not_there(issued: Committee, read: Open) -> None:
    own = f"body:{issued.body('XA').pk}"
    for wanted in ("full", "member", own, "nonsense"):
        read(f"/en/matrix/?as={wanted}", status=404)
        read(f"/en/matrix/2025-04/matrix.json?as={wanted}", status=404)
    assert as_(issued, "mission_xa").get(f"/en/matrix/?as={own}").status_code == 200
    assert as_(issued, "mission_xb").get(f"/en/matrix/?as={own}").status_code == 404


def test_filters_of_the_matrix_narrow_overview_and_needs(issued: Committee) -> None:
    expert = as_(issued, "expert")
    html = expert.get("/en/matrix/?state=XA&area=customs").content.decode()
    assert titles(html) == ["Inner need"]
    assert len(rows(html, "overview")) == 1
    assert expert.get("/en/matrix/?state=QQ").status_code == 400


@pytest.mark.usefixtures("issued")
def test_an_issue_has_an_address_and_only_if_it_went_out(read: Open) -> None:
    assert "April 2025" in read("/en/matrix/2025-04/")
    for number in ("2025-05", "2025-13", "0000-01", "abc", "2025-4", "٢٠٢٥-04"):
        read(f"/en/matrix/{number}/", status=404)


def test_an_issue_that_is_not_cleared_is_no_public_page(committee: Committee) -> None:
    from clearinghouse.circulars.rules import State  # noqa: PLC0415  # named State here alone

    committee.issue(State.FROZEN)
    assert as_(committee, "secretariat").get("/en/matrix/2025-04/").status_code == 404


def test_the_archive_gives_each_reader_the_hash_of_what_it_is_served(
    issued: Committee, read: Open
) -> None:
    def shown(html: str) -> str:
        found = re.search(r"\b[0-9a-f]{64}\b", rows(html, "issues")[0])
        assert found
        return found[0]

    public = shown(read("/en/matrix/issues/"))
    assert public in read("/en/matrix/")
    full = shown(as_(issued, "expert").get("/en/matrix/issues/").content.decode())
    assert full != public


@pytest.mark.parametrize(
    ("kind", "begins"),
    [
        ("pdf", b"%PDF"),
        ("docx", b"PK"),
        ("xlsx", b"PK"),
        ("csv", b"\xef\xbb\xbf"),
        ("json", b"{"),
        ("html", b"<"),
    ],
)
def test_the_files_are_the_readers_rendition(
    issued: Committee, client: Client, kind: str, begins: bytes
) -> None:
    answer = client.get(f"/en/matrix/2025-04/matrix.{kind}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="matrix-2025-04-public.{kind}"'
    assert answer.content.startswith(begins) or kind == "csv"
    assert b"Inner need" not in laid_open(answer.content)
    full = as_(issued, "expert").get(f"/en/matrix/2025-04/matrix.{kind}")
    assert full["Cache-Control"] == "no-store"
    assert b"Inner need" in laid_open(full.content)


def laid_open(content: bytes) -> bytes:
    """With what is packed in it: the parts of an office file, the text of a PDF."""
    if content.startswith(b"%PDF"):
        return "\n".join(p.extract_text() for p in PdfReader(BytesIO(content)).pages).encode()
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(BytesIO(content)) as packed:
        return b"\n".join(packed.read(name) for name in packed.namelist())


@pytest.mark.usefixtures("issued")
def test_a_file_that_is_not_made_is_not_there(read: Open) -> None:
    for file in ("2025-04/matrix.exe", "2025-13/matrix.json", "2025-03/matrix.json"):
        assert "There is nothing here" in read(f"/en/matrix/{file}", status=404)


@pytest.mark.usefixtures("issued")
def test_the_matrix_costs_the_public_eight_queries(client: Client) -> None:
    assert queries(client, "/en/matrix/") <= 8
    assert queries(client, "/en/matrix/issues/") <= 8


def test_search_finds_a_need_for_those_alone_who_may_see_it(issued: Committee, read: Open) -> None:
    assert titles(read("/en/search/?q=need")) == ["Public need"]
    html = as_(issued, "expert").get("/en/search/?q=need").content.decode()
    assert titles(html) == ["Inner need", "Public need"]
    assert re.search(r"/en/states/XA/#need-[0-9a-f-]{36}", html)
    assert "2 entries found" in html
    assert "One entry found" in read("/en/search/?q=need")


# ── the demonstration's own ──────────────────────────────────────────────────────────────────────


@pytest.fixture
def shown(committee: Committee, settings: Settings, tmp_path: Path) -> Committee:
    """The committee as a demonstration, with one persona and an outbox of its own."""
    pack = small_pack()
    invented = replace(pack, about=replace(pack.about, code="invented"))
    load_pack.load(invented, demonstration=True, by=OPERATOR, now=NOW)
    settings.OUTBOX_FOLDER = tmp_path
    address = demonstration.email_of("expert")
    person = people.enter(name="Expert", email=address, language="en", by=OPERATOR, now=NOW)
    naming = people.Naming(role=Role.EXPERT, instrument="a demonstration")
    seated(person, naming)
    return committee


def mail(folder: Path, name: str, day: int, text: str = "Good day") -> None:
    message = EmailMessage()
    message["Subject"], message["To"] = f"Mail {name}", "Expert <expert@demonstration.example>"
    message["Date"] = datetime(2025, 3, day, 12, tzinfo=UTC)
    message.set_content(text)
    (folder / f"{name}.eml").write_bytes(bytes(message))


@pytest.mark.usefixtures("shown")
def test_the_front_page_of_a_demonstration_offers_every_persona(read: Open) -> None:
    html = read("/en/")
    for slug, label, _explanation in demonstration.personas():
        assert f'action="/demo/as/{slug}"' in html
        assert label in html


@pytest.mark.usefixtures("shown")
def test_one_click_takes_a_seat_and_lands_on_the_desk_in_ones_language() -> None:
    client = Client()
    answer = client.post("/demo/as/expert", {"language": "ar-xb"})
    assert answer.status_code == 302
    assert answer["Location"] == "/ar-xb/desk/"
    assert "Expert" in client.get("/en/").content.decode()


@pytest.mark.parametrize("persona", ["nobody", "secretariat"])
@pytest.mark.usefixtures("shown")
def test_a_persona_that_is_not_seated_cannot_be_taken(persona: str) -> None:
    assert Client().post(f"/demo/as/{persona}").status_code == 404


@pytest.mark.usefixtures("shown")
def test_looking_takes_no_seat(client: Client) -> None:
    assert client.get("/demo/as/expert").status_code == 405


@pytest.mark.usefixtures("committee")
def test_outside_a_demonstration_none_of_it_is_there() -> None:
    assert Client().post("/demo/as/expert").status_code == 404
    assert Client().get("/demo/outbox/").status_code == 404
    assert Client().get("/demo/outbox/first/").status_code == 404


@pytest.mark.usefixtures("shown")
def test_the_outbox_shows_mails_newest_first_and_each_with_its_text(
    settings: Settings, read: Open
) -> None:
    assert "No mail has been sent yet." in read("/demo/outbox/")
    mail(settings.OUTBOX_FOLDER, "first", 1)
    mail(settings.OUTBOX_FOLDER, "second", 2, "<script>&")
    html = read("/demo/outbox/")
    assert html.index("Mail second") < html.index("Mail first")
    whole = read("/demo/outbox/second/")
    assert "&lt;script&gt;&amp;" in whole
    assert "2 March 2025" in whole


@pytest.mark.usefixtures("shown")
def test_a_mail_of_the_outbox_hands_out_its_files_to_be_saved(
    settings: Settings, read: Open, client: Client
) -> None:
    message = EmailMessage()
    message["Subject"], message["To"] = "With files", "expert@demonstration.example"
    message.set_content("See the files.")
    for name, content in (("matrix.xlsx", b"a sheet"), ("matrice été.pdf", b"%PDF-")):
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    (settings.OUTBOX_FOLDER / "one.eml").write_bytes(bytes(message))
    html = read("/demo/outbox/one/")
    assert "matrix.xlsx" in html
    assert "matrice été.pdf" in html
    answer = client.get("/demo/outbox/one/files/2/")
    assert answer.content == b"%PDF-"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert "sandbox" in answer["Content-Security-Policy"]
    for absent in ("one/files/0/", "one/files/3/", "two/files/1/", "one/files/x/"):
        assert client.get(f"/demo/outbox/{absent}").status_code == 404


@pytest.mark.parametrize("name", ["third", "..%2Fsecret", "%2e%2e", "first.eml"])
@pytest.mark.usefixtures("shown")
def test_nothing_but_mails_is_read(settings: Settings, read: Open, name: str) -> None:
    mail(settings.OUTBOX_FOLDER, "first", 1)
    (settings.OUTBOX_FOLDER.parent / "secret.eml").write_text("Subject: no\n\nno")
    assert "There is nothing here" in read(f"/demo/outbox/{name}/", status=404)


def test_a_page_lies_within_its_list() -> None:
    from django.test import RequestFactory  # noqa: PLC0415  # for this test alone

    found, pager = asked.page_of(RequestFactory().get("/?page=3&q=a&empty="), list(range(45)))
    assert found == [40, 41, 42, 43, 44]
    assert (pager.first_shown, pager.last_shown, pager.last) == (41, 45, 3)
    assert pager.url(1) == "?q=a&page=1"


def test_loading_a_pack_makes_its_bodies_findable(loaded_pack: records.Pack, read: Open) -> None:
    load_pack.load(loaded_pack, by=OPERATOR, now=NOW)
    assert titles(read("/en/search/?q=interpol&kind=organisation")) == [
        "International Criminal Police Organization"
    ]
