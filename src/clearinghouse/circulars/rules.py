"""How an issue of the matrix comes about, and what each reader's rendition of it contains.

Source: `docs/rules/matrix-issue.md`. No Django here.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from clearinghouse.access.actor import Actor, Capacity, Role
from clearinghouse.kernel.calendar import add_months, add_working_days, first_of_month, midnight_of
from clearinghouse.kernel.workflow import Move, Workflow
from clearinghouse.needs.rules import Consent, Reader, Status, readers


class State(StrEnum):
    """Where an issue stands. Frozen: fixed, but a clearance is still missing."""

    NEW = "new"
    DRAFT = "draft"
    FROZEN = "frozen"
    ISSUED = "issued"


class Step(StrEnum):
    """What can be done to an issue, to its clearances, and to the circulation list."""

    OPEN = "open"
    FREEZE = "freeze"
    ISSUE = "issue"
    CLEAR = "clear"
    REVOKE = "revoke"
    ENLIST = "enlist"
    STRIKE = "strike"


class Relation(StrEnum):
    """What an actor can be to an issue. Rights hang on relations, never on people."""

    CLOCK = "clock"
    CHAIR = "chair"
    EXPERT = "expert"
    SECRETARIAT = "secretariat"
    OPERATOR = "operator"


class Office(StrEnum):
    """Whose clearance is needed: both. The Chair's may be standing."""

    CHAIR = "chair"
    EXPERT = "expert"


_S, _T, _R = State, Step, Relation

# fmt: off
WORKFLOW = Workflow[State, Step, Relation](
    moves=(
        #    step       from          to          at whose hand
        Move(_T.OPEN,   {_S.NEW},     _S.DRAFT,   {_R.CLOCK, _R.SECRETARIAT, _R.OPERATOR}),
        Move(_T.FREEZE, {_S.DRAFT},   _S.FROZEN,  {_R.CLOCK}),
        Move(_T.ISSUE,  {_S.FROZEN},  _S.ISSUED,  {_R.CLOCK}),
    )
)
HANDS: dict[Step, frozenset[Relation]] = {
    _T.CLEAR:  frozenset({_R.CHAIR, _R.EXPERT}),
    _T.REVOKE: frozenset({_R.CHAIR, _R.EXPERT}),
    _T.ENLIST: frozenset({_R.SECRETARIAT, _R.OPERATOR}),
    _T.STRIKE: frozenset({_R.SECRETARIAT}),
}
# fmt: on


def number(month: date) -> str:
    """What an issue is called: YYYY-MM."""
    return f"{month:%Y-%m}"


def opens_on(month: date, working_days: int, holidays: Set[date]) -> date:
    """The day on which the draft opens: so many working days before the first of the month."""
    return add_working_days(month, -working_days, holidays)


def freezes_at(month: date) -> datetime:
    """00:00 New York on the first of the month."""
    return midnight_of(month)


def month_due(today: date, working_days: int, holidays: Set[date]) -> date:
    """The month whose issue is the business of this day: the next one from when its draft opens."""
    coming = add_months(first_of_month(today), 1)
    return coming if today >= opens_on(coming, working_days, holidays) else first_of_month(today)


class Sight(StrEnum):
    """The kinds of rendition."""

    PUBLIC = "public"
    BODY = "body"  # a State's own rows, and what a provider is shown
    MEMBER = "member"
    FULL = "full"


@dataclass(frozen=True)
class Audience:
    """Whose eyes a rendition is cut for. `body` is a State or a provider, by its id as text."""

    sight: Sight
    body: str = ""
    provider: bool = False

    @property
    def key(self) -> str:
        return f"{self.sight}:{self.body}" if self.body else str(self.sight)

    def is_(self, reader: Reader, row: "Place") -> bool:
        """Whether these eyes are that reader of the row: the frozen side of `needs.policy`."""
        answers = {
            Reader.ANYONE: True,
            Reader.SERVING: self.sight == Sight.FULL,
            Reader.MEMBER: self.sight == Sight.MEMBER,
            Reader.OWN: bool(self.body) and row.state == self.body,
            Reader.PROVIDER: self.provider,
            Reader.NAMED: self.provider and self.body in row.named,
            Reader.DRAFTER: False,  # drafts of regional bodies are no part of an issue for them
        }
        return answers[reader]

    def sees(self, row: "Place") -> bool:
        shown = readers(Consent(row.consent), Status(row.status))
        return any(self.is_(reader, row) for reader in shown)

    def sees_whole_list_of(self, state: str) -> bool:
        """Rank, consent and whom the State named are for those who see all its needs."""
        return self.sight == Sight.FULL or (bool(self.body) and state == self.body)


@dataclass(frozen=True)
class Place:
    """What decides who sees a row: consent, status, the State, the providers it named."""

    state: str
    consent: str
    status: str
    named: frozenset[str]


PUBLIC = Audience(Sight.PUBLIC)
MEMBER = Audience(Sight.MEMBER)
FULL = Audience(Sight.FULL)


def audience_of(capacity: Capacity) -> Audience:
    """The rendition a seat is served. A focal point of no provider reads the public one."""
    if capacity.role in {Role.EXPERT, Role.SECRETARIAT}:
        return FULL
    if capacity.role == Role.MEMBER:
        return MEMBER
    if capacity.body_id and (capacity.provider or capacity.role == Role.STATE):
        return Audience(Sight.BODY, str(capacity.body_id), capacity.provider)
    return PUBLIC


def audiences_of(actor: Actor) -> list[Audience]:
    """Every rendition the actor's seats are served, the widest first; the public one always."""
    found = {audience_of(c) for c in actor.capacities} | {PUBLIC}
    order = {Sight.FULL: 0, Sight.MEMBER: 1, Sight.BODY: 2, Sight.PUBLIC: 3}
    return sorted(found, key=lambda a: (order[a.sight], a.key))


class Change(StrEnum):
    """What happened to a row between two issues, as far as the reader sees both."""

    NEW = "new"
    CHANGED = "changed"
    ENDED = "ended"


def changes(
    before: Mapping[str, str], after: Mapping[str, str], ended: Set[str]
) -> dict[str, Change]:
    """By the need's id: `before` and `after` map the rows a reader saw and sees to their hash.

    A row that is gone is told of only where the need has ended: one whose consent was narrowed
    goes without a word.
    """
    found = {key: Change.NEW for key in after if key not in before}
    found |= {k: Change.CHANGED for k in after if k in before and before[k] != after[k]}
    found |= {key: Change.ENDED for key in before if key not in after and key in ended}
    return found
