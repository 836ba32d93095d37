"""The kinds of contribution, each one definition of its fields: every way in is made from it."""

from collections.abc import Callable

from clearinghouse.kernel import partial_date
from clearinghouse.kernel.marking import N_
from clearinghouse.submissions.rules.fields import Content, Fault
from clearinghouse.submissions.rules.kinds import assistance, cooperation, outreach
from clearinghouse.submissions.rules.kinds.definition import Contributors, Definition, Kind
from clearinghouse.submissions.rules.kinds.needs import CONSENTS, NEED, PRIORITIES, sharing
from clearinghouse.submissions.rules.kinds.standards import (
    GUIDANCE,
    LEGAL_NATURES,
    PLAN,
    STANDARD,
)

__all__ = (
    "CONSENTS",
    "DEFINITIONS",
    "LEGAL_NATURES",
    "NEED",
    "PRIORITIES",
    "STANDARD",
    "Contributors",
    "Definition",
    "Kind",
    "across",
)

DEFINITIONS: dict[Kind, Definition] = {
    each.kind: each
    for each in (
        STANDARD,
        PLAN,
        GUIDANCE,
        assistance.PROGRAMME,
        assistance.ACTIVITY,
        cooperation.EXAMPLE,
        cooperation.STARTER_PACK,
        cooperation.COORDINATION_REPORT,
        cooperation.MANDATE_STATEMENT,
        NEED,
        outreach.CONTACT,
        outreach.MONITORING_VISIT,
    )
}

TURNED_ROUND = N_("This is before the beginning.")


def across(kind: Kind, content: Content) -> list[Fault]:
    """Faults that no field has alone."""
    check = ACROSS.get(kind)
    return check(content) if check else []


def _in_order(content: Content) -> list[Fault]:
    """What ends does not end before it begins, as far as both dates are known."""
    begins, ends = content.get("begins"), content.get("ends")
    if not begins or not ends:
        return []
    try:
        turned = partial_date.latest(str(ends)) < partial_date.earliest(str(begins))
    except ValueError:
        return []  # said already, field by field
    return [Fault("ends", TURNED_ROUND)] if turned else []


Across = Callable[[Content], list[Fault]]
_NEEDS: dict[Kind, Across] = {Kind.NEED: sharing}
ACROSS = _NEEDS | {
    kind: _in_order
    for kind, definition in DEFINITIONS.items()
    if {"begins", "ends"} <= definition.names_of_fields
}
