"""A composed mail as the bytes that leave: one address, headers nobody can add to, files set in.

The text of a file in base64 is some hundred kilobytes, and the same for many recipients: it is
made once, and set in where the rest of the mail, written by the library, holds its place.
"""

from base64 import encodebytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from clearinghouse.crossings.mails.mail import Mail
from clearinghouse.notices.couriers import Message, Parked
from clearinghouse.notices.models import Notice
from clearinghouse.notices.rules import message_name, reference_of
from clearinghouse.people.queries import Addressee

KEPT = 24  # texts of files, some megabytes each in a large issue: those that many mails share


def message(notice: Notice, to: Addressee, mail: Mail) -> Message:
    """The same notice makes the same mail at every try: Message-ID, date and text.

    One address in To, none elsewhere; no text of ours or of others can add a header.
    """
    name = notice.name or message_name(notice.cause, str(notice.recipient), settings.SECRET_KEY)
    composed = _composed(name, notice, to, mail)
    rest, parts = composed.as_bytes(policy=SMTP), []
    for number, attached in enumerate(mail.attachments):
        before, place, rest = rest.partition(_base64(_place(name, number)))
        if not place:
            raise LookupError(f"{attached.name} has no place in the mail")
        parts += [before, _base64(attached.content)]
    sender = composed["From"].addresses[0].addr_spec
    return Message(name, sender, to.email, b"".join([*parts, rest]))


def _place(name: str, number: int) -> bytes:
    """What stands where a file is set in: nobody knows the name of a mail before it is sent."""
    return f"{name}/{number}".encode()


@lru_cache(maxsize=KEPT)
def _base64(content: bytes) -> bytes:
    return encodebytes(content).replace(b"\n", b"\r\n")


def _composed(name: str, notice: Notice, to: Addressee, mail: Mail) -> EmailMessage:
    """The whole mail, with a place for each file."""
    message = EmailMessage()
    domain = urlsplit(settings.SITE_URL).hostname or "localhost"
    message["Message-ID"] = f"<{name}@{domain}>"
    message["Date"] = format_datetime(notice.created_at)
    message["From"] = settings.MAIL_FROM
    message["To"] = _address(to)
    if settings.REPLY_TO:
        message["Reply-To"] = settings.REPLY_TO
    message["Subject"] = _one_line(mail.subject)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text() + _reference(name))
    for number, attached in enumerate(mail.attachments):
        main, sub = attached.type.partition(";")[0].split("/")
        place = _place(name, number)
        message.add_attachment(place, maintype=main, subtype=sub, filename=attached.name)
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
