"""What a field of a contribution can be, and the one set of checks behind every way in.

A fault is a marked text with its values, so that each door says it in its reader's language.
"""

import dataclasses
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from clearinghouse.kernel import languages, partial_date
from clearinghouse.kernel.marking import N_

OFFICIAL = tuple(each.code for each in languages.OFFICIAL)
_SPOKEN = frozenset(OFFICIAL)
TOLD = 80  # characters of a value that a fault repeats
TOGETHER = 32_000  # characters of all parts of a field: a cell of a spreadsheet ends at 32,767
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_PLAIN_URL = re.compile(r"https?://[A-Za-z0-9.-]+(?:[/?#]\S*)?")
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"]+@[^\s@<>()\[\],;:\"]+\.[^\s@<>()\[\],;:\".]{2,}")


class Type(StrEnum):
    """The shape of a field's value in a contribution's content."""

    TEXT = "text"  # one line
    TEXTS = "texts"  # one line in each of some languages: {"en": "…"}
    LONG_TEXTS = "long_texts"  # paragraphs in each of some languages
    CHOICE = "choice"  # one of a list
    NUMBER = "number"  # one of a short range
    DATE = "date"  # a partial date: YYYY, YYYY-MM or YYYY-MM-DD
    URL = "url"
    LANGUAGES = "languages"  # codes of languages
    AREA = "area"  # code of an assistance area
    AREAS = "areas"
    OBLIGATIONS = "obligations"  # [{"ref": "1(a)", "pinpoint": "…"}]
    PROVIDERS = "providers"  # codes of bodies that offer assistance
    EMAIL = "email"
    STATE = "state"  # code of a State
    STATES = "states"
    REGIONS = "regions"  # codes of regions and subregions
    CHECKLIST = "checklist"  # {"legal_basis": "yes"}: an answer to each of some questions
    LINES = "lines"  # some texts of one line each, in no particular language
    MILESTONES = "milestones"  # [{"date": "2026-05", "what": "…"}]


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of a kind. `label` and `hint` are marked texts; `choices` maps value to label.

    `questions` maps what a checklist asks to its words; each is answered by one of `choices`.
    """

    name: str
    type: Type
    label: str
    hint: str = ""
    required: bool = False
    longest: int = 300
    choices: Mapping[str, str] = dataclasses.field(default_factory=dict)
    questions: Mapping[str, str] = dataclasses.field(default_factory=dict)
    pinpoints: bool = False
    personal: bool = False  # tells of a person: not for everybody who reads the entry


@dataclass(frozen=True)
class Known:
    """The vocabularies of the mandate that references are held against, as sets of codes."""

    areas: frozenset[str]
    obligations: frozenset[str]
    providers: frozenset[str]
    states: frozenset[str]
    regions: frozenset[str]


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field: a marked text and the values that go into it."""

    field: str
    message: str
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)


_WRITTEN = frozenset({Type.CHOICE, Type.NUMBER, Type.DATE})
SETS = frozenset(
    {Type.AREAS, Type.LANGUAGES, Type.OBLIGATIONS, Type.PROVIDERS, Type.REGIONS, Type.STATES}
)
"""What holds each of its values once, in no order that says anything."""

Content = Mapping[str, Any]
Checked = list[tuple[str, dict[str, object]]]

REQUIRED = N_("This field is needed.")
SHAPE = N_("This value does not have the form that the field takes.")
LONG = N_("At most %(longest)s characters; this has %(length)s.")
CONTROL = N_("This text contains a character that cannot be shown (number %(code)s).")
UNKNOWN = N_("“%(value)s” is not in the list.")
BAD_DATE = N_("“%(value)s” is not a date: write YYYY, YYYY-MM or YYYY-MM-DD.")
BAD_EMAIL = N_("“%(value)s” is not an address of electronic mail.")
BAD_MILESTONE = N_("Begin each milestone with its date and a colon: 2026-05: first draft.")
BAD_URL = N_("Begin the address with https:// or http:// and name a host.")
LINE = N_("Write this on one line.")


