"""Carries a composed mail away: by SMTP, or into a local folder. Knows nothing of its content."""

import os
import smtplib
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any, Protocol

TIMEOUT = 20  # seconds for one answer of the mail server
TEMPORARY = range(400, 500)


class Deferred(Exception):
    """Not now: try again later."""


class Parked(Exception):
    """Refused for good: somebody has to look."""


class Courier(Protocol):
    """Whoever takes a composed mail out of our hands."""

    def carry(self, message: EmailMessage) -> None:
        """Raises Deferred or Parked; returns once the mail is in other hands."""


class Folder:
    """A folder with one file a mail, named by its Message-ID: the same mail twice is one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def carry(self, message: EmailMessage) -> None:
        name = message["Message-ID"].strip("<>").partition("@")[0]
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            half = self.folder / f".{name}.{os.getpid()}"
            half.write_bytes(message.as_bytes(policy=SMTP))
            half.replace(self.folder / f"{name}.eml")
        except OSError as why:
            raise Deferred(f"{self.folder}: {why.strerror}") from why


class Post:
    """A mail server. 4xx and silence defer, 5xx parks: the answers' own meaning (RFC 5321)."""

    def __init__(self, server: dict[str, Any]) -> None:
        self.server = server

    def carry(self, message: EmailMessage) -> None:
        try:
            with self._connect() as connection:
                connection.send_message(message)
        except smtplib.SMTPRecipientsRefused as why:
            code, said = next(iter(why.recipients.values()))
            raise _refusal(code, said) from why
        except smtplib.SMTPResponseException as why:
            raise _refusal(why.smtp_code, why.smtp_error) from why
        except (OSError, smtplib.SMTPException) as why:
            raise Deferred(str(why) or type(why).__name__) from why

    def _connect(self) -> smtplib.SMTP:
        kind = smtplib.SMTP_SSL if self.server["use_ssl"] else smtplib.SMTP
        connection = kind(self.server["host"], self.server["port"], timeout=TIMEOUT)
        if self.server["use_tls"]:
            connection.starttls()
        if self.server["username"]:
            connection.login(self.server["username"], self.server["password"])
        return connection


def _refusal(code: int, said: bytes | str) -> Exception:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return (Deferred if code in TEMPORARY else Parked)(f"{code} {text}")
