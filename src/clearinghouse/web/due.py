"""What is due at each desk, as things and numbers; the page "Today" says it in sentences."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from clearinghouse.access.actor import Role
from clearinghouse.batches import queries as batches
from clearinghouse.batches.rules.workflow import State as FileState
from clearinghouse.batches.rules.workflow import Step as FileStep
from clearinghouse.circulars.queries import issues
from clearinghouse.circulars.rules import Office, freezes_at
from clearinghouse.circulars.rules import State as IssueState
from clearinghouse.crossings import freshness, reaching_out
from clearinghouse.intake import queries as intake
from clearinghouse.kernel.calendar import add_months, day_in_new_york, first_of_month, midnight_of
from clearinghouse.letters.queries import letters as of_letters
from clearinghouse.mandate import queries as mandate
from clearinghouse.mandate.rules import Settings
from clearinghouse.meetings import queries as meetings
from clearinghouse.needs import queries as needs
from clearinghouse.needs.rules import Status
from clearinghouse.notices import queries as notices
from clearinghouse.notices.rules import Status as NoticeStatus
from clearinghouse.outreach import queries as outreach
from clearinghouse.people import queries as people
from clearinghouse.people.asking import Asking
from clearinghouse.people.rules import Outcome
from clearinghouse.people.rules import Step as Hand
from clearinghouse.submissions import queries as submissions
from clearinghouse.submissions.rules.workflow import State, Step
from clearinghouse.web.once import once

if TYPE_CHECKING:
    from clearinghouse.batches.models import Batch
    from clearinghouse.circulars.models import Issue
    from clearinghouse.intake.models import Item
    from clearinghouse.letters.models import Letter
    from clearinghouse.letters.rules.workflow import Step as LetterStep
    from clearinghouse.mandate.queries import Committee
    from clearinghouse.meetings.models import Participant
    from clearinghouse.needs.models import Need
    from clearinghouse.outreach.models import Exchange
    from clearinghouse.people.models import Proposal, Seat
    from clearinghouse.submissions.models import Submission

REVIEWING = (State.SUBMITTED, State.IN_REVIEW)
WRITING = (State.RETURNED, State.DRAFT)
OPEN = (*REVIEWING, *WRITING, State.AUTHENTICATED)
SOON = timedelta(days=7)
OF_LATE = timedelta(days=14)
REVIEW = {Step.TAKE_UP, Step.AUTHENTICATE, Step.LIST}


@once
def committee(request: Asking) -> "Committee":
    del request
    return mandate.committee()


@once
def seats(request: Asking) -> "list[Seat]":
    """The reader's own, with their person and bodies."""
    return people.seats_of(request.actor)


def settings(request: Asking) -> Settings:
    return Settings.of(committee(request).facts.get("settings", {}))


@once
def holidays(request: Asking) -> set[date]:
    return mandate.holidays(str(committee(request).facts.get("duty_station", "")))


def next_freeze(request: Asking) -> datetime:
    """When the next issue of the matrix is fixed: what it is to show must be settled by then."""
    return freezes_at(add_months(first_of_month(day_in_new_york(request.now)), 1))


# ── what is due ──────────────────────────────────────────────────────────────────────────────────


@once
def contributions(request: Asking) -> "list[tuple[Submission, set[Step]]]":
    """Those not settled, with the steps that are open to this reader; what came back first."""
    actor = request.actor
    found = submissions.submissions_for(actor).filter(state__in=OPEN)
    ordered = found.order_by("-state", "-started_at")
    return [(one, submissions.steps_open_to(actor, one)) for one in ordered]


@once
def open_issues(request: Asking) -> "list[tuple[Issue, set[Office]]]":
    """Issues that have not gone out, with the offices whose clearance is wanting."""
    found = list(issues.issues_for(request.actor).exclude(state=IssueState.ISSUED))
    missing = issues.missing_by_issue(found) if found else {}
    return [(issue, missing[issue.pk]) for issue in found]


@once
def unanswered_needs(request: Asking) -> "list[Need]":
    """Needs that somebody else recorded and their States have not confirmed."""
    return list(needs.needs_for(request.actor).filter(status=Status.IDENTIFIED))


def own_unanswered_needs(request: Asking) -> "list[Need]":
    """Those of the reader's own State that it has not contested either."""
    own = request.actor.bodies_as(Role.STATE)
    return [n for n in unanswered_needs(request) if n.state_id in own and not n.contested]


@once
def due_entries(request: Asking) -> int:
    """How many of what the reader's bodies have in view are stale, or will be within a month."""
    return freshness.number_due(request.actor, day_in_new_york(request.now))


def entries_due_by(request: Asking) -> datetime | None:
    """When the first of them goes stale; None where all of them are."""
    day = freshness.next_stale(request.actor, day_in_new_york(request.now))
    return midnight_of(day) if day else None


@once
def _files(request: Asking) -> "list[Batch]":
    """What is open, and what was listed without review of late: asked together."""
    return batches.open_or_unreviewed(request.actor, request.now - OF_LATE)