def check(fields: tuple[Field, ...], content: Content, known: Known) -> list[Fault]:
    """Every fault of a contribution, field by field, in the order of the fields."""
    faults: list[Fault] = []
    for each in fields:
        value = content.get(each.name)
        if not value and empty(value):
            faults += [Fault(each.name, REQUIRED)] if each.required else []
        elif said := CHECKS[each.type](each, value, known):
            faults += [Fault(each.name, message, values) for message, values in said]
    strangers = sorted(content.keys() - {f.name for f in fields})
    return [*(Fault(n[:TOLD], UNKNOWN, {"value": n[:TOLD]}) for n in strangers), *faults]


def clean(fields: tuple[Field, ...], content: Content) -> dict[str, Any]:
    """The content as it is kept: known fields alone, NFC, without outer space or empty values."""
    kept: dict[str, Any] = {}
    for each in fields:
        value = content.get(each.name)
        if type(value) is int and each.type in _WRITTEN:
            value = str(value)  # as programs may send it; kept as a table says it
        tidy = _tidy_text(value) if isinstance(value, str) else _tidy(value)
        if tidy or not empty(tidy):
            kept[each.name] = _once(tidy) if each.type in SETS else tidy
    return kept


def empty(value: object) -> bool:
    return value is None or value in ("", [], {})


def _tidy(value: Any) -> Any:
    if isinstance(value, str):
        return _tidy_text(value)
    if isinstance(value, dict):
        pairs = ((k, _tidy_text(v) if isinstance(v, str) else _tidy(v)) for k, v in value.items())
        return {k: tidy for k, tidy in pairs if tidy != ""}
    if isinstance(value, list):
        said = (_tidy_text(v) if isinstance(v, str) else _tidy(v) for v in value)
        return [tidy for tidy in said if tidy or not empty(tidy)]
    return value


def _once(value: Any) -> Any:
    """The same twice is said once. Odd input is carried on, to be judged by the checks."""
    if not isinstance(value, list) or len(value) == 1:
        return value
    told = [repr(sorted(v.items())) if isinstance(v, dict) else repr(v) for v in value]
    return list(dict(zip(told, value, strict=True)).values())


def _tidy_text(value: str) -> str:
    text = value.replace("\r\n", "\n").replace("\r", "\n") if "\r" in value else value
    return (text if text.isascii() else unicodedata.normalize("NFC", text)).strip()


def _text(each: Field, value: object, _: Known, *, lines: bool = False) -> Checked:
    if not isinstance(value, str):
        return [(SHAPE, {})]
    if len(value) > each.longest:
        return [(LONG, {"longest": each.longest, "length": len(value)})]
    if value.isprintable():
        return []
    if found := _CONTROL.search(value):
        return [(CONTROL, {"code": ord(found.group())})]
    return [(LINE, {})] if "\n" in value and not lines else []


def _texts(each: Field, value: object, known: Known, *, lines: bool = False) -> Checked:
    if not isinstance(value, dict):
        return [(SHAPE, {})]
    faults: Checked = [] if value.keys() <= _SPOKEN else _among(list(value), _SPOKEN)
    for text in value.values():
        faults += _text(each, text, known, lines=lines)
    return faults


def _long_texts(each: Field, value: object, known: Known) -> Checked:
    return _texts(each, value, known, lines=True)


def _choice(each: Field, value: object, _: Known) -> Checked:
    """Numbers may be written as such."""
    known = isinstance(value, str | int) and str(value) in each.choices
    return [] if known else [_unknown(value)]


def _date(_: Field, value: object, __: Known) -> Checked:
    try:
        partial_date.latest(str(value))  # of the last month of 9999 there is none
    except ValueError:
        return [(BAD_DATE, {"value": str(value)[:TOLD]})]
    return []


def _url(each: Field, value: object, known: Known) -> Checked:
    if (said := _text(each, value, known)) or _PLAIN_URL.fullmatch(str(value)):
        return said
    try:
        parts = urlsplit(str(value))
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        sound = False
    return [] if sound and " " not in str(value) else [(BAD_URL, {})]


