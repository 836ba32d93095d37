"""The demonstration's letters: a few of each state, to invented States and bodies."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.letters import actions
from clearinghouse.letters.models import Letter
from clearinghouse.letters.queries import letters as queries
from clearinghouse.letters.rules.workflow import Means
from clearinghouse.mandate import queries as mandate

if TYPE_CHECKING:
    from clearinghouse.crossings.demonstration import Cast


def begin(cast: "Cast", now: datetime) -> None:
    """From `now` on, over a fortnight: drafted, cleared, signed, sent, received, answered."""
    office = _Office(cast, now)
    office.invitations()
    office.answered()
    office.note_answered()
    office.waiting()


class _Office:
    """The secretariat at work: the first officer writes, the second clears."""

    def __init__(self, cast: "Cast", now: datetime) -> None:
        self.cast, self.now = cast, now
        self.first, self.second = cast.actor("secretariat", now), cast.actor("secretariat-2", now)
        codes = {m.kind: m.code for m in mandate.meetings() if m.illustrative}
        self.meeting = codes["follow-up"]

    def invitations(self) -> None:
        """Notes to several missions at once, in each one's language; all are out by pouch."""
        template = queries.template_called("note-invite")
        bodies = [mandate.body(code) for code in ("XA", "XB", "XF", "XH")]
        values = {"meeting": self.meeting, "answer_by": _day(self.now + timedelta(days=30))}
        batch = actions.draft_batch(template, bodies, values, by=self.first, now=self.now)
        letters = queries.letters_of(self.first, batch)
        actions.clear_batch(batch, letters, by=self.second, now=self.now)
        actions.put_hand_to_batch(batch, letters, by=self.first, now=self.now)
        sent = actions.Sending(Means.POUCH, day_in_new_york(self.now))
        actions.dispatch_batch(batch, letters, sent, by=self.first, now=self.now)

    def answered(self) -> None:
        """A letter signed by the Chair, sent by e-mail, received, and answered a week later."""
        letter = self._cleared("letter-thanks", "XIO", contribution="its code of conduct")
        actions.sign(letter, by=self.cast.actor("chair", self.now), now=self.now)
        sent = actions.Sending(Means.EMAIL, day_in_new_york(self.now))
        actions.dispatch(letter, sent, by=self.first, now=self.now)
        receipt = actions.Receipt(day_in_new_york(self.now), "Office of the Executive Head")
        actions.receive(letter, receipt, by=self.first, now=self.now)
        said = "The organisation thanks the Committee and will keep the entry up to date."
        self._replied(letter, "XIO/ILLUSTRATIVE/12", said)

    def note_answered(self) -> None:
        """A note verbale: initialled, sent by hand, received, answered by a note."""
        matter = "the date of the follow-up meeting"
        message = "The meeting will be held as announced; participants are asked to register."
        letter = self._cleared("note-notice", "XE", matter=matter, message=message)
        actions.initial(letter, by=self.first, now=self.now)
        sent = actions.Sending(Means.HAND, day_in_new_york(self.now))
        actions.dispatch(letter, sent, by=self.first, now=self.now)
        receipt = actions.Receipt(day_in_new_york(self.now), "Registry of the Permanent Mission")
        actions.receive(letter, receipt, by=self.first, now=self.now)
        said = "The Permanent Mission takes note of the date and will be represented."
        self._replied(letter, "Note verbale 2/ILLUSTRATIVE", said)

    def _replied(self, letter: Letter, reference: str, text: str) -> None:
        """A week later, filed against the letter."""
        later = self.now + timedelta(days=7)
        answer = actions.Answer(received_on=day_in_new_york(later), reference=reference, text=text)
        actions.file_reply(letter, answer, by=self.first, now=later)

    def waiting(self) -> None:
        """One of each that is not out yet, one cancelled; a draft to clear, one with gaps."""
        request = {"request": "Travel document examination", "requested": _day(self.now)}
        soon = {"answer_by": _day(self.now + timedelta(days=20))}
        self._cleared("note-follow-up", "XF", **request, **soon)
        initialled = self._cleared("note-thanks", "XC", contribution="its offer of training")
        actions.initial(initialled, by=self.first, now=self.now)
        self._cleared("letter-invite", "XRO", meeting=self.meeting, **soon)
        cancelled = self._cleared("letter-thanks", "XDO", contribution="its report")
        actions.cancel(cancelled, "Sent by mistake twice.", by=self.first, now=self.now)
        self._draft("note-thanks", "XH", {"contribution": "its statement at the special meeting"})
        self._draft("note-notice", "XD", {"matter": "the date of the follow-up meeting"})

    def _draft(self, template: str, body: str, values: Mapping[str, Any]) -> Letter:
        found = queries.template_called(template)
        to = mandate.body(body)
        return actions.draft(found, to, values, by=self.first, now=self.now)

    def _cleared(self, template: str, body: str, **values: str) -> Letter:
        letter = self._draft(template, body, values)
        actions.clear(letter, by=self.second, now=self.now)
        return letter


def _day(moment: datetime) -> str:
    return day_in_new_york(moment).isoformat()
