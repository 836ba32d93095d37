"""The register of letters, as far as the reader may see it: searched, narrowed, by the page."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Role
from clearinghouse.letters.queries import letters as queries
from clearinghouse.letters.queries.words import FORMS
from clearinghouse.people.asking import Asking
from clearinghouse.web import asked, letters_told
from clearinghouse.web.parts import Cell, Column, Filter, Item, Table
from clearinghouse.web.views.desk import answers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clearinghouse.letters.models import Letter


def index(request: Asking) -> HttpResponse:
    """What has no number yet comes first, then the latest number."""
    years = [str(year) for year in queries.years(request.actor)]
    order = asked.order(request, queries.SORTED)
    wanted = queries.Filter(
        text=asked.words(request),
        state=asked.choice(request, "state", letters_told.STATES),
        form=asked.choice(request, "form", FORMS),
        purpose=asked.choice(request, "purpose", letters_told.PURPOSES),
        year=asked.choice(request, "year", years),
        sort=order.key,
        is_descending=order.is_descending,
    )
    found = queries.register(request.actor, wanted)
    shown, pager = asked.page_of(request, found, answers.SIZE)
    office = request.actor.holds(Role.SECRETARIAT)
    context = {
        "table": replace(table(list(shown)), columns=_sortable(order)),
        "filters": [*_filters(wanted, years), *order.asked],
        "clear_url": reverse("desk-letters"),
        "pager": pager,
        "beginnings": _beginnings() if office else [],
        "lede": _lede(request),
        "crumbs": answers.crumbs((_("Letters"), "")),
        "seen_by": _(letters_told.SEEN_BY),
    }
    return answers.page(request, "desk/letters.html", context)


def _sortable(order: asked.Order) -> list[Column]:
    """The headings of the register; it is not sorted by names, which differ by language."""
    keys = ("reference", "", "form", "purpose", "", "sent")
    return [order.column(label, key) for label, key in zip(_labels(), keys, strict=True)]


def _labels() -> tuple[str, ...]:
    return (_("Reference"), _("To"), _("Form"), _("Purpose"), _("Where it stands"), _("Sent"))


def table(letters: "Iterable[Letter]", name: str = "letters", caption: str = "") -> Table:
    return Table(
        name=name,
        caption=caption or _("Letters"),
        columns=[Column(label) for label in _labels()],
        rows=[_line(letter) for letter in letters],
        empty=_("There is no letter that you may see."),
        is_caption_hidden=True,
        is_stacked=True,
    )


def _line(letter: "Letter") -> list[Any]:
    purposes = {p.value: label for p, label in letters_told.PURPOSES.items()}
    return [
        Cell(
            letters_told.title(letter),
            url=reverse("desk-letter", args=[letter.pk]),
            note=answers.day(letter.dated),
        ),
        letters_told.body(letter),
        letters_told.form(letter),
        _(purposes[letter.purpose]),
        letters_told.state(letter),
        Cell(answers.day(letter.sent_on), note=letters_told.means(letter)),
    ]


def _lede(request: Asking) -> str:
    if request.actor.holds(Role.SECRETARIAT, Role.EXPERT):
        return _(
            "Every note verbale and letter, with its number, where it stands, and the replies."
        )
    if request.actor.holds(Role.MEMBER):
        return _("Letters that wait for the Chair's signature, and those that bear it.")
    return _("What the committee has sent you, and your replies as they were filed.")


def _beginnings() -> list[Item]:
    return [
        Item(_("Write one"), reverse("desk-letter-new")),
        Item(_("Write to several"), reverse("desk-letters-bulk")),
        Item(_("The day's run"), reverse("desk-letters-run")),
    ]


def _filters(wanted: queries.Filter, years: list[str]) -> list[Filter]:
    states = [(s.value, _(label)) for s, (label, _tone) in letters_told.STATES.items()]
    forms = [(f.value, _(label)) for f, label in FORMS.items()]
    purposes = [(p.value, _(label)) for p, label in letters_told.PURPOSES.items()]
    hint = _("Words of a reference or a subject, or a code such as XA.")
    return [
        Filter("q", _("Search"), wanted.text, hint=hint),
        Filter("state", _("Where it stands"), wanted.state, [("", _("All")), *states]),
        Filter("form", _("Form"), wanted.form, [("", _("All")), *forms]),
        Filter("purpose", _("Purpose"), wanted.purpose, [("", _("All")), *purposes]),
        Filter("year", _("Year"), wanted.year, [("", _("All")), *((y, y) for y in years)]),
    ]
