"""What no single record can show: broken references, what stands twice, contradicting periods."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from clearinghouse.kernel import partial_date
from clearinghouse.mandate.formats.fault import Fault
from clearinghouse.mandate.formats.records import Pack
from clearinghouse.mandate.formats.sheets import Placed, Sheets
from clearinghouse.mandate.formats.wordings import faults_in_wordings

Parts = Mapping[str, Sequence[Placed]]

ADDRESSEES = frozenset({"international", "regional", "subregional", "states", "donors"})
OWNERS = frozenset({"committee", "experts", "subcommittees", "secretariat", "special_meeting"})
GROUP_KINDS = ("region", "subregion", "un_group")
# The vocabularies that lose their meaning where a part cannot be read.
FED_BY: Mapping[str, tuple[str, ...]] = {
    "states": ("bodies",),
    "organisations": ("bodies", "addressees", "owners"),
    "purposes": ("dac",),
    "groups": GROUP_KINDS,
}
SATURDAY = 5  # as date.weekday() counts
PARTS_WITH_CODES = (
    "obligations", "areas", "headings", "purposes", "dac_bodies", "instruments", "organisations",
    "standards", "states", "meetings", "commitments", "letters",
)  # fmt: skip  # a list to be read as a paragraph


@dataclass(frozen=True, slots=True)
class Link:
    """A key whose codes must be known: of which part, in which vocabulary, under what name."""

    part: str
    key: str
    codes: Callable[[Any], Iterable[str | None]]
    vocabulary: str
    noun: str


LINKS = (
    Link("standards", "organisation", lambda r: [r.organisation], "organisations", "organisation"),
    Link("standards", "obligations", lambda r: [o.obligation for o in r.obligations],
         "obligations", "obligation"),
    Link("dac_bodies", "body", lambda r: [r.body], "bodies", "State or organisation"),
    Link("organisations", "parent", lambda r: [r.parent], "organisations", "organisation"),
    Link("memberships", "organisation", lambda r: [r.organisation],
         "organisations", "organisation"),
    Link("memberships", "member", lambda r: [r.member], "bodies", "State or organisation"),
    Link("groups", "state", lambda r: [r.state], "states", "State"),
    Link("states", "region", lambda r: [r.region], "region", "region"),
    Link("states", "subregion", lambda r: [r.subregion], "subregion", "subregion"),
    Link("states", "un_groups", lambda r: r.un_groups, "un_group", "UN regional group"),
    Link("meetings", "host_organisations", lambda r: r.host_organisations,
         "organisations", "organisation"),
    Link("commitments", "owners", lambda r: r.owners, "owners", "owner or organisation"),
    Link("commitments", "addressed_to", lambda r: r.addressed_to,
         "addressees", "organisation or kind of addressee"),
    Link("styles", "body", lambda r: [r.body], "bodies", "State or organisation"),
    Link("commitments", "timetable", lambda r: [r.timetable.meeting], "meetings", "meeting"),
)  # fmt: skip  # one link, one line


def _chain(base: Pack | None) -> Iterator[Pack]:
    while base:
        yield base
        base = base.base


class Known:
    """The codes of each vocabulary, those of the packs below included."""

    def __init__(self, parts: Parts, base: Pack | None) -> None:
        self.below: dict[str, set[str]] = {
            part: {each.code for pack in _chain(base) for each in getattr(pack, part)}
            for part in PARTS_WITH_CODES
        }
        words = {part: self.below[part] | _own_codes(part, parts) for part in PARTS_WITH_CODES}
        for kind in GROUP_KINDS:
            words[kind] = {g.code for g in _all("groups", parts, base) if g.kind == kind}
        words["bodies"] = words["states"] | words["organisations"]
        words["addressees"] = words["organisations"] | ADDRESSEES
        words["owners"] = words["organisations"] | OWNERS
        words["dac"] = words["purposes"]
        self.words = words
        self.invented: set[str] = {
            each.code
            for part in ("states", "organisations")
            for each in _all(part, parts, base)
            if each.illustrative
        }

    def forget(self, unread: Set[str]) -> None:
        """A file that cannot be read is one fault: nothing is said of what refers to it."""
        for part in unread:
            for vocabulary in (part, *FED_BY.get(part, ())):
                self.words.pop(vocabulary, None)

    def lacks(self, vocabulary: str, code: str) -> bool:
        return vocabulary in self.words and code not in self.words[vocabulary]


def _own_codes(part: str, parts: Parts) -> set[str]:
    """The codes in this pack; a refused record's counts, or one fault would be told many times."""
    codes = (placed.entry.values.get("code") for placed in parts.get(part, ()))
    return {code for code in codes if isinstance(code, str)}


