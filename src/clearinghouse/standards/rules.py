"""What a standard can be. How it stays fresh is the procedure of every entry: `directory`.

A standard is listed, never adopted or endorsed: the register says who issued it and on which
paragraphs it bears. No Django here.
"""

from enum import StrEnum

from clearinghouse.directory.rules import WORKFLOW, Relation, Status, Step, is_due, stale_on

__all__ = ("WORKFLOW", "LegalNature", "Relation", "Status", "Step", "is_due", "stale_on")


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
