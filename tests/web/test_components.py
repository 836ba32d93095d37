"""Every component has its parts and its place on /patterns; the sheets hold in every scheme."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from clearinghouse.needs.rules import Consent
from clearinghouse.web import cells, naming, refusals, specimens
from clearinghouse.web.parts import Cell, Column, Filter, Pager, Table
from clearinghouse.web.specimens import asking
from clearinghouse.web.templatetags import components
from tests.committee import Committee

WEB = Path(components.__file__).parent.parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
SHEETS = sorted((WEB / "static/clearinghouse/css").glob("*.css"))
LAYOUT = (WEB / "templates/layouts/page.html").read_text()
FORMLESS = re.compile(r"\{%\s*comment\s*%\}.*?\{%\s*endcomment\s*%\}", re.DOTALL)


def patterns(language: str = "en") -> str:
    with translation.override(language):
        return render_to_string("patterns.html", specimens.context(language))


def render(source: str, language: str = "en", **context: object) -> str:
    with translation.override(language):
        return Template("{% load components %}" + source).render(Context(context))


# ── a component is a tag, a template, a section of a sheet and an entry on /patterns ─────────────


def test_the_list_of_components_is_the_list_of_tags() -> None:
    assert sorted(components.COMPONENTS) == sorted(components.register.tags)


def test_each_component_has_its_template_and_no_template_is_without_a_component() -> None:
    names = {path.stem for path in TEMPLATES if path.parent.name == "components"}
    assert names == set(components.COMPONENTS)


def test_each_component_has_its_section_in_a_stylesheet() -> None:
    css = "\n".join(path.read_text() for path in SHEETS)
    assert sorted(re.findall(r"/\* component: (\w+) \*/", css)) == sorted(components.COMPONENTS)


@pytest.mark.parametrize("name", components.COMPONENTS)
def test_each_component_stands_on_the_page_of_patterns(name: str) -> None:
    _, _, rest = patterns().partition(f'id="pattern-{name}"')
    section = rest.partition('id="pattern-')[0]
    assert len(re.sub(r"<[^>]*>|\s", "", section)) > len(name), "the entry shows nothing"


def test_no_two_things_on_the_page_of_patterns_have_one_id() -> None:
    ids = re.findall(r'\sid="([^"]+)"', patterns())
    assert len(ids) == len(set(ids))


def test_whatever_is_described_or_labelled_by_an_id_finds_it() -> None:
    html = patterns()
    ids = set(re.findall(r'\sid="([^"]+)"', html))
    wanted = re.findall(r'(?:aria-describedby|aria-labelledby|\sfor)="([^"]+)"', html)
    assert {one for group in wanted for one in group.split()} <= ids


# ── the sheets ───────────────────────────────────────────────────────────────────────────────────


def test_every_sheet_is_linked_once_and_nothing_else_is() -> None:
    linked = re.findall(r'static "clearinghouse/css/([\w.]+)"', LAYOUT)
    assert sorted(linked) == [path.name for path in SHEETS]
    assert linked[0] == "tokens.css", "the order of the layers is fixed in the first sheet"


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_sheet_turns_around_with_the_language(path: Path) -> None:
    css = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    physical = re.findall(
        r"[\w-]*\b(?:left|right)\b[\w-]*"
        r"|(?<![\w-])(?:margin|padding|border)-(?:top|bottom)[\w-]*"
        r"|(?<![\w-])(?:(?:min|max)-)?(?:width|height)\s*:"
        r"|(?<![\w-])(?:top|bottom)\s*:",
        css,
    )
    assert physical == []
    assert "@import" not in css
    assert "!important" not in css


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_every_rule_of_a_sheet_lies_in_a_layer(path: Path) -> None:
    css = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    openings = re.findall(r"^(\S[^{\n]*)\{", css, flags=re.MULTILINE)
    assert openings
    assert all(opening.startswith("@layer ") for opening in openings)


def test_every_token_that_is_used_exists() -> None:
    css = "\n".join(path.read_text() for path in SHEETS)
    assert set(re.findall(r"var\((--[\w-]+)", css)) <= set(
        re.findall(r"^\s*(--[\w-]+):", css, re.MULTILINE)
    )


SCHEMES = {
    "light": r":root \{\n    color-scheme(.*?)\n  \}",
    "dark": r"@media \(prefers-color-scheme: dark\) \{(.*?)\n  \}",
    "more contrast": r"@media \(prefers-contrast: more\) \{(.*?)\n  \}",
    "more contrast, dark": r"more\) and \(prefers-color-scheme: dark\) \{(.*?)\n  \}",
    "print": r"@media print \{(.*?)\n  \}",
}
# What is written on what: every pair of text and ground that the sheets make.
WRITTEN = [
    *((ink, ground) for ink in ("ink", "ink-soft", "link", "link-visited", "accent-text", "alert")
      for ground in ("paper", "tint")),
    ("ink", "tint-strong"), ("accent-ink", "accent"), ("settled", "paper"), ("waiting", "paper"),
    *((tone, f"{tone}-tint") for tone in ("quiet", "waiting", "settled", "alert")),
    ("accent-text", "accent-tint"),
    *(("ink", f"{tone}-tint") for tone in ("waiting", "settled", "alert", "accent")),
]  # fmt: skip
# What must be seen but is not read: 3 to 1 (WCAG 2.2, 1.4.11).
SEEN = [("focus", "paper"), ("focus", "tint"), ("rule-field", "paper"), ("mark", "paper")]


def tokens(scheme: str) -> dict[str, str]:
    css = (WEB / "static/clearinghouse/css/tokens.css").read_text()
    found = re.search(SCHEMES[scheme], css, re.DOTALL)
    assert found, scheme
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", found[1]))


def luminance(colour: str) -> float:
    """Give WCAG's relative luminance of "#rrggbb", from 0 to 1."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_is_legible_in_every_scheme(scheme: str) -> None:
    colours = tokens(scheme)
    least = 7 if scheme.startswith("more") else 4.5
    poor = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in WRITTEN}
    assert {pair: ratio for pair, ratio in poor.items() if ratio < least} == {}
    faint = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in SEEN}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 3} == {}


