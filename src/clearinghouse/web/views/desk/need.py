"""One need on the desk: who may see it, in words, and the steps open to the reader."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from clearinghouse.kernel.marking import N_
from clearinghouse.needs import actions, queries
from clearinghouse.needs.rules import (
    ENDED,
    ORIGIN_WORDS,
    Consent,
    Origin,
    Status,
    Step,
)
from clearinghouse.people.asking import Asking
from clearinghouse.submissions.rules.kinds import PRIORITIES
from clearinghouse.web import dates, fields_told, naming
from clearinghouse.web.forms.needs import ObservationForm, SharingForm
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.parts import Cell, Term
from clearinghouse.web.views.desk import answers
from clearinghouse.web.views.desk.needs import state_of

# Who sees a need, as whole sentences: each level says all of it, not what it adds.
AUDIENCES: dict[Consent, str] = {
    Consent.NONE: N_("The State itself, the Experts and the secretariat. Nobody else."),
    Consent.COMMITTEE: N_(
        "The State itself, the Experts, the secretariat and the members of the committee."
    ),
    Consent.NAMED: N_(
        "The State itself, the Experts, the secretariat, the members of the committee, and the"
        " providers it has named."
    ),
    Consent.PROVIDERS: N_(
        "The State itself, the Experts, the secretariat, the members of the committee, and every"
        " provider of assistance."
    ),
    Consent.PUBLIC: N_("Everybody: it stands in the public matrix."),
}
WITHIN = N_(
    "Its State has not confirmed it, so it does not leave the committee, whatever is chosen here."
)


def detail(request: Asking, pk: UUID) -> HttpResponse:
    return _show(request, queries.need_for(request.actor, pk))


def confirm(request: Asking, pk: UUID) -> HttpResponse:
    actions.confirm(_held(request, pk).need, by=request.actor, now=request.now)
    return answers.see("desk-need", pk, done="confirmed")


def withdraw(request: Asking, pk: UUID) -> HttpResponse:
    actions.withdraw(_held(request, pk).need, by=request.actor, now=request.now)
    return answers.see("desk-need", pk, done="withdrawn")


def share(request: Asking, pk: UUID) -> HttpResponse:
    """Widen or narrow, as the State chooses; the room tells whose hand each needs."""
    row = _held(request, pk)
    form = _sharing(request, row, Vocabulary(), posted=True)
    if not form.is_valid():
        return _show(request, row, sharing=form)
    actions.share(row.need, form.sharing(), by=request.actor, now=request.now)
    return answers.see("desk-need", pk, done="shared")


def observe(request: Asking, pk: UUID) -> HttpResponse:
    """The State's own words beside a need, and whether it contests it."""
    row = _held(request, pk)
    form = ObservationForm(Vocabulary(), request.POST)
    content = form.content()
    if found := form.faults(content, complete=True):
        form.take(found)
        return _show(request, row, observation=form)
    said, contested = content.get("observation", {}), form.cleaned_data["contested"]
    actions.observe(row.need, said, contested=contested, by=request.actor, now=request.now)
    return answers.see("desk-need", pk, done="observed")


def _held(request: Asking, pk: UUID) -> queries.Row:
    row = queries.need_for(request.actor, pk)
    answers.must_be_current(request, row.need)
    return row


def _sharing(
    request: Asking, row: queries.Row, words: Vocabulary, *, posted: bool = False
) -> SharingForm:
    now = actions.Sharing(consent=Consent(row.need.consent), providers=row.named)
    may_widen = Step.WIDEN in queries.steps_open_to(request.actor, row.need)
    return SharingForm(now, words, may_widen=may_widen, data=request.POST if posted else None)


def _show(
    request: Asking,
    row: queries.Row,
    *,
    sharing: SharingForm | None = None,
    observation: ObservationForm | None = None,
) -> HttpResponse:
    """The page; with the form that could not be accepted, where there is one."""
    need, words = row.need, Vocabulary()
    steps = queries.steps_open_to(request.actor, need)
    context = _said(row, words) | {"steps": {step.value for step in steps}}
    if Step.NARROW in steps:
        context["sharing_form"] = sharing or _sharing(request, row, words)
    if Step.OBSERVE in steps:
        initial = {"observation": need.observations, "contested": need.contested}
        context["observation_form"] = observation or ObservationForm(words, initial=initial)
    context |= {"sharing_open": bool(sharing), "observation_open": bool(observation)}
    status = 400 if sharing or observation else 200
    return answers.page(request, "desk/need.html", context, status=status)


def _said(row: queries.Row, words: Vocabulary) -> dict[str, Any]:
    need = row.need
    state, title = naming.body_name(need.state), words.say(need.titles)
    where = {"state": state, "area": words.areas[need.area.code]}
    status = Status(need.status)
    return {
        "need": need,
        "title": Cell.told(need.titles, words.language),
        "kicker": _("%(state)s · %(area)s") % where,
        "status": state_of(row),
        "is_identified": status == Status.IDENTIFIED,
        "is_over": status in ENDED,
        "audience": _audience_texts(row),
        "named": [name for _code, name in words.by_name(row.named)],
        "terms": _terms(row, words),
        "observations": fields_told.texts(need.observations, words.language),
        "crumbs": answers.crumbs((_("Needs"), "desk-needs"), (title, "")),
        "seen_by": " ".join(_(s) for s in _audience_texts(row)),
    }


def _audience_texts(row: queries.Row) -> list[str]:
    """Who may see it, for those who may know; the others learn no more than that they may."""
    if not row.whole:
        return [_("Those to whom its State has opened it, you among them.")]
    consent = Consent(row.need.consent)
    if row.need.status == Status.IDENTIFIED and consent != Consent.NONE:
        return [_(AUDIENCES[Consent.COMMITTEE]), _(WITHIN)]
    return [_(AUDIENCES[consent])]


def _terms(row: queries.Row, words: Vocabulary) -> list[Term]:
    need = row.need
    exactly = fields_told.texts(need.descriptions, words.language)
    paragraphs = [fields_told.obligation(ref, words) for ref in row.obligations]
    until = [dates.partial(need.needed_by, words.language)] if need.needed_by else []
    confirmed = answers.day(need.last_confirmed)
    terms = [
        Term(_("What exactly is needed"), exactly),
        Term(_("Paragraphs of the resolution"), paragraphs),
        Term(_("Counterpart"), [need.counterpart] if need.counterpart else []),
        Term(_("Rough cost"), [need.rough_cost] if need.rough_cost else []),
        Term(_("Needed by"), until),
        Term(_("Priority"), [_(PRIORITIES[str(need.priority)])]),
        Term(_("According to"), [_(ORIGIN_WORDS[Origin(need.origin)])]),
        Term(_("Status"), [state_of(row)]),
        Term(_("Recorded"), [answers.day(need.recorded_on)]),
        Term(_("Last confirmed"), [confirmed] if confirmed else []),
    ]
    if row.whole:
        place = Term(_("Place among the State's five"), [str(need.rank)] if need.rank else [])
        terms.insert(6, place)
    return terms
