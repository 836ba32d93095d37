"""The front page: what the committee keeps here, and where to go."""

from django.http import HttpResponse
from django.shortcuts import redirect

from clearinghouse.people.asking import Asking
from clearinghouse.web.pages import page


def root(_request: Asking) -> HttpResponse:
    """The site without a language: in the reader's own where the site speaks it."""
    return redirect("home")


def home(request: Asking) -> HttpResponse:
    return page(request, "home.html", {})
