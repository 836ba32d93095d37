"""A rendition of the matrix laid out for a page: overview, needs by State, what has changed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from babel.dates import format_skeleton
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.circulars.queries import words
from clearinghouse.circulars.rules import Sight
from clearinghouse.documents.model import Picture
from clearinghouse.kernel import languages
from clearinghouse.kernel.calendar import NEW_YORK
from clearinghouse.mandate import queries as mandate
from clearinghouse.mandate.rules import GroupKind
from clearinghouse.web import dates, downloads, naming, needs_told, pictured
from clearinghouse.web.parts import Cell, Column, File, Filter, Table, Term, Text

if TYPE_CHECKING:
    from clearinghouse.circulars.models import Issue
    from clearinghouse.circulars.queries.rendition import Copy
    from clearinghouse.mandate.models import Body

FILES = ("pdf", "docx", "xlsx", "csv", "json", "html")
Rows = list[dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the reader wants of the issue. `here`: the page; `kept`: what its links carry on."""

    here: str
    kept: Mapping[str, str]
    state: str = ""
    area: str = ""
    every: bool = False  # also the States of which the reader may see nothing


@dataclass(frozen=True)
class Section:
    """A State and those of its needs that stand on this page."""

    code: str
    name: str
    url: str
    needs: list[needs_told.Told]


@dataclass(frozen=True)
class Told:
    """One rendition on a page. `states` stand in the order of their names, `areas` in theirs."""

    copy: "Copy"
    states: "Mapping[str, Body]"
    areas: Mapping[str, str]
    asked: Asked

    @cached_property
    def rows(self) -> Rows:
        """The needs asked for, in the order of the States' names."""
        place = {code: n for n, code in enumerate(self.states)}
        found = (row for row in self.copy.rows if self._wanted(row))
        return sorted(found, key=lambda row: place.get(row["state"], len(place)))

    def _wanted(self, row: Mapping[str, Any]) -> bool:
        asked = self.asked
        return asked.state in ("", row["state"]) and asked.area in ("", row["area"])

    def url(self, **more: str) -> str:
        """Give this page with the questions given and the rendition kept."""
        asked = {k: v for k, v in {**self.asked.kept, **more}.items() if v}
        return f"{self.asked.here}?{urlencode(asked)}" if asked else self.asked.here

    def filters(self) -> list[Filter]:
        states = [(code, naming.body_name(body)) for code, body in self.states.items()]
        return [
            Filter("state", _("State"), self.asked.state, [("", _("All")), *states]),
            Filter("area", _("Subject"), self.asked.area, [("", _("All")), *self.areas.items()]),
        ]

    def terms(self) -> list[Term]:
        """What identifies the rendition: number, moment, hash."""
        issue, language = self.copy.issue, naming.language()
        frozen = issue.frozen_at
        as_of = dates.deadline(frozen, language) if frozen else _("not recorded")
        return [
            Term(_("Issue"), (issue.number,)),
            Term(_("As of"), (as_of,)),
            Term(_("Distribution"), (words.distribution(self.copy.audience),)),
            Term(_("Hash of this rendition (SHA-256)"), (Cell(self.copy.hash),)),
        ]

    def overview(self) -> Table:
        """How many needs each State has in each subject; a number leads to them."""
        counted = Counter((row["state"], row["area"]) for row in self.rows)
        seen = {state for state, _area in counted}
        areas = [a for a in self.areas if self.asked.area in ("", a)]
        shown = [s for s in self.states if s in seen or (self.asked.every and self._in_view(s))]
        return Table(
            "overview",
            _("Needs recorded, by State and subject"),
            [Column(_("State")), *(Column(self.areas[a]) for a in areas)],
            [[self._state_cell(s), *(self._count(counted, s, a) for a in areas)] for s in shown],
            _("Nothing you may see is recorded."),
            is_caption_hidden=True,
        )

    def pictures(self) -> list[Picture]:
        """The same counts drawn: by subject, and for those at a desk by region; never by State."""
        wanted = {a: name for a, name in self.areas.items() if self.asked.area in ("", a)}
        drawn = [pictured.by_subject(self.rows, wanted)]
        if self.copy.audience.sight != Sight.PUBLIC:
            drawn.append(pictured.by_region(self.rows, wanted, self._regions()))
        return [one for one in drawn if one]

    def _regions(self) -> dict[str, tuple[str, list[str]]]:
        codes = {body.pk: code for code, body in self.states.items()}
        return {
            code: (naming.say(group.names), [codes[pk] for pk in ids if pk in codes])
            for code, (group, ids) in mandate.groups(GroupKind.REGION).items()
        }

    def _in_view(self, state: str) -> bool:
        return self.asked.state in ("", state)

    def _state_cell(self, state: str) -> Cell:
        return naming.body_cell(self.states[state])

    def _count(self, counted: Mapping[tuple[str, str], int], state: str, area: str) -> Cell | Text:
        number = counted.get((state, area), 0)
        if not number:
            return ""
        return Cell(str(number), url=f"{self.url(state=state, area=area)}#needs")

    def sections(self, some: Rows) -> list[Section]:
        """These needs under their States; `some` are a page of `rows`."""
        providers = self._providers(some)
        return [
            self._section(state, [needs_told.told(row, self.areas, providers) for row in rows])
            for state, rows in groupby(some, key=lambda row: str(row["state"]))
        ]

    def _section(self, state: str, told: list[needs_told.Told]) -> Section:
        body = self.states.get(state)
        name, url = (naming.body_name(body), naming.body_url(body)) if body else (state, "")
        return Section(state, name, url, told)

    def _providers(self, some: Rows) -> dict[str, str]:
        """The names of whom States named, for those who are told."""
        if not any(row.get("named") for row in some):
            return {}
        return {str(body.pk): naming.body_name(body) for body in mandate.providers()}

    def changes(self) -> Table:
        """What happened since the last issue, as far as the reader sees both."""
        found = [told for told in self.copy.changes.values() if self._wanted(told)]
        place = {code: n for n, code in enumerate(self.states)}
        ordered = sorted(found, key=lambda told: (place.get(told["state"], -1), told["area"]))
        return Table(
            "changes",
            _("Changes since the last issue"),
            [Column(_("State")), Column(_("Need")), Column(_("What happened"))],
            [self._change(told) for told in ordered],
            _("No change that you may see."),
            is_caption_hidden=True,
        )

    def _change(self, told: Mapping[str, Any]) -> Sequence[Cell | Text]:
        area = self.areas.get(told["area"], told["area"])
        return (
            self._state_cell(told["state"]) if told["state"] in self.states else told["state"],
            Cell.told(told["title"], naming.language(), note=area),
            Cell(_(words.CHANGE_WORDS[told["change"]]), tone="quiet"),
        )

    def files(self) -> list[File]:
        kept = f"?{urlencode(self.asked.kept)}" if self.asked.kept else ""
        number = self.copy.issue.number
        urls = {kind: reverse("matrix-file", args=[number, kind]) for kind in FILES}
        return [
            File(_(downloads.CALLED[kind]), f"{url}{kept}", kind.upper())
            for kind, url in urls.items()
        ]


