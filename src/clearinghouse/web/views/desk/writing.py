"""Writing a contribution: begin, go on, keep as a draft, hand in."""

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Role
from clearinghouse.access.errors import Refused, Unseen
from clearinghouse.people.asking import Asking
from clearinghouse.submissions import actions, queries
from clearinghouse.submissions.queries.copies import copies_of
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Definition, Kind
from clearinghouse.submissions.rules.workflow import State, Step
from clearinghouse.web import naming
from clearinghouse.web.forms.contributions import ContributionForm, OpeningForm
from clearinghouse.web.forms.copies import CopyForm
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.views.desk import answers, contents

if TYPE_CHECKING:
    from clearinghouse.mandate.models import Body
    from clearinghouse.submissions.models import Submission

AGAIN = timedelta(hours=1)  # within which the same words, sent again, are the same contribution


def new(request: Asking, kind: str) -> HttpResponse:
    """Begin a contribution for a body this actor writes for."""
    definition = definition_of(kind)
    bodies = queries.bodies_open_to(request.actor, definition.kind)
    if not bodies:
        raise Unseen("nobody this actor writes for contributes this")
    own = request.actor.bodies_as(Role.FOCAL_POINT, Role.STATE)
    words = Vocabulary()
    posted = request.POST if request.method == "POST" else None
    form = OpeningForm(definition, words, bodies, own, data=posted)
    copying = _copy_form(request, definition)
    context: dict[str, Any] = {"heading": _(definition.invites), "copying": copying}
    if len(bodies) == 1:
        context["body"] = naming.body_name(bodies[0])
    if posted is None:
        return _page(request, form, context)
    content, handing_in = form.content(), posted.get("do") == "submit"
    form.take(found := form.faults(content, complete=handing_in))
    if not _is_sound(copying) or found:
        return _page(request, form, context, status=400)
    started = _begun(request, form, content)
    _attach(request, started, copying)
    return _kept(request, started, handing_in=handing_in)


def edit(request: Asking, pk: UUID) -> HttpResponse:
    """Go on writing. What is no longer open to its author is looked at, not written."""
    submission = queries.submission_for(request.actor, pk)
    definition, words = DEFINITIONS[Kind(submission.kind)], Vocabulary()
    is_open = Step.SAVE in queries.steps_open_to(request.actor, submission)
    if request.method != "POST":
        if not is_open:
            return answers.see("desk-submission", pk)
        form = ContributionForm(definition, words, initial=submission.content)
        form.remark(submission.remarks)
        copying = _copy_form(request, definition, submission)
        return _page(request, form, _standing(submission) | {"copying": copying})
    if not is_open:
        definition.workflow.move(State(submission.state), Step.SAVE)  # too late is told apart
        raise Refused("another seat writes this")
    return _saved(request, submission, ContributionForm(definition, words, request.POST))


def definition_of(kind: str) -> Definition:
    """Raises Unseen for a kind that there is not."""
    if kind not in set(Kind):
        raise Unseen("no such kind of contribution")
    return DEFINITIONS[Kind(kind)]


def _saved(request: Asking, submission: "Submission", form: ContributionForm) -> HttpResponse:
    content, handing_in = form.content(), request.POST.get("do") == "submit"
    copying = _copy_form(request, form.definition, submission)
    context = _standing(submission) | {"copying": copying}
    form.remark(submission.remarks)
    if answers.is_stale(request, submission):
        return _page(request, form, context | {"overtaken": True}, status=409)
    form.take(found := form.faults(content, complete=handing_in))
    if not _is_sound(copying) or found:
        return _page(request, form, context, status=400)
    actions.save(submission, content, by=request.actor, now=request.now)
    _attach(request, submission, copying)
    return _kept(request, submission, handing_in=handing_in)


