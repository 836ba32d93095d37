"""Where a picture is drawn: measured from the side where reading begins, mirrored at need."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from typing import Literal, TypeAlias

from clearinghouse.documents.legible import visible
from clearinghouse.documents.model import Picture
from clearinghouse.documents.pictures.lettering import FAMILIES, Script, is_right_to_left, runs
from clearinghouse.documents.pictures.palette import Palette

# Where a text stands to its point, told as it is read: from it, before it, around it.
Anchor: TypeAlias = Literal["start", "end", "middle"]

MIRRORED: dict[Anchor, Anchor] = {"start": "end", "end": "start", "middle": "middle"}
SIZE = 12.0
ISOLATE, END = "\u2067", "\u2069"  # a text from right to left, among whatever stands around it


@dataclass
class Canvas:
    """What is drawn so far. Each mark has a role, which names its class and its colour."""

    palette: Palette
    is_mirrored: bool
    width: float = 0.0
    marks: list[str] = field(default_factory=list)

    def text(
        self, at: tuple[float, float], text: str, anchor: Anchor = "start", role: str = "ink"
    ) -> None:
        """Set one line; `at` is the point on its base line."""
        x, y = at
        self.marks.append(self._text(f'x="{self._x(x)}" y="{_n(y)}"', text, anchor, role))

    @contextmanager
    def over_lines(self) -> Iterator[None]:
        """Border what is drawn meanwhile with the ground's colour: no rule runs through a word."""
        ground = self.paint("ground", "stroke")
        self.marks.append(f'<g stroke-width="4" paint-order="stroke"{ground}>')
        yield
        self.marks.append("</g>")

    def slanted(self, at: tuple[float, float], text: str) -> None:
        """Set a column's heading, rising away from the point at half a right angle."""
        x, y = at
        turn = f"translate({self._x(x)} {_n(y)}) rotate({45 if self.is_mirrored else -45})"
        self.marks.append(self._text(f'transform="{turn}"', text, "start", "ink"))

    def box(self, at: tuple[float, float], size: tuple[float, float], role: str) -> None:
        (x, y), (width, height) = at, size
        near = self._x(x + width if self.is_mirrored else x)
        self.marks.append(
            f'<rect x="{near}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"'
            f"{self.paint(role)}/>"
        )

    def line(self, start: tuple[float, float], end: tuple[float, float], role: str) -> None:
        x1, x2 = self._x(start[0]), self._x(end[0])
        self.marks.append(
            f'<path d="M{x1} {_n(start[1])}L{x2} {_n(end[1])}" fill="none"'
            f"{self.paint(role, 'stroke')}/>"
        )

    def dot(self, at: tuple[float, float], radius: float, role: str) -> None:
        x, y = at
        self.marks.append(
            f'<circle cx="{self._x(x)}" cy="{_n(y)}" r="{_n(radius)}"{self.paint(role)}/>'
        )

    def raw(self, mark: str) -> None:
        """Take in a mark that was written elsewhere, for speed; it holds no text of anybody."""
        self.marks.append(mark)

    def finished(self, picture: Picture, width: float, height: float) -> str:
        """The whole element. `width` is what the canvas was told before anything was drawn."""
        name = f"picture-{picture.key}"
        # Texts carry their own direction; the element's own is fixed, or the page's would turn
        # every anchor around.
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(width)} {_n(height)}"'
            f' width="{_n(width)}" height="{_n(height)}" role="img" direction="ltr"'
            f' lang="{escape(picture.language)}" aria-labelledby="{name}-title {name}-desc"'
            f' font-family="{FAMILIES["plain"]}" font-size="{_n(SIZE)}">'
            f'<title id="{name}-title">{escape(visible(picture.caption))}</title>'
            f'<desc id="{name}-desc">{escape(visible(picture.description))}</desc>'
        )
        return f"{head}{''.join(self.marks)}</svg>"

    def paint(self, role: str, how: Literal["fill", "stroke"] = "fill") -> str:
        """The attributes that give a role its colour, and on a page its class."""
        named = f' class="picture__{how}--{role}"' if self.palette.has_classes else ""
        return f'{named} {how}="{self._colour(role)}"'

    def _colour(self, role: str) -> str:
        kind, _, step = role.rpartition("-")
        if kind == "step":
            return self.palette.scale[int(step) - 1]
        if kind == "on-step":
            return self.palette.on_scale[int(step) - 1]
        return str(getattr(self.palette, role))

    def _text(self, where: str, text: str, anchor: Anchor, role: str) -> str:
        side = MIRRORED[anchor] if self.is_mirrored else anchor
        set_off = f"{ISOLATE}{text}{END}" if is_right_to_left(text) else text
        parts = "".join(_part(script, part) for script, part in runs(visible(set_off)))
        anchored = "" if side == "start" else f' text-anchor="{side}"'
        return f"<text {where}{anchored}{self.paint(role)}>{parts}</text>"

    def _x(self, x: float) -> str:
        return _n(self.width - x if self.is_mirrored else x)


def _part(script: Script, text: str) -> str:
    if script == "plain":
        return escape(text)
    return f'<tspan font-family="{FAMILIES[script]}">{escape(text)}</tspan>'


def _n(number: float) -> str:
    """A number with one decimal at most: 12, 12.5."""
    return f"{number:.1f}".removesuffix(".0")
