"""The public directory as one document: section by section, body by body, unit by unit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from clearinghouse.documents import words
from clearinghouse.documents.model import (
    Cell,
    Column,
    Document,
    Masthead,
    Paragraph,
    Phrase,
    Section,
    Table,
    Text,
)
from clearinghouse.kernel import languages
from clearinghouse.mandate import queries as mandate
from clearinghouse.search.rules import fold
from clearinghouse.submissions.queries import copies
from clearinghouse.submissions.rules.fields import Field
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from clearinghouse.web import dates, naming
from clearinghouse.web.copies_told import in_print
from clearinghouse.web.fields_told import values
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.parts import Cell as Shown

if TYPE_CHECKING:
    from clearinghouse.directory.models import Entry
    from clearinghouse.submissions.models import Copy
    from clearinghouse.web.sections import Section as Part

ABOVE = frozenset({"title", "summary", "reference", "unit"})  # stand elsewhere, or nowhere
Entries = Sequence["Entry"]


@dataclass(frozen=True)
class Said:
    """What entries are told with: the words of the vocabularies, and the copies of each."""

    words: Vocabulary
    copies: "Mapping[str, Sequence[Copy]]"


def compose(parts: "Sequence[tuple[Part, Entries]]", day: str, *, cut: int) -> Document:
    """In the language of this page, as of the day it is printed; `cut` of them were left out."""
    said = Said(Vocabulary(), _copies(each for _part, some in parts for each in some))
    sections = tuple(_section(part, some, said) for part, some in parts)
    return Document(masthead=_masthead(day, cut), labels=words.labels(_), sections=sections)


def _copies(some: "Iterable[Entry]") -> "dict[str, Sequence[Copy]]":
    """By the codes of the entries, of the kinds that carry any."""
    codes: dict[str, list[str]] = {}
    for each in some:
        if DEFINITIONS[Kind(each.kind)].carries_copies:
            codes.setdefault(each.kind, []).append(each.code)
    found: dict[str, Sequence[Copy]] = {}
    for kind, theirs in codes.items():
        found |= copies.by_entry(kind, theirs)
    return found


def _masthead(day: str, cut: int) -> Masthead:
    committee = mandate.committee()
    language, facts = naming.language(), committee.facts
    shown = _("Demonstration: the content about invented States and bodies is illustrative.")
    left = _("%(count)s entries are left out: narrow the list by body or subject.")
    notices = ((shown, committee.demonstration), (left % {"count": cut}, cut))
    return Masthead(
        organ=naming.say(facts["organ"]),
        title=_("Directory of information and sources of assistance"),
        language=language,
        direction=languages.direction(language),
        as_of=day,
        seen_by=_("Everybody."),
        notices=tuple(text for text, holds in notices if holds),
        disclaimers=tuple(map(naming.say, facts.get("disclaimers", {}).get("directory", []))),
        reminder=naming.say(facts["human_rights_reminder"]),
    )


def _section(part: "Part", some: Entries, said: Said) -> Section:
    ordered = sorted(some, key=_place)
    tables = tuple(
        _table(f"{part.route}-{number}", list(theirs), said)
        for number, (_key, theirs) in enumerate(groupby(ordered, key=_provider), start=1)
    )
    empty = Paragraph(text=_("Nothing is listed here yet."))
    return Section(
        key=part.route,
        title=_(part.heading),
        blocks=(Paragraph(text=_(part.lede)), *(tables or (empty,))),
    )


def _provider(entry: "Entry") -> tuple[str, str]:
    """In two levels: the body, and the unit of it."""
    return str(naming.body_name(entry.body)), str(entry.content.get("unit", ""))


def _place(entry: "Entry") -> tuple[str, str, str]:
    body, unit = _provider(entry)
    return fold(body), fold(unit), entry.sort


def _table(key: str, some: Entries, said: Said) -> Table:
    body, unit = _provider(some[0])
    columns = (
        Column(key="title", label=_("Title"), width=22, row_header=True),
        Column(key="summary", label=_("What it is"), width=34),
        Column(key="particulars", label=_("Particulars"), width=56),
    )
    rows = tuple(
        (_told(each.titles), _told(each.content.get("summary", {})), _particulars(each, said))
        for each in some
    )
    caption = _("%(body)s, %(unit)s") % {"body": body, "unit": unit} if unit else body
    return Table(key=key, caption=caption, columns=columns, rows=rows, empty="")


def _particulars(entry: "Entry", said: Said) -> Cell:
    """A line for each field that says something, and how to cite and how fresh it is."""
    definition = DEFINITIONS[Kind(entry.kind)]
    asked = [f for f in definition.fields if f.name not in ABOVE and not f.personal]
    lines = [line for each in asked for line in _lines(each, entry, said)]
    day = dates.day(entry.last_confirmed, naming.language())
    fresh = _("last confirmed by its contributor: %(day)s") % {"day": day}
    stale = [_("not confirmed for a year")] if entry.status == "stale" else []
    there = said.copies.get(entry.code)
    told = [_("Copies to read: %(files)s") % {"files": in_print(there)}] if there else []
    return (_(definition.name), *lines, *told, fresh, *stale, entry.code)


def _lines(each: Field, entry: "Entry", said: Said) -> list[str]:
    """One line; of a checklist one for each question."""
    lines = [_text(one) for one in values(each, entry.content.get(each.name), said.words)]
    if each.questions:
        return [_("%(label)s:") % {"label": _(each.label)}, *lines]
    told = {"label": _(each.label), "said": "; ".join(lines)}
    return [_("%(label)s: %(said)s") % told] if lines else []


def _text(one: "Shown | object") -> str:
    if not isinstance(one, Shown):
        return str(one)
    return f"{one.note} {one.text}" if one.note else str(one.text)


def _told(texts: dict[str, str]) -> Text:
    """A text in the reader's language; one in another is marked as such."""
    if not texts:
        return ""
    text, spoken = languages.pick(texts, naming.language())
    if spoken == naming.language():
        return text
    return Phrase(text=text, language=spoken, direction=languages.direction(spoken))
