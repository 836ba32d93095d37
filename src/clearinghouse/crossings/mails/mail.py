"""What a mail is before it is a message: its parts, and how its links and causes are written."""

from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    type: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """Subject, paragraphs, the line that says who may see it, and where to go."""

    subject: str
    paragraphs: tuple[str, ...]
    link: str
    seen_by: str
    attachments: tuple[Attachment, ...] = field(default=())

    def text(self) -> str:
        seen = _("Seen by: %(who)s") % {"who": self.seen_by}
        return "\n\n".join([*self.paragraphs, self.link, seen]) + "\n"


def subject_of(cause: str) -> UUID:
    """From a cause: `table:id`, with what it is about after `@` or `#`."""
    return UUID(cause.partition(":")[2].partition("@")[0].partition("#")[0])


def page_at(language: str, path: str) -> str:
    return f"{settings.SITE_URL}/{language}/{path}"