def _among(value: object, allowed: frozenset[str]) -> Checked:
    if not isinstance(value, list):
        return [(SHAPE, {})]
    return [_unknown(v) for v in value if not (isinstance(v, str) and v in allowed)]


def _one(value: object, allowed: frozenset[str]) -> Checked:
    return [] if isinstance(value, str) and value in allowed else [_unknown(value)]


def _unknown(value: object) -> tuple[str, dict[str, object]]:
    return UNKNOWN, {"value": str(value)[:TOLD]}


def _languages(_: Field, value: object, __: Known) -> Checked:
    return _among(value, _SPOKEN)


def _area(_: Field, value: object, known: Known) -> Checked:
    return _one(value, known.areas)


def _areas(_: Field, value: object, known: Known) -> Checked:
    return _among(value, known.areas)


def _providers(_: Field, value: object, known: Known) -> Checked:
    return _among(value, known.providers)


def _obligations(each: Field, value: object, known: Known) -> Checked:
    if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
        return [(SHAPE, {})]
    refs = [str(v.get("ref", "")) for v in value]
    faults = _among(refs, known.obligations)
    for each_one in value:
        faults += [(SHAPE, {})] if set(each_one) - {"ref", "pinpoint"} else []
        if "pinpoint" in each_one:
            faults += _text(each, each_one["pinpoint"], known)
    return faults or _together(one.get("pinpoint", "") for one in value)


def _email(each: Field, value: object, known: Known) -> Checked:
    if said := _text(each, value, known):
        return said
    return [] if _EMAIL.fullmatch(str(value)) else [(BAD_EMAIL, {"value": str(value)[:TOLD]})]


def _state(_: Field, value: object, known: Known) -> Checked:
    return _one(value, known.states)


def _states(_: Field, value: object, known: Known) -> Checked:
    return _among(value, known.states)


def _regions(_: Field, value: object, known: Known) -> Checked:
    return _among(value, known.regions)


def _checklist(each: Field, value: object, _: Known) -> Checked:
    """Any of the questions may be left unanswered."""
    if not isinstance(value, dict):
        return [(SHAPE, {})]
    asked, offered = frozenset(each.questions), frozenset(each.choices)
    return [*_among(list(value), asked), *_among(list(value.values()), offered)]


def _lines(each: Field, value: object, known: Known) -> Checked:
    if not isinstance(value, list):
        return [(SHAPE, {})]
    return [said for one in value for said in _text(each, one, known)] or _together(value)


def _milestones(each: Field, value: object, known: Known) -> Checked:
    if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
        return [(SHAPE, {})]
    faults: Checked = []
    for one in value:
        if set(one) - {"date", "what"}:
            faults += [(SHAPE, {})]
        elif empty(one.get("date")) or empty(one.get("what")):
            faults += [(BAD_MILESTONE, {})]
        else:
            faults += _date(each, one["date"], known) + _text(each, one["what"], known)
    return faults or _together(str(one["what"]) for one in value)


def _together(texts: Iterable[str]) -> Checked:
    """Of a field with several texts: as one cell holds them, each with what parts it from others."""
    length = sum(len(text) + text.count(";") + text.count("\\") + 12 for text in texts)
    return [(LONG, {"longest": TOGETHER, "length": length})] if length > TOGETHER else []


CHECKS: dict[Type, Callable[[Field, Any, Known], Checked]] = {
    Type.TEXT: _text,
    Type.TEXTS: _texts,
    Type.LONG_TEXTS: _long_texts,
    Type.CHOICE: _choice,
    Type.NUMBER: _choice,
    Type.DATE: _date,
    Type.URL: _url,
    Type.LANGUAGES: _languages,
    Type.AREA: _area,
    Type.AREAS: _areas,
    Type.OBLIGATIONS: _obligations,
    Type.PROVIDERS: _providers,
    Type.EMAIL: _email,
    Type.STATE: _state,
    Type.STATES: _states,
    Type.REGIONS: _regions,
    Type.CHECKLIST: _checklist,
    Type.LINES: _lines,
    Type.MILESTONES: _milestones,
}
