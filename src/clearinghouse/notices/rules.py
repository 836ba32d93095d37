"""How a notice travels, how long it waits after a refusal, and the name its mail bears."""

import hashlib
import hmac
import re
from datetime import timedelta
from enum import StrEnum

LEASE = timedelta(minutes=4)
"""How long a sender has for one mail: longer than a mail server that answers each of the eight
commands at the last moment. After a crash the notice is free again when it has passed."""

WAITS = tuple(timedelta(minutes=m) for m in (1, 2, 5, 10))
"""The waits after each temporary refusal; the last repeats. All leave within 15 minutes of the
mail server's return."""

GIVE_UP_AFTER = 720  # attempts: about five days of temporary refusals


_MESSAGE_ID = re.compile(r"<([0-9a-f]{40})@")
_REFERENCE = re.compile(r"\b[0-9a-f]{5}(?:-[0-9a-f]{5}){3}\b")


class Status(StrEnum):
    """Where a notice stands. Dropped: the seat it was for ended before it was sent."""

    QUEUED = "queued"
    SENT = "sent"
    DEFERRED = "deferred"
    FAILED = "failed"
    DROPPED = "dropped"


WAITING = frozenset({Status.QUEUED, Status.DEFERRED})


PARKED_AFTER = timedelta(days=7)
"""What is older when a fence is released is parked: news of a week ago is asked after by hand."""


class Step(StrEnum):
    """What may be done with the outbox as a whole."""

    RELEASE = "release"


class Relation(StrEnum):
    """Who somebody is to the outbox."""

    OPERATOR = "operator"


class Kind(StrEnum):
    """What a notice is about: which composer writes its mail at the moment of sending."""

    MATRIX_ISSUED = "matrix.issued"
    MATRIX_WAITS = "matrix.waits"
    SUBMISSION_MOVED = "submission.moved"
    BATCH_MOVED = "batch.moved"
    INTAKE_SETTLED = "intake.settled"
    MEETING_MOVED = "meeting.moved"
    MEETING_INVITED = "meeting.invited"
    DEADLINES_MOVED = "deadlines.moved"
    # what stands in view
    ENTRIES_DUE = "entries.due"
    # contact with bodies
    CONTRIBUTION_ASKED = "contribution.asked"
    CONTRIBUTION_REMINDED = "contribution.reminded"
    CONTRIBUTION_THANKED = "contribution.thanked"
    CONTRIBUTION_BECAME = "contribution.became"
    # letters
    LETTER_DISPATCHED = "letter.dispatched"
    # accounts and seats
    ACCOUNT_INVITED = "account.invited"
    ACCOUNT_RESET = "account.reset"
    ACCOUNT_ASKED = "account.asked"
    PROPOSAL_MADE = "proposal.made"
    PROPOSAL_DECIDED = "proposal.decided"
    SEAT_ENDED = "seat.ended"


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts (at least one)."""
    return WAITS[min(attempts, len(WAITS)) - 1]


def message_name(cause: str, recipient: str, key: str = "") -> str:
    """The part of the Message-ID before the @: the same for every try at the same notice.

    Made with the installation's key, so that nobody can guess it who was not sent the mail.
    """
    told = f"{cause}\n{recipient}".encode()
    return hmac.new(key.encode(), told, hashlib.sha256).hexdigest()[:40]


def reference_of(name: str) -> str:
    """What a reply carries, made from the name of the mail it answers: `3f9a1-…`, in four groups."""
    return "-".join(name[at : at + 5] for at in range(0, 20, 5))


def names_in(text: str) -> list[str]:
    """The beginnings of mails' names that a text refers to, by Message-ID or by reference."""
    whole = [found[:20] for found in _MESSAGE_ID.findall(text)]
    short = [found.replace("-", "") for found in _REFERENCE.findall(text.lower())]
    return list(dict.fromkeys([*whole, *short]))
