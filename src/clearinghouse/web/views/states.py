"""The States: by name or by group, and what is public or shared with this reader about each."""

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.errors import Unseen
from clearinghouse.documents import pdf
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.mandate import queries as mandate
from clearinghouse.mandate.rules import GroupKind
from clearinghouse.needs import queries as needs
from clearinghouse.people.asking import Asking
from clearinghouse.search.rules import fold
from clearinghouse.web import asked, dates, naming, needs_told, trail, wording
from clearinghouse.web import state_sheet as sheet
from clearinghouse.web.pages import page
from clearinghouse.web.parts import Cell, Column, Filter, Item, Table, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearinghouse.mandate.models import Body

SHOWN = 200  # needs on one State's page; the matrix lists them all


def states(request: Asking) -> HttpResponse:
    """All States by name, under the groups of one kind where that is asked for."""
    words, by = asked.words(request), asked.choice(request, "by", list(GroupKind))
    every = naming.alphabetical(mandate.states())
    found = [s for s in every if all(w in fold(naming.say(s.names)) for w in fold(words).split())]
    context = {
        "parts": _grouped(found, by) if by else [("", _items(found))],
        "filters": [Filter("q", _("Name"), words), _by(by)],
        "nothing": not found,
        "clear_url": reverse("states"),
        "seen_by": _("Everybody."),
    }
    return page(request, "states/list.html", context)


def state(request: Asking, code: str) -> HttpResponse:
    """Groups, memberships with their source, and the needs this reader may see."""
    return page(request, "states/state.html", _told(request, code))


def state_print(request: Asking, code: str) -> HttpResponse:
    """The same, laid out for paper: no navigation, the day it was printed."""
    day = {"printed": dates.day(day_in_new_york(request.now), naming.language())}
    return page(request, "states/sheet.html", _told(request, code) | day)


def state_sheet(request: Asking, code: str) -> HttpResponse:
    """The same as a PDF, on one page where it fits."""
    told = _told(request, code)
    day = dates.day(day_in_new_york(request.now), naming.language())
    document = sheet.compose(told["state"], told["terms"], told["needs"], day)
    name = f"state-{told['state'].code.lower()}.pdf"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(pdf.render(document), content_type="application/pdf", headers=disposition)


def _told(request: Asking, code: str) -> dict[str, Any]:
    """What a page about one State shows. Raises Unseen for what is none."""
    found = mandate.body(code)
    if not found.is_state:
        raise Unseen("no such State")
    asking = needs.Filter(state=found.code)
    rows = needs.rows(needs.needs_for(request.actor, asking)[:SHOWN], request.actor)
    areas = {a.code: naming.say(a.title) for a in mandate.areas()}
    providers = {str(b.pk): naming.body_name(b) for row in rows for b in row.named}
    return {
        "state": found,
        "title": naming.say(found.names),
        "trail": trail.to("states", _("States"), naming.say(found.names)),
        "terms": _terms(found),
        "needs": [needs_told.told(needs_told.live(row), areas, providers) for row in rows],
        "memberships": _memberships(found),
        "matrix_url": f"{reverse('matrix')}?state={found.code}",
        "seen_by": _(
            "The facts: everybody. The needs: as the State has consented to for each;"
            " you see those that are open to you."
        ),
    }


def _by(by: str) -> Filter:
    labels = [(kind.value, _(wording.GROUP_KINDS[kind])) for kind in GroupKind]
    return Filter("by", _("Grouped by"), by, [("", _("Name alone")), *labels])


def _items(some: "Iterable[Body]") -> list[Item]:
    return [Item(naming.body_name(s), naming.body_url(s)) for s in some]


def _grouped(found: "Sequence[Body]", kind: str) -> list[tuple[str, list[Item]]]:
    """A State may stand in two groups of a kind, or in none: then it comes last."""
    groups = mandate.groups(GroupKind(kind)).values()
    parts = [
        (naming.say(group.names), _items([s for s in found if s.pk in set(ids)]))
        for group, ids in groups
    ]
    grouped = {pk for _group, ids in groups for pk in ids}
    rest = _items([s for s in found if s.pk not in grouped])
    named = sorted((p for p in parts if p[1]), key=lambda part: fold(part[0]))
    return [*named, (_("In none of these groups"), rest)] if rest else named


def _terms(found: "Body") -> list[Term]:
    by_kind: dict[str, list[Cell]] = {}
    notes = {found.note: None} if found.note else {}
    for member in mandate.groups_of(found):
        by_kind.setdefault(member.group.kind, []).append(Cell(naming.say(member.group.names)))
        notes |= {member.note: None} if member.note else {}
    groups = [
        Term(_(wording.GROUP_KINDS[kind]), by_kind[kind]) for kind in GroupKind if kind in by_kind
    ]
    codes = ", ".join(c for c in (found.code, found.iso3) if c)
    # Of an invented State the page says so above; a note would say it again.
    note = [Term(_("Note"), list(notes))] if notes and not found.illustrative else []
    return [*groups, Term(_("Codes (ISO 3166-1)"), (codes,)), *note]


def _memberships(found: "Body") -> Table:
    of = mandate.memberships_of(found)
    ordered = sorted(of, key=lambda m: fold(naming.say(m.organisation.names)))
    rows: list[Any] = [
        (
            naming.body_cell(m.organisation),
            Cell(_(wording.MEMBER_ROLE.get(m.role, m.role)), note=naming.term_of(m)),
            Cell(m.source, note=_as_of(m.as_of)),
        )
        for m in ordered
    ]
    columns = (
        Column(_("Organisation")),
        Column(_("Role")),
        Column(_("According to")),
    )
    empty = _("not recorded")
    return Table("memberships", _("Memberships"), columns, rows, empty, is_caption_hidden=True)


def _as_of(text: str) -> str:
    return _("as of %(date)s") % {"date": dates.partial(text, naming.language())}
