"""The one way to render a page: what its layout needs, and the database out of reach."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from zen_queries import queries_disabled

from clearinghouse.access.actor import Actor, Role
from clearinghouse.kernel import languages
from clearinghouse.people.asking import Asking
from clearinghouse.web import desk_menu, due, seats
from clearinghouse.web.parts import Item


def page(
    request: Asking, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Fetch what the layout shows, then render with no query left to run.

    Contexts carry lists and values, never querysets. `illustrative` says that invented content is
    on the page; `seen_by` who may see it.
    """
    whole = layout(request) | dict(context)
    with queries_disabled():
        return render(request, template, whole, status=status)


def layout(request: Asking) -> dict[str, Any]:
    language = get_language() or languages.DEFAULT
    committee, actor = due.committee(request), request.actor
    names = committee.facts.get("title", {"en": "Clearinghouse"})
    return {
        "language": language,
        "direction": languages.direction(language),
        "languages": _languages(request, language),
        "committee": languages.pick(names, language)[0],
        "home_url": reverse("home"),
        "navigation": _navigation(request),
        "is_signed_in": actor.person_id is not None,
        "sign_in_url": reverse("account_login"),
        "sign_out_url": reverse("account_logout"),
        "account_url": reverse("account"),
        "illustrative": committee.demonstration,
        "pack": committee.facts,
    } | (_signed_in(request, language) if actor.person_id else {})


def scripted(response: HttpResponse) -> HttpResponse:
    """A page with a script of ours. All others run none, whatever is written into them."""
    response._csp_update = {"script-src": ["'self'"]}  # type: ignore[attr-defined]  # noqa: SLF001  # how csp's own decorator says it
    return response


def error_page(request: Asking, status: int, faults: Mapping[str, list[str]]) -> HttpResponse:
    """The house's answer to a refusal, in the reader's language; what is alike looks alike."""
    if not hasattr(request, "actor"):
        request.actor = Actor()
    said = [sentence for sentences in faults.values() for sentence in sentences]
    return page(request, f"errors/{status}.html", {"faults": said}, status=HTTPStatus(status))


def _signed_in(request: Asking, language: str) -> dict[str, Any]:
    held = due.seats(request)
    at_desk = request.path.startswith(reverse("desk"))
    return {
        "actor_name": held[0].person.name if held else _("Nobody's seat"),
        "seats": [seats.label(seat, language) for seat in held],
        "desk_navigation": desk_menu.items(request) if at_desk else [],
    }


def _navigation(request: Asking) -> list[Item]:
    return [
        Item(label, url, current=request.path.startswith(url))
        for label, url in (
            (_("Standards"), reverse("standards")),
            (_("Guidance"), reverse("guidance")),
            (_("Assistance"), reverse("assistance")),
            (_("Matrix of needs"), reverse("matrix")),
            (_("States"), reverse("states")),
            (_("Organisations"), reverse("organisations")),
            (_("Meetings"), reverse("meetings")),
            (_("Search"), reverse("search")),
        )
    ] + ([Item(_("Your desk"), reverse("desk"))] if request.actor.holds(*Role) else [])


def _languages(request: Asking, language: str) -> list[tuple[str, str, str]]:
    """The same path under the prefix of each language that the site speaks."""
    from django.conf import settings  # noqa: PLC0415  # read at the time of asking: tests change it

    rest = request.get_full_path().removeprefix(f"/{language}/").lstrip("/")
    return [
        (code, languages.BY_CODE[code].name, f"/{code}/{rest}") for code, _ in settings.LANGUAGES
    ]
