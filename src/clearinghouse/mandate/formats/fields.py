"""One value of a record: what it must be. A reader gives the value or raises Unfit."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from clearinghouse.kernel import partial_date
from clearinghouse.kernel.languages import DEFAULT, OFFICIAL

Reader = Callable[[object], object]
LANGUAGES = tuple(language.code for language in OFFICIAL)
# Controls, line and paragraph separators, halves of a letter that UTF-8 cannot write.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
LONGEST_QUOTED = 60  # characters: a fault is one line


class Unfit(Exception):
    """The value is not what its key needs; the message says why.

    `within` names the keys inside the value that are at fault, each with its reason.
    """

    def __init__(self, message: str, within: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(message)
        self.within = within

    def at(self, key: str) -> list[tuple[str, str]]:
        """The faults of this key; those inside it as "key.inner"."""
        inner = [(f"{key}.{each}", f"{key}: {reason}") for each, reason in self.within]
        return inner or [(key, f"{key}: {self}")]


def unfit(faults: Sequence[tuple[str, str]]) -> Unfit:
    return Unfit("; ".join(reason for _, reason in faults), faults)


@dataclass(frozen=True, slots=True)
class Field:
    """A key of a record: how its value is read, and the attribute it becomes."""

    key: str
    read: Reader
    name: str = ""
    needed: bool = True


def gather(
    fields: Sequence[Field], values: Mapping[str, object]
) -> tuple[dict[str, object], list[tuple[str, str]]]:
    """The attributes read from these values, and every fault as (key, reason)."""
    known = {f.key for f in fields}
    faults = [(key, f"unknown key {key!r}") for key in values if key not in known]
    read: dict[str, object] = {}
    for each in fields:
        if each.key not in values:
            faults += [(each.key, f"missing key {each.key!r}")] if each.needed else []
            continue
        try:
            read[each.name or each.key] = each.read(values[each.key])
        except Unfit as error:
            faults += error.at(each.key)
    return read, faults


def _shown(value: object) -> str:
    """The value as a message quotes it: printable, and not too long."""
    shown = repr(value)
    return shown if len(shown) <= LONGEST_QUOTED else f"{shown[:LONGEST_QUOTED]}…"


def text(value: object) -> str:
    """Words: not blank, composed (NFC), without control characters or spaces around them."""
    if not isinstance(value, str):
        raise Unfit(f"must be text, not {_shown(value)}")
    if not value.strip():
        raise Unfit("must not be blank")
    if value != value.strip():
        raise Unfit(f"spaces around {_shown(value)}")
    if CONTROL.search(value):
        raise Unfit(f"control character in {_shown(value)}")
    if not unicodedata.is_normalized("NFC", value):
        raise Unfit(f"not composed (Unicode NFC): {value!a}")
    return value


def matching(pattern: str, description: str) -> Reader:
    """Text of a given form."""
    form = re.compile(pattern, re.ASCII)

    def read(value: object) -> str:
        given = text(value)
        if not form.fullmatch(given):
            raise Unfit(f"{_shown(given)} is not {description}")
        return given

    return read


code = matching(r"[A-Za-z0-9][A-Za-z0-9()._-]{0,59}", "a code: letters, digits and ( ) . _ -")
two_letters = matching(r"[A-Z]{2}", "an ISO code of two capitals")
three_letters = matching(r"[A-Z]{3}", "an ISO code of three capitals")


def at_most(length: int, read: Reader = text) -> Reader:
    """Text of at most so many characters: what its place in the tables and on the pages holds."""

    def read_short(value: object) -> str:
        given = str(read(value))
        if len(given) > length:
            raise Unfit(f"{len(given)} characters where {length} fit")
        return given

    return read_short


def one_of(*words: str) -> Reader:
    def read(value: object) -> str:
        if value not in words:
            raise Unfit(f"{_shown(value)} is not one of {', '.join(words)}")
        return str(value)

    return read


def optional(read: Reader) -> Reader:
    """The same, or None where nothing is recorded: null in JSON, an empty cell in CSV."""
    return lambda value: None if value is None or value == "" else read(value)


def flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise Unfit(f"must be true or false, not {_shown(value)}")
    return value


def whole(least: int, most: int) -> Reader:
    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise Unfit(f"must be a whole number, not {_shown(value)}")
        if not least <= value <= most:
            raise Unfit(f"{value} is not between {least} and {most}")
        return value

    return read


def partly(value: object) -> str:
    """A date as far as it is known: YYYY, YYYY-MM or YYYY-MM-DD."""
    given = text(value)
    try:
        partial_date.earliest(given if given.isascii() else "")
    except ValueError as error:
        raise Unfit(f"{_shown(given)} is not a date: write YYYY, YYYY-MM or YYYY-MM-DD") from error
    return given


def day(value: object) -> date:
    """A whole date, YYYY-MM-DD."""
    given = partly(value)
    if given.count("-") != 2:  # noqa: PLR2004  # year, month and day
        raise Unfit(f"{_shown(given)} is not a whole date: write YYYY-MM-DD")
    return partial_date.earliest(given)


def zone(value: object) -> str:
    try:
        return ZoneInfo(text(value)).key
    except (ZoneInfoNotFoundError, OSError, ValueError) as error:
        raise Unfit(f"{_shown(value)} is not a time zone") from error


def table(fields: Sequence[Field], make: Callable[..., object] = dict) -> Reader:
    """An object inside a record, with these keys."""

    def read(value: object) -> object:
        if not isinstance(value, Mapping):
            raise Unfit(f"must be an object, not {_shown(value)}")
        found, faults = gather(fields, value)
        if faults:
            raise unfit(faults)
        return make(**found)

    return read


def texts(value: object) -> dict[str, str]:
    """The same words by language; English must be among them."""
    if not isinstance(value, Mapping):
        raise Unfit(f"must give the text by language, not {_shown(value)}")
    if DEFAULT not in value:
        raise Unfit("English text is missing")
    found, faults = gather([Field(each, text, needed=False) for each in LANGUAGES], value)
    if faults:
        raise unfit(faults)
    return {language: str(words) for language, words in found.items()}


def many(read: Reader, least: int = 0) -> Reader:
    """A list, none of it twice."""

    def read_all(value: object) -> tuple[object, ...]:
        if not isinstance(value, list):
            raise Unfit(f"must be a list, not {_shown(value)}")
        if len(value) < least:
            raise Unfit("must not be empty")
        found = [read(each) for each in value]
        twice = [each for n, each in enumerate(found) if each in found[:n]]
        if twice:
            raise Unfit(f"{_shown(twice[0])} stands twice")
        return tuple(found)

    return read_all
