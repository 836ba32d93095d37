"""A rendition as a document: cover note, States, details, regions, subjects, changes, legend."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date
from django.utils import translation
from django.utils.translation import gettext as _

from clearinghouse.circulars.queries import rendition, words
from clearinghouse.circulars.queries.on_paper import PaperTables
from clearinghouse.circulars.queries.rendition import Copy
from clearinghouse.circulars.queries.tables import Tables
from clearinghouse.documents import delimited, docx, html, pdf, xlsx
from clearinghouse.documents.model import (
    Block,
    Definitions,
    Document,
    Masthead,
    Notes,
    Paragraph,
    Section,
)
from clearinghouse.kernel import languages
from clearinghouse.kernel.calendar import NEW_YORK
from clearinghouse.kernel.canonical import canonical, digest
from clearinghouse.ledger import queries as ledger
from clearinghouse.mandate import queries as mandate
from clearinghouse.mandate.rules import GroupKind

OFFICE = "application/vnd.openxmlformats-officedocument."
XLSX, DOCX = f"{OFFICE}spreadsheetml.sheet", f"{OFFICE}wordprocessingml.document"
DETAIL = "needs"  # the table that the CSV is made of
KEPT = 24  # files of the last renditions asked for: one goes out with some hundred mails


def render(copy: Copy, kind: str, language: str) -> tuple[bytes, str]:
    """The file of a rendition and its content type. `kind`: html, xlsx, pdf, docx, csv or json.

    Raises KeyError for another kind. The JSON is the data that the hash is the hash of.
    """
    if kind not in COSTLY:
        return FORMATS[kind](copy, language)
    return _made(_Asked(_fingerprint(copy), kind, language, copy))


@dataclass(frozen=True)
class _Asked:
    """A file that is made once: two are the same if all that stands in them is the same."""

    fingerprint: str
    kind: str
    language: str
    copy: Copy = field(compare=False)


@lru_cache(maxsize=KEPT)
def _made(asked: _Asked) -> tuple[bytes, str]:
    return FORMATS[asked.kind](asked.copy, asked.language)


def _fingerprint(copy: Copy) -> str:
    """Of all that a document is made of: the rendition, and what its names are called today."""
    return digest([copy.digest, _names(ledger.head())])


@lru_cache(maxsize=1)
def _names(_head: tuple[int, str]) -> str:
    """Looked at again whenever a line has come to the record: nothing is renamed without one."""
    committee = mandate.committee()
    bodies = [(b.code, b.names, b.illustrative) for b in (*mandate.states(), *mandate.providers())]
    regions = [(str(g.pk), g.names, ids) for g, ids in mandate.groups(GroupKind.REGION).values()]
    return digest(
        {
            "committee": [committee.facts, committee.demonstration],
            "areas": [(area.code, area.title) for area in mandate.areas()],
            "bodies": bodies,
            "regions": [(key, names, [str(i) for i in ids]) for key, names, ids in regions],
        }
    )


def compose(copy: Copy, language: str) -> Document:
    """The whole document, in one language; what was written in another is marked as such."""
    with translation.override(language):
        tables = Tables(copy, language)
        return Document(
            masthead=_masthead(copy, language),
            labels=words.labels(),
            sections=(
                _cover(copy, language),
                _section("by-state", _("By State"), tables.by_state()),
                _section("in-detail", _("The needs in detail"), tables.detail()),
                _section("by-region", _("By region"), tables.by_region()),
                _section("by-subject", _("By subject"), tables.by_area()),
                _changes(copy, tables),
                _legend(tables),
            ),
        )


def compose_for_paper(copy: Copy, language: str) -> Document:
    """The same, for a sheet: numbers in place of the wide table, then State by State."""
    with translation.override(language):
        tables = PaperTables(copy, language)
        return Document(
            masthead=_masthead(copy, language),
            labels=words.labels(),
            sections=(
                _cover(copy, language),
                _section("overview", _("Overview"), *tables.overview()),
                _section("by-state", _("By State"), tables.detail()),
                _section("by-region", _("By region"), tables.by_region()),
                _section("by-subject", _("By subject"), tables.by_area()),
                _changes(copy, tables),
                _legend(tables),
            ),
        )


def _detail(copy: Copy, language: str) -> Document:
    """The one table that a CSV holds, under the same masthead."""
    with translation.override(language):
        detail = _section("in-detail", _("The needs in detail"), Tables(copy, language).detail())
        return Document(
            masthead=_masthead(copy, language), labels=words.labels(), sections=(detail,)
        )


def _html(copy: Copy, language: str) -> tuple[bytes, str]:
    return html.page(compose(copy, language), html.stylesheet()), "text/html; charset=utf-8"


def _xlsx(copy: Copy, language: str) -> tuple[bytes, str]:
    return xlsx.render(compose(copy, language)), XLSX


def _pdf(copy: Copy, language: str) -> tuple[bytes, str]:
    return pdf.render(compose_for_paper(copy, language)), "application/pdf"


def _docx(copy: Copy, language: str) -> tuple[bytes, str]:
    return docx.render(compose_for_paper(copy, language)), DOCX


def _csv(copy: Copy, language: str) -> tuple[bytes, str]:
    return delimited.render(_detail(copy, language), DETAIL), "text/csv; charset=utf-8"


def _json(copy: Copy, language: str) -> tuple[bytes, str]:
    """Language-neutral: every text stands in all the languages it was given in."""
    del language
    whole = {
        "hash": copy.hash,
        "reduced": copy.reduced,
        "draft": copy.draft,
        "rendition": rendition.content(copy),
    }
    return canonical(whole).encode(), "application/json"


FORMATS: dict[str, Callable[[Copy, str], tuple[bytes, str]]] = {
    "html": _html,
    "pdf": _pdf,
    "docx": _docx,
    "xlsx": _xlsx,
    "csv": _csv,
    "json": _json,
}
COSTLY = ("pdf", "docx", "xlsx")


def filename(copy: Copy, kind: str) -> str:
    """For example matrix-2026-11-public.xlsx; a body's rendition says so without naming it."""
    return f"matrix-{copy.issue.number}-{copy.audience.sight}.{kind}"


