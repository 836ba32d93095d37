"""Counts side by side: a line each, its name before it and its figure after it."""

from clearinghouse.documents.pictures.canvas import SIZE, Canvas
from clearinghouse.documents.pictures.lettering import shortened, width
from clearinghouse.documents.shapes import Bars

WIDTH, MARGIN, GAP, LINE, HIGH = 640.0, 2.0, 10.0, 26.0, 14.0
LABEL = 270.0  # the most a name may take


def draw(canvas: Canvas, shape: Bars) -> tuple[float, float]:
    """Draw the bars on one scale from zero; return the size of the whole."""
    canvas.width = WIDTH
    names = [shortened(name, SIZE, LABEL) for name, _ in shape.bars]
    figures = [str(count) for _, count in shape.bars]
    left = MARGIN + max(width(name, SIZE) for name in names) + GAP
    after = max(width(figure, SIZE) for figure in figures) + GAP
    room = WIDTH - MARGIN - after - left
    most = max(count for _, count in shape.bars) or 1
    top = MARGIN + LINE
    unit = shortened(shape.unit, SIZE, WIDTH - MARGIN - left)
    canvas.text((left, MARGIN + SIZE), unit, "start", "soft")
    for number, (_, count) in enumerate(shape.bars):
        middle = top + (number + 0.5) * LINE
        base, long = middle + SIZE * 0.35, room * count / most
        canvas.text((left - GAP, base), names[number], "end")
        if count:
            canvas.box((left, middle - HIGH / 2), (long, HIGH), "mark")
        canvas.text((left + long + GAP / 2, base), figures[number], "start")
    bottom = top + len(names) * LINE
    canvas.line((left, top), (left, bottom), "rule")
    return WIDTH, bottom + MARGIN
