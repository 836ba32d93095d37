"""Pictures: everything inside the frame, nothing over anything, and the same in figures."""

import re
import time
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import docx as word_files
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from clearinghouse.documents import docx, html, pdf, structured
from clearinghouse.documents.legible import visible
from clearinghouse.documents.model import Direction, Document, Picture, Section
from clearinghouse.documents.pictures import Form, heat, lettering, svg
from clearinghouse.documents.pictures.palette import FORMS
from clearinghouse.documents.shapes import Bars, Heat, Shape, Timeline
from tests.documents.samples import (
    ARABIC,
    BARS,
    HEAT,
    MASTHEAD,
    NAMES,
    SHAPES,
    TEXTS,
    TIMELINE,
    document,
    picture,
    with_names,
)

SVG = "{http://www.w3.org/2000/svg}"
DIRECTIONS: tuple[Direction, ...] = ("ltr", "rtl")
FONTS = Path(__file__).parents[2] / "src/clearinghouse/web/static/clearinghouse/fonts"
Box = tuple[float, float, float, float]  # left, top, right, bottom


def parsed(one: Picture, form: Form = "screen") -> ET.Element:
    return ET.fromstring(svg(one, form))  # noqa: S314  # our own bytes


def frame(root: ET.Element) -> Box:
    x, y, width, height = map(float, root.attrib["viewBox"].split())
    return x, y, x + width, y + height


def upright(root: ET.Element) -> list[tuple[str, Box]]:
    """Every text that is not turned, with the room it takes."""
    found = []
    for one in root.iter(f"{SVG}text"):
        if "x" in one.attrib:
            text = "".join(one.itertext())
            left, right = _span(one, text)
            base = float(one.attrib["y"])
            found.append(
                (
                    text,
                    (
                        left + float(one.attrib["x"]),
                        base - 9,
                        right + float(one.attrib["x"]),
                        base + 3,
                    ),
                )
            )
    return found


def _span(one: ET.Element, text: str) -> tuple[float, float]:
    long = lettering.width(text, 12)
    anchor = one.attrib.get("text-anchor", "start")
    return {"start": (0.0, long), "end": (-long, 0.0), "middle": (-long / 2, long / 2)}[anchor]


def corners_of_slanted(root: ET.Element) -> list[list[tuple[float, float]]]:
    found = []
    for one in root.iter(f"{SVG}text"):
        if "transform" in one.attrib:
            x, y, angle = map(float, re.findall(r"-?[\d.]+", one.attrib["transform"]))
            turn = 0.70711 if angle > 0 else -0.70711
            span = _span(one, "".join(one.itertext()))
            corners = [(along, across) for along in span for across in (-9.0, 3.0)]
            found.append(
                [(x + 0.70711 * a - turn * b, y + turn * a + 0.70711 * b) for a, b in corners]
            )
    return found


def boxes(root: ET.Element) -> list[Box]:
    """Every field, bar and dot."""
    found = []
    for rect in root.iter(f"{SVG}rect"):
        x, y, w, h = (float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
        found.append((x, y, x + w, y + h))
    for dot in root.iter(f"{SVG}circle"):
        x, y, r = (float(dot.attrib[name]) for name in ("cx", "cy", "r"))
        found.append((x - r, y - r, x + r, y + r))
    return found + fields(root)


def fields(root: ET.Element) -> list[Box]:
    found = []
    for path in root.iter(f"{SVG}path"):
        for x, y, w, h, _ in re.findall(r"M(-?\d+) (-?\d+)h(\d+)v(\d+)h-(\d+)z", path.attrib["d"]):
            found.append((float(x), float(y), float(x) + float(w), float(y) + float(h)))
    return found


def within(inner: Box, outer: Box) -> bool:
    return (
        inner[0] >= outer[0] - 0.1 and inner[1] >= outer[1] - 0.1
        and inner[2] <= outer[2] + 0.1 and inner[3] <= outer[3] + 0.1
    )  # fmt: skip


def touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def assert_in_order(one: Picture) -> None:
    root = parsed(one)
    texts, outer = upright(root), frame(root)
    assert [text for text, box in texts if not within(box, outer)] == []
    assert [(a, b) for (a, one_), (b, two) in combinations(texts, 2) if touch(one_, two)] == []
    assert all(within(box, outer) for box in boxes(root))
    for corners in corners_of_slanted(root):
        assert all(outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3] for x, y in corners)


