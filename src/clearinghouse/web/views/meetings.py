"""Meetings for everybody, and the calendars that programs subscribe to."""

import hashlib
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from clearinghouse.crossings import calendars, move_meeting
from clearinghouse.files import queries as files
from clearinghouse.files.rules import Type
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.mandate import queries as mandate
from clearinghouse.meetings import queries
from clearinghouse.people.asking import Asking
from clearinghouse.web import asked, downloads, meetings_told, trail
from clearinghouse.web.pages import page

CALENDAR = "text/calendar; charset=utf-8"


def meetings(request: Asking) -> HttpResponse:
    """Those to come, then those that are over."""
    coming, over = meetings_told.split(mandate.meetings(), day_in_new_york(request.now))
    none = _("No meeting to come is recorded.")
    context = {
        "coming": meetings_told.table("coming", coming, "meeting", none),
        "over": meetings_told.table("over", over, "meeting", _("None is recorded.")),
        "calendar_url": settings.SITE_URL + reverse("calendar"),
        "seen_by": _("Everybody."),
    }
    return page(request, "meetings/list.html", context)


def meeting(request: Asking, code: str) -> HttpResponse:
    """One meeting: its day, agenda, documents, what hangs on it, and how it moved."""
    found = mandate.meeting(code)
    name = meetings_told.title(found)
    hung = move_meeting.shifts(found, found.starts, found.starts, by=request.actor)
    context = {
        "title": name,
        "trail": trail.to("meetings", _("Meetings"), name),
        "terms": meetings_told.terms(found),
        "invented": found.illustrative,
        "agenda": meetings_told.agenda(found),
        "documents": meetings_told.documents(request.actor, found),
        "hung": meetings_told.hung(hung),
        "moves": meetings_told.moves(mandate.moves_of(found)),
        "seen_by": _(
            "The meeting, its agenda and its public documents: everybody. Restricted documents:"
            " the committee, those who serve it, and the bodies invited to this meeting."
        ),
    }
    return page(request, "meetings/meeting.html", context)


def document(request: Asking, pk: UUID, file: UUID) -> HttpResponse:
    """The file of a document, to whoever may see the document; without what tells of persons."""
    stored = queries.file_for(request.actor, pk, file)
    content = files.published_copy(stored)
    return downloads.download(content, name=stored.name, kind=Type(stored.type))


def calendar(request: Asking) -> HttpResponseBase:
    """Meetings, days of issue and public deadlines; a program that has them is told 304."""
    language = asked.choice(request, "lang", dict(settings.LANGUAGES)) or settings.LANGUAGE_CODE
    with translation.override(language):
        content = calendars.public(request.now, language)
    response = HttpResponse(content, content_type=CALENDAR)
    if request.actor.person_id:
        return response
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response["ETag"], response["Cache-Control"] = tag, "public, max-age=60"
    return get_conditional_response(request, etag=tag, response=response) or response


def calendar_of_seat(request: Asking, key: str) -> HttpResponse:
    """The same with the seat's own dates. Its address is a secret: nothing may keep the answer."""
    language = settings.LANGUAGE_CODE
    with translation.override(language):
        content = calendars.of_seat(key, request.now, language)
    response = HttpResponse(content, content_type=CALENDAR)
    response["Cache-Control"] = "no-store"
    return response