def test_every_scheme_names_every_colour() -> None:
    names = set(tokens("light"))
    assert len(names) > 15
    assert all(set(tokens(scheme)) == names for scheme in SCHEMES)


# ── the templates ────────────────────────────────────────────────────────────────────────────────


# The pages that ask a security key run one script of ours, and are given leave for it.
WITH_A_KEY = {"account/key.html", "signing/code.html"}
KEY_SCRIPT = """<script defer src="{% static "clearinghouse/js/key.js" %}"></script>"""


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_a_template_needs_no_leave_from_the_content_security_policy(path: Path) -> None:
    html = FORMLESS.sub("", path.read_text())
    if f"{path.parent.name}/{path.name}" in WITH_A_KEY:
        html = html.replace(KEY_SCRIPT, "", 1)
    assert not re.search(
        r"<(?:script|style)\b|\sstyle\s*=|\son[a-z]+\s*=|javascript:", html, re.IGNORECASE
    )


@pytest.mark.parametrize(
    "name", ["badge", "lang_text", "date_text", "partial_date", "deadline_text"]
)
def test_a_component_that_stands_in_a_sentence_brings_no_line_break(name: str) -> None:
    assert not (WEB / f"templates/components/{name}.html").read_text().endswith("\n")


def test_the_layouts_read_only_the_keys_they_document() -> None:
    documented = FORMLESS.search(LAYOUT)
    assert documented
    keys = set(re.findall(r"\b[a-z_]+\b", documented[0]))
    paths = [p for p in TEMPLATES if p.parent.name == "layouts"]
    paths += [WEB / f"templates/parts/{name}.html" for name in ("masthead", "footer")]
    source = FORMLESS.sub("", "".join(path.read_text() for path in paths))
    read = set(re.findall(r"\{\{\s*([a-z_]+)", source))
    read |= set(re.findall(r"\{%\s*(?:el)?if ([a-z_]+)", source))
    read |= set(re.findall(r"\{%\s*for \w+ in ([a-z_]+)", source))
    assert read - {"message"} <= keys


def test_a_page_stands_with_nothing_but_a_language() -> None:
    html = render_to_string("layouts/public.html", {"language": "fr", "direction": "ltr"})
    assert '<html lang="fr" dir="ltr">' in html
    assert 'href="#main"' in html
    assert '<main id="main"' in html
    assert "None" not in html


def test_the_desk_says_who_is_at_it_and_lets_them_leave_by_a_form() -> None:
    context = {
        "is_signed_in": True, "actor_name": "A. Sample", "seats": ["Secretariat"],
        "sign_out_url": "/out", "desk_navigation": specimens.DESK_NAVIGATION, "illustrative": True,
        "seen_by": "everyone",
    }  # fmt: skip
    html = render_to_string("layouts/desk.html", context)
    assert "A. Sample" in html
    assert "Secretariat" in html
    assert '<form method="post" action="/out">' in html
    assert "Waiting for you" in html
    assert "Demonstration: illustrative content" in html
    assert re.search(r"Seen by:</strong> everyone", html)


@pytest.mark.parametrize("code", refusals.SAID)
def test_an_error_is_said_in_a_sentence_even_when_nothing_else_works(code: int) -> None:
    html = render_to_string(f"errors/{code}.html")
    main = html.partition("<main")[2].partition("</main>")[0]
    assert str(code) in main
    assert len(re.findall(r"\.</p>", main)) >= 2


