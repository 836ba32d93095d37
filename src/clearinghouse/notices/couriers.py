"""Carries a composed mail away: by SMTP, or into a local folder. Knows nothing of its content."""

import os
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

TIMEOUT = 20  # seconds for one answer of the mail server
TEMPORARY = range(400, 500)
OK = 250


class Deferred(Exception):
    """Not now: try again later."""


class Parked(Exception):
    """Refused for good: somebody has to look."""


@dataclass(frozen=True)
class Message:
    """A mail as it leaves: its name (the Message-ID's), the two addresses, and the bytes."""

    name: str
    sender: str
    recipient: str
    content: bytes


class Courier(Protocol):
    """Whoever takes a composed mail out of our hands."""

    def carry(self, message: Message) -> None:
        """Raises Deferred or Parked; returns once the mail is in other hands."""

    def close(self) -> None:
        """There is no further mail for now."""


class Folder:
    """A folder with one file a mail, named by its Message-ID: the same mail twice is one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def carry(self, message: Message) -> None:
        name = message.name
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            half = self.folder / f".{name}.{os.getpid()}"
            _write(half, message.content)
            half.replace(self.folder / f"{name}.eml")
            for left in self.folder.glob(f".{name}.*"):  # by a sender that died over this mail
                left.unlink(missing_ok=True)
            _sync(self.folder)
        except OSError as why:
            raise Deferred(f"{self.folder}: {why.strerror}") from why

    def close(self) -> None:
        """A folder is left as it is."""


class Post:
    """A mail server. Of a mail, 4xx and silence defer and 5xx parks: what they mean (RFC 5321).

    One connection carries mail after mail. It is begun anew only before a mail was named on it:
    never after the text may have reached the server.
    """

    def __init__(self, server: dict[str, Any]) -> None:
        self.server = server
        self._open: smtplib.SMTP | None = None

    def carry(self, message: Message) -> None:
        connection, held = self._ready(), self._open
        self._open = None  # kept again once the mail is taken
        try:
            try:
                _send(connection, message)
            except smtplib.SMTPSenderRefused:
                if held is None:
                    raise
                connection.close()  # it has carried enough, and no mail was named: a fresh one
                connection = self._reach()
                _send(connection, message)
            self._open = connection
        except smtplib.SMTPRecipientsRefused as why:
            code, said = next(iter(why.recipients.values()))
            raise _refusal(code, said) from why
        except smtplib.SMTPResponseException as why:
            raise _refusal(why.smtp_code, why.smtp_error) from why
        except (OSError, smtplib.SMTPException) as why:
            raise Deferred(str(why) or type(why).__name__) from why
        finally:
            if self._open is None:
                connection.close()

    def close(self) -> None:
        """Taken is taken, farewell or not."""
        if self._open is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._open.quit()
            self._open.close()
            self._open = None

    def _ready(self) -> smtplib.SMTP:
        """The connection of the mail before, where it still answers; else a new one."""
        if self._open is not None:
            with suppress(OSError, smtplib.SMTPException):
                if self._open.rset()[0] == OK:
                    return self._open
            self._open.close()
            self._open = None
        return self._reach()

    def greet(self) -> str:
        """Whether the server answers and lets us in, without a mail: what is wrong, or nothing."""
        try:
            self._reach().close()
        except Deferred as why:
            return f"{self.server['host']}: {why}"
        return ""

    def _reach(self) -> smtplib.SMTP:
        """Raises Deferred for any refusal: it is of us, before a mail was named, and passes."""
        try:
            connection = self._connect()
            try:
                self._introduce(connection)
            except BaseException:
                connection.close()
                raise
        except smtplib.SMTPResponseException as why:
            raise Deferred(_words(why.smtp_code, why.smtp_error)) from why
        except (OSError, smtplib.SMTPException) as why:
            raise Deferred(str(why) or type(why).__name__) from why
        return connection

    def _connect(self) -> smtplib.SMTP:
        host, port = self.server["host"], self.server["port"]
        if self.server["use_ssl"]:
            trusted = ssl.create_default_context()
            return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=trusted)
        return smtplib.SMTP(host, port, timeout=TIMEOUT)

    def _introduce(self, connection: smtplib.SMTP) -> None:
        """Encrypt where asked, to a server whose certificate holds; then say who we are."""
        if self.server["use_tls"]:
            connection.starttls(context=ssl.create_default_context())
        if self.server["username"]:
            connection.login(self.server["username"], self.server["password"])
        connection.ehlo_or_helo_if_needed()


def _write(file: Path, content: bytes) -> None:
    """To the disk, not only towards it: what is told as sent survives a power cut."""
    with file.open("wb") as written:
        written.write(content)
        written.flush()
        os.fsync(written.fileno())


def _sync(folder: Path) -> None:
    """A new name in a folder is on the disk when the folder is."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _send(connection: smtplib.SMTP, message: Message) -> None:
    connection.sendmail(message.sender, [message.recipient], message.content)


def _refusal(code: int, said: bytes | str) -> Exception:
    return (Deferred if code in TEMPORARY else Parked)(_words(code, said))


def _words(code: int, said: bytes | str) -> str:
    return f"{code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"
