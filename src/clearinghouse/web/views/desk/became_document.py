"""What became of a contributor's year as a document: its page, to keep and to quote from."""

from collections.abc import Iterable, Sequence
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
from clearinghouse.web import naming
from clearinghouse.web.parts import Cell as Shown
from clearinghouse.web.parts import Table as Told

if TYPE_CHECKING:
    from clearinghouse.crossings.became import Became
    from clearinghouse.web.views.desk.became_told import Part

# Narrow enough that all parts lie upright, one below the other.
WIDTHS = {"places": (24, 38, 38), "returned": (28, 16, 14, 42)}
USUAL = (34, 18, 14, 20, 14)


def compose(found: "Became", parts: "Iterable[Part]", day: str, seen_by: str) -> Document:
    """In the language of the page, as of the day it is made."""
    return Document(
        masthead=_masthead(found, day, seen_by),
        labels=words.labels(_),
        sections=tuple(map(_section, parts)),
    )


def _masthead(found: "Became", day: str, seen_by: str) -> Masthead:
    committee, language = mandate.committee(), naming.language()
    notice = _("Demonstration: the content about invented States and bodies is illustrative.")
    facts = committee.facts
    return Masthead(
        organ=naming.say(facts["organ"]),
        title=_("What became of it"),
        subtitle=naming.beside(
            naming.body_name(found.body), _("%(name)s, %(year)s"), year=str(found.year)
        ),
        language=language,
        direction=languages.direction(language),
        as_of=day,
        seen_by=seen_by,
        notices=(notice,) if committee.demonstration else (),
        disclaimers=tuple(map(naming.say, facts.get("disclaimers", {}).get("directory", []))),
        reminder=naming.say(facts["human_rights_reminder"]),
    )


def _section(part: "Part") -> Section:
    more = _("%(count)s more are left out here.") % {"count": part.left_out}
    left = (Paragraph(text=more),) if part.left_out else ()
    blocks = (Paragraph(text=part.lede), _table(part.table), *left)
    return Section(key=part.table.name, title=part.heading, blocks=blocks)


def _table(told: Told) -> Table:
    widths = WIDTHS.get(told.name, USUAL)
    columns = tuple(
        Column(key=f"c{n}", label=str(one.label), width=widths[n], row_header=not n)
        for n, one in enumerate(told.columns)
    )
    rows = tuple(tuple(map(_cell, row)) for row in told.rows)
    # The heading of the part says what a caption would say again.
    return Table(
        key=f"{told.name}-table", caption="", columns=columns, rows=rows, empty=str(told.empty)
    )


def _cell(one: "Shown | str | object") -> Cell:
    """The lines of a cell; a note under it, a text in another language marked as such."""
    if not isinstance(one, Shown):
        return _lines(str(one).split("\n"))
    head: Text = str(one.text)
    if one.language:
        head = Phrase(text=str(one.text), language=one.language, direction=one.direction)
    return (head, str(one.note)) if one.note else head


def _lines(some: Sequence[str]) -> Cell:
    return some[0] if len(some) == 1 else tuple(some)
