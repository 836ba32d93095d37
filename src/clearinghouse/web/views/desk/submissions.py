"""Contributions on the desk: the list, and the taking of each step."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.people.asking import Asking
from clearinghouse.submissions import actions, queries
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from clearinghouse.submissions.rules.workflow import State, Step
from clearinghouse.web import asked, naming
from clearinghouse.web.forms.steps import ReasonForm, RemarksForm
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.parts import Cell, Column, Filter, Item, Table
from clearinghouse.web.views.desk import answers, contents
from clearinghouse.web.views.desk.submission_page import show

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clearinghouse.submissions.models import Submission


def index(request: Asking) -> HttpResponse:
    """Every contribution this seat may see, newest first."""
    words, state = Vocabulary(), asked.choice(request, "state", contents.STATES)
    found = queries.submissions_for(request.actor)
    found = found.filter(state=state) if state else found
    shown, pager = asked.page_of(request, found, answers.SIZE)
    context = {
        "table": _table(shown, words),
        "filters": [_state_filter(state)],
        "clear_url": reverse("desk-submissions"),
        "pager": pager,
        "beginnings": beginnings(request),
        "crumbs": answers.crumbs((_("Contributions"), "")),
        "seen_by": _(
            "each by the seats of its body; once submitted, also by the secretariat and the"
            " Experts."
        ),
    }
    return answers.page(request, "desk/submissions.html", context)


def take_up(request: Asking, pk: UUID) -> HttpResponse:
    actions.take_up(_held(request, pk), by=request.actor, now=request.now)
    return answers.see("desk-submission", pk, done="taken-up")


def return_(request: Asking, pk: UUID) -> HttpResponse:
    """Back to its author; without a single remark the page comes back instead."""
    submission = _held(request, pk)
    form = RemarksForm(DEFINITIONS[Kind(submission.kind)].fields, request.POST)
    is_sound = form.is_valid()
    if not is_sound and Step.RETURN in queries.steps_open_to(request.actor, submission):
        return show(request, submission, remarks=form)
    remarks = form.remarks() if is_sound else {}
    actions.return_(submission, remarks, by=request.actor, now=request.now)
    return answers.see("desk-submission", pk, done="returned")


def list_(request: Asking, pk: UUID) -> HttpResponse:
    actions.list_(_held(request, pk), by=request.actor, now=request.now)
    return answers.see("desk-submission", pk, done="listed")


def authenticate(request: Asking, pk: UUID) -> HttpResponse:
    actions.authenticate(_held(request, pk), by=request.actor, now=request.now)
    return answers.see("desk-submission", pk, done="authenticated")


def confirm(request: Asking, pk: UUID) -> HttpResponse:
    actions.confirm(_held(request, pk), by=request.actor, now=request.now)
    return answers.see("desk-submission", pk, done="confirmed")


def revise(request: Asking, pk: UUID) -> HttpResponse:
    revision = actions.revise(_held(request, pk), by=request.actor, now=request.now)
    return answers.see("desk-submission-edit", revision.pk, done="revision")


def withdraw(request: Asking, pk: UUID) -> HttpResponse:
    """A listed entry leaves a tombstone, so its withdrawal gives a reason."""
    submission, because = _held(request, pk), ""
    may = Step.WITHDRAW in queries.steps_open_to(request.actor, submission)
    if may and submission.state == State.LISTED:
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return show(request, submission, reason=form)
        because = form.cleaned_data["because"]
    actions.withdraw(submission, because, by=request.actor, now=request.now)
    return answers.see("desk-submission", pk, done="withdrawn")


def beginnings(request: Asking) -> list[Item]:
    """What this actor may begin to write."""
    open_ = queries.kinds_open_to(request.actor)
    return [
        Item(_(definition.invites), reverse("desk-submission-new", args=[kind.value]))
        for kind, definition in DEFINITIONS.items()
        if kind in open_
    ]


def _held(request: Asking, pk: UUID) -> "Submission":
    submission = queries.submission_for(request.actor, pk)
    answers.must_be_current(request, submission)
    return submission


def _state_filter(given: str) -> Filter:
    options = [(state.value, _(label)) for state, (label, _tone) in contents.STATES.items()]
    return Filter("state", _("Where it stands"), given, [("", _("Anywhere")), *options])


def _table(found: "Iterable[Submission]", words: Vocabulary) -> Table:
    labels = (_("Title"), _("Kind"), _("From"), _("Where it stands"), _("Begun"))
    return Table(
        name="submissions",
        caption=_("Contributions"),
        columns=[Column(label) for label in labels],
        rows=[_row(one, words) for one in found],
        empty=_("Nothing has been contributed that you may see."),
        is_caption_hidden=True,
        is_stacked=True,
    )


def _row(one: "Submission", words: Vocabulary) -> list[Cell | str]:
    url = reverse("desk-submission", args=[one.pk])
    title = Cell.told(one.content.get("title", {}), words.language, url=url)
    return [
        title if title.text else Cell(_("Without a title yet"), url=url),
        _(DEFINITIONS[Kind(one.kind)].name),
        naming.body_name(one.body),
        contents.state_cell(one),
        answers.day(one.started_at),
    ]
