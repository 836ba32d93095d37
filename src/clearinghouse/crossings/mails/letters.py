"""The mail that brings a letter to the seats of its addressee, the letter itself attached."""

from django.utils.translation import gettext as _

from clearinghouse.access.errors import Unseen
from clearinghouse.crossings.mails.mail import Attachment, Mail, page_at, subject_of
from clearinghouse.letters.queries import document
from clearinghouse.letters.queries.letters import letter_for
from clearinghouse.letters.queries.words import FORMS, SEEN_BY
from clearinghouse.letters.rules.workflow import LEFT, Form, State
from clearinghouse.notices.models import Notice
from clearinghouse.people.queries import Addressee


def dispatched(notice: Notice, to: Addressee) -> Mail:
    """As it was cleared. Raises Unseen where the seat may no longer see it."""
    letter = letter_for(to.actor, subject_of(notice.cause))
    if State(letter.state) not in LEFT:
        raise Unseen("it has not been dispatched")
    form, file = Form(letter.form), document.render(letter, "pdf")
    values = {"form": _(FORMS[form]), "reference": letter.reference}
    return Mail(
        subject=_("%(form)s %(reference)s") % values,
        paragraphs=(
            _("Attached: %(form)s %(reference)s of the committee.") % values,
            _("Please quote the reference in your reply: %(reference)s") % values,
        ),
        link=page_at(to.language, f"desk/letters/{letter.pk}/"),
        seen_by=_(SEEN_BY[form]),
        attachments=(Attachment(file.name, file.type, file.content),),
    )