def _all(part: str, parts: Parts, base: Pack | None) -> Iterator[Any]:
    yield from (placed.record for placed in parts.get(part, ()) if placed.record is not None)
    for pack in _chain(base):
        yield from getattr(pack, part)


def _good(part: str, parts: Parts) -> Iterator[tuple[Placed, Any]]:
    for placed in parts.get(part, ()):
        if placed.record is not None:
            yield placed, placed.record


def _links(parts: Parts, known: Known) -> Iterator[Fault]:
    for link in LINKS:
        for placed, record in _good(link.part, parts):
            for code in link.codes(record):
                if code is not None and known.lacks(link.vocabulary, code):
                    yield placed.fault(link.key, f"{link.key}: there is no {link.noun} {code!r}")


def _crosswalks(parts: Parts, known: Known) -> Iterator[Fault]:
    for placed, row in _good("crosswalks", parts):
        start = ("from_code", row.from_vocabulary, row.from_code)
        for key, vocabulary, code in (start, ("to_code", row.to_vocabulary, row.to_code)):
            if known.lacks(vocabulary, code):
                yield placed.fault(key, f"{key}: there is no {code!r} among the {vocabulary}")


# What may stand only once in a part: the key a fault is shown at, and what is compared.
ONCE: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    *((part, "code", ("code",)) for part in PARTS_WITH_CODES),
    *(
        (part, "number", ("number",))
        for part in ("areas", "headings", "instruments", "meetings", "commitments")
    ),
    ("states", "iso3", ("iso3",)),
    ("groups", "state", ("kind", "code", "state")),
    ("memberships", "member", ("organisation", "member", "role")),
    ("crosswalks", "to_code", ("from_vocabulary", "from_code", "to_vocabulary", "to_code")),
    ("holidays", "date", ("duty_station", "date")),
    ("letter_wordings", "language", ("template", "language")),
    ("styles", "language", ("body", "language")),
)


def _twice(parts: Parts) -> Iterator[Fault]:
    for part, key, compared in ONCE:
        first: dict[str, int] = {}
        for placed in parts.get(part, ()):
            values = [placed.entry.values.get(each) for each in compared]
            line = first.setdefault(repr(values), placed.entry.line)
            if line != placed.entry.line:
                shown = " ".join(str(value) for value in values if value)
                yield placed.fault(key, f"{shown!r} stands already in line {line}")


def _taken(parts: Parts, known: Known) -> Iterator[Fault]:
    """Codes that a pack below has, or that a State and an organisation would share."""
    for part in PARTS_WITH_CODES:
        for placed, record in _good(part, parts):
            if record.code in known.below[part]:
                yield placed.fault("code", f"code: the pack below already has {record.code!r}")
    for placed, record in _good("organisations", parts):
        if record.code in known.below["states"] | _own_codes("states", parts):
            yield placed.fault("code", f"code: {record.code!r} is the code of a State")
    for placed, record in _good("states", parts):
        if record.code in known.below["organisations"]:
            yield placed.fault("code", f"code: {record.code!r} is the code of an organisation")


