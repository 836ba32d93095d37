"""The signed link of the yearly confirmation: a page with what it covers, and one button."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from clearinghouse.crossings import confirmation
from clearinghouse.directory.rules import Status
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.people.asking import Asking
from clearinghouse.web import dates, naming
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.pages import page
from clearinghouse.web.views.desk import entries


def follow(request: Asking, token: str) -> HttpResponse:
    """A GET shows and uses nothing up: a mail program that looks does no harm.

    Raises Unseen for a link that does not fit, whatever the reason.
    """
    opened = confirmation.open_(token, request.now)
    words, today = Vocabulary(), day_in_new_york(request.now)
    context = {
        "entries": [entries.line(each, words, today, 0) for each in opened.some],
        "any_stale": any(each.thing.status == Status.STALE for each in opened.some),
        "body": naming.body_name(opened.body),
        "seen_by": _("whoever has the link, and you alone are sent it."),
    }
    if request.method == "POST":
        count = confirmation.use(token, request.now)
        day = dates.day(today, naming.language())
        context |= {"count": count, "day": day}
    answer = page(request, "directory/confirmation.html", context)
    answer["Cache-Control"] = "no-store"
    return answer
