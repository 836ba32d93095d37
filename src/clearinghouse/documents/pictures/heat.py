"""A grid of counts: the darker a field, the more; what is blank says nothing."""

from bisect import bisect_left
from collections.abc import Sequence
from math import ceil

from clearinghouse.documents.pictures.canvas import SIZE, Canvas
from clearinghouse.documents.pictures.lettering import shortened, width
from clearinghouse.documents.pictures.palette import STEPS
from clearinghouse.documents.shapes import Heat

MARGIN, GAP, LINE = 2.0, 8.0, 20.0
LABEL, HEADING = 240.0, 190.0  # the most a row's and a column's name may take
LARGE, SMALL = (40.0, 26.0), (16.0, 16.0)  # a field with its figure, a field without
MANY = 1_200  # so many fields: their figures would not be read, and stand in the table alone
SLANT = 0.7072  # of half a right angle, rounded up


def draw(canvas: Canvas, heat: Heat) -> tuple[float, float]:
    """Draw the grid with its names and its scale; return the size of the whole."""
    is_large = len(heat.rows) * len(heat.columns) <= MANY
    field = LARGE if is_large else SMALL
    rows = [shortened(name, SIZE, LABEL) for name in heat.rows]
    heads = [shortened(name, SIZE, HEADING) for name in heat.columns]
    left = ceil(MARGIN + max(width(name, SIZE) for name in rows) + GAP)
    rise = max(width(name, SIZE) for name in heads) * SLANT
    top = ceil(MARGIN + rise + 2 * GAP)
    right = left + len(heads) * field[0]
    bottom = top + len(rows) * field[1]
    breaks = steps(heat.counts)
    legend = _legend(heat, breaks)
    wanted = max(right + _overhang(heads, field[0]), MARGIN + _legend_width(legend))
    canvas.width = ceil(wanted + MARGIN)
    for number, name in enumerate(rows):
        base = top + number * field[1] + field[1] / 2 + SIZE * 0.35
        canvas.text((left - GAP, base), name, "end")
    for number, name in enumerate(heads):
        canvas.slanted((left + (number + 0.5) * field[0] + SIZE * 0.25, top - GAP), name)
    _fields(canvas, heat, (left, top), field, breaks)
    if is_large:
        _figures(canvas, heat, (left, top), field, breaks)
    _scale(canvas, legend, bottom + LINE)
    return canvas.width, bottom + 2 * LINE + GAP


def steps(counts: Sequence[Sequence[int | None]]) -> list[int]:
    """The highest count of each step: few counts have a step each, many share five."""
    most = max((count or 0 for row in counts for count in row), default=0)
    return sorted({-(-most * n // STEPS) for n in range(1, STEPS + 1)} - {0})


def step(count: int | None, breaks: Sequence[int]) -> int:
    """Which step a count is on, from 1; nothing and none are on 0."""
    if not count:
        return 0
    return bisect_left(breaks, count) + 1


def _fields(
    canvas: Canvas,
    heat: Heat,
    corner: tuple[float, float],
    field: tuple[float, float],
    breaks: Sequence[int],
) -> None:
    """All fields of one step are one path: a grid of ten thousand is drawn in milliseconds."""
    wide, high = field[0] - 1, field[1] - 1
    on = {count: step(count, breaks) for row in heat.counts for count in set(row)}
    columns = range(len(heat.columns))
    edges = [corner[0] + n * field[0] for n in columns]
    near = [canvas.width - x - wide for x in edges] if canvas.is_mirrored else edges
    starts = [f"M{x:.0f} " for x in near]
    paths: list[list[str]] = [[] for _ in range(STEPS + 1)]
    for number, row in enumerate(heat.counts):
        rest = f"{corner[1] + number * field[1]:.0f}h{wide:.0f}v{high:.0f}h-{wide:.0f}z"
        for start, count in zip(starts, row, strict=True):
            paths[on[count]].append(start + rest)
    for number, parts in enumerate(paths):
        role = f"step-{number}" if number else "blank"
        if parts:
            canvas.raw(f'<path d="{"".join(parts)}"{canvas.paint(role)}/>')


def _figures(
    canvas: Canvas,
    heat: Heat,
    corner: tuple[float, float],
    field: tuple[float, float],
    breaks: Sequence[int],
) -> None:
    for down, row in enumerate(heat.counts):
        base = corner[1] + (down + 0.5) * field[1] + SIZE * 0.35
        for along, count in enumerate(row):
            if count is not None:
                on = step(count, breaks)
                middle = corner[0] + (along + 0.5) * field[0] - 0.5
                text = shortened(str(count), SIZE, field[0] - 4)
                canvas.text((middle, base), text, "middle", f"on-step-{on}" if on else "soft")


def _overhang(heads: Sequence[str], field: float) -> float:
    """How far the slanted headings reach beyond the last column."""
    reach = (
        width(name, SIZE) * SLANT + SIZE - (len(heads) - number - 0.5) * field
        for number, name in enumerate(heads)
    )
    return max(0.0, *reach)


def _legend(heat: Heat, breaks: Sequence[int]) -> list[tuple[str, str]]:
    """Each step's role and its words: ("step-3", "4" to "6")."""
    said = [("blank", shortened(heat.blank, SIZE, LABEL))]
    for low, high in zip([0, *breaks], breaks, strict=False):
        words = str(high) if high == low + 1 else f"{low + 1}\u2013{high}"
        said.append((f"step-{step(high, breaks)}", words))
    role, words = said[-1]
    said[-1] = (role, f"{words} {shortened(heat.unit, SIZE, LABEL)}")
    return said


def _legend_width(legend: Sequence[tuple[str, str]]) -> float:
    return sum(SIZE + GAP / 2 + width(words, SIZE) + 2 * GAP for _, words in legend)


def _scale(canvas: Canvas, legend: Sequence[tuple[str, str]], top: float) -> None:
    x = MARGIN
    for role, words in legend:
        canvas.box((x, top), (SIZE, SIZE), "soft")
        canvas.box((x + 0.5, top + 0.5), (SIZE - 1, SIZE - 1), role)
        x += SIZE + GAP / 2
        canvas.text((x, top + SIZE - 2), words, "start", "soft")
        x += width(words, SIZE) + 2 * GAP
