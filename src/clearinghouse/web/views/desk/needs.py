"""The needs a seat works on: a State its own, Experts all, others what is shared."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Role
from clearinghouse.needs import queries
from clearinghouse.needs.rules import CONSENT_WORDS, ENDED, STATUS_WORDS, Consent, Status
from clearinghouse.people.asking import Asking
from clearinghouse.search.rules import fold
from clearinghouse.submissions.rules.kinds import Kind
from clearinghouse.web import asked, naming
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.parts import Cell, Column, Filter, Item, Table
from clearinghouse.web.views.desk import answers
from clearinghouse.web.views.desk.submissions import beginnings

if TYPE_CHECKING:
    from collections.abc import Callable

SORTED = ("need", "subject", "status", "confirmed")
SERVING = (Role.EXPERT, Role.SECRETARIAT)


def index(request: Asking) -> HttpResponse:
    """By State in the alphabetical order of the language, and in it by subject."""
    words = Vocabulary()
    wanted = queries.Filter(
        state=asked.choice(request, "state", words.states),
        area=asked.choice(request, "area", words.areas),
    )
    order = asked.order(request, SORTED)
    rows = _sorted(_rows(request, wanted, words), order, words)
    shown, pager = asked.page_of(request, rows, answers.SIZE)
    context = {
        "table": _table(shown, words, order, own=own_alone(request)),
        "filters": [*_filters(request, wanted, words), *order.asked],
        "clear_url": reverse("desk-needs"),
        "pager": pager,
        "beginnings": _beginnings(request),
        "crumbs": answers.crumbs((_("Needs"), "")),
        "lede": _lede(request),
        "seen_by": _(
            "each by those its State has chosen; by the Experts and the secretariat, all."
        ),
    }
    return answers.page(request, "desk/needs.html", context)


def own_alone(request: Asking) -> bool:
    """A State that is no provider works on its own needs and no others."""
    actor = request.actor
    others = actor.holds(*SERVING, Role.MEMBER, Role.FOCAL_POINT) or actor.provider_bodies()
    return not others


def state_of(row: queries.Row) -> Cell:
    """Where a need stands, and the marks that go with it wherever it is shown."""
    status = Status(row.need.status)
    if row.need.contested:
        return Cell(_("contested"), tone="alert", note=_(STATUS_WORDS[status]))
    if status == Status.IDENTIFIED:
        return Cell(_("identified"), tone="waiting", note=_(STATUS_WORDS[status]))
    return Cell(_(STATUS_WORDS[status]), tone="quiet" if status in ENDED else "settled")


def _rows(request: Asking, wanted: queries.Filter, words: Vocabulary) -> list[queries.Row]:
    found = queries.needs_for(request.actor, wanted)
    if own_alone(request):
        found = found.filter(state__in=request.actor.bodies_as(Role.STATE))
    rows = queries.rows(found, request.actor)
    order = {code: n for n, code in enumerate(words.states)}
    areas = {code: n for n, code in enumerate(words.areas)}
    return sorted(
        rows,
        key=lambda r: (
            order.get(r.need.state.code, 0),
            areas.get(r.need.area.code, 0),
            fold(words.say(r.need.titles)),
            str(r.need.pk),
        ),
    )


def _sorted(rows: list[queries.Row], order: asked.Order, words: Vocabulary) -> list[queries.Row]:
    """As the reader asks; among equals, and where nothing is asked, in the list's own order."""
    areas = {code: n for n, code in enumerate(words.areas)}
    keys: dict[str, Callable[[queries.Row], Any]] = {
        "need": lambda r: fold(words.say(r.need.titles)),
        "subject": lambda r: areas.get(r.need.area.code, 0),
        "status": lambda r: _(STATUS_WORDS[Status(r.need.status)]),
        "confirmed": lambda r: r.need.last_confirmed or date.min,
    }
    key = keys.get(order.key)
    return sorted(rows, key=key, reverse=order.is_descending) if key else rows


def _table(rows: list[queries.Row], words: Vocabulary, order: asked.Order, *, own: bool) -> Table:
    """A State that sees its own needs alone is not told its name on every line."""
    columns = [
        Column(_("State")),
        order.column(_("Need"), "need"),
        order.column(_("Subject"), "subject"),
        order.column(_("Status"), "status"),
        Column(_("Who may see it")),
        order.column(_("Last confirmed"), "confirmed"),
    ]
    return Table(
        name="needs",
        caption=_("Needs"),
        columns=columns[1 if own else 0 :],
        rows=[_line(row, words)[1 if own else 0 :] for row in rows],
        empty=_("Blank: nothing you may see is recorded; it does not mean no need."),
        is_caption_hidden=True,
        is_stacked=True,
    )


def _line(row: queries.Row, words: Vocabulary) -> list[Any]:
    need = row.need
    seen = _(CONSENT_WORDS[Consent(need.consent)]) if row.whole else _("you, among others")
    return [
        naming.body_name(need.state),
        Cell.told(need.titles, words.language, url=reverse("desk-need", args=[need.pk])),
        words.areas[need.area.code],
        state_of(row),
        seen,
        answers.day(need.last_confirmed) or _("not recorded"),
    ]


def _filters(request: Asking, wanted: queries.Filter, words: Vocabulary) -> list[Filter]:
    areas = Filter(
        "area", _("Subject"), wanted.area, [("", _("All subjects")), *words.areas.items()]
    )
    if own_alone(request):
        return [areas]
    states = [("", _("All States")), *words.states.items()]
    return [Filter("state", _("State"), wanted.state, states), areas]


def _beginnings(request: Asking) -> list[Item]:
    own = reverse("desk-submission-new", args=[Kind.NEED.value])
    found = [item for item in beginnings(request) if item.url == own]
    if request.actor.holds(*SERVING):
        found.append(
            Item(_("Record a need that somebody else sees"), reverse("desk-need-identify"))
        )
    return found


def _lede(request: Asking) -> str:
    if request.actor.holds(*SERVING):
        return _("Every need that is recorded, whoever may see it.")
    if request.actor.holds(Role.STATE) and own_alone(request):
        return _("The needs recorded for your State: what others see, and what you may change.")
    return _("The needs that their States let you see.")
