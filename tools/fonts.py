#!/usr/bin/env python3
"""Cut the fonts that documents are printed with from Debian's Noto fonts.

Usage: tools/fonts.py [--from FOLDER] [--check]      FOLDER: by default /usr/share/fonts

Writes src/clearinghouse/documents/fonts/*.ttf, *.otf and coverage.json, which lists the characters
that they can show. Needs the packages fonts-noto-core and fonts-noto-cjk, and fonttools. The same
sources give the same files: --check cuts them again, writes nothing, and exits 1 if one differs.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fontTools import subset
from fontTools.ttLib import TTFont

if TYPE_CHECKING:
    from collections.abc import Iterable

TARGET = Path(__file__).parents[1] / "src/clearinghouse/documents/fonts"
SOURCES = "/usr/share/fonts"
SIMPLIFIED = 2  # the place of "Noto Sans CJK SC" in Debian's collections
PUNCTUATION = 0x2000  # where the alphabets end
CODES = range(0xA1, 0xFF)  # either byte of a character of GB 2312


def _gb2312() -> frozenset[int]:
    """The 7,445 characters of GB 2312, Chinese as it is written today, and full-width forms."""
    pairs = (bytes((high, low)) for high in CODES for low in CODES)
    found = "".join(pair.decode("gb2312", errors="ignore") for pair in pairs)
    ours = frozenset(map(ord, found)) | frozenset(range(0xFF01, 0xFF5F))
    return frozenset(code for code in ours if not _is_alphabetic(code))


def _is_alphabetic(code: int) -> bool:
    """Latin, Greek and Cyrillic, which GB 2312 holds too, come from the font made for them."""
    return code < PUNCTUATION


# Latin, Greek, Cyrillic, Vietnamese, phonetic letters, punctuation, currencies, arrows, signs.
ALPHABETIC = frozenset(
    (*range(0x20, 0x590), *range(0x1AB0, 0x2C80), *range(0xA640, 0xABFF), 0xFFFD)
)
ARABIC = frozenset(
    (*range(0x600, 0x900), *range(0x200B, 0x2070), *range(0xFB50, 0xFE00), *range(0xFE70, 0xFF00))
)
# The pictures that stand for control characters; boxes, ticks, arrows.
SIGNS = frozenset(
    (
        *range(0x2400, 0x2427),
        *range(0x2190, 0x2200),
        *range(0x25A0, 0x2600),
        *range(0x2610, 0x2614),
        *range(0x2713, 0x2719),
    )
)


@dataclass(frozen=True)
class Cut:
    """One shipped font: where it comes from, and the characters kept."""

    target: str
    source: str
    keep: frozenset[int]
    number: int = 0  # within a collection


CUTS = (
    Cut("NotoSans-Regular.ttf", "truetype/noto/NotoSans-Regular.ttf", ALPHABETIC),
    Cut("NotoSans-Bold.ttf", "truetype/noto/NotoSans-Bold.ttf", ALPHABETIC),
    Cut("NotoNaskhArabic-Regular.ttf", "truetype/noto/NotoNaskhArabic-Regular.ttf", ARABIC),
    Cut("NotoNaskhArabic-Bold.ttf", "truetype/noto/NotoNaskhArabic-Bold.ttf", ARABIC),
    Cut("NotoSansSC-Regular.otf", "opentype/noto/NotoSansCJK-Regular.ttc", _gb2312(), SIMPLIFIED),
    Cut("NotoSansSC-Bold.otf", "opentype/noto/NotoSansCJK-Bold.ttc", _gb2312(), SIMPLIFIED),
    Cut("NotoSansSymbols2-Regular.ttf", "truetype/noto/NotoSansSymbols2-Regular.ttf", SIGNS),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--from", dest="folder", type=Path, default=Path(SOURCES))
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    fonts = {cut.target: cut_out(cut, asked.folder) for cut in CUTS}
    files = {**fonts, "coverage.json": coverage(fonts.values())}
    if asked.check:
        return _check(files)
    for name, content in files.items():
        (TARGET / name).write_bytes(content)
        print(f"{name}: {len(content):,} bytes")
    return 0


def cut_out(cut: Cut, folder: Path) -> bytes:
    """The font with the characters kept and no others, without hints, by its own date."""
    font = TTFont(folder / cut.source, fontNumber=cut.number, recalcTimestamp=False)
    options = subset.Options(
        hinting=False, desubroutinize=False, name_IDs=["*"], notdef_outline=True, glyph_names=False
    )
    options.layout_features = ["*"]
    options.layout_features_exclude = []
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=cut.keep)
    cutter.subset(font)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def coverage(fonts: Iterable[bytes]) -> bytes:
    """Which characters have a glyph, as a JSON list of ranges [first, last]."""
    known: set[int] = set()
    for content in fonts:
        known |= set(TTFont(io.BytesIO(content)).getBestCmap())
    ranges: list[list[int]] = []
    for code in sorted(known):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return (json.dumps(ranges, separators=(",", ":")) + "\n").encode()


def _check(files: dict[str, bytes]) -> int:
    differing = [name for name, data in files.items() if (TARGET / name).read_bytes() != data]
    for name in differing:
        print(f"{name}: not as it is cut today")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
