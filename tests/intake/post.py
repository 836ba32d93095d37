"""The matrix goes out by mail, and a mission replies to it: shared by the stories of the tray."""

import mimetypes
from collections.abc import Iterable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from clearinghouse.access.actor import OPERATOR
from clearinghouse.circulars import actions as circulars
from clearinghouse.crossings import deliver
from clearinghouse.intake import actions as intake
from clearinghouse.intake.actions import Incoming
from clearinghouse.intake.models import Item
from clearinghouse.intake.rules.workflow import Channel
from clearinghouse.needs.models import Need
from clearinghouse.notices import actions as notices
from clearinghouse.notices.couriers import Folder
from clearinghouse.notices.rules import Kind
from tests.committee import Committee


def code(need: Need) -> str:
    return f"N-{need.pk.hex[:8]}"


def sent_matrix(
    committee: Committee, folder: Path, *seats: str, attach: bool = False
) -> list[EmailMessage]:
    """Enlist the seats, issue April's matrix, deliver; the mails, in the order of the seats."""
    for name in seats:
        seat = committee.seats[name]
        circulars.enlist(seat, attach=attach, by=OPERATOR, now=committee.now)
    issue = committee.issue()
    notices.tell(
        Kind.MATRIX_ISSUED,
        issue.subject,
        [committee.seats[n].pk for n in seats],
        now=committee.now,
    )
    mails = delivered(committee, folder)
    return [next(m for m in mails if f"<{n}@" in m["To"]) for n in seats]


def delivered(committee: Committee, folder: Path) -> list[EmailMessage]:
    """Everything that waits leaves; every mail that ever left."""
    while deliver.deliver_next(committee.now, Folder(folder)):
        pass
    return [read(p.read_bytes()) for p in sorted(folder.glob("*.eml"))]


def read(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=policy.default)


def words(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def reply(
    to: EmailMessage | None,
    text: str,
    *,
    sender: str = "mission_xa@example.org",
    files: Iterable[tuple[str, bytes]] = (),
    **headers: str,
) -> bytes:
    """As a mail program writes one: it quotes what it answers, and names it in its headers."""
    made = EmailMessage()
    made["From"], made["Message-ID"] = sender, "<reply@example.org>"
    made["Subject"] = f"Re: {to['Subject']}" if to else "A note"
    if to is not None:
        made["In-Reply-To"] = to["Message-ID"]
    for name, value in ((n.replace("_", "-"), v) for n, v in headers.items()):
        del made[name]
        if value:
            made[name] = value
    quoted = "\n".join(f"> {line}" for line in words(to).splitlines()) if to else ""
    made.set_content(f"{text}\n\nOn 1 April 2025, Clearinghouse wrote:\n{quoted}\n")
    for name, content in files:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        main, _, sub = kind.partition("/")
        made.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return made.as_bytes()


def arrive(committee: Committee, mail: bytes) -> Item:
    incoming = Incoming(channel=Channel.MAIL, content=mail)
    return intake.arrive(incoming, by=OPERATOR, now=committee.now)


def current(item: Item) -> Item:
    return Item.objects.unscoped("a test looks").get(pk=item.pk)


def current_need(need: Need) -> Need:
    return Need.objects.unscoped("a test looks").get(pk=need.pk)
