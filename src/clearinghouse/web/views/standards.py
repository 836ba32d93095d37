"""The register of global standards: as a list, by obligation, each on a page of its own."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.mandate import queries as mandate
from clearinghouse.people.asking import Asking
from clearinghouse.standards import queries
from clearinghouse.standards.rules import LegalNature, Status
from clearinghouse.submissions.rules.kinds import Kind
from clearinghouse.web import asked, copies_told, naming, register_told, trail
from clearinghouse.web.pages import page
from clearinghouse.web.parts import Filter, Item


def standards(request: Asking) -> HttpResponse:
    """Twenty entries a page, in the order of their titles."""
    narrowed, filters = _narrowed(request)
    some, pager = asked.page_of(request, queries.register(request.actor, narrowed))
    context = {
        "views": _views(request),
        "cards": [register_told.card(found) for found in queries.facts(some, narrowed.as_of)],
        "pager": pager,
        "filters": filters,
        "as_of": narrowed.as_of,
        "clear_url": reverse("standards"),
        "seen_by": _("Everybody."),
    }
    return page(request, "standards/list.html", context)


def by_obligation(request: Asking) -> HttpResponse:
    """Every paragraph with the standards that bear on it, and where in them it is borne on."""
    narrowed, filters = _narrowed(request)
    found = queries.by_obligation(request.actor, narrowed)
    wanted = narrowed.obligation
    paragraphs = [register_told.paragraph(o, rows) for o, rows in found if wanted in ("", o.ref)]
    context = {
        "views": _views(request),
        "paragraphs": paragraphs,
        "links": [Item(one["ref"], f"#{one['anchor']}") for one in paragraphs],
        "filters": filters,
        "as_of": narrowed.as_of,
        "clear_url": reverse("standards-by-obligation"),
        "seen_by": _("Everybody."),
    }
    return page(request, "standards/by_obligation.html", context)


def instruments(request: Asking) -> HttpResponse:
    """The universal instruments, all of them or those of the years up to a day's."""
    as_of = asked.day(request)
    found = queries.instruments(as_of)
    context = {
        "views": _views(request),
        "table": register_told.instruments(found),
        "count": len(found),
        "as_of": as_of,
        "filters": [register_told.as_of(as_of)],
        "clear_url": reverse("instruments"),
        "seen_by": _("Everybody."),
    }
    return page(request, "standards/instruments.html", context)


def standard(request: Asking, code: str) -> HttpResponse:
    """All that is recorded of one entry; of a withdrawn one, when and why it was withdrawn."""
    entry = queries.standard_for(request.actor, code)
    found = entry.standard
    withdrawn = found.status == Status.WITHDRAWN
    context: dict[str, Any] = {
        "standard": found,
        "title": naming.say(found.titles),
        "trail": trail.to("standards", _("Standards"), naming.say(found.titles)),
        "organisation": naming.body_name(found.organisation),
        "withdrawn": withdrawn,
        "stale": found.status == Status.STALE,
        "seen_by": _("Everybody."),
    }
    if not withdrawn:
        context |= {
            "summary": found.summaries,
            "terms": register_told.terms(entry),
            "editions": register_told.editions(entry),
            "bearings": register_told.bearings(entry),
            "copies": copies_told.of_entry(Kind.STANDARD, code),
        }
    return page(request, "standards/standard.html", context)


def _views(request: Asking) -> list[Item]:
    """The ways to look at the standards; the one that is looked at is marked."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    return [
        Item(label, reverse(route), current=route == here)
        for label, route in (
            (_("All standards"), "standards"),
            (_("By paragraph of the resolution"), "standards-by-obligation"),
            (_("Universal instruments"), "instruments"),
        )
    ]


def _narrowed(request: Asking) -> tuple[queries.Filter, list[Filter]]:
    """What the reader asked of the register, and the questions with their answers."""
    paragraphs, areas = mandate.obligations(), mandate.areas()
    said = naming.speaker()
    owners = {code: said(names) for code, names in queries.owners(request.actor)}
    narrowed = queries.Filter(
        text=asked.words(request),
        obligation=asked.choice(request, "obligation", [o.ref for o in paragraphs]),
        organisation=asked.choice(request, "organisation", owners),
        area=asked.choice(request, "area", [a.code for a in areas]),
        legal_nature=asked.choice(request, "nature", list(LegalNature)),
        as_of=asked.day(request),
    )
    return narrowed, register_told.questions(narrowed, paragraphs, areas, owners)
