"""Files what came in against the letter of ours that it answers, with the original kept.

Source: `docs/rules/intake.md`. The letter is received and the reply filed with it; the item of the
tray is settled, unless it also asks for something to be recorded: then it goes on waiting.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Unseen
from clearinghouse.crossings.mails.mail import subject_of
from clearinghouse.files import queries as files
from clearinghouse.files.actions import Offered
from clearinghouse.intake import actions as intake
from clearinghouse.intake import queries as tray
from clearinghouse.intake.actions import Acceptance
from clearinghouse.intake.actions.arrival import ORIGINAL
from clearinghouse.letters import actions as letters
from clearinghouse.letters.actions import Answer, Receipt
from clearinghouse.letters.queries.letters import letter_called, letter_for
from clearinghouse.letters.rules.workflow import State
from clearinghouse.notices.rules import Kind

if TYPE_CHECKING:
    from clearinghouse.intake.models import Item
    from clearinghouse.letters.models import Letter

LONGEST = 20_000  # characters of a reply's text; what is longer is in the original alone


def letter_of(item: "Item", *, by: Actor) -> "Letter | None":
    """The letter that it answers: by our mail that it refers to, or by the number it quotes."""
    question = tray.question_of(item)
    if question and question.kind == Kind.LETTER_DISPATCHED:
        try:
            return letter_for(by, subject_of(question.cause))
        except Unseen:
            return None
    return letter_called(by, f"{item.title}\n{item.text}")


def filed_against(item: "Item", *, by: Actor) -> "Letter | None":
    """The letter that it stands with, for whoever may see that letter."""
    try:
        return letter_for(by, item.letter) if item.letter else None
    except Unseen:
        return None


@transaction.atomic
def file(item: "Item", letter: "Letter", *, by: Actor, now: datetime) -> None:
    """All of it or nothing. Raises Invalid where the letter went to another body, or later."""
    intake.file(item, letter.pk, letter.reference, letter.body, by=by, now=now)
    if letter.state == State.DISPATCHED:
        letters.receive(letter, Receipt(item.received_on), by=by, now=now)
    letters.file_reply(letter, _answer(item), by=by, now=now)
    if not item.answers:
        values = {"letter": letter.reference, "day": item.received_on.isoformat()}
        paper = _("reply to %(letter)s, received on %(day)s") % values
        intake.accept(item, Acceptance(paper, item.received_on), by=by, now=now)


def _answer(item: "Item") -> Answer:
    """Its words and the original: the mail as it came, or else the first file handed in."""
    kept = files.files_of(item)
    original = next((f for f in kept if f.part == ORIGINAL), kept[0] if kept else None)
    scan = Offered(name=original.name, content=files.open_(original)) if original else None
    text = item.text if _is_fit(item.text) else ""
    return Answer(received_on=item.received_on, text=text, scan=scan)


def _is_fit(text: str) -> bool:
    return len(text) <= LONGEST and all(c.isprintable() or c == "\n" for c in text)