def month_of(issue: "Issue") -> str:
    """For example "April 2025", in the reader's language."""
    locale = languages.locale(naming.language())
    return str(format_skeleton("yMMMM", issue.month, locale=locale))


def archive(
    issues: "Iterable[Issue]", hashes: Mapping[Any, str], kept: Mapping[str, str]
) -> Table:
    """The issues that went out, the latest first, with the hash of what this reader is served."""
    query = f"?{urlencode(kept)}" if kept else ""
    rows: list[Sequence[Cell | Text]] = [
        (
            Cell(month_of(issue), reverse("matrix-issue", args=[issue.number]) + query),
            issue.number,
            _issued(issue),
            Cell(hashes.get(issue.pk, _("not recorded"))),
        )
        for issue in issues
    ]
    columns = (
        Column(_("Month")),
        Column(_("Issue")),
        Column(_("Went out")),
        Column(_("Hash of your rendition (SHA-256)")),
    )
    return Table(
        "issues", _("Issues"), columns, rows, _("No issue has gone out yet."), is_stacked=True
    )


def _issued(issue: "Issue") -> Cell:
    if issue.issued_at is None:
        return Cell(_("not recorded"))
    day = dates.day(issue.issued_at.astimezone(NEW_YORK).date(), naming.language())
    return Cell(day, note=_("late") if issue.late else "")
