"""A State's sheet as a document: the same as its page, made to be printed."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from clearinghouse.documents import words
from clearinghouse.documents.model import (
    Cell,
    Column,
    Definitions,
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
from clearinghouse.web import naming
from clearinghouse.web.parts import Cell as Shown

if TYPE_CHECKING:
    from clearinghouse.mandate.models import Body
    from clearinghouse.web.needs_told import Told
    from clearinghouse.web.parts import Term
    from clearinghouse.web.parts import Text as Label


def compose(state: "Body", terms: Sequence["Term"], needs: Sequence["Told"], day: str) -> Document:
    """The sheet in the language of this page, as of the day it is printed."""
    facts = mandate.committee().facts
    blank = facts.get("blank_note", {})
    particulars = tuple((str(term.label), _lines(term.values)) for term in terms)
    sections = (
        Section(key="facts", title=_("The State"), blocks=(Definitions(pairs=particulars),)),
        Section(
            key="needs",
            title=_("Needs"),
            blocks=(_table(needs), *([Paragraph(text=_told(blank))] if blank else [])),
        ),
    )
    return Document(masthead=_masthead(state, day), labels=words.labels(_), sections=sections)


def _masthead(state: "Body", day: str) -> Masthead:
    committee = mandate.committee()
    notice = _("Demonstration: the content about invented States and bodies is illustrative.")
    language = naming.language()
    return Masthead(
        organ=naming.say(committee.facts["organ"]),
        title=naming.body_name(state),
        subtitle=_("State sheet: needs of assistance"),
        language=language,
        direction=languages.direction(language),
        as_of=day,
        seen_by=_(
            "The facts: everybody. The needs: as the State has consented to for each;"
            " you see those that are open to you."
        ),
        notices=(notice,) if committee.demonstration else (),
        disclaimers=tuple(
            map(naming.say, committee.facts.get("disclaimers", {}).get("matrix", []))
        ),
        reminder=naming.say(committee.facts["human_rights_reminder"]),
    )


def _table(needs: Sequence["Told"]) -> Table:
    columns = (
        Column(key="need", label=_("Need"), width=26, row_header=True),
        Column(key="description", label=_("What exactly"), width=44),
        Column(key="particulars", label=_("Particulars"), width=38),
    )
    rows = tuple((_told(need.title), _described(need), _particulars(need)) for need in needs)
    caption = _("Needs that you may see")
    empty = _("Nothing you may see is recorded.")
    return Table(key="needs", caption=caption, columns=columns, rows=rows, empty=empty)


def _described(need: "Told") -> Cell:
    observed = (_("The State's observation:"), _told(need.observation))
    return (
        *((_told(need.text),) if need.text else ()),
        *(observed if need.observation else ()),
    )


def _particulars(need: "Told") -> Cell:
    """A line for each, so that two needs can be compared at a glance."""
    return (*(str(mark.text) for mark in need.marks), *need.facts)


def _told(texts: Mapping[str, str]) -> Text:
    """A text in the reader's language; one in another is marked as such."""
    text, spoken = languages.pick(texts, naming.language())
    if spoken == naming.language():
        return text
    return Phrase(text=text, language=spoken, direction=languages.direction(spoken))


def _lines(values: Sequence["Shown | Label"]) -> Cell:
    lines = tuple(str(value.text if isinstance(value, Shown) else value) for value in values)
    return lines[0] if len(lines) == 1 else lines
