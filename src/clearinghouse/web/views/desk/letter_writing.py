"""Writing a letter: choose the template and the addressee, then its fields and its words."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.errors import Invalid, Refused
from clearinghouse.letters import actions
from clearinghouse.letters.queries import letters as queries
from clearinghouse.letters.queries.merging import wording_of
from clearinghouse.letters.queries.words import FORMS
from clearinghouse.letters.rules.workflow import Form, State, Step
from clearinghouse.mandate import queries as mandate
from clearinghouse.people.asking import Asking
from clearinghouse.web import letters_told, naming
from clearinghouse.web.forms.letters import VALUE, ChoiceForm, WritingForm, by_name
from clearinghouse.web.views.desk import answers

if TYPE_CHECKING:
    from clearinghouse.letters.models import Letter, Template


def new(request: Asking) -> HttpResponse:
    """A draft of a template to one addressee; its fields are filled on the next page."""
    bodies = [*mandate.states(), *mandate.organisations()]
    listed = {b.code: b for b in bodies}
    data = request.POST if request.method == "POST" else None
    form = ChoiceForm(templates(), by_name(bodies), data)
    if data is not None and form.is_valid():
        template = queries.template_called(form.cleaned_data["template"])
        body = listed[form.cleaned_data["body"]]
        try:
            letter = actions.draft(template, body, {}, by=request.actor, now=request.now)
        except Invalid as why:
            form.take(why.faults)
        else:
            return answers.see("desk-letter-edit", letter.pk)
    context = {
        "form": form,
        "heading": _("Write a letter"),
        "action_label": _("Go on"),
        "back_url": reverse("desk-letters"),
        "crumbs": answers.crumbs((_("Letters"), "desk-letters"), (_("Write a letter"), "")),
        "seen_by": _("the secretariat and the Experts, until it is dispatched."),
    }
    status = 400 if form.errors else 200
    return answers.page(request, "desk/letter_form.html", context, status=status)


def edit(request: Asking, pk: UUID) -> HttpResponse:
    """What goes into the fields, and every word. A change voids a clearance: the page says so."""
    letter = queries.letter_for(request.actor, pk)
    if Step.REVISE not in queries.steps_open_to(request.actor, letter):
        if request.method != "POST":
            return answers.see("desk-letter", pk)
        raise Refused("this is not written any more")
    if request.method != "POST":
        return _writing(request, letter, _form(letter, None))
    form = _form(letter, request)
    if answers.is_stale(request, letter):
        return _writing(request, letter, form, status=409)
    if not form.is_valid():
        return _writing(request, letter, form, status=400)
    said, values = form.wording(), form.values()
    try:
        actions.revise(letter, said, values, by=request.actor, now=request.now)
    except Invalid as why:
        form.take(why.faults)
        return _writing(request, letter, form, status=400)
    return answers.see("desk-letter", pk, done="saved-letter")


def templates() -> list[tuple[str, str]]:
    return [(t.code, template_name(t)) for t in queries.templates()]


def template_name(template: "Template") -> str:
    values = {"form": _(FORMS[Form(template.form)]), "title": naming.say(template.titles)}
    return _("%(form)s: %(title)s") % values


def meetings() -> list[tuple[str, str]]:
    return [(m.code, naming.say(m.title)) for m in mandate.meetings()]


def _form(letter: "Letter", request: Asking | None) -> WritingForm:
    parts = wording_of(letter).parts()
    initial = parts | {VALUE + name: value for name, value in letter.values.items()}
    data = request.POST if request else None
    fields = queries.fields_for(letter)
    return WritingForm(fields, meetings(), Form(letter.form), data, initial)


def _writing(
    request: Asking, letter: "Letter", form: WritingForm, *, status: int = 200
) -> HttpResponse:
    title = letters_told.title(letter)
    context = {
        "form": form,
        "letter": letter,
        "heading": _("Write the letter"),
        "kicker": f"{letters_told.form(letter)} · {letters_told.body(letter)}",
        "action_label": _("Save"),
        "back_url": reverse("desk-letter", args=[letter.pk]),
        "voids": letter.state != State.DRAFT,
        "language_note": letters_told.language_note(letter),
        "overtaken": status == 409,  # noqa: PLR2004  # as the address answers
        "crumbs": answers.crumbs((_("Letters"), "desk-letters"), (title, "")),
        "seen_by": _("the secretariat and the Experts, until it is dispatched."),
    }
    return answers.page(request, "desk/letter_form.html", context, status=status)
