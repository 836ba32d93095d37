"""A picture as JSON and back: its shape by name, so that a kept document can be drawn again."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

from clearinghouse.documents.model import Picture
from clearinghouse.documents.shapes import Bars, Heat, Shape, Timeline

NAMES: dict[type[Shape], str] = {Heat: "heat", Bars: "bars", Timeline: "timeline"}


def out(picture: Picture) -> dict[str, object]:
    """What stands in the JSON of a document."""
    found = asdict(picture)
    shape = found.pop("shape")
    if isinstance(picture.shape, Timeline):
        today = picture.shape.today
        shape["days"] = [[name, on.isoformat()] for name, on in picture.shape.days]
        shape["today"] = today.isoformat() if today else None
    return {"kind": "picture", **found, "shape": {"kind": NAMES[type(picture.shape)], **shape}}


def back(found: dict[str, Any]) -> Picture:
    """The picture that `out` wrote. Raises LookupError, TypeError or ValueError for another."""
    given = {name: value for name, value in found.items() if name not in ("kind", "shape")}
    shape = dict(found["shape"])
    return Picture(shape=SHAPES[shape.pop("kind")](shape), **given)


def _heat(found: dict[str, Any]) -> Heat:
    lists = {name: tuple(found.pop(name)) for name in ("rows", "columns")}
    counts = tuple(map(tuple, found.pop("counts")))
    return Heat(**{**found, **lists, "counts": counts})


def _bars(found: dict[str, Any]) -> Bars:
    bars = tuple((name, count) for name, count in found.pop("bars"))
    return Bars(bars=bars, **found)


def _timeline(found: dict[str, Any]) -> Timeline:
    days = tuple((name, date.fromisoformat(on)) for name, on in found.pop("days"))
    today = found.pop("today")
    return Timeline(days=days, today=today and date.fromisoformat(today), **found)


SHAPES: dict[str, Callable[[dict[str, Any]], Shape]] = {
    "heat": _heat,
    "bars": _bars,
    "timeline": _timeline,
}
