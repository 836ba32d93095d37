"""The register of global standards: as a list, by obligation, each on a page of its own."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.kernel import languages
from clearinghouse.mandate import queries as mandate
from clearinghouse.people.asking import Asking
from clearinghouse.standards import queries
from clearinghouse.standards.rules import LegalNature, Status
from clearinghouse.submissions.rules.kinds import LEGAL_NATURES
from clearinghouse.web import asked, dates, naming, trail
from clearinghouse.web.pages import page
from clearinghouse.web.parts import Card, Cell, Column, Filter, Table, Term, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearinghouse.mandate.models import Area, Body, Obligation
    from clearinghouse.standards.models import Bearing, Standard

SHOWN_PER_PARAGRAPH = 100


def standards(request: Asking) -> HttpResponse:
    """Twenty entries a page, in the order of their titles."""
    narrowed, filters = _narrowed(request)
    some, pager = asked.page_of(request, queries.register(request.actor, narrowed))
    context = {
        "cards": [_card(entry) for entry in queries.entries(some, narrowed.as_of)],
        "pager": pager,
        "filters": filters,
        "as_of": narrowed.as_of,
        "clear_url": reverse("standards"),
        "seen_by": _("Everybody."),
    }
    return page(request, "standards/list.html", context)


def by_obligation(request: Asking) -> HttpResponse:
    """Every paragraph with the standards that bear on it, and where in them it is borne on."""
    narrowed, filters = _narrowed(request)
    found = queries.by_obligation(request.actor, narrowed)
    wanted = narrowed.obligation
    context = {
        "paragraphs": [_paragraph(o, rows) for o, rows in found if wanted in ("", o.ref)],
        "filters": filters,
        "as_of": narrowed.as_of,
        "clear_url": reverse("standards-by-obligation"),
        "seen_by": _("Everybody."),
    }
    return page(request, "standards/by_obligation.html", context)


def instruments(request: Asking) -> HttpResponse:
    """The universal instruments, all of them or those of the years up to a day's."""
    as_of = asked.day(request)
    found = queries.instruments(as_of)
    rows: list[Sequence[Cell | Text]] = [
        (
            Cell(naming.say(i.title)),
            str(i.number),
            str(i.year),
            Cell(
                i.depositary or _("not recorded"),
                note="" if i.depositary_verified else _("not yet checked in a source"),
            ),
        )
        for i in found
    ]
    columns = (
        Column(_("Instrument")),
        Column(_("No."), "number"),
        Column(_("Year"), "number"),
        Column(_("Depositary")),
    )
    context = {
        "table": Table("instruments", _("Universal instruments"), columns, rows, _("None.")),
        "count": len(rows),
        "as_of": as_of,
        "filters": [_as_of(as_of)],
        "clear_url": reverse("instruments"),
        "seen_by": _("Everybody."),
    }
    return page(request, "standards/instruments.html", context)


def standard(request: Asking, code: str) -> HttpResponse:
    """All that is recorded of one entry; of a withdrawn one, when and why it was withdrawn."""
    entry = queries.standard_for(request.actor, code)
    found = entry.standard
    withdrawn = found.status == Status.WITHDRAWN
    context: dict[str, Any] = {
        "standard": found,
        "title": naming.say(found.titles),
        "trail": trail.to("standards", _("Standards"), naming.say(found.titles)),
        "organisation": naming.body_name(found.organisation),
        "withdrawn": withdrawn,
        "stale": found.status == Status.STALE,
        "seen_by": _("Everybody."),
    }
    if not withdrawn:
        context |= {
            "summary": found.summaries,
            "terms": _terms(entry),
            "editions": _editions(entry),
            "bearings": _bearings(entry),
        }
    return page(request, "standards/standard.html", context)


def _narrowed(request: Asking) -> tuple[queries.Filter, list[Filter]]:
    """What the reader asked of the register, and the questions with their answers."""
    paragraphs, areas = mandate.obligations(), mandate.areas()
    owners = naming.alphabetical(queries.owners(request.actor))
    narrowed = queries.Filter(
        text=asked.words(request),
        obligation=asked.choice(request, "obligation", [o.ref for o in paragraphs]),
        organisation=asked.choice(request, "organisation", [b.code for b in owners]),
        area=asked.choice(request, "area", [a.code for a in areas]),
        legal_nature=asked.choice(request, "nature", list(LegalNature)),
        as_of=asked.day(request),
    )
    return narrowed, _questions(narrowed, paragraphs, areas, owners)


def _questions(
    narrowed: queries.Filter,
    paragraphs: "list[Obligation]",
    areas: "list[Area]",
    owners: "list[Body]",
) -> list[Filter]:
    natures = sorted((_(label), str(value)) for value, label in LEGAL_NATURES.items())
    return [
        Filter("q", _("Words of the title"), narrowed.text),
        Filter(
            "obligation",
            _("Paragraph of the resolution"),
            narrowed.obligation,
            [("", _("All")), *((o.ref, f"{o.ref} {naming.say(o.title)}") for o in paragraphs)],
        ),
        Filter(
            "organisation",
            _("Organisation"),
            narrowed.organisation,
            [("", _("All")), *((b.code, naming.say(b.names)) for b in owners)],
        ),
        Filter(
            "area",
            _("Subject"),
            narrowed.area,
            [("", _("All")), *((a.code, naming.say(a.title)) for a in areas)],
        ),
        Filter(
            "nature",
            _("What it is in law"),
            narrowed.legal_nature,
            [("", _("All")), *((value, label) for label, value in natures)],
        ),
        _as_of(narrowed.as_of),
    ]


