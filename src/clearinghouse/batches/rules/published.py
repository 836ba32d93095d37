"""What an activity that its donor published says as a contribution. Source: `docs/rules/iati.md`.

Pure: the vocabularies of the mandate are handed in. What finds no place is noted, never guessed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clearinghouse.assistance.formats.activity import Activity, Coded, Money, Party
from clearinghouse.assistance.formats.notes import Notes
from clearinghouse.kernel import languages
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from clearinghouse.submissions.rules.kinds.assistance import UPDATED

REPORT = "report"  # the part of a batch's files that says what was not understood
MOST = 100  # lines of one field: a cell of a spreadsheet holds no more
LINE = 300
OFFICIAL = frozenset(each.code for each in languages.OFFICIAL)
_UNSAYABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_FIELDS = {f.name: f for f in DEFINITIONS[Kind.ASSISTANCE_ACTIVITY].fields}

# fmt: off
STANDING = {
    "1": "planned",    # pipeline
    "2": "under_way",  # implementation
    "3": "completed",  # finalisation: only the accounts are open
    "4": "completed",
    "5": "cancelled",
    "6": "suspended",
}
BEGINS = ("2", "start-actual", "1", "start-planned")  # the day it did, else the day it was to
ENDS = ("4", "end-actual", "3", "end-planned")
ROLES = {"1": "funding", "2": "accountable", "3": "extending", "4": "implementing"}
OF_PURPOSES = {"", "1", "DAC"}  # the vocabulary in which the cross-walk is written
NAMED = {"": "DAC", "1": "DAC", "2": "DAC 3", "DAC-3": "DAC 3"}
FORMS = {
    "A": "funding", "B": "funding", "F": "funding",
    "D": "advisory_mission",  # experts, and other technical assistance
    "E": "training",  # scholarships and costs of students
}
# fmt: on
OURS = frozenset({"areas", "obligations", "form_of_help"})
"""What is derived, and may have been put right here since: kept while the sectors are the same."""
THEIRS = OURS | {
    "reference",
    "title",
    "summary",
    "states",
    "standing",
    "begins",
    "ends",
    "recipients",
    "sectors",
    "partners",
    "budgets",
    "disbursements",
    "planned",
    UPDATED,
}


@dataclass(frozen=True)
class Walk:
    """The States there are, and from each purpose code to paragraphs and areas."""

    states: frozenset[str]
    obligations: Mapping[str, Sequence[str]]
    areas: Mapping[str, Sequence[str]]


def content(one: Activity, walk: Walk, notes: Notes) -> dict[str, Any] | None:
    """What it says, by the fields of the kind; None, and noted why, where it is left aside."""
    why = None
    codes = [s.code for s in one.sectors if s.vocabulary in OF_PURPOSES]
    refs = _each(walk.obligations, codes)
    titles = _texts({k: [v] for k, v in one.titles.items()}, "title", one, notes)
    if not one.identifier or len(one.identifier) > _FIELDS["reference"].longest:
        why = "without an identifier, or with one that is too long"
    elif not titles:
        why = "without a title in one of the six languages"
    elif not refs:
        why = "whose sectors bear on no paragraph by the cross-walk"
    if why:
        notes.note(f"activity left aside: {why}", one.line)
        return None
    derived = {"obligations": [{"ref": ref} for ref in refs], "areas": _each(walk.areas, codes)}
    return {
        "reference": _UNSAYABLE.sub("", one.identifier),
        "title": titles,
        "summary": _texts(one.texts, "summary", one, notes) or titles,
        "form_of_help": FORMS.get(one.aid_type[:1], "other"),
        **derived,
        **_facts(one, walk, notes),
    }


def over(existing: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """Where it changes an existing one: what no such file says stays as it was."""
    kept = {name: value for name, value in existing.items() if name not in THEIRS}
    same = existing.get("sectors") == said.get("sectors")
    derived = {name: existing[name] for name in OURS if same and name in existing}
    return {**kept, **said, **derived}


def is_newer(said: Mapping[str, Any], existing: Mapping[str, Any]) -> bool:
    """By the moment its source names; where one of the two names none, the contents decide."""
    then, now = existing.get(UPDATED), said.get(UPDATED)
    return not (then and now) or now > then


def _facts(one: Activity, walk: Walk, notes: Notes) -> dict[str, Any]:
    states = [c.code for c in one.countries if c.code in walk.states]
    for each in one.countries:
        if each.code not in walk.states:
            notes.note(f"recipient kept as named, no Member State: {each.code[:20]}", one.line)
    found = {
        "states": list(dict.fromkeys(states)),
        "standing": _standing(one, notes),
        "begins": _first(one.dates, BEGINS),
        "ends": _first(one.dates, ENDS),
        "recipients": [_recipient(c) for c in [*one.countries, *one.regions]],
        "sectors": [_sector(s) for s in one.sectors],
        "partners": [_party(p) for p in one.parties],
        "budgets": [_money(m) for m in one.budgets],
        "disbursements": [_money(m) for m in one.disbursements],
        "planned": [_money(m) for m in one.planned],
        UPDATED: one.updated,
    }
    return {
        name: _bounded(value, name, one, notes) if isinstance(value, list) else value
        for name, value in found.items()
        if value
    }


def _standing(one: Activity, notes: Notes) -> str:
    if one.status and one.status not in STANDING:
        notes.note(f"activity-status of code {one.status}", one.line)
    return STANDING.get(one.status, "")


def _recipient(one: Coded) -> str:
    named = f"{one.vocabulary}:{one.code}" if one.vocabulary else one.code
    return _joined(named, one.name, _share(one))


def _sector(one: Coded) -> str:
    named = NAMED.get(one.vocabulary, one.vocabulary)
    return _joined(named, one.code, one.name, _share(one))


def _party(one: Party) -> str:
    role = ROLES.get(one.role, one.role.lower())
    return _joined(f"{role}:" if role else "", one.name, f"({one.ref})" if one.ref else "")


def _money(one: Money) -> str:
    period = f"{one.begins}/{one.ends}" if one.ends else one.begins
    when = f"{period}:" if period else ""
    return _joined(when, one.currency, one.amount)


def _share(one: Coded) -> str:
    return f"{one.share} %" if one.share else ""


def _joined(*parts: str) -> str:
    said = " ".join(part for part in parts if part)
    return said if said.isprintable() else _UNSAYABLE.sub("", " ".join(said.split()))


def _bounded(lines: list[str], name: str, one: Activity, notes: Notes) -> list[str]:
    if len(lines) > MOST:
        notes.note(f"{name} beyond the first {MOST}", one.line)
    return [_cut(line, LINE) for line in lines[:MOST]]


def _texts(
    said: Mapping[str, Sequence[str]], name: str, one: Activity, notes: Notes
) -> dict[str, str]:
    kept = {}
    for language, texts in said.items():
        if language not in OFFICIAL:
            notes.note(f"{name} in the language “{language[:8]}”", one.line)
            continue
        text = " ".join(texts[0].split()) if name == "title" else "\n\n".join(texts)
        longest = _FIELDS[name].longest
        if len(text) > longest:
            notes.note(f"{name} shortened to {longest} characters", one.line)
        if whole := _cut(_UNSAYABLE.sub("", text), longest).strip():
            kept[language] = whole
    return kept


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _each(walk: Mapping[str, Sequence[str]], codes: Iterable[str]) -> list[str]:
    """Where these codes lead, each once, in the order of the codes."""
    return list(dict.fromkeys(to for code in codes for to in walk.get(code, ())))


def _first(dates: Mapping[str, str], kinds: Sequence[str]) -> str:
    return next((dates[kind] for kind in kinds if kind in dates), "")
