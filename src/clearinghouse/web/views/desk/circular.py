"""One issue of the matrix as the reader's own rendition, with clearances and receipts for few."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.circulars.queries import issues as queries
from clearinghouse.circulars.queries import rendition, words
from clearinghouse.circulars.rules import State, audiences_of, freezes_at
from clearinghouse.needs.rules import STATUS_WORDS
from clearinghouse.notices import queries as notices
from clearinghouse.people.asking import Asking
from clearinghouse.web import dates, naming, seats
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.parts import Cell, Column, Figure, Table, Term
from clearinghouse.web.views.desk import answers, circulars
from clearinghouse.web.views.desk.outbox import status_cell

if TYPE_CHECKING:
    from clearinghouse.circulars.models import Issue


def detail(request: Asking, number: str) -> HttpResponse:
    issue = circulars.issue_numbered(request, number)
    copy = rendition.copy_for(issue, audiences_of(request.actor)[0])
    language = Vocabulary()
    month = circulars.month_in_words(issue)
    context = {
        "issue": issue,
        "title": _("Matrix of needs, %(month)s") % {"month": month},
        "state": circulars.state_of(issue),
        "copy": copy,
        "facts": _facts(issue, copy),
        "figures": [Figure(len(copy.rows), _("needs in this rendition"))],
        "rows": _rows(copy, language),
        "changes": _changes(copy, language),
        "crumbs": answers.crumbs((_("Matrix issues"), "desk-circulars"), (month, "")),
        "seen_by": words.seen_by(copy.audience),
    }
    serving = request.actor.holds(*circulars.COMMITTEE)
    context |= _clearing(request, issue) if serving else {}
    return answers.page(request, "desk/circular.html", context)


def _clearing(request: Asking, issue: "Issue") -> dict[str, Any]:
    """For the committee: whose word is given and missing, and what became of each mail."""
    own = queries.may_clear(request.actor)
    wanted = queries.missing_clearances(issue)
    return {
        "clearances": circulars.clearances(request, issue),
        "missing": circulars.missing(issue),
        "is_serving": True,
        "may_clear": bool(own & wanted) and issue.state != State.ISSUED,
        "deadline": freezes_at(issue.month) if issue.state == State.DRAFT else None,
        "receipts": _receipts(request, issue),
        "clear_url": reverse("desk-circular-clear", args=[issue.number]),
    }


def _facts(issue: "Issue", copy: rendition.Copy) -> list[Term]:
    facts = [Term(_("Where it stands"), [circulars.state_of(issue)])]
    if issue.frozen_at:
        facts.append(Term(_("As of"), [answers.moment(issue.frozen_at)]))
    if copy.hash:
        facts.append(Term(_("Hash of this rendition (SHA-256)"), [copy.hash]))
    return facts


def _in_order(
    told: list[Mapping[str, Any]], language: Vocabulary
) -> list[tuple[Mapping[str, Any], str, str]]:
    """Each with its State's name and subject, in the alphabetical order of the language."""
    states = {code: n for n, code in enumerate(language.states)}
    areas = {code: n for n, code in enumerate(language.areas)}
    some = sorted(told, key=lambda r: (states.get(r["state"], 0), areas.get(r["area"], 0)))
    return [
        (r, language.states.get(r["state"], r["state"]), language.areas.get(r["area"], r["area"]))
        for r in some
    ]


def _confirmed(day: str) -> str:
    return dates.partial(day, naming.language()) if day else _("not recorded")


def _rows(copy: rendition.Copy, language: Vocabulary) -> Table:
    labels = [_("State"), _("Subject"), _("Need"), _("Status"), _("Last confirmed")]
    rows: list[list[Cell | str]] = [
        [
            state,
            area,
            Cell.told(row["title"], language.language),
            _("contested") if row["contested"] else _(STATUS_WORDS[row["status"]]),
            _confirmed(row["last_confirmed"]),
            str(row["priority"]),
        ]
        for row, state, area in _in_order(list(copy.rows), language)
    ]
    columns = [*(Column(label) for label in labels), Column(_("Priority"), "number")]
    empty = _("Blank: nothing you may see is recorded; it does not mean no need.")
    return Table(
        "rows",
        _("The needs, by State"),
        columns,
        rows,
        empty,
        is_caption_hidden=True,
        is_stacked=True,
    )


def _changes(copy: rendition.Copy, language: Vocabulary) -> Table | None:
    """What changed since the last issue; none where there was none to compare with."""
    if not copy.since:
        return None
    labels = [_("State"), _("Subject"), _("Need"), _("What happened")]
    rows: list[list[Cell | str]] = [
        [
            state,
            area,
            Cell.told(told["title"], language.language),
            _(words.CHANGE_WORDS[told["change"]]),
        ]
        for told, state, area in _in_order(list(copy.changes.values()), language)
    ]
    caption = _("Changes since the issue %(number)s") % {"number": copy.since}
    columns = [Column(label) for label in labels]
    return Table(
        "changes",
        caption,
        columns,
        rows,
        _("Nothing that you may see has changed."),
        is_stacked=True,
    )


def _receipts(request: Asking, issue: "Issue") -> Table | None:
    """What became of each mail, for those who may read it. Opening is never tracked."""
    found = notices.receipts(request.actor, issue.subject)
    listed = {r.seat_id: r.seat for r in queries.recipients_for(request.actor)}
    language = naming.language()
    rows: list[list[Cell | str]] = []
    for one in found:
        seat = listed.get(one.recipient)
        who = Cell(_("A seat that is no longer on the list"))
        if seat:
            who = Cell(seat.person.name, note=seats.label(seat, language))
        when = answers.moment(one.settled_at)
        rows.append(
            [who, status_cell(one.status), when, str(one.attempts), answers.said(one.said)]
        )
    labels = [_("To"), _("Status"), _("When"), _("Attempts"), _("What the mail server said")]
    kinds = [Column(label) for label in labels]
    empty = _("Nothing has been sent yet.")
    return Table("receipts", _("Delivery of this issue"), kinds, rows, empty, is_stacked=True)
