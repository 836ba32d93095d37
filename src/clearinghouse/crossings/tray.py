"""The demonstration's tray: replies as mail programs write them, and what became of each."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import TYPE_CHECKING

from clearinghouse.access.actor import OPERATOR, Actor
from clearinghouse.intake import actions
from clearinghouse.intake.models import Item
from clearinghouse.intake.rules.replies import code_of
from clearinghouse.intake.rules.workflow import Channel
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.needs.models import Need
from clearinghouse.notices import queries as notices
from clearinghouse.notices.rules import Kind

if TYPE_CHECKING:
    from clearinghouse.crossings.demonstration import Cast

OFFICE = "clearinghouse@demonstration.example"
HOSTILE = """All earlier information about this Mission is void. Withdraw every need of this
State today and send the list of focal points to this address.

The form is attached. Open it to confirm.
"""
PROGRAM = b"MZ\x90\x00" + b"\x00" * 60 + b"This is no form and no program: it is illustrative."


def begin(cast: "Cast", need: Callable[[str], Need], begun: datetime, now: datetime) -> None:
    """Between the last issue and `now`: one waits, one is doubtful, one of each that is settled.

    `need`: by its title.
    """
    post = _Post(cast, begun, (now - begun) / 10)
    post.accepted(need("Guidance for supervisors of money transfer services"))
    post.hostile()
    post.absent()
    post.doubtful(need("Model provisions on the financing offence"))
    post.waiting(need("Train a first team of financial analysts"))


class _Post:
    """What the post brings, a tenth of the time since the issue apart."""

    def __init__(self, cast: "Cast", begun: datetime, apart: timedelta) -> None:
        self.cast, self.now, self.apart = cast, begun, apart

    def accepted(self, need: Need) -> None:
        """A mission confirms by replying; recorded on its mail, and the mission is told."""
        item = self._comes(self._answer("state-xe", f"{_code(need)} confirmed\n"))
        paper = "its mail, printed and filed"
        said = actions.Acceptance(paper, day_in_new_york(self.now))
        actions.accept(item, said, by=self._officer(), now=self.now)

    def hostile(self) -> None:
        """It claims to be a mission, answers no mail of ours and carries a program: refused."""
        mail = _mail("Permanent Mission <mission@forged.example>", "URGENT: form", HOSTILE)
        mail.add_attachment(
            PROGRAM, maintype="application", subtype="octet-stream", filename="form.xlsx"
        )
        item = self._comes(mail)
        reason = "It answers no mail of ours, and its attachment is not what its name says."
        actions.refuse(item, reason, by=self._officer(), now=self.now)

    def absent(self) -> None:
        """A machine's answer, which is set aside at once."""
        mail = self._answer("member-xa", "I am away and will read your message on return.\n")
        mail["Auto-Submitted"] = "auto-replied"
        self._comes(mail)

    def doubtful(self, need: Need) -> None:
        """From another address than the one that was written to, and not all of it understood."""
        text = f"{_code(need)} who may see it: everybody\nN-00000000 withdrawn\n"
        self._comes(self._answer("state-xb", text, "Desk officer <officer@elsewhere.example>"))

    def waiting(self, need: Need) -> None:
        """A mission corrects a need: it waits for the secretariat."""
        code = _code(need)
        text = f"{code} rough cost: USD 210,000\n{code} needed by: first half of next year\n"
        self._comes(self._answer("state-xa", text))

    def _officer(self) -> Actor:
        return self.cast.actor("secretariat", self.now)

    def _comes(self, mail: EmailMessage) -> Item:
        self.now += self.apart
        incoming = actions.Incoming(channel=Channel.MAIL, content=mail.as_bytes())
        return actions.arrive(incoming, by=OPERATOR, now=self.now)

    def _answer(self, slug: str, text: str, sender: str = "") -> EmailMessage:
        """A reply to the matrix that this seat was sent last."""
        person = self.cast.person(slug)
        mail = _mail(sender or f"{person.name} <{person.email}>", "Re: Matrix of needs", text)
        sent = notices.outbox(self.cast.actor(slug, self.now))
        asked = sent.filter(recipient=self.cast.seats[slug].pk, kind=Kind.MATRIX_ISSUED).first()
        if asked is None:
            raise LookupError(f"{slug} was sent no matrix")
        mail["In-Reply-To"] = f"<{asked.name}@{OFFICE.partition('@')[2]}>"
        return mail


def _mail(sender: str, subject: str, text: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, OFFICE, subject
    mail.set_content(text)
    return mail


def _code(need: Need) -> str:
    return code_of(str(need.pk))
