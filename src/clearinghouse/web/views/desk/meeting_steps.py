"""The steps on a meeting: moving it, its agenda, its documents, who is invited and answered."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from clearinghouse.access.errors import Invalid, Refused
from clearinghouse.crossings import invite as inviting
from clearinghouse.crossings import move_meeting
from clearinghouse.mandate import queries as mandate
from clearinghouse.meetings import queries
from clearinghouse.meetings.actions import around
from clearinghouse.meetings.actions import meetings as actions
from clearinghouse.meetings.rules import Answer, Step
from clearinghouse.people.asking import Asking
from clearinghouse.web import meetings_told, naming
from clearinghouse.web.forms.meetings import (
    AgendaForm,
    AnswerForm,
    DocumentForm,
    FileForm,
    InviteForm,
    ReplyForm,
    WhenForm,
    when_given,
)
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.views.desk import answers
from clearinghouse.web.views.desk.meetings import ANSWERED, FILED, show


def move(request: Asking, code: str) -> HttpResponse:
    """First what would move, with both days; then, confirmed, the move itself."""
    found = mandate.meeting(code)
    if Step.MOVE not in queries.steps_open_to(request.actor, found):
        raise Refused("the Chair or the secretariat moves a meeting")
    is_sent = request.method == "POST"
    form = WhenForm(request.POST) if is_sent else WhenForm(initial=when_given(found))
    is_good = is_sent and form.is_valid()
    if is_good:
        answers.must_be_current(request, found)
        if form.when() == queries.when_of(found):
            form.add_error("starts", _("It is on that day already."))
            is_good = False
    if is_good and request.POST.get("do") == "confirm":
        move_meeting.move(found, form.when(), by=request.actor, now=request.now)
        return answers.see("desk-meeting", found.code, done="meeting-moved")
    return _move_page(request, code, form, previewed=is_good)


def _move_page(request: Asking, code: str, form: WhenForm, *, previewed: bool) -> HttpResponse:
    found = mandate.meeting(code)
    title = meetings_told.title(found)
    context = {
        "meeting": found,
        "title": title,
        "form": form,
        "now_on": meetings_told.span(found.starts, found.ends, found.opens),
        "crumbs": answers.crumbs((_("Meetings"), "desk-meetings"), (title, "")),
        "seen_by": _("The Chair and the secretariat, until it is confirmed; then everybody."),
    }
    if previewed:
        when = form.when()
        found_ = move_meeting.shifts(found, found.starts, when.starts, by=request.actor)
        context |= {
            "preview": meetings_told.preview(found_),
            "then_on": meetings_told.span(when.starts, when.ends, when.opens),
            "told": len(move_meeting.concerned_as_seen(found, request.actor, request.now)),
            "given": [(name, request.POST.get(name, "")) for name in form.fields],
        }
    status = 400 if form.is_bound and not previewed else 200
    return answers.page(request, "desk/meeting_move.html", context, status=status)


def agenda(request: Asking, code: str) -> HttpResponse:
    found, form = mandate.meeting(code), AgendaForm(request.POST)
    answers.must_be_current(request, found)
    if not form.is_valid():
        return show(request, found, form)
    items = form.items()
    actions.set_agenda(found, items, naming.language(), by=request.actor, now=request.now)
    return answers.see("desk-meeting", found.code, done="agenda-set")


def add_document(request: Asking, code: str) -> HttpResponse:
    found = mandate.meeting(code)
    form = DocumentForm(request.POST, request.FILES, auto_id="document_%s")
    if not form.is_valid():
        return show(request, found, form)
    try:
        around.add_document(found, form.said(), by=request.actor, now=request.now)
    except Invalid as why:
        form.take(why.faults)
        return show(request, found, form)
    return answers.see("desk-meeting", found.code, done="document-added")


def replace_file(request: Asking, pk: UUID) -> HttpResponse:
    """A later edition of a document's file, or its first."""
    document = queries.document_for(request.actor, pk)
    answers.must_be_current(request, document)
    form = FileForm(request.POST, request.FILES, auto_id=FILED.format(pk))
    offered = form.offered() if form.is_valid() else None
    if offered is None:
        return show(request, document.meeting, form)
    try:
        around.replace_file(document, offered, by=request.actor, now=request.now)
    except Invalid as why:
        form.take(why.faults)
        return show(request, document.meeting, form)
    return answers.see("desk-meeting", document.meeting.code, done="document-replaced")


def withdraw_document(request: Asking, pk: UUID) -> HttpResponse:
    document = queries.document_for(request.actor, pk)
    answers.must_be_current(request, document)
    around.withdraw_document(document, by=request.actor, now=request.now)
    return answers.see("desk-meeting", document.meeting.code, done="document-withdrawn")


def invite(request: Asking, code: str) -> HttpResponse:
    found, form = mandate.meeting(code), InviteForm(Vocabulary(), request.POST)
    if not form.is_valid():
        return show(request, found, form)
    inviting.invite(found, form.chosen(), by=request.actor, now=request.now)
    return answers.see("desk-meeting", found.code, done="body-invited")


def answer(request: Asking, pk: UUID) -> HttpResponse:
    """What the body answered, as the secretariat enters it."""
    guest = queries.participant_for(request.actor, pk)
    form = AnswerForm(request.POST, auto_id=ANSWERED.format(pk))
    answers.must_be_current(request, guest)
    if not form.is_valid():
        return show(request, guest.meeting, form)
    given = form.cleaned_data
    said, names = Answer(given["answer"]), given["names"]
    try:
        around.answer(guest, said, names, by=request.actor, now=request.now)
    except Invalid as why:
        form.take(why.faults)
        return show(request, guest.meeting, form)
    return answers.see("desk-meeting", guest.meeting.code, done="answered")


def reply(request: Asking, pk: UUID) -> HttpResponse:
    """What the body itself answers: whether it comes, and whom it sends."""
    guest, form = queries.participant_for(request.actor, pk), ReplyForm(request.POST)
    answers.must_be_current(request, guest)
    if not form.is_valid():
        return show(request, guest.meeting, form)
    said, sent = form.said()
    try:
        around.reply(guest, said, sent, by=request.actor, now=request.now)
    except Invalid as why:
        form.take(why.faults)
        return show(request, guest.meeting, form)
    return answers.see("desk-meeting", guest.meeting.code, done="replied")
