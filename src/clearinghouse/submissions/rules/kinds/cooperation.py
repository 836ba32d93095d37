"""The kinds of regional and practical cooperation."""

from clearinghouse.directory.rules import Readers
from clearinghouse.kernel.marking import N_
from clearinghouse.submissions.rules import workflow
from clearinghouse.submissions.rules.fields import Field, Type
from clearinghouse.submissions.rules.kinds import recurring
from clearinghouse.submissions.rules.kinds.definition import Contributors, Definition, Kind

MANDATE = {
    "yes": N_("Yes, it does"),
    "no": N_("No, it does not"),
    "under_consideration": N_("Under consideration"),
}

EXAMPLE = Definition(
    kind=Kind.COOPERATION_EXAMPLE,
    name=N_("Example of cooperation"),
    names=N_("Examples of cooperation"),
    invites=N_("Share an example of cooperation"),
    about=N_("Practical cooperation as it happened: with whom, what came of it, what was learnt."),
    contributors=Contributors.BOTH,
    readers=Readers.EVERYBODY,
    workflow=workflow.REVIEWED,
    fields=(
        recurring.REFERENCE,
        recurring.TITLE,
        recurring.SUMMARY,
        Field(
            name="partners",
            type=Type.TEXTS,
            label=N_("Partners"),
            required=True,
            longest=500,
        ),
        Field(
            name="outcome",
            type=Type.LONG_TEXTS,
            label=N_("What came of it"),
            required=True,
            longest=3000,
        ),
        Field(name="lessons", type=Type.LONG_TEXTS, label=N_("What was learnt"), longest=3000),
        recurring.AREAS,
        recurring.OBLIGATIONS,
        recurring.REGIONS,
        Field(name="begins", type=Type.DATE, label=N_("Begins")),
        Field(name="ends", type=Type.DATE, label=N_("Ends")),
        recurring.URL,
        recurring.CONTACT,
        recurring.HUMAN_RIGHTS,
    ),
)

STARTER_PACK = Definition(
    kind=Kind.STARTER_PACK,
    name=N_("Starter pack"),
    names=N_("Starter packs"),
    invites=N_("Share a starter pack"),
    about=N_(
        "How to build a regional dialogue: what one organisation did, for others to start from."
    ),
    contributors=Contributors.ORGANISATIONS,
    readers=Readers.EVERYBODY,
    workflow=workflow.WITH_COPIES,
    fields=(
        recurring.REFERENCE,
        recurring.TITLE,
        recurring.SUMMARY,
        Field(
            name="first_steps",
            type=Type.LONG_TEXTS,
            label=N_("First steps"),
            required=True,
            longest=3000,
        ),
        Field(
            name="help_offered",
            type=Type.LONG_TEXTS,
            label=N_("Help offered to other organisations"),
            longest=2000,
        ),
        recurring.AREAS,
        recurring.REGIONS,
        recurring.LANGUAGES,
        recurring.URL,
        recurring.CONTACT,
    ),
)

COORDINATION_REPORT = Definition(
    kind=Kind.COORDINATION_REPORT,
    name=N_("Coordination report"),
    names=N_("Coordination reports"),
    invites=N_("Hand in a coordination report"),
    about=N_(
        "What a regional organisation coordinated, for the collation after a special meeting."
    ),
    contributors=Contributors.ORGANISATIONS,
    readers=Readers.EVERYBODY,
    workflow=workflow.WITH_COPIES,
    fields=(
        recurring.REFERENCE,
        recurring.TITLE,
        Field(
            name="period",
            type=Type.TEXT,
            label=N_("Period covered"),
            required=True,
            longest=100,
        ),
        Field(
            name="coordination",
            type=Type.LONG_TEXTS,
            label=N_("What was coordinated, and with whom"),
            required=True,
            longest=6000,
        ),
        Field(name="difficulties", type=Type.LONG_TEXTS, label=N_("Difficulties"), longest=3000),
        Field(name="next_steps", type=Type.LONG_TEXTS, label=N_("Next steps"), longest=3000),
        recurring.AREAS,
        recurring.URL,
        recurring.HUMAN_RIGHTS,
    ),
)

MANDATE_STATEMENT = Definition(
    kind=Kind.MANDATE_STATEMENT,
    name=N_("Statement of mandate"),
    names=N_("Statements of mandate"),
    invites=N_("State your mandate"),
    about=N_("Whether the mandate of an organisation covers the subject, and on what basis."),
    contributors=Contributors.ORGANISATIONS,
    readers=Readers.EVERYBODY,
    workflow=workflow.REVIEWED,
    fields=(
        recurring.REFERENCE,
        recurring.said(
            recurring.TITLE,
            N_("Title"),
            N_("For example: Mandate in the field of border control."),
        ),
        Field(
            name="covers",
            type=Type.CHOICE,
            label=N_("Does the mandate cover this?"),
            required=True,
            choices=MANDATE,
        ),
        Field(
            name="basis",
            type=Type.LONG_TEXTS,
            label=N_("On what basis"),
            hint=N_("The charter, decision or resolution."),
            longest=2000,
        ),
        recurring.AREAS,
        recurring.OBLIGATIONS,
        Field(name="since", type=Type.DATE, label=N_("Since")),
        recurring.URL,
    ),
)
