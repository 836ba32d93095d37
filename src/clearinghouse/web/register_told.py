"""The register laid out for a page: its questions, its lines, and the facts of one entry."""

from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.kernel import languages
from clearinghouse.search.rules import fold
from clearinghouse.standards import queries
from clearinghouse.standards.rules import LegalNature, Status
from clearinghouse.submissions.rules.kinds import LEGAL_NATURES
from clearinghouse.submissions.rules.kinds.recurring import CHECKLIST
from clearinghouse.web import dates, naming
from clearinghouse.web.fields_told import values
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.parts import Card, Cell, Column, Filter, Table, Term, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from clearinghouse.mandate.models import Area, Obligation
    from clearinghouse.standards.models import Bearing, Instrument

    Options = Iterable[tuple[str, str]]

SHOWN_PER_PARAGRAPH = 100


def questions(
    narrowed: queries.Filter,
    paragraphs: "list[Obligation]",
    areas: "list[Area]",
    owners: "Mapping[str, str]",
) -> list[Filter]:
    """What the register can be narrowed by, with the reader's answers."""
    said = naming.speaker()
    refs = [(o.ref, f"{naming.reference(o.ref)} {said(o.title)}") for o in paragraphs]
    subjects = [(a.code, said(a.title)) for a in areas]
    natures = _by_label((str(value), _(label)) for value, label in LEGAL_NATURES.items())
    bodies = _by_label(owners.items())
    return [
        Filter("q", _("Words of the title"), narrowed.text),
        _choice("obligation", _("Paragraph of the resolution"), narrowed.obligation, refs),
        _choice("organisation", _("Organisation"), narrowed.organisation, bodies),
        _choice("area", _("Subject"), narrowed.area, subjects),
        _choice("nature", _("What it is in law"), narrowed.legal_nature, natures),
        as_of(narrowed.as_of),
    ]


def as_of(day: date | None) -> Filter:
    return Filter("as_of", _("As of"), day.isoformat() if day else "", kind="date")


def instruments(found: "list[Instrument]") -> Table:
    rows: list[Sequence[Cell | Text]] = [
        (naming.say(i.title), str(i.number), str(i.year), _depositary(i)) for i in found
    ]
    columns = (
        Column(_("Instrument")),
        Column(_("No."), "number"),
        Column(_("Year"), "number"),
        Column(_("Depositary")),
    )
    empty = _("None had been concluded by then.")
    caption = _("Universal instruments")
    return Table("instruments", caption, columns, rows, empty, is_caption_hidden=True)


def _depositary(instrument: "Instrument") -> Cell:
    note = "" if instrument.depositary_verified else _("not yet checked in a source")
    return Cell(instrument.depositary or _("not recorded"), note=note)


def _choice(name: str, label: str, value: str, options: "Options") -> Filter:
    return Filter(name, label, value, [("", _("All")), *options])


def _by_label(options: "Options") -> list[tuple[str, str]]:
    return sorted(options, key=lambda option: fold(option[1]))


def _nature(legal_nature: str) -> str:
    return _(LEGAL_NATURES[LegalNature(legal_nature)])


def _issued(editions: "Sequence[str]") -> str:
    """The date of the latest edition."""
    issued = editions[-1] if editions else ""
    return dates.partial(issued, naming.language()) if issued else _("date not recorded")


def card(found: queries.Facts) -> Card:
    columns = found.columns
    refs = ", ".join(dict.fromkeys(ref for ref, _where in found.bearings))
    facts = (
        naming.illustrative(columns["organisation__names"], columns["organisation__illustrative"]),
        _nature(columns["legal_nature"]),
        _issued([issued for _label, issued in found.editions]),
        *(
            (_("bears on %(paragraphs)s") % {"paragraphs": naming.reference(refs)},)
            if refs
            else ()
        ),
    )
    url = reverse("standard", args=[columns["code"]])
    stale = Cell(_("not confirmed for a year"), tone="waiting")
    return Card(
        Cell.told(columns["titles"], naming.language(), url=url),
        naming.say(columns["summaries"]),
        facts,
        stale if columns["status"] == Status.STALE else None,
    )


