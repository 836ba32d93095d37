"""What a persona of the demonstration finds in its mailbox, and how it writes back."""

from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from clearinghouse.crossings.demonstration import address


def all_mails(*outboxes: Path) -> list[EmailMessage]:
    """The oldest first."""
    files = (file for outbox in outboxes for file in outbox.glob("*.eml"))
    mails = (message_from_bytes(f.read_bytes(), policy=policy.default) for f in files)
    return sorted(mails, key=_date)


def mails_to(persona: str, *outboxes: Path) -> list[EmailMessage]:
    return [mail for mail in all_mails(*outboxes) if address(persona) in mail["To"]]


def _date(mail: EmailMessage) -> datetime:
    return parsedate_to_datetime(mail["Date"])


def words(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def reply(to: EmailMessage, persona: str, text: str) -> bytes:
    """As a mail program writes one: it quotes what it answers, and names it in its headers."""
    made = EmailMessage()
    made["From"], made["To"] = address(persona), str(to["Reply-To"] or to["From"])
    made["Message-ID"], made["In-Reply-To"] = "<reply@example.org>", to["Message-ID"]
    made["Subject"] = f"Re: {to['Subject']}"
    quoted = "\n".join(f"> {line}" for line in words(to).splitlines())
    made.set_content(f"{text}\n\nOn 1 October, Clearinghouse wrote:\n{quoted}\n")
    return made.as_bytes()
