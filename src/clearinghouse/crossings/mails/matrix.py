"""The mails of the monthly matrix: it has been issued, or it waits for a clearance."""

from babel.dates import format_date
from django.utils.translation import gettext as _

from clearinghouse.access.errors import Unseen
from clearinghouse.circulars.models import Issue
from clearinghouse.circulars.queries import document, issues, rendition, words
from clearinghouse.circulars.queries.rendition import Copy
from clearinghouse.circulars.rules import PUBLIC, audience_of
from clearinghouse.crossings.mails import replying
from clearinghouse.crossings.mails.mail import Attachment, Mail, page_at, subject_of
from clearinghouse.kernel import languages
from clearinghouse.notices.models import Notice
from clearinghouse.people.queries import Addressee

ATTACHED = ("xlsx", "pdf")


def _issue(notice: Notice) -> Issue:
    issue = issues.issue_by_id(subject_of(notice.cause))
    if issue is None:
        raise Unseen("no such issue")
    return issue


def _month(issue: Issue, language: str) -> str:
    return str(format_date(issue.month, "MMMM yyyy", locale=languages.locale(language)))


def issued(notice: Notice, to: Addressee) -> Mail:
    """The rendition of the seat that the notice is for, whatever other seats its holder has."""
    issue = _issue(notice)
    (capacity,) = to.actor.capacities
    copy = rendition.copy_for(issue, audience_of(capacity))
    attach = copy.audience == PUBLIC or issues.wants_attachment(notice.recipient)
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
            *replying.how_to_reply(copy.rows, to),
        ),
        link=page_at(to.language, f"matrix/{issue.number}/"),
        seen_by=words.seen_by(copy.audience),
        attachments=_files(copy, notice, to) if attach else (),
    )


def _files(copy: Copy, notice: Notice, to: Addressee) -> tuple[Attachment, ...]:
    made = {kind: document.render(copy, kind, to.language) for kind in ATTACHED}
    files = tuple(
        Attachment(document.filename(copy, kind), content_type, content)
        for kind, (content, content_type) in made.items()
    )
    return files + replying.form(copy.rows, to, notice)


def waits(notice: Notice, to: Addressee) -> Mail:
    issue = _issue(notice)
    values = {"month": _month(issue, to.language)}
    return Mail(
        subject=_("The matrix of needs for %(month)s waits for clearance") % values,
        paragraphs=(
            _("The matrix for %(month)s is frozen and has not gone out.") % values,
            _("It needs the Chair's clearance and an Expert's; the page says which is missing."),
        ),
        link=page_at(to.language, f"desk/circulars/{issue.number}/"),
        seen_by=_("The Chair, the committee's Experts and the secretariat."),
    )
