"""One search over all that this reader may see."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
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
from clearinghouse.web.parts import Card, Cell, Filter

if TYPE_CHECKING:
    from clearinghouse.search.models import Indexed

ROUTES = {Kind.STANDARD: "standard", Kind.ORGANISATION: "organisation", Kind.STATE: "state"}


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
        "filters": [
            Filter("q", _("Words"), words, hint=_("All of them have to be found.")),
            Filter("kind", _("Kind"), kind, [("", _("All")), *kinds]),
        ],
        "clear_url": reverse("search"),
        "seen_by": _("You: what is found is what you may see."),
    }
    return page(request, "search/search.html", context)


def _card(thing: "Indexed", states: Mapping[Any, str]) -> Card:
    title = Cell.told(thing.titles, naming.language(), url=_url(thing, states))
    return Card(title, badge=Cell(_(wording.FOUND[thing.kind]), tone="quiet"))


def _url(thing: "Indexed", states: Mapping[Any, str]) -> str:
    """A need stands on its State's page; one that ended a moment ago on none."""
    if thing.kind != Kind.NEED:
        return reverse(ROUTES[Kind(thing.kind)], args=[thing.reference])
    state = states.get(UUID(thing.reference))
    return f"{reverse('state', args=[state])}#need-{thing.reference}" if state else ""
