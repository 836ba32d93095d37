"""The tables of a matrix document, each made from one rendition's rows and nothing else."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from clearinghouse.circulars.queries import words
from clearinghouse.circulars.queries.rendition import Copy
from clearinghouse.documents.model import Cell, Column, Kind, Phrase, Table
from clearinghouse.kernel import languages
from clearinghouse.mandate import queries as mandate
from clearinghouse.mandate.models import Body
from clearinghouse.mandate.rules import GroupKind
from clearinghouse.needs.rules import CONSENT_WORDS, ORIGIN_WORDS, STATUS_WORDS
from clearinghouse.search.rules import fold

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """A column of the detailed table and how its cell is made from a row."""

    column: Column
    cell: Callable[[Row], Cell]


class Tables:
    """Knows the names of States and subjects in one language; makes every table of a document."""

    def __init__(self, copy: Copy, language: str) -> None:
        self.language, self.copy = language, copy
        states = {s.code: s for s in mandate.states()}
        self.names = {code: self._state(s) for code, s in states.items()}
        self.order = sorted(states, key=lambda code: fold(self.names[code]))
        place = {code: n for n, code in enumerate(self.order)}
        self.areas = {a.code: self.say(a.title) for a in mandate.areas()}
        self.rows = sorted(copy.rows, key=lambda r: place.get(r["state"], len(place)))
        self.ids = {s.pk: code for code, s in states.items()}
        self.inner = any("consent" in row for row in copy.rows)

    def by_state(self) -> Table:
        """A row for every State, whether or not a need of it may be seen; a column a subject."""
        cells: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for row in self.rows:
            cells[row["state"], row["area"]].append(self.say(row["title"]))
        areas = list(self.areas.items())
        columns = [self._states()] + [
            Column(key=code.replace("_", "-"), label=_bare(title), width=22)
            for code, title in areas
        ]
        rows = tuple(
            (self.names[s], *(tuple(cells.get((s, a), ())) or None for a, _title in areas))
            for s in self.order
        )
        return self._table("by-state", _("Every State, by subject"), columns, rows)

    def detail(self) -> Table:
        fields = self._fields()
        rows = tuple(tuple(f.cell(row) for f in fields) for row in self.rows)
        caption = _("Needs, by State and subject")
        return self._table("needs", caption, [f.column for f in fields], rows)

    def by_region(self) -> Table:
        """Regions are those of the United Nations Statistics Division (M49)."""
        of = defaultdict(list)
        for row in self.rows:
            of[row["state"]].append(row)
        lines: list[tuple[Cell, ...]] = []
        for group, ids in mandate.groups(GroupKind.REGION).values():
            codes = {self.ids[i] for i in ids if i in self.ids}
            for state in (s for s in self.order if s in codes):
                lines += [(self.say(group.names), *self._short(row)) for row in of[state]]
        columns = [
            Column(key="region", label=_("Region"), width=24, row_header=True),
            *self._short_columns(),
        ]
        return self._table("by-region", _("Needs, by region"), columns, tuple(lines))

    def by_area(self) -> Table:
        of = defaultdict(list)
        for row in self.rows:
            of[row["area"]].append(row)
        lines = [
            (
                self.areas[row["area"]],
                self.names[row["state"]],
                self.say(row["title"]),
                row["priority"],
            )
            for area in self.areas
            for row in of[area]
        ]
        columns = [
            Column(key="subject", label=_("Subject"), width=28, row_header=True),
            Column(key="state", label=_("State"), width=28),
            *self._short_columns()[2:],
        ]
        return self._table("by-subject", _("Needs, by subject"), columns, tuple(lines))

    def changes(self, told: Mapping[str, Row]) -> Table:
        place = {code: n for n, code in enumerate(self.order)}
        some = sorted(told.values(), key=lambda c: (place.get(c["state"], -1), c["area"]))
        rows = tuple(
            (
                self.names.get(c["state"], c["state"]),
                self.areas.get(c["area"], c["area"]),
                self.say(c["title"]),
                _(words.CHANGE_WORDS[c["change"]]),
            )
            for c in some
        )
        columns = [
            self._states(),
            Column(key="subject", label=_("Subject"), width=28),
            Column(key="need", label=_("Need"), width=48),
            Column(key="change", label=_("What happened"), width=16),
        ]
        return self._table(
            "changes", _("What changed, as far as you see both issues"), columns, rows
        )

    def say(self, texts: Mapping[str, str]) -> Any:
        """A text in the reader's language; one in another is marked as such."""
        text, spoken = languages.pick(texts, self.language)
        if spoken == self.language:
            return text
        return Phrase(text=text, language=spoken, direction=languages.direction(spoken))

    def _state(self, state: Body) -> str:
        name = languages.pick(state.names, self.language)[0]
        return _("%(name)s (illustrative)") % {"name": name} if state.illustrative else name

    def _states(self) -> Column:
        return Column(key="state", label=_("State"), width=28, row_header=True)

    def _short(self, row: Row) -> tuple[Cell, ...]:
        return (
            self.names[row["state"]],
            self.areas[row["area"]],
            self.say(row["title"]),
            row["priority"],
        )

    def _short_columns(self) -> list[Column]:
        return [
            Column(key="state", label=_("State"), width=28),
            Column(key="subject", label=_("Subject"), width=28),
            Column(key="need", label=_("Need"), width=48),
            Column(key="priority", label=_("Priority"), kind="number", width=9),
        ]

    def _table(self, key: str, caption: str, columns: Iterable[Column], rows: Any) -> Table:
        empty = _("Nothing you may see is recorded.")
        return Table(key=key, caption=caption, columns=tuple(columns), rows=rows, empty=empty)

    def _fields(self) -> list[Field]:
        shown = [*self._what(), *self._standing(), *self._practical()]
        return shown + (self._inner_fields() if self.inner else [])

    def _what(self) -> list[Field]:
        return [
            Field(self._states(), lambda r: self.names[r["state"]]),
            Field(_column("subject", _("Subject"), 24), lambda r: self.areas[r["area"]]),
            Field(_column("need", _("Need"), 40), lambda r: self.say(r["title"])),
            Field(
                _column("description", _("What exactly"), 60),
                lambda r: self._told(r, "description"),
            ),
            Field(
                _column("obligations", _("Paragraphs"), 12, "code"),
                lambda r: ", ".join(r["obligations"]),
            ),
            Field(_column("priority", _("Priority"), 9, "number"), lambda r: r["priority"]),
        ]

    def _standing(self) -> list[Field]:
        """How far the State stands by it."""
        contested = _("contested")
        statuses, origins = _said(STATUS_WORDS), _said(ORIGIN_WORDS)
        return [
            Field(
                _column("status", _("Status"), 18),
                lambda r: contested if r["contested"] else statuses[r["status"]],
            ),
            Field(_column("origin", _("According to"), 18), lambda r: origins[r["origin"]]),
            Field(
                _column("observation", _("The State's observation"), 40),
                lambda r: self._told(r, "observation"),
            ),
            Field(
                _column("confirmed", _("Last confirmed"), 12, "date"),
                lambda r: date.fromisoformat(r["last_confirmed"]) if r["last_confirmed"] else None,
            ),
        ]

    def _practical(self) -> list[Field]:
        return [
            Field(_column("counterpart", _("Counterpart"), 24), lambda r: r["counterpart"]),
            Field(_column("cost", _("Rough cost"), 16), lambda r: r["rough_cost"]),
            Field(_column("needed-by", _("Needed by"), 12, "code"), lambda r: r["needed_by"]),
        ]

    def _told(self, row: Row, name: str) -> Cell:
        texts = row[name]
        return self.say(texts) if texts else None

    def _inner_fields(self) -> list[Field]:
        """For whom sees a State's whole list: its place there, its consent, whom it named."""
        names = {str(b.pk): languages.pick(b.names, self.language)[0] for b in mandate.providers()}
        consents = _said(CONSENT_WORDS)
        return [
            Field(_column("place", _("Place"), 7, "number"), lambda r: r.get("rank")),
            Field(
                _column("consent", _("May be seen by"), 28),
                lambda r: consents[r["consent"]] if "consent" in r else None,
            ),
            Field(
                _column("named", _("Providers named"), 24),
                lambda r: tuple(names[p] for p in r.get("named", []) if p in names) or None,
            ),
        ]


def _said(words: Mapping[Any, str]) -> dict[str, str]:
    """Each in the reader's language, looked up once for the table and not for each row."""
    return {str(key): _(word) for key, word in words.items()}


def _bare(text: str | Phrase) -> str:
    """A heading has no language of its own to mark."""
    return text.text if isinstance(text, Phrase) else text


def _column(key: str, label: str, width: int, kind: Kind = "text") -> Column:
    return Column(key=key, label=label, width=width, kind=kind)
