"""The languages of the interface: names, direction, and which text to show when one is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Language:
    """One language a reader may choose.

    `code` stands in addresses (`/fr/`), `name` is what its own readers call it, `locale` is the
    CLDR identifier that dates and numbers are written by.
    """

    code: str
    name: str
    direction: Direction
    locale: str


# The six official languages in the order United Nations documents list them.
OFFICIAL: tuple[Language, ...] = (
    Language("ar", "العربية", "rtl", "ar"),
    Language("zh", "中文", "ltr", "zh_Hans"),
    Language("en", "English", "ltr", "en_GB"),
    Language("fr", "Français", "ltr", "fr"),
    Language("ru", "Русский", "ltr", "ru"),
    Language("es", "Español", "ltr", "es"),
)

# Made by a machine from the English: Arabic letters, no meaning. It proves right-to-left pages.
PSEUDO = Language("ar-xb", "عربية للتجربة", "rtl", "ar")

BY_CODE: dict[str, Language] = {each.code: each for each in (*OFFICIAL, PSEUDO)}

DEFAULT = "en"

# Originators may send a title in any language: these are written from right to left.
_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})


def direction(language: str) -> Direction:
    """Say whether text in this language runs "rtl" or "ltr"; a language unknown here is "ltr"."""
    primary = language.replace("_", "-").split("-", maxsplit=1)[0].lower()
    return "rtl" if primary in _RIGHT_TO_LEFT else "ltr"


def locale(language: str) -> str:
    """Give the CLDR locale for dates and numbers; that of English for a language unknown here."""
    return BY_CODE.get(language, BY_CODE[DEFAULT]).locale


def pick(texts: Mapping[str, str], language: str) -> tuple[str, str]:
    """Choose what a reader of `language` is shown, with the language it is in.

    The reader's own, else English, else the first official language that has it, else the first
    of any other by code. Blank texts count as missing. Nothing at all gives ("", language).
    """
    if (own := texts.get(language, "")).strip():
        return own, language
    if language == PSEUDO.code:  # Arabic where there is Arabic: a proof closer to the real thing
        return pick(texts, "ar")
    order = (DEFAULT, *(each.code for each in OFFICIAL), *sorted(texts))
    return next(
        ((texts[code], code) for code in order if texts.get(code, "").strip()), ("", language)
    )
