"""Writing about a need that stands in the matrix: revise it, or record one that another sees."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Role
from clearinghouse.access.errors import Refused
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.mandate import queries as mandate
from clearinghouse.needs import actions, queries
from clearinghouse.needs.rules import Origin, Status, Step
from clearinghouse.people.asking import Asking
from clearinghouse.web import naming
from clearinghouse.web.forms.contributions import FieldsForm
from clearinghouse.web.forms.needs import REVISED, IdentifyForm, wording
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.views.desk import answers


def revise(request: Asking, pk: UUID) -> HttpResponse:
    """The same fields as when it was stated; who may see it is changed on its own page."""
    row = queries.need_for(request.actor, pk)
    may = Step.REVISE in queries.steps_open_to(request.actor, row.need)
    words = Vocabulary()
    if request.method != "POST":
        if not may:
            return answers.see("desk-need", pk)
        return _revising(request, row, FieldsForm(REVISED, words, initial=_content(row)))
    if not may:
        raise Refused("another seat revises this")
    form = FieldsForm(REVISED, words, request.POST)
    content = form.content()
    if answers.is_stale(request, row.need):
        return _revising(request, row, form, status=409)
    if found := form.faults(content, complete=True):
        form.take(found)
        return _revising(request, row, form, status=400)
    actions.revise(row.need, wording(content, REVISED), by=request.actor, now=request.now)
    return answers.see("desk-need", pk, done="revised")


def identify(request: Asking) -> HttpResponse:
    """A need that somebody else sees: it goes to its State, and does not leave the committee."""
    words = Vocabulary()
    if request.method != "POST":
        return _identifying(request, IdentifyForm(words))
    form = IdentifyForm(words, request.POST)
    content = form.content()
    if found := form.faults(content, complete=True):
        form.take(found)
        return _identifying(request, form, status=400)
    pk = _same(request, content) or _identified(request, form, content)
    return answers.see("desk-need", pk, done="identified")


def _identified(request: Asking, form: IdentifyForm, content: Mapping[str, Any]) -> UUID:
    state = mandate.states().get(code=content["state"])
    area = next(a for a in mandate.areas() if a.code == content["area"])
    place, origin = actions.Place(state, area), Origin(content["origin"])
    said = wording(content, form.asked)
    return actions.identify(place, origin, said, by=request.actor, now=request.now).pk


def _same(request: Asking, content: Mapping[str, Any]) -> UUID | None:
    """The same words recorded today already: a second click, not a second need."""
    asked = queries.Filter(state=content["state"], area=content["area"])
    today = queries.needs_for(request.actor, asked).filter(
        recorded_on=day_in_new_york(request.now), status=Status.IDENTIFIED
    )
    said = (content["title"], content["description"], content["origin"])
    return next((n.pk for n in today if (n.titles, n.descriptions, n.origin) == said), None)


def _content(row: queries.Row) -> dict[str, Any]:
    need = row.need
    return {
        "title": need.titles,
        "description": need.descriptions,
        "obligations": [{"ref": ref} for ref in row.obligations],
        "counterpart": need.counterpart,
        "rough_cost": need.rough_cost,
        "needed_by": need.needed_by,
        "priority": str(need.priority),
        "rank": str(need.rank or ""),
    }


def _revising(
    request: Asking, row: queries.Row, form: FieldsForm, *, status: int = 200
) -> HttpResponse:
    words = form.words
    context = {
        "form": form,
        "heading": _("Change what it says"),
        "kicker": naming.body_name(row.need.state),
        "need": row.need,
        "overtaken": status == 409,  # noqa: PLR2004  # as the address answers
        "crumbs": answers.crumbs((_("Needs"), "desk-needs"), (words.say(row.need.titles), "")),
        "seen_by": _("those who may see the need now; changing its words changes nobody's sight."),
    }
    return answers.page(request, "desk/need_form.html", context, status=status)


def _identifying(request: Asking, form: IdentifyForm, *, status: int = 200) -> HttpResponse:
    heading = _("Record a need that somebody else sees")
    context = {
        "form": form,
        "heading": heading,
        "kicker": _("Expert") if request.actor.holds(Role.EXPERT) else _("Secretariat"),
        "crumbs": answers.crumbs((_("Needs"), "desk-needs"), (heading, "")),
        "seen_by": _("its State, the Experts and the secretariat, until the State widens it."),
    }
    return answers.page(request, "desk/need_form.html", context, status=status)
