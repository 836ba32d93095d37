"""A need's life, and the consent that says who may see it. Source: `docs/rules/need.md`.

Consent is a State's own: only its mission gives or widens it, anyone in its seats may narrow it at
once, and silence never raises it. No Django here: a member of the committee could read this page.
"""

from enum import IntEnum, StrEnum

from clearinghouse.kernel.marking import N_
from clearinghouse.kernel.workflow import Move, Workflow

OBSERVATION_WORDS = 150
TOP = 5  # a State ranks its five most pressing needs


class Status(StrEnum):
    """From identified to closed. NEW is not yet written down, and is never stored."""

    NEW = "new"
    IDENTIFIED = "identified"
    CONFIRMED = "confirmed"
    REQUESTED = "requested"
    OFFERED = "offered"
    MATCHED = "matched"
    IN_DELIVERY = "in_delivery"
    DELIVERED = "delivered"
    CLOSED = "closed"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


ENDED = frozenset({Status.CLOSED, Status.LAPSED, Status.WITHDRAWN})
LIVE = frozenset(set(Status) - ENDED - {Status.NEW})
SETTLED = LIVE - {Status.IDENTIFIED}


class Consent(StrEnum):
    """How far a need may be seen. The order is from narrow to wide; default none."""

    NONE = "none"
    COMMITTEE = "committee"
    NAMED = "named"
    PROVIDERS = "providers"
    PUBLIC = "public"


ORDER = tuple(Consent)


class Origin(StrEnum):
    """Who says that there is a need."""

    STATE = "state"
    EXPERT = "expert"
    REGIONAL_BODY = "regional_body"
    VISIT = "visit"
    STANDARD_OWNER = "standard_owner"


class Stage(StrEnum):
    """The Committee's three review stages: a tag, never a gate."""

    NONE = ""
    A = "A"
    B = "B"
    C = "C"


class Priority(IntEnum):
    """As the State sets it: 1 is the most pressing."""

    HIGH = 1
    MIDDLE = 2
    LOW = 3


class Reader(StrEnum):
    """What a reader can be to a need."""

    SERVING = "serving"  # Experts and secretariat
    OWN = "own"  # any seat of the State
    DRAFTER = "drafter"  # the regional body that drafted it for its member
    MEMBER = "member"
    NAMED = "named"  # a provider the State named
    PROVIDER = "provider"
    ANYONE = "anyone"


_R, _C = Reader, Consent
ALWAYS = frozenset({_R.SERVING, _R.OWN})

# fmt: off
READERS: dict[Consent, frozenset[Reader]] = {
    _C.NONE:      ALWAYS,
    _C.COMMITTEE: ALWAYS | {_R.MEMBER},
    _C.NAMED:     ALWAYS | {_R.MEMBER, _R.NAMED},
    _C.PROVIDERS: ALWAYS | {_R.MEMBER, _R.NAMED, _R.PROVIDER},
    _C.PUBLIC:    ALWAYS | {_R.MEMBER, _R.NAMED, _R.PROVIDER, _R.ANYONE},
}
# fmt: on
WITHIN_THE_COMMITTEE = ALWAYS | {_R.MEMBER}


def readers(consent: Consent, status: Status) -> frozenset[Reader]:
    """Who may see a need. One the State has not confirmed never leaves the committee.

    The regional body that drafted a need sees it until the State has confirmed it.
    """
    if status == Status.IDENTIFIED:
        return (READERS[consent] & WITHIN_THE_COMMITTEE) | {Reader.DRAFTER}
    return READERS[consent]


def widens(before: Consent, after: Consent, added: bool) -> bool:  # noqa: FBT001  # a fact, not a mode
    """Whether the change lets anybody see more. `added`: a provider was newly named."""
    if before == after:
        return after == Consent.NAMED and added
    return ORDER.index(after) > ORDER.index(before)


class Step(StrEnum):
    """What can be done to a need."""

    WRITE = "write"
    IDENTIFY = "identify"
    REVISE = "revise"
    CONFIRM = "confirm"
    OBSERVE = "observe"
    WIDEN = "widen"
    NARROW = "narrow"
    WITHDRAW = "withdraw"


class Relation(StrEnum):
    """What an actor can be to a need. Rights hang on relations, never on people."""

    MISSION = "mission"
    STATE = "state"
    EXPERT = "expert"
    SECRETARIAT = "secretariat"
    ON_INSTRUMENT = "on_instrument"  # the secretariat, applying what the mission wrote on paper


_S, _T, _P = Status, Step, Relation

# fmt: off
WORKFLOW = Workflow[Status, Step, Relation](
    moves=(
        #    step          from               to             at whose hand
        Move(_T.WRITE,     {_S.NEW},          _S.CONFIRMED,  {_P.MISSION, _P.ON_INSTRUMENT}),
        Move(_T.IDENTIFY,  {_S.NEW},          _S.IDENTIFIED, {_P.EXPERT, _P.SECRETARIAT}),
        Move(_T.CONFIRM,   {_S.IDENTIFIED},   _S.CONFIRMED,  {_P.MISSION, _P.ON_INSTRUMENT}),
        Move(_T.CONFIRM,   SETTLED,           None,          {_P.MISSION, _P.ON_INSTRUMENT}),
        Move(_T.REVISE,    {_S.IDENTIFIED},   None,          {_P.MISSION, _P.EXPERT, _P.ON_INSTRUMENT}),
        Move(_T.REVISE,    SETTLED,           None,          {_P.MISSION, _P.ON_INSTRUMENT}),
        Move(_T.OBSERVE,   LIVE,              None,          {_P.MISSION, _P.ON_INSTRUMENT}),
        Move(_T.WIDEN,     LIVE,              None,          {_P.MISSION, _P.ON_INSTRUMENT}),
        Move(_T.NARROW,    LIVE,              None,          {_P.STATE, _P.ON_INSTRUMENT}),
        Move(_T.WITHDRAW,  {_S.IDENTIFIED},   _S.WITHDRAWN,  {_P.STATE, _P.EXPERT, _P.SECRETARIAT, _P.ON_INSTRUMENT}),
        Move(_T.WITHDRAW,  SETTLED,           _S.WITHDRAWN,  {_P.STATE, _P.ON_INSTRUMENT}),
    )
)
# fmt: on

STATUS_WORDS: dict[Status, str] = {
    Status.IDENTIFIED: N_("not confirmed by the State"),
    Status.CONFIRMED: N_("confirmed"),
    Status.REQUESTED: N_("requested"),
    Status.OFFERED: N_("offered"),
    Status.MATCHED: N_("matched"),
    Status.IN_DELIVERY: N_("in delivery"),
    Status.DELIVERED: N_("delivered"),
    Status.CLOSED: N_("closed: met"),
    Status.LAPSED: N_("lapsed"),
    Status.WITHDRAWN: N_("withdrawn"),
}
ORIGIN_WORDS: dict[Origin, str] = {
    Origin.STATE: N_("the State"),
    Origin.EXPERT: N_("analysis by an Expert"),
    Origin.REGIONAL_BODY: N_("a regional body"),
    Origin.VISIT: N_("a visit"),
    Origin.STANDARD_OWNER: N_("the owner of a standard"),
}
CONSENT_WORDS: dict[Consent, str] = {
    Consent.NONE: N_("the State, the Experts and the secretariat"),
    Consent.COMMITTEE: N_("also the members of the committee"),
    Consent.NAMED: N_("also the providers named"),
    Consent.PROVIDERS: N_("also every provider of assistance"),
    Consent.PUBLIC: N_("everybody"),
}
