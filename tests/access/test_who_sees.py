"""The visibility pictures: every kind of thing, in every state, by each of the cast.

The cells stand in the order of the heading in `pictures.py`: the public and somebody without a
seat; two focal points of a provider and one of a regional body; mission and capital of the State
concerned, another State, a State that is a provider; Expert, chair, member; those who serve.
"""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from clearinghouse.access.actor import OPERATOR, Actor
from clearinghouse.circulars import actions as circulars
from clearinghouse.circulars.models import Clearance
from clearinghouse.circulars.queries import issues
from clearinghouse.circulars.rules import State as Issuing
from clearinghouse.directory import queries as directory
from clearinghouse.directory.models import Entry as Listed
from clearinghouse.intake import actions as intake
from clearinghouse.intake.actions import Incoming
from clearinghouse.intake.queries import items_for
from clearinghouse.intake.rules.workflow import Channel
from clearinghouse.ledger.models import Entry
from clearinghouse.letters import actions as letters
from clearinghouse.letters.queries import letters as of_letters
from clearinghouse.letters.rules.workflow import State as Letters
from clearinghouse.meetings import queries as meetings
from clearinghouse.meetings.actions import around, calendar
from clearinghouse.meetings.rules import Answer
from clearinghouse.needs.models import Need
from clearinghouse.needs.queries import needs_for
from clearinghouse.needs.rules import Consent, Origin
from clearinghouse.notices import actions as notices
from clearinghouse.notices import queries as outbox
from clearinghouse.notices.rules import Kind as NoticeKind
from clearinghouse.outreach import actions as contact
from clearinghouse.outreach import queries as outreach
from clearinghouse.outreach.queries import participation
from clearinghouse.outreach.rules import Answer as Given
from clearinghouse.people.models import Person, Seat
from clearinghouse.plan.queries import commitments_for
from clearinghouse.standards.models import Standard
from clearinghouse.standards.rules import Status as Listing
from clearinghouse.submissions import actions as submissions
from clearinghouse.submissions.queries import submissions_for
from clearinghouse.submissions.rules.kinds import Kind
from clearinghouse.submissions.rules.workflow import State
from tests.access.pictures import who
from tests.committee import CAST, MERGED, STANDARD, Committee

Found = Callable[[Actor], Iterable[Any]]

EVERYBODY = "yes yes | yes yes yes | yes yes yes yes | yes yes yes | yes yes yes yes"


def seen(committee: Committee, thing: object, found: Found) -> set[str]:
    return {name for name in CAST if thing in found(committee.actor(name))}


# A need of XA, with XC named where it names a provider.
# fmt: off
CONFIRMED = {
    #                   pub no | xio alt xro | mxa cxa mxb mxc | exp cha mem | sec se2 aud adm
    Consent.NONE:      "-   -  | -   -   -   | yes yes -   -   | yes -   -   | yes yes -   -",
    Consent.COMMITTEE: "-   -  | -   -   -   | yes yes -   -   | yes yes yes | yes yes -   -",
    Consent.NAMED:     "-   -  | -   -   -   | yes yes -   yes | yes yes yes | yes yes -   -",
    Consent.PROVIDERS: "-   -  | yes yes -   | yes yes -   yes | yes yes yes | yes yes -   -",
    Consent.PUBLIC:    EVERYBODY,
}
# Drafted by the regional body, not yet confirmed: it never leaves the committee.
IDENTIFIED = {
    #                   pub no | xio alt xro | mxa cxa mxb mxc | exp cha mem | sec se2 aud adm
    Consent.NONE:      "-   -  | -   -   yes | yes yes -   -   | yes -   -   | yes yes -   -",
    Consent.COMMITTEE: "-   -  | -   -   yes | yes yes -   -   | yes yes yes | yes yes -   -",
    Consent.NAMED:     "-   -  | -   -   yes | yes yes -   -   | yes yes yes | yes yes -   -",
    Consent.PROVIDERS: "-   -  | -   -   yes | yes yes -   -   | yes yes yes | yes yes -   -",
    Consent.PUBLIC:    "-   -  | -   -   yes | yes yes -   -   | yes yes yes | yes yes -   -",
}
# fmt: on


def named(consent: Consent) -> list[str]:
    return ["XC"] if consent == Consent.NAMED else []


@pytest.mark.parametrize("consent", Consent)
def test_who_sees_a_confirmed_need(committee: Committee, consent: Consent) -> None:
    need = committee.need(consent=consent, named=named(consent))
    assert seen(committee, need, needs_for) == who(CONFIRMED[consent])


