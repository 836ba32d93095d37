"""How a reply is read: a line for each thing said about a need, by the need's code.

    N-1a2b3c4d confirmed
    N-1a2b3c4d rough cost: USD 20,000
    N-1a2b3c4d who may see it: every provider

What is quoted is not read, nor what stands below the sign of a quoted mail.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from clearinghouse.needs.rules import Consent

_LINE = re.compile(
    r"\s*\*?\s*N\s?[-\u2010-\u2013]?\s?([0-9a-f]{8})\b\s*[:,.\u2013-]*\s*(.*)\Z", re.IGNORECASE
)
_FIELD = re.compile(r"([^:()]{2,60})(?:\(([a-z]{2})\)\s*)?:\s*(.*)\Z", re.IGNORECASE)
_QUOTED = re.compile(
    r"(-{2,}\s*(original|forwarded)|_{10,}|on .{5,200}(wrote|a écrit|escribió)\s*:?\Z|from:\s|de\s?:\s)",
    re.IGNORECASE,
)


class Do(StrEnum):
    """What a State can say about a need as a whole."""

    NOTHING = ""
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"


# fmt: off
WHOLE = {
    "confirm": Do.CONFIRM, "confirmed": Do.CONFIRM, "correct": Do.CONFIRM, "ok": Do.CONFIRM,
    "withdraw": Do.WITHDRAW, "withdrawn": Do.WITHDRAW,
}
NAMES = {
    "title": "title", "need": "title", "the need in one line": "title",
    "description": "description", "what exactly is needed": "description",
    "counterpart": "counterpart",
    "rough cost": "rough_cost", "rough_cost": "rough_cost", "cost": "rough_cost",
    "needed by": "needed_by", "needed_by": "needed_by", "by": "needed_by",
    "priority": "priority", "rank": "rank",
    "who may see it": "consent", "consent": "consent", "seen by": "consent",
    "providers": "providers",
    "paragraphs": "obligations", "obligations": "obligations",
    "observation": "observation",
}
CONSENTS = {
    "nobody": Consent.NONE, "none": Consent.NONE,
    "committee": Consent.COMMITTEE, "the committee": Consent.COMMITTEE,
    "named": Consent.NAMED, "named providers": Consent.NAMED,
    "providers": Consent.PROVIDERS, "every provider": Consent.PROVIDERS, "all providers": Consent.PROVIDERS,
    "public": Consent.PUBLIC, "everybody": Consent.PUBLIC, "everyone": Consent.PUBLIC,
}
# fmt: on
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
    for line, code, words in _lines(text):
        found = _understood(line, code.lower(), words.strip(), language)
        if found is None:
            misread.append(Misread(line, words.strip()[:200]))
        else:
            said.append(found)
    return said, misread


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


def _understood(line: int, code: str, words: str, language: str) -> Said | None:
    whole = WHOLE.get(words.lower().strip(" .!"))
    if whole:
        return Said(line, code, do=whole)
    found = _FIELD.match(words.partition("\n")[0])
    name = NAMES.get(" ".join(found.group(1).lower().split())) if found else None
    if found is None or name is None:
        return None
    rest = words.partition("\n")[2]
    value = f"{found.group(3)}\n{rest}".strip() if rest else found.group(3).strip()
    return Said(line, code, field=name, value=_value(name, value, found.group(2) or language))


def _value(name: str, value: str, language: str) -> Any:
    value = " ".join(value.split())  # lines were broken on the way, not by whoever wrote them
    if name in IN_LANGUAGES:
        return {language.lower(): value}
    if name == "consent":
        return CONSENTS.get(value.lower().strip(" ."), value)
    if name == "obligations":
        return obligations(value)
    if name == "providers":
        return [each.strip().upper() for each in re.split(r"[;,]", value) if each.strip()]
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
