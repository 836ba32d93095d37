"""Who takes part in the confidential exchange: the list, each with its history, and the steps."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.errors import Invalid
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.outreach.actions import participation as actions
from clearinghouse.outreach.queries import participation as queries
from clearinghouse.outreach.rules.participation import Part, Step
from clearinghouse.people.asking import Asking
from clearinghouse.search.rules import fold
from clearinghouse.web import asked, naming
from clearinghouse.web.forms.participation import AmendForm, JoinForm, LeaveForm
from clearinghouse.web.participation_words import PARTS, STEPS
from clearinghouse.web.parts import Cell, Column, Item, Table, Term
from clearinghouse.web.views.desk import answers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearinghouse.outreach.models import Participation, Terms
    from clearinghouse.web.forms.meetings import Plain


def index(request: Asking) -> HttpResponse:
    return _list(request)


def join(request: Asking) -> HttpResponse:
    """An Expert records that an organisation takes part."""
    form = _joining(request, request.POST)
    if not form.is_valid():
        return _list(request, form)
    given = form.cleaned_data
    try:
        line = actions.join(
            form.body_chosen(), given["since"], form.agreed(), by=request.actor, now=request.now
        )
    except Invalid as why:
        form.take(why.faults)
        return _list(request, form)
    return answers.see("desk-participant", line.body.code, done="body-takes-part")


def detail(request: Asking, code: str) -> HttpResponse:
    return _show(request, queries.participation_of(request.actor, code))


def amend(request: Asking, code: str) -> HttpResponse:
    """Other terms hold from a day on."""
    line = queries.participation_of(request.actor, code)
    form = AmendForm(line, day_in_new_york(request.now), request.POST)
    answers.must_be_current(request, line)
    if not form.is_valid():
        return _show(request, line, form)
    try:
        given = form.cleaned_data
        actions.amend(line, given["on"], form.agreed(), by=request.actor, now=request.now)
    except Invalid as why:
        form.take(why.faults)
        return _show(request, line, form)
    return answers.see("desk-participant", code, done="terms-changed")


def leave(request: Asking, code: str) -> HttpResponse:
    """The body takes part until a day."""
    line = queries.participation_of(request.actor, code)
    form = LeaveForm(line, day_in_new_york(request.now), request.POST)
    answers.must_be_current(request, line)
    if not form.is_valid():
        return _show(request, line, form)
    try:
        actions.leave(line, form.cleaned_data["until"], by=request.actor, now=request.now)
    except Invalid as why:
        form.take(why.faults)
        return _show(request, line, form)
    return answers.see("desk-participant", code, done="body-leaves")


def _joining(request: Asking, data: Any = None) -> JoinForm:
    today = day_in_new_york(request.now)
    taking = {
        line.body_id
        for line in queries.taking_part(request.actor)
        if queries.part_of(line, today) != Part.ENDED
    }
    return JoinForm(taking, today, data)


def _list(request: Asking, form: JoinForm | None = None) -> HttpResponse:
    """Who takes part, by name, and below them who did; with the form, for who may record it."""
    today = day_in_new_york(request.now)
    found = sorted(queries.taking_part(request.actor), key=lambda one: _order(one, today))
    shown, pager = asked.page_of(request, found, answers.SIZE)
    may_join = queries.may_join(request.actor)
    context = {
        "table": _table(shown, today),
        "pager": pager,
        "form": form or (_joining(request) if may_join else None),
        "is_faulty": form is not None,
        "crumbs": answers.crumbs((_("Who takes part in the exchange"), "")),
        "seen_by": _seen_by(),
    }
    return answers.page(request, "desk/participation.html", context, status=400 if form else 200)


def _order(line: "Participation", today: date) -> tuple[bool, str, str]:
    is_over = queries.part_of(line, today) == Part.ENDED
    return is_over, fold(naming.body_name(line.body)), line.body.code


def _table(lines: "Sequence[Participation]", today: date) -> Table:
    return Table(
        name="participants",
        caption=_("Who takes part in the exchange"),
        columns=[
            Column(_("Organisation")),
            Column(_("How it stands")),
            Column(_("First day")),
            Column(_("Last day")),
            Column(_("On what terms")),
        ],
        rows=[
            (
                Cell(
                    naming.body_name(line.body),
                    url=reverse("desk-participant", args=[line.body.code]),
                ),
                _stands(line, today),
                answers.day(line.since),
                answers.day(line.until) or Cell("", note=_("none agreed")),
                Cell.told(line.words, naming.language(), note=naming.reference(line.paper)),
            )
            for line in lines
        ],
        empty=_("It is not recorded of any organisation that it takes part."),
        is_caption_hidden=True,
        is_stacked=True,
    )


def _stands(line: "Participation", today: date) -> Cell:
    label, tone = PARTS[queries.part_of(line, today)]
    return Cell(_(label), tone=tone)


def _show(request: Asking, line: "Participation", faulty: "Plain | None" = None) -> HttpResponse:
    """One organisation; with the form that could not be accepted, where there is one."""
    today = day_in_new_york(request.now)
    steps = queries.steps_open_to(request.actor, line, today)
    name = naming.body_name(line.body)
    amending = faulty if isinstance(faulty, AmendForm) else AmendForm(line, today)
    leaving = faulty if isinstance(faulty, LeaveForm) else LeaveForm(line, today)
    context = {
        "name": name,
        "line": line,
        "stands": _stands(line, today),
        "terms": [
            Term(_("First day"), [answers.day(line.since)]),
            Term(_("Last day"), [answers.day(line.until) or _("none agreed")]),
        ],
        "amend": amending if Step.AMEND in steps else None,
        "leave": leaving if Step.LEAVE in steps else None,
        "faulty": faulty,
        "history": [_told(each, is_named=bool(steps)) for each in _history(request, line)],
        "public": Item(_("Its public page"), naming.body_url(line.body)),
        "crumbs": answers.crumbs(
            (_("Who takes part in the exchange"), "desk-participation"), (name, "")
        ),
        "seen_by": _seen_by(),
    }
    return answers.page(request, "desk/participant.html", context, status=400 if faulty else 200)


def _history(request: Asking, line: "Participation") -> "list[Terms]":
    return list(queries.history_of(request.actor, line))


def _told(each: "Terms", *, is_named: bool) -> dict[str, Any]:
    """Who recorded it is told to those who record; focal points read the day."""
    days = {name: answers.day(getattr(each, name)) for name in ("since", "until", "on")}
    recorded = _("recorded on %(day)s") % {"day": answers.day(each.noted_at)}
    if is_named:
        values = {"day": answers.day(each.noted_at), "person": each.noted_by.name}
        recorded = _("recorded on %(day)s by %(person)s") % values
    return {
        "said": _(STEPS[Step(each.step)]) % days,
        "recorded": recorded,
        "until": days["until"] if each.step != Step.LEAVE else "",
        "words": each.words if each.step != Step.LEAVE else {},
        "paper": each.paper if each.step != Step.LEAVE else "",
    }


def _seen_by() -> str:
    return _("the focal points of organisations, and the Experts.")
