"""How a contribution is written as one row of cells, and read back: exactly, either way.

The columns of a kind come from its definition: texts have one for each language (`title[en]`), a
checklist one for each question (`human_rights_check[remedies]`), every other field one. What has
several parts is written with a line for each, or on one line with semicolons; a semicolon that
belongs to a part is written with a backslash before it, and so is a backslash.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from clearinghouse.submissions.rules.fields import OFFICIAL, Field, Type

Content = dict[str, Any]
IN_LANGUAGES = frozenset({Type.TEXTS, Type.LONG_TEXTS})
LISTS = frozenset({Type.LANGUAGES, Type.AREAS, Type.PROVIDERS, Type.STATES, Type.REGIONS})
_PIECE = re.compile(r"(?:\\[;\\]|[^;\n])+")
_ESCAPED = re.compile(r"\\([;\\])")
_NAME = re.compile(r"(?P<field>[a-z_]+)(?:\[(?P<part>[a-z_-]+)\])?")


@dataclass(frozen=True)
class Column:
    """One column of a kind: its field and, of a field with several, the part it holds."""

    field: Field
    part: str = ""

    @cached_property
    def read(self) -> "Callable[[str], Any] | None":
        """What makes a value of a cell; nothing where the cell's text is the value."""
        return READ.get(self.field.type)

    @property
    def name(self) -> str:
        return f"{self.field.name}[{self.part}]" if self.part else self.field.name


def parts(each: Field) -> tuple[str, ...]:
    """What the columns of one field are told apart by."""
    if each.type in IN_LANGUAGES:
        return OFFICIAL
    return tuple(each.questions) if each.type == Type.CHECKLIST else ("",)


def columns(fields: Iterable[Field], languages: Iterable[str] = OFFICIAL) -> list[Column]:
    """Every column of a kind, texts in these languages."""
    spoken = set(languages)
    return [
        Column(each, part)
        for each in fields
        for part in parts(each)
        if each.type not in IN_LANGUAGES or part in spoken
    ]


def column(fields: Mapping[str, Field], name: str) -> Column | None:
    """The column of that name; None where the kind has none."""
    found = _NAME.fullmatch(name)
    each = fields.get(found["field"]) if found else None
    if found is None or each is None:
        return None
    part = found["part"] or ""
    return Column(each, part) if part in parts(each) else None


def told(column: Column, content: Mapping[str, Any]) -> str:
    """What stands in the cell."""
    value = content.get(column.field.name)
    if value is None:
        return ""
    if column.part:
        return str(value.get(column.part, ""))
    return TOLD.get(column.field.type, str)(value)


def content(cells: Iterable[tuple[Column, str]], existing: Mapping[str, Any]) -> Content:
    """What a row of cells makes of a content. An empty cell says that there is nothing.

    Columns that the row does not have leave what was there, of texts language by language.
    """
    found: Content = dict(existing)
    own: set[str] = set()  # the fields in parts that are this row's already
    for column, text in cells:
        name, read = column.field.name, column.read
        if not column.part:
            found[name] = read(text) if read else text
            continue
        if name not in own:
            found[name] = dict(existing.get(name) or {})
            own.add(name)
        if text:
            found[name][column.part] = text
        else:
            found[name].pop(column.part, None)
    return found


def _lines(text: str) -> list[str]:
    if "\\" not in text:
        parted = text.replace("\n", ";").split(";")
        return [piece.strip() for piece in parted if piece and not piece.isspace()]
    pieces = (piece.strip() for piece in _PIECE.findall(text))
    return [_ESCAPED.sub(r"\1", piece) for piece in pieces if piece]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;")


def _list_told(value: Iterable[str]) -> str:
    return "; ".join(value)


def _list_read(text: str) -> list[str]:
    """Codes hold no comma, so that a comma may stand between them too."""
    return list(_codes(text))


@lru_cache(maxsize=2048)  # the same codes stand in many rows
def _codes(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for piece in _lines(text) for one in piece.split(",") if one.strip())


def obligations_told(value: Iterable[Mapping[str, str]]) -> str:
    pairs = ((one["ref"], one.get("pinpoint", "")) for one in value)
    return "; ".join(f"{ref}: {_escaped(at)}" if at else ref for ref, at in pairs)


def obligations_read(text: str) -> list[dict[str, str]]:
    """`1(a): article 2; 2(e)` as references with their pinpoints."""
    found = []
    for piece in _lines(text):
        ref, _, pinpoint = piece.partition(":")
        more = {"pinpoint": pinpoint.strip()} if pinpoint.strip() else {}
        found.append({"ref": ref.strip()} | more)
    return found


def lines_told(value: Iterable[str]) -> str:
    return "\n".join(_escaped(one) for one in value)


def milestones_told(value: Iterable[Mapping[str, str]]) -> str:
    return "\n".join(f"{one.get('date', '')}: {_escaped(one.get('what', ''))}" for one in value)


def milestones_read(text: str) -> list[dict[str, str]]:
    """`2026-05: first draft` as a date and what is due then."""
    pairs = (piece.partition(":") for piece in _lines(text))
    return [{"date": date.strip(), "what": what.strip()} for date, _, what in pairs]


TOLD: dict[Type, Callable[[Any], str]] = {
    **dict.fromkeys(LISTS, _list_told),
    Type.OBLIGATIONS: obligations_told,
    Type.LINES: lines_told,
    Type.MILESTONES: milestones_told,
}
READ: dict[Type, Callable[[str], Any]] = {
    **dict.fromkeys(LISTS, _list_read),
    Type.OBLIGATIONS: obligations_read,
    Type.LINES: _lines,
    Type.MILESTONES: milestones_read,
}
