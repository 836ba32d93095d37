"""Puts an accepted answer into effect through the rooms' own actions, on the instrument named."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Invalid
from clearinghouse.intake.models import Item
from clearinghouse.intake.queries import Answer
from clearinghouse.intake.rules.replies import Do, code_of
from clearinghouse.kernel.marking import N_
from clearinghouse.mandate.models import Area, Body, State
from clearinghouse.needs import actions as needs
from clearinghouse.needs import queries as of_needs
from clearinghouse.needs.rules import Consent
from clearinghouse.submissions import actions as submissions
from clearinghouse.submissions.actions.listing import need_wording
from clearinghouse.submissions.queries import known, listed_of
from clearinghouse.submissions.rules import fields
from clearinghouse.submissions.rules.kinds import DEFINITIONS, NEED, Kind, across
from clearinghouse.submissions.rules.workflow import ANNOUNCED

SHARING = frozenset({"consent", "providers"})
ALONE = frozenset({"observation"})
GONE = N_("The need has ended since, or belongs to another State.")

CONFIRMED, CHANGED = N_("confirmed"), N_("changed")
SHARED, OBSERVED = N_("seen by others than before"), N_("observation recorded")
WITHDRAWN, WRITTEN = N_("withdrawn"), N_("newly recorded")
LEFT_OUT = N_("not recorded: left out by the secretariat")
HANDED_IN = N_("handed in, and to be reviewed")

Told = list[list[str]]  # which thing, and what became of it


def left_out(answer: Answer) -> Told:
    """What the secretariat did not take is told to the sender as that."""
    return [[code_of(answer.entry) if answer.entry else answer.place, LEFT_OUT]]


def apply(item: Item, answer: Answer, *, by: Actor, now: datetime) -> Told:
    """Raises Invalid, naming the place and the field, where it cannot be recorded."""
    if answer.gone:
        raise Invalid({answer.place: [_(GONE)]})
    if answer.kind != Kind.NEED:
        return _contribution(item, answer, by=by, now=now)
    if not answer.entry:
        return _new_need(item, answer, by=by, now=now)
    return _need(item, answer, by=by, now=now)


def _need(item: Item, answer: Answer, *, by: Actor, now: datetime) -> Told:
    row = next(r for r in of_needs.own_rows(item.body_id) if str(r.need.pk) == answer.entry)
    need, code = row.need, code_of(answer.entry)
    if answer.do == Do.WITHDRAW:
        needs.withdraw(need, on_instrument=True, by=by, now=now)
        return [[code, WITHDRAWN]]
    whole = _whole(answer)
    told: Told = []
    changed = {name for name, _now, _said_ in answer.differences}
    if changed - SHARING - ALONE:
        needs.revise(need, need_wording(whole), on_instrument=True, by=by, now=now)
        told.append([code, CHANGED])
    if changed & SHARING:
        needs.share(need, _sharing(whole), on_instrument=True, by=by, now=now)
        told.append([code, SHARED])
    if changed & ALONE:
        words, contested = answer.content["observation"], need.contested
        needs.observe(need, words, contested=contested, on_instrument=True, by=by, now=now)
        told.append([code, OBSERVED])
    if answer.do == Do.CONFIRM:
        needs.confirm(need, on_instrument=True, by=by, now=now)
        told.append([code, CONFIRMED])
    return told


def _whole(answer: Answer) -> dict[str, Any]:
    """The need as it will be; checked as a whole, so that nothing half said is recorded."""
    whole = {**answer.now, **answer.content}
    if whole.get("consent") != Consent.NAMED:
        whole["providers"] = []
    kept = {n: v for n, v in whole.items() if n not in ALONE and not fields.empty(v)}
    found = [*fields.check(NEED.fields, kept, known()), *across(Kind.NEED, kept)]
    if answer.entry:  # what is recorded already is not asked for again
        found = [f for f in found if f.field in answer.content]
    if found:
        raise Invalid(_said(answer, found))
    return {"title": {}, "description": {}} | kept


def _said(answer: Answer, found: list[fields.Fault]) -> dict[str, list[str]]:
    """By place and field, in the language of whoever accepts it."""
    labels = {f.name: _(f.label) for f in NEED.fields}
    return {
        f"{answer.place}, {labels.get(f.field, f.field)}": [_(f.message) % dict(f.values)]
        for f in found
    }


def _sharing(content: Mapping[str, Any]) -> needs.Sharing:
    providers = list(Body.objects.filter(code__in=content.get("providers", [])))
    return needs.Sharing(consent=Consent(content["consent"]), providers=providers)


def _new_need(item: Item, answer: Answer, *, by: Actor, now: datetime) -> Told:
    whole = _whole(answer)
    area = Area.objects.get(code=whole["area"])
    place = needs.Place(State.objects.get(code=item.body.code if item.body else ""), area)
    said = need_wording(whole)
    made = needs.write(place, said, _sharing(whole), on_instrument=True, by=by, now=now)
    return [[code_of(str(made.pk)), WRITTEN]]


def _contribution(item: Item, answer: Answer, *, by: Actor, now: datetime) -> Told:
    """A contribution of its body, drafted by the secretariat on its behalf and handed in."""
    body = item.body
    if body is None:
        raise Invalid({"body": [_(GONE)]})
    listed = next((s for s in listed_of(body, answer.kind) if s.entry == answer.entry), None)
    paper = item.instrument
    if answer.entry and listed is None:
        raise Invalid({answer.place: [_(GONE)]})
    if listed:
        made = submissions.revise_on_behalf(
            listed, {**listed.content, **answer.content}, instrument=paper, by=by, now=now
        )
    else:
        made = submissions.draft(
            answer.kind, body, answer.content, instrument=paper, by=by, now=now
        )
    if DEFINITIONS[answer.kind].workflow is ANNOUNCED:
        submissions.announce(made, by=by, now=now)
        return [[made.entry, WRITTEN]]
    submissions.submit(made, by=by, now=now)
    return [[str(made.pk), HANDED_IN]]
