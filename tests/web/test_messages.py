"""The catalogues are in step with the source, and the pseudo-Arabic proves that nothing is unmarked."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import cast

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from clearinghouse.web import specimens
from tools import messages

TEMPLATES = sorted((messages.PACKAGE / "web/templates").rglob("*.html"))
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
SPOKEN = {"aria-label", "alt", "title", "placeholder"}


class Words(HTMLParser):
    """Collects what a reader of `language` sees or hears, without names and other languages."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.stack: list[tuple[str, bool]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        foreign = given.get("lang", self.language) != self.language
        silent = foreign or given.get("translate") == "no" or tag == "style"
        silent = silent or any(quiet for _, quiet in self.stack)
        if not silent:
            self.words += [value or "" for name, value in attrs if name in SPOKEN]
        if tag not in VOID:
            self.stack.append((tag, silent))

    def handle_endtag(self, tag: str) -> None:
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(quiet for _, quiet in self.stack):
            self.words.append(data.strip())


def words(html: str, language: str) -> list[str]:
    reader = Words(language)
    reader.feed(html)
    return [word for word in reader.words if word]


def texts(given: object) -> list[str]:
    """Give the forms of a message, whether it has a plural or not."""
    return [given] if isinstance(given, str) else list(cast("tuple[str, ...]", given))


def test_the_catalogues_are_in_step_with_the_source() -> None:
    assert messages.behind(messages.files()) == [], "run python tools/messages.py"


def test_a_catalogue_behind_the_source_is_noticed(tmp_path: Path) -> None:
    stale, missing = tmp_path / "stale", tmp_path / "missing"
    stale.write_bytes(b"old")
    assert messages.behind({stale: b"new", missing: b""}) == [stale, missing]
    stale.write_bytes(b"new")
    assert messages.behind({stale: b"new"}) == []


def test_the_files_bear_no_date_and_no_line() -> None:
    for path, data in messages.files().items():
        assert b"-Date:" not in data, path
        assert not re.search(rb"^#: .*:\d+$", data, re.MULTILINE), path


@pytest.mark.parametrize(
    "kept",
    ["%(count)s", "%(value)d", "%s", "%d", "%%", "{name}", "{}", "<b>", "</a>", "&nbsp;", "&#39;",
     '<a href="/x">', "https://example.org/a?b=c"],
)  # fmt: skip
def test_a_placeholder_survives(kept: str) -> None:
    done = messages.pseudo(f"Before {kept} after")
    assert kept in done
    assert not LATIN.search(done.replace(kept, "", 1))


def test_every_placeholder_of_every_message_survives() -> None:
    names = re.compile(r"%\(\w+\)[sdr]|%[sd]|\{\w*\}|</?\w+[^>]*>")
    checked = 0
    for message in messages.pseudo_catalog(messages.template()):
        if not message.id:
            continue
        allowed = [sorted(names.findall(one)) for one in texts(message.id)]
        forms = texts(message.string)
        assert all(sorted(names.findall(form)) in allowed for form in forms), message.id
        checked += 1
    assert checked > 100


def test_the_pseudo_translation_is_about_a_third_longer() -> None:
    ids = [m.id for m in messages.template() if m.id and isinstance(m.id, str)]
    ratio = sum(len(messages.pseudo(one)) for one in ids) / sum(map(len, ids))
    assert 1.2 < ratio < 1.4


def test_a_plural_has_the_six_forms_of_arabic() -> None:
    plural = [m for m in messages.pseudo_catalog(messages.template()) if isinstance(m.id, tuple)]
    assert plural
    for message in plural:
        one, many = (messages.pseudo(text) for text in message.id)
        assert message.string == (many, one, many, many, many, many)


def test_django_finds_the_pseudo_translation_plurals_included() -> None:
    with translation.override("ar-xb"):
        assert translation.gettext("not recorded") == messages.pseudo("not recorded")
        assert translation.get_language_bidi()
        one = translation.ngettext(
            "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
            "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
            1,
        )
    assert one == messages.pseudo(
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d)."
    )


# What is no word of ours: the beginning of an address, paragraphs, what somebody has typed.
SAMPLES = re.compile(r"https://|\d\([a-z]\)|In short\.|\bx\b")


def test_everything_on_the_page_of_patterns_is_translated() -> None:
    with translation.override("ar-xb"):
        html = render_to_string("patterns.html", specimens.context("ar-xb"))
    assert '<html lang="ar-xb" dir="rtl">' in html
    shown = words(html, "ar-xb")
    assert len(shown) > 150
    assert [word for word in shown if LATIN.search(SAMPLES.sub("", word))] == []


def test_the_samples_in_other_languages_are_there_and_say_so() -> None:
    with translation.override("ar-xb"):
        html = render_to_string("patterns.html", specimens.context("ar-xb"))
    title = specimens.TITLE["en"]
    assert f'lang="en" dir="ltr">{title}</bdi>' in html


@pytest.mark.parametrize("code", [400, 403, 404, 409, 500, 503])
def test_every_error_is_translated(code: int) -> None:
    with translation.override("ar-xb"):
        html = render_to_string(f"errors/{code}.html", {"language": "ar-xb", "direction": "rtl"})
    assert [word for word in words(html, "ar-xb") if LATIN.search(word)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_a_template_holds_no_unmarked_words(path: Path) -> None:
    source = path.read_text()
    for block in ("comment", "blocktranslate"):
        source = re.sub(
            rf"\{{%\s*{block}\b.*?\{{%\s*end{block}\s*%\}}", "", source, flags=re.DOTALL
        )
    source = re.sub(r"\{% block body_class %\}.*?\{% endblock %\}", "", source)
    source = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", "", source, flags=re.DOTALL)
    assert [word for word in words(source, "") if LATIN.search(word)] == []


def test_unmarked_words_are_noticed() -> None:
    assert words('<p lang="x">No</p><p>Yes <b aria-label="too">1</b></p>', "") == [
        "Yes",
        "too",
        "1",
    ]
