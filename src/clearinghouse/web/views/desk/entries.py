"""What a body has in view, and the buttons that confirm it each year; what is stale, by body."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.crossings import freshness
from clearinghouse.crossings.freshness import Kept, Owned
from clearinghouse.directory.rules import Freshness
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.mandate import queries as mandate
from clearinghouse.people.asking import Asking
from clearinghouse.search.rules import fold
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from clearinghouse.web import asked, due, naming
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.parts import Cell, Column, Table, Text
from clearinghouse.web.views.desk import answers

if TYPE_CHECKING:
    from clearinghouse.mandate.models import Body


def index(request: Asking) -> HttpResponse:
    """Standards, then entries; what was confirmed longest ago first, and what is due marked."""
    some, pager = asked.page_of(request, Owned(request.actor), answers.SIZE)
    words, today = Vocabulary(), day_in_new_york(request.now)
    months = due.settings(request).stale_warning_months
    context = {
        "entries": [line(kept, words, today, months) for kept in some],
        "pager": pager,
        "due": due.due_entries(request),
        "most": freshness.MOST,
        "crumbs": answers.crumbs((_("Your entries"), "")),
        "seen_by": _("those named beside each entry. This page is for their owner."),
    }
    return answers.page(request, "desk/entries.html", context)


def confirm(request: Asking, code: str) -> HttpResponse:
    """It still holds, as of today; a button, never a link."""
    kept = freshness.kept_for(request.actor, code)
    answers.must_be_current(request, kept.thing)
    freshness.confirm(kept, by=request.actor, now=request.now)
    return answers.see("desk-entries", done="entry-confirmed")


def confirm_all(request: Asking) -> HttpResponse:
    """All that is due, with one look at the list of it."""
    some = freshness.due(request.actor, day_in_new_york(request.now))
    freshness.confirm_all(some, by=request.actor, now=request.now)
    return answers.see("desk-entries", done="entries-confirmed")


def stale(request: Asking) -> HttpResponse:
    """By body, in the alphabetical order of the language: informs, and ranks nobody."""
    found = freshness.by_body(request.actor, day_in_new_york(request.now))
    bodies = mandate.bodies(found)
    ordered = sorted(found, key=lambda pk: fold(naming.body_name(bodies[pk])))
    lines = [_counted(bodies[pk], found[pk]) for pk in ordered]
    labels = (_("Body"), _("In view"), _("To be confirmed"), _("Of these stale"))
    columns = [Column(labels[0]), *(Column(label, "number") for label in labels[1:])]
    columns.append(Column(_("Confirmed longest ago")))
    caption = _("What bodies have in view, and what of it they have to confirm")
    empty = _("Nothing is in view.")
    context = {
        "table": Table(
            "stale", caption, columns, lines, empty, is_caption_hidden=True, is_stacked=True
        ),
        "crumbs": answers.crumbs((_("What is stale"), "")),
        "seen_by": _("the committee, its Experts and the secretariat."),
    }
    return answers.page(request, "desk/stale.html", context)


def line(kept: Kept, words: Vocabulary, today: date, months: int) -> dict[str, Any]:
    """One thing to confirm: what it is, since when it stands, and whether it is due."""
    thing = kept.thing
    route = "standard" if kept.kind == Kind.STANDARD else "entry"
    return {
        "title": Cell.told(thing.titles, words.language),
        "url": reverse(route, args=[thing.code]),
        "kind": _(DEFINITIONS[kept.kind].name),
        "body": naming.body_name(kept.body),
        "confirmed": answers.day(thing.last_confirmed),
        "is_due": kept.is_due(today, months),
        "is_stale": kept.is_stale,
        "confirm_url": reverse("desk-entry-confirm", args=[thing.code]),
        "history_url": reverse("entry-history", args=[thing.code]),
        "version": thing.version,
    }


def _counted(body: "Body", one: Freshness) -> Sequence[Cell | Text]:
    oldest = answers.day(one.oldest) or Cell("", note=_("not recorded"))
    name = Cell(naming.body_name(body), url=naming.body_url(body))
    return name, str(one.shown), str(one.due), str(one.stale), oldest
