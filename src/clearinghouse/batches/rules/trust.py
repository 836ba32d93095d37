"""Which bodies may change their listed entries without review, and which fields. No Django.

Source: `docs/rules/trusted.md`. What is not named here as free to change is of the shape of an
entry, so that a field which comes with a later version is reviewed until somebody decides.
"""

from collections.abc import Iterable
from enum import StrEnum

LONGEST_REASON = 1000


class Step(StrEnum):
    """What the secretariat records of a body."""

    TRUST = "trust"
    REVOKE = "revoke"


class Relation(StrEnum):
    """Whose hand it is in."""

    SECRETARIAT = "secretariat"


WHO: dict[Step, frozenset[Relation]] = dict.fromkeys(Step, frozenset({Relation.SECRETARIAT}))

FREE = frozenset(
    {
        # how it is put
        "summary", "outcome", "lessons", "coordination", "difficulties", "next_steps",
        "first_steps", "help_offered",
        # how to have it
        "unit", "contact", "url", "languages", "eligibility", "how_to_apply", "cost_sharing",
        "lead_time",
        # where it stands
        "standing", "begins", "ends", "since", "milestones", "reports_back",
        # what it costs, and when the source was last changed
        "cost", "budgets", "disbursements", "planned", "updated",
    }
)  # fmt: skip
"""A trusted body changes these of what it has listed, and they stand at once."""

SHAPE = frozenset(
    {
        # what it is
        "title", "reference", "legal_nature", "edition", "issued", "form_of_help", "covers",
        "basis", "period", "standard", "programme",
        # on what and on whom it bears
        "obligations", "areas", "regions", "states", "recipients", "sectors",
        # what it says of others, and how it stands to human rights
        "partners", "human_rights_check", "human_rights",
    }
)  # fmt: skip
"""These are reviewed, whoever changes them. A test holds every field to one of the two lists."""


def keeps_shape(changed: Iterable[str]) -> bool:
    """Whether a change of these fields leaves an entry what it is, of whom it is."""
    return set(changed) <= FREE