def _as_of(day: date | None) -> Filter:
    return Filter("as_of", _("As of"), day.isoformat() if day else "", kind="date")


def _nature(found: "Standard") -> str:
    return _(LEGAL_NATURES[LegalNature(found.legal_nature)])


def _issued(entry: queries.Entry) -> str:
    issued = entry.edition.issued if entry.edition else ""
    return dates.partial(issued, naming.language()) if issued else _("date not recorded")


def _stale(found: "Standard") -> Cell | None:
    stale = found.status == Status.STALE
    return Cell(_("not confirmed for a year"), tone="waiting") if stale else None


def _card(entry: queries.Entry) -> Card:
    found = entry.standard
    refs = list(dict.fromkeys(b.obligation.ref for b in entry.bearings))
    facts = [naming.body_name(found.organisation), _nature(found), _issued(entry)]
    if refs:
        facts.append(_("bears on %(paragraphs)s") % {"paragraphs": ", ".join(refs)})
    url = reverse("standard", args=[found.code])
    title = Cell.told(found.titles, naming.language(), url=url)
    return Card(title, naming.say(found.summaries), facts, _stale(found))


def _paragraph(
    obligation: "Obligation", rows: "list[tuple[queries.Entry, Bearing]]"
) -> dict[str, Any]:
    """A paragraph's heading and table; where the list is long, its rest is one link away."""
    lines: list[Sequence[Cell | Text]] = [
        (_line(entry), bearing.pinpoint or _not_recorded())
        for entry, bearing in rows[:SHOWN_PER_PARAGRAPH]
    ]
    anchor = obligation.ref.replace("(", "-").replace(")", "")
    columns = (Column(_("Standard")), Column(_("Where in it")))
    caption = _("Standards bearing on paragraph %(ref)s") % {"ref": obligation.ref}
    empty = _("No standard is listed for this paragraph.")
    return {
        "ref": obligation.ref,
        "anchor": f"paragraph-{anchor}",
        "title": obligation.title,
        "table": Table(anchor, caption, columns, lines, empty, is_caption_hidden=True),
        "more": len(rows) - len(lines),
    }


def _not_recorded() -> Cell:
    return Cell("", note=_("not recorded"))


def _line(entry: queries.Entry) -> Cell:
    found = entry.standard
    note = " · ".join((naming.body_name(found.organisation), _nature(found), _issued(entry)))
    url = reverse("standard", args=[found.code])
    return Cell.told(found.titles, naming.language(), url=url, note=note)


def _link(address: str) -> tuple[Cell, ...]:
    """An address as a link; a source that is no address as it stands; nothing for nothing."""
    is_link = address.startswith(("https://", "http://"))
    return (Cell(address, url=address if is_link else ""),) if address else ()


def _terms(entry: queries.Entry) -> list[Term]:
    found = entry.standard
    language = naming.language()
    spoken = ", ".join(
        languages.BY_CODE[c].name for c in found.languages if c in languages.BY_CODE
    )
    confirmed = (dates.day(found.last_confirmed, language),) if found.last_confirmed else ()
    checked = _("yes, in the source named here") if found.verified else _("not yet")
    rights = (Cell.told(found.human_rights, language),) if found.human_rights else ()
    return [
        Term(_("Issued by"), (naming.body_cell(found.organisation),)),
        Term(_("What it is in law"), (_nature(found),)),
        Term(_("Text"), _link(found.url)),
        Term(_("Languages"), (spoken,) if spoken else ()),
        Term(_("Compatibility with human rights, in the originator's words"), rights),
        Term(_("Last confirmed by the organisation"), confirmed),
        Term(_("Listed here since"), (dates.day(found.listed_on, language),)),
        Term(_("Source"), _link(found.source)),
        Term(_("Date and title checked"), (checked,)),
        Term(_("Cite as"), (Cell(found.code),)),
    ]


def _editions(entry: queries.Entry) -> Table:
    language = naming.language()
    rows: list[Sequence[Cell | Text]] = [
        (
            e.label or _("Edition without a name"),
            dates.partial(e.issued, language) if e.issued else _not_recorded(),
        )
        for e in entry.editions
    ]
    columns = (Column(_("Edition")), Column(_("Date")))
    return Table("editions", _("Editions"), columns, rows, _("not recorded"))


def _bearings(entry: queries.Entry) -> Table:
    url = reverse("standards-by-obligation")
    rows: list[Sequence[Cell | Text]] = [
        (
            Cell(b.obligation.ref, f"{url}?obligation={b.obligation.ref}"),
            Cell.told(b.obligation.title, naming.language()),
            b.pinpoint or _not_recorded(),
        )
        for b in entry.bearings
    ]
    columns = (Column(_("Paragraph")), Column(_("In short")), Column(_("Where in the standard")))
    caption = _("Paragraphs of the resolution on which it bears")
    return Table("bearings", caption, columns, rows, _("not recorded"))
