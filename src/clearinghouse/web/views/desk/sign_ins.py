"""How many came in and how many tried in vain, day by day: figures for the auditor, no names."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from clearinghouse.people.asking import Asking
from clearinghouse.people.signin import figures
from clearinghouse.web import asked
from clearinghouse.web.parts import Column, Table
from clearinghouse.web.views.desk import answers


def index(request: Asking) -> HttpResponse:
    found = figures.by_day(request.actor)
    shown, pager = asked.page_of(request, list(found.items()), answers.SIZE)
    context = {
        "table": _table(shown),
        "pager": pager,
        "crumbs": answers.crumbs((_("Sign-ins"), "")),
        "seen_by": _("the auditors."),
    }
    return answers.page(request, "desk/sign_ins.html", context)


def _table(days: list[tuple[object, dict[str, int]]]) -> Table:
    order = (figures.ENTERED, figures.FAILED, figures.HELD_BACK)
    rows = [
        [answers.day(day), *(str(counts.get(each, 0)) for each in order)]  # type: ignore[arg-type]  # a day
        for day, counts in days
    ]
    labels = (_("Signed in"), _("Failed"), _("Held back"))
    columns = [Column(_("Day (New York)")), *(Column(label, "number") for label in labels)]
    empty = _("Nobody has tried to sign in yet.")
    return Table(
        "sign-ins",
        _("Sign-ins by day"),
        columns,
        rows,
        empty,
        is_caption_hidden=True,
        is_stacked=True,
    )