# ── geometry ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("name", SHAPES)
def test_all_is_inside_the_frame_and_no_text_covers_another(
    name: str, direction: Direction
) -> None:
    assert_in_order(picture(SHAPES[name], direction))


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("rows", [1, 2, 19, 21, 193])
@pytest.mark.parametrize("columns", [1, 2, 60])
def test_a_grid_of_any_size_has_its_fields_side_by_side(
    rows: int, columns: int, direction: Direction
) -> None:
    grid = Heat(
        head="State", unit="needs", blank="nothing",
        rows=tuple(f"State {n}" for n in range(rows)),
        columns=tuple(f"Subject {n}" for n in range(columns)),
        counts=tuple(tuple((r * c) % 7 or None for c in range(columns)) for r in range(rows)),
    )  # fmt: skip
    root = parsed(picture(grid, direction))
    found = fields(root)
    assert len(found) == len(set(found)) == rows * columns
    assert len({box[0] for box in found}) == columns
    assert len({box[1] for box in found}) == rows
    sizes = {(box[2] - box[0], box[3] - box[1]) for box in found}
    assert len(sizes) == 1
    (wide, high), pitch = sizes.pop(), sorted({box[0] for box in found})
    assert all(b - a > wide for a, b in pairwise(pitch))
    assert all(within(box, frame(root)) for box in found)
    assert high >= 15
    assert_in_order(picture(grid, direction))


DAYS = st.dates(date(2001, 9, 28), date(2040, 1, 1)) | st.dates()


@settings(max_examples=60)
@given(
    st.lists(st.tuples(TEXTS, DAYS), min_size=1, max_size=9),
    st.none() | DAYS,
    st.sampled_from(DIRECTIONS),
)
def test_a_timeline_of_any_days_holds(
    days: list[tuple[str, date]], today: date | None, direction: Direction
) -> None:
    shape = Timeline(head="a", unit="b", days=tuple(days), today=today, today_word="today")
    assert_in_order(picture(shape, direction))


@settings(max_examples=60)
@given(
    st.lists(st.tuples(TEXTS, st.integers(0, 10**9)), min_size=1, max_size=9),
    st.sampled_from(DIRECTIONS),
)
def test_bars_of_any_names_and_counts_hold(
    bars: list[tuple[str, int]], direction: Direction
) -> None:
    assert_in_order(picture(Bars(head="a", unit="b", bars=tuple(bars)), direction))


@settings(max_examples=40)
@given(TEXTS, st.sampled_from(DIRECTIONS))
def test_a_grid_of_any_names_holds(text: str, direction: Direction) -> None:
    assert_in_order(picture(with_names(text), direction))


def test_from_right_to_left_a_picture_is_mirrored() -> None:
    plain, turned = (parsed(picture(HEAT, direction)) for direction in DIRECTIONS)
    wide = frame(plain)[2]
    assert sorted(wide - right for _, _, right, _ in fields(plain)) == sorted(
        left for left, *_ in fields(turned)
    )
    assert plain.attrib["direction"] == turned.attrib["direction"] == "ltr"


def test_bars_are_as_long_as_their_counts() -> None:
    root = parsed(picture(Bars(head="a", unit="b", bars=(("x", 0), ("y", 5), ("z", 20)))))
    short, long = (float(rect.attrib["width"]) for rect in root.iter(f"{SVG}rect"))
    assert long == pytest.approx(4 * short, abs=0.2)


def test_days_stand_in_order_and_at_their_distance() -> None:
    days = (
        ("late", date(2026, 12, 31)),
        ("early", date(2026, 1, 1)),
        ("middle", date(2026, 7, 2)),
    )
    root = parsed(picture(Timeline(head="a", unit="b", days=days)))
    early, middle, late = (float(dot.attrib["cx"]) for dot in root.iter(f"{SVG}circle"))
    assert middle - early == pytest.approx(late - middle, abs=0.3)
    shown = [text for text, _ in upright(root)]
    assert shown.index("early") < shown.index("middle") < shown.index("late")


@pytest.mark.parametrize(
    ("most", "expected"),
    [(0, []), (1, [1]), (3, [1, 2, 3]), (5, [1, 2, 3, 4, 5]), (22, [5, 9, 14, 18, 22])],
)
def test_few_counts_have_a_step_each_and_many_share_five(most: int, expected: list[int]) -> None:
    breaks = heat.steps([[most, None, 0]])
    assert breaks == expected
    on = [heat.step(count, breaks) for count in range(1, most + 1)]
    assert on == sorted(on)
    assert set(on) == set(range(1, len(breaks) + 1))
    assert heat.step(0, breaks) == heat.step(None, breaks) == 0


# ── letters ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("script", ["western", "wider", "cyrillic"])
def test_no_letter_is_told_narrower_than_it_is(script: str) -> None:
    font = TTFont(FONTS / f"NotoSans-{script}-400.woff2")
    widths, letters, em = font["hmtx"], font.getBestCmap(), font["head"].unitsPerEm
    ours = [code for code in letters if code < 0x180 or 0x410 <= code < 0x450]
    assert len(ours) > 60
    narrow = {
        chr(code)
        for code in ours
        if lettering.width(chr(code), 1) + 0.006 < widths[letters[code]][0] / em
    }
    assert narrow <= {"\xad"}, "a soft hyphen alone shows nothing"


