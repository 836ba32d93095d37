"""One search over all that this reader may see."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.needs import queries as needs
from clearinghouse.people.asking import Asking
from clearinghouse.search import queries
from clearinghouse.search.rules import Kind
from clearinghouse.web import asked, naming, wording
from clearinghouse.web.pages import page
from clearinghouse.web.parts import Card, Cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clearinghouse.mandate.models import Body
    from clearinghouse.search.models import Indexed

ROUTES = {
    Kind.STANDARD: "standard",
    Kind.ENTRY: "entry",
    Kind.ORGANISATION: "organisation",
    Kind.STATE: "state",
}


def search(request: Asking) -> HttpResponse:
    """Twenty a page, by title. Nothing is counted that the reader may not see."""
    words, kind = asked.words(request), asked.choice(request, "kind", list(Kind))
    found = queries.find(request.actor, words, Kind(kind) if kind else None)
    some, pager = asked.page_of(request, found)
    ids = [UUID(thing.reference) for thing in some if thing.kind == Kind.NEED]
    states = needs.states_of(request.actor, ids) if ids else {}
    kinds = [(value.value, _(wording.FOUND[value])) for value in Kind]
    context = {
        "words": words,
        "cards": [_card(thing, states) for thing in some],
        "pager": pager,
        "kind": kind,
        "kinds": kinds,
        "seen_by": _("You: what is found is what you may see."),
    }
    return page(request, "search/search.html", context)


def _card(thing: "Indexed", states: "Mapping[UUID, Body]") -> Card:
    kind = Cell(_(wording.FOUND[thing.kind]), tone="quiet")
    if thing.kind != Kind.NEED:
        url = reverse(ROUTES[Kind(thing.kind)], args=[thing.reference])
        return Card(Cell.told(thing.titles, naming.language(), url=url), badge=kind)
    state = states.get(UUID(thing.reference))
    url = f"{naming.body_url(state)}#need-{thing.reference}" if state else ""
    facts = (naming.body_name(state),) if state else ()
    return Card(Cell.told(thing.titles, naming.language(), url=url), facts=facts, badge=kind)
