"""The mail that tells a contributor, once a year, where its page “what became of it” stands."""

from urllib.parse import urlencode

from django.utils.translation import gettext as _

from clearinghouse.access.errors import Unseen
from clearinghouse.crossings import became_yearly
from clearinghouse.crossings.mails.mail import Mail, page_at, subject_of
from clearinghouse.intake.forms import reminder
from clearinghouse.kernel import languages
from clearinghouse.notices.models import Notice
from clearinghouse.people.queries import Addressee


def told(notice: Notice, to: Addressee) -> Mail:
    """The year and the way there, and nothing of what the page says.

    Raises Unseen for a seat that is not of that body.
    """
    if to.body is None or to.body.pk != subject_of(notice.cause):
        raise Unseen("not a body of this seat's")
    year = became_yearly.year_of(notice.cause)
    said = {"body": languages.pick(to.body.names, to.language)[0], "year": year}
    asked = urlencode({"body": to.body.code, "year": year})
    paragraphs = (
        _("%(body)s contributed to the committee's work in %(year)s.") % said,
        _(
            "A page on your desk tells what you gave, what was said of it, where it stands today,"
            " and whose needs lie there. It can be fetched as a document in Word, and printed."
        ),
        _("Sign in to read it. Whether you have read this mail is not tracked."),
        reminder(to.language),
    )
    return Mail(
        subject=_("What became of your contributions of %(year)s") % said,
        paragraphs=tuple(filter(None, paragraphs)),
        link=page_at(to.language, f"desk/became/?{asked}"),
        seen_by=_("This mail: you. The page: the seats of your body alone."),
    )