@pytest.mark.parametrize("text", [*NAMES, "word " * 40, "警" * 60, "ы" * 90])
@pytest.mark.parametrize("room", [20, 60, 240])
def test_a_text_is_cut_to_its_room_and_says_so(text: str, room: float) -> None:
    cut = lettering.shortened(text, 12, room)
    assert lettering.width(cut, 12) <= room
    assert cut == text.strip() or cut.endswith("…")
    assert text.startswith(cut.removesuffix("…"))


@pytest.mark.parametrize(
    ("text", "turned"),
    [("abc", False), ("مجموعة (3)", True), ("1. مجموعة", True), ("12", False), ("a ب", False)],
)
def test_the_first_letter_says_where_a_text_begins(text: str, *, turned: bool) -> None:
    assert lettering.is_right_to_left(text) is turned
    drawn = svg(picture(Bars(head="", unit="", bars=((text, 1),))))
    said = ["".join(one.itertext()) for one in ET.fromstring(drawn).iter(f"{SVG}text")]  # noqa: S314  # ours
    assert (f"\u2067{text}\u2069" in said) is turned


# ── what it says ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", SHAPES)
def test_a_picture_has_a_title_a_description_and_what_they_are_called_by(name: str) -> None:
    root = parsed(picture(SHAPES[name]))
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert title.text == "Needs by region and subject"
    assert desc.text == "How many needs are recorded in each."
    assert root.attrib["aria-labelledby"] == f"{title.attrib['id']} {desc.attrib['id']}"
    assert root.attrib["role"] == "img"


def elements(root: ET.Element) -> list[str]:
    """All but the parts of a text that are set in another script's font."""
    return [one.tag for one in root.iter() if one.tag != f"{SVG}tspan"]


@given(TEXTS)
def test_no_name_becomes_mark_up(text: str) -> None:
    one = replace(picture(with_names(text)), caption=text, description=text)
    hostile, plain = parsed(one), parsed(picture(with_names("plain")))
    assert elements(hostile) == elements(plain)
    title = hostile.find(f"{SVG}title")
    assert title is not None
    assert (title.text or "") == visible(text)


@pytest.mark.parametrize("form", get_args(Form))
@pytest.mark.parametrize("name", SHAPES)
def test_each_form_has_its_own_colours_and_asks_for_nothing(name: str, form: Form) -> None:
    drawn = svg(picture(SHAPES[name]), form)
    assert svg(picture(SHAPES[name]), form) == drawn
    assert set(re.findall(r"#[0-9a-f]{6}", drawn)) <= _colours(form)
    assert ("class=" in drawn) is (form == "screen")
    assert not re.search(r"style=|<style|<script|href|url\(|\son\w+=", drawn)


def _colours(form: Form) -> set[str]:
    palette = FORMS[form]
    single = {palette.ink, palette.soft, palette.rule, palette.mark, palette.blank, palette.ground}
    return single | set(palette.scale) | set(palette.on_scale)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("form", get_args(Form))
def test_figures_are_legible_on_every_step_and_steps_differ_by_lightness(form: Form) -> None:
    palette = FORMS[form]
    pairs = [*zip(palette.scale, palette.on_scale, strict=True),
             (palette.ground, palette.ink), (palette.ground, palette.soft),
             (palette.blank, palette.soft)]  # fmt: skip
    for ground, ink in pairs:
        dark, light = sorted((_luminance(ground), _luminance(ink)))
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (ground, ink)
    lightness = [_luminance(colour) for colour in palette.scale]
    assert lightness == sorted(lightness, reverse=form != "dark")


# ── its table, and its place in a document ───────────────────────────────────────────────────────


