"""What a letter's text is made of, and every fault in it, each with its place. No Django here."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from clearinghouse.kernel.marking import N_
from clearinghouse.kernel.merging import fields_in, fill, stray_brace, unfilled

# What prints as nothing and hides what it does: controls, separators, overrides of direction.
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
LONE = re.compile("[\ud800-\udfff\ufffe\uffff]")
PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")


class Kind(StrEnum):
    """What a merge field holds."""

    TEXT = "text"  # one line
    PASSAGE = "passage"  # may have paragraphs
    DATE = "date"  # a day; written out in the letter's language
    MEETING = "meeting"  # a meeting by its code; {name.date} and {name.place} go with it


LONGEST = {Kind.TEXT: 300, Kind.PASSAGE: 4000, Kind.DATE: 10, Kind.MEETING: 60}
STANDING = frozenset({"addressee", "body", "organ", "human_rights"})  # filled by the house
OF_MEETINGS = ("date", "place")
LIMITS = {"address": 600, "subject": 300, "opening": 1000, "passage": 20000, "closing": 1000}
ONE_LINE = frozenset({"subject"})


@dataclass(frozen=True)
class MergeField:
    """A field that a template declares. `label` by language; one not needed may stay empty."""

    name: str
    kind: Kind
    label: Mapping[str, str]

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "MergeField":
        return cls(row["name"], Kind(row["kind"]), row["label"])

    def names(self) -> set[str]:
        """What may stand in the text: the field, and what goes with a meeting."""
        more = OF_MEETINGS if self.kind == Kind.MEETING else ()
        return {self.name, *(f"{self.name}.{part}" for part in more)}


@dataclass(frozen=True)
class Wording:
    """The parts of a letter as they are written, fields and all. A blank line parts paragraphs."""

    address: str
    subject: str
    opening: str
    passage: str
    closing: str

    def parts(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in LIMITS}

    def filled(self, values: Mapping[str, str]) -> "Wording":
        return Wording(**{name: fill(text, values) for name, text in self.parts().items()})


@dataclass(frozen=True)
class Fault:
    """What is wrong, and in which part: a marked text and the values that go into it."""

    part: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)


NEEDED = N_("This is needed.")
UNKNOWN = N_("Paragraph %(paragraph)s: there is no field {%(name)s}.")
BRACE = N_("Paragraph %(paragraph)s: a brace that belongs to no field, in “%(near)s”.")
UNFILLED = N_("Paragraph %(paragraph)s: the field {%(name)s} is not filled.")
LONG = N_("At most %(longest)s characters; this has %(length)s.")
HIDDEN = N_("Line %(line)s has a character that does not print (U+%(code)s). Take it out.")
LINE = N_("Write this on one line.")
STRANGER = N_("The template has no field “%(name)s”.")
BAD_DATE = N_("“%(value)s” is not a day: write it as 2026-03-06.")
BAD_MEETING = N_("There is no meeting “%(value)s”.")


def tidy(text: str) -> str:
    """One kind of line end, composed letters, no space around."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", plain).strip()


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a passage; a single line end stays one within its paragraph."""
    return [each.strip() for each in PARAGRAPH.split(text.strip()) if each.strip()]


def known_names(fields: tuple[MergeField, ...]) -> frozenset[str]:
    """Every name that a text of this template may hold."""
    return STANDING.union(*(each.names() for each in fields))


def faults_of(wording: Wording, known: Set[str]) -> Iterator[Fault]:
    """What no draft may have: hidden characters, too long a part, unknown fields, stray braces."""
    for part, text in wording.parts().items():
        yield from _plain_faults(part, text, LIMITS[part], one_line=part in ONE_LINE)
        for number, each in enumerate(paragraphs(text), start=1):
            place: dict[str, object] = {"paragraph": number}
            for name in fields_in(each):
                if name not in known:
                    yield Fault(part, UNKNOWN, place | {"name": name})
            if near := stray_brace(each):
                yield Fault(part, BRACE, place | {"near": near})


def gaps_in(wording: Wording, values: Mapping[str, str]) -> Iterator[Fault]:
    """What a draft may have and a cleared letter may not: empty parts, fields left unfilled."""
    for part in ("address", "opening", "passage", "closing"):
        if not wording.parts()[part].strip():
            yield Fault(part, NEEDED)
    for part, text in wording.parts().items():
        for number, each in enumerate(paragraphs(text), start=1):
            for name in unfilled(each, values):
                yield Fault(part, UNFILLED, {"paragraph": number, "name": name})


def faults_in_values(
    fields: tuple[MergeField, ...], values: Mapping[str, str], meetings: Set[str]
) -> Iterator[Fault]:
    """Whether each value is what its field holds. An empty one is a gap, and no fault yet."""
    kinds = {each.name: each.kind for each in fields}
    for name, value in values.items():
        if name not in kinds:
            yield Fault(name, STRANGER, {"name": name})
        elif value:
            kind = kinds[name]
            yield from _plain_faults(name, value, LONGEST[kind], one_line=kind != Kind.PASSAGE)
            yield from _typed_faults(name, kind, value, meetings)


def _typed_faults(name: str, kind: Kind, value: str, meetings: Set[str]) -> Iterator[Fault]:
    if kind == Kind.DATE and not is_day(value):
        yield Fault(name, BAD_DATE, {"value": value[:40]})
    if kind == Kind.MEETING and value not in meetings:
        yield Fault(name, BAD_MEETING, {"value": value[:60]})


def is_day(text: str) -> bool:
    """Whether this is a whole date as YYYY-MM-DD, and no other form of one."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _plain_faults(part: str, text: str, longest: int, *, one_line: bool) -> Iterator[Fault]:
    if len(text) > longest:
        yield Fault(part, LONG, {"longest": longest, "length": len(text)})
    if found := (CONTROL.search(text) or LONE.search(text)):
        line = text.count("\n", 0, found.start()) + 1
        yield Fault(part, HIDDEN, {"line": line, "code": f"{ord(found[0]):04X}"})
    if one_line and "\n" in text:
        yield Fault(part, LINE)
