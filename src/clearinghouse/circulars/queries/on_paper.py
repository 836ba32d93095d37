"""The tables of a matrix as they are printed: each need once, in the order of the States."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from clearinghouse.circulars.queries.tables import Field, Row, Tables
from clearinghouse.documents.model import (
    Block,
    Cell,
    Column,
    Kind,
    Line,
    Notes,
    Paragraph,
    Phrase,
    Table,
)
from clearinghouse.mandate import queries as mandate
from clearinghouse.mandate.rules import GroupKind

LIST_WIDTH = 60


class PaperTables(Tables):
    """The wide table of every State by every subject becomes numbers, and a list to read.

    A need is told whole under its State; the tables by region and by subject lead there.
    """

    def __init__(self, *asked: Any) -> None:
        super().__init__(*asked)
        self.counted = Counter((row["state"], row["area"]) for row in self.rows)

    def overview(self) -> tuple[Block, ...]:
        """How many needs each State has in each subject; the subjects are numbered above."""
        numbered = (
            Column(key=f"subject-{n}", label=str(n), kind="number", width=5)
            for n, _area in enumerate(self.areas, start=1)
        )
        rows = tuple(
            (self.names[s], *(self.counted.get((s, a)) for a in self.areas)) for s in self.order
        )
        caption = _("Number of needs recorded, by State and subject")
        table = self._table("overview", caption, [self._states(), *numbered], rows)
        return (
            Paragraph(text=_("The subjects are:")),
            Notes(items=tuple(self.areas.values())),
            table,
        )

    def detail(self) -> Table:
        """Every need with all that is said of it, in few columns."""
        state, subject, need, description, paragraphs, priority = self._what()
        status, origin, observation, confirmed = self._standing()
        practical = [priority, *self._practical(), *(self._inner_fields() if self.inner else [])]
        vouched = [status, origin, confirmed]
        told = "\n".join(field.column.label for field in vouched)
        columns = [
            *(field.column for field in (state, subject, need)),
            Column(key="description", label=description.column.label, width=60),
            paragraphs.column,
            Column(key="status", label=told, width=20),
            Column(key="particulars", label=_("Particulars"), width=36),
        ]
        rows = tuple(
            (
                *(field.cell(row) for field in (state, subject, need)),
                (*_lines(row, description), *_labelled(row, [observation])),
                paragraphs.cell(row),
                tuple(line for field in vouched for line in _lines(row, field)),
                _labelled(row, practical),
            )
            for row in self.rows
        )
        return self._table("needs", _("Needs, by State and subject"), columns, rows)

    def by_region(self) -> Table:
        """Which States of a region have needs, how many, and in which subjects."""
        subjects = self._told_by_state()
        rows: list[tuple[Cell, ...]] = []
        for group, ids in mandate.groups(GroupKind.REGION).values():
            codes = {self.ids[i] for i in ids if i in self.ids}
            region = self.say(group.names)
            rows += [
                (region, self.names[s], *subjects[s])
                for s in self.order
                if s in codes and s in subjects
            ]
        columns = [
            Column(key="region", label=_("Region"), width=24, row_header=True),
            Column(key="state", label=_("State"), width=28),
            *_counting(_("Subjects, with the number of needs")),
        ]
        return self._table("by-region", _("Needs, by region"), columns, tuple(rows))

    def by_area(self) -> Table:
        """Which States have needs in a subject, and how many."""
        rows: list[tuple[Cell, ...]] = []
        for area, title in self.areas.items():
            found = {
                self.names[s]: self.counted[s, area] for s in self.order if self.counted[s, area]
            }
            if found:
                rows.append((title, sum(found.values()), _listed(found)))
        columns = [
            Column(key="subject", label=_("Subject"), width=28, row_header=True),
            *_counting(_("States, with the number of needs")),
        ]
        return self._table("by-subject", _("Needs, by subject"), columns, tuple(rows))

    def _told_by_state(self) -> Mapping[str, tuple[Cell, Cell]]:
        of: dict[str, dict[str, int]] = defaultdict(dict)
        for area, title in self.areas.items():
            for state in self.order:
                if number := self.counted[state, area]:
                    of[state][title.text if isinstance(title, Phrase) else title] = number
        return {state: (sum(told.values()), _listed(told)) for state, told in of.items()}


def _counting(label: str) -> tuple[Column, Column]:
    return (
        Column(key="needs", label=_("Needs"), kind="number", width=8),
        Column(key="listed", label=label, width=LIST_WIDTH),
    )


def _listed(told: Mapping[str, int]) -> str:
    return "; ".join(f"{name}: {number}" for name, number in told.items())


def _labelled(row: Row, fields: Iterable[Field]) -> tuple[Line, ...]:
    """Each value after its label; a text in another language on the line below."""
    found: list[Line] = []
    for field in fields:
        column, lines = field.column, _lines(row, field)
        if any(isinstance(line, Phrase) for line in lines):
            found += [f"{column.label}:", *lines]
        elif lines:
            said = ", ".join(_said(line, column.kind) for line in lines)
            found.append(f"{column.label}: {said}")
    return tuple(found)


def _said(line: Line, kind: Kind) -> str:
    """A date or a code keeps its own order within right-to-left words."""
    return str(line) if kind == "text" else f"\u2066{line}\u2069"


def _lines(row: Row, field: Field) -> tuple[Line, ...]:
    cell = field.cell(row)
    each = cell if isinstance(cell, tuple) else (cell,)
    return tuple(line for line in each if line not in (None, ""))
