"""What the record says of letters: references and counts, never a word of a text."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from clearinghouse.ledger.record import Event
from clearinghouse.letters.rules.workflow import Step


@dataclass(frozen=True, kw_only=True)
class Loaded(Event):
    verb: ClassVar[str] = "letters.loaded"
    step: ClassVar[Step] = Step.LOAD
    new: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class Drafted(Event):
    verb: ClassVar[str] = "letters.drafted"
    step: ClassVar[Step] = Step.DRAFT
    template: str
    body_id: UUID


@dataclass(frozen=True, kw_only=True)
class Revised(Event):
    verb: ClassVar[str] = "letters.revised"
    step: ClassVar[Step] = Step.REVISE
    voided: bool  # whether a clearance fell with the old text


@dataclass(frozen=True, kw_only=True)
class Cleared(Event):
    verb: ClassVar[str] = "letters.cleared"
    step: ClassVar[Step] = Step.CLEAR
    reference: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class SentBack(Event):
    verb: ClassVar[str] = "letters.sent_back"
    step: ClassVar[Step] = Step.SEND_BACK


@dataclass(frozen=True, kw_only=True)
class Initialled(Event):
    verb: ClassVar[str] = "letters.initialled"
    step: ClassVar[Step] = Step.INITIAL


@dataclass(frozen=True, kw_only=True)
class Signed(Event):
    verb: ClassVar[str] = "letters.signed"
    step: ClassVar[Step] = Step.SIGN


@dataclass(frozen=True, kw_only=True)
class Dispatched(Event):
    verb: ClassVar[str] = "letters.dispatched"
    step: ClassVar[Step] = Step.DISPATCH
    means: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Received(Event):
    verb: ClassVar[str] = "letters.received"
    step: ClassVar[Step] = Step.RECEIVE
    on: date


@dataclass(frozen=True, kw_only=True)
class Replied(Event):
    verb: ClassVar[str] = "letters.replied"
    step: ClassVar[Step] = Step.REPLY
    on: date


@dataclass(frozen=True, kw_only=True)
class Scanned(Event):
    verb: ClassVar[str] = "letters.scanned"
    step: ClassVar[Step] = Step.SCAN
    digest: str


@dataclass(frozen=True, kw_only=True)
class Cancelled(Event):
    verb: ClassVar[str] = "letters.cancelled"
    step: ClassVar[Step] = Step.CANCEL


@dataclass(frozen=True, kw_only=True)
class BatchDrafted(Event):
    verb: ClassVar[str] = "letters.batch_drafted"
    step: ClassVar[Step] = Step.DRAFT
    template: str
    letters: int


@dataclass(frozen=True, kw_only=True)
class BatchCleared(Event):
    verb: ClassVar[str] = "letters.batch_cleared"
    step: ClassVar[Step] = Step.CLEAR
    letters: int


@dataclass(frozen=True, kw_only=True)
class BatchInitialled(Event):
    verb: ClassVar[str] = "letters.batch_initialled"
    step: ClassVar[Step] = Step.INITIAL
    letters: int


@dataclass(frozen=True, kw_only=True)
class BatchSigned(Event):
    verb: ClassVar[str] = "letters.batch_signed"
    step: ClassVar[Step] = Step.SIGN
    letters: int


@dataclass(frozen=True, kw_only=True)
class BatchDispatched(Event):
    verb: ClassVar[str] = "letters.batch_dispatched"
    step: ClassVar[Step] = Step.DISPATCH
    letters: int
    means: str
