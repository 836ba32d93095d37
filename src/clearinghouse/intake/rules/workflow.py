"""An incoming item's life: nothing takes effect until it is accepted. Source: `docs/rules/intake.md`."""

from enum import StrEnum

from clearinghouse.kernel.marking import N_
from clearinghouse.kernel.workflow import Move, Workflow


class Channel(StrEnum):
    """How it came."""

    MAIL = "mail"
    FILE = "file"
    SCAN = "scan"
    PAPER = "paper"


class State(StrEnum):
    """Where an item stands. NEW is not yet written down, and is never stored."""

    NEW = "new"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    SET_ASIDE = "set_aside"


class Step(StrEnum):
    """What can be done to it."""

    ARRIVE = "arrive"
    ATTRIBUTE = "attribute"
    FILE = "file"
    ACCEPT = "accept"
    REFUSE = "refuse"
    SET_ASIDE = "set_aside"
    BRING_BACK = "bring_back"


class Relation(StrEnum):
    """Who may do it."""

    COMMAND = "command"  # `clearinghouse intake`, on the installation
    SECRETARIAT = "secretariat"


_S, _T, _R = State, Step, Relation

# fmt: off
WORKFLOW = Workflow[State, Step, Relation](
    moves=(
        #    step            from             to             at whose hand
        Move(_T.ARRIVE,      {_S.NEW},        _S.WAITING,    {_R.COMMAND, _R.SECRETARIAT}),
        Move(_T.ATTRIBUTE,   {_S.WAITING},    None,          {_R.SECRETARIAT}),
        Move(_T.FILE,        {_S.WAITING},    None,          {_R.SECRETARIAT}),
        Move(_T.ACCEPT,      {_S.WAITING},    _S.ACCEPTED,   {_R.SECRETARIAT}),
        Move(_T.REFUSE,      {_S.WAITING},    _S.REFUSED,    {_R.SECRETARIAT}),
        Move(_T.SET_ASIDE,   {_S.WAITING},    _S.SET_ASIDE,  {_R.COMMAND, _R.SECRETARIAT}),
        Move(_T.BRING_BACK,  {_S.SET_ASIDE},  _S.WAITING,    {_R.SECRETARIAT}),
    )
)
# fmt: on

CHANNEL_WORDS: dict[Channel, str] = {
    Channel.MAIL: N_("mail"),
    Channel.FILE: N_("form or file"),
    Channel.SCAN: N_("scan"),
    Channel.PAPER: N_("paper, typed in by the secretariat"),
}