@pytest.mark.parametrize("consent", Consent)
def test_who_sees_an_unconfirmed_need(committee: Committee, consent: Consent) -> None:
    drafter = committee.body("XRO")
    need = committee.need(
        consent=consent, named=named(consent), origin=Origin.REGIONAL_BODY, drafted_by=drafter
    )
    assert seen(committee, need, needs_for) == who(IDENTIFIED[consent])
    everything: Found = Need.objects.visible_to
    assert seen(committee, need, everything) == who(IDENTIFIED[consent])


# A standard of the organisation XIO; a need of the State XA.
# fmt: off
STANDARDS = {
    #                   pub no | xio alt xro | mxa cxa mxb mxc | exp cha mem | sec se2 aud adm
    State.DRAFT:       "-   -  | yes yes -   | -   -   -   -   | -   -   -   | -   -   -   -",
    State.SUBMITTED:   "-   -  | yes yes -   | -   -   -   -   | yes -   -   | yes yes -   -",
    State.IN_REVIEW:   "-   -  | yes yes -   | -   -   -   -   | yes -   -   | yes yes -   -",
    State.RETURNED:    "-   -  | yes yes -   | -   -   -   -   | yes -   -   | yes yes -   -",
    State.LISTED:      "-   -  | yes yes -   | -   -   -   -   | yes -   -   | yes yes -   -",
    State.WITHDRAWN:   "-   -  | yes yes -   | -   -   -   -   | -   -   -   | -   -   -   -",
}
NEEDS = {
    #                       pub no | xio alt xro | mxa cxa mxb mxc | exp cha mem | sec se2 aud adm
    State.DRAFT:           "-   -  | -   -   -   | yes yes -   -   | -   -   -   | -   -   -   -",
    State.SUBMITTED:       "-   -  | -   -   -   | yes yes -   -   | yes -   -   | yes yes -   -",
    State.AUTHENTICATED:   "-   -  | -   -   -   | yes yes -   -   | yes -   -   | yes yes -   -",
    State.CONFIRMED:       "-   -  | -   -   -   | yes yes -   -   | yes -   -   | yes yes -   -",
    State.WITHDRAWN:       "-   -  | -   -   -   | yes yes -   -   | -   -   -   | -   -   -   -",
}
ON_BEHALF = "-   -  | yes yes -   | -   -   -   -   | -   -   -   | yes yes -   -"
# fmt: on


@pytest.mark.parametrize("state", STANDARDS)
def test_who_sees_the_contribution_of_a_standard(committee: Committee, state: State) -> None:
    made = committee.submission(state, Kind.STANDARD)
    assert seen(committee, made, submissions_for) == who(STANDARDS[state])


@pytest.mark.parametrize("state", NEEDS)
def test_who_sees_the_contribution_of_a_need(committee: Committee, state: State) -> None:
    made = committee.submission(state, Kind.NEED)
    assert seen(committee, made, submissions_for) == who(NEEDS[state])


def test_every_stored_state_is_in_one_of_the_pictures() -> None:
    assert {*STANDARDS, *NEEDS} == set(State) - {State.NEW}


def test_who_sees_a_draft_that_the_secretariat_wrote_on_behalf(committee: Committee) -> None:
    office = committee.actor("secretariat")
    body = committee.body("XIO")
    made = submissions.draft(
        Kind.STANDARD, body, STANDARD, instrument="letter of 1 March", by=office, now=committee.now
    )
    assert seen(committee, made, submissions_for) == who(ON_BEHALF)


@pytest.mark.parametrize("status", [Listing.LISTED, Listing.STALE, Listing.WITHDRAWN])
def test_who_sees_an_entry_of_the_register(committee: Committee, status: Listing) -> None:
    found: Found = Standard.objects.visible_to
    assert seen(committee, committee.standard(status), found) == who(EVERYBODY)


# fmt: off
#           pub no | xio alt xro | mxa cxa mxb mxc | exp cha mem | sec se2 aud adm
MONITORS = "-   -  | yes yes yes | yes yes -   -   | yes -   -   | -   -   -   -"  # a review of XA
PERSONS =  "-   -  | yes yes -   | -   -   -   -   | yes yes yes | yes yes -   -"  # not shared
SHARED =   "-   -  | yes yes yes | -   -   -   -   | yes yes yes | yes yes -   -"  # by consent
# fmt: on


