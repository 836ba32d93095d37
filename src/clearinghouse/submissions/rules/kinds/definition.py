"""What a kind of contribution is: its fields, who contributes it, and the way it travels."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from clearinghouse.directory.rules import Readers
from clearinghouse.kernel.workflow import Workflow
from clearinghouse.submissions.rules.fields import Field, Type
from clearinghouse.submissions.rules.workflow import Relation, State, Step


class Kind(StrEnum):
    """What can be contributed."""

    STANDARD = "standard"
    STANDARD_PLAN = "standard_plan"
    GUIDANCE_NOTE = "guidance_note"
    ASSISTANCE_PROGRAMME = "assistance_programme"
    ASSISTANCE_ACTIVITY = "assistance_activity"
    COOPERATION_EXAMPLE = "cooperation_example"
    STARTER_PACK = "starter_pack"
    COORDINATION_REPORT = "coordination_report"
    MANDATE_STATEMENT = "mandate_statement"
    NEED = "need"
    CONTACT = "contact"
    MONITORING_VISIT = "monitoring_visit"


class Contributors(StrEnum):
    """Who contributes a kind."""

    STATES = "states"
    ORGANISATIONS = "organisations"
    BOTH = "both"

    def include(self, *, state: bool) -> bool:
        """Whether a State, or else an organisation, is among them."""
        return self == Contributors.BOTH or (self == Contributors.STATES) == state


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A kind: what it is called and for, its fields, and the way it travels.

    `invites` is what a contributor is asked to do; `about` says to a newcomer what belongs here.
    """

    kind: Kind
    name: str
    names: str
    invites: str
    about: str
    contributors: Contributors
    readers: Readers | None  # once listed; of a need, those whom its State chose
    fields: tuple[Field, ...]
    workflow: Workflow[State, Step, Relation]

    @property
    def asks_of_rights(self) -> bool:
        """Whether it asks how what is contributed goes together with human rights."""
        return any(f.type == Type.CHECKLIST for f in self.fields)

    @property
    def carries_copies(self) -> bool:
        """Whether files go with it: the note or the report itself, by language and edition."""
        return any(move.step == Step.ATTACH for move in self.workflow.moves)

    def field(self, name: str) -> Field:
        return next(f for f in self.fields if f.name == name)

    @cached_property
    def names_of_fields(self) -> frozenset[str]:
        return frozenset(f.name for f in self.fields)
