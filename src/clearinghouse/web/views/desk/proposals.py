"""What one hand has proposed and another must confirm: shown to both, and to the auditor."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Role
from clearinghouse.access.errors import Unseen
from clearinghouse.kernel.marking import N_
from clearinghouse.people import actions, queries
from clearinghouse.people.asking import Asking
from clearinghouse.people.rules import Matter, Outcome, Step, has_lapsed
from clearinghouse.web import naming, seats
from clearinghouse.web.forms.people import MATTERS
from clearinghouse.web.parts import Tone
from clearinghouse.web.views.desk import answers

if TYPE_CHECKING:
    from clearinghouse.people.models import Person, Proposal

OUTCOMES: dict[Outcome, tuple[str, Tone]] = {
    Outcome.OPEN: (N_("waits for a second hand"), "waiting"),
    Outcome.CONFIRMED: (N_("confirmed"), "settled"),
    Outcome.DECLINED: (N_("declined"), "quiet"),
}
LAPSED: tuple[str, Tone] = (N_("lapsed"), "quiet")


def index(request: Asking) -> HttpResponse:
    """Open ones first, for those who keep the seats and those who may confirm."""
    if not (queries.may_vouch(request.actor) or request.actor.holds(*KEEPERS)):
        raise Unseen("nothing to confirm")
    told = [_told(request, one) for one in queries.proposals_for(request.actor)]
    context = {
        "open": [one for one in told if one["is_open"]],
        "decided": [one for one in told if not one["is_open"]],
        "crumbs": answers.crumbs((_("Proposals"), "")),
        "seen_by": _("the Experts, the Chair, the administrators and the auditors."),
    }
    return answers.page(request, "desk/proposals.html", context)


def confirm(request: Asking, pk: UUID) -> HttpResponse:
    proposal = queries.proposal_for(request.actor, pk)
    answers.must_be_current(request, proposal)
    actions.confirm(proposal, by=request.actor, now=request.now)
    return answers.see("desk-proposals", done="second-hand")


def decline(request: Asking, pk: UUID) -> HttpResponse:
    proposal = queries.proposal_for(request.actor, pk)
    answers.must_be_current(request, proposal)
    actions.decline(proposal, by=request.actor, now=request.now)
    return answers.see("desk-proposals", done="declined")


KEEPERS = (Role.ADMINISTRATOR, Role.AUDITOR)


def _told(request: Asking, one: "Proposal") -> dict[str, Any]:
    is_late = one.outcome == Outcome.OPEN and has_lapsed(one.proposed_at, request.now)
    label, tone = LAPSED if is_late else OUTCOMES[Outcome(one.outcome)]
    steps = queries.steps_open_to(request.actor, one, request.now)
    matter = Matter(one.matter)
    said = seats.label(one, naming.language()) if matter == Matter.SEAT else _(MATTERS[matter])
    return {
        "is_open": one.outcome == Outcome.OPEN and not is_late,
        "state": (_(label), tone),
        "what": said,
        "name": one.person.name,
        "address": one.address,
        "now_at": one.person.email if one.person.email != one.address else "",
        "instrument": one.instrument,
        "proposed": answers.moment(one.proposed_at),
        "proposed_by": _by(one.proposed_by),
        "decided": answers.moment(one.decided_at),
        "decided_by": _by(one.decided_by) if one.decided_at else "",
        "version": one.version,
        "confirm_url": _url(one, Step.CONFIRM, steps),
        "decline_url": _url(one, Step.DECLINE, steps),
    }


def _url(one: "Proposal", step: Step, steps: set[Step]) -> str:
    return reverse(f"desk-proposal-{step}", args=[one.pk]) if step in steps else ""


def _by(person: "Person | None") -> str:
    return person.name if person else _("whoever runs the installation")
