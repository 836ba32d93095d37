"""The directory's lists, section by section, and the page of each entry."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.actor import PUBLIC
from clearinghouse.access.errors import Unseen
from clearinghouse.directory import queries
from clearinghouse.directory.rules import Readers, Status
from clearinghouse.documents import docx, pdf
from clearinghouse.files.rules import Type
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.mandate import queries as mandate
from clearinghouse.people.asking import Asking
from clearinghouse.search.rules import fold
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from clearinghouse.web import (
    asked,
    copies_told,
    dates,
    directory_document,
    downloads,
    naming,
    trail,
)
from clearinghouse.web.fields_told import terms
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.pages import page
from clearinghouse.web.parts import Card, Cell, File, Filter, Term
from clearinghouse.web.sections import BY_ROUTE, OF_KIND, SECTIONS, Section

if TYPE_CHECKING:
    from clearinghouse.directory.models import Entry
    from clearinghouse.documents.model import Document

FILES: dict[str, Callable[["Document"], bytes]] = {"pdf": pdf.render, "docx": docx.render}
MOST = 1000  # of one section in one document
PRINTED = {
    part.route: part
    for part in SECTIONS
    if DEFINITIONS[part.kinds[0]].readers == Readers.EVERYBODY
}
HEADING = frozenset({"title", "summary", "reference"})  # stand above the terms, or nowhere


def section(request: Asking, route: str) -> HttpResponse:
    """Twenty entries a page, in the order of their titles."""
    shown, words = BY_ROUTE[route], Vocabulary()
    narrowed, filters = _narrowed(request, shown, words)
    some, pager = asked.page_of(request, queries.entries(request.actor, shown.kinds, narrowed))
    context = {
        "heading": _(shown.heading),
        "lede": _(shown.lede),
        "cards": [card(entry, words) for entry in some],
        "pager": pager,
        "filters": filters,
        "clear_url": reverse(route),
        "files": _files(route, narrowed.body) if route in PRINTED else [],
        "seen_by": seen_by(DEFINITIONS[shown.kinds[0]].readers),
    }
    return page(request, "directory/list.html", context)


def entry(request: Asking, code: str) -> HttpResponse:
    """All that this reader may see of one entry; of a withdrawn one, when and why."""
    found = queries.entry_for(request.actor, code)
    kind = Kind(found.kind)
    context: dict[str, Any] = {
        "entry": found,
        "kicker": naming.beside(
            naming.body_name(found.body),
            _("%(kind)s · %(name)s"),
            kind=_(DEFINITIONS[kind].name),
        ),
        "trail": trail.to(OF_KIND[kind].route, _(OF_KIND[kind].heading), naming.say(found.titles)),
        "title": naming.say(found.titles),
        "withdrawn": found.status == Status.WITHDRAWN,
        "stale": found.status == Status.STALE,
        "is_public": found.readers == Readers.EVERYBODY,
        "seen_by": seen_by(Readers(found.readers)),
    }
    if not context["withdrawn"]:
        context |= {"summary": found.content.get("summary", {}), "terms": _terms(request, found)}
        context["copies"] = copies_told.of_entry(kind, code)
    if kind == Kind.MONITORING_VISIT and not context["withdrawn"]:
        words = Vocabulary()
        context["overlaps"] = [
            card(e, words) for e in queries.at_the_same_time(request.actor, found)
        ]
    return page(request, "directory/entry.html", context)


def file(request: Asking, kind: str) -> HttpResponse:
    """What everybody may read, as one document; all of it, or a section or a body of it."""
    if kind not in FILES:
        raise Unseen("no such file")
    route = asked.choice(request, "section", list(PRINTED))
    body = asked.choice(request, "body", list(_contributors(request, PRINTED.values())))
    parts, cut = [], 0
    for part in [PRINTED[route]] if route else PRINTED.values():
        found = queries.entries(PUBLIC, part.kinds, queries.Filter(body=body))
        parts.append((part, list(found[:MOST])))
        cut += max(found.count() - MOST, 0)
    day = dates.day(day_in_new_york(request.now), naming.language())
    content = FILES[kind](directory_document.compose(parts, day, cut=cut))
    name = "-".join(filter(None, ("directory", route, body.lower())))
    return downloads.download(content, name=f"{name}.{kind}", kind=Type(kind), is_public=True)


def _contributors(request: Asking, parts: Iterable[Section]) -> dict[str, dict[str, str]]:
    kinds = [kind for part in parts for kind in part.kinds]
    return dict(queries.contributors(request.actor, kinds))


def card(found: "Entry", words: Vocabulary) -> Card:
    """A line of a list: who, what kind, which subjects; marked where it is stale."""
    content, kind = found.content, DEFINITIONS[Kind(found.kind)]
    subjects = [words.areas.get(code, code) for code in content.get("areas", [])]
    refs = ", ".join(dict.fromkeys(b["ref"] for b in content.get("obligations", [])))
    paragraphs = _("bears on %(paragraphs)s") % {"paragraphs": naming.reference(refs)}
    facts = (
        naming.body_name(found.body),
        content.get("unit", ""),
        _(kind.name),
        ", ".join(subjects),
        paragraphs if refs else "",
    )
    stale = Cell(_("not confirmed for a year"), tone="waiting")
    return Card(
        Cell.told(found.titles, words.language, url=reverse("entry", args=[found.code])),
        naming.say(content.get("summary", {})),
        tuple(fact for fact in facts if fact),
        stale if found.status == Status.STALE else None,
    )


def _terms(request: Asking, found: "Entry") -> list[Term]:
    definition = DEFINITIONS[Kind(found.kind)]
    content = queries.content_for(request.actor, found)
    language = naming.language()
    asked_of = [f for f in definition.fields if f.name not in HEADING]
    filled = [f for f in asked_of if content.get(f.name) or f.questions]
    return [
        Term(_("From"), (naming.body_cell(found.body),)),
        *terms(filled, content, Vocabulary()),
        Term(_("Last confirmed by its contributor"), (dates.day(found.last_confirmed, language),)),
        Term(_("Listed here since"), (dates.day(found.listed_on, language),)),
        Term(_("Cite as"), (Cell(found.code),)),
    ]


def _files(route: str, body: str) -> list[File]:
    """The list as a document; narrowed by body, that body's part of it."""
    asking = urlencode({"section": route} | ({"body": body} if body else {}))
    return [
        File(
            _(downloads.CALLED[kind]),
            f"{reverse('directory-file', args=[kind])}?{asking}",
            kind.upper(),
        )
        for kind in FILES
    ]


