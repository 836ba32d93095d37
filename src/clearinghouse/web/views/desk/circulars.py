"""Issues of the matrix on the desk: where they stand, the clearances, the circulation list."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Role
from clearinghouse.access.errors import Refused, Unseen
from clearinghouse.circulars import actions
from clearinghouse.circulars.queries import issues as queries
from clearinghouse.circulars.rules import Office, State
from clearinghouse.kernel.calendar import month_of
from clearinghouse.kernel.marking import N_
from clearinghouse.kernel.workflow import OutOfOrder
from clearinghouse.people import queries as people
from clearinghouse.people.asking import Asking
from clearinghouse.web import dates, naming, seats
from clearinghouse.web.parts import Cell, Column, Table, Tone
from clearinghouse.web.views.desk import answers

if TYPE_CHECKING:
    from collections.abc import Set

    from clearinghouse.circulars.models import Clearance, Issue

COMMITTEE = (Role.SECRETARIAT, Role.EXPERT, Role.MEMBER)
STATES: dict[State, tuple[str, Tone]] = {
    State.DRAFT: (N_("draft"), "quiet"),
    State.FROZEN: (N_("frozen, not yet out"), "waiting"),
    State.ISSUED: (N_("issued"), "settled"),
}
OFFICES: dict[Office, str] = {Office.CHAIR: N_("the Chair"), Office.EXPERT: N_("an Expert")}


def index(request: Asking) -> HttpResponse:
    """Every issue this seat may see, the latest first; for the committee, also who receives it."""
    serving = request.actor.holds(*COMMITTEE)
    standing = queries.standing_clearance(request.actor) if serving else None
    may_stand = Office.CHAIR in queries.may_clear(request.actor)
    context = {
        "table": _table(request, serving=serving),
        "is_committee": serving,
        "standing": _clearance(standing, may_revoke=may_stand) if standing else None,
        "may_stand": may_stand,
        "recipients": _recipients(request) if serving else None,
        "crumbs": answers.crumbs((_("Matrix issues"), "")),
        "seen_by": _seen_by(serving=serving),
    }
    return answers.page(request, "desk/circulars.html", context)


def clear(request: Asking, number: str) -> HttpResponse:
    """A clearance, in the office this actor holds. Pressed twice, it is given once."""
    issue = issue_numbered(request, number)
    answers.must_be_current(request, issue)
    office = _office(request)
    if issue.state == State.ISSUED:
        raise OutOfOrder("it has gone out already")
    if not any(c.office == office for c in _valid(request, issue)):
        person = people.person_of(request.actor)
        actions.clear(office, issue, given_by=person, by=request.actor, now=request.now)
    return answers.see("desk-circular", number, done="cleared")


def stand(request: Asking) -> HttpResponse:
    """The Chair's clearance of every issue, until it is revoked."""
    if queries.standing_clearance(request.actor) is None:
        person = people.person_of(request.actor)
        actions.clear(Office.CHAIR, None, given_by=person, by=request.actor, now=request.now)
    return answers.see("desk-circulars", done="cleared")


def revoke(request: Asking, pk: UUID) -> HttpResponse:
    clearance = queries.clearance_for(request.actor, pk)
    answers.must_be_current(request, clearance)
    actions.revoke(clearance, by=request.actor, now=request.now)
    return answers.see("desk-circulars", done="revoked")


def issue_numbered(request: Asking, number: str) -> "Issue":
    """Raises Unseen for what is no month, or has no issue that this actor may see."""
    return queries.issue_for(request.actor, month_or_unseen(number))


def month_or_unseen(number: str) -> date:
    try:
        return month_of(number)
    except ValueError:
        raise Unseen("no such month") from None


def missing(issue: "Issue") -> str:
    """Whose word is still needed, in words; empty where none is or where it has gone out."""
    if issue.state == State.ISSUED:
        return ""
    return offices(queries.missing_clearances(issue))


def offices(wanted: "Set[Office]") -> str:
    """For example "the Chair and an Expert"."""
    return _(" and ").join(_(word) for office, word in OFFICES.items() if office in wanted)


def state_of(issue: "Issue") -> Cell:
    label, tone = STATES[State(issue.state)]
    return Cell(_(label), tone=tone, note=_("late") if issue.late else "")


def month_in_words(issue: "Issue") -> str:
    return dates.partial(issue.number, naming.language())


def clearances(request: Asking, issue: "Issue") -> list[dict[str, Any]]:
    """Those that count for this issue, revoked ones too, each with the way to revoke one's own."""
    may = queries.may_clear(request.actor)
    return [
        _clearance(one, may_revoke=one.office in may and issue.state != State.ISSUED)
        for one in queries.clearances_for(request.actor, issue)
    ]


def _clearance(one: "Clearance", *, may_revoke: bool) -> dict[str, Any]:
    facts = {"who": one.given_by.name, "when": answers.moment(one.given_at)}
    office = _("Chair") if one.office == Office.CHAIR else _("Expert")
    said = _("%(who)s, %(when)s (New York)") % facts
    return {
        "office": office,
        "text": said,
        "is_standing": one.issue_id is None,
        "revoked": answers.moment(one.revoked_at),
        "url": reverse("desk-clearance-revoke", args=[one.pk])
        if may_revoke and not one.revoked_at
        else "",
        "version": one.version,
    }


def _office(request: Asking) -> Office:
    offices = queries.may_clear(request.actor)
    if not offices:
        raise Refused("the Chair clears, and an Expert")
    return next(iter(offices))


def _valid(request: Asking, issue: "Issue") -> "list[Clearance]":
    found = queries.clearances_for(request.actor, issue)
    return [c for c in found if c.issue_id and not c.revoked_at]


def _table(request: Asking, *, serving: bool) -> Table:
    labels = [_("Issue"), _("Where it stands"), _("Frozen"), _("Sent")]
    rows: list[list[Cell | str]] = []
    for issue in queries.issues_for(request.actor):
        url = reverse("desk-circular", args=[issue.number])
        when = [answers.moment(issue.frozen_at), answers.moment(issue.issued_at)]
        row: list[Cell | str] = [Cell(month_in_words(issue), url=url, note=issue.number)]
        rows.append([*row, state_of(issue), *when, *([missing(issue)] if serving else [])])
    return Table(
        name="issues",
        caption=_("Issues of the matrix"),
        columns=[Column(x) for x in [*labels, *([_("Waits for")] if serving else [])]],
        rows=rows,
        empty=_("No issue of the matrix has been opened yet."),
        is_caption_hidden=True,
        is_stacked=True,
    )


def _recipients(request: Asking) -> Table:
    language = naming.language()
    return Table(
        name="recipients",
        caption=_("Who receives the matrix"),
        columns=[Column(_("Name")), Column(_("Seat")), Column(_("Since")), Column(_("By mail"))],
        rows=[
            [
                r.seat.person.name,
                seats.label(r.seat, language),
                answers.day(r.since),
                _("a link, and the spreadsheet") if r.attach else _("a link"),
            ]
            for r in queries.recipients_for(request.actor)
        ],
        empty=_("Nobody is on the circulation list."),
        is_caption_hidden=True,
        is_stacked=True,
    )


def _seen_by(*, serving: bool) -> str:
    if serving:
        return _("members of the committee, its Experts and the secretariat.")
    return _("everybody who is signed in, each with the rendition of their seat.")
