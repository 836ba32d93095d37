#!/usr/bin/env python3
"""Cut the fonts that pages are set in from Debian's Noto fonts, and write their style sheet.

Usage: tools/web_fonts.py [--from FOLDER] [--check]      FOLDER: by default /usr/share/fonts

Writes static/clearinghouse/fonts/*.woff2 and css/fonts.css of the web door. Each font is cut by
script, and the sheet tells browsers which characters are in which file, so that a page in English
fetches no Arabic. Needs the packages fonts-noto-core and fonts-noto-cjk, and fonttools[woff].
--check writes nothing and exits 1 if the sheet, or the characters of a font, are not as here.
"""

from __future__ import annotations

import argparse
import io
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fontTools import subset
from fontTools.ttLib import TTFont

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STATIC = Path(__file__).parents[1] / "src/clearinghouse/web/static/clearinghouse"
SOURCES = "/usr/share/fonts"
SIMPLIFIED = 2  # the place of "Noto Sans CJK SC" in Debian's collections

# Letters of English, French and Spanish, with the punctuation, the arrows and signs of our pages.
WESTERN = (
    (0x20, 0x7E), (0xA0, 0xFF), (0x152, 0x153), (0x178, 0x178), (0x2010, 0x2027),
    (0x202F, 0x203A), (0x2044, 0x2044), (0x20AC, 0x20AC), (0x2122, 0x2122), (0x2190, 0x2193),
    (0x2212, 0x2212), (0x2066, 0x2069), (0xFFFD, 0xFFFD),
)  # fmt: skip
# Names of people and places in other Latin alphabets.
WIDER = ((0x100, 0x151), (0x154, 0x177), (0x179, 0x24F), (0x2BC, 0x2DD), (0x1E00, 0x1EFF))
CYRILLIC = ((0x400, 0x52F), (0x2116, 0x2116))
ARABIC = ((0x600, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC))
CHINESE = ((0x3000, 0x303F), (0x4E00, 0x9FFF), (0xFF00, 0xFFEF))  # what is asked of the file

Ranges = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Cut:
    """One shipped font: its family and weight, where it comes from, and the characters kept."""

    file: str
    family: str
    weight: int
    source: str
    ranges: Ranges
    number: int = 0  # within a collection
    is_chinese: bool = False

    def characters(self) -> frozenset[int]:
        """Of Chinese the 3,755 characters of everyday use, and the signs; else the ranges."""
        if self.is_chinese:
            return _everyday()
        return frozenset(code for first, last in self.ranges for code in range(first, last + 1))


def _noto(
    family: str,
    name: str,
    weights: Iterable[tuple[int, str]],
    scripts: Iterable[tuple[str, Ranges]],
) -> Iterator[Cut]:
    for weight, style in weights:
        for script, ranges in scripts:
            file = f"{name}-{script}-{weight}.woff2"
            yield Cut(file, family, weight, f"truetype/noto/{name}-{style}.ttf", ranges)


BOTH, BOLD = ((400, "Regular"), (700, "Bold")), ((700, "Bold"),)
ALPHABETS = (("western", WESTERN), ("wider", WIDER), ("cyrillic", CYRILLIC))
CUTS = (
    *_noto("Noto Sans", "NotoSans", BOTH, ALPHABETS),
    *_noto("Noto Serif", "NotoSerif", BOLD, ALPHABETS),
    *_noto("Noto Sans Arabic", "NotoSansArabic", BOTH, (("arabic", ARABIC),)),
    *_noto("Noto Naskh Arabic", "NotoNaskhArabic", BOLD, (("arabic", ARABIC),)),
    Cut("NotoSansSC-chinese-400.woff2", "Noto Sans SC", 400,
        "opentype/noto/NotoSansCJK-Regular.ttc", CHINESE, SIMPLIFIED, is_chinese=True),
)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--from", dest="folder", type=Path, default=Path(SOURCES))
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    if asked.check:
        return _check()
    for cut in CUTS:
        content = cut_out(cut, asked.folder)
        (STATIC / "fonts" / cut.file).write_bytes(content)
        print(f"{cut.file}: {len(content):,} bytes")
    (STATIC / "css/fonts.css").write_text(sheet())
    return 0


def cut_out(cut: Cut, folder: Path) -> bytes:
    """The font with the characters kept and no others, without hints, by its own date."""
    font = TTFont(folder / cut.source, fontNumber=cut.number, recalcTimestamp=False)
    options = subset.Options(hinting=False, notdef_outline=True, glyph_names=False)
    options.layout_features = ["*"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=cut.characters())
    cutter.subset(font)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def sheet() -> str:
    faces = "\n\n".join(_face(cut) for cut in CUTS)
    return (
        "/* Fonts shipped with the program, each file fetched only where its script is read.\n"
        "   Written by tools/web_fonts.py. */\n"
        f"@layer base {{\n{faces}\n}}\n"
    )


def _face(cut: Cut) -> str:
    covered = ", ".join(
        f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in cut.ranges
    )
    return (
        "  @font-face {\n"
        f'    font-family: "{cut.family}";\n'
        f"    font-weight: {cut.weight};\n"
        "    font-display: swap;\n"
        f'    src: url("../fonts/{cut.file}") format("woff2");\n'
        f"    unicode-range: {covered};\n"
        "  }"
    )


def _everyday() -> frozenset[int]:
    """The signs of GB 2312 and its first level of characters, and the full-width forms."""
    rows = (*range(0xA1, 0xA4), *range(0xB0, 0xD8))
    pairs = (bytes((row, place)) for row in rows for place in range(0xA1, 0xFF))
    found = frozenset(map(ord, "".join(pair.decode("gb2312", "ignore") for pair in pairs)))
    return frozenset(
        code
        for code in found | frozenset(range(0xFF01, 0xFF5F))
        if any(first <= code <= last for first, last in CHINESE)
    )


def _check() -> int:
    wrong = [] if (STATIC / "css/fonts.css").read_text() == sheet() else ["fonts.css"]
    shipped = {path.name for path in (STATIC / "fonts").glob("*.woff2")}
    wrong += sorted(shipped ^ {cut.file for cut in CUTS})
    for cut in CUTS:
        path = STATIC / "fonts" / cut.file
        if path.exists() and not set(TTFont(path).getBestCmap()) <= cut.characters():
            wrong.append(cut.file)
    for name in wrong:
        print(f"{name}: not as tools/web_fonts.py cuts it")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
