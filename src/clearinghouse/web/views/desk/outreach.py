"""Contact with bodies: how each stands at a glance, its log, and the steps on a line of it."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Role
from clearinghouse.access.errors import Invalid
from clearinghouse.crossings import reaching_out
from clearinghouse.crossings.reaching_out import Line, Place
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.mandate import queries as mandate
from clearinghouse.outreach import actions, queries
from clearinghouse.outreach.rules import Progress, Standing, Step
from clearinghouse.people.asking import Asking
from clearinghouse.people.queries import seats_in
from clearinghouse.search.rules import fold
from clearinghouse.web import asked, naming, outreach_told, outreach_words
from clearinghouse.web.forms.outreach import ExchangeForm
from clearinghouse.web.parts import Cell, Column, Filter, Item, Table, Text
from clearinghouse.web.views.desk import answers

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearinghouse.mandate.models import Body
    from clearinghouse.outreach.models import Exchange
    from clearinghouse.people.models import Person

SORTED = ("body", "contact", "invitation", "view", "next")
SHOWN = ("stale", "step", "mine")
NOT_ASKED = "none"


def index(request: Asking) -> HttpResponse:
    """Organisations, and the States there is contact with; by name where nothing else is asked."""
    today, order = day_in_new_york(request.now), asked.order(request, SORTED)
    wanted = {
        "q": asked.words(request),
        "contact": asked.choice(request, "contact", set(Standing)),
        "invitation": asked.choice(request, "invitation", {*Progress, NOT_ASKED}),
        "show": asked.choice(request, "show", SHOWN),
    }
    found = [
        one for one in reaching_out.board(request.actor, today) if _is_wanted(one, wanted, request)
    ]
    shown, pager = asked.page_of(request, _sorted(found, order), answers.SIZE)
    context = {
        "table": _table(shown, order, today),
        "filters": [*_filters(wanted), *order.asked],
        "clear_url": reverse("desk-outreach"),
        "pager": pager,
        "beginnings": [
            Item(_("Invite to contribute"), reverse("desk-call-new")),
            Item(_("Invitations"), reverse("desk-calls")),
        ],
        "crumbs": answers.crumbs((_("Contact with bodies"), "")),
        "seen_by": _("the secretariat and the Experts."),
    }
    return answers.page(request, "desk/outreach.html", context)


def _is_wanted(one: Line, wanted: dict[str, str], request: Asking) -> bool:
    at = one.place.progress if one.place else NOT_ASKED
    shown = {
        "": True,
        "stale": bool(one.fresh and one.fresh.stale),
        "step": one.next is not None,
        "mine": one.next is not None and one.next.owner_id == request.actor.person_id,
    }
    return (
        wanted["contact"] in {"", one.standing}
        and wanted["invitation"] in {"", at}
        and shown[wanted["show"]]
        and all(word in _found_by(one) for word in fold(wanted["q"]).split())
    )


def _found_by(one: Line) -> str:
    """The name in the reader's language, the acronym and the code."""
    return fold(f"{naming.body_name(one.body)} {one.body.acronym} {one.body.code}")


def _sorted(found: list[Line], order: asked.Order) -> list[Line]:
    """As asked; what has no day stands behind what has one, either way."""
    standings = list(Standing)
    keys: dict[str, Callable[[Line], Any]] = {
        "contact": lambda one: standings.index(one.standing),
        "invitation": lambda one: one.place.due if one.place else None,
        "view": lambda one: one.fresh.stale if one.fresh else 0,
        "next": lambda one: one.next.due_on if one.next else None,
    }
    named = sorted(found, key=lambda one: (fold(naming.body_name(one.body)), one.body.code))
    key = keys.get(order.key)
    if key is None:
        return named[::-1] if order.is_descending else named
    known = [one for one in named if key(one) is not None]
    unknown = [one for one in named if key(one) is None]
    return sorted(known, key=key, reverse=order.is_descending) + unknown


def _table(lines: list[Line], order: asked.Order, today: date) -> Table:
    labels = (
        _("Body"),
        _("Contact"),
        _("Invitation"),
        _("In view"),
        _("Next step"),
    )
    return Table(
        name="bodies",
        caption=_("How contact with each body stands"),
        columns=[order.column(label, key) for label, key in zip(labels, SORTED, strict=True)],
        rows=[
            (
                outreach_told.body(one),
                outreach_told.standing(one),
                outreach_told.place(one.place),
                outreach_told.fresh(one.fresh),
                outreach_told.next_step(one.next, today),
            )
            for one in lines
        ],
        empty=_("No body stands so."),
        is_caption_hidden=True,
        is_stacked=True,
    )


