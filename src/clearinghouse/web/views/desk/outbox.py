"""The outbox: what was sent, what waits, and what the mail server said of what failed."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.circulars.queries import issues
from clearinghouse.kernel.marking import N_
from clearinghouse.notices import queries
from clearinghouse.notices.rules import Kind, Status
from clearinghouse.people.asking import Asking
from clearinghouse.submissions import queries as submissions
from clearinghouse.web import asked, dates, naming, seats
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.parts import Cell, Column, Filter, Table, Tone
from clearinghouse.web.views.desk import answers, contents

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clearinghouse.notices.models import Notice

STATUSES: dict[Status, tuple[str, Tone]] = {
    Status.QUEUED: (N_("queued"), "waiting"),
    Status.SENT: (N_("sent"), "settled"),
    Status.DEFERRED: (N_("put off"), "waiting"),
    Status.FAILED: (N_("failed"), "alert"),
    Status.DROPPED: (N_("not sent: the seat has ended"), "quiet"),
}
KINDS: dict[Kind, str] = {
    Kind.MATRIX_ISSUED: N_("Issue of the matrix"),
    Kind.MATRIX_WAITS: N_("An issue waits for clearance"),
    Kind.SUBMISSION_MOVED: N_("News of a contribution"),
    Kind.ACCOUNT_INVITED: N_("Invitation to an account"),
    Kind.ACCOUNT_RESET: N_("Reset of a password"),
    Kind.ACCOUNT_ASKED: N_("A new password was asked for"),
    Kind.PROPOSAL_MADE: N_("A proposal waits for a second hand"),
    Kind.PROPOSAL_DECIDED: N_("A proposal is decided"),
    Kind.SEAT_ENDED: N_("The seat of somebody who confirms has ended"),
    Kind.LETTER_DISPATCHED: N_("Letter or note verbale"),
    Kind.MEETING_MOVED: N_("A meeting has moved"),
    Kind.MEETING_INVITED: N_("Invitation to a meeting"),
    Kind.DEADLINES_MOVED: N_("Deadlines have moved with a holiday"),
    Kind.INTAKE_SETTLED: N_("What was recorded of a reply"),
    Kind.BATCH_MOVED: N_("News of a file of contributions"),
    Kind.ENTRIES_DUE: N_("Yearly confirmation of entries"),
    # contact with bodies
    Kind.CONTRIBUTION_ASKED: N_("Invitation to contribute"),
    Kind.CONTRIBUTION_REMINDED: N_("Reminder of an invitation to contribute"),
    Kind.CONTRIBUTION_THANKED: N_("Thanks for a contribution"),
    Kind.CONTRIBUTION_BECAME: N_("What became of a year's contributions"),
}


def index(request: Asking) -> HttpResponse:
    """Every notice, newest first; failed ones are what somebody has to look at."""
    status = asked.choice(request, "status", STATUSES)
    found = queries.outbox(request.actor)
    found = found.filter(status=status) if status else found
    shown, pager = asked.page_of(request, found, answers.SIZE)
    options = [(each.value, _(label)) for each, (label, _tone) in STATUSES.items()]
    context = {
        "table": _table(request, list(shown)),
        "filters": [Filter("status", _("Status"), status, [("", _("All")), *options])],
        "clear_url": reverse("desk-outbox"),
        "pager": pager,
        "fence": _fence(),
        "crumbs": answers.crumbs((_("Outbox"), "")),
        "seen_by": _("the secretariat and the Experts."),
    }
    return answers.page(request, "desk/outbox.html", context)


def _fence() -> str:
    """Why nothing is sent since a restore, and who ends that; nothing where all is as usual."""
    if (fence := queries.fence()) is None:
        return ""
    return _(
        "Nothing is sent since the restore of %(raised)s: what waits may have gone out after the"
        " backup of %(taken)s was taken. Whoever runs the installation looks at it and"
        " releases it."
    ) % {"raised": answers.moment(fence.raised_at), "taken": answers.moment(fence.taken_at)}


def status_cell(status: str) -> Cell:
    label, tone = STATUSES[Status(status)]
    return Cell(_(label), tone=tone)


def _table(request: Asking, found: "list[Notice]") -> Table:
    language = naming.language()
    listed = {r.seat_id: r.seat for r in issues.recipients_for(request.actor)}
    about = _subjects(request, found)
    rows: list[list[Cell | str]] = []
    for one in found:
        seat = listed.get(one.recipient)
        who = seats.label(seat, language) if seat else _("a seat outside the circulation list")
        when = answers.moment(one.settled_at or one.due_at)
        what = about.get(one.cause, Cell(_(KINDS[Kind(one.kind)])))
        rows.append(
            [what, who, status_cell(one.status), when, str(one.attempts), answers.said(one.said)]
        )
    labels = [_("About"), _("To"), _("Status"), _("When"), _("Attempts")]
    columns = [Column(label) for label in [*labels, _("What the mail server said")]]
    empty = _("Nothing has been sent, and nothing waits.")
    return Table(
        "outbox", _("Notices"), columns, rows, empty, is_caption_hidden=True, is_stacked=True
    )


def _subjects(request: Asking, found: "Iterable[Notice]") -> dict[str, Cell]:
    """By cause, what a notice is about, as far as the reader may see that thing."""
    causes = {one.cause: one.kind for one in found}
    ids = {cause: _id(cause) for cause in causes}
    words = Vocabulary()
    seen = submissions.submissions_for(request.actor).filter(pk__in=ids.values())
    cells = {
        one.pk: Cell(
            contents.title_of(one, words),
            url=reverse("desk-submission", args=[one.pk]),
            note=_(KINDS[Kind.SUBMISSION_MOVED]),
        )
        for one in seen
    }
    for issue in issues.issues_for(request.actor).filter(pk__in=ids.values()):
        month = dates.partial(issue.number, words.language)
        cells[issue.pk] = Cell(month, url=reverse("desk-circular", args=[issue.number]))
    named = {cause: cells[pk] for cause, pk in ids.items() if pk in cells}
    return {c: _noted(cell, causes[c]) for c, cell in named.items()}


def _noted(cell: Cell, kind: str) -> Cell:
    return Cell(cell.text, url=cell.url, note=_(KINDS[Kind(kind)]))


def _id(cause: str) -> UUID:
    """The thing a cause names: "room.model:uuid", "room.model:uuid@version" and the like."""
    return UUID(cause.partition(":")[2][:36])
