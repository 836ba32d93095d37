"""What looks like something else: by its reference, its address on the web, or its title.

Found and shown; nothing is ever merged because of it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

NEAR = 20_000  # things beyond which titles that differ in one word are no longer looked for
SHORT = 4  # words a title needs before one of them may differ
MOST = 5  # told of one row
_WORDS = re.compile(r"\w+")


class Why(StrEnum):
    """Why one thing looks like another."""

    REFERENCE = "reference"
    ADDRESS = "address"
    TITLE = "title"


@dataclass(frozen=True)
class Thing:
    """What is compared of a thing: its name for whoever is told, and its marks."""

    code: str
    title: str
    address: str = ""
    reference: str = ""


def of(code: str, content: Mapping[str, Any]) -> Thing:
    """The marks of a content as it was checked."""
    titles = content.get("title") or {}
    title = titles.get("en") or next(iter(titles.values()), "")
    return Thing(code, title, str(content.get("url", "")), str(content.get("reference", "")))


class Known:
    """The things there are, by their marks."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self._by_mark: dict[tuple[Why, str], list[str]] = {}
        some = list(things)
        self._near = len(some) <= NEAR
        for each in some:
            for mark in self._marks(each):
                self._by_mark.setdefault(mark, []).append(each.code)

    def like(self, thing: Thing) -> list[tuple[str, Why]]:
        """Code and reason of what looks like it, each once, itself left out."""
        found: dict[str, Why] = {}
        for mark in self._marks(thing):
            for code in self._by_mark.get(mark, ()):
                if code != thing.code:
                    found.setdefault(code, mark[0])
        return list(found.items())[:MOST]

    def _marks(self, thing: Thing) -> Iterator[tuple[Why, str]]:
        if thing.reference:
            yield Why.REFERENCE, thing.reference.casefold()
        if thing.address:
            yield Why.ADDRESS, _address(thing.address)
        words = sorted(set(_WORDS.findall(_plain(thing.title))))
        if words:
            yield Why.TITLE, " ".join(words)
        if self._near and len(words) >= SHORT:
            for at in range(len(words)):
                yield Why.TITLE, " ".join(words[:at] + words[at + 1 :])


def _plain(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in spread if not unicodedata.combining(c))


def _address(text: str) -> str:
    """Without what makes no difference to where it leads."""
    bare = text.casefold().partition("://")[2] or text.casefold()
    return bare.partition("#")[0].removeprefix("www.").rstrip("/")
