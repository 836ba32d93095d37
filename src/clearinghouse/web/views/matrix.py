"""The matrix of needs as it went out: the latest issue, earlier ones, and their files."""

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Unseen
from clearinghouse.circulars.queries import document, issues, rendition, words
from clearinghouse.circulars.rules import Audience, Sight, State, audiences_of
from clearinghouse.mandate import queries as mandate
from clearinghouse.people.asking import Asking
from clearinghouse.web import asked, matrix_told, naming, trail
from clearinghouse.web.pages import page
from clearinghouse.web.parts import Item

if TYPE_CHECKING:
    from clearinghouse.circulars.models import Issue

NUMBER = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
PER_PAGE = 50


def matrix(request: Asking) -> HttpResponse:
    """The latest issue; before there is one, what will stand here."""
    issue = _issued(request.actor).first()
    if issue is None:
        context = {"title": _("Matrix of needs"), "seen_by": _("Everybody.")}
        return page(request, "matrix/none.html", context)
    return _shown(request, issue, reverse("matrix"))


def matrix_issue(request: Asking, number: str) -> HttpResponse:
    issue = _numbered(request.actor, number)
    return _shown(request, issue, reverse("matrix-issue", args=[number]))


def matrix_file(request: Asking, number: str, kind: str) -> HttpResponse:
    """The reader's rendition as a file. Raises Unseen for a kind that is not made."""
    if kind not in document.FORMATS:
        raise Unseen("no such file")
    issue = _numbered(request.actor, number)
    copy = rendition.copy_for(issue, _audience(request))
    content, content_type = document.render(copy, kind, naming.language())
    name = document.filename(copy, kind)
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=disposition)


def matrix_archive(request: Asking) -> HttpResponse:
    """Every issue that went out, with the hash of the rendition this reader is served."""
    audience = _audience(request)
    some, pager = asked.page_of(request, _issued(request.actor))
    hashes = rendition.hashes(some, audience)
    context = {
        "trail": trail.to("matrix", _("Matrix of needs"), _("All issues")),
        "table": matrix_told.archive(some, hashes, _kept(request)),
        "pager": pager,
        "renditions": _renditions(request, audience),
        "seen_by": words.seen_by(audience),
    }
    return page(request, "matrix/archive.html", context)


def _shown(request: Asking, issue: "Issue", here: str) -> HttpResponse:
    copy = rendition.copy_for(issue, _audience(request))
    told = _told(request, copy, here)
    some, pager = asked.page_of(request, told.rows, PER_PAGE)
    context = {
        "copy": copy,
        "month": matrix_told.month_of(issue),
        "trail": trail.to("matrix", _("Matrix of needs"), matrix_told.month_of(issue)),
        "is_latest": here == reverse("matrix"),
        "terms": told.terms(),
        "filters": told.filters(),
        "clear_url": told.url(),
        "overview": told.overview(),
        "pictures": told.pictures(),
        "every": told.asked.every,
        "every_url": told.url(rows="" if told.asked.every else "all"),
        "sections": told.sections(some),
        "changes": told.changes(),
        "files": told.files(),
        "pager": pager,
        "renditions": _renditions(request, copy.audience),
        "seen_by": words.seen_by(copy.audience),
    }
    return page(request, "matrix/issue.html", context)


def _told(request: Asking, copy: rendition.Copy, here: str) -> matrix_told.Told:
    states = {body.code: body for body in naming.alphabetical(mandate.states())}
    areas = {area.code: naming.say(area.title) for area in mandate.areas()}
    wanted = matrix_told.Asked(
        here=here,
        kept=_kept(request),
        state=asked.choice(request, "state", states),
        area=asked.choice(request, "area", areas),
        every=bool(asked.choice(request, "rows", ["all"])),
    )
    return matrix_told.Told(copy, states, areas, wanted)


def _issued(actor: Actor) -> Any:
    return issues.issues_for(actor).filter(state=State.ISSUED)


def _numbered(actor: Actor, number: str) -> "Issue":
    """An issue that went out. Raises Unseen for any other, and for what is no month."""
    month = date.fromisoformat(f"{number}-01") if _is_month(number) else None
    issue = _issued(actor).filter(month=month).first() if month else None
    if issue is None:
        raise Unseen("no such issue of the matrix")
    found: Issue = issue
    return found


def _is_month(number: str) -> bool:
    return bool(NUMBER.fullmatch(number)) and not number.startswith("0000")


def _audience(request: Asking) -> Audience:
    """The widest rendition of the reader's, or the one of theirs that is asked for by its key.

    Raises Unseen for a rendition that is cut for others.
    """
    own = {audience.key: audience for audience in audiences_of(request.actor)}
    wanted = request.GET.get("as") or next(iter(own))
    if wanted not in own:
        raise Unseen("no such rendition")
    return own[wanted]


def _kept(request: Asking) -> dict[str, str]:
    """What of the address every link on the page keeps: whose rendition it is."""
    return {"as": request.GET["as"]} if request.GET.get("as") else {}


def _renditions(request: Asking, shown: Audience) -> list[Item]:
    """The reader's renditions to choose from; nothing where there is no choice."""
    own = audiences_of(request.actor)
    if len(own) == 1:
        return []
    labels = _labels(own)
    return [Item(labels[a.key], f"?as={a.key}", current=a == shown) for a in own]


def _labels(own: list[Audience]) -> Mapping[str, str]:
    bodies = {str(pk): body for pk, body in mandate.bodies(_ids(own)).items()}
    fixed = {
        Sight.FULL: _("As the Experts and the secretariat see it"),
        Sight.MEMBER: _("As members of the committee see it"),
        Sight.PUBLIC: _("As everybody sees it"),
    }
    seat = _("As %(body)s sees it")
    return {
        a.key: fixed[a.sight]
        if a.sight in fixed
        else seat % {"body": naming.body_name(bodies[a.body])}
        for a in own
    }


def _ids(own: list[Audience]) -> list[Any]:
    return [audience.body for audience in own if audience.body]
