"""Copies on the desk: attach one to a contribution, take one from it, fetch one."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse

from clearinghouse.access.errors import Invalid
from clearinghouse.files.queries import published_copy
from clearinghouse.files.rules import Type
from clearinghouse.people.asking import Asking
from clearinghouse.submissions import actions, queries
from clearinghouse.submissions.queries import copies
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from clearinghouse.submissions.rules.workflow import State, Step
from clearinghouse.web import downloads
from clearinghouse.web.forms.copies import CopyForm
from clearinghouse.web.views.desk import answers
from clearinghouse.web.views.desk.submission_page import show

if TYPE_CHECKING:
    from clearinghouse.submissions.models import Submission


def download(request: Asking, pk: UUID, copy: UUID) -> HttpResponse:
    """As readers get it, for whoever sees the contribution, listed or not."""
    found = copies.copy_for(request.actor, pk, copy).file
    return downloads.download(published_copy(found), name=found.name, kind=Type(found.type))


def attach(request: Asking, pk: UUID) -> HttpResponse:
    """Added, or put in the place of another; the page comes back with what is wrong."""
    submission = _held(request, pk, Step.ATTACH)
    there = copies.copies_of(submission)
    form = CopyForm(there, request.POST, request.FILES, is_needed=True)
    brought = form.brought() if form.is_sound() else None
    if brought is None:
        return show(request, submission, copying=form)
    try:
        actions.attach(submission, brought, by=request.actor, now=request.now)
    except Invalid as why:
        form.take(why.faults)
        return show(request, submission, copying=form)
    return answers.see("desk-submission", pk, done="copy-attached")


def detach(request: Asking, pk: UUID, copy: UUID) -> HttpResponse:
    submission = _held(request, pk, Step.DETACH)
    found = copies.copy_for(request.actor, pk, copy)
    actions.detach(submission, found, by=request.actor, now=request.now)
    return answers.see("desk-submission", pk, done="copy-removed")


def _held(request: Asking, pk: UUID, step: Step) -> "Submission":
    """Before any file is looked at: whether the step is open at all."""
    submission = queries.submission_for(request.actor, pk)
    answers.must_be_current(request, submission)
    DEFINITIONS[Kind(submission.kind)].workflow.move(State(submission.state), step)
    return submission
