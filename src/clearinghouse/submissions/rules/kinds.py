"""The kinds of contribution, each one definition of its fields: every way in is made from it."""

from dataclasses import dataclass
from enum import StrEnum

from clearinghouse.kernel.marking import N_
from clearinghouse.kernel.workflow import Workflow
from clearinghouse.needs.rules import Consent, Priority
from clearinghouse.standards.rules import LegalNature
from clearinghouse.submissions.rules import workflow
from clearinghouse.submissions.rules.fields import REQUIRED, Content, Fault, Field, Type
from clearinghouse.submissions.rules.workflow import Relation, State, Step


class Kind(StrEnum):
    """What can be contributed."""

    STANDARD = "standard"
    NEED = "need"


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A kind: what it is called, who contributes it, its fields, and the way it travels."""

    kind: Kind
    name: str
    of_states: bool  # a State's contribution; else an organisation's
    fields: tuple[Field, ...]
    workflow: Workflow[State, Step, Relation]

    def field(self, name: str) -> Field:
        return next(f for f in self.fields if f.name == name)


LEGAL_NATURES: dict[str, str] = {
    LegalNature.TREATY: N_("treaty"),
    LegalNature.BINDING_STANDARD: N_("binding standard"),
    LegalNature.RECOMMENDATION: N_("recommendation"),
    LegalNature.CODE: N_("code"),
    LegalNature.BEST_PRACTICE: N_("best practice"),
    LegalNature.GUIDANCE: N_("guidance"),
    LegalNature.MODEL_LAW: N_("model law"),
    LegalNature.TECHNICAL_STANDARD: N_("technical standard"),
    LegalNature.RESOLUTION: N_("resolution"),
    LegalNature.DECLARATION: N_("declaration"),
    LegalNature.METHODOLOGY: N_("methodology"),
    LegalNature.PROGRAMME: N_("programme"),
    LegalNature.TEMPLATE: N_("template"),
}
CONSENTS: dict[str, str] = {
    Consent.NONE: N_("Nobody beyond the State, the Experts and the secretariat"),
    Consent.COMMITTEE: N_("Also the members of the committee"),
    Consent.NAMED: N_("Also the providers named below"),
    Consent.PROVIDERS: N_("Also every provider of assistance"),
    Consent.PUBLIC: N_("Everybody"),
}
PRIORITIES = {
    str(Priority.HIGH.value): N_("1: most pressing"),
    str(Priority.MIDDLE.value): N_("2"),
    str(Priority.LOW.value): N_("3: least pressing"),
}
RANKS = {str(n): str(n) for n in range(1, 6)}

STANDARD = Definition(
    kind=Kind.STANDARD,
    name=N_("Standard"),
    of_states=False,
    workflow=workflow.REVIEWED,
    fields=(
        Field(
            name="title",
            type=Type.TEXTS,
            label=N_("Title"),
            hint=N_("As your organisation calls it."),
            required=True,
        ),
        Field(
            name="summary",
            type=Type.LONG_TEXTS,
            label=N_("What it asks for"),
            hint=N_("Two or three plain sentences for a reader who does not know it."),
            longest=3000,
        ),
        Field(
            name="legal_nature",
            type=Type.CHOICE,
            label=N_("What it is in law"),
            required=True,
            choices=LEGAL_NATURES,
        ),
        Field(
            name="edition",
            type=Type.TEXT,
            label=N_("Edition"),
            hint=N_("For example: 7th edition; Amendment 10. Leave blank if there is none."),
            longest=120,
        ),
        Field(
            name="issued",
            type=Type.DATE,
            label=N_("Date of this edition"),
            hint=N_("As far as known: 2015, 2015-06 or 2015-06-30."),
        ),
        Field(
            name="obligations",
            type=Type.OBLIGATIONS,
            label=N_("Paragraphs of the resolution it bears on"),
            hint=N_("Tick each one; where you can, say which article or annex bears on it."),
            required=True,
            longest=200,
            pinpoints=True,
        ),
        Field(
            name="languages",
            type=Type.LANGUAGES,
            label=N_("Languages in which it can be read"),
        ),
        Field(
            name="url",
            type=Type.URL,
            label=N_("Address of the text"),
            longest=500,
        ),
        Field(
            name="human_rights",
            type=Type.LONG_TEXTS,
            label=N_("Compatibility with human rights"),
            hint=N_("Optional: how the standard provides for it. It is shown with the entry."),
            longest=2000,
        ),
    ),
)

NEED = Definition(
    kind=Kind.NEED,
    name=N_("Need"),
    of_states=True,
    workflow=workflow.AUTHENTICATED,
    fields=(
        Field(
            name="area",
            type=Type.AREA,
            label=N_("Subject"),
            hint=N_("The column of the matrix."),
            required=True,
        ),
        Field(
            name="title",
            type=Type.TEXTS,
            label=N_("The need in one line"),
            required=True,
            longest=200,
        ),
        Field(
            name="description",
            type=Type.LONG_TEXTS,
            label=N_("What exactly is needed"),
            hint=N_(
                "What is needed, what exists already, for whom. Be specific: it is acted upon."
            ),
            required=True,
            longest=3000,
        ),
        Field(
            name="obligations",
            type=Type.OBLIGATIONS,
            label=N_("Paragraphs of the resolution it helps to carry out"),
        ),
        Field(
            name="counterpart",
            type=Type.TEXT,
            label=N_("Counterpart"),
            hint=N_("The office that would work with a provider, not a person."),
        ),
        Field(
            name="rough_cost",
            type=Type.TEXT,
            label=N_("Rough cost"),
            hint=N_("If known, with the currency."),
            longest=200,
        ),
        Field(name="needed_by", type=Type.DATE, label=N_("Needed by")),
        Field(
            name="priority",
            type=Type.NUMBER,
            label=N_("Priority"),
            required=True,
            choices=PRIORITIES,
        ),
        Field(
            name="rank",
            type=Type.NUMBER,
            label=N_("Place among your five most pressing needs"),
            hint=N_("Optional; each place once."),
            choices=RANKS,
        ),
        Field(
            name="consent",
            type=Type.CHOICE,
            label=N_("Who may see it"),
            hint=N_("Only your mission can widen this; you can narrow it at any time."),
            required=True,
            choices=CONSENTS,
        ),
        Field(
            name="providers",
            type=Type.PROVIDERS,
            label=N_("Providers that may see it, by name"),
            hint=N_("Needed if you chose to name providers; otherwise leave it alone."),
        ),
    ),
)

DEFINITIONS = {d.kind: d for d in (STANDARD, NEED)}


def across(kind: Kind, content: Content) -> list[Fault]:
    """Faults that no field has alone."""
    if kind != Kind.NEED:
        return []
    named, chosen = bool(content.get("providers")), content.get("consent") == Consent.NAMED
    if chosen and not named:
        return [Fault("providers", REQUIRED)]
    if named and not chosen:
        return [
            Fault("providers", N_("Choose “the providers named below” above, or name nobody."))
        ]
    return []