def test_an_error_says_what_exactly_was_wrong_where_that_is_known() -> None:
    html = render_to_string("errors/409.html", {"faults": ["The issue <2003-04> is frozen."]})
    assert "The issue &lt;2003-04&gt; is frozen." in html


# ── what the components say ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("texts", "language", "html"),
    [
        ({"en": "Rules", "fr": "Règles"}, "fr", "Règles"),
        ({"en": "Rules"}, "fr", '<bdi class="lang-text" lang="en" dir="ltr">Rules</bdi>'),
        ({"ar": "قواعد"}, "en", '<bdi class="lang-text" lang="ar" dir="rtl">قواعد</bdi>'),
        ({"en": "Rules"}, "ar-xb", '<bdi class="lang-text" lang="en" dir="ltr">Rules</bdi>'),
        ({"en": "<b>"}, "en", "&lt;b&gt;"),
        ({}, "en", ""),
    ],
)
def test_lang_text(texts: dict[str, str], language: str, html: str) -> None:
    assert render("{% lang_text texts own %}", texts=texts, own=language) == html


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("2001", "en", "2001"),
        ("2001-10", "en", "October 2001"),
        ("2001-10-31", "en", "31 October 2001"),
        ("2001-10", "fr", "octobre 2001"),
        ("2001-10", "zh", "2001年10月"),
        ("before the war", "en", "before the war"),
        (None, "en", "not recorded"),
        ("", "en", "not recorded"),
    ],
)
def test_partial_date(text: str | None, language: str, shown: str) -> None:
    html = render("{% partial_date text %}", language, text=text)
    assert re.sub(r"<[^>]*>", "", html) == shown


def test_a_deadline_is_told_in_new_york_and_where_the_reader_is() -> None:
    moment = datetime(2003, 3, 14, 20, tzinfo=UTC)
    alone = render("{% deadline_text moment %}", moment=moment)
    assert "14 March 2003, 15:00, New York time" in alone
    assert "your time" not in alone
    tokyo = render('{% deadline_text moment "Asia/Tokyo" %}', moment=moment)
    assert "14 March 2003, 15:00, New York time" in tokyo
    assert "your time (Tokyo): 15 March 2003, 05:00" in tokyo
    # Nassau keeps New York's hours: to say them twice would only confuse.
    assert "your time" not in render('{% deadline_text moment "America/Nassau" %}', moment=moment)
    with pytest.raises(ValueError, match="offset"):
        render("{% deadline_text moment %}", moment=moment.replace(tzinfo=None))


def test_a_tone_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no tone of a badge"):
        render('{% badge "listed" "green" %}')
    with pytest.raises(ValueError, match="no tone of a notice"):
        render('{% notice "listed" "green" %}')


def test_a_fault_is_listed_first_with_a_link_and_stands_beside_its_field() -> None:
    html = render("{% form_fields form %}", form=asking.faulty_form())
    summary = html.partition('role="alert"')[2].partition("</div>")[0]
    links = re.findall(r'href="#([^"]+)">([^<]*)', summary)
    assert len(links) == len(asking.SpecimenForm.base_fields), "each kind of field has its fault"
    assert {"id_faulty-title", "id_faulty-nature_0", "id_faulty-named_0"} <= dict(links).keys()
    assert links[0][1] == "Title: This field is required."
    assert all(f'id="{target}"' in html for target, _ in links)
    field = re.search(r'<input[^>]*name="faulty-title"[^>]*>', html)
    assert field
    assert 'aria-describedby="id_faulty-title_helptext id_faulty-title_error"' in field[0]
    assert 'aria-invalid="true"' in field[0]


def test_a_fault_of_the_whole_form_is_said_and_what_was_typed_is_kept_and_escaped() -> None:
    class Whole(forms.Form):
        note = forms.CharField()

        def clean(self) -> None:
            raise forms.ValidationError("The two dates contradict each other.")

    html = render("{% form_fields form %}", form=Whole({"note": '"><script>'}))
    assert "The two dates contradict each other." in html
    assert "<script>" not in html
    assert "&quot;&gt;&lt;script&gt;" in html


def test_a_table_has_headings_both_ways_and_says_when_it_is_empty() -> None:
    columns = (Column("State"), Column("Needs", "number"))
    full = Table("t", "Needs", columns, [(Cell("Xanadu", "/xa"), "3")], "None recorded.")
    html = render("{% data_table table %}", table=full)
    assert re.search(r'<th scope="row"[^>]*><a href="/xa">Xanadu</a></th>', html)
    assert '<td class="number">3</td>' in html
    assert 'aria-labelledby="table-t-caption" tabindex="0"' in html
    empty = render(
        "{% data_table table %}", table=Table("t", "Needs", columns, [], "None recorded.")
    )
    assert '<td class="data-table__empty" colspan="2">None recorded.</td>' in empty


