"""How wide a text is when set, never told too narrow, and a text cut to the room there is."""

import unicodedata
from functools import lru_cache
from typing import Literal

ELLIPSIS = "…"
Script = Literal["plain", "arabic", "chinese"]
FAMILIES: dict[Script, str] = {
    "plain": "Noto Sans, sans-serif",
    "arabic": "Noto Sans Arabic, Noto Naskh Arabic, sans-serif",
    "chinese": "Noto Sans SC, Noto Sans CJK SC, sans-serif",
}

# Widths in hundredths of an em after Noto Sans, rounded up; what a machine without it has instead
# may be wider, so callers leave room.
# fmt: off
_LATIN = (  # from the space on
    26, 27, 41, 65, 58, 84, 74, 23, 30, 30, 56, 58, 27, 33, 27, 38, 58, 58, 58, 58, 58, 58,
    58, 58, 58, 58, 27, 27, 58, 58, 58, 44, 90, 64, 65, 64, 73, 56, 52, 73, 75, 34, 28, 62,
    53, 91, 76, 79, 61, 79, 63, 55, 56, 74, 60, 93, 59, 57, 58, 33, 38, 33, 58, 45, 29, 57,
    62, 48, 62, 57, 35, 62, 62, 26, 26, 54, 26, 94, 62, 61, 62, 62, 42, 48, 37, 62, 51, 79,
    53, 51, 47, 38, 56, 38, 58,
)
_CYRILLIC = (  # from U+0410 on
    64, 62, 65, 53, 70, 56, 86, 59, 77, 77, 62, 71, 91, 75, 79, 74, 61, 64, 56, 63, 81, 59,
    75, 70, 104, 105, 70, 86, 65, 64, 106, 64, 57, 60, 58, 44, 59, 57, 75, 49, 65, 65, 53,
    58, 75, 64, 61, 63, 62, 48, 48, 51, 73, 53, 64, 62, 90, 91, 70, 78, 60, 50, 84, 56,
)
# fmt: on
_ADVANCE = {
    chr(first + number): wide / 100
    for first, widths in ((0x20, _LATIN), (0x410, _CYRILLIC))
    for number, wide in enumerate(widths)
} | {"æ": 0.88, "Æ": 0.9, "œ": 0.95, "Œ": 0.95, "Đ": 0.74, "đ": 0.63, "Ŀ": 0.53}
_NARROW_ARABIC = frozenset("ءآأإادذرزوؤة")
ARABIC_ALONE = frozenset(map(chr, (*range(0x610, 0x61B), *range(0x64B, 0x66A), 0x670)))
_WIDE_CLASSES = ("W", "F")


@lru_cache(maxsize=4096)
def width(text: str, size: float) -> float:
    """The width of a text in units, `size` being that of its letters."""
    return size * sum(_advance(letter) for letter in text)


def shortened(text: str, size: float, room: float) -> str:
    """The text, or as much of its beginning as fits into the room, with an ellipsis after it."""
    line = " ".join(text.split())
    if width(line, size) <= room:
        return line
    while line and width(line + ELLIPSIS, size) > room:
        line = line[:-1].rstrip()
    return line + ELLIPSIS


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left."""
    found = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind in ("R", "AL") for kind in found if kind in ("L", "R", "AL")), False)


def runs(text: str) -> list[tuple[Script, str]]:
    """The text in parts of one script each: not every drawer looks for a second font itself."""
    found: list[tuple[Script, str]] = []
    for letter in text:
        script = _script(letter)
        if found and found[-1][0] == script:
            found[-1] = (script, found[-1][1] + letter)
        else:
            found.append((script, letter))
    return found


@lru_cache(maxsize=4096)
def _script(letter: str) -> Script:
    if letter in ARABIC_ALONE or unicodedata.bidirectional(letter) == "AL":
        return "arabic"
    wide = unicodedata.east_asian_width(letter) in _WIDE_CLASSES
    return "chinese" if wide or "\u3000" <= letter < "\ua000" else "plain"


@lru_cache(maxsize=4096)
def _advance(letter: str) -> float:
    if letter in _ADVANCE:
        return _ADVANCE[letter]
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(letter) in _WIDE_CLASSES:
        return 1.0
    if unicodedata.bidirectional(letter) in ("AL", "AN"):
        return 0.45 if letter in _NARROW_ARABIC else 0.78
    plain = unicodedata.normalize("NFD", letter)[0]
    return _ADVANCE.get(plain, 1.0)
