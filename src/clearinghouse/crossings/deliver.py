"""Sends what waits in the outbox: checks the seat again, composes, hands over, settles."""

import logging
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation
from django.utils.translation import gettext as _

from clearinghouse.access.errors import Unseen
from clearinghouse.crossings import mails
from clearinghouse.crossings.mails import Mail
from clearinghouse.notices import actions as notices
from clearinghouse.notices.couriers import Courier, Deferred, Folder, Parked, Post
from clearinghouse.notices.models import Notice
from clearinghouse.notices.rules import Status, message_name, reference_of
from clearinghouse.people.clock import reading_in
from clearinghouse.people.queries import Addressee, addressee

log = logging.getLogger(__name__)


def courier() -> Courier:
    """The mail server of the settings, or the local outbox folder."""
    return Post(settings.MAIL_SERVER) if settings.MAIL_SERVER else Folder(settings.OUTBOX_FOLDER)


def deliver_next(now: datetime, by: Courier) -> Status | None:
    """Deliver one notice that is due; None where nothing is. A refusal is settled, not raised."""
    notice = notices.claim(now)
    if notice is None:
        return None
    status, said = _deliver(notice, now, by)
    notices.settle(notice, status, said=said, now=now)
    return status


def _deliver(notice: Notice, now: datetime, by: Courier) -> tuple[Status, str]:
    to = addressee(notice.recipient, now)
    if to is None:
        return Status.DROPPED, "the seat has ended"
    try:
        with translation.override(to.language), reading_in(to.time_zone):
            by.carry(_message(notice, to, mails.compose(notice, to)))
    except Deferred as why:
        return Status.DEFERRED, str(why)
    except Parked as why:
        return Status.FAILED, str(why)
    except Unseen:
        return Status.DROPPED, "there is nothing left that this seat may see"
    except Exception as why:
        log.exception("notice %s could not be composed", notice.pk)
        return Status.DEFERRED, type(why).__name__
    return Status.SENT, ""


def _message(notice: Notice, to: Addressee, mail: Mail) -> EmailMessage:
    """The same notice makes the same mail at every try: Message-ID, date and text.

    One address in To, none elsewhere; no text of ours or of others can add a header.
    """
    message = EmailMessage()
    domain = urlsplit(settings.SITE_URL).hostname or "localhost"
    name = notice.name or message_name(notice.cause, str(notice.recipient), settings.SECRET_KEY)
    message["Message-ID"] = f"<{name}@{domain}>"
    message["Date"] = format_datetime(notice.created_at)
    message["From"] = settings.MAIL_FROM
    message["To"] = _address(to)
    if settings.REPLY_TO:
        message["Reply-To"] = settings.REPLY_TO
    message["Subject"] = _one_line(mail.subject)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text() + _reference(name))
    for attached in mail.attachments:
        main, sub = attached.type.partition(";")[0].split("/")
        message.add_attachment(
            attached.content, maintype=main, subtype=sub, filename=attached.name
        )
    if message.is_multipart():  # else drawn anew at each try
        message.set_boundary(f"part-{name}")
    message["Content-Language"] = to.language  # last: setting the content takes such headers away
    return message


def _reference(name: str) -> str:
    """What a reply is matched by where its own headers have been lost on the way."""
    line = _("Reference: %(reference)s") % {"reference": reference_of(name)}
    return f"\n{line}\n"


def _address(to: Addressee) -> str:
    """Raises Parked for what mail servers would not take, or take for something else."""
    try:
        validate_email(to.email)
        to.email.encode("ascii")
    except (ValidationError, UnicodeEncodeError) as why:
        raise Parked(f"{to.email!r} is not an address") from why
    return str(Address(_one_line(to.name), addr_spec=to.email))


def _one_line(text: str) -> str:
    """No line breaks, and nothing a mail program would decode into some: `=?utf-8?q?=0D=0A?=`."""
    plain = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(plain.replace("=?", "= ?").split())
