"""The kinds of the directory of assistance: programmes, and activities under them."""

from clearinghouse.directory.rules import Readers
from clearinghouse.kernel.marking import N_
from clearinghouse.submissions.rules import workflow
from clearinghouse.submissions.rules.fields import Field, Type
from clearinghouse.submissions.rules.kinds import recurring
from clearinghouse.submissions.rules.kinds.definition import Contributors, Definition, Kind

FORMS_OF_HELP = {
    "legislative_drafting": N_("drafting of legislation"),
    "training": N_("training"),
    "equipment": N_("equipment"),
    "advisory_mission": N_("advisory mission"),
    "funding": N_("funding"),
    "model_law": N_("model law"),
    "e_learning": N_("learning at a distance"),
    "information": N_("information"),
    "other": N_("other"),
}
COST_SHARING = {
    "none": N_("free of charge"),
    "in_part": N_("cost shared in part"),
    "full": N_("at the recipient's cost"),
    "by_agreement": N_("by agreement"),
}
STANDING = {
    "planned": N_("planned"),
    "under_way": N_("under way"),
    "completed": N_("completed"),
    "suspended": N_("suspended"),
    "cancelled": N_("cancelled"),
}

UNIT = Field(
    name="unit",
    type=Type.TEXT,
    label=N_("Unit"),
    hint=N_("The department, agency or office that provides it."),
    longest=200,
)
FORM_OF_HELP = Field(
    name="form_of_help",
    type=Type.CHOICE,
    label=N_("Form of help"),
    required=True,
    choices=FORMS_OF_HELP,
)
UPDATED = "updated"
AS_PUBLISHED = (
    Field(
        name="recipients",
        type=Type.LINES,
        label=N_("Recipients as their source names them"),
        hint=N_("Countries and regions, with the share of each where it is known."),
    ),
    Field(
        name="sectors",
        type=Type.LINES,
        label=N_("Sectors as their source names them"),
        hint=N_("The vocabulary, the code, the name and the share of each."),
    ),
    Field(
        name="partners",
        type=Type.LINES,
        label=N_("Participating organisations"),
        hint=N_("One on each line, with its part in it."),
    ),
    Field(
        name="budgets",
        type=Type.LINES,
        label=N_("Budgets"),
        hint=N_("The period, the currency and the amount of each, as published."),
    ),
    Field(
        name="disbursements",
        type=Type.LINES,
        label=N_("Disbursements"),
        hint=N_("The day or period, the currency and the amount of each, as published."),
    ),
    Field(
        name="planned",
        type=Type.LINES,
        label=N_("Planned disbursements"),
        hint=N_("The period, the currency and the amount of each, as published."),
    ),
    Field(
        name=UPDATED,
        type=Type.TEXT,
        label=N_("Last changed by its source"),
        hint=N_("The moment that its published file names."),
        longest=40,
    ),
)
AREAS = recurring.said(recurring.AREAS, required=True)

PROGRAMME = Definition(
    kind=Kind.ASSISTANCE_PROGRAMME,
    name=N_("Assistance programme"),
    names=N_("Assistance programmes"),
    invites=N_("Offer a programme of assistance"),
    about=N_("A standing programme that States may apply to: what, for whom, and how to apply."),
    contributors=Contributors.BOTH,
    readers=Readers.EVERYBODY,
    workflow=workflow.REVIEWED,
    fields=(
        recurring.REFERENCE,
        recurring.TITLE,
        UNIT,
        recurring.SUMMARY,
        FORM_OF_HELP,
        AREAS,
        recurring.said(recurring.OBLIGATIONS, N_("Paragraphs it helps to carry out")),
        recurring.REGIONS,
        Field(
            name="states",
            type=Type.STATES,
            label=N_("Made for these States"),
            hint=N_("Only where it is tailored to them. Leave blank if others may apply."),
        ),
        Field(
            name="eligibility",
            type=Type.LONG_TEXTS,
            label=N_("Who is eligible"),
            longest=2000,
        ),
        Field(
            name="how_to_apply",
            type=Type.LONG_TEXTS,
            label=N_("How to apply"),
            required=True,
            longest=2000,
        ),
        Field(
            name="cost_sharing",
            type=Type.CHOICE,
            label=N_("Sharing of the cost"),
            choices=COST_SHARING,
        ),
        Field(
            name="lead_time",
            type=Type.TEXT,
            label=N_("Time from application to start"),
            longest=200,
        ),
        recurring.LANGUAGES,
        recurring.URL,
        recurring.CONTACT,
        recurring.CHECKLIST,
        recurring.HUMAN_RIGHTS,
    ),
)

ACTIVITY = Definition(
    kind=Kind.ASSISTANCE_ACTIVITY,
    name=N_("Assistance activity"),
    names=N_("Assistance activities"),
    invites=N_("Report an activity of assistance"),
    about=N_("One project, course or mission: where, when, and for how much."),
    contributors=Contributors.BOTH,
    readers=Readers.EVERYBODY,
    workflow=workflow.REVIEWED,
    fields=(
        recurring.REFERENCE,
        recurring.TITLE,
        UNIT,
        recurring.SUMMARY,
        Field(
            name="programme",
            type=Type.TEXT,
            label=N_("Programme it belongs to"),
            hint=N_("Its code here or its name, if there is one."),
        ),
        FORM_OF_HELP,
        AREAS,
        recurring.said(recurring.OBLIGATIONS, N_("Paragraphs it helps to carry out")),
        Field(name="states", type=Type.STATES, label=N_("States that receive it")),
        recurring.REGIONS,
        Field(name="standing", type=Type.CHOICE, label=N_("Where it stands"), choices=STANDING),
        Field(name="begins", type=Type.DATE, label=N_("Begins")),
        Field(name="ends", type=Type.DATE, label=N_("Ends")),
        Field(
            name="cost",
            type=Type.TEXT,
            label=N_("Cost"),
            hint=N_("If public, with the currency."),
            longest=200,
        ),
        recurring.URL,
        recurring.CONTACT,
        *AS_PUBLISHED,
    ),
)