def _masthead(copy: Copy, language: str) -> Masthead:
    committee = mandate.committee()
    facts = committee.facts
    said = _said(language)
    month = copy.issue.month
    return Masthead(
        organ=said(facts.get("organ", {})),
        title=_("Matrix of needs"),
        subtitle=_month(month, language),
        symbol=facts.get("draft_symbol", "").format(year=month.year, month=f"{month:%m}"),
        distribution=words.distribution(copy.audience),
        date=_day(copy.issue.month, language),
        original_language=languages.BY_CODE["en"].name,
        language=language,
        direction=languages.direction(language),
        as_of=_moment(copy.issue.frozen_at, language),
        seen_by=words.seen_by(copy.audience),
        hash=copy.hash,
        notices=_notices(copy, demonstration=committee.demonstration),
        disclaimers=tuple(said(d) for d in facts.get("disclaimers", {}).get("matrix", [])),
        reminder=said(facts.get("human_rights_reminder", {})),
    )


def _said(language: str) -> Callable[[dict[str, str]], str]:
    return lambda texts: languages.pick(texts, language)[0]


def _notices(copy: Copy, *, demonstration: bool) -> tuple[str, ...]:
    facts = {
        _("Demonstration: the content about invented States and bodies is illustrative."): (
            demonstration
        ),
        _("Draft: not cleared, not issued; it shows the needs as they stand."): copy.draft,
        _("Issued late: it shows what was recorded at the time given above."): copy.issue.late,
        _("Reduced copy: content whose consent has since been narrowed is left out."): (
            copy.reduced
        ),
    }
    return tuple(text for text, holds in facts.items() if holds)


def _month(day: date, language: str) -> str:
    return str(format_date(day, "MMMM yyyy", locale=languages.locale(language)))


def _cover(copy: Copy, language: str) -> Section:
    issue = _(
        "This is the issue of the matrix of needs for the month given above, circulated on the"
        " first day of the month. It shows, for each State and subject, the assistance that is"
        " needed, as far as the reader of this rendition may see it."
    )
    count = _("Needs in this rendition"), len(copy.rows)
    last = date.fromisoformat(f"{copy.since}-01") if copy.since else None
    before = _month(last, language) if last else _("none before it")
    since = _("Compared with the issue"), before
    return Section(
        key="cover-note",
        title=_("Cover note"),
        blocks=(Paragraph(text=issue), Definitions(pairs=(count, since))),
    )


def _section(key: str, title: str, *blocks: Block) -> Section:
    return Section(key=key, title=title, blocks=blocks)


def _changes(copy: Copy, tables: Tables) -> Section:
    return _section("changes", _("Changes since the last issue"), tables.changes(copy.changes))


def _legend(tables: Tables) -> Section:
    blank = _said(tables.language)(mandate.committee().facts.get("blank_note", {}))
    notes = (blank, *words.legend()) if blank else words.legend()
    return _section("legend", _("Legend"), Notes(items=notes))


def _day(day: date, language: str) -> str:
    return str(format_date(day, "long", locale=languages.locale(language)))


def _moment(moment: datetime | None, language: str) -> str:
    """New York's time, said so."""
    if moment is None:
        return _("not frozen yet")
    there = moment.astimezone(NEW_YORK)
    return _("%(day)s, %(time)s New York") % {
        "day": _day(there.date(), language),
        "time": f"{there:%H:%M}",
    }
