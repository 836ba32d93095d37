"""HTML: well formed, fully escaped, marked for language and direction."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given

from clearinghouse.documents import html
from clearinghouse.documents.legible import visible
from clearinghouse.documents.model import Column
from clearinghouse.documents.structured import seal
from tests.documents.samples import ARABIC, NEEDS, TEXTS, document, with_text

ELEMENTS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "article",
    "header",
    "nav",
    "section",
    "div",
    "p",
    "h1",
    "h2",
    "a",
    "dl",
    "dt",
    "dd",
    "ol",
    "ul",
    "li",
    "bdi",
    "table",
    "caption",
    "colgroup",
    "col",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "figure",
    "figcaption",
    "details",
    "summary",
    "svg",
    "desc",
    "g",
    "path",
    "rect",
    "circle",
    "text",
    "tspan",
}
ATTRIBUTES = {
    "aria-label",
    "aria-labelledby",
    "charset",
    "class",
    "colspan",
    "content",
    "dir",
    "href",
    "http-equiv",
    "id",
    "direction",
    "lang",
    "name",
    "role",
    "scope",
    "tabindex",
    "d",
    "fill",
    "font-family",
    "font-size",
    "height",
    "text-anchor",
    "transform",
    "viewbox",
    "width",
    "x",
    "xmlns",
    "y",
}


class Outline(HTMLParser):
    """What a reader of the page would find: elements in order, and whether they close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "col"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


@given(TEXTS)
def test_no_text_becomes_mark_up(text: str) -> None:
    page = html.page(with_text(text), html.stylesheet()).decode()
    outline = Outline(page)
    assert outline.open == []
    assert {tag for tag, _ in outline.found} <= ELEMENTS
    assert {name for _, attributes in outline.found for name in attributes} <= ATTRIBUTES
    if visible(text).strip():
        assert outline.texts.count(visible(text)) >= 10


def test_the_same_elements_whatever_the_text() -> None:
    hostile = Outline(html.fragment(with_text("<td>\"'><script>x</script>")))
    plain = Outline(html.fragment(with_text("plain")))
    assert [tag for tag, _ in hostile.found] == [tag for tag, _ in plain.found]


def test_a_table_can_be_read_by_ear_and_reached_by_keyboard() -> None:
    outline = Outline(html.fragment(document()))
    scopes = [th["scope"] for th in outline.all("th")]
    frame = next(div for div in outline.all("div") if div.get("role") == "region")
    assert scopes == ["col"] * 5 + ["row"] * 3
    assert frame["tabindex"] == "0"
    assert frame["aria-labelledby"] in {caption["id"] for caption in outline.all("caption")}


def test_every_link_of_the_contents_leads_somewhere() -> None:
    outline = Outline(html.fragment(document()))
    anchors = {f"#{attributes['id']}" for _, attributes in outline.found if "id" in attributes}
    assert [a["href"] for a in outline.all("a")] == ["#section-cover-note", "#section-by-state"]
    assert {a["href"] for a in outline.all("a")} <= anchors


def test_the_masthead_says_who_may_see_this_and_bears_the_hash() -> None:
    sealed = seal(document())
    texts = Outline(html.fragment(sealed)).texts
    for line in (
        "Experts and the secretariat",
        "Illustrative",
        "Ask the originator.",
        sealed.masthead.hash,
    ):
        assert line in texts


def test_an_empty_table_says_so() -> None:
    outline = Outline(html.fragment(document(replace(NEEDS, rows=()))))
    assert "No need is listed." in outline.texts
    assert {"colspan": "5", "class": "document__empty"} in outline.all("td")


def test_another_language_is_marked_where_it_stands() -> None:
    assert '<bdi lang="ar" dir="rtl">تدريب</bdi>' in html.fragment(document())


def test_a_document_reads_from_right_to_left() -> None:
    table = replace(NEEDS, rows=(("أطلنتس", "1 (a)", "تدريب", None, -5),))
    text = html.fragment(document(table, ARABIC))
    assert text.startswith('<article class="document" lang="ar" dir="rtl">')
    assert '<bdi dir="ltr">1 (a)</bdi>' in text
    assert '<bdi dir="ltr">-5</bdi>' in text
    assert '<bdi dir="ltr">S/AC.40/2007/MN.3 (draft)</bdi>' in text


def test_the_style_sheet_favours_no_side() -> None:
    for word in ("left", "right", "margin-top", "padding-bottom", "border-top", "http"):
        assert word not in html.stylesheet()


def test_paper_repeats_the_head_and_keeps_headings_with_their_text() -> None:
    paper = html.stylesheet().split("@media print")[1]
    assert "table-header-group" in paper
    assert "break-after: avoid" in paper


def test_a_style_that_would_end_its_element_is_refused() -> None:
    with pytest.raises(ValueError, match="must not hold"):
        html.page(document(), "</style><script>")


def test_the_file_lets_nothing_in_but_its_own_style() -> None:
    page = html.page(document(), "p { color: red }").decode()
    assert "default-src &#x27;none&#x27;" in page
    assert page.count("<style>") == 1
    assert "<script" not in page


def test_a_width_becomes_one_of_three_classes() -> None:
    columns = tuple(Column(key=f"c{w}", label="", width=w) for w in (12, 32, 33))
    text = html.fragment(document(replace(NEEDS, columns=columns, rows=())))
    widths = [col["class"] for col in Outline(text).all("col")]
    assert widths == [f"document__column--{name}" for name in ("narrow", "medium", "wide")]
