"""How a letter goes from its draft to the addressee's receipt: states, steps, and whose hands.

Source: `docs/rules/letters.md`. No Django here.
"""

from enum import StrEnum

from clearinghouse.kernel.workflow import Move, Workflow


class Form(StrEnum):
    """What is written: the form follows the addressee."""

    NOTE_VERBALE = "note_verbale"  # to a mission: third person, unsigned, initialled
    LETTER = "letter"  # to an organisation: dated, signed by the Chair


class Purpose(StrEnum):
    """What a letter is for."""

    INVITE = "invite"
    ACKNOWLEDGE = "acknowledge"
    FORWARD = "forward"
    REMIND = "remind"
    FOLLOW_UP = "follow_up"  # one year after a request: has it been met?
    THANKS = "thanks"
    NOTICE = "notice"


class State(StrEnum):
    """Where a letter stands. NEW is not yet drafted, and is never stored."""

    NEW = "new"
    DRAFT = "draft"
    CLEARED = "cleared"
    INITIALLED = "initialled"
    SIGNED = "signed"
    DISPATCHED = "dispatched"
    RECEIVED = "received"
    CANCELLED = "cancelled"


class Step(StrEnum):
    """What can be done to a letter, and to templates and styles (LOAD)."""

    LOAD = "load"
    DRAFT = "draft"
    REVISE = "revise"
    CLEAR = "clear"
    SEND_BACK = "send_back"
    INITIAL = "initial"
    SIGN = "sign"
    DISPATCH = "dispatch"
    RECEIVE = "receive"
    REPLY = "reply"
    SCAN = "scan"
    CANCEL = "cancel"


class Relation(StrEnum):
    """What an actor can be to a letter. Rights hang on relations, never on people."""

    OPERATOR = "operator"
    SECRETARIAT = "secretariat"
    SECOND_OFFICER = "second officer"  # of the secretariat, and not who wrote the present text
    INITIALLER = "initialler"  # the secretariat, where it is a note verbale
    SIGNATORY = "signatory"  # the Chair, where it is a letter


class Means(StrEnum):
    """How a letter leaves."""

    POUCH = "pouch"
    HAND = "hand"
    EMAIL = "email"


_S, _T, _R = State, Step, Relation
_BEFORE_IT_LEFT = {_S.DRAFT, _S.CLEARED, _S.INITIALLED, _S.SIGNED}
_ON_PAPER = {_S.INITIALLED, _S.SIGNED, _S.DISPATCHED, _S.RECEIVED}

# fmt: off
WORKFLOW = Workflow[State, Step, Relation](
    moves=(
        #    step          from                          to              at whose hand
        Move(_T.DRAFT,     {_S.NEW},                     _S.DRAFT,       {_R.SECRETARIAT}),
        Move(_T.REVISE,    _BEFORE_IT_LEFT,              _S.DRAFT,       {_R.SECRETARIAT}),
        Move(_T.CLEAR,     {_S.DRAFT},                   _S.CLEARED,     {_R.SECOND_OFFICER}),
        Move(_T.SEND_BACK, {_S.CLEARED},                 _S.DRAFT,       {_R.SIGNATORY, _R.SECOND_OFFICER}),
        Move(_T.INITIAL,   {_S.CLEARED},                 _S.INITIALLED,  {_R.INITIALLER}),
        Move(_T.SIGN,      {_S.CLEARED},                 _S.SIGNED,      {_R.SIGNATORY}),
        Move(_T.SCAN,      _ON_PAPER,                    None,           {_R.SECRETARIAT}),
        Move(_T.DISPATCH,  {_S.INITIALLED, _S.SIGNED},   _S.DISPATCHED,  {_R.SECRETARIAT}),
        Move(_T.RECEIVE,   {_S.DISPATCHED},              _S.RECEIVED,    {_R.SECRETARIAT}),
        Move(_T.REPLY,     {_S.DISPATCHED, _S.RECEIVED}, None,           {_R.SECRETARIAT}),
        Move(_T.CANCEL,    _BEFORE_IT_LEFT,              _S.CANCELLED,   {_R.SECRETARIAT}),
    )
)
# fmt: on

LEFT = frozenset({State.DISPATCHED, State.RECEIVED})  # its addressee may see it
WAITING = frozenset({State.CLEARED, State.INITIALLED, State.SIGNED})  # it is on its way out
FIXED = WAITING | LEFT  # number, date and text stand
TO_SIGN = frozenset({State.CLEARED, State.SIGNED}) | LEFT  # what the Chair sees of its own letters
TOGETHER = frozenset({Step.CLEAR, Step.INITIAL, Step.SIGN, Step.DISPATCH})  # for a whole batch


def form_for(*, is_state: bool) -> Form:
    """A mission is written to in the third person; an organisation gets a signed letter."""
    return Form.NOTE_VERBALE if is_state else Form.LETTER


def reference(pattern: str, year: int, number: int) -> str:
    """What is printed on the letter and quoted in the reply: CTC/L/2026/0042."""
    return pattern.replace("{year}", str(year)).replace("{number}", f"{number:04d}")
