"""The record as an auditor reads it, in words: references and hashes, no text of any room."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.ledger import queries
from clearinghouse.people.asking import Asking
from clearinghouse.web import asked, record_told
from clearinghouse.web.parts import Cell, Column, Filter, Table
from clearinghouse.web.views.desk import answers

if TYPE_CHECKING:
    from clearinghouse.ledger.models import Entry


def index(request: Asking) -> HttpResponse:
    """Newest first. The last line's hash is the root to compare with one made known elsewhere.

    `subject` narrows it to what happened to one thing, by the reference beside its lines.
    """
    subject = asked.words(request, "subject")
    lines = queries.lines_for(request.actor)
    found = lines.filter(subject__endswith=subject) if subject else lines
    shown, pager = asked.page_of(request, found, answers.SIZE)
    number, root = queries.head()
    context = {
        "table": _table(list(shown)),
        "filters": [Filter("subject", _("Reference of a thing"), subject)],
        "clear_url": reverse("desk-ledger"),
        "pager": pager,
        "number": number,
        "root": root,
        "crumbs": answers.crumbs((_("Record"), "")),
        "seen_by": _("the auditors."),
    }
    return answers.page(request, "desk/ledger.html", context)


def _table(lines: "list[Entry]") -> Table:
    labels = [_("When"), _("What"), _("Subject"), _("By"), _("Rows"), _("Hash")]
    columns = [Column(_("Line"), "number"), *(Column(label) for label in labels)]
    empty = _("Nothing is recorded yet.")
    rows = [_line(line) for line in lines]
    return Table(
        "record", _("The record"), columns, rows, empty, is_caption_hidden=True, is_stacked=True
    )


def _line(line: "Entry") -> list[Cell | str]:
    return [
        str(line.number),
        answers.moment(line.at),
        Cell(record_told.verb(line), note=record_told.facts(line)),
        Cell(record_told.thing(line), note=record_told.reference(line)),
        Cell(record_told.actor(line), note=record_told.right(line)),
        str(line.count),
        line.hash[: record_told.SHORT],
    ]