def _narrowed(
    request: Asking, shown: Section, words: Vocabulary
) -> tuple[queries.Filter, list[Filter]]:
    """What the reader asked of the section, and the questions with their answers."""
    bodies = {
        code: naming.say(names) for code, names in queries.contributors(request.actor, shown.kinds)
    }
    refs = {
        o.ref: f"{naming.reference(o.ref)} {naming.say(o.title)}" for o in mandate.obligations()
    }
    fields = {f.name for kind in shown.kinds for f in DEFINITIONS[kind].fields}
    questions: dict[str, tuple[str, dict[str, str]]] = {
        "body": (_("From"), dict(sorted(bodies.items(), key=lambda one: fold(one[1])))),
        "area": (_("Subject"), words.areas if "areas" in fields else {}),
        "obligation": (_("Paragraph of the resolution"), refs if "obligations" in fields else {}),
        "region": (_("Region"), words.regions if "regions" in fields else {}),
        "state": (_("State"), words.states if fields & {"state", "states"} else {}),
    }
    given = {
        name: asked.choice(request, name, known) for name, (_label, known) in questions.items()
    }
    narrowed = queries.Filter(text=asked.words(request), **given)
    choices = [
        Filter(name, label, given[name], [("", _("All")), *known.items()])
        for name, (label, known) in questions.items()
        if known
    ]
    return narrowed, [Filter("q", _("Words of the title"), narrowed.text), *choices]


def seen_by(readers: Readers | None) -> str:
    return {
        Readers.EVERYBODY: _("Everybody."),
        Readers.CONTACTS: _(
            "Everybody sees offices and their mailboxes; a person, their body, the committee, the"
            " Experts and the secretariat, and other focal points where it was agreed."
        ),
        Readers.MONITORS: _(
            "The focal points of organisations, the Experts, and each State the visits to it."
        ),
    }[readers or Readers.EVERYBODY]
