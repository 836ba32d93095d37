"""Where contact with a body stands, what it answered, when it is reminded, and whose hand it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from clearinghouse.kernel.marking import N_


class Standing(StrEnum):
    """Where contact with a body is, as the latest exchange leaves it."""

    TO_CONTACT = "to_contact"
    CONTACTED = "contacted"
    REPLIED = "replied"
    AGREED = "agreed"
    DECLINED = "declined"


class Channel(StrEnum):
    """By which way something was said."""

    MAIL = "mail"
    LETTER = "letter"
    TELEPHONE = "telephone"
    MEETING = "meeting"
    OTHER = "other"


class Answer(StrEnum):
    """What a body answered to an invitation, itself or by way of the secretariat."""

    AWAITED = "awaited"
    WILL = "will"
    GAVE = "gave"
    DECLINES = "declines"
    TAKEN_BACK = "taken_back"


class Progress(StrEnum):
    """How an invitation stands with one body; computed from its answer, what came in and the day."""

    INVITED = "invited"
    ANSWERED = "answered"
    CONTRIBUTED = "contributed"
    DECLINED = "declined"
    OVERDUE = "overdue"
    TAKEN_BACK = "taken_back"


class Step(StrEnum):
    """What can be done."""

    NOTE = "note"
    SETTLE = "settle"
    ERASE = "erase"
    INVITE = "invite"
    ANSWER = "answer"
    THANK = "thank"
    WRITE = "write"  # letters to those invited
    DECLINE = "decline"
    RECONSIDER = "reconsider"


class Relation(StrEnum):
    """Who may do it."""

    SECRETARIAT = "secretariat"
    EXPERT = "expert"
    INVITED = "invited"  # a focal point of the body asked, or the mission of the State asked


_SERVING = frozenset({Relation.SECRETARIAT, Relation.EXPERT})
_INVITED = frozenset({Relation.INVITED})
WHO: dict[Step, frozenset[Relation]] = dict.fromkeys(Step, _SERVING) | {
    Step.WRITE: frozenset({Relation.SECRETARIAT}),
    Step.DECLINE: _INVITED,
    Step.RECONSIDER: _INVITED,
}
"""In the hands of those who serve the committee; letters are the secretariat's, its word the body's."""

ITS_OWN: dict[Answer, frozenset[Step]] = {
    Answer.AWAITED: frozenset({Step.DECLINE}),
    Answer.WILL: frozenset({Step.DECLINE}),
    Answer.DECLINES: frozenset({Step.RECONSIDER}),
    Answer.GAVE: frozenset(),
    Answer.TAKEN_BACK: frozenset(),
}
"""What a body may answer itself, by what was answered before; taken back until the day alone."""

OPEN = frozenset({Answer.AWAITED, Answer.WILL})
"""Answers after which something is still to come: these are reminded."""

REMINDER_HOLDS = 14
"""Days for which a reminder may still go out, where the clock stood still on its own day."""

LONGEST_SUMMARY = 4000
LONGEST_LINE = 300
LONGEST_WHY = 1000


@dataclass(frozen=True)
class Reminder:
    """A reminder to be sent: so many days before (negative) or after the day itself."""

    days: int

    @property
    def key(self) -> str:
        return f"{self.days:+d}"


def progress(answer: Answer, *, has_given: bool, due: date, today: date) -> Progress:
    """What came in counts before what was said; what was declined or taken back is not late."""
    settled = {
        Answer.TAKEN_BACK: Progress.TAKEN_BACK,
        Answer.GAVE: Progress.CONTRIBUTED,
        Answer.DECLINES: Progress.DECLINED,
    }
    if answer == Answer.TAKEN_BACK:
        return Progress.TAKEN_BACK
    if has_given:
        return Progress.CONTRIBUTED
    if answer in settled:
        return settled[answer]
    if today > due:
        return Progress.OVERDUE
    return Progress.ANSWERED if answer == Answer.WILL else Progress.INVITED


def its_own(answer: Answer, *, has_given: bool, due: date, today: date) -> frozenset[Step]:
    """The body's own steps: it may decline late, and take that back until the day has passed."""
    if has_given:
        return frozenset()
    return ITS_OWN[answer] - ({Step.RECONSIDER} if today > due else frozenset())


def reminder(due: date, today: date, *, asked_on: date, offsets: Iterable[int]) -> Reminder | None:
    """The latest one whose day has come. None for days that had passed when the body was asked.

    `offsets`: days before (negative) and after the day itself. However long the clock stood still, at most one is sent: earlier ones are overtaken by it.
    """
    come = [days for days in sorted(offsets) if asked_on < due + timedelta(days=days) <= today]
    if not come or today > due + timedelta(days=come[-1] + REMINDER_HOLDS):
        return None
    return Reminder(come[-1])


def faults_of_exchange(
    *, on: date, today: date, next_step: str, due_on: date | None, has_owner: bool
) -> dict[str, str]:
    """By field; a next step needs its owner and its day, and nothing was said tomorrow."""
    faults = {}
    if on > today:
        faults["on"] = N_("This day has not come yet.")
    if next_step and due_on is None:
        faults["due_on"] = N_("Say by which day the next step is due.")
    if next_step and not has_owner:
        faults["owner"] = N_("Say who takes the next step.")
    if not next_step and (due_on or has_owner):
        faults["next_step"] = N_("Say what the next step is.")
    return faults
