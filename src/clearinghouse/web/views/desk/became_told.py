"""What became of a contributor's year, as tables: the same on its page, in Word and on paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from clearinghouse.web import fields_told, naming
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.parts import Cell, Column, Table, Text
from clearinghouse.web.views.desk import answers, contents

if TYPE_CHECKING:
    from clearinghouse.batches.models import Batch
    from clearinghouse.crossings.became import Became, Place
    from clearinghouse.crossings.freshness import Kept
    from clearinghouse.submissions.models import Submission
    from clearinghouse.submissions.queries.yearly import Return

Row = Sequence[Cell | Text]


@dataclass(frozen=True)
class Part:
    """One part of the page: a heading, a sentence, a table, and what is left out of it."""

    heading: str
    lede: str
    table: Table
    left_out: int = 0


def parts(found: "Became", words: Vocabulary) -> list[Part]:
    """Given, returned, standing, and where: each with its table, which is called as it is."""
    every = _parts(found, words)
    return [replace(one, table=replace(one.table, caption=one.heading)) for one in every]


def _parts(found: "Became", words: Vocabulary) -> list[Part]:
    """In the order in which one asks."""
    given, kept = found.left_out
    return [
        Part(
            _("What you gave in %(year)s") % {"year": found.year},
            _("Handed in or settled in that year, and where each stands today."),
            _given(found.given, words),
            given,
        ),
        Part(
            _("What came back in %(year)s, and why") % {"year": found.year},
            _("Each time that the secretariat asked for a change, in its own words."),
            _returned(found, words),
        ),
        Part(
            _("What of yours stands in view today"),
            _("Listed, never adopted or endorsed. What is not confirmed for a year is marked."),
            _standing(found.kept, words),
            kept,
        ),
        Part(
            _("Where it stands, and whose needs lie there"),
            _(
                "States in alphabetical order, as far as everybody may see their needs in the"
                " matrix. That a State is not named does not mean that it has no need."
            ),
            _places(found.places, words),
        ),
    ]


def _table(name: str, labels: Sequence[str], rows: Sequence[Row], empty: str) -> Table:
    columns = [Column(label) for label in labels]
    return Table(name, "", columns, rows, empty, is_caption_hidden=True, is_stacked=True)


def _given(some: "Sequence[Submission]", words: Vocabulary) -> Table:
    labels = (_("Title"), _("Kind"), _("Handed in"), _("Where it stands"), _("Since"))
    rows: list[Row] = [
        (
            _title(one, words),
            _(DEFINITIONS[Kind(one.kind)].name),
            answers.day(one.submitted_at),
            contents.state_cell(one),
            answers.day(one.settled_at),
        )
        for one in some
    ]
    return _table("given", labels, rows, _("Nothing was handed in."))


def _returned(found: "Became", words: Vocabulary) -> Table:
    labels = (_("Title"), _("Kind"), _("Returned on"), _("What was to be changed"))
    rows = [
        *(_sent_back(each, words) for each in found.returned),
        *(_file(each) for each in found.files),
    ]
    return _table("returned", labels, rows, _("Nothing came back."))


def _sent_back(each: "Return", words: Vocabulary) -> Row:
    one = each.submission
    definition = DEFINITIONS[Kind(one.kind)]
    labels = {f.name: _(f.label) for f in definition.fields}
    said = "\n".join(_remark(labels, *remark) for remark in each.remarks.items())
    return _title(one, words), _(definition.name), answers.day(each.on), said


def _remark(labels: Mapping[str, str], name: str, text: str) -> str:
    """Of a field by its label; of the whole as it was said."""
    if name not in labels:
        return text
    return _("%(label)s: %(said)s") % {"label": labels[name], "said": text}


def _file(each: "Batch") -> Row:
    name = Cell(_("A file"), url=reverse("desk-batch", args=[each.pk]))
    kind = _(DEFINITIONS[Kind(each.kind)].names)
    return name, kind, answers.day(each.settled_at), each.remark


def _standing(some: "Sequence[Kept]", words: Vocabulary) -> Table:
    labels = (_("Title"), _("Kind"), _("Listed on"), _("Last confirmed"), _("How it stands"))
    stale, fresh = _("not confirmed for a year"), _("listed")
    rows: list[Row] = [
        (
            _entry(each, words),
            _(DEFINITIONS[each.kind].name),
            answers.day(each.thing.listed_on),
            answers.day(each.thing.last_confirmed) or _("not recorded"),
            Cell(stale, tone="waiting") if each.is_stale else Cell(fresh, tone="settled"),
        )
        for each in some
    ]
    return _table("standing", labels, rows, _("Nothing of yours stands in view."))


def _places(some: "Sequence[Place]", words: Vocabulary) -> Table:
    labels = (_("Subject or paragraph"), _("What of yours"), _("States with needs there"))
    rows: list[Row] = [
        (
            words.areas[one.code] if one.is_area else fields_told.obligation(one.code, words),
            " · ".join(words.say(each.thing.titles) for each in one.things),
            ", ".join(str(naming.body_name(s)) for s in naming.alphabetical(one.states))
            or _("none that everybody may see"),
        )
        for one in some
    ]
    return _table("places", labels, rows, _("Nothing of yours bears on a subject or a paragraph."))


def _title(one: "Submission", words: Vocabulary) -> Cell:
    url = reverse("desk-submission", args=[one.pk])
    return Cell.told(one.content.get("title", {}), words.language, url=url)


def _entry(each: "Kept", words: Vocabulary) -> Cell:
    route = "standard" if each.kind == Kind.STANDARD else "entry"
    return Cell.told(each.thing.titles, words.language, url=reverse(route, args=[each.thing.code]))