def _filters(wanted: dict[str, str]) -> list[Filter]:
    contact = [(s.value, _(w)) for s, (w, _tone) in outreach_words.STANDINGS.items()]
    invited = [(p.value, _(w)) for p, (w, _tone) in outreach_words.PROGRESS.items()]
    shown = [
        ("stale", _("with something stale")),
        ("step", _("with a next step")),
        ("mine", _("with a next step of yours")),
    ]
    every = ("", _("All"))
    return [
        Filter("q", _("Name"), wanted["q"]),
        Filter("contact", _("Contact"), wanted["contact"], [every, *contact]),
        Filter(
            "invitation",
            _("Invitation"),
            wanted["invitation"],
            [every, (NOT_ASKED, _("not invited")), *invited],
        ),
        Filter("show", _("Show"), wanted["show"], [every, *shown]),
    ]


def detail(request: Asking, code: str) -> HttpResponse:
    return show(request, mandate.body(code))


def note(request: Asking, code: str) -> HttpResponse:
    body = mandate.body(code)
    form = _form(request, body, request.POST)
    if not form.is_valid():
        return show(request, body, form)
    try:
        actions.note(body, form.said(), by=request.actor, now=request.now)
    except Invalid as why:
        form.take(why.faults)
        return show(request, body, form)
    return answers.see("desk-outreach-body", code, done="exchange-noted")


def settle(request: Asking, pk: UUID) -> HttpResponse:
    line = queries.exchange_for(request.actor, pk)
    answers.must_be_current(request, line)
    actions.settle(line, by=request.actor, now=request.now)
    return answers.see("desk-outreach-body", line.body.code, done="step-settled")


def erase(request: Asking, pk: UUID) -> HttpResponse:
    line = queries.exchange_for(request.actor, pk)
    answers.must_be_current(request, line)
    actions.erase(line, by=request.actor, now=request.now)
    return answers.see("desk-outreach-body", line.body.code, done="exchange-erased")


def show(request: Asking, body: "Body", form: ExchangeForm | None = None) -> HttpResponse:
    """The page of one body; with the form that could not be accepted, where there is one."""
    today = day_in_new_york(request.now)
    log = list(queries.log_of(request.actor, body))
    invited = reaching_out.places(list(queries.asked_for(request.actor).filter(body=body)), today)
    name = naming.body_name(body)
    context = {
        "name": name,
        "public": Item(_("Its public page"), naming.body_url(body)),
        "body": body,
        "form": form or _form(request, body),
        "is_faulty": form is not None,
        "log": [_told(request, line, today) for line in log],
        "invited": _invited(invited),
        "crumbs": answers.crumbs((_("Contact with bodies"), "desk-outreach"), (name, "")),
        "seen_by": _("the secretariat and the Experts."),
    }
    return answers.page(request, "desk/outreach_body.html", context, status=400 if form else 200)


def _form(request: Asking, body: "Body", data: Any = None) -> ExchangeForm:
    latest = queries.log_of(request.actor, body).first()
    standing = Standing(latest.standing) if latest else Standing.CONTACTED
    return ExchangeForm(_persons(request), day_in_new_york(request.now), standing, data)


def _persons(request: Asking) -> "list[Person]":
    """Who can take a next step: whoever serves the committee, by name."""
    found = {s.person_id: s.person for s in seats_in({Role.SECRETARIAT, Role.EXPERT}, request.now)}
    return sorted(found.values(), key=lambda person: (fold(person.name), str(person.pk)))


def _told(request: Asking, line: "Exchange", today: date) -> dict[str, Any]:
    steps = queries.steps_open_to(request.actor, line)
    label, tone = outreach_words.STANDINGS[Standing(line.standing)]
    return {
        "line": line,
        "day": answers.day(line.on),
        "channel": outreach_told.channel(line),
        "standing": _(label),
        "tone": tone,
        "by": line.noted_by.name,
        "next": outreach_told.next_step(line, today) if line.next_step else None,
        "done": answers.day(line.done_on),
        "erased": answers.day(line.erased_on),
        "may_settle": Step.SETTLE in steps,
        "may_erase": Step.ERASE in steps,
    }


def _invited(found: list[Place]) -> Table:
    rows: list[tuple[Cell | Text, ...]] = [
        (
            Cell(
                outreach_told.kinds(one.asked.invitation),
                url=reverse("desk-call", args=[one.asked.invitation_id]),
            ),
            answers.day(one.asked.asked_on),
            outreach_told.place(one),
        )
        for one in found
    ]
    return Table(
        name="invitations",
        caption=_("Invitations"),
        columns=[
            Column(_("What was asked for")),
            Column(_("Invited on")),
            Column(_("How it stands")),
        ],
        rows=rows,
        empty=_("It has not been invited to contribute."),
        is_caption_hidden=True,
        is_stacked=True,
    )
