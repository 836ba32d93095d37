"""The yearly page of a contributor: what became of what it gave; the same in Word and on paper."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from clearinghouse.access.errors import Unseen
from clearinghouse.crossings import became
from clearinghouse.documents import docx, pdf
from clearinghouse.files.rules import Type
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.people.asking import Asking
from clearinghouse.web import asked, downloads, naming
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.parts import File, Filter
from clearinghouse.web.views.desk import answers, became_document, became_told

if TYPE_CHECKING:
    from clearinghouse.crossings.became import Became
    from clearinghouse.documents.model import Document

FILES: dict[str, Callable[["Document"], bytes]] = {"pdf": pdf.render, "docx": docx.render}


def index(request: Asking) -> HttpResponse:
    """One body and one year; both may be chosen among the reader's own."""
    found, filters = _asked(request)
    context = {
        "found": found,
        "body": naming.body_name(found.body),
        "parts": became_told.parts(found, Vocabulary()),
        "filters": filters,
        "clear_url": reverse("desk-became"),
        "files": _files(found),
        "crumbs": answers.crumbs((_("What became of it"), "")),
        "seen_by": seen_by(),
    }
    return answers.page(request, "desk/became.html", context)


def file(request: Asking, kind: str) -> HttpResponse:
    if kind not in FILES:
        raise Unseen("no such file")
    found, _filters = _asked(request)
    parts = became_told.parts(found, Vocabulary())
    day = answers.day(day_in_new_york(request.now))
    content = FILES[kind](became_document.compose(found, parts, day, seen_by()))
    name = f"became-{found.body.code.lower()}-{found.year}.{kind}"
    return downloads.download(content, name=name, kind=Type(kind))


def seen_by() -> str:
    return _("The seats of this body alone.")


def _asked(request: Asking) -> tuple["Became", list[Filter]]:
    own = {body.code: body for body in naming.alphabetical(became.bodies(request.actor))}
    if not own:
        raise Unseen("no body of this reader's")
    body = own[asked.choice(request, "body", own) or next(iter(own))]
    today = day_in_new_york(request.now)
    years = [str(year) for year in became.years(request.actor, body, request.now, today)]
    year = asked.choice(request, "year", years) or years[0]
    bodies = [(code, naming.body_name(each)) for code, each in own.items()]
    filters = [
        *([Filter("body", _("For"), body.code, bodies)] if len(own) > 1 else []),
        Filter("year", _("Year"), year, [(each, each) for each in years]),
    ]
    return became.gather(request.actor, body, int(year)), filters


def _files(found: "Became") -> list[File]:
    asking = urlencode({"body": found.body.code, "year": str(found.year)})
    return [
        File(
            _(downloads.CALLED[kind]),
            f"{reverse('desk-became-file', args=[kind])}?{asking}",
            kind.upper(),
        )
        for kind in FILES
    ]