@pytest.mark.parametrize("kind", [k for k in Kind if k not in {Kind.STANDARD, Kind.NEED}])
@pytest.mark.parametrize("status", [Listing.LISTED, Listing.STALE, Listing.WITHDRAWN])
def test_who_sees_an_entry_of_the_directory(
    committee: Committee, kind: Kind, status: Listing
) -> None:
    found: Found = Listed.objects.visible_to
    wanted = MONITORS if kind == Kind.MONITORING_VISIT else EVERYBODY
    assert seen(committee, committee.entry(kind, status), found) == who(wanted)


@pytest.mark.parametrize(("shared", "picture"), [("no", PERSONS), ("yes", SHARED)])
def test_who_sees_the_person_behind_an_office(
    committee: Committee, shared: str, picture: str
) -> None:
    entry = committee.entry(Kind.CONTACT, person="A. Person", shared=shared)
    shown = {n: directory.content_for(committee.actor(n), entry) for n in CAST}
    assert {n for n, content in shown.items() if "person" in content} == who(picture)
    assert all(content["mailbox"] for content in shown.values())


def test_who_sees_a_draft_of_what_is_announced(committee: Committee) -> None:
    """The secretariat reads no visit, not even once it is announced."""
    entry, said = committee.entry(Kind.MONITORING_VISIT), submissions_for
    found = {n for n in CAST if said(committee.actor(n)).filter(entry=entry.code).exists()}
    assert found == {"focal_xio", "alternate_xio", "expert"}


# fmt: off
#          pub no | xio alt xro | mxa cxa mxb mxc | exp cha mem | sec se2 aud adm
SERVING = "-   -  | -   -   -   | -   -   -   -   | yes yes yes | yes yes -   -"
ISSUES = {Issuing.DRAFT: SERVING, Issuing.FROZEN: SERVING, Issuing.ISSUED: EVERYBODY}
LISTED =  "-   -  | yes -   -   | -   -   -   -   | yes yes yes | yes yes -   -"
SEAT =    "-   -  | yes -   -   | -   -   -   -   | -   -   -   | -   -   yes yes"
RECORD =  "-   -  | -   -   -   | -   -   -   -   | -   -   -   | -   -   yes -"
RECEIPT = "-   -  | yes -   -   | -   -   -   -   | yes -   -   | yes yes -   -"
PLAN = {
    "commitment-1": "-   -  | yes yes -   | -   -   -   -   | yes yes yes | yes yes yes -",
    "commitment-2": EVERYBODY,  # taken on
}
# fmt: on


@pytest.mark.parametrize("state", ISSUES)
def test_who_sees_an_issue_of_the_matrix(committee: Committee, state: Issuing) -> None:
    issue = committee.issue(state)
    assert seen(committee, issue, issues.issues_for) == who(ISSUES[state])


def test_who_sees_a_clearance(committee: Committee) -> None:
    issue = committee.issue()
    found: Found = Clearance.objects.visible_to
    for clearance in Clearance.objects.unscoped("test").filter(issue=issue):
        assert seen(committee, clearance, found) == who(SERVING)


def test_who_sees_a_place_on_the_circulation_list(committee: Committee) -> None:
    seat = committee.seats["focal_xio"]
    place = circulars.enlist(seat, attach=False, by=OPERATOR, now=committee.now)
    assert seen(committee, place, issues.recipients_for) == who(LISTED)


def test_who_sees_a_seat_and_its_holder(committee: Committee) -> None:
    seats: Found = Seat.objects.visible_to
    persons: Found = Person.objects.visible_to
    assert seen(committee, committee.seats["focal_xio"], seats) == who(SEAT)
    assert seen(committee, committee.person("focal_xio"), persons) == who(SEAT)


def test_who_reads_the_record(committee: Committee) -> None:
    lines: Found = Entry.objects.visible_to
    first = Entry.objects.unscoped("test").get(number=1)
    assert seen(committee, first, lines) == who(RECORD)


def test_who_sees_a_notice(committee: Committee) -> None:
    seat = committee.seats["focal_xio"].pk
    notices.tell(NoticeKind.SUBMISSION_MOVED, "a cause", [seat], now=committee.now)
    notice = outbox.receipts(committee.actor("secretariat"), "a cause").get()
    assert seen(committee, notice, outbox.outbox) == who(RECEIPT)


