"""What an organisation has in the register, and the button that confirms it each year."""

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.people.asking import Asking
from clearinghouse.standards import actions, queries
from clearinghouse.web import due, naming
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.parts import Cell
from clearinghouse.web.views.desk import answers

if TYPE_CHECKING:
    from datetime import date

    from clearinghouse.standards.models import Standard


def index(request: Asking) -> HttpResponse:
    """In the order of the register; those due for confirmation are marked."""
    words, today = Vocabulary(), day_in_new_york(request.now)
    months = due.settings(request).stale_warning_months
    context = {
        "entries": [_line(s, words, today, months) for s in due.own_entries(request)],
        "crumbs": answers.crumbs((_("Your entries"), "")),
        "seen_by": _("everybody: these entries are public. This page is for their owner."),
    }
    return answers.page(request, "desk/entries.html", context)


def confirm(request: Asking, code: str) -> HttpResponse:
    """It still holds, as of today; a button, never a link."""
    standard = queries.standard_for(request.actor, code).standard
    answers.must_be_current(request, standard)
    actions.confirm(standard, by=request.actor, now=request.now)
    return answers.see("desk-entries", done="entry-confirmed")


def _line(standard: "Standard", words: Vocabulary, today: "date", months: int) -> dict[str, Any]:
    return {
        "title": Cell.told(standard.titles, words.language),
        "url": reverse("standard", args=[standard.code]),
        "body": naming.body_name(standard.organisation),
        "confirmed": answers.day(standard.last_confirmed),
        "is_due": due.is_due(standard, today, months),
        "confirm_url": reverse("desk-entry-confirm", args=[standard.code]),
        "version": standard.version,
    }
