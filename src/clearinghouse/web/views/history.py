"""The history of a listed entry or standard: each revision with what it changed, side by side."""

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.crossings import freshness
from clearinghouse.crossings.freshness import Kept
from clearinghouse.directory.rules import Readers, Status
from clearinghouse.people.asking import Asking
from clearinghouse.submissions.queries import history as told
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from clearinghouse.web import dates, fields_told, naming, trail
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.pages import page
from clearinghouse.web.parts import Cell, Column, Item, Table, Text
from clearinghouse.web.sections import OF_KIND
from clearinghouse.web.views import directory

if TYPE_CHECKING:
    from collections.abc import Sequence


def history(request: Asking, code: str) -> HttpResponse:
    """Open to whom the entry is. Of one that is withdrawn, what it said is not shown again."""
    kept = freshness.kept_for(request.actor, code)
    thing, words = kept.thing, Vocabulary()
    withdrawn = thing.status == Status.WITHDRAWN
    route = "standard" if kept.kind == Kind.STANDARD else "entry"
    found = [] if withdrawn else told.revisions(kept.kind, thing.code)
    context: dict[str, Any] = {
        "title": naming.say(thing.titles),
        "trail": [*_above(kept), Item(naming.say(thing.titles), reverse(route, args=[code]))],
        "thing": thing,
        "withdrawn": withdrawn,
        "listed": dates.day(thing.listed_on, words.language),
        "revisions": [_revision(n, each, words) for n, each in enumerate(found)],
        "seen_by": directory.seen_by(DEFINITIONS[kept.kind].readers or Readers.EVERYBODY),
    }
    return page(request, "directory/history.html", context)


def _above(kept: Kept) -> list[Item]:
    if kept.kind == Kind.STANDARD:
        return trail.to("standards", _("Standards"), "")[:-1]
    section = OF_KIND[kept.kind]
    return trail.to(section.route, _(section.heading), "")[:-1]


def _revision(number: int, one: told.Revision, words: Vocabulary) -> dict[str, Any]:
    rows: list[Sequence[Cell | Text]] = [
        (
            _(each.label),
            fields_told.read_out(each, before, words),
            fields_told.read_out(each, after, words),
        )
        for each, before, after in one.changes
    ]
    columns = [Column(_("Field")), Column(_("Before")), Column(_("Since"))]
    day = dates.day(one.on.date(), words.language)
    caption = _("What changed on %(day)s") % {"day": day}
    table = Table(
        f"revision-{number}", caption, columns, rows, "", is_caption_hidden=True, is_stacked=True
    )
    return {"day": day, "table": table, "unreviewed": one.unreviewed}