def paragraph(
    obligation: "Obligation", rows: "list[tuple[queries.Entry, Bearing]]"
) -> dict[str, Any]:
    """A paragraph's heading and table; where the list is long, its rest is one link away."""
    lines: list[Sequence[Cell | Text]] = [
        (_line(entry), bearing.pinpoint or _not_recorded())
        for entry, bearing in rows[:SHOWN_PER_PARAGRAPH]
    ]
    anchor = obligation.ref.replace("(", "-").replace(")", "")
    columns = (Column(_("Standard")), Column(_("Where in the standard")))
    caption = _("Standards bearing on paragraph %(ref)s") % {
        "ref": naming.reference(obligation.ref)
    }
    empty = _("No standard is listed for this paragraph.")
    return {
        "ref": naming.reference(obligation.ref),
        "url": f"{reverse('standards')}?{_asking(obligation.ref)}",
        "anchor": f"paragraph-{anchor}",
        "title": obligation.title,
        "table": Table(anchor, caption, columns, lines, empty, is_caption_hidden=True),
        "more": len(rows) - len(lines),
    }


def _not_recorded() -> Cell:
    return Cell("", note=_("not recorded"))


def _line(entry: queries.Entry) -> Cell:
    found = entry.standard
    issued = _issued([edition.issued for edition in entry.editions])
    facts = naming.body_name(found.organisation), _nature(found.legal_nature), issued
    note = " · ".join(facts)
    url = reverse("standard", args=[found.code])
    return Cell.told(found.titles, naming.language(), url=url, note=note)


def _link(address: str) -> tuple[Cell, ...]:
    """An address as a link; a source that is no address as it stands; nothing for nothing."""
    is_link = address.startswith(("https://", "http://"))
    return (Cell(address, url=address if is_link else ""),) if address else ()


def terms(entry: queries.Entry) -> list[Term]:
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
        Term(_("What it is in law"), (_nature(found.legal_nature),)),
        Term(_("Text"), _link(found.url)),
        Term(_("Languages"), (spoken,) if spoken else ()),
        Term(_("Compatibility with human rights, in the originator's words"), rights),
        Term(_(CHECKLIST.label), values(CHECKLIST, found.human_rights_check, Vocabulary())),
        Term(_("Last confirmed by the organisation"), confirmed),
        Term(_("Listed here since"), (dates.day(found.listed_on, language),)),
        Term(_("Source"), _link(found.source)),
        Term(_("Date and title checked"), (checked,)),
        Term(_("Cite as"), (Cell(found.code),)),
    ]


def _asking(ref: str) -> str:
    return urlencode({"obligation": ref})


def editions(entry: queries.Entry) -> Table:
    language = naming.language()
    rows: list[Sequence[Cell | Text]] = [
        (
            dates.partial(e.issued, language) if e.issued else _("date not recorded"),
            e.label or _not_recorded(),
        )
        for e in entry.editions
    ]
    columns = (Column(_("Date")), Column(_("Edition")))
    empty = _("not recorded")
    return Table("editions", _("Editions"), columns, rows, empty, is_caption_hidden=True)


def bearings(entry: queries.Entry) -> Table:
    url = reverse("standards-by-obligation")
    rows: list[Sequence[Cell | Text]] = [
        (
            Cell(
                naming.reference(b.obligation.ref),
                f"{url}?{_asking(b.obligation.ref)}",
                note=naming.say(b.obligation.title),
            ),
            b.pinpoint or _not_recorded(),
        )
        for b in entry.bearings
    ]
    columns = (Column(_("Paragraph")), Column(_("Where in the standard")))
    caption = _("Paragraphs of the resolution on which it bears")
    return Table("bearings", caption, columns, rows, _("not recorded"), is_caption_hidden=True)
