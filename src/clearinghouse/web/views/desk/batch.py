"""The page of one batch: what its rows come to, the steps open, and its files."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Unseen
from clearinghouse.batches import actions, queries
from clearinghouse.batches.actions import handing
from clearinghouse.batches.rules.published import REPORT
from clearinghouse.batches.rules.workflow import WORKING, Step, Verdict
from clearinghouse.directory.rules import Readers
from clearinghouse.files import queries as files
from clearinghouse.files.rules import Type
from clearinghouse.kernel.marking import N_
from clearinghouse.people.asking import Asking
from clearinghouse.submissions import queries as submissions
from clearinghouse.submissions.formats import examples, sheets
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from clearinghouse.web import asked, batches_told, downloads, formats_told, naming
from clearinghouse.web.forms.batches import LeaveOutForm, ReturnForm
from clearinghouse.web.parts import Filter, Term
from clearinghouse.web.views.desk import answers

if TYPE_CHECKING:
    from clearinghouse.batches.models import Batch
    from clearinghouse.mandate.models import Body

ENDINGS = {"xlsx": Type.XLSX, "csv": Type.CSV, "json": Type.JSON}
# The steps that are a button: what it says, what follows from it, what is said afterwards.
BUTTONS: dict[Step, tuple[str, str, str]] = {
    Step.UPDATE: (
        N_("List it without review"),
        N_(
            "Your changes are of a kind that you are trusted with: they stand at once, marked as "
            "not reviewed, and the secretariat is shown them. They can be undone."
        ),
        "batch-updated",
    ),
    Step.HAND_IN: (
        N_("Hand it in"),
        N_("It goes to the secretariat, which lists it as a whole. Listed is not endorsed."),
        "submitted",
    ),
    Step.APPLY: (
        N_("Apply it"),
        N_("All of it takes effect at once. It can be undone while nothing is built on it."),
        "batch-applied",
    ),
    Step.UNDO: (
        N_("Undo it"),
        N_("What it listed is withdrawn and leaves a note; what it changed is as it was before."),
        "batch-undone",
    ),
    Step.WITHDRAW: (N_("Withdraw it"), N_("It goes no further."), "withdrawn"),
    Step.RETURN: (
        N_("Return it"),
        N_("Its author corrects the file and brings it in again."),
        "returned",
    ),
}
FORMS: dict[Step, type[forms.Form]] = {Step.APPLY: LeaveOutForm, Step.RETURN: ReturnForm}
Act = Callable[["Batch", dict[str, Any], Actor, Any], None]
ACTS: dict[Step, Act] = {
    Step.HAND_IN: lambda one, _said, by, now: actions.hand_in(one, by=by, now=now),
    Step.APPLY: lambda one, said, by, now: handing.apply(
        one, said.get("left_out"), by=by, now=now
    ),
    Step.UPDATE: lambda one, _said, by, now: handing.update(one, by=by, now=now),
    Step.UNDO: lambda one, _said, by, now: handing.undo(one, by=by, now=now),
    Step.WITHDRAW: lambda one, _said, by, now: actions.withdraw(one, by=by, now=now),
    Step.RETURN: lambda one, said, by, now: actions.return_(one, said["remark"], by=by, now=now),
}


def seen_by_all() -> str:
    """Of the list, in which batches stand in every state."""
    return _(
        "each by the seats of its body; once handed in, also by the secretariat and the Experts."
    )


def show(
    request: Asking, batch: "Batch", faulty: dict[Step, forms.Form] | None = None
) -> HttpResponse:
    """Some of its rows, by what they come to; with the form that could not be accepted."""
    verdict = asked.choice(request, "verdict", set(Verdict))
    found = queries.rows_of(batch, Verdict(verdict) if verdict else None)
    shown, pager = asked.page_of(request, found, answers.SIZE)
    steps = queries.steps_open_to(request.actor, batch)
    rows = list(shown)
    serving = bool(steps & {Step.RETURN})
    under_way = queries.alike_for_review(request.actor, batch, rows) if serving else {}
    context = {
        "batch": batch,
        "steps": _steps(batch, steps, faulty or {}),
        "filters": [_filter(verdict)],
        "here": reverse("desk-batch", args=[batch.pk]),
        "table": batches_told.table(batch, rows, under_way),
        "pager": pager,
        "crumbs": answers.crumbs((_("Files"), "desk-batches"), (batch_name(batch), "")),
        "seen_by": _seen_by(batch),
    }
    shown_of_it = _about(batch) | context
    return answers.page(request, "desk/batch.html", shown_of_it, status=400 if faulty else 200)


def _about(batch: "Batch") -> dict[str, Any]:
    """What is said of it, whoever reads it and whichever of its rows are shown."""
    return {
        "title": _(DEFINITIONS[Kind(batch.kind)].names),
        "kicker": _("File · %(body)s") % {"body": naming.body_name(batch.body)},
        "state": batches_told.state_cell(batch),
        "figures": batches_told.figures(batch),
        "progress": batches_told.progress(batch),
        "given_up": batches_told.given_up(batch),
        "faults": batch.counts.get(Verdict.FAULTY, 0),
        "facts": _facts(batch),
        "not_understood": batches_told.not_understood(batch),
        "files": _files(batch),
    }


def step(request: Asking, pk: UUID, step: str) -> HttpResponse:
    """Take one step: by a button, or by a small form that says more."""
    batch = queries.batch_for(request.actor, pk)
    if step not in {each.value for each in ACTS}:
        raise Unseen("no such step")
    answers.must_be_current(request, batch)
    chosen, said = Step(step), dict[str, Any]()
    if chosen in FORMS:
        form = FORMS[chosen](request.POST)
        if not form.is_valid() and chosen in queries.steps_open_to(request.actor, batch):
            return show(request, batch, {chosen: form})
        said = form.cleaned_data
    ACTS[chosen](batch, said, request.actor, request.now)
    done = "" if batch.state in WORKING else BUTTONS[chosen][2]  # then its page says how far it is
    return answers.see("desk-batch", pk, done=done)


def file(request: Asking, pk: UUID) -> HttpResponse:
    """The file as it was brought in; or, by `?part=report`, what of it was not understood."""
    batch = queries.batch_for(request.actor, pk)
    kept = next(iter(files.files_of(batch, asked.choice(request, "part", {REPORT}))), None)
    if kept is None:
        raise Unseen("no such file")
    return downloads.download(files.open_(kept), name=kept.name, kind=Type(kept.type))


def own_file(kind: Kind, body: "Body", ending: str, *, by: Actor) -> HttpResponse:
    records = queries.export(kind, body, by=by)
    definition, languages = DEFINITIONS[kind], (naming.language(), "en")
    if ending == "xlsx":
        known = submissions.known()
        content = sheets.as_xlsx(
            definition,
            records,
            known,
            formats_told.words(),
            example=examples.example(definition, known),
            languages=languages,
        )
    elif ending == "csv":
        content = sheets.as_csv(definition, records, languages)
    else:
        content = sheets.as_json(records)
    name = f"clearinghouse-{body.code.lower()}-{kind.value}.{ending}"
    return downloads.download(content, name=name, kind=ENDINGS[ending])


def batch_name(batch: "Batch") -> str:
    return _("Brought in on %(day)s") % {"day": answers.day(batch.staged_at)}


def _steps(
    batch: "Batch", open_: set[Step], faulty: dict[Step, forms.Form]
) -> list[dict[str, Any]]:
    serving = Step.RETURN in open_
    return [
        {
            "name": each.value,
            "url": reverse("desk-batch-step", args=[batch.pk, each.value]),
            "label": _(label),
            "meaning": _(meaning),
            "form": faulty.get(each) or (FORMS[each]() if _has_form(each, serving) else None),
            "open": each in faulty,
        }
        for each, (label, meaning, _done) in BUTTONS.items()
        if each in open_
    ]


def _has_form(step: Step, serving: bool) -> bool:  # noqa: FBT001  # whether its reviewer looks
    return step in FORMS and (serving or step != Step.APPLY)


def _filter(given: str) -> Filter:
    options = [(v.value, _(label)) for v, (label, _w, _t) in batches_told.VERDICTS.items()]
    return Filter("verdict", _("What it comes to"), given, [("", _("Anything")), *options])


def _facts(batch: "Batch") -> list[Term]:
    facts = [Term(_("Brought in"), [answers.moment(batch.staged_at)])]
    if batch.unreviewed:
        facts.append(Term(_("Review"), [_("listed without review, as changes of a trusted body")]))
    if batch.read_as:
        facts.append(Term(_("How it was read"), [formats_told.read_as(batch.read_as)]))
    if batch.instrument:
        facts.append(Term(_("On the strength of"), [batch.instrument]))
    if batch.remark:
        facts.append(Term(_("What the secretariat asks you to change"), [batch.remark]))
    facts.append(Term(_("SHA-256 of the file"), [batch.digest]))
    return facts


def _files(batch: "Batch") -> list[tuple[str, str]]:
    """What it came in, and what was not understood of it; a large published one is not kept."""
    names = {
        "": _("The file as it was brought in"),
        REPORT: _("Everything that was not understood, as data"),
    }
    url = reverse("desk-batch-file", args=[batch.pk])
    return [
        (names[each.part], f"{url}?part={each.part}" if each.part else url)
        for each in files.files_of(batch)
    ]


def _seen_by(batch: "Batch") -> str:
    if DEFINITIONS[Kind(batch.kind)].readers == Readers.MONITORS:
        return _("the seats of its body; once it stands, also the Experts.")
    if batch.submitted_at:
        return _("the seats of its body, the secretariat and the Experts.")
    return _("the seats of its body.")
