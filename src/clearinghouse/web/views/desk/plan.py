"""The action plan on the desk: the part of it that this seat works with, as its page shows it."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from clearinghouse.people.asking import Asking
from clearinghouse.plan import queries
from clearinghouse.web.views import plan
from clearinghouse.web.views.desk import answers


def index(request: Asking) -> HttpResponse:
    lines = queries.plan_for(request.actor)
    context = {
        "cards": plan.cards(lines),
        "picture": plan.drawn(lines, request),
        "crumbs": answers.crumbs((_("Action plan"), "")),
        "seen_by": plan.seen_by(),
    }
    return answers.page(request, "desk/plan.html", context)
