"""How a listed standard stays fresh, goes stale or is withdrawn, and what it can be.

A standard is listed, never adopted or endorsed: the register says who issued it and on which
paragraphs it bears. No Django here.
"""

from datetime import date
from enum import StrEnum

from clearinghouse.kernel.calendar import add_months
from clearinghouse.kernel.workflow import Move, Workflow


class Status(StrEnum):
    """Where an entry stands. NEW is not yet listed, and is never stored."""

    NEW = "new"
    LISTED = "listed"
    STALE = "stale"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What can be done to an entry."""

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
    CLOCK = "clock"


class LegalNature(StrEnum):
    """What a standard is in law, in the owner's own terms."""

    TREATY = "treaty"
    BINDING_STANDARD = "binding standard"
    RECOMMENDATION = "recommendation"
    CODE = "code"
    BEST_PRACTICE = "best practice"
    GUIDANCE = "guidance"
    MODEL_LAW = "model law"
    TECHNICAL_STANDARD = "technical standard"
    RESOLUTION = "resolution"
    DECLARATION = "declaration"
    METHODOLOGY = "methodology"
    PROGRAMME = "programme"
    TEMPLATE = "template"


_S, _T, _R = Status, Step, Relation
_SHOWN = {_S.LISTED, _S.STALE}

# fmt: off
WORKFLOW = Workflow[Status, Step, Relation](
    moves=(
        #    step          from      to            at whose hand
        Move(_T.LIST,      {_S.NEW}, _S.LISTED,    {_R.SECRETARIAT}),
        Move(_T.REVISE,    _SHOWN,   _S.LISTED,    {_R.SECRETARIAT}),
        Move(_T.CONFIRM,   _SHOWN,   _S.LISTED,    {_R.OWNER}),
        Move(_T.GO_STALE,  {_S.LISTED}, _S.STALE,  {_R.CLOCK}),
        Move(_T.WITHDRAW,  _SHOWN,   _S.WITHDRAWN, {_R.OWNER, _R.SECRETARIAT}),
    )
)
# fmt: on


def stale_on(last_confirmed: date, months: int) -> date:
    """The day from which an entry confirmed on that day is shown as stale."""
    return add_months(last_confirmed, months)