def _cycles(parts: Parts, base: Pack | None) -> Iterator[Fault]:
    parents = {each.code: each.parent for each in _all("organisations", parts, base)}
    for placed, record in _good("organisations", parts):
        seen, above = {record.code}, record.parent
        while above in parents and above not in seen:
            seen.add(above)
            above = parents[above]
        if above == record.code:
            yield placed.fault("parent", f"parent: {record.code!r} would stand above itself")


def _periods(parts: Parts) -> Iterator[Fault]:
    spans = (("memberships", "since", "until"), ("meetings", "starts", "ends"))
    for part, begins, ends in spans:
        for placed, record in _good(part, parts):
            start, end = getattr(record, begins), getattr(record, ends)
            if start and end and partial_date.latest(end) < partial_date.earliest(start):
                yield placed.fault("to", f"to: {end} lies before {start}")


def _present_twice(parts: Parts) -> Iterator[Fault]:
    """At present a body has one role in an organisation."""
    first: dict[tuple[str, str], Placed] = {}
    for placed, row in _good("memberships", parts):
        if row.until is None:
            before = first.setdefault((row.organisation, row.member), placed)
            if before is not placed and before.entry.line != placed.entry.line:
                reason = f"{row.member} has a present role in line {before.entry.line} already"
                yield placed.fault("role", f"role: {reason}")


def _group_names(parts: Parts, base: Pack | None) -> Iterator[Fault]:
    names: dict[tuple[str, str], str] = {}
    for row in (g for pack in _chain(base) for g in pack.groups):
        names.setdefault((row.kind, row.code), row.name)
    for placed, row in _good("groups", parts):
        name = names.setdefault((row.kind, row.code), row.name)
        if name != row.name:
            yield placed.fault("name", f"name: {row.code!r} is called {name!r} elsewhere")


def _holidays(parts: Parts) -> Iterator[Fault]:
    for placed, row in _good("holidays", parts):
        if row.date.weekday() >= SATURDAY:
            reason = f"date: {row.date} is a {row.date:%A}; give the day on which it is observed"
            yield placed.fault("date", reason)


def _anchors(parts: Parts, base: Pack | None) -> Iterator[Fault]:
    kinds = {each.code: each.kind for each in _all("meetings", parts, base)}
    for placed, row in _good("commitments", parts):
        meeting, anchor = row.timetable.meeting, row.timetable.anchor
        if meeting in kinds and kinds[meeting] != anchor:
            reason = f"timetable: {meeting!r} is a {kinds[meeting]} meeting, not {anchor}"
            yield placed.fault("timetable", reason)


def _invented(parts: Parts, known: Known) -> Iterator[Fault]:
    """Invented States have user-assigned codes (XA … XW without XK), and keep to themselves."""
    for placed, state in _good("states", parts):
        assigned = state.code[0] == "X" and "A" <= state.code[1] <= "W" and state.code != "XK"
        if assigned != state.illustrative:
            reason = "an illustrative State has a code from XA to XW (not XK), and only such a one"
            yield placed.fault("code", f"code: {state.code!r}: {reason}")
    for placed, row in _good("memberships", parts):
        if (row.organisation in known.invented) != (row.member in known.invented):
            reason = f"{row.member!r} and {row.organisation!r}: one is invented, the other is real"
            yield placed.fault("member", f"member: {reason}")


def faults_between(sheets: Sheets, base: Pack | None) -> Iterator[Fault]:
    """Every fault that shows only when records are read together."""
    parts = sheets.parts
    known = Known(parts, base)
    known.forget(sheets.unread)
    yield from _links(parts, known)
    yield from _crosswalks(parts, known)
    yield from _twice(parts)
    yield from _taken(parts, known)
    yield from _cycles(parts, base)
    yield from _periods(parts)
    yield from _present_twice(parts)
    yield from _group_names(parts, base)
    yield from _holidays(parts)
    yield from _anchors(parts, base)
    yield from _invented(parts, known)
    yield from faults_in_wordings(parts, sheets.unread)