@once
def files_in_hand(request: Asking) -> "list[tuple[Batch, set[FileStep]]]":
    """Files that this reader moves on: their author at first; once handed in, a reviewer."""
    open_ = (one for one in _files(request) if one.settled_at is None)
    steps = [(one, batches.steps_open_to(request.actor, one)) for one in open_]
    return [each for each in steps if _is_in_hand(*each)]


def listed_unreviewed(request: Asking) -> int:
    """How many files of trusted bodies were listed of late without review."""
    return sum(one.settled_at is not None for one in _files(request))


def _is_in_hand(one: "Batch", steps: "set[FileStep]") -> bool:
    return FileStep.APPLY in steps or (one.state == FileState.CHECKED and bool(steps))


@once
def failed_mails(request: Asking) -> int:
    return int(notices.outbox(request.actor).filter(status=NoticeStatus.FAILED).count())


@once
def letters(request: Asking) -> "list[tuple[Letter, LetterStep]]":
    """Those that this reader may clear, initial, sign or dispatch now."""
    return of_letters.in_hand(request.actor)


@once
def items_in_the_tray(request: Asking) -> "list[Item]":
    """What came in and has not been looked at."""
    return list(intake.waiting(request.actor))


@once
def proposals(request: Asking) -> "list[Proposal]":
    """What one hand has proposed and this reader's may confirm."""
    actor = request.actor
    found = people.proposals_for(actor).filter(outcome=Outcome.OPEN)
    return [
        one
        for one in (found if people.may_vouch(actor) else ())
        if Hand.CONFIRM in people.steps_open_to(actor, one, request.now)
    ]


@once
def invitations(request: Asking) -> "list[Participant]":
    """Those that this reader has to answer for a body."""
    return meetings.unanswered(request.actor, day_in_new_york(request.now))


@once
def next_steps(request: Asking) -> "list[Exchange]":
    """Next steps with bodies that this reader owns and that are due within a week."""
    by = day_in_new_york(request.now) + SOON
    return list(outreach.own_steps(request.actor, by))


@once
def asked_of_us(request: Asking) -> "list[reaching_out.Place]":
    """What the reader's bodies are invited to contribute and have not given."""
    own = request.actor.bodies_as(Role.FOCAL_POINT, Role.STATE)
    return reaching_out.open_for(request.actor, own, day_in_new_york(request.now))


# ── how much of it, for the menu ─────────────────────────────────────────────────────────────────


def _contributions_to_act_on(request: Asking) -> int:
    """Counts what this reader can move on: not what waits for somebody else."""
    wanted = dict.fromkeys(REVIEWING, REVIEW) | {state: {Step.SAVE} for state in WRITING}
    wanted[State.AUTHENTICATED] = {Step.CONFIRM}
    return sum(bool(wanted[State(one.state)] & steps) for one, steps in contributions(request))


def _issues_to_clear(request: Asking) -> int:
    mine = issues.may_clear(request.actor)
    return sum(bool(mine & wanted) for _issue, wanted in open_issues(request))


COUNTERS: dict[str, tuple[frozenset[Role], Callable[[Asking], int]]] = {
    "desk-submissions": (
        frozenset({Role.FOCAL_POINT, Role.STATE, Role.SECRETARIAT}),
        _contributions_to_act_on,
    ),
    "desk-batches": (
        frozenset({Role.FOCAL_POINT, Role.STATE, Role.SECRETARIAT}),
        lambda request: len(files_in_hand(request)),
    ),
    "desk-entries": (frozenset({Role.FOCAL_POINT, Role.STATE}), due_entries),
    "desk-needs": (frozenset({Role.STATE}), lambda request: len(own_unanswered_needs(request))),
    "desk-circulars": (frozenset({Role.MEMBER, Role.EXPERT}), _issues_to_clear),
    "desk-letters": (
        frozenset({Role.SECRETARIAT, Role.MEMBER}),
        lambda request: len(letters(request)),
    ),
    "desk-intake": (
        frozenset({Role.SECRETARIAT}),
        lambda request: len(items_in_the_tray(request)),
    ),
    "desk-proposals": (
        frozenset({Role.MEMBER, Role.EXPERT}),
        lambda request: len(proposals(request)),
    ),
    "desk-meetings": (
        frozenset({Role.FOCAL_POINT, Role.STATE}),
        lambda request: len(invitations(request)),
    ),
    "desk-outreach": (
        frozenset({Role.SECRETARIAT, Role.EXPERT}),
        lambda request: len(next_steps(request)),
    ),
    "desk-outbox": (frozenset({Role.SECRETARIAT}), failed_mails),
}


def counts(request: Asking) -> dict[str, int]:
    """How many things wait behind each place of the desk, for the seats of this reader."""
    return {
        route: count(request)
        for route, (roles, count) in COUNTERS.items()
        if request.actor.holds(*roles)
    }
