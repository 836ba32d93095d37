"""What bodies tell each other and the committee: contacts, and visits that monitor States."""

from clearinghouse.directory.rules import Readers
from clearinghouse.kernel.marking import N_
from clearinghouse.submissions.rules import workflow
from clearinghouse.submissions.rules.fields import Field, Type
from clearinghouse.submissions.rules.kinds import recurring
from clearinghouse.submissions.rules.kinds.definition import Contributors, Definition, Kind

FUNCTIONS = {
    "main": N_("main focal point"),
    "alternate": N_("alternate"),
    "validating": N_("validating focal point"),
    "office": N_("office"),
}
YES_NO = {"yes": N_("Yes"), "no": N_("No")}
REVIEWS = {
    "visit": N_("visit"),
    "questionnaire": N_("questionnaire"),
    "desk_review": N_("review of documents"),
    "mutual_evaluation": N_("mutual evaluation"),
    "audit": N_("audit"),
    "other": N_("other"),
}

CONTACT = Definition(
    kind=Kind.CONTACT,
    name=N_("Contact"),
    names=N_("Contacts"),
    invites=N_("Name a contact"),
    about=N_("Whom to write to: the mailbox of an office is public, a person's details are not."),
    contributors=Contributors.BOTH,
    readers=Readers.CONTACTS,
    workflow=workflow.ANNOUNCED,
    fields=(
        recurring.REFERENCE,
        recurring.said(recurring.TITLE, N_("Office"), N_("For example: Counter-Terrorism Unit.")),
        Field(
            name="function",
            type=Type.CHOICE,
            label=N_("Function"),
            required=True,
            choices=FUNCTIONS,
        ),
        Field(
            name="mailbox",
            type=Type.EMAIL,
            label=N_("Mailbox of the office"),
            hint=N_("Everybody can see it."),
            required=True,
            longest=200,
        ),
        Field(
            name="person",
            personal=True,
            type=Type.TEXT,
            label=N_("Person"),
            hint=N_("Seen by the committee, the Experts and the secretariat."),
            longest=200,
        ),
        Field(
            name="address",
            personal=True,
            type=Type.EMAIL,
            label=N_("The person's own address"),
            longest=200,
        ),
        Field(
            name="telephone",
            personal=True,
            type=Type.TEXT,
            label=N_("Telephone"),
            longest=60,
        ),
        Field(
            name="shared",
            personal=True,
            type=Type.CHOICE,
            label=N_("May focal points of other organisations see the person?"),
            required=True,
            choices=YES_NO,
        ),
    ),
)

MONITORING_VISIT = Definition(
    kind=Kind.MONITORING_VISIT,
    name=N_("Monitoring visit"),
    names=N_("Monitoring visits"),
    invites=N_("Announce a review of a State"),
    about=N_("Which State is reviewed against which standard, and when. Never what was found."),
    contributors=Contributors.ORGANISATIONS,
    readers=Readers.MONITORS,
    workflow=workflow.ANNOUNCED,
    fields=(
        recurring.REFERENCE,
        Field(
            name="state",
            type=Type.STATE,
            label=N_("State"),
            required=True,
        ),
        recurring.said(
            recurring.TITLE,
            N_("Standard"),
            N_(
                "Against which the State is reviewed, as you call it. Write nothing about findings."
            ),
        ),
        Field(
            name="review",
            type=Type.CHOICE,
            label=N_("Kind of review"),
            required=True,
            choices=REVIEWS,
        ),
        Field(name="begins", type=Type.DATE, label=N_("Begins"), required=True),
        Field(name="ends", type=Type.DATE, label=N_("Ends")),
        recurring.CONTACT,
    ),
)
