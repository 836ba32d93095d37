"""What can be done with meetings and holidays, at whose hand, and what a meeting's day may be."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from zoneinfo import available_timezones

from clearinghouse.kernel import partial_date
from clearinghouse.kernel.marking import N_

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
KEY_BYTES = 32  # of chance in a calendar's key: more than anybody can try


class Step(StrEnum):
    """What can be done."""

    CREATE = "create"
    CHANGE = "change"
    MOVE = "move"
    SET_AGENDA = "set_agenda"
    ADD_DOCUMENT = "add_document"
    REPLACE_FILE = "replace_file"
    WITHDRAW_DOCUMENT = "withdraw_document"
    INVITE = "invite"
    ANSWER = "answer"
    REPLY = "reply"
    OBSERVE = "observe"
    STRIKE = "strike"
    RECOUNT = "recount"
    MAKE_KEY = "make_key"
    REVOKE_KEY = "revoke_key"


class Relation(StrEnum):
    """What somebody is to a meeting, a holiday or a key."""

    SECRETARIAT = "secretariat"
    CHAIR = "chair"
    HOLDER = "holder"
    INVITED = "invited"
    OPERATOR = "operator"


_OFFICE = frozenset({Relation.SECRETARIAT})
WHO: Mapping[Step, frozenset[Relation]] = {
    Step.CREATE:            _OFFICE,
    Step.CHANGE:            _OFFICE,
    Step.MOVE:              _OFFICE | {Relation.CHAIR},
    Step.SET_AGENDA:        _OFFICE,
    Step.ADD_DOCUMENT:      _OFFICE,
    Step.REPLACE_FILE:      _OFFICE,
    Step.WITHDRAW_DOCUMENT: _OFFICE,
    Step.INVITE:            _OFFICE,
    Step.ANSWER:            _OFFICE,
    Step.REPLY:             frozenset({Relation.INVITED}),
    Step.OBSERVE:           _OFFICE,
    Step.STRIKE:            _OFFICE,
    Step.RECOUNT:           _OFFICE | {Relation.OPERATOR},
    Step.MAKE_KEY:          frozenset({Relation.HOLDER}),
    Step.REVOKE_KEY:        frozenset({Relation.HOLDER}),
}  # fmt: skip  # the table of whose hand each step is in


class Answer(StrEnum):
    """What an invited body said. Uninvited: it was a mistake, and nobody sees it any more."""

    AWAITED = "awaited"
    ATTENDS = "attends"
    DECLINES = "declines"
    UNINVITED = "uninvited"


REPLIES = (Answer.ATTENDS, Answer.DECLINES)  # what a body itself may say
MOST_SENT, LONGEST_LINE = 30, 200


@dataclass(frozen=True)
class Delegate:
    """Somebody whom a body sends: the name, and the function in which they come."""

    name: str
    function: str = ""

    def __str__(self) -> str:
        return f"{self.name}; {self.function}" if self.function else self.name


def delegates(text: str) -> list[Delegate]:
    """One a line, the name before a semicolon and the function behind it."""
    parts = (line.partition(";") for line in text.splitlines() if line.strip())
    return [Delegate(name.strip(), function.strip()) for name, _mark, function in parts]


@dataclass(frozen=True)
class Fault:
    """What is wrong with a list of persons, and in which line of it."""

    message: str
    line: int = 0


def fault_of(sent: Sequence[Delegate]) -> Fault | None:
    """The first thing wrong with the persons that a body says it sends; None where nothing is."""
    if not sent:
        return Fault(N_("Say whom you send: one person at least."))
    if len(sent) > MOST_SENT:
        return Fault(N_("Line %(line)s: at most 30 persons can be named."), MOST_SENT + 1)
    for number, each in enumerate(sent, start=1):
        if not (each.name and each.function):
            return Fault(N_("Line %(line)s: write the name, a semicolon, the function."), number)
        if len(str(each)) > LONGEST_LINE:
            return Fault(N_("Line %(line)s: at most 200 signs."), number)
        if not str(each).isprintable():
            return Fault(N_("Line %(line)s: there is a sign in it that cannot be shown."), number)
    return None


@dataclass(frozen=True, kw_only=True)
class When:
    """The days of a meeting as far as they are known and, on a known day, its hours there."""

    starts: str
    ends: str = ""
    opens: time | None = None
    closes: time | None = None
    time_zone: str = "America/New_York"

    def is_over(self, today: date) -> bool:
        return partial_date.latest(self.ends or self.starts) < today


def faults_of(when: When) -> dict[str, str]:
    """By field, what is wrong with these days and hours; empty where nothing is."""
    faults = {
        n: d for n, d in (("starts", when.starts), ("ends", when.ends)) if not _is_date(d, n)
    }
    found = {
        name: N_("Write a day as 2027-03-06, or less of it where less is known.")
        for name in faults
    }
    if found:
        return found
    if when.ends and partial_date.latest(when.ends) < partial_date.earliest(when.starts):
        found["ends"] = N_("A meeting does not end before it begins.")
    if when.opens and when.starts.count("-") != 2:  # noqa: PLR2004  # year, month and day
        found["opens"] = N_("An hour needs a whole day.")
    if when.closes and not when.opens:
        found["closes"] = N_("Say first when it opens.")
    if when.closes and when.opens and when.closes <= when.opens and when.ends in ("", when.starts):
        found["closes"] = N_("A meeting does not close before it opens.")
    if when.time_zone not in available_timezones():
        found["time_zone"] = N_("There is no such time zone.")
    return found


def _is_date(text: str, name: str) -> bool:
    if not text:
        return name == "ends"
    try:
        partial_date.earliest(text)
    except ValueError:
        return False
    return True


def hash_of(key: str) -> str:
    """What is stored of a calendar's key. It is all chance, so no salt and no delay are needed."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
