"""`intake`: take a mail, a form, a scan or a whole mailbox (Maildir) into the tray."""

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.utils import timezone

from clearinghouse.access.actor import OPERATOR
from clearinghouse.access.errors import Invalid
from clearinghouse.cli.answer import DONE, REFUSED, Answer, Verb
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.files.rules import LARGEST
from clearinghouse.intake import actions
from clearinghouse.intake.actions import Incoming
from clearinghouse.intake.rules.workflow import Channel
from clearinghouse.mandate import queries as mandate

SCANS = {".pdf", ".png", ".jpg", ".jpeg"}


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("what", type=Path, metavar="FILE|MAILDIR")
    parser.add_argument("--from", dest="body", metavar="CODE", help="the body it comes from")
    parser.add_argument("--reference", default="", help="the reference that stands on the paper")


def _run(options: Namespace) -> Answer:
    what: Path = options.what
    if (what / "new").is_dir():
        return _mailbox(what)
    if not what.is_file():
        raise Invalid({"FILE|MAILDIR": [f"{what} is neither a file nor a mailbox"]})
    try:
        return _file(what, options)
    except Unfit as why:
        return Answer([f"{what}: {why}"], {"file": str(what), "refused": str(why)}, REFUSED)


def _file(what: Path, options: Namespace) -> Answer:
    channel = _channel(what)
    incoming = Incoming(
        channel=channel,
        content=_content(what),
        name=what.name,
        body=mandate.body(options.body) if options.body else None,
        reference=options.reference,
    )
    item = actions.arrive(incoming, by=OPERATOR, now=timezone.now())
    return Answer([f"{item.channel} {item.pk}: {item.state}"], {"items": [str(item.pk)]})


def _mailbox(mailbox: Path) -> Answer:
    """Every new mail once: taken in first, then moved to `cur`; killed between, it is one item."""
    taken: list[str] = []
    for mail in _waiting(mailbox):
        incoming = Incoming(channel=Channel.MAIL, content=_content(mail), name=mail.name)
        item = actions.arrive(incoming, by=OPERATOR, now=timezone.now())
        taken.append(str(item.pk))
        (mailbox / "cur").mkdir(exist_ok=True)
        with suppress(FileNotFoundError):  # another run has moved it
            mail.replace(mailbox / "cur" / f"{mail.name}:2,S")
    said = f"mails taken into the tray: {len(taken)}"
    return Answer([said], {"items": taken}, DONE)


def _waiting(mailbox: Path) -> Iterator[Path]:
    """Plain files alone: a link could lead anywhere."""
    for entry in sorted(os.scandir(mailbox / "new"), key=lambda e: e.name):
        if entry.is_file(follow_symlinks=False) and not entry.name.startswith("."):
            yield Path(entry.path)


def _content(file: Path) -> bytes:
    """No more than is needed to see that it is too large."""
    with file.open("rb") as opened:
        return opened.read(LARGEST + 1)


def _channel(what: Path) -> Channel:
    ending = what.suffix.lower()
    if ending == ".eml":
        return Channel.MAIL
    return Channel.SCAN if ending in SCANS else Channel.FILE


VERB = Verb("Take replies, forms and scans into the tray.", _arguments, _run)
