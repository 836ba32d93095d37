"""How a reply is read: a line for each thing said about a need, by the need's code.

    N-1a2b3c4d confirmed
    N-1a2b3c4d rough cost: USD 20,000
    N-1a2b3c4d who may see it: every provider

The words may be those of any of the six languages: `words.py`. What is quoted is not read, nor what stands below the sign of a quoted mail.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from clearinghouse.intake.rules import words

_LINE = re.compile(
    r"\s*\*?\s*N\s?[-\u2010-\u2013]?\s?([0-9a-f]{8})(?![0-9a-z_])\s*[:,.\u2013\uff1a\uff0c-]*\s*(.*)\Z",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"([^:()\uff1a\uff08\uff09]{2,60})(?:[(\uff08]([a-z]{2})[)\uff09]\s*)?[:\uff1a]\s*(.*)\Z",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"(-{2,}\s*(original|forwarded)|_{10,}"
    r"|(on|le|el) .{5,200}(wrote|a écrit|escribió)\s*:?\Z"
    r"|.{5,200}(写道|написал\w*|كتب)\s*[:\uff1a]\Z"
    r"|(from|от|发件人|من)\s?[:\uff1a]\s*|de\s?:\s)",
    re.IGNORECASE,
)


class Do(StrEnum):
    """What a State can say about a need as a whole."""

    NOTHING = ""
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"


WHOLE = words.meanings(words.WHOLE)
NAMES = words.meanings(words.FIELDS)
CONSENTS = words.meanings(words.CONSENTS)
IN_LANGUAGES = frozenset({"title", "description", "observation"})
LISTS = frozenset({"providers", "obligations"})


@dataclass(frozen=True)
class Said:
    """One thing said about one need: as a whole, or a field and what it is to say."""

    line: int
    code: str
    do: Do = Do.NOTHING
    field: str = ""
    value: Any = ""
    is_reviewed: bool = True  # whether somebody has reviewed the word that it was read by


@dataclass(frozen=True)
class Misread:
    """A line that names a need and could not be understood."""

    line: int
    text: str


def code_of(pk: str) -> str:
    """How a need is called in mails and forms: the beginning of its id."""
    return f"N-{pk.replace('-', '')[:8]}"


def read(text: str, language: str = "en") -> tuple[list[Said], list[Misread]]:
    """Everything said in it. `language`: of texts that do not name theirs."""
    said: list[Said] = []
    misread: list[Misread] = []
    for line, code, rest in _lines(text):
        found = _understood(line, code.lower(), rest.strip(), language)
        if found is None:
            misread.append(Misread(line, rest.strip()[:200]))
        else:
            said.append(found)
    return said, misread


def read_by_unreviewed(text: str) -> bool:
    """Whether any of it was read by a translation that nobody has reviewed."""
    return any(not each.is_reviewed for each in read(text)[0])


def _lines(text: str) -> Iterator[tuple[int, str, str]]:
    """Each line that begins with a code, with those that go on from it up to the next blank one."""
    open_: tuple[int, str, str] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if _QUOTED.match(line.strip()):
            break
        begun = None if line.lstrip().startswith(">") else _LINE.match(line)
        if begun:
            if open_:
                yield open_
            open_ = (number, begun.group(1), begun.group(2))
        elif open_ and line.strip() and not line.lstrip().startswith(">"):
            open_ = (open_[0], open_[1], f"{open_[2]}\n{line.strip()}")
        elif open_:
            yield open_
            open_ = None
    if open_:
        yield open_


def _understood(line: int, code: str, said: str, language: str) -> Said | None:
    whole = WHOLE.get(words.key(said))
    if whole:
        return Said(line, code, do=Do(whole.says), is_reviewed=whole.is_reviewed)
    found = _FIELD.match(said.partition("\n")[0])
    name = NAMES.get(words.key(found.group(1))) if found else None
    if found is None or name is None:
        return None
    rest = said.partition("\n")[2]
    value = f"{found.group(3)}\n{rest}".strip() if rest else found.group(3).strip()
    spoken = found.group(2) or (language if name.is_reviewed else name.language)
    told, is_reviewed = _value(name.says, value, spoken), name.is_reviewed
    if name.says == "consent" and (meant := CONSENTS.get(words.key(value))):
        told, is_reviewed = meant.says, is_reviewed and meant.is_reviewed
    return Said(line, code, field=name.says, value=told, is_reviewed=is_reviewed)


def _value(name: str, value: str, language: str) -> Any:
    value = " ".join(value.split())  # lines were broken on the way, not by whoever wrote them
    if name in IN_LANGUAGES:
        return {language.lower(): value}
    if name == "obligations":
        return obligations(value)
    if name == "providers":
        parts = re.split(r"[;,\uff0c\u060c\u061b\uff1b\u3001]", value)
        return [each.strip().upper() for each in parts if each.strip()]
    return value


def obligations(text: str) -> list[dict[str, str]]:
    """`1(a): article 2; 2(e)` as a list of references with their pinpoints."""
    found = []
    for each in text.split(";"):
        ref, _, pinpoint = each.partition(":")
        if ref.strip():
            more = {"pinpoint": pinpoint.strip()} if pinpoint.strip() else {}
            found.append({"ref": ref.strip()} | more)
    return found
