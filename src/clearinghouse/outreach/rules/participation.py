"""Who takes part in the confidential exchange: since when, until when, and whose hand that is.

Source: `docs/rules/participation.md`. The exchange itself is another room; this is the list alone.
"""

from datetime import date
from enum import StrEnum

from clearinghouse.kernel.marking import N_
from clearinghouse.outreach.rules import Relation

LONGEST_TERMS = 4000
LONGEST_PAPER = 300
NO_TERMS = N_("Say on what terms, in words or by the name of a paper.")


class Part(StrEnum):
    """How a body stands to the exchange on a day; computed, and never stored."""

    NONE = "none"  # nothing is recorded of it
    AHEAD = "ahead"  # agreed, and not begun
    TAKES = "takes"
    ENDED = "ended"


class Step(StrEnum):
    """What can be recorded."""

    JOIN = "join"
    AMEND = "amend"
    LEAVE = "leave"


_S, _P = Step, Part
_RUNNING = frozenset({_S.AMEND, _S.LEAVE})

STEPS: dict[Part, frozenset[Step]] = {
    _P.NONE: frozenset({_S.JOIN}),
    _P.AHEAD: _RUNNING,
    _P.TAKES: _RUNNING,
    _P.ENDED: frozenset({_S.JOIN}),  # it may begin again
}
WHO: dict[Step, frozenset[Relation]] = dict.fromkeys(Step, frozenset({Relation.EXPERT}))
"""Only the Experts read what is given in confidence, so only they record who gives it."""


def part(since: date | None, until: date | None, today: date) -> Part:
    """Its last day is a day on which it takes part."""
    if since is None:
        return Part.NONE
    if until is not None and today > until:
        return Part.ENDED
    return Part.AHEAD if today < since else Part.TAKES


def faults_of_joining(since: date, until: date | None, ended: date | None) -> dict[str, str]:
    """By field. `ended` is the last day on which it took part before, if it did."""
    faults = {}
    if until is not None and until < since:
        faults["until"] = N_("The last day cannot lie before the first.")
    if ended is not None and since <= ended:
        faults["since"] = N_("It took part until later than that: give a day after it.")
    return faults


def faults_of_amending(on: date, *, since: date, until: date | None, last: date) -> dict[str, str]:
    """By field. `last` is the day from which the terms of today hold."""
    faults = {}
    if on < last:
        faults["on"] = N_("The present terms hold from later than that: give that day or a later.")
    if until is not None and until < since:
        faults["until"] = N_("The last day cannot lie before the first.")
    elif until is not None and on > until:
        faults["on"] = N_("It does not take part any more by then.")
    return faults


def faults_of_leaving(until: date, *, since: date) -> dict[str, str]:
    if until < since:
        return {"until": N_("The last day cannot lie before the first.")}
    return {}
