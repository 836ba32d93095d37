"""The seats a visitor of the demonstration may take, and the mails it has sent into its folder."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import default
from pathlib import Path

from django.utils.translation import gettext as _

from clearinghouse.files.rules import BY_ENDING, Type
from clearinghouse.kernel.marking import N_

DOMAIN = "demonstration.example"

# Seats, not invented people: slug, what it is called, what it shows.
PERSONAS: tuple[tuple[str, str, str], ...] = (
    (
        "secretariat",
        N_("Secretariat"),
        N_("Reviews contributions, keeps the circulation list, sees every need."),
    ),
    (
        "secretariat-2",
        N_("Secretariat, second officer"),
        N_("Clears the letters that the first officer wrote, and lists what the first drafted."),
    ),
    ("expert", N_("Expert"), N_("Sees every need, and clears the matrix before it goes out.")),
    (
        "chair",
        N_("Chair of the committee"),
        N_("Clears the matrix, once or until further notice."),
    ),
    (
        "member-xa",
        N_("Member of the committee"),
        N_("Sees what States share with the committee."),
    ),
    (
        "state-xa",
        N_("Amaranth, an invented State"),
        N_("Writes its needs and decides who may see each of them."),
    ),
    (
        "state-xb",
        N_("Basalt Islands, an invented State"),
        N_("The same, for another State: neither sees the other's private needs."),
    ),
    (
        "provider-xc",
        N_("Cobalt Coast, an invented provider"),
        N_("Sees the needs shared with providers, or with it by name."),
    ),
    (
        "focal-xio",
        N_("Focal point of an international organisation"),
        N_("Submits a standard and follows what becomes of it."),
    ),
    (
        "focal-xro",
        N_("Focal point of a regional organisation"),
        N_("Submits for its organisation; drafts for its members."),
    ),
    ("auditor", N_("Auditor"), N_("Reads the record of changes, and none of the content.")),
    ("administrator", N_("Administrator"), N_("Names people to seats, and sees no content.")),
)


@dataclass(frozen=True)
class Attached:
    """A file that went with a mail."""

    name: str
    content: bytes
    kind: Type


@dataclass(frozen=True)
class Mail:
    """A mail as the folder keeps it; `text` only where the whole mail was asked for."""

    name: str
    subject: str
    to: str
    written: datetime | None
    attachments: tuple[Attached, ...] = ()
    text: str = ""


def personas() -> list[tuple[str, str, str]]:
    """For each seat: its slug, its label and what it shows, in the reader's language."""
    return [(slug, _(label), _(explanation)) for slug, label, explanation in PERSONAS]


def email_of(persona: str) -> str:
    """The address of a persona's account, or "" where there is no such persona."""
    known = {slug for slug, _label, _explanation in PERSONAS}
    return f"{persona}@{DOMAIN}" if persona in known else ""


def names(folder: Path) -> list[str]:
    """The mails in the folder, newest first, each by the name of its file without the ending."""
    found = [(_moment(path), path.stem) for path in folder.glob("*.eml")]
    return [name for _when, name in sorted(found, reverse=True)]


def head(folder: Path, name: str) -> Mail:
    """Who was written to, when and about what. The name comes from `names`."""
    return _mail(name, _headers(folder / f"{name}.eml"))


def whole(folder: Path, name: str) -> Mail | None:
    """The mail with its text; None for a name that `names` does not give."""
    if name not in names(folder):
        return None
    message = message_from_bytes((folder / f"{name}.eml").read_bytes(), policy=default)
    return _mail(name, message)


def _headers(path: Path) -> EmailMessage:
    with path.open("rb") as file:
        return BytesHeaderParser(policy=default).parse(file)


def _mail(name: str, message: EmailMessage) -> Mail:
    body = message.get_body(("plain", "html"))
    return Mail(
        name=name,
        subject=message["Subject"] or "",
        to=message["To"] or "",
        written=_date(message),
        attachments=tuple(_attached(part) for part in message.iter_attachments()),
        text=str(body.get_content()) if body else "",
    )


def _attached(part: EmailMessage) -> Attached:
    """Ours alone are in the folder, so that the ending of the name says what it is."""
    name = part.get_filename() or ""
    kind = BY_ENDING.get(name.rpartition(".")[2], Type.TXT)
    content = part.get_content()  # words where the file is a text
    return Attached(name, content.encode() if isinstance(content, str) else content, kind)


def _moment(path: Path) -> float:
    """When the mail says it was written; when the file was, if it does not say."""
    written = _date(_headers(path))
    return written.timestamp() if written else path.stat().st_mtime


def _date(message: EmailMessage) -> datetime | None:
    """With its offset; None where the mail gives no day that can be read."""
    said = getattr(message["Date"], "datetime", None)
    return said.replace(tzinfo=said.tzinfo or UTC) if isinstance(said, datetime) else None
