"""The mail about a batch of contributions that was applied or returned."""

from django.utils.translation import gettext as _

from clearinghouse.access.errors import Unseen
from clearinghouse.batches.queries import batch_for
from clearinghouse.batches.rules.workflow import State
from clearinghouse.crossings.mails.mail import Mail, page_at, subject_of
from clearinghouse.kernel.marking import N_
from clearinghouse.notices.models import Notice
from clearinghouse.people.queries import Addressee

MOVED: dict[State, str] = {
    State.UNREAD: N_("It could not be read: the page says why, and where."),
    State.CHECKED: N_("It has been read: see what it would change, and hand it in."),
    State.RETURNED: N_("It was returned to you: the page says what should be changed."),
    State.UNDONE: N_("It was undone: what it listed is withdrawn, the rest is as it was before."),
    State.APPLIED: N_("What it holds is now listed. Thank you for contributing."),
}
GIVEN_UP = N_("What was asked of it could not be done: the page says why.")


def moved(notice: Notice, to: Addressee) -> Mail:
    """Told as it stands when the mail leaves; what it holds is on the page, after sign-in."""
    batch = batch_for(to.actor, subject_of(notice.cause))
    said = (
        GIVEN_UP if batch.faults and batch.state != State.UNREAD else MOVED.get(State(batch.state))
    )
    if said is None:
        raise Unseen("it has moved on")
    return Mail(
        subject=_("Your file in the committee's clearinghouse"),
        paragraphs=(_("There is news of a file of contributions of yours."), _(said)),
        link=page_at(to.language, f"desk/batches/{batch.pk}/"),
        seen_by=_("Its author, the committee's Experts and the secretariat.")
        if batch.submitted_at
        else _("Its author."),
    )
