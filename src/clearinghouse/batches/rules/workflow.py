"""How a batch travels: reviewed as one, or announced. Source: `docs/rules/batch.md`. No Django.

A batch is whole or nothing: with one row refused by the checks it is not handed in.
"""

from enum import StrEnum

from clearinghouse.kernel.workflow import Move, Workflow
from clearinghouse.submissions.rules import workflow as contributions
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind


class State(StrEnum):
    """Where a batch stands. NEW is not yet staged, and is never stored."""

    NEW = "new"
    CHECKED = "checked"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPLIED = "applied"
    UNDONE = "undone"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What can be done to it."""

    STAGE = "stage"
    HAND_IN = "hand_in"
    RETURN = "return"
    APPLY = "apply"
    UNDO = "undo"
    WITHDRAW = "withdraw"


class Relation(StrEnum):
    """What an actor can be to a batch. Rights hang on relations, never on people."""

    AUTHOR = "author"  # a current seat of the body; or of the secretariat, where it staged it
    SECRETARIAT = "secretariat"
    REVIEWER = "reviewer"  # of the secretariat, and not the person who staged it


class Verdict(StrEnum):
    """What a row comes to."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAULTY = "faulty"  # refused by the checks
    REFUSED = "refused"  # by the secretariat, with its reason; the others are applied


_S, _T, _R = State, Step, Relation

# fmt: off
REVIEWED = Workflow[State, Step, Relation](
    moves=(
        #    step         from                        to             at whose hand
        Move(_T.STAGE,    {_S.NEW},                   _S.CHECKED,    {_R.AUTHOR}),
        Move(_T.HAND_IN,  {_S.CHECKED},               _S.SUBMITTED,  {_R.AUTHOR}),
        Move(_T.RETURN,   {_S.SUBMITTED},             _S.RETURNED,   {_R.SECRETARIAT}),
        Move(_T.APPLY,    {_S.SUBMITTED},             _S.APPLIED,    {_R.REVIEWER}),
        Move(_T.UNDO,     {_S.APPLIED},               _S.UNDONE,     {_R.AUTHOR, _R.SECRETARIAT}),
        Move(_T.WITHDRAW, {_S.CHECKED, _S.SUBMITTED}, _S.WITHDRAWN,  {_R.AUTHOR}),
    )
)

ANNOUNCED = Workflow[State, Step, Relation](
    moves=(
        #    step         from           to             at whose hand
        Move(_T.STAGE,    {_S.NEW},      _S.CHECKED,    {_R.AUTHOR}),
        Move(_T.APPLY,    {_S.CHECKED},  _S.APPLIED,    {_R.AUTHOR}),
        Move(_T.UNDO,     {_S.APPLIED},  _S.UNDONE,     {_R.AUTHOR, _R.SECRETARIAT}),
        Move(_T.WITHDRAW, {_S.CHECKED},  _S.WITHDRAWN,  {_R.AUTHOR}),
    )
)
# fmt: on

# A State's need is authenticated and confirmed one by one: it does not come by the batch.
WORKFLOWS: dict[Kind, Workflow[State, Step, Relation]] = {
    kind: ANNOUNCED if definition.workflow is contributions.ANNOUNCED else REVIEWED
    for kind, definition in DEFINITIONS.items()
    if definition.readers is not None
}
TOGETHER = frozenset(WORKFLOWS)
