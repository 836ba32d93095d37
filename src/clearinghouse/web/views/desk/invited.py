"""What a body is invited to contribute, for its own seats; and its word that it does not."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Role
from clearinghouse.access.errors import Invalid, Unseen
from clearinghouse.crossings import reaching_out
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.outreach import queries
from clearinghouse.outreach.rules import Step
from clearinghouse.people.asking import Asking
from clearinghouse.submissions import queries as submissions
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from clearinghouse.web import asked, naming, outreach_told
from clearinghouse.web.forms.invited import DeclineForm
from clearinghouse.web.parts import Cell, Column, Item, Table, Term, Text
from clearinghouse.web.views.desk import answers

if TYPE_CHECKING:
    from clearinghouse.crossings.reaching_out import Place
    from clearinghouse.outreach.models import Asked, AskedQuerySet


def index(request: Asking) -> HttpResponse:
    """Every invitation to the reader's own bodies, the latest first."""
    shown, pager = asked.page_of(request, _own(request), answers.SIZE)
    places = reaching_out.places(list(shown), day_in_new_york(request.now))
    context = {
        "table": Table(
            name="invited",
            caption=_("What you are asked to contribute"),
            columns=[
                Column(_("What is asked for")),
                Column(_("Of whom")),
                Column(_("Invited on")),
                Column(_("How it stands")),
            ],
            rows=[_row(place) for place in places],
            empty=_("You have not been invited to contribute."),
            is_caption_hidden=True,
            is_stacked=True,
        ),
        "pager": pager,
        "crumbs": answers.crumbs((_("What you are asked to contribute"), "")),
        "seen_by": _seen_by(),
    }
    return answers.page(request, "desk/invited.html", context)


def _own(request: Asking) -> "AskedQuerySet":
    bodies = request.actor.bodies_as(Role.FOCAL_POINT, Role.STATE)
    return queries.asked_for(request.actor).filter(body__in=bodies)


def _row(place: "Place") -> tuple[Cell | Text, ...]:
    line = place.asked
    return (
        Cell(
            outreach_told.kinds(line.invitation), url=reverse("desk-invited-one", args=[line.pk])
        ),
        naming.body_name(line.body),
        answers.day(line.asked_on),
        outreach_told.place(place),
    )


def detail(request: Asking, pk: UUID) -> HttpResponse:
    return _show(request, _one(request, pk))


def decline(request: Asking, pk: UUID) -> HttpResponse:
    """The body does not contribute, and says why."""
    line, form = _one(request, pk), DeclineForm(request.POST)
    answers.must_be_current(request, line)
    if not form.is_valid():
        return _show(request, line, form)
    try:
        because = form.cleaned_data["because"]
        reaching_out.decline(line, because, by=request.actor, now=request.now)
    except Invalid as why:
        form.take(why.faults)
        return _show(request, line, form)
    return answers.see("desk-invited-one", pk, done="contribution-declined")


def reconsider(request: Asking, pk: UUID) -> HttpResponse:
    """The body takes back that it does not contribute."""
    line = _one(request, pk)
    answers.must_be_current(request, line)
    reaching_out.reconsider(line, by=request.actor, now=request.now)
    return answers.see("desk-invited-one", pk, done="contribution-reconsidered")


def _one(request: Asking, pk: UUID) -> "Asked":
    """One of the reader's own bodies. Raises Unseen."""
    if (found := _own(request).filter(pk=pk).first()) is None:
        raise Unseen("no such invitation")
    return found


def _show(request: Asking, line: "Asked", faulty: DeclineForm | None = None) -> HttpResponse:
    today = day_in_new_york(request.now)
    [place] = reaching_out.places([line], today)
    steps = reaching_out.own_steps(request.actor, place, today)
    title = outreach_told.kinds(line.invitation)
    form = faulty or DeclineForm()
    context = {
        "title": title,
        "line": line,
        "stands": outreach_told.place(place),
        "terms": [
            Term(_("Of whom"), [naming.body_name(line.body)]),
            Term(
                _("By"), [Cell(answers.day(place.due), note=outreach_told.hung(line.invitation))]
            ),
            Term(_("Invited on"), [answers.day(line.asked_on)]),
        ],
        "said": line.invitation.texts,
        "beginnings": _beginnings(request, line),
        "form": form if Step.DECLINE in steps else None,
        "is_faulty": faulty is not None,
        "may_reconsider": Step.RECONSIDER in steps,
        "crumbs": answers.crumbs(
            (_("What you are asked to contribute"), "desk-invited"), (title, "")
        ),
        "seen_by": _seen_by(),
    }
    return answers.page(request, "desk/invited_one.html", context, status=400 if faulty else 200)


def _beginnings(request: Asking, line: "Asked") -> list[Item]:
    """The forms of what is asked for, as far as this seat contributes it."""
    open_ = submissions.kinds_open_to(request.actor)
    asked_for = [Kind(kind) for kind in line.invitation.kinds]
    return [
        Item(_(DEFINITIONS[kind].invites), reverse("desk-submission-new", args=[kind]))
        for kind in asked_for
        if kind in open_
    ]


def _seen_by() -> str:
    return _("the seats of the body asked, the secretariat and the Experts.")
