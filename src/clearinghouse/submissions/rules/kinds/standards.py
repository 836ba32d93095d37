"""The kinds of the register: standards, those under development, and notes of guidance."""

from clearinghouse.directory.rules import Readers
from clearinghouse.kernel.marking import N_
from clearinghouse.standards.rules import LegalNature
from clearinghouse.submissions.rules import workflow
from clearinghouse.submissions.rules.fields import Field, Type
from clearinghouse.submissions.rules.kinds import recurring
from clearinghouse.submissions.rules.kinds.definition import Contributors, Definition, Kind

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

STANDARD = Definition(
    kind=Kind.STANDARD,
    name=N_("Standard"),
    names=N_("Standards"),
    invites=N_("Submit a standard"),
    about=N_("A standard, code or practice that your organisation issued, and what it bears on."),
    contributors=Contributors.ORGANISATIONS,
    readers=Readers.EVERYBODY,
    workflow=workflow.WITH_COPIES,
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
        recurring.REFERENCE,
        recurring.CHECKLIST,
        Field(
            name="human_rights",
            type=Type.LONG_TEXTS,
            label=N_("Compatibility with human rights"),
            hint=N_("Optional: how the standard provides for it. It is shown with the entry."),
            longest=2000,
        ),
    ),
)

PLAN = Definition(
    kind=Kind.STANDARD_PLAN,
    name=N_("Standard under development"),
    names=N_("Standards under development"),
    invites=N_("Announce a standard under development"),
    about=N_("A standard being written or amended: its milestones, and when you report back."),
    contributors=Contributors.ORGANISATIONS,
    readers=Readers.EVERYBODY,
    workflow=workflow.REVIEWED,
    fields=(
        recurring.REFERENCE,
        recurring.TITLE,
        recurring.SUMMARY,
        recurring.said(recurring.OBLIGATIONS, required=True),
        Field(
            name="milestones",
            type=Type.MILESTONES,
            label=N_("Milestones"),
            hint=N_("One on each line: 2026-05: first draft."),
            longest=300,
        ),
        Field(name="reports_back", type=Type.DATE, label=N_("Reports back to the committee by")),
        recurring.URL,
        recurring.CONTACT,
        recurring.CHECKLIST,
        recurring.HUMAN_RIGHTS,
    ),
)

GUIDANCE = Definition(
    kind=Kind.GUIDANCE_NOTE,
    name=N_("Guidance note"),
    names=N_("Guidance notes"),
    invites=N_("Submit a guidance note"),
    about=N_("How a standard is carried out in practice, for those who have to do it."),
    contributors=Contributors.ORGANISATIONS,
    readers=Readers.EVERYBODY,
    workflow=workflow.WITH_COPIES,
    fields=(
        recurring.REFERENCE,
        recurring.TITLE,
        recurring.SUMMARY,
        Field(
            name="standard",
            type=Type.TEXT,
            label=N_("Standard it explains"),
            hint=N_("Its code here or its name."),
        ),
        recurring.said(recurring.OBLIGATIONS, required=True),
        recurring.AREAS,
        Field(name="issued", type=Type.DATE, label=N_("Date")),
        recurring.LANGUAGES,
        recurring.URL,
        recurring.CONTACT,
        recurring.CHECKLIST,
        recurring.HUMAN_RIGHTS,
    ),
)
