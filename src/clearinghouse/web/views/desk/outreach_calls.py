"""Invitations to contribute: what is asked, of whom, by when; who has answered; thanks."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clearinghouse.access.errors import Invalid
from clearinghouse.crossings import inviting_letters, reaching_out
from clearinghouse.crossings.reaching_out import Place
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.mandate import queries as mandate
from clearinghouse.outreach import actions, queries
from clearinghouse.outreach.rules import Progress, Step
from clearinghouse.people.asking import Asking
from clearinghouse.search.rules import fold
from clearinghouse.web import asked, letters_told, naming, outreach_told
from clearinghouse.web.forms.outreach import CallForm, GivenForm
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.parts import Cell, Column, Figure, Table, Term
from clearinghouse.web.views.desk import answers

if TYPE_CHECKING:
    from clearinghouse.outreach.models import Asked, Invitation

GIVEN = "asked-{}-%s"


def index(request: Asking) -> HttpResponse:
    """The latest first."""
    shown, pager = asked.page_of(request, queries.invitations_for(request.actor), answers.SIZE)
    holidays = mandate.holidays()
    context = {
        "table": Table(
            name="invitations",
            caption=_("Invitations"),
            columns=[Column(_("What is asked for")), Column(_("By")), Column(_("Invited on"))],
            rows=[_line(one, holidays) for one in shown],
            empty=_("Nobody has been invited to contribute."),
            is_caption_hidden=True,
            is_stacked=True,
        ),
        "pager": pager,
        "crumbs": answers.crumbs(
            (_("Contact with bodies"), "desk-outreach"), (_("Invitations"), "")
        ),
        "seen_by": _("the secretariat and the Experts; each body its own line."),
    }
    return answers.page(request, "desk/outreach_calls.html", context)


def _line(one: "Invitation", holidays: set[date]) -> tuple[Cell, Cell, str]:
    due = answers.day(queries.due_day(one, holidays))
    return (
        Cell(outreach_told.kinds(one), url=reverse("desk-call", args=[one.pk])),
        Cell(due, note=outreach_told.hung(one)),
        answers.day(one.invited_at),
    )


def new(request: Asking) -> HttpResponse:
    """All who are ticked are invited at once, and written to."""
    form = CallForm(Vocabulary(), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = reaching_out.invite(
                form.call(), form.bodies_chosen(), by=request.actor, now=request.now
            )
        except Invalid as why:
            form.take(why.faults)
        else:
            return answers.see("desk-call", made.pk, done="bodies-invited")
    title = _("Invite to contribute")
    context = {
        "form": form,
        "title": title,
        "crumbs": answers.crumbs((_("Contact with bodies"), "desk-outreach"), (title, "")),
        "seen_by": _("the secretariat and the Experts; once sent, each body its own line."),
    }
    status = 400 if form.errors else 200
    return answers.page(request, "desk/outreach_call_form.html", context, status=status)


def detail(request: Asking, pk: UUID) -> HttpResponse:
    return _show(request, queries.invitation_for(request.actor, pk))


def answer(request: Asking, pk: UUID) -> HttpResponse:
    """What a body answered, as the secretariat enters it."""
    line = queries.asked_line(request.actor, pk)
    form = GivenForm(line.answer, request.POST, GIVEN.format(pk))
    answers.must_be_current(request, line)
    if not form.is_valid():
        return _show(request, line.invitation, form)
    actions.answer(line, form.said(), by=request.actor, now=request.now)
    return answers.see("desk-call", line.invitation_id, done="answered")


def thank(request: Asking, pk: UUID) -> HttpResponse:
    line = queries.asked_line(request.actor, pk)
    answers.must_be_current(request, line)
    reaching_out.thank(line, by=request.actor, now=request.now)
    return answers.see("desk-call", line.invitation_id, done="body-thanked")


def write_letters(request: Asking, pk: UUID) -> HttpResponse:
    """Drafts to all who have none; where one cannot be written, none is, and the page says why."""
    found = queries.invitation_for(request.actor, pk)
    answers.must_be_current(request, found)
    try:
        inviting_letters.draft(found, by=request.actor, now=request.now)
    except Invalid as why:
        return _show(request, found, unwritten=why)
    return answers.see("desk-call", pk, done="call-letters")


def _show(
    request: Asking,
    found: "Invitation",
    form: GivenForm | None = None,
    unwritten: Invalid | None = None,
) -> HttpResponse:
    """Who has answered, body by body; with the form that could not be accepted, if any."""
    today = day_in_new_york(request.now)
    lines = list(queries.asked_for(request.actor).filter(invitation=found))
    places = sorted(
        reaching_out.places(lines, today), key=lambda p: fold(naming.body_name(p.asked.body))
    )
    title, why = outreach_told.kinds(found), unwritten.faults if unwritten else {}
    context = {
        "title": title,
        "terms": _terms(found),
        "said": found.texts,
        "figures": _figures(places),
        **_letters(request, found, places),
        "unwritten": [f"{code}: {' '.join(said)}" for code, said in why.items()],
        "asked": [_body(request, place, form) for place in places],
        "crumbs": answers.crumbs(
            (_("Contact with bodies"), "desk-outreach"),
            (_("Invitations"), "desk-calls"),
            (title, ""),
        ),
        "seen_by": _("the secretariat and the Experts; each body its own line."),
    }
    status = 400 if form or unwritten else 200
    return answers.page(request, "desk/outreach_call.html", context, status=status)


def _terms(found: "Invitation") -> list[Term]:
    due = queries.due_day(found, mandate.holidays())
    return [
        Term(_("By"), [Cell(answers.day(due), note=outreach_told.hung(found))]),
        Term(_("Invited on"), [answers.day(found.invited_at)]),
    ]


def _letters(request: Asking, found: "Invitation", places: list[Place]) -> dict[str, Any]:
    """How many of those still asked have no letter yet, for whoever may have them drafted."""
    may = Step.WRITE in queries.steps_open_to(request.actor, found)
    if not may or not inviting_letters.are_possible():
        return {}
    missing = len(inviting_letters.without_letter(places))
    said = ngettext(
        "%(count)s body that is still asked has no letter.",
        "%(count)s bodies that are still asked have no letter.",
        missing,
    )
    return {"invitation": found, "unlettered": said % {"count": missing} if missing else ""}


def _figures(places: list[Place]) -> list[Figure]:
    """How many have contributed, and how many still may."""
    given = sum(p.progress == Progress.CONTRIBUTED for p in places)
    still = sum(p.progress in reaching_out.LATE for p in places)
    return [
        Figure(len(places), ngettext("body invited", "bodies invited", len(places))),
        Figure(given, _("contributed")),
        Figure(still, _("still asked")),
    ]


def _body(request: Asking, place: Place, faulty: GivenForm | None) -> dict[str, Any]:
    line, own = place.asked, GIVEN.format(place.asked.pk)
    is_faulty = faulty is not None and faulty.auto_id == own
    steps = queries.steps_open_to(request.actor, line)
    return {
        "line": line,
        "name": naming.body_name(line.body),
        "url": reverse("desk-outreach-body", args=[line.body.code]),
        "stands": outreach_told.place(place),
        "letter": _letter(line),
        "because": line.because,
        "form": faulty if is_faulty else GivenForm(line.answer, auto_id=own),
        "is_open": is_faulty,
        "may_answer": Step.ANSWER in steps,
        "may_thank": Step.THANK in steps and place.progress == Progress.CONTRIBUTED,
    }


def _letter(line: "Asked") -> tuple[str, Cell] | None:
    """Where the letter to this body is read, and how it stands."""
    if line.letter is None:
        return None
    return reverse("desk-letter", args=[line.letter.pk]), letters_told.state(line.letter)