def test_a_cell_escapes_whatever_it_is_given() -> None:
    bad = '"><script>'
    cell = Cell(bad, url=bad, note=bad)
    html = cells.content(cell) + cells.content(Cell(bad, tone="alert")) + cells.content(bad)
    html += cells.content(Cell(bad, language=bad))
    assert "<script>" not in html
    assert html.count("&quot;&gt;&lt;script&gt;") == 7


def test_a_cell_says_what_language_it_is_in_only_when_the_page_is_in_another() -> None:
    texts = {"fr": "Règles"}
    assert cells.content(Cell.told(texts, "fr")) == "Règles"
    told = cells.content(Cell.told(texts, "ar", url="/x", note="n"))
    bdi = '<bdi class="lang-text" lang="fr" dir="ltr">Règles</bdi>'
    assert told == f'<a href="/x">{bdi}</a><small>n</small>'


def test_a_row_with_a_cell_too_few_is_refused() -> None:
    table = Table("t", "Needs", (Column("State"), Column("Need")), [("Xanadu",)], "None.")
    with pytest.raises(ValueError, match="zip"):
        render("{% data_table table %}", table=table)


@pytest.mark.parametrize(
    ("pager", "shown"),
    [
        (Pager(1, 7, 20), []),
        (Pager(1, 0, 20), []),
        (Pager(1, 41, 20), ["1", "2", "3"]),
        (Pager(5, 187, 20), ["1", "4", "5", "6", "10"]),
    ],
)
def test_pagination_shows_the_ends_and_the_neighbours(pager: Pager, shown: list[str]) -> None:
    html = render("{% pagination page %}", page=pager)
    assert re.findall(r">(\d+)</a>", html) == shown


def test_pagination_keeps_what_was_asked() -> None:
    pager = Pager(2, 60, 20, {"q": "a&b", "area": ["x", "y"], "page": "2"})
    assert pager.url(3) == "?q=a%26b&area=x&area=y&page=3"
    assert (pager.first_shown, pager.last_shown) == (21, 40)
    assert (Pager(1, 0, 20).first_shown, Pager(1, 0, 20).last_shown) == (0, 0)


def test_a_filter_shows_all_only_when_something_is_filtered() -> None:
    source = '{% filter_form fields "/all" %}'
    assert 'href="/all"' in render(source, fields=specimens.FILTERS)
    assert 'href="/all"' not in render(source, fields=specimens.FILTERS[:1])
    assert '<option value="borders" selected>' in render(source, fields=specimens.FILTERS)


def test_a_name_of_the_pack_says_what_language_it_is_in_where_the_page_has_another() -> None:
    english = '<bdi class="lang-text" lang="en" dir="ltr">A &amp; B</bdi>'
    with translation.override("ar-xb"):
        said = naming.say({"en": "A & B"})
        assert said == "A & B"
        assert cells.content(said) == english
        assert cells.content(Cell(said, url="/x")) == f'<a href="/x">{english}</a>'
        assert cells.spoken(naming.illustrative({"en": "A & B"}, invented=True)).startswith(
            english
        )
        field = Filter("state", "State", "", [("A", said), ("", "All")])
        assert '<option value="A" lang="en" dir="ltr">A &amp; B</option>' in cells.options(field)
        assert english in render('{% page_heading name "" "" %}', name=said)
        long = naming.beside(said, "%(name)s (%(code)s)", code="5%")
        assert (long, cells.spoken(long)) == ("A & B (5%)", f"{english} (5%)")
        assert "lang=" not in cells.content(naming.say({"ar-xb": "\u0627"}))
    with translation.override("en"):
        assert cells.content(naming.say({"en": "A & B"})) == "A &amp; B"


@pytest.mark.parametrize("address", ["states/", "organisations/", "states/XA/", "matrix/"])
def test_names_on_a_page_from_right_to_left_are_marked(committee: Committee, address: str) -> None:
    committee.need(consent=Consent.PUBLIC)
    committee.issue()
    with translation.override("en"):  # whatever the answer leaves behind
        page = Client().get(f"/ar-xb/{address}").content.decode().partition("<main")[2]
    bare = re.sub(
        r"<bdi[^>]*lang=.*?</bdi>|<option.*?</option>|<(script|style).*?</\1>|<[^>]*>",
        " ",
        page,
        flags=re.DOTALL,
    )
    assert "Arland" not in bare
    assert '<bdi class="lang-text" lang="en" dir="ltr">' in page


@pytest.mark.parametrize(
    "part", [".filter-form", ".search-form", ".personas", "> h2 + .actions:last-child", ".button"]
)
def test_nothing_to_press_is_printed_nor_a_heading_over_it_alone(part: str) -> None:
    hidden = (WEB / "static/clearinghouse/css/print.css").read_text().partition("display: none")[0]
    assert part in hidden.rpartition("}")[2]
