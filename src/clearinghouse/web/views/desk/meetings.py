"""Meetings on the desk: what each seat may see of them, and the secretariat's forms."""

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Role
from clearinghouse.crossings import move_meeting
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.mandate import queries as mandate
from clearinghouse.meetings import queries
from clearinghouse.meetings.actions import meetings as actions
from clearinghouse.meetings.rules import Step
from clearinghouse.people.asking import Asking
from clearinghouse.web import meetings_told
from clearinghouse.web.forms.meetings import (
    AgendaForm,
    AnswerForm,
    DocumentForm,
    FileForm,
    InviteForm,
    MeetingForm,
    NewMeetingForm,
    ReplyForm,
)
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.views.desk import answers

if TYPE_CHECKING:
    from clearinghouse.mandate.models import Meeting


# The ids of forms of which a page may have several, by what each is about.
ANSWERED, FILED = "guest-{}-%s", "file-{}-%s"


def index(request: Asking) -> HttpResponse:
    coming, over = meetings_told.split(mandate.meetings(), day_in_new_york(request.now))
    none = _("No meeting to come is recorded.")
    context = {
        "coming": meetings_told.table("coming", coming, "desk-meeting", none),
        "over": meetings_told.table("over", over, "desk-meeting", _("None is recorded.")),
        "may_create": request.actor.holds(Role.SECRETARIAT),
        "crumbs": answers.crumbs((_("Meetings"), "")),
        "seen_by": _("Everybody."),
    }
    return answers.page(request, "desk/meetings.html", context)


def new(request: Asking) -> HttpResponse:
    """A meeting that no pack has."""
    form = NewMeetingForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        code, said, when = form.cleaned_data["code"], form.said(), form.when()
        actions.create(code, said, when, by=request.actor, now=request.now)
        return answers.see("desk-meeting", code, done="meeting-created")
    return _form(request, form, _("A new meeting"), None)


def change(request: Asking, code: str) -> HttpResponse:
    """Everything but its days."""
    found = mandate.meeting(code)
    if request.method == "POST":
        form = MeetingForm(request.POST)
        if form.is_valid():
            answers.must_be_current(request, found)
            actions.change(found, form.said(), by=request.actor, now=request.now)
            return answers.see("desk-meeting", found.code, done="meeting-changed")
    else:
        names = ("title", "kind", "place", "host", "source")
        form = MeetingForm(initial={name: getattr(found, name) for name in names})
    return _form(request, form, meetings_told.title(found), found)


def detail(request: Asking, code: str) -> HttpResponse:
    return show(request, mandate.meeting(code))


def show(request: Asking, found: "Meeting", form: Any = None) -> HttpResponse:
    """The page; with the form that could not be accepted, where there is one."""
    steps = queries.steps_open_to(request.actor, found)
    title = meetings_told.title(found)
    hung = move_meeting.shifts(found, found.starts, found.starts, by=request.actor)
    guests = list(queries.participants_for(request.actor, found))
    context = {
        "meeting": found,
        "title": title,
        "terms": meetings_told.terms(found),
        "invented": found.illustrative,
        "agenda": meetings_told.agenda(found),
        "documents": meetings_told.documents(request.actor, found),
        "hung": meetings_told.hung(hung),
        "moves": meetings_told.moves(mandate.moves_of(found)),
        "participants": meetings_told.participants(guests) if guests else None,
        "answered": meetings_told.answered(guests),
        "replies": _replies(request, found, guests, form),
        "may_move": Step.MOVE in steps,
        "crumbs": answers.crumbs((_("Meetings"), "desk-meetings"), (title, "")),
        "seen_by": _(
            "Day, agenda and public documents: everybody. Restricted documents and participants:"
            " the committee, those who serve it, and the bodies invited to this meeting."
        ),
    }
    if Step.CHANGE in steps:
        context |= _forms(request, found, guests, form)
    return answers.page(request, "desk/meeting.html", context, status=400 if form else 200)


def _forms(request: Asking, found: "Meeting", guests: list[Any], form: Any) -> dict[str, Any]:
    lines = "\n".join(str(cell.text) for cell in meetings_told.agenda(found))
    forms = {
        "agenda_form": AgendaForm(initial={"lines": lines}),
        "document_form": DocumentForm(auto_id="document_%s"),
        "invite_form": InviteForm(Vocabulary()),
    }
    for name, made in forms.items():
        if form is not None and type(form) is type(made):
            forms[name] = form
    return forms | {
        "may_edit": True,
        "open_form": type(form).__name__ if form else "",
        "held": _held(request, found, form),
        "guests": [_guest(p, _answer_form(p), form) for p in guests],
    }


def _replies(
    request: Asking, found: "Meeting", guests: list[Any], faulty: Any
) -> list[dict[str, Any]]:
    """For each body that this reader answers for: its form, until the meeting is over."""
    if queries.when_of(found).is_over(day_in_new_york(request.now)):
        return []
    own = [p for p in guests if Step.REPLY in queries.steps_open_to(request.actor, p)]
    return [_guest(p, _reply_form(p), faulty) for p in own]


def _answer_form(p: Any) -> AnswerForm:
    given = {"answer": p.answer, "names": p.names}
    return AnswerForm(initial=given, auto_id=ANSWERED.format(p.pk))


def _reply_form(p: Any) -> ReplyForm:
    return ReplyForm(initial={"answer": p.answer, "names": p.names})


def _held(request: Asking, found: "Meeting", faulty: Any) -> list[dict[str, Any]]:
    """Each document with what its file tells of persons, earlier editions, and the next one."""
    some = list(queries.documents_for(request.actor, found))
    editions = queries.editions_for(request.actor, some)
    return [_document(d, editions.get(d.pk, []), faulty) for d in some]


def _document(d: Any, editions: list[Any], faulty: Any) -> dict[str, Any]:
    own = FILED.format(d.pk)
    is_faulty = faulty is not None and faulty.auto_id == own
    return {
        "document": d,
        "editions": [meetings_told.file_cell(d, each) for each in editions],
        "tells": [f"{_(what)}: {value}" for e in editions[:1] for what, value in e.tells],
        "form": faulty if is_faulty else FileForm(auto_id=own),
        "is_open": is_faulty,
    }


def _guest(p: Any, form: Any, faulty: Any) -> dict[str, Any]:
    """A body invited, with the form for its answer, or with the one that was sent back."""
    is_faulty = type(faulty) is type(form) and faulty.auto_id == form.auto_id
    return {
        "participant": p,
        "name": meetings_told.participants([p]).rows[0][0],
        "form": faulty if is_faulty else form,
        "is_open": is_faulty,
    }


def _form(
    request: Asking, form: MeetingForm, heading: str, found: "Meeting | None"
) -> HttpResponse:
    context = {
        "form": form,
        "heading": heading,
        "meeting": found,
        "crumbs": answers.crumbs((_("Meetings"), "desk-meetings"), (heading, "")),
        "seen_by": _("Everybody, once it is recorded."),
    }
    status = 400 if form.is_bound else 200
    return answers.page(request, "desk/meeting_form.html", context, status=status)