# fmt: off
#               pub no | xio alt xro | mxa cxa mxb mxc | exp cha mem | sec se2 aud adm
RESTRICTED =   "-   -  | -   -   -   | -   -   -   -   | yes yes yes | yes yes -   -"
GUEST_XRO =    "-   -  | -   -   yes | -   -   -   -   | yes yes yes | yes yes -   -"
GUEST_XA =     "-   -  | -   -   -   | yes yes -   -   | yes yes yes | yes yes -   -"
OWN_KEY =      "-   -  | yes -   -   | -   -   -   -   | -   -   -   | -   -   -   -"
NOBODY =       "-   -  | -   -   -   | -   -   -   -   | -   -   -   | -   -   -   -"
# fmt: on


def test_who_sees_a_document_of_a_meeting(committee: Committee) -> None:
    public, closed = committee.document(is_restricted=False), committee.document()
    assert seen(committee, public, meetings.documents_for) == who(EVERYBODY)
    assert seen(committee, closed, meetings.documents_for) == who(RESTRICTED)
    committee.guest("XRO")
    assert seen(committee, closed, meetings.documents_for) == who(GUEST_XRO)
    around.withdraw_document(closed, by=committee.actor("secretariat"), now=committee.now)
    assert seen(committee, closed, meetings.documents_for) == who(NOBODY)


@pytest.mark.parametrize(("body", "picture"), [("XRO", GUEST_XRO), ("XA", GUEST_XA)])
def test_who_sees_a_participant(committee: Committee, body: str, picture: str) -> None:
    guest = committee.guest(body)
    assert seen(committee, guest, meetings.participants_for) == who(picture)
    office = committee.actor("secretariat")
    around.answer(guest, Answer.UNINVITED, "A. Person", by=office, now=committee.now)
    assert guest.names == ""
    assert seen(committee, guest, meetings.participants_for) == who(NOBODY)


def test_who_sees_the_key_of_a_calendar(committee: Committee) -> None:
    seat, by = committee.seats["focal_xio"], committee.actor("focal_xio")
    made, _ = calendar.make_key(seat, by=by, now=committee.now)
    assert seen(committee, made, meetings.keys_for) == who(OWN_KEY)


# fmt: off
#               pub no | xio alt xro | mxa cxa mxb mxc | exp cha mem | sec se2 aud adm
CONTACT_LOG =  "-   -  | -   -   -   | -   -   -   -   | yes -   -   | yes yes -   -"
ASKED = {
    "XIO":      "-   -  | yes yes -   | -   -   -   -   | yes -   -   | yes yes -   -",
    "XRO":      "-   -  | -   -   yes | -   -   -   -   | yes -   -   | yes yes -   -",
    "XA":       "-   -  | -   -   -   | yes yes -   -   | yes -   -   | yes yes -   -",
}
# fmt: on


def test_who_sees_the_contact_log(committee: Committee) -> None:
    """Not even the body it is about, nor the members."""
    line = committee.exchange("XIO")
    assert seen(committee, line, outreach.exchanges_for) == who(CONTACT_LOG)


#               pub no | xio alt xro | mxa cxa mxb mxc | exp cha mem | sec se2 aud adm
TAKES_PART =   "-   -  | yes yes yes | -   -   -   -   | yes -   -   | -   -   -   -"  # fmt: skip


def test_who_sees_who_takes_part_in_the_exchange(committee: Committee) -> None:
    """Organisations know it of each other; of those who serve, the Experts alone."""
    line = committee.takes_part("XIO")
    assert seen(committee, line, participation.taking_part) == who(TAKES_PART)
    (told,) = participation.history_of(committee.actor("focal_xro"), line)
    assert seen(committee, told, lambda a: participation.history_of(a, line)) == who(TAKES_PART)


@pytest.mark.parametrize("code", ASKED)
def test_who_sees_an_invitation_to_contribute(committee: Committee, code: str) -> None:
    """A body its own line of it, and never who else was asked."""
    line = committee.asked(code, "XC", kinds=[Kind.NEED])
    assert seen(committee, line, outreach.asked_for) == who(ASKED[code])
    others = who(ASKED[code]) | {"mission_xc"}
    assert seen(committee, line.invitation, outreach.invitations_for) == others
    office = committee.actor("secretariat")
    contact.answer(line, Given.TAKEN_BACK, by=office, now=committee.now)
    assert seen(committee, line, outreach.asked_for) == who(CONTACT_LOG)