def test_the_table_says_what_is_drawn_in_full() -> None:
    grid = picture(HEAT).table()
    assert [column.label for column in grid.columns] == ["Region", *NAMES]
    assert grid.rows == tuple(
        (name, *row) for name, row in zip(HEAT.rows, HEAT.counts, strict=True)
    )
    assert picture(BARS).table().rows == BARS.bars
    assert picture(TIMELINE).table().rows == TIMELINE.in_order()


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("name", SHAPES)
def test_a_document_keeps_its_pictures(name: str, direction: Direction) -> None:
    drawn = picture(SHAPES[name], direction)
    section = Section(key="pictures", title="Pictures", blocks=(drawn,))
    whole = structured.seal(replace(document(), sections=(*document().sections, section)))
    back = structured.read(structured.render(whole))
    assert back == whole
    assert back.table("sample") == drawn.table()
    page = html.fragment(whole)
    assert svg(drawn) in page
    assert 'id="table-sample"' in page
    assert page.index("<figcaption") < page.index("<svg") < page.index("<details>")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: replace(HEAT, counts=HEAT.counts[:1]), "1 rows of counts, 4 rows"),
        (lambda: replace(HEAT, columns=("a",)), "row 'Border control': 6 counts, 1 columns"),
        (lambda: replace(HEAT, rows=()), "at least one row"),
        (lambda: replace(with_names("a"), counts=((1,), (-1,))), "row 'a': a count below zero"),
        (lambda: replace(BARS, bars=()), "at least one"),
        (lambda: replace(BARS, bars=(("a", -1),)), "bar 'a': a count below zero"),
        (lambda: replace(TIMELINE, days=()), "at least one day"),
        (lambda: picture(HEAT, key="No Key"), "picture key"),
    ],
)
def test_what_cannot_be_drawn_is_refused_by_name(wrong: object, message: str) -> None:
    assert callable(wrong)
    with pytest.raises(ValueError, match=message):
        wrong()


def test_a_grid_of_every_state_is_drawn_in_a_moment(capsys: pytest.CaptureFixture[str]) -> None:
    """193 rows of 60 columns: about 4 ms of the processor, 10 at most on a quiet machine."""
    counts = tuple(tuple((r * c) % 9 or None for c in range(60)) for r in range(193))
    grid = Heat(
        head="", unit="needs", blank="nothing", counts=counts,
        rows=tuple(f"State {n}" for n in range(193)),
        columns=tuple(f"Subject {n}" for n in range(60)),
    )  # fmt: skip
    best = min(_seconds(picture(grid)) for _ in range(5))
    with capsys.disabled():
        print(f"\n11,580 fields: {1000 * best:.1f} ms")  # noqa: T201  # a figure to be read
    assert best < 0.03


def _seconds(one: Picture) -> float:
    start = time.process_time()
    svg(one)
    return time.process_time() - start


def test_every_shape_has_its_sample() -> None:
    assert {type(shape) for shape in SHAPES.values()} == set(get_args(Shape))


# ── on paper ─────────────────────────────────────────────────────────────────────────────────────


def on_paper(direction: Direction) -> Document:
    blocks = tuple(picture(shape, direction, f"a-{name}") for name, shape in SHAPES.items())
    section = Section(key="pictures", title="Pictures", blocks=blocks)
    whole = document(masthead=ARABIC if direction == "rtl" else MASTHEAD)
    return replace(whole, sections=(section,))


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_pdf_draws_every_picture_and_says_it_aloud(direction: Direction) -> None:
    made = pdf.render(on_paper(direction))
    assert pdf.render(on_paper(direction)) == made
    assert len(structure(PdfReader(BytesIO(made)), "/Figure")) == len(SHAPES)
    assert all(
        said == "How many needs are recorded in each."
        for said in structure(PdfReader(BytesIO(made)), "/Figure")
    )
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)
    assert "The same in figures" in text
    assert "1234" in text


def structure(reader: PdfReader, role: str) -> list[str]:
    """What every element of that role is called for those who hear the document."""
    found: list[str] = []
    waiting: list[Any] = [reader.root_object["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            if node.get("/S") == role and "/Alt" in node:
                found.append(str(node["/Alt"]))
            waiting += [node["/K"]] if "/K" in node else []
    return found


def test_a_word_file_holds_every_picture_with_what_it_says() -> None:
    made = docx.render(on_paper("rtl"))
    assert docx.render(on_paper("rtl")) == made
    with ZipFile(BytesIO(made)) as parts:
        images = [name for name in parts.namelist() if name.startswith("word/media/")]
        assert len(images) == len(SHAPES)
        assert all(parts.read(name).startswith(b"\x89PNG") for name in images)
        body = parts.read("word/document.xml").decode()
    assert re.findall(r'<wp:docPr id="(\d)"', body) == ["1", "2", "3"]
    assert body.count('descr="How many needs are recorded in each."') == 2 * len(SHAPES)
    shown = word_files.Document(BytesIO(made)).inline_shapes
    assert all(0 < shape.width < 6_200_000 for shape in shown), "wider than the page, in EMU"


@settings(max_examples=8, deadline=None)
@given(TEXTS)
def test_no_name_keeps_a_picture_from_paper(text: str) -> None:
    section = Section(key="s", title="s", blocks=(picture(with_names(text)),))
    whole = replace(document(), sections=(section,))
    assert pdf.render(whole).startswith(b"%PDF")
    assert docx.render(whole).startswith(b"PK")
