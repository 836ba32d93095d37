"""How a contribution travels. Source: `docs/rules/contribution.md`. No Django here.

A State's need is authenticated and confirmed: it is never returned and never "listed". What is
announced (a contact, a monitoring visit) stands at its author's hand, without review.
"""

from enum import StrEnum

from clearinghouse.kernel.workflow import Move, Workflow


class State(StrEnum):
    """Where a contribution stands. NEW is not yet written down, and is never stored."""

    NEW = "new"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    LISTED = "listed"
    AUTHENTICATED = "authenticated"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What can be done to it."""

    DRAFT = "draft"
    SAVE = "save"
    SUBMIT = "submit"
    TAKE_UP = "take_up"
    RETURN = "return"
    LIST = "list"
    ANNOUNCE = "announce"
    AUTHENTICATE = "authenticate"
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"
    REVISE = "revise"
    ATTACH = "attach"
    DETACH = "detach"


class Relation(StrEnum):
    """What an actor can be to a contribution. Rights hang on relations, never on people."""

    AUTHOR = "author"  # a current seat of the body; or of the secretariat, where it drafted
    SECRETARIAT = "secretariat"
    REVIEWER = "reviewer"  # of the secretariat, and not the person who wrote it
    MISSION = "mission"  # of the State whose need it is


class Origin(StrEnum):
    """Who held the pen: the body itself, or the secretariat on its behalf (recorded as such)."""

    BODY = "body"
    SECRETARIAT = "secretariat"


_S, _T, _R = State, Step, Relation
_OPEN = {_S.DRAFT, _S.RETURNED}
_BEFORE_LISTING = {_S.DRAFT, _S.SUBMITTED, _S.IN_REVIEW, _S.RETURNED}

# fmt: off
REVIEWED = Workflow[State, Step, Relation](
    moves=(
        #    step           from              to             at whose hand
        Move(_T.DRAFT,     {_S.NEW},          _S.DRAFT,      {_R.AUTHOR}),
        Move(_T.SAVE,      _OPEN,             None,          {_R.AUTHOR}),
        Move(_T.SUBMIT,    _OPEN,             _S.SUBMITTED,  {_R.AUTHOR}),
        Move(_T.TAKE_UP,   {_S.SUBMITTED},    _S.IN_REVIEW,  {_R.SECRETARIAT}),
        Move(_T.RETURN,    {_S.IN_REVIEW},    _S.RETURNED,   {_R.SECRETARIAT}),
        Move(_T.LIST,      {_S.IN_REVIEW},    _S.LISTED,     {_R.REVIEWER}),
        Move(_T.WITHDRAW,  _BEFORE_LISTING,   _S.WITHDRAWN,  {_R.AUTHOR}),
        Move(_T.WITHDRAW,  {_S.LISTED},       _S.WITHDRAWN,  {_R.AUTHOR, _R.SECRETARIAT}),
        Move(_T.REVISE,    {_S.LISTED},       None,          {_R.AUTHOR}),
    )
)

WITH_COPIES = Workflow[State, Step, Relation](
    moves=(
        *REVIEWED.moves,
        #    step           from              to             at whose hand
        Move(_T.ATTACH,    _OPEN,             None,          {_R.AUTHOR}),
        Move(_T.DETACH,    _OPEN,             None,          {_R.AUTHOR}),
    )
)

_BEFORE_SHOWING = {_S.DRAFT, _S.SUBMITTED, _S.AUTHENTICATED}

AUTHENTICATED = Workflow[State, Step, Relation](
    moves=(
        #    step              from                to                at whose hand
        Move(_T.DRAFT,        {_S.NEW},            _S.DRAFT,         {_R.AUTHOR}),
        Move(_T.SAVE,         {_S.DRAFT},          None,             {_R.AUTHOR}),
        Move(_T.SUBMIT,       {_S.DRAFT},          _S.SUBMITTED,     {_R.AUTHOR}),
        Move(_T.AUTHENTICATE, {_S.SUBMITTED},      _S.AUTHENTICATED, {_R.REVIEWER}),
        Move(_T.CONFIRM,      {_S.AUTHENTICATED},  _S.CONFIRMED,     {_R.MISSION}),
        Move(_T.WITHDRAW,     _BEFORE_SHOWING,     _S.WITHDRAWN,     {_R.AUTHOR}),
    )
)

ANNOUNCED = Workflow[State, Step, Relation](
    moves=(
        #    step           from              to             at whose hand
        Move(_T.DRAFT,     {_S.NEW},          _S.DRAFT,      {_R.AUTHOR}),
        Move(_T.SAVE,      {_S.DRAFT},        None,          {_R.AUTHOR}),
        Move(_T.ANNOUNCE,  {_S.DRAFT},        _S.LISTED,     {_R.AUTHOR}),
        Move(_T.WITHDRAW,  {_S.DRAFT},        _S.WITHDRAWN,  {_R.AUTHOR}),
        Move(_T.WITHDRAW,  {_S.LISTED},       _S.WITHDRAWN,  {_R.AUTHOR, _R.SECRETARIAT}),
        Move(_T.REVISE,    {_S.LISTED},       None,          {_R.AUTHOR}),
    )
)
# fmt: on
