"""Figures of aid on the desk: the tables that stand, bringing one in, what was not matched."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clearinghouse.access.errors import Invalid, Unseen
from clearinghouse.assistance import actions, queries
from clearinghouse.assistance.actions import Report
from clearinghouse.assistance.rules import Kind
from clearinghouse.files.formats import names
from clearinghouse.kernel.marking import N_
from clearinghouse.people.asking import Asking
from clearinghouse.web.forms.figures import FiguresForm
from clearinghouse.web.parts import Cell, Column, Figure, Table
from clearinghouse.web.views.desk import answers

KINDS = {Kind.PURPOSE: N_("by purpose code"), Kind.DONOR: N_("by donor")}
MOVED = {
    "new": N_("New figures"),
    "changed": N_("Changed figures"),
    "unchanged": N_("Figures as they were"),
    "removed": N_("Figures gone"),
}


def index(request: Asking) -> HttpResponse:
    """The tables that stand. A file sent here comes in whole or not at all, and is reported on."""
    if not queries.may_import(request.actor):
        raise Unseen("figures are brought in by the secretariat")
    if request.method != "POST":
        return _page(request, FiguresForm())
    form = FiguresForm(request.POST, request.FILES)
    if form.is_valid() and (report := _brought_in(request, form)):
        return _page(request, FiguresForm(), report)
    return _page(request, form, status=400)


def _brought_in(request: Asking, form: FiguresForm) -> Report | None:
    """None where the file is not taken, and the form says why."""
    name, year = names.shown(form.cleaned_data["file"].name), form.cleaned_data["year"]
    try:
        return actions.import_crs(form.content(), name, year, by=request.actor, now=request.now)
    except Invalid as why:
        form.take(why)
        return None


def _page(
    request: Asking, form: FiguresForm, report: Report | None = None, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "report": report,
        "figures": _moved(report) if report else [],
        "left": _left(report) if report else [],
        "table": _table(),
        "crumbs": answers.crumbs((_("Figures of aid"), "")),
        "seen_by": _("the secretariat; the figures themselves are public."),
    }
    return answers.page(request, "desk/figures.html", context, status=status)


def _moved(report: Report) -> list[Figure]:
    return [Figure(getattr(report, name), _(label)) for name, label in MOVED.items()]


def _left(report: Report) -> list[tuple[str, Sequence[str]]]:
    """What was not matched, each kind under the sentence that says what became of it."""
    bearing = report.columns_bearing_on_nothing
    of_columns = ngettext(
        "%(count)s column bears on no obligation by the cross-walk.",
        "%(count)s columns bear on no obligation by the cross-walk.",
        bearing,
    )
    found: list[tuple[str, Sequence[str]]] = [
        (
            _("Kept as named by the source, being no Member State:"),
            report.rows_kept_as_named,
        ),
        (_("Columns left out, since no such code is known:"), report.columns_unknown),
        (
            _("Purposes of the cross-walk without a column of their own here:"),
            report.purposes_without_column,
        ),
    ]
    told = [(sentence, each) for sentence, each in found if each]
    return [*told, (of_columns % {"count": bearing}, ())] if bearing else told


def _table() -> Table:
    labels = (_("Year"), _("Kind"), _("File"), _("Brought in"), _("SHA-256 of the file"))
    return Table(
        name="tables",
        caption=_("Tables that stand"),
        columns=[Column(label) for label in labels],
        rows=[
            [
                str(each.year),
                _(KINDS[Kind(each.kind)]),
                Cell(each.name),
                answers.moment(each.imported_at),
                each.hash,
            ]
            for each in queries.tables()
        ],
        empty=_("No table has been brought in."),
        is_caption_hidden=True,
        is_stacked=True,
    )
