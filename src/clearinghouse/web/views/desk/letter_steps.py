"""The steps of a letter that are taken on its page: each says who, what, and what comes next."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from clearinghouse.access.errors import Invalid
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.letters import actions
from clearinghouse.people.asking import Asking
from clearinghouse.web.forms import letters as forms
from clearinghouse.web.views.desk import answers
from clearinghouse.web.views.desk.letter import held, refused, show


def clear(request: Asking, pk: UUID) -> HttpResponse:
    """Text, number and date stand from now on. A gap in the text is named on the page."""
    letter = held(request, pk)
    try:
        actions.clear(letter, by=request.actor, now=request.now)
    except Invalid:
        return show(request, letter, opened="clear", status=400)
    return answers.see("desk-letter", pk, done="letter-cleared")


def initial(request: Asking, pk: UUID) -> HttpResponse:
    actions.initial(held(request, pk), by=request.actor, now=request.now)
    return answers.see("desk-letter", pk, done="letter-initialled")


def sign(request: Asking, pk: UUID) -> HttpResponse:
    actions.sign(held(request, pk), by=request.actor, now=request.now)
    return answers.see("desk-letter", pk, done="letter-signed")


def send_back(request: Asking, pk: UUID) -> HttpResponse:
    """The Chair no longer sees it: the way on is the register."""
    letter, form = held(request, pk), forms.SendBackForm(request.POST)
    if not form.is_valid():
        return refused(request, letter, form, "send_back")
    actions.send_back(letter, form.cleaned_data["remark"], by=request.actor, now=request.now)
    return answers.see("desk-letters", done="letter-sent-back")


def dispatch(request: Asking, pk: UUID) -> HttpResponse:
    form = forms.SendingForm(day_in_new_york(request.now), request.POST)
    return _take(request, pk, "dispatch", form, form.sending)


def receive(request: Asking, pk: UUID) -> HttpResponse:
    form = forms.ReceiptForm(day_in_new_york(request.now), request.POST)
    return _take(request, pk, "receive", form, form.receipt)


def reply(request: Asking, pk: UUID) -> HttpResponse:
    form = forms.AnswerForm(day_in_new_york(request.now), request.POST, request.FILES)
    return _take(request, pk, "reply", form, form.answer)


def scan(request: Asking, pk: UUID) -> HttpResponse:
    form = forms.ScanForm(request.POST, request.FILES)
    return _take(request, pk, "scan", form, lambda: forms.offered(form.cleaned_data["scan"]))


def cancel(request: Asking, pk: UUID) -> HttpResponse:
    form = forms.CancelForm(request.POST)
    return _take(request, pk, "cancel", form, lambda: form.cleaned_data["because"])


ACTS: dict[str, tuple[Any, str]] = {
    "dispatch": (actions.dispatch, "letter-dispatched"),
    "receive": (actions.receive, "letter-received"),
    "reply": (actions.file_reply, "letter-replied"),
    "scan": (actions.attach_scan, "letter-scanned"),
    "cancel": (actions.cancel, "letter-cancelled"),
}


def _take(request: Asking, pk: UUID, step: str, form: Any, given: Any) -> HttpResponse:
    """The step with what the form gives, or the page again with what is wrong."""
    letter = held(request, pk)
    act, done = ACTS[step]
    if not form.is_valid():
        return refused(request, letter, form, step)
    try:
        act(letter, given(), by=request.actor, now=request.now)
    except Invalid as why:
        return refused(request, letter, form, step, why)
    return answers.see("desk-letter", pk, done=done)
