"""What a mail says, composed at the moment of sending for the eyes of one seat.

One module for each subject; here is the table of which composes which notice.
"""

from collections.abc import Callable

from clearinghouse.crossings.mails import (
    accounts,
    batches,
    became,
    entries,
    intake,
    letters,
    matrix,
    meetings,
    outreach,
    submissions,
)
from clearinghouse.crossings.mails.mail import Attachment, Mail
from clearinghouse.notices.models import Notice
from clearinghouse.notices.rules import Kind
from clearinghouse.people.queries import Addressee

__all__ = ["COMPOSERS", "Attachment", "Mail", "compose"]

COMPOSERS: dict[Kind, Callable[[Notice, Addressee], Mail]] = {
    Kind.MATRIX_ISSUED: matrix.issued,
    Kind.MATRIX_WAITS: matrix.waits,
    Kind.SUBMISSION_MOVED: submissions.moved,
    Kind.BATCH_MOVED: batches.moved,
    Kind.INTAKE_SETTLED: intake.settled,
    Kind.MEETING_MOVED: meetings.moved,
    Kind.MEETING_INVITED: meetings.invited,
    Kind.DEADLINES_MOVED: meetings.counted_anew,
    Kind.ENTRIES_DUE: entries.due,
    # contact with bodies
    Kind.CONTRIBUTION_ASKED: outreach.invited,
    Kind.CONTRIBUTION_REMINDED: outreach.reminded,
    Kind.CONTRIBUTION_THANKED: outreach.thanked,
    Kind.CONTRIBUTION_BECAME: became.told,
    # accounts and seats
    Kind.ACCOUNT_INVITED: accounts.invited,
    Kind.ACCOUNT_RESET: accounts.reset,
    Kind.ACCOUNT_ASKED: accounts.asked,
    Kind.PROPOSAL_MADE: accounts.proposed,
    Kind.PROPOSAL_DECIDED: accounts.decided,
    Kind.SEAT_ENDED: accounts.seat_ended,
    Kind.LETTER_DISPATCHED: letters.dispatched,
}


def compose(notice: Notice, to: Addressee) -> Mail:
    """Raises Unseen where there is nothing left that this seat may be told."""
    return COMPOSERS[Kind(notice.kind)](notice, to)
