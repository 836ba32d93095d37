"""The colours of a picture in each of its forms: one hue and greys, never red against green."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Form: TypeAlias = Literal["screen", "print", "dark"]

STEPS = 5  # of a scale, beside the blank


@dataclass(frozen=True, slots=True)
class Palette:
    """Inks, rules, marks, grounds, and a scale with the ink that is written on each step."""

    ink: str
    soft: str
    rule: str
    mark: str
    blank: str
    ground: str
    scale: tuple[str, ...]
    on_scale: tuple[str, ...]
    has_classes: bool = False


_BLUES = ("#dce9f4", "#b5d2e9", "#83b3d7", "#3a76a5", "#17496c")
_DARK_BLUES = ("#17324a", "#1e4a6d", "#2c6693", "#7db4de", "#c3e0f6")
_GREYS = ("#ececec", "#d2d2d2", "#b0b0b0", "#6a6a6a", "#303030")

FORMS: dict[Form, Palette] = {
    "screen": Palette(
        ink="#1a2938",
        soft="#4a5a69",
        rule="#c6ced6",
        mark="#1b557e",
        blank="#f4f6f8",
        ground="#ffffff",
        scale=_BLUES,
        on_scale=("#1a2938", "#1a2938", "#1a2938", "#ffffff", "#ffffff"),
        has_classes=True,
    ),
    "print": Palette(
        ink="#000000",
        soft="#333333",
        rule="#999999",
        mark="#303030",
        blank="#f7f7f7",
        ground="#ffffff",
        scale=_GREYS,
        on_scale=("#000000", "#000000", "#000000", "#ffffff", "#ffffff"),
    ),
    "dark": Palette(
        ink="#e7ecf1",
        soft="#b1bdc9",
        rule="#3a4855",
        mark="#8fc3ea",
        blank="#18222b",
        ground="#10171e",
        scale=_DARK_BLUES,
        on_scale=("#ffffff", "#ffffff", "#ffffff", "#0c1a26", "#0c1a26"),
    ),
}
