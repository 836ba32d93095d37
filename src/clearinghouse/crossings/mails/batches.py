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
    State.RETURNED: N_("It was returned to you: the page says what should be changed."),
    State.APPLIED: N_("What it holds is now listed. Thank you for contributing."),
}


def moved(notice: Notice, to: Addressee) -> Mail:
    """Told as it stands when the mail leaves; what it holds is on the page, after sign-in."""
    batch = batch_for(to.actor, subject_of(notice.cause))
    said = MOVED.get(State(batch.state))
    if said is None:
        raise Unseen("it has moved on")
    return Mail(
        subject=_("Your file in the committee's clearinghouse"),
        paragraphs=(_("There is news of a file of contributions of yours."), _(said)),
        link=page_at(to.language, f"desk/batches/{batch.pk}/"),
        seen_by=_("Its author, the committee's Experts and the secretariat."),
    )
