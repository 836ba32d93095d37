"""The page of one contribution: what it says, where it stands, the steps open."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.kernel.marking import N_
from clearinghouse.people.asking import Asking
from clearinghouse.submissions import queries
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Contributors, Definition, Kind
from clearinghouse.submissions.rules.workflow import Origin, State, Step
from clearinghouse.web import copies_told, fields_told, naming
from clearinghouse.web.forms.copies import CopyForm
from clearinghouse.web.forms.steps import ReasonForm, RemarksForm
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.parts import Term
from clearinghouse.web.views.desk import answers, contents

if TYPE_CHECKING:
    from clearinghouse.submissions.models import Submission

# The steps that are one button: the route, what it says, and what follows from pressing it.
BUTTONS: dict[Step, tuple[str, str, str]] = {
    Step.TAKE_UP: (
        "desk-submission-take-up",
        N_("Take it up"),
        N_("You begin the review; its author sees that it is in hand."),
    ),
    Step.LIST: (
        "desk-submission-list",
        N_("List it"),
        N_("It appears in the public register under its owner's name. Listed is not endorsed."),
    ),
    Step.AUTHENTICATE: (
        "desk-submission-authenticate",
        N_("It does come from the State"),
        N_(
            "You vouch for who speaks, not for what is said. The mission is then asked to confirm."
        ),
    ),
    Step.CONFIRM: (
        "desk-submission-confirm",
        N_("Confirm it for your State"),
        N_("It takes its place in the matrix and is shown to those named under “Who may see it”."),
    ),
    Step.REVISE: (
        "desk-submission-revise",
        N_("Revise it"),
        N_("You begin a new draft; what is listed stays until the new one is listed."),
    ),
}


def show(
    request: Asking,
    submission: "Submission",
    *,
    remarks: RemarksForm | None = None,
    reason: ReasonForm | None = None,
    copying: CopyForm | None = None,
) -> HttpResponse:
    """The page; with the form that could not be accepted, where there is one."""
    words = Vocabulary()
    definition = DEFINITIONS[Kind(submission.kind)]
    steps = queries.steps_open_to(request.actor, submission)
    context = _said(submission, definition, words) | _doing(submission, steps)
    if Step.RETURN in steps:
        context["remarks_form"] = remarks or RemarksForm(definition.fields)
    if submission.state == State.LISTED:
        context["reason_form"] = reason or ReasonForm()
    context |= _copies(submission, definition, steps, copying)
    faulty = bool(remarks or reason or copying)
    context |= {"remarks_open": bool(remarks), "withdraw_open": bool(reason)}
    return answers.page(request, "desk/submission.html", context, status=400 if faulty else 200)


def detail(request: Asking, pk: UUID) -> HttpResponse:
    return show(request, queries.submission_for(request.actor, pk))


def _said(submission: "Submission", definition: Definition, words: Vocabulary) -> dict[str, Any]:
    title = contents.title_of(submission, words)
    values = {"kind": _(definition.name), "body": naming.body_name(submission.body)}
    return {
        "submission": submission,
        "title": title,
        "kicker": _("%(kind)s · %(body)s") % values,
        "state": contents.state_cell(submission),
        "timeline": contents.timeline(submission),
        "facts": _facts(submission),
        "terms": fields_told.terms(definition.fields, submission.content, words),
        "remarks": _remarks(submission, definition),
        "entry_url": _entry_url(submission),
        "crumbs": answers.crumbs((_("Contributions"), "desk-submissions"), (title, "")),
        "seen_by": _seen_by(submission, definition),
    }


def _doing(submission: "Submission", steps: set[Step]) -> dict[str, Any]:
    """The table that authorises draws the buttons."""
    buttons = [
        (reverse(route, args=[submission.pk]), _(label), _(meaning))
        for step, (route, label, meaning) in BUTTONS.items()
        if step in steps
    ]
    edit_url = reverse("desk-submission-edit", args=[submission.pk])
    return {
        "buttons": buttons,
        "edit_url": edit_url if Step.SAVE in steps else "",
        "may_withdraw": Step.WITHDRAW in steps,
    }


def _copies(
    submission: "Submission", definition: Definition, steps: set[Step], faulty: CopyForm | None
) -> dict[str, Any]:
    """The files that go with it; while it is with its author, they may be changed."""
    if not definition.carries_copies:
        return {}
    shown = copies_told.of_submission(submission)
    may = Step.ATTACH in steps
    form = faulty or CopyForm([each for each, _file, _tells in shown], is_needed=True)
    return {"carries_copies": True, "copies": shown, "copying": form if may else None}


def _facts(submission: "Submission") -> list[Term]:
    """Who held the pen and when; the paper, where it was written on behalf."""
    wrote = _("the body itself")
    if submission.origin == Origin.SECRETARIAT:
        wrote = _("the secretariat, on its behalf")
    facts = [
        Term(_("Written by"), [wrote]),
        Term(_("Begun"), [answers.day(submission.started_at)]),
    ]
    if submission.instrument:
        facts.append(Term(_("On the strength of"), [submission.instrument]))
    if submission.submitted_at:
        facts.append(Term(_("Submitted"), [answers.moment(submission.submitted_at)]))
    return facts


def _remarks(submission: "Submission", definition: Definition) -> list[Term]:
    """What the secretariat asks to be changed: on the whole, then field by field."""
    labels = {"": _("On the whole")} | {f.name: _(f.label) for f in definition.fields}
    said = submission.remarks
    return [Term(label, [said[name]]) for name, label in labels.items() if name in said]


def _entry_url(submission: "Submission") -> str:
    """Where it can be read now that it is settled."""
    if submission.state == State.LISTED:
        route = "standard" if submission.kind == Kind.STANDARD else "entry"
        return reverse(route, args=[submission.entry])
    if submission.state == State.CONFIRMED:
        return reverse("desk-need", args=[submission.entry])
    return ""


def _seen_by(submission: "Submission", definition: Definition) -> str:
    if submission.submitted_at:
        return _("the seats of its body, the secretariat and the Experts.")
    if submission.origin == Origin.SECRETARIAT:
        return _("the seats of its body and the secretariat.")
    return (
        _("the seats of this State.")
        if definition.contributors == Contributors.STATES
        else _("the seats of its body.")
    )
