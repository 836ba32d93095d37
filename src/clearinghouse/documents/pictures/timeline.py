"""Days along a line: each thing has a line of its own, so that no two can cover one another."""

from datetime import date

from clearinghouse.documents.pictures.canvas import SIZE, Canvas
from clearinghouse.documents.pictures.lettering import shortened, width
from clearinghouse.documents.shapes import Timeline

WIDTH, MARGIN, GAP, LINE, DOT = 720.0, 6.0, 10.0, 24.0, 4.5
MONTHS = (
    1,
    3,
    6,
    12,
    24,
    60,
    120,
    300,
    600,
    1200,
    3000,
    6000,
    12000,
)  # between two marks of the scale
MOST_MARKS = 9
LEAST = 28  # days across: a single day stands at the beginning


def draw(canvas: Canvas, shape: Timeline) -> tuple[float, float]:
    """Draw the scale, today, and each day with its thing; return the size of the whole."""
    canvas.width = WIDTH
    days = shape.in_order()
    left = MARGIN + width("0000-00-00", SIZE) + 2 * GAP
    known = [on for _, on in days] + ([shape.today] if shape.today else [])
    scale = _Scale(min(known), max(known), left, WIDTH - MARGIN - 3 * GAP)
    top = MARGIN + SIZE + GAP
    bottom = top + len(days) * LINE
    for on, words in scale.marks():
        canvas.line((scale.x(on), top), (scale.x(on), bottom), "rule")
        canvas.text((scale.x(on), MARGIN + SIZE), words, "middle", "soft")
    if shape.today:
        _today(canvas, shape.today_word, scale.x(shape.today), (top, bottom))
    for number, (name, on) in enumerate(days):
        middle = top + (number + 0.5) * LINE
        role = "soft" if shape.today and on < shape.today else "mark"
        canvas.text((MARGIN, middle + SIZE * 0.35), on.isoformat(), "start", "soft")
        with canvas.over_lines():
            _name(canvas, name, scale.x(on), middle + SIZE * 0.35, left)
        canvas.dot((scale.x(on), middle), DOT, role)
    return WIDTH, bottom + MARGIN + (LINE if shape.today else 0)


def _name(canvas: Canvas, name: str, x: float, base: float, left: float) -> None:
    """Beside the day, on the side where it fits, else where there is more room."""
    after, before = WIDTH - MARGIN - x - GAP, x - GAP - left
    wanted = width(name, SIZE)
    if wanted <= after or (wanted > before and after >= before):
        canvas.text((x + GAP, base), shortened(name, SIZE, after), "start")
    else:
        canvas.text((x - GAP, base), shortened(name, SIZE, before), "end")


def _today(canvas: Canvas, word: str, x: float, span: tuple[float, float]) -> None:
    top, bottom = span
    canvas.line((x, top - GAP / 2), (x, bottom + GAP / 2), "mark")
    text = shortened(word, SIZE, WIDTH - 2 * MARGIN)
    half = width(text, SIZE) / 2
    middle = min(max(x, MARGIN + half), WIDTH - MARGIN - half)
    canvas.text((middle, bottom + LINE - SIZE / 2), text, "middle")


class _Scale:
    """Where a day lies between the first and the last, and the months marked between them."""

    def __init__(self, first: date, last: date, left: float, right: float) -> None:
        self.first, self.last, self.left = first, last, left
        self.per_day = (right - left) / max((last - first).days, LEAST)

    def x(self, on: date) -> float:
        return self.left + (on - self.first).days * self.per_day

    def marks(self) -> list[tuple[date, str]]:
        """The first days of so few months or years that their names do not touch."""
        start, end = _months(self.first), _months(self.last)
        apart = next((n for n in MONTHS if (end - start) // n < MOST_MARKS), MONTHS[-1])
        wanted = range(-(-start // apart) * apart, end + 1, apart)
        days = [date(n // 12, n % 12 + 1, 1) for n in wanted if n >= 12]  # noqa: PLR2004  # a year
        return [(on, self._said(on, apart)) for on in days if self.first <= on <= self.last]

    def _said(self, on: date, apart: int) -> str:
        return f"{on.year:04}" if apart % 12 == 0 else f"{on.year:04}-{on.month:02}"


def _months(on: date) -> int:
    return on.year * 12 + on.month - 1
