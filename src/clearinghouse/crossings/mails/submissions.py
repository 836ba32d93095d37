"""The mail about a contribution that has moved a step."""

from django.utils.translation import gettext as _

from clearinghouse.access.errors import Unseen
from clearinghouse.crossings.mails.mail import Mail, page_at, subject_of
from clearinghouse.kernel.marking import N_
from clearinghouse.notices.models import Notice
from clearinghouse.people.queries import Addressee
from clearinghouse.submissions.queries import submission_for
from clearinghouse.submissions.rules.workflow import State

MOVED: dict[State, str] = {
    State.RETURNED: N_("It was returned to you: the page says what should be changed, and where."),
    State.LISTED: N_("It is now listed. Thank you for contributing."),
    State.AUTHENTICATED: N_(
        "The secretariat has recorded that it comes from your State. Please confirm it: it takes"
        " its place in the matrix, and is shown to those you chose, only when your mission has."
    ),
    State.CONFIRMED: N_("It is confirmed and stands in the matrix."),
}


def moved(notice: Notice, to: Addressee) -> Mail:
    """Told as it stands when the mail leaves; what it says is on the page, after sign-in."""
    submission = submission_for(to.actor, subject_of(notice.cause))
    said = MOVED.get(State(submission.state))
    if said is None:
        raise Unseen("it has moved on")
    return Mail(
        subject=_("Your contribution to the committee's clearinghouse"),
        paragraphs=(_("There is news of a contribution of yours."), _(said)),
        link=page_at(to.language, f"desk/submissions/{submission.pk}/"),
        seen_by=_("Its author, the committee's Experts and the secretariat."),
    )
