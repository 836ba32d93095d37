"""What a mail says, composed at the moment of sending for the eyes of one seat."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from babel.dates import format_date
from django.conf import settings
from django.utils.translation import gettext as _

from clearinghouse.access.errors import Unseen
from clearinghouse.circulars.models import Issue
from clearinghouse.circulars.queries import document, issues, rendition, words
from clearinghouse.circulars.rules import PUBLIC, audience_of
from clearinghouse.kernel import languages
from clearinghouse.kernel.marking import N_
from clearinghouse.notices.models import Notice
from clearinghouse.notices.rules import Kind
from clearinghouse.people.queries import Addressee
from clearinghouse.submissions.queries import submission_for
from clearinghouse.submissions.rules.workflow import State


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    type: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """Subject, paragraphs, the line that says who may see it, and where to go."""

    subject: str
    paragraphs: tuple[str, ...]
    link: str
    seen_by: str
    attachments: tuple[Attachment, ...] = field(default=())

    def text(self) -> str:
        seen = _("Seen by: %(who)s") % {"who": self.seen_by}
        return "\n\n".join([*self.paragraphs, self.link, seen]) + "\n"


def compose(notice: Notice, to: Addressee) -> Mail:
    """Raises Unseen where there is nothing left that this seat may be told."""
    return COMPOSERS[Kind(notice.kind)](notice, to)


def _id(cause: str) -> UUID:
    """From a cause: `table:id`, with what it is about after `@` or `#`."""
    return UUID(cause.partition(":")[2].partition("@")[0].partition("#")[0])


def _issue(notice: Notice) -> Issue:
    issue = issues.issue_by_id(_id(notice.cause))
    if issue is None:
        raise Unseen("no such issue")
    return issue


def _month(issue: Issue, language: str) -> str:
    return str(format_date(issue.month, "MMMM yyyy", locale=languages.locale(language)))


def _page(language: str, path: str) -> str:
    return f"{settings.SITE_URL}/{language}/{path}"


def _matrix_issued(notice: Notice, to: Addressee) -> Mail:
    """The rendition of the seat that the notice is for, whatever other seats its holder has."""
    issue = _issue(notice)
    (capacity,) = to.actor.capacities
    copy = rendition.copy_for(issue, audience_of(capacity))
    attach = copy.audience == PUBLIC or issues.wants_attachment(notice.recipient)
    content = document.render(copy, "xlsx", to.language) if attach else None
    files = (
        (Attachment(document.filename(copy, "xlsx"), content[1], content[0]),) if content else ()
    )
    values = {
        "month": _month(issue, to.language),
        "number": issue.number,
        "count": len(copy.rows),
        "hash": copy.hash,
    }
    return Mail(
        subject=_("Matrix of needs, %(month)s") % values,
        paragraphs=(
            _("The matrix of needs for %(month)s (number %(number)s) has been issued.") % values,
            _("Needs that you may see: %(count)s.") % values,
            _("Hash of your rendition (SHA-256): %(hash)s") % values,
            _("Please sign in to read it; you will be asked to first if you have not."),
        ),
        link=_page(to.language, f"matrix/{issue.number}/"),
        seen_by=words.seen_by(copy.audience),
        attachments=files,
    )


def _matrix_waits(notice: Notice, to: Addressee) -> Mail:
    issue = _issue(notice)
    values = {"month": _month(issue, to.language)}
    return Mail(
        subject=_("The matrix of needs for %(month)s waits for clearance") % values,
        paragraphs=(
            _("The matrix for %(month)s is frozen and has not gone out.") % values,
            _("It needs the Chair's clearance and an Expert's; the page says which is missing."),
        ),
        link=_page(to.language, f"desk/circulars/{issue.number}/"),
        seen_by=_("The Chair, the committee's Experts and the secretariat."),
    )


MOVED: dict[State, str] = {
    State.RETURNED: N_("It was returned to you: the page says what should be changed, and where."),
    State.LISTED: N_("It is now listed. Thank you for contributing."),
    State.AUTHENTICATED: N_(
        "The secretariat has recorded that it comes from your State. Please confirm it: it takes"
        " its place in the matrix, and is shown to those you chose, only when your mission has."
    ),
    State.CONFIRMED: N_("It is confirmed and stands in the matrix."),
}


def _submission_moved(notice: Notice, to: Addressee) -> Mail:
    """Told as it stands when the mail leaves; what it says is on the page, after sign-in."""
    submission = submission_for(to.actor, _id(notice.cause))
    said = MOVED.get(State(submission.state))
    if said is None:
        raise Unseen("it has moved on")
    return Mail(
        subject=_("Your contribution to the committee's clearinghouse"),
        paragraphs=(_("There is news of a contribution of yours."), _(said)),
        link=_page(to.language, f"desk/submissions/{submission.pk}/"),
        seen_by=_("Its author, the committee's Experts and the secretariat."),
    )


COMPOSERS: dict[Kind, Callable[[Notice, Addressee], Mail]] = {
    Kind.MATRIX_ISSUED: _matrix_issued,
    Kind.MATRIX_WAITS: _matrix_waits,
    Kind.SUBMISSION_MOVED: _submission_moved,
}
