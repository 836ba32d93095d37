"""How what is listed stays fresh, goes stale or is withdrawn, and who reads it. No Django here.

An entry is listed, never adopted or endorsed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from clearinghouse.kernel import partial_date
from clearinghouse.kernel.calendar import add_months
from clearinghouse.kernel.workflow import Move, Workflow


class Status(StrEnum):
    """Where an entry stands. NEW is not yet listed, and is never stored."""

    NEW = "new"
    LISTED = "listed"
    STALE = "stale"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What can be done to an entry. LOAD is of whole packs."""

    LOAD = "load"
    LIST = "list"
    REVISE = "revise"
    CONFIRM = "confirm"
    GO_STALE = "go_stale"
    WITHDRAW = "withdraw"


class Relation(StrEnum):
    """What an actor can be to an entry. Rights hang on relations, never on people."""

    OPERATOR = "operator"
    SECRETARIAT = "secretariat"
    OWNER = "owner"
    ANNOUNCER = "announcer"  # the owner of what is announced, without review
    CLOCK = "clock"


class Readers(StrEnum):
    """Who reads an entry while it stands. Source: `docs/rules/access.md`."""

    EVERYBODY = "everybody"
    CONTACTS = "contacts"  # everybody; of a person, its body and the committee's own
    MONITORS = "monitors"  # organisations, the Experts, and the State concerned


class Vocabulary(StrEnum):
    """The words an entry can bear on."""

    OBLIGATION = "obligation"
    AREA = "area"
    REGION = "region"
    STATE = "state"


_S, _T, _R = Status, Step, Relation
_SHOWN = {_S.LISTED, _S.STALE}
_HANDS = {_R.SECRETARIAT, _R.ANNOUNCER}

# fmt: off
WORKFLOW = Workflow[Status, Step, Relation](
    moves=(
        #    step          from      to            at whose hand
        Move(_T.LIST,      {_S.NEW}, _S.LISTED,    _HANDS),
        Move(_T.REVISE,    _SHOWN,   _S.LISTED,    _HANDS),
        Move(_T.CONFIRM,   _SHOWN,   _S.LISTED,    {_R.OWNER}),
        Move(_T.GO_STALE,  {_S.LISTED}, _S.STALE,  {_R.CLOCK}),
        Move(_T.WITHDRAW,  _SHOWN,   _S.WITHDRAWN, {_R.OWNER, _R.SECRETARIAT}),
    )
)
# fmt: on


@dataclass(frozen=True, kw_only=True)
class Freshness:
    """How what one body has in view stands: how many, to be confirmed, stale, and since when."""

    body: UUID
    shown: int
    due: int  # the stale ones among them
    stale: int
    oldest: date | None  # the day of the confirmation that lies back longest; None: not recorded

    def __add__(self, other: "Freshness") -> "Freshness":
        days = [self.oldest, other.oldest]
        known = [day for day in days if day]
        return Freshness(
            body=self.body,
            shown=self.shown + other.shown,
            due=self.due + other.due,
            stale=self.stale + other.stale,
            oldest=min(known) if len(known) == len(days) else None,
        )


def is_due(status: str, last_confirmed: date | None, today: date, months: int) -> bool:
    """Stale, or so close to it that its owner is asked."""
    if status == Status.STALE or last_confirmed is None:
        return True
    return today >= stale_on(last_confirmed, months)


def meets(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether two periods may have a day in common, as far as their dates are known.

    Each by `begins` and `ends`, partial dates; without an end it ends when it begins.
    """
    first, last = period(one)
    begins, ends = period(other)
    return first <= ends and begins <= last


def period(said: Mapping[str, str]) -> tuple[date, date]:
    """The first and the last day that it may mean; without an end it ends when it begins."""
    begins = said["begins"]
    return partial_date.earliest(begins), partial_date.latest(said.get("ends") or begins)


def stale_on(last_confirmed: date, months: int) -> date:
    """The day from which an entry confirmed on that day is shown as stale."""
    return add_months(last_confirmed, months)
