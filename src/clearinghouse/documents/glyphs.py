"""What the shipped fonts can show: a character that they lack is written as its number."""

import json
import re
import unicodedata
from functools import cache
from importlib import resources

from clearinghouse.documents.legible import visible

# Formatting characters print as nothing by nature and need no glyph; these alone a PDF refuses.
REFUSED = ("\ufeff", "\ufffe", "\uffff")


def shown(text: str) -> str:
    """Return the text as `visible` gives it, with <U+1F600> for what no shipped font can show."""
    if text.isascii() and text.isprintable():
        return text
    return _missing().sub(lambda found: f"<{_number(found)}>", visible(text))


def drawable(svg: str) -> str:
    """The same for a drawing, whose own marks are ASCII: numbers stand bare, what is unseen goes.

    A drawing's lettering finds another font only for a text that has a glyph for every character.
    """
    return _missing().sub(_number, _formatting().sub("", svg))


def _number(found: re.Match[str]) -> str:
    return f"U+{ord(found[0]):04X}"


@cache
def _missing() -> re.Pattern[str]:
    """Match any character that has no glyph. Tab, line end and space need none."""
    source = resources.files(__package__).joinpath("fonts", "coverage.json")
    known = "".join(
        f"{re.escape(chr(first))}-{re.escape(chr(last))}"
        for first, last in json.loads(source.read_text("ascii"))
    )
    return re.compile(f"[^\t\n{known}{_unseen()}]")


@cache
def _formatting() -> re.Pattern[str]:
    return re.compile(f"[{_unseen()}]")


@cache
def _unseen() -> str:
    """The joiners, marks of direction and soft hyphens of the basic plane."""
    codes = (chr(code) for code in range(0x80, 0x10000))
    return "".join(c for c in codes if unicodedata.category(c) == "Cf" and c not in REFUSED)
