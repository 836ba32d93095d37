"""Where a contribution stands on its way, and who has it next: words for the desk's pages."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from clearinghouse.directory.rules import Readers
from clearinghouse.kernel.marking import N_
from clearinghouse.submissions.rules.kinds import Kind
from clearinghouse.submissions.rules.workflow import State
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.parts import Cell, Step, Tone
from clearinghouse.web.views.desk import answers

if TYPE_CHECKING:
    from clearinghouse.submissions.models import Submission

STATES: dict[State, tuple[str, Tone]] = {
    State.DRAFT: (N_("draft"), "quiet"),
    State.SUBMITTED: (N_("submitted"), "waiting"),
    State.IN_REVIEW: (N_("in review"), "waiting"),
    State.RETURNED: (N_("returned"), "alert"),
    State.LISTED: (N_("listed"), "settled"),
    State.AUTHENTICATED: (N_("origin authenticated"), "waiting"),
    State.CONFIRMED: (N_("confirmed"), "settled"),
    State.WITHDRAWN: (N_("withdrawn"), "quiet"),
}
_REVIEWED = (State.DRAFT, State.SUBMITTED, State.IN_REVIEW, State.LISTED)
_ANNOUNCED = (State.DRAFT, State.LISTED)
WAYS = dict.fromkeys(Kind, _REVIEWED) | {
    Kind.NEED: (State.DRAFT, State.SUBMITTED, State.AUTHENTICATED, State.CONFIRMED),
    Kind.CONTACT: _ANNOUNCED,
    Kind.MONITORING_VISIT: _ANNOUNCED,
}
STANDING: dict[Readers, str] = {
    Readers.EVERYBODY: N_("Once listed: everybody."),
    Readers.CONTACTS: N_(
        "Once announced: the office and its mailbox, everybody; the person, the seats of its body,"
        " the committee, the Experts and the secretariat, and other focal points if you agree."
    ),
    Readers.MONITORS: N_(
        "Once announced: the focal points of organisations, the Experts and the State concerned."
    ),
}
NEXT: dict[State, str] = {
    State.DRAFT: N_("with its author"),
    State.SUBMITTED: N_("with the secretariat"),
    State.IN_REVIEW: N_("with the secretariat"),
    State.RETURNED: N_("with its author, who may submit it again"),
    State.AUTHENTICATED: N_("with the permanent mission, to confirm"),
}


def state_cell(submission: "Submission") -> Cell:
    """Where it stands; of what came back, what the secretariat said."""
    label, tone = STATES[State(submission.state)]
    said = submission.remarks.values() if submission.state == State.RETURNED else ()
    return Cell(_(label), tone=tone, note=" · ".join(said))


def title_of(submission: "Submission", words: Vocabulary) -> str:
    """Its title in the reader's language as far as there is one; a draft may have none yet."""
    return words.say(submission.content.get("title", {})) or _("Without a title yet")


def timeline(submission: "Submission") -> list[Step]:
    """The stations of its procedure; a returned one stands where it was drafted."""
    here = State(submission.state)
    way: tuple[State, ...] = WAYS[Kind(submission.kind)]
    if here == State.WITHDRAWN:
        withdrawn = Step(_("withdrawn"), "current", answers.day(submission.settled_at))
        return [Step(_("draft"), "done", answers.day(submission.started_at)), withdrawn]
    shown = tuple(State.RETURNED if s == State.DRAFT else s for s in way)
    way = shown if here == State.RETURNED else way
    place = way.index(here)
    when = {State.DRAFT: submission.started_at, State.SUBMITTED: submission.submitted_at}
    when[way[-1]] = submission.settled_at
    return [
        Step(
            _(STATES[state][0]),
            "done" if n < place else "current" if n == place else "to come",
            answers.day(when.get(state)) if n <= place else "",
            _(NEXT[state]) if n == place and state in NEXT else "",
        )
        for n, state in enumerate(way)
    ]
