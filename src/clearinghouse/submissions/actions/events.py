"""What the record says of contributions: an event for each step."""

from dataclasses import dataclass
from typing import ClassVar

from clearinghouse.ledger.record import Event
from clearinghouse.submissions.rules.workflow import Step


@dataclass(frozen=True, kw_only=True)
class Drafted(Event):
    verb: ClassVar[str] = "submissions.drafted"
    step: ClassVar[Step] = Step.DRAFT
    kind: str
    origin: str


@dataclass(frozen=True, kw_only=True)
class Saved(Event):
    verb: ClassVar[str] = "submissions.saved"
    step: ClassVar[Step] = Step.SAVE


@dataclass(frozen=True, kw_only=True)
class Submitted(Event):
    verb: ClassVar[str] = "submissions.submitted"
    step: ClassVar[Step] = Step.SUBMIT


@dataclass(frozen=True, kw_only=True)
class TakenUp(Event):
    verb: ClassVar[str] = "submissions.taken_up"
    step: ClassVar[Step] = Step.TAKE_UP


@dataclass(frozen=True, kw_only=True)
class Returned(Event):
    verb: ClassVar[str] = "submissions.returned"
    step: ClassVar[Step] = Step.RETURN


@dataclass(frozen=True, kw_only=True)
class Listed(Event):
    verb: ClassVar[str] = "submissions.listed"
    step: ClassVar[Step] = Step.LIST
    entry: str


@dataclass(frozen=True, kw_only=True)
class Announced(Event):
    verb: ClassVar[str] = "submissions.announced"
    step: ClassVar[Step] = Step.ANNOUNCE
    entry: str


@dataclass(frozen=True, kw_only=True)
class Authenticated(Event):
    verb: ClassVar[str] = "submissions.authenticated"
    step: ClassVar[Step] = Step.AUTHENTICATE


@dataclass(frozen=True, kw_only=True)
class Confirmed(Event):
    verb: ClassVar[str] = "submissions.confirmed"
    step: ClassVar[Step] = Step.CONFIRM
    entry: str


@dataclass(frozen=True, kw_only=True)
class Withdrawn(Event):
    verb: ClassVar[str] = "submissions.withdrawn"
    step: ClassVar[Step] = Step.WITHDRAW


@dataclass(frozen=True, kw_only=True)
class RevisionBegun(Event):
    verb: ClassVar[str] = "submissions.revision_begun"
    step: ClassVar[Step] = Step.REVISE


@dataclass(frozen=True, kw_only=True)
class CopyAttached(Event):
    verb: ClassVar[str] = "submissions.copy_attached"
    step: ClassVar[Step] = Step.ATTACH
    digest: str


@dataclass(frozen=True, kw_only=True)
class CopyRemoved(Event):
    verb: ClassVar[str] = "submissions.copy_removed"
    step: ClassVar[Step] = Step.DETACH
