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
    RECEIVED = "received"  # a large file: the clock reads it
    UNREAD = "unread"  # it could not be taken
    CHECKED = "checked"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPLYING = "applying"  # by the clock
    APPLIED = "applied"
    UNDOING = "undoing"  # by the clock
    UNDONE = "undone"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What can be done to it."""

    STAGE = "stage"
    RECEIVE = "receive"
    READ = "read"
    ASK_APPLY = "ask_apply"
    ASK_UNDO = "ask_undo"
    ASK_UPDATE = "ask_update"
    GIVE_UP = "give_up"
    HAND_IN = "hand_in"
    RETURN = "return"
    APPLY = "apply"
    UPDATE = "update"  # listed without review
    UNDO = "undo"
    WITHDRAW = "withdraw"


class Relation(StrEnum):
    """What an actor can be to a batch. Rights hang on relations, never on people."""

    AUTHOR = "author"  # a current seat of the body; or of the secretariat, where it staged it
    SECRETARIAT = "secretariat"
    REVIEWER = "reviewer"  # of the secretariat, and not the person who staged it
    TRUSTED = "trusted"  # a seat of a body that is trusted, whose file changes no shape
    CLOCK = "clock"  # does what is too long for a request, once somebody who may has asked


class Verdict(StrEnum):
    """What a row comes to."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAULTY = "faulty"  # refused by the checks
    REFUSED = "refused"  # by the secretariat, with its reason; the others are applied


_S, _T, _R = State, Step, Relation

# fmt: off
LONG: tuple[Move[State, Step, Relation], ...] = (  # what the clock does of a large file
    #    step         from             to             at whose hand
    Move(_T.RECEIVE,  {_S.NEW},        _S.RECEIVED,   {_R.AUTHOR}),
    Move(_T.READ,     {_S.RECEIVED},   _S.CHECKED,    {_R.CLOCK}),
    Move(_T.GIVE_UP,  {_S.RECEIVED},   _S.UNREAD,     {_R.CLOCK}),
    Move(_T.WITHDRAW, {_S.RECEIVED},   _S.WITHDRAWN,  {_R.AUTHOR}),
    Move(_T.APPLY,    {_S.APPLYING},   _S.APPLIED,    {_R.CLOCK}),
    Move(_T.ASK_UNDO, {_S.APPLIED},    _S.UNDOING,    {_R.AUTHOR, _R.SECRETARIAT}),
    Move(_T.UNDO,     {_S.UNDOING},    _S.UNDONE,     {_R.CLOCK}),
    Move(_T.GIVE_UP,  {_S.UNDOING},    _S.APPLIED,    {_R.CLOCK}),
)
WORKING = frozenset({_S.RECEIVED, _S.APPLYING, _S.UNDOING})
ASKED = frozenset({_T.ASK_APPLY, _T.ASK_UNDO, _T.ASK_UPDATE})  # drawn as what they ask for

REVIEWED = Workflow[State, Step, Relation](
    moves=(
        #    step         from                        to             at whose hand
        Move(_T.STAGE,    {_S.NEW},                   _S.CHECKED,    {_R.AUTHOR}),
        Move(_T.HAND_IN,  {_S.CHECKED},               _S.SUBMITTED,  {_R.AUTHOR}),
        Move(_T.RETURN,   {_S.SUBMITTED},             _S.RETURNED,   {_R.SECRETARIAT}),
        Move(_T.APPLY,    {_S.SUBMITTED},             _S.APPLIED,    {_R.REVIEWER}),
        Move(_T.UNDO,     {_S.APPLIED},               _S.UNDONE,     {_R.AUTHOR, _R.SECRETARIAT}),
        Move(_T.WITHDRAW, {_S.CHECKED, _S.SUBMITTED}, _S.WITHDRAWN,  {_R.AUTHOR}),
        Move(_T.ASK_APPLY,{_S.SUBMITTED},             _S.APPLYING,   {_R.REVIEWER}),
        Move(_T.GIVE_UP,  {_S.APPLYING},              _S.SUBMITTED,  {_R.CLOCK}),
        # of a trusted body, where nothing is new and no shape changes
        Move(_T.UPDATE,   {_S.CHECKED},               _S.APPLIED,    {_R.TRUSTED}),
        Move(_T.ASK_UPDATE,{_S.CHECKED},              _S.APPLYING,   {_R.TRUSTED}),
        *LONG,
    )
)

ANNOUNCED = Workflow[State, Step, Relation](
    moves=(
        #    step         from           to             at whose hand
        Move(_T.STAGE,    {_S.NEW},      _S.CHECKED,    {_R.AUTHOR}),
        Move(_T.APPLY,    {_S.CHECKED},  _S.APPLIED,    {_R.AUTHOR}),
        Move(_T.UNDO,     {_S.APPLIED},  _S.UNDONE,     {_R.AUTHOR, _R.SECRETARIAT}),
        Move(_T.WITHDRAW, {_S.CHECKED},  _S.WITHDRAWN,  {_R.AUTHOR}),
        Move(_T.ASK_APPLY,{_S.CHECKED},  _S.APPLYING,   {_R.AUTHOR}),
        Move(_T.GIVE_UP,  {_S.APPLYING}, _S.CHECKED,    {_R.CLOCK}),
        *LONG,
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
