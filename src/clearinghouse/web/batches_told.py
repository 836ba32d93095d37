"""A batch laid out for its page: what its rows come to, before and after, and what looks alike."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.batches import queries
from clearinghouse.batches.rules.likeness import Why
from clearinghouse.batches.rules.workflow import WORKING, State, Verdict
from clearinghouse.kernel.marking import N_
from clearinghouse.submissions.rules.fields import Field
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Definition, Kind
from clearinghouse.web import fields_told, naming
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.parts import Cell, Column, Figure, Table, Text, Tone

if TYPE_CHECKING:
    from clearinghouse.batches.models import Batch, Row

STATES: dict[State, tuple[str, Tone]] = {
    State.RECEIVED: (N_("being read"), "waiting"),
    State.UNREAD: (N_("could not be read"), "alert"),
    State.CHECKED: (N_("checked, not handed in"), "waiting"),
    State.SUBMITTED: (N_("with the secretariat"), "waiting"),
    State.RETURNED: (N_("returned"), "alert"),
    State.APPLYING: (N_("being applied"), "waiting"),
    State.APPLIED: (N_("in view"), "settled"),
    State.UNDOING: (N_("being undone"), "waiting"),
    State.UNDONE: (N_("undone"), "quiet"),
    State.WITHDRAWN: (N_("withdrawn"), "quiet"),
}
VERDICTS: dict[Verdict, tuple[str, str, Tone]] = {
    Verdict.NEW: (N_("New"), N_("new"), "accent"),
    Verdict.CHANGED: (N_("Changed"), N_("changed"), "waiting"),
    Verdict.UNCHANGED: (N_("Unchanged"), N_("unchanged"), "quiet"),
    Verdict.FAULTY: (N_("Faulty"), N_("faulty"), "alert"),
    Verdict.REFUSED: (N_("Left out"), N_("left out"), "alert"),
}
ALIKE: dict[Why, str] = {
    Why.REFERENCE: N_("Looks like %(code)s: the same reference."),
    Why.ADDRESS: N_("Looks like %(code)s: the same address on the web."),
    Why.TITLE: N_("Looks like %(code)s: a similar title."),
}
PROGRESS: dict[State, str] = {
    State.RECEIVED: N_("Rows read"),
    State.APPLYING: N_("Rows made ready"),
    State.UNDOING: N_("Rows made ready"),
}
Line = Sequence[Cell | Text]


@dataclass(frozen=True)
class Progress:
    """How far the clock is with a large file; of one that is being read nobody knows the end."""

    label: str
    done: int
    total: int | None


def progress(batch: "Batch") -> Progress | None:
    """What the clock is at, as it was when the page was made; None where it is at nothing."""
    state = State(batch.state)
    if state not in WORKING:
        return None
    counts = batch.counts
    total = counts[Verdict.NEW] + counts[Verdict.CHANGED] if state != State.RECEIVED else None
    done = queries.rows_done(batch)
    return Progress(_(PROGRESS[state]), done if total is None else min(done, total), total)


def given_up(batch: "Batch") -> list[str]:
    """Why the clock could not do what was asked, naming the place where there is one."""
    said = ((place, _(message) % values) for place, message, values in batch.faults)
    return [f"{place}: {sentence}" if place else sentence for place, sentence in said]


NAMED = 100  # things not understood that a page names; the file names all of them


def not_understood(batch: "Batch") -> Table | None:
    """Of a published file: the elements and values that found no place, the commonest first."""
    found = queries.not_understood(batch)
    if not found:
        return None
    spoken = "" if naming.language() == "en" else "en"
    return Table(
        name="not-understood",
        caption=_("Not understood, or not kept"),
        columns=[Column(_("In the words of its source"))],
        rows=[[Cell(each, language=spoken)] for each in found[:NAMED]],
        empty="",
        is_caption_hidden=True,
        is_stacked=True,
    )


def state_cell(batch: "Batch") -> Cell:
    label, tone = STATES[State(batch.state)]
    return Cell(_(label), tone=tone)


def figures(batch: "Batch") -> list[Figure]:
    """How many rows come to what; each leads to those rows."""
    return [
        Figure(batch.counts.get(verdict, 0), _(label), f"?verdict={verdict}#table-rows")
        for verdict, (label, _word, _tone) in VERDICTS.items()
        if batch.counts.get(verdict, 0) or verdict != Verdict.REFUSED
    ]


def table(
    batch: "Batch", rows: Sequence["Row"], under_way: Mapping[int, list[tuple[str, Why]]]
) -> Table:
    """A line for each row; where it changes several fields, or several are wrong, for each."""
    words = Vocabulary()
    after = _("From now on, or what is wrong")
    head = (_("Row"), _("What it comes to"), _("Title"), _("Field"), _("Before"), after)
    lines = [
        line for row in rows for line in _lines(batch, row, words, under_way.get(row.number, []))
    ]
    return Table(
        name="rows",
        caption=_("Rows of the file"),
        columns=[Column(label) for label in head],
        rows=lines,
        empty=_("There are no such rows."),
        is_caption_hidden=True,
        is_stacked=True,
    )


def _lines(
    batch: "Batch", row: "Row", words: Vocabulary, others: list[tuple[str, Why]]
) -> Iterator[Line]:
    definition = DEFINITIONS[Kind(batch.kind)]
    _label, word, tone = VERDICTS[Verdict(row.verdict)]
    head = (str(row.number), Cell(_(word), tone=tone), _title(batch, row, words, others))
    if row.verdict == Verdict.CHANGED:
        for each, before in _changed(definition, row):
            after = row.content.get(each.name)
            said = (fields_told.read_out(each, value, words) for value in (before, after))
            yield (*head, _(each.label), *said)
    elif row.verdict == Verdict.FAULTY:
        for column, name, message, values in row.faults:
            yield (*head, _place(definition, column, name), "", _(message) % values)
    else:
        yield (*head, "", "", row.remark)


def _changed(definition: Definition, row: "Row") -> Iterator[tuple[Field, Any]]:
    return ((f, row.was[f.name]) for f in definition.fields if f.name in row.was)


def _place(definition: Definition, column: str, name: str) -> str:
    label = _(definition.field(name).label) if name in definition.names_of_fields else name
    return f"{column} · {label}" if column and column != name else label


def _title(batch: "Batch", row: "Row", words: Vocabulary, others: list[tuple[str, Why]]) -> Cell:
    note = " ".join(_(ALIKE[Why(why)]) % {"code": code} for code, why in (*row.alike, *others))
    titles = row.content.get("title", {})
    stands = batch.state == State.APPLIED or row.verdict in {Verdict.CHANGED, Verdict.UNCHANGED}
    is_there = stands and row.verdict not in {Verdict.FAULTY, Verdict.REFUSED}
    route = "standard" if batch.kind == Kind.STANDARD else "entry"
    url = reverse(route, args=[row.entry]) if is_there else ""
    if titles:
        return Cell.told(titles, words.language, url=url, note=note)
    return Cell(row.entry or _("Without a title"), url=url, note=note)
