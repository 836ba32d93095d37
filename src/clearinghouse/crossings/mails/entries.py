"""The mail that asks a body, once a year, whether what it has in view still holds."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clearinghouse.access.errors import Unseen
from clearinghouse.crossings import confirmation, freshness
from clearinghouse.crossings.mails.mail import Mail, page_at, subject_of
from clearinghouse.intake.forms import reminder
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.notices.models import Notice
from clearinghouse.people.queries import Addressee


def due(notice: Notice, to: Addressee) -> Mail:
    """Raises Unseen where all has been confirmed meanwhile."""
    asked_on = day_in_new_york(notice.created_at)
    count = len(freshness.due(to.actor, asked_on, in_public=True))
    if to.body is None or to.body.pk != subject_of(notice.cause) or not count:
        raise Unseen("nothing is left to confirm")
    token = confirmation.make(notice.recipient, notice.created_at)
    asked = ngettext(
        "%(count)s entry of yours in the directory will soon have stood for a year without"
        " confirmation.",
        "%(count)s entries of yours in the directory will soon have stood for a year without"
        " confirmation.",
        count,
    )
    said = (
        asked % {"count": count},
        _(
            "Open the link below: it leads to a page that shows them, with one button."
            " Opening it changes nothing. What you do not confirm stays in view, marked."
        ),
        _("The link can be used once, within 45 days, and is meant for you alone."),
        _("If something has changed, sign in and revise it, or answer this mail."),
        reminder(to.language),
    )
    return Mail(
        subject=_("Please confirm your entries in the committee's directory"),
        paragraphs=tuple(filter(None, said)),
        link=page_at(to.language, f"confirm/{token}/"),
        seen_by=_("You alone. Your entries are seen by those named beside each of them."),
    )