def _kept(request: Asking, submission: "Submission", *, handing_in: bool) -> HttpResponse:
    done = "saved"
    if handing_in and submission.state in {State.DRAFT, State.RETURNED}:
        definition = DEFINITIONS[Kind(submission.kind)]
        announced = Step.ANNOUNCE in steps_of(definition)
        hand_in = actions.announce if announced else actions.submit
        try:
            hand_in(submission, by=request.actor, now=request.now)
        except actions.Faulty:  # what no form can know: how it stands beside the body's others
            return answers.see("desk-submission-edit", submission.pk, done="reference-taken")
    if handing_in:
        done = "listed" if submission.state == State.LISTED else "submitted"
    return answers.see("desk-submission", submission.pk, done=done)


def _copy_form(
    request: Asking, definition: Definition, submission: "Submission | None" = None
) -> CopyForm | None:
    """The form of a copy, where the kind carries them: it stands below the fields."""
    if not definition.carries_copies:
        return None
    there = copies_of(submission) if submission else []
    if request.method != "POST":
        return CopyForm(there)
    return CopyForm(there, request.POST, request.FILES)


def _is_sound(copying: CopyForm | None) -> bool:
    return copying is None or copying.is_sound()


def _attach(request: Asking, submission: "Submission", copying: CopyForm | None) -> None:
    """The file that was sent with the words, if any; not again where a second click sends both."""
    brought = copying.brought() if copying else None
    if brought is None:
        return
    digest = hashlib.sha256(brought.file.content).hexdigest()
    if all(each.file.sha256 != digest for each in copies_of(submission)):
        actions.attach(submission, brought, by=request.actor, now=request.now)


def _begun(request: Asking, form: OpeningForm, content: dict[str, Any]) -> "Submission":
    """A new draft; where the same words came a moment ago (a second click), that one."""
    body = form.body()
    if body is None:
        raise Unseen("no such body")  # the form has said so before; nothing is drafted for nobody
    kind = form.definition.kind
    if same := _same(request, body, kind, content):
        return same
    paper = form.instrument()
    return actions.draft(kind, body, content, instrument=paper, by=request.actor, now=request.now)


def _same(
    request: Asking, body: "Body", kind: Kind, content: dict[str, Any]
) -> "Submission | None":
    same = queries.submissions_for(request.actor).filter(
        content=content,
        body=body,
        kind=kind,
        written_by=request.actor.person_id,
        revises="",
        state__in=(State.DRAFT, State.SUBMITTED),
        started_at__gte=request.now - AGAIN,
    )
    return same.first()


def _standing(submission: "Submission") -> dict[str, Any]:
    """What the page says about a contribution that is there already."""
    return {
        "heading": _("Go on writing"),
        "submission": submission,
        "body": naming.body_name(submission.body),
        "version": submission.version,
        "remark": submission.remarks.get("", ""),
        "is_returned": submission.state == State.RETURNED,
        "back_url": reverse("desk-submission", args=[submission.pk]),
        "copies": copies_of(submission),
    }


def _page(
    request: Asking, form: ContributionForm, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    crumbs = answers.crumbs((_("Contributions"), "desk-submissions"), (context["heading"], ""))
    whole = {
        "form": form,
        "about": _(form.definition.about),
        "asks_of_rights": form.definition.asks_of_rights,
        "is_announced": Step.ANNOUNCE in steps_of(form.definition),
        "crumbs": crumbs,
        "seen_by": seen_by_draft(form.definition),
    }
    return answers.page(request, "desk/submission_form.html", whole | context, status=status)


def steps_of(definition: Definition) -> set[Step]:
    """Every step that the way of its kind knows."""
    return {move.step for move in definition.workflow.moves}


def seen_by_draft(definition: Definition) -> str:
    """While it is a draft, once handed in, and once it stands."""
    if definition.readers is None:
        return _(
            "while it is a draft, the seats of this State and, if it writes for the State, the"
            " secretariat; once submitted, also the secretariat and the Experts; once your mission"
            " has confirmed it, those you choose above."
        )
    draft = _(
        "while it is a draft, the seats of its body and, if it writes on its behalf, the"
        " secretariat; once submitted, also the secretariat and the Experts."
    )
    return f"{draft} {_(contents.STANDING[definition.readers])}"
