"""The kind that only States contribute: a need, in one subject of the matrix."""

from clearinghouse.kernel.marking import N_
from clearinghouse.needs.rules import Consent, Priority
from clearinghouse.submissions.rules import workflow
from clearinghouse.submissions.rules.fields import REQUIRED, Content, Fault, Field, Type
from clearinghouse.submissions.rules.kinds.definition import Contributors, Definition, Kind

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

NEED = Definition(
    kind=Kind.NEED,
    name=N_("Need"),
    names=N_("Needs"),
    invites=N_("State a need"),
    about=N_("Help that a State asks for, in one subject of the matrix, and who may see it."),
    contributors=Contributors.STATES,
    readers=None,
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


def sharing(content: Content) -> list[Fault]:
    """Providers are named exactly where the State chose to name them."""
    named, chosen = bool(content.get("providers")), content.get("consent") == Consent.NAMED
    if chosen and not named:
        return [Fault("providers", REQUIRED)]
    if named and not chosen:
        return [
            Fault("providers", N_("Choose “the providers named below” above, or name nobody."))
        ]
    return []
