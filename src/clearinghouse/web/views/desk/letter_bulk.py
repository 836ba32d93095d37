"""Letters to several: choose a template, whom and what; look at each; draft all or none."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.errors import Invalid, Unseen
from clearinghouse.kernel import languages
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.letters import actions
from clearinghouse.letters.queries import bulk
from clearinghouse.letters.queries import letters as queries
from clearinghouse.letters.queries.merging import fields_of
from clearinghouse.letters.rules.workflow import LEFT, TOGETHER, Form, State, Step
from clearinghouse.mandate import queries as mandate
from clearinghouse.mandate.rules import GroupKind
from clearinghouse.people.asking import Asking
from clearinghouse.web import asked, letters_told, naming
from clearinghouse.web.forms.letters import EVERYBODY, BulkForm, SendingForm, by_name
from clearinghouse.web.parts import Item
from clearinghouse.web.views.desk import answers, letters
from clearinghouse.web.views.desk.letter_writing import meetings, template_name

if TYPE_CHECKING:
    from clearinghouse.letters.models import Batch, Letter, Template
    from clearinghouse.mandate.models import Body


def choose(request: Asking) -> HttpResponse:
    """The templates; with `?template=` the form that asks to whom, and what goes into it."""
    known = {t.code: t for t in queries.templates()}
    code = asked.choice(request, "template", known)
    if not code:
        url = reverse("desk-letters-bulk")
        items = [Item(template_name(t), f"{url}?template={t.code}") for t in known.values()]
        status = 400 if request.method == "POST" else 200
        return _page(request, {"templates": items}, status=status)
    template = known[code]
    if request.method != "POST":
        return _page(request, {"form": _form(template, None), "template": template})
    form = _form(template, request)
    if not form.is_valid():
        return _page(request, {"form": form, "template": template}, status=400)
    return _answer(request, template, form)


def _answer(request: Asking, template: "Template", form: BulkForm) -> HttpResponse:
    """Look first; drafted only by the button under the preview."""
    bodies, values = _addressees(template, form), form.values()
    found = bulk.previews(template, bodies, values, now=request.now)
    faulty = any(p.faults for p in found)
    if request.POST.get("do") == "draft" and not faulty:
        actor, today = request.actor, day_in_new_york(request.now)
        batch = queries.same_batch(actor, template, bodies, values, today) or actions.draft_batch(
            template, bodies, values, by=actor, now=request.now
        )
        return answers.see("desk-letters-batch", batch.pk, done="letters-drafted")
    context = {
        "form": form,
        "template": template,
        "previews": [_shown(p) for p in found],
        "faulty": faulty,
    }
    return _page(request, context, status=400 if faulty else 200)


def batch(request: Asking, pk: UUID) -> HttpResponse:
    return _batch(request, queries.batch_for(request.actor, pk))


def step(request: Asking, pk: UUID, step: str) -> HttpResponse:
    """One step for every letter of the batch: one refusal refuses all."""
    found = queries.batch_for(request.actor, pk)
    if step not in {each.value for each in TOGETHER}:
        raise Unseen("no such step")
    answers.must_be_current(request, found)
    all_ = _alive(queries.letters_of(request.actor, found))
    form = SendingForm(day_in_new_york(request.now), request.POST)
    if step == "dispatch" and not form.is_valid():
        return _batch(request, found, form, status=400)
    try:
        _take(request, found, all_, step, form)
    except Invalid as why:
        form.take(why.faults)
        return _batch(request, found, form, status=400)
    return answers.see("desk-letters-batch", pk, done="letters-moved")


def _take(
    request: Asking, found: "Batch", all_: list["Letter"], step: str, form: SendingForm
) -> None:
    by, now = request.actor, request.now
    if step == "clear":
        actions.clear_batch(found, all_, by=by, now=now)
    elif step == "dispatch":
        actions.dispatch_batch(found, all_, form.sending(), by=by, now=now)
    else:
        actions.put_hand_to_batch(found, all_, by=by, now=now)


def _batch(
    request: Asking, found: "Batch", form: SendingForm | None = None, *, status: int = 200
) -> HttpResponse:
    all_ = queries.letters_of(request.actor, found)
    steps = queries.steps_for_all(request.actor, _alive(all_))
    if Step.DISPATCH in steps and form is None:
        form = SendingForm(day_in_new_york(request.now))
    title = _("Letters drafted together")
    context = {
        "batch": found,
        "table": letters.table(all_),
        "out": sum(letter.state in LEFT for letter in all_),
        "all": len(_alive(all_)),
        "steps": {s.value for s in steps},
        "form": form,
        "title": title,
        "faults": form.non_field_errors() if form is not None and form.is_bound else [],
        "kicker": template_name(queries.template_called(found.template)),
        "crumbs": answers.crumbs((_("Letters"), "desk-letters"), (title, "")),
        "seen_by": _("the secretariat and the Experts."),
    }
    return answers.page(request, "desk/letter_batch.html", context, status=status)


def _alive(letters: list["Letter"]) -> list["Letter"]:
    """Without those that were cancelled: the others go on."""
    return [letter for letter in letters if letter.state != State.CANCELLED]


def _form(template: "Template", request: Asking | None) -> BulkForm:
    bodies = _possible(template)
    groups = [(EVERYBODY, _("all of them"))]
    if template.form == Form.NOTE_VERBALE:
        found = mandate.groups(GroupKind.UN_GROUP) | mandate.groups(GroupKind.REGION)
        groups += [(code, naming.say(group.names)) for code, (group, _ids) in found.items()]
    data = request.POST if request else None
    return BulkForm(fields_of(template), meetings(), (groups, by_name(bodies)), data)


def _possible(template: "Template") -> Sequence["Body"]:
    """The form follows the addressee."""
    of_states = template.form == Form.NOTE_VERBALE
    return list(mandate.states()) if of_states else list(mandate.organisations())


def _addressees(template: "Template", form: BulkForm) -> list["Body"]:
    """In address order: alphabetical in the reader's language."""
    group, ticked = form.cleaned_data["group"], set(form.cleaned_data["bodies"])
    possible = naming.alphabetical(_possible(template))
    if group == EVERYBODY:
        return possible
    if group:
        found = mandate.groups(GroupKind.UN_GROUP) | mandate.groups(GroupKind.REGION)
        ids = set(found[group][1])
        return [b for b in possible if b.pk in ids]
    return [b for b in possible if b.code in ticked]


def _shown(preview: bulk.Preview) -> dict[str, Any]:
    return {
        "name": naming.body_name(preview.body),
        "text": queries.reading(preview.filled),
        "language": preview.language if preview.language != naming.language() else "",
        "direction": languages.direction(preview.language),
        "note": letters_told.language_said(preview.wanted, preview.language),
        "faults": bulk.sentences(preview.faults),
    }


def _page(request: Asking, said: dict[str, Any], *, status: int = 200) -> HttpResponse:
    heading = _("Write to several")
    template = said.get("template")
    context = said | {
        "heading": heading,
        "kicker": template_name(template) if template else "",
        "crumbs": answers.crumbs((_("Letters"), "desk-letters"), (heading, "")),
        "seen_by": _("the secretariat and the Experts, until they are dispatched."),
    }
    return answers.page(request, "desk/letter_bulk.html", context, status=status)
