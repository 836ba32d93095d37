"""Fields that recur in several kinds: the same words, the same checks wherever they stand."""

from dataclasses import replace

from clearinghouse.kernel.marking import N_
from clearinghouse.submissions.rules.fields import Field, Type

# The six questions of the note of the High Commissioner for Human Rights of 23 September 2002,
# as advice to whoever submits: never a score, and never a condition of listing.
QUESTIONS = {
    "legal_basis": N_("Does it ask that measures be prescribed by law, in precise terms?"),
    "necessity": N_("Does it limit measures to what is necessary for a legitimate purpose?"),
    "proportionality": N_("Does it ask for the least intrusive measure that serves the purpose?"),
    "non_discrimination": N_("Does it guard against discrimination and arbitrary use?"),
    "safeguards": N_("Does it provide for independent supervision and other safeguards?"),
    "remedies": N_("Does it provide for remedies for the persons concerned?"),
}
ANSWERS = {
    "yes": N_("Yes"),
    "in_part": N_("In part"),
    "no": N_("No"),
    "not_applicable": N_("Does not apply"),
}

REFERENCE = Field(
    name="reference",
    type=Type.TEXT,
    label=N_("Your own reference"),
    hint=N_("Optional: the number under which you keep it. It finds the entry again in a file."),
    longest=120,
)
TITLE = Field(
    name="title",
    type=Type.TEXTS,
    label=N_("Title"),
    hint=N_("As your organisation calls it."),
    required=True,
)
SUMMARY = Field(
    name="summary",
    type=Type.LONG_TEXTS,
    label=N_("What it is"),
    hint=N_("Two or three plain sentences for a reader who does not know it."),
    required=True,
    longest=3000,
)
OBLIGATIONS = Field(
    name="obligations",
    type=Type.OBLIGATIONS,
    label=N_("Paragraphs of the resolution it bears on"),
    longest=200,
    pinpoints=True,
)
AREAS = Field(name="areas", type=Type.AREAS, label=N_("Subjects"))
REGIONS = Field(
    name="regions",
    type=Type.REGIONS,
    label=N_("Regions"),
    hint=N_("Leave blank if it is meant for all."),
)
LANGUAGES = Field(
    name="languages", type=Type.LANGUAGES, label=N_("Languages in which it can be had")
)
URL = Field(name="url", type=Type.URL, label=N_("Address on the web"), longest=500)
CONTACT = Field(
    name="contact",
    type=Type.EMAIL,
    label=N_("Address for questions"),
    hint=N_("The mailbox of an office, not of a person: everybody can see it."),
    longest=200,
)
CHECKLIST = Field(
    name="human_rights_check",
    type=Type.CHECKLIST,
    label=N_("Human rights: six questions"),
    hint=N_("Advice to yourself, shown with the entry as you answer it. Not a score."),
    choices=ANSWERS,
    questions=QUESTIONS,
)
HUMAN_RIGHTS = Field(
    name="human_rights",
    type=Type.LONG_TEXTS,
    label=N_("Compatibility with human rights"),
    hint=N_("Optional: how it provides for it. It is shown with the entry."),
    longest=2000,
)


def said(field: Field, label: str = "", hint: str = "", *, required: bool | None = None) -> Field:
    """The same field, in the words of the kind it stands in."""
    return replace(
        field,
        label=label or field.label,
        hint=hint or field.hint,
        required=field.required if required is None else required,
    )
