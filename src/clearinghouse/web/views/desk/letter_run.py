"""The run of a day: what went out, what is to go, what came in; to read, and to print."""

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.letters.queries import run as queries
from clearinghouse.people.asking import Asking
from clearinghouse.web import asked, naming
from clearinghouse.web.parts import Column, Filter, Table
from clearinghouse.web.views.desk import answers, letters

if TYPE_CHECKING:
    from datetime import date


def index(request: Asking) -> HttpResponse:
    run = _run(request)
    title = _("The day's run")
    context = {
        "title": title,
        "day": answers.day(run.day),
        "filters": [Filter("day", _("Day"), run.day.isoformat(), kind="date")],
        "out": letters.table(run.out, "out", _("Went out")),
        "waiting": letters.table(run.waiting, "to-go", _("To go")),
        "came": _came(run),
        "count": len(run.printed),
        "file_url": f"{reverse('desk-letters-run-file')}?day={run.day.isoformat()}",
        "crumbs": answers.crumbs((_("Letters"), "desk-letters"), (title, "")),
        "seen_by": _("the secretariat and the Experts."),
    }
    return answers.page(request, "desk/letter_run.html", context)


def file(request: Asking) -> HttpResponse:
    """The day's sheet and its letters as PDF, in address order, in one zip file."""
    run = _run(request)
    content = queries.archive(run, naming.language())
    name = f"letters-{run.day.isoformat()}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/zip", headers=headers)


def _run(request: Asking) -> queries.Run:
    today = day_in_new_york(request.now)
    wanted: date = asked.day(request, "day") or today
    return queries.run_of(request.actor, wanted, naming.language(), today=today)


def _came(run: queries.Run) -> Table:
    receipts = [[x.reference, naming.body_name(x.body), _("Receipt")] for x in run.received]
    replies = [
        [r.letter.reference, naming.body_name(r.letter.body), _("Reply")] for r in run.replies
    ]
    rows: list[Any] = [*receipts, *replies]
    return Table(
        name="in",
        caption=_("Came in"),
        columns=[Column(label) for label in (_("Reference"), _("From"), _("What"))],
        rows=rows,
        empty=_("Nothing."),
        is_caption_hidden=True,
        is_stacked=True,
    )
