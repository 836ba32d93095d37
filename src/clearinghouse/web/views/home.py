"""The front page: what the committee keeps here, and where to go."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Actor
from clearinghouse.circulars.queries import issues
from clearinghouse.circulars.rules import State
from clearinghouse.mandate import queries as mandate
from clearinghouse.people.asking import Asking
from clearinghouse.standards import queries as register
from clearinghouse.web import demonstration, matrix_told, naming
from clearinghouse.web.pages import page
from clearinghouse.web.parts import Figure, Item
from clearinghouse.web.sections import OPEN


def root(_request: Asking) -> HttpResponse:
    """The site without a language: in the reader's own where the site speaks it."""
    return redirect("home")


def home(request: Asking) -> HttpResponse:
    latest = issues.issues_for(request.actor).filter(state=State.ISSUED).first()
    committee = mandate.committee()
    context = {
        "latest": matrix_told.month_of(latest) if latest else "",
        "figures": _figures(request.actor),
        "sections": [Item(_(each.heading), reverse(each.route)) for each in OPEN],
        "organ": naming.say(committee.facts.get("organ", {"en": "committee"})),
        "personas": demonstration.personas() if committee.demonstration else [],
        "seen_by": _("Everybody."),
    }
    return page(request, "home.html", context)


def _figures(actor: Actor) -> list[Figure]:
    """What is invented for a demonstration is not counted."""
    standards = register.register(actor).filter(organisation__illustrative=False)
    states = mandate.states().filter(illustrative=False)
    organisations = mandate.organisations().filter(illustrative=False)
    return [
        Figure(standards.count(), _("standards listed"), reverse("standards")),
        Figure(states.count(), _("States"), reverse("states")),
        Figure(organisations.count(), _("organisations"), reverse("organisations")),
    ]