# fmt: off
#          pub no | xio alt xro | mxa cxa mxb mxc | exp cha mem | sec se2 aud adm
TRAY = {
    "XA":  "-   -  | -   -   -   | yes yes -   -   | yes -   -   | yes yes -   -",
    "XIO": "-   -  | yes yes -   | -   -   -   -   | yes -   -   | yes yes -   -",
    "XRO": "-   -  | -   -   yes | -   -   -   -   | yes -   -   | yes yes -   -",
    "":    "-   -  | -   -   -   | -   -   -   -   | yes -   -   | yes yes -   -",
}
# fmt: on


@pytest.mark.parametrize("code", TRAY)
def test_who_sees_an_item_of_the_tray(committee: Committee, code: str) -> None:
    body = committee.body(code) if code else None
    paper = Incoming(channel=Channel.PAPER, title="A note", text="Hello", body=body)
    item = intake.arrive(paper, by=committee.actor("secretariat"), now=committee.now)
    assert seen(committee, item, items_for) == who(TRAY[code])


@pytest.mark.parametrize("code", PLAN)
def test_who_sees_a_commitment(committee: Committee, code: str) -> None:
    plan = commitments_for(committee.actor("auditor"))
    assert seen(committee, plan.get(code=code), commitments_for) == who(PLAN[code])


# fmt: off
NOTES = {  # a note verbale to the State XA
    #                    pub no | xio alt xro | mxa cxa mxb mxc | exp cha mem | sec se2 aud adm
    Letters.DRAFT:      "-   -  | -   -   -   | -   -   -   -   | yes -   -   | yes yes -   -",
    Letters.CLEARED:    "-   -  | -   -   -   | -   -   -   -   | yes -   -   | yes yes -   -",
    Letters.INITIALLED: "-   -  | -   -   -   | -   -   -   -   | yes -   -   | yes yes -   -",
    Letters.DISPATCHED: "-   -  | -   -   -   | yes yes -   -   | yes -   -   | yes yes -   -",
    Letters.RECEIVED:   "-   -  | -   -   -   | yes yes -   -   | yes -   -   | yes yes -   -",
    Letters.CANCELLED:  "-   -  | -   -   -   | -   -   -   -   | yes -   -   | yes yes -   -",
}
SIGNED = {  # a letter to the organisation XIO: the Chair sees what is to be signed
    Letters.DRAFT:      "-   -  | -   -   -   | -   -   -   -   | yes -   -   | yes yes -   -",
    Letters.CLEARED:    "-   -  | -   -   -   | -   -   -   -   | yes yes -   | yes yes -   -",
    Letters.SIGNED:     "-   -  | -   -   -   | -   -   -   -   | yes yes -   | yes yes -   -",
    Letters.DISPATCHED: "-   -  | yes yes -   | -   -   -   -   | yes yes -   | yes yes -   -",
    Letters.RECEIVED:   "-   -  | yes yes -   | -   -   -   -   | yes yes -   | yes yes -   -",
    Letters.CANCELLED:  "-   -  | -   -   -   | -   -   -   -   | yes -   -   | yes yes -   -",
}
# fmt: on


@pytest.mark.parametrize("state", NOTES)
def test_who_sees_a_note_verbale(committee: Committee, state: Letters) -> None:
    letter = committee.letter(state)
    assert seen(committee, letter, of_letters.register) == who(NOTES[state])


@pytest.mark.parametrize("state", SIGNED)
def test_who_sees_a_letter(committee: Committee, state: Letters) -> None:
    letter = committee.letter(state, "XIO")
    assert seen(committee, letter, of_letters.register) == who(SIGNED[state])


def test_every_stored_state_of_a_letter_is_pictured() -> None:
    assert {*NOTES, *SIGNED} == set(Letters) - {Letters.NEW}


def test_a_reply_is_read_with_its_letter(committee: Committee) -> None:
    letter, office = committee.letter(Letters.DISPATCHED), committee.actor("secretariat")
    answer = letters.Answer(received_on=committee.now.date(), text="We shall attend.")
    reply = letters.file_reply(letter, answer, by=office, now=committee.now)
    found = {n for n in CAST if reply in of_letters.replies_to(committee.actor(n), letter)}
    assert found == who(NOTES[Letters.DISPATCHED])


def test_a_batch_is_the_secretariats_business(committee: Committee) -> None:
    template, office = of_letters.template_called("note-invite"), committee.actor("secretariat")
    bodies = [committee.body("XA")]
    batch = letters.draft_batch(template, bodies, MERGED, by=office, now=committee.now)
    assert seen(committee, batch, of_letters.batches) == who(NOTES[Letters.DRAFT])
