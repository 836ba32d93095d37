"""The front page: what the committee keeps here, and where to go."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.circulars.queries import issues
from clearinghouse.circulars.rules import State
from clearinghouse.mandate import queries as mandate
from clearinghouse.people.asking import Asking
from clearinghouse.standards import queries as register
from clearinghouse.web import demonstration, matrix_told
from clearinghouse.web.pages import page
from clearinghouse.web.parts import Figure


def root(_request: Asking) -> HttpResponse:
    """The site without a language: in the reader's own where the site speaks it."""
    return redirect("home")


def home(request: Asking) -> HttpResponse:
    latest = issues.issues_for(request.actor).filter(state=State.ISSUED).first()
    standards = Figure(
        register.counted(request.actor), _("standards listed"), reverse("standards")
    )
    states = Figure(mandate.states().count(), _("States"), reverse("states"))
    organisations = Figure(
        mandate.organisations().count(), _("organisations"), reverse("organisations")
    )
    context = {
        "latest": matrix_told.month_of(latest) if latest else "",
        "figures": [standards, states, organisations],
        "personas": demonstration.personas() if mandate.is_demonstration() else [],
        "seen_by": _("Everybody."),
    }
    return page(request, "home.html", context)
