"""Which text a reader is shown when the one asked for is missing, and which way it runs."""

import pytest

from clearinghouse.kernel import languages


def test_there_are_the_six_official_languages_in_the_order_of_the_united_nations() -> None:
    assert [each.code for each in languages.OFFICIAL] == ["ar", "zh", "en", "fr", "ru", "es"]
    assert len({each.name for each in languages.OFFICIAL}) == 6


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("ar", "rtl"), ("ar-xb", "rtl"), ("AR_EG", "rtl"), ("fa", "rtl"), ("ur-Arab", "rtl"),
        ("en", "ltr"), ("zh", "ltr"), ("fr", "ltr"), ("ru", "ltr"), ("es", "ltr"),
        ("arn", "ltr"),  # Mapudungun begins like Arabic and is not
        ("", "ltr"),
    ],
)  # fmt: skip
def test_direction(code: str, expected: str) -> None:
    assert languages.direction(code) == expected


def test_what_the_table_says_of_each_language_agrees_with_direction() -> None:
    for code, language in languages.BY_CODE.items():
        assert language.direction == languages.direction(code), code


@pytest.mark.parametrize(
    ("texts", "asked", "shown"),
    [
        ({"en": "Rules", "fr": "Règles"}, "fr", ("Règles", "fr")),
        ({"en": "Rules", "fr": "Règles"}, "ru", ("Rules", "en")),
        ({"es": "Normas", "fr": "Règles"}, "ru", ("Règles", "fr")),
        ({"pt": "Regras", "de": "Regeln"}, "ru", ("Regeln", "de")),
        ({"en": " ", "fr": "Règles"}, "en", ("Règles", "fr")),
        ({"en": "", "fr": ""}, "ru", ("", "ru")),
        ({}, "en", ("", "en")),
        ({"en": "Rules"}, "ar-xb", ("Rules", "en")),
    ],
)
def test_pick(texts: dict[str, str], asked: str, shown: tuple[str, str]) -> None:
    assert languages.pick(texts, asked) == shown


def test_pick_does_not_depend_on_the_order_in_which_texts_arrived() -> None:
    texts = {"pt": "Regras", "de": "Regeln", "es": "Normas", "ru": "Правила"}
    reverse = dict(reversed(texts.items()))
    assert languages.pick(texts, "zh") == languages.pick(reverse, "zh") == ("Правила", "ru")


def test_english_is_written_the_united_nations_way() -> None:
    assert languages.locale("en") == "en_GB"
    assert languages.locale("ar-xb") == "ar"
    assert languages.locale("tlh") == "en_GB"
