"""The hands pictures: which steps are open to each of the cast, in every state of every thing.

What the pictures show is asked twice: of the query that draws the buttons and of the policy that
makes the grants. The order of the cells is that of the heading in `pictures.py`.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from enum import StrEnum
from functools import partial
from typing import Any

import pytest

from clearinghouse.access.actor import CLOCK, OPERATOR, Role, Standing
from clearinghouse.access.errors import Refused
from clearinghouse.circulars import policy as circulars
from clearinghouse.circulars.models import Clearance, Issue, Recipient
from clearinghouse.circulars.rules import Office
from clearinghouse.circulars.rules import State as Issuing
from clearinghouse.circulars.rules import Step as MatrixStep
from clearinghouse.crossings import reaching_out
from clearinghouse.directory import policy as directory
from clearinghouse.directory import queries as of_entries
from clearinghouse.directory.models import Entry
from clearinghouse.intake import policy as intake
from clearinghouse.intake import queries as of_items
from clearinghouse.intake.models import Item
from clearinghouse.intake.rules.workflow import State as Arrival
from clearinghouse.intake.rules.workflow import Step as Handing
from clearinghouse.kernel.workflow import OutOfOrder
from clearinghouse.letters import policy as letters
from clearinghouse.letters.models import Letter
from clearinghouse.letters.queries import letters as of_letters
from clearinghouse.letters.rules.workflow import State as Letters
from clearinghouse.letters.rules.workflow import Step as LetterStep
from clearinghouse.mandate import policy as mandate
from clearinghouse.mandate.models import Area, Pack, State
from clearinghouse.mandate.rules import Step as LoadStep
from clearinghouse.meetings import policy as meetings
from clearinghouse.meetings import queries as of_meetings
from clearinghouse.meetings.models import CalendarKey
from clearinghouse.meetings.rules import Step as MeetingStep
from clearinghouse.needs import policy as needs
from clearinghouse.needs import queries as of_needs
from clearinghouse.needs.models import Need
from clearinghouse.needs.rules import Origin, Status
from clearinghouse.needs.rules import Step as NeedStep
from clearinghouse.outreach import actions as outreach
from clearinghouse.outreach import policy as contacts
from clearinghouse.outreach import queries as of_contacts
from clearinghouse.outreach.actions import participation as partaking
from clearinghouse.outreach.models import Exchange, Invitation, Participation
from clearinghouse.outreach.queries import participation as of_participation
from clearinghouse.outreach.rules import Step as ContactStep
from clearinghouse.outreach.rules.participation import Step as PartakingStep
from clearinghouse.people import policy as people
from clearinghouse.people.models import Seat
from clearinghouse.people.rules import Step as SeatStep
from clearinghouse.plan import policy as plan
from clearinghouse.standards import policy as standards
from clearinghouse.standards import queries as of_standards
from clearinghouse.standards.models import Standard
from clearinghouse.standards.rules import Status as Listing
from clearinghouse.standards.rules import Step as ListingStep
from clearinghouse.submissions import actions
from clearinghouse.submissions import policy as submissions
from clearinghouse.submissions import queries as of_submissions
from clearinghouse.submissions.models import Submission
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from clearinghouse.submissions.rules.workflow import Origin as Pen
from clearinghouse.submissions.rules.workflow import State as Stage
from clearinghouse.submissions.rules.workflow import Step as Handling
from tests.access.pictures import Steps, hands
from tests.committee import CAST, STANDARD, Committee

CLOCKWORK = {"clock": CLOCK, "operator": OPERATOR}


def granted(
    committee: Committee, authorise: Callable[..., Any], steps: Iterable[StrEnum], thing: object
) -> Steps:
    """What the policy grants to each of the cast."""
    found: Steps = {}
    for name in CAST:
        for step in steps:
            try:
                grant = authorise(committee.actor(name), step, thing)
            except (Refused, OutOfOrder):
                continue
            assert (grant.step, grant.subject) == (step, thing.subject)  # type: ignore[attr-defined]  # all of these have a subject
            found.setdefault(name, set()).add(str(step))
    return found


def shown(committee: Committee, open_to: Callable[..., set[Any]], thing: object) -> Steps:
    """What the buttons show to each of the cast."""
    drawn = {name: set(map(str, open_to(committee.actor(name), thing))) for name in CAST}
    return {name: steps for name, steps in drawn.items() if steps}


_ALL = "confirm+revise+observe+widen+narrow+withdraw"
_ANY = "narrow+withdraw"
# fmt: off
NEED = {  # of the State XA
    #                   public … capital of another  mission capital                     Expert, members       secretariat, auditor, administrator
    Status.NEW:         "- - | - - - |               write   -       - - | identify        - - | identify identify - -",
    Status.IDENTIFIED: f"- - | - - - |               {_ALL}  {_ANY}  - - | revise+withdraw - - | withdraw withdraw - -",
    Status.CONFIRMED:  f"- - | - - - |               {_ALL}  {_ANY}  - - | -               - - | -        -        - -",
    Status.WITHDRAWN:   "- - | - - - |               -       -       - - | -               - - | -        -        - -",
}
# fmt: on


@pytest.mark.parametrize("status", NEED)
def test_whose_hand_a_need_is_in(committee: Committee, status: Status) -> None:
    if status == Status.NEW:
        need = Need(state=State.objects.get(code="XA"))
    else:
        origin = Origin.EXPERT if status == Status.IDENTIFIED else Origin.STATE
        need = committee.need(origin=origin)
        need.status = status
    assert shown(committee, of_needs.steps_open_to, need) == hands(NEED[status])
    assert granted(committee, needs.authorise, NeedStep, need) == hands(NEED[status])


_TRAY = "attribute+file+accept+refuse+set_aside"
# fmt: off
TRAY = {  # of the State XA
    #                                                      secretariat
    Arrival.NEW:       "- - | - - - | - - - - | - - - | arrive     arrive     - -",
    Arrival.WAITING:  f"- - | - - - | - - - - | - - - | {_TRAY}    {_TRAY}    - -",
    Arrival.SET_ASIDE: "- - | - - - | - - - - | - - - | bring_back bring_back - -",
    Arrival.ACCEPTED:  "- - | - - - | - - - - | - - - | -          -          - -",
    Arrival.REFUSED:   "- - | - - - | - - - - | - - - | -          -          - -",
}
# fmt: on


@pytest.mark.parametrize("state", TRAY)
def test_whose_hand_an_item_of_the_tray_is_in(committee: Committee, state: Arrival) -> None:
    item = Item(channel="paper", body=committee.body("XA"), state=state)
    assert shown(committee, of_items.steps_open_to, item) == hands(TRAY[state])
    assert granted(committee, intake.authorise, Handing, item) == hands(TRAY[state])


_BY_PAPER = "confirm+revise+observe+widen+narrow+withdraw"
# fmt: off
ON_PAPER = {  # what the secretariat may do beside, where the mission's paper asks for it
    Status.NEW:        "- - | - - - | write - - - | identify - - | identify+write identify+write - -",
    Status.IDENTIFIED: f"- - | - - - | {_ALL} {_ANY} - - | revise+withdraw - - | {_BY_PAPER} {_BY_PAPER} - -",
    Status.CONFIRMED:  f"- - | - - - | {_ALL} {_ANY} - - | - - - | {_BY_PAPER} {_BY_PAPER} - -",
    Status.WITHDRAWN:  "- - | - - - | - - - - | - - - | - - - -",
}
# fmt: on


@pytest.mark.parametrize("status", ON_PAPER)
def test_what_the_secretariat_records_on_the_missions_paper(
    committee: Committee, status: Status
) -> None:
    place = {"state": State.objects.get(code="XA"), "area_id": Area.objects.first().pk}  # type: ignore[union-attr]  # there are three
    need = Need(origin=Origin.STATE, status=status, **place)
    on_paper = partial(needs.authorise, on_instrument=True)
    assert granted(committee, on_paper, NeedStep, need) == hands(ON_PAPER[status])


_WRITES, _GONE = "save+submit+withdraw", "withdraw+revise"
_PEN = "save+submit+withdraw+attach+detach"  # a standard carries copies; a need does not
# fmt: off
CONTRIBUTED = {  # a standard, by the organisation XIO itself
    #                   focal points of the owner                                secretariat
    Stage.NEW:          "- - | draft    draft    - | - - - - | - - - | -            -           - -",
    Stage.DRAFT:       f"- - | {_PEN}   {_PEN}   - | - - - - | - - - | -            -           - -",
    Stage.SUBMITTED:    "- - | withdraw withdraw - | - - - - | - - - | take_up      take_up     - -",
    Stage.IN_REVIEW:    "- - | withdraw withdraw - | - - - - | - - - | return+list  return+list - -",
    Stage.RETURNED:    f"- - | {_PEN}   {_PEN}   - | - - - - | - - - | -            -           - -",
    Stage.LISTED:      f"- - | {_GONE}  {_GONE}  - | - - - - | - - - | withdraw     withdraw    - -",
    Stage.WITHDRAWN:    "- - | -        -        - | - - - - | - - - | -            -           - -",
}
ON_BEHALF = {  # the first of the secretariat wrote it: only the second may list it
    Stage.DRAFT:       f"- - | {_PEN}   {_PEN}   - | - - - - | - - - | {_PEN}           {_PEN}               - -",
    Stage.IN_REVIEW:    "- - | withdraw withdraw - | - - - - | - - - | return+withdraw  return+list+withdraw - -",
}
STATES = {  # a need, by the State XA
    #                       mission and capital
    Stage.NEW:            "- - | - - - | draft            draft    - - | - - - | -            -            - -",
    Stage.DRAFT:         f"- - | - - - | {_WRITES}           {_WRITES}   - - | - - - | -            -            - -",
    Stage.SUBMITTED:      "- - | - - - | withdraw         withdraw - - | - - - | authenticate authenticate - -",
    Stage.AUTHENTICATED:  "- - | - - - | confirm+withdraw withdraw - - | - - - | -            -            - -",
    Stage.CONFIRMED:      "- - | - - - | -                -        - - | - - - | -            -            - -",
    Stage.WITHDRAWN:      "- - | - - - | -                -        - - | - - - | -            -            - -",
}
# fmt: on


def contribution(committee: Committee, stage: Stage, kind: Kind) -> Submission:
    if stage != Stage.NEW:
        return committee.submission(stage, kind)
    body = committee.body("XIO" if kind == Kind.STANDARD else "XA")
    return Submission(kind=kind, body=body, origin=Pen.BODY)


@pytest.mark.parametrize(
    ("kind", "stage"),
    [*((Kind.STANDARD, s) for s in CONTRIBUTED), *((Kind.NEED, s) for s in STATES)],
)
def test_whose_hand_a_contribution_is_in(committee: Committee, kind: Kind, stage: Stage) -> None:
    made = contribution(committee, stage, kind)
    picture = hands((CONTRIBUTED if kind == Kind.STANDARD else STATES)[stage])
    assert shown(committee, of_submissions.steps_open_to, made) == picture
    assert granted(committee, submissions.authorise, Handling, made) == picture


@pytest.mark.parametrize("stage", ON_BEHALF)
def test_nobody_lists_what_they_wrote(committee: Committee, stage: Stage) -> None:
    office, now = committee.actor("secretariat"), committee.now
    body = committee.body("XIO")
    made = actions.draft(Kind.STANDARD, body, STANDARD, instrument="letter", by=office, now=now)
    if stage == Stage.IN_REVIEW:
        actions.submit(made, by=office, now=now)
        actions.take_up(made, by=office, now=now)
    assert shown(committee, of_submissions.steps_open_to, made) == hands(ON_BEHALF[stage])
    assert granted(committee, submissions.authorise, Handling, made) == hands(ON_BEHALF[stage])


_OWNER, _OFFICE = "confirm+withdraw", "revise+withdraw"
# fmt: off
ENTRY = {  # owned by the organisation XIO
    Listing.NEW:        "- - | -         -        - | - - - - | - - - | list       list       - -",
    Listing.LISTED:    f"- - | {_OWNER} {_OWNER}  - | - - - - | - - - | {_OFFICE} {_OFFICE}  - -",
    Listing.STALE:     f"- - | {_OWNER} {_OWNER}  - | - - - - | - - - | {_OFFICE} {_OFFICE}  - -",
    Listing.WITHDRAWN:  "- - | -         -        - | - - - - | - - - | -          -          - -",
}
# fmt: on


@pytest.mark.parametrize("status", ENTRY)
def test_whose_hand_an_entry_is_in(committee: Committee, status: Listing) -> None:
    if status == Listing.NEW:
        entry = Standard(code="new", organisation=committee.body("XIO"))
    else:
        entry = committee.standard(status)
    assert shown(committee, of_standards.steps_open_to, entry) == hands(ENTRY[status])
    assert granted(committee, standards.authorise, ListingStep, entry) == hands(ENTRY[status])
    stale = ListingStep.GO_STALE
    if status == Listing.LISTED:
        assert standards.authorise(CLOCK, stale, entry).because == {"clock"}


_HELD = "revise+confirm+withdraw"
# fmt: off
REVIEWED = ENTRY  # a guidance note of XIO is in the hands that a standard of its is in
ANNOUNCED = {  # a contact of XIO: its own hand lists and revises it
    Listing.NEW:       "- - | list    list     - | - - - - | - - - | list       list       - -",
    Listing.LISTED:   f"- - | {_HELD} {_HELD}  - | - - - - | - - - | {_OFFICE} {_OFFICE}  - -",
    Listing.STALE:    f"- - | {_HELD} {_HELD}  - | - - - - | - - - | {_OFFICE} {_OFFICE}  - -",
    Listing.WITHDRAWN: "- - | -       -        - | - - - - | - - - | -          -          - -",
}
# fmt: on


@pytest.mark.parametrize(
    ("kind", "status"),
    [*((Kind.GUIDANCE_NOTE, s) for s in REVIEWED), *((Kind.CONTACT, s) for s in ANNOUNCED)],
)
def test_whose_hand_an_entry_of_the_directory_is_in(
    committee: Committee, kind: Kind, status: Listing
) -> None:
    picture = hands((REVIEWED if kind == Kind.GUIDANCE_NOTE else ANNOUNCED)[status])
    if status == Listing.NEW:
        readers = DEFINITIONS[kind].readers
        entry = Entry(code="new", kind=kind, body=committee.body("XIO"), readers=str(readers))
    else:
        entry = committee.entry(kind, status)
    assert shown(committee, of_entries.steps_open_to, entry) == picture
    assert granted(committee, directory.authorise, ListingStep, entry) == picture
    if status == Listing.LISTED:
        assert directory.authorise(CLOCK, ListingStep.GO_STALE, entry).because == {"clock"}


# fmt: off
CONTACT = {  # the contact log and invitations are in the hands of those who serve
    #                                                      Expert              secretariat
    "new line":       "- - | - - - | - - - - | note         - - | note         note         - -",
    "line":           "- - | - - - | - - - - | erase        - - | erase        erase        - -",
    "with next step": "- - | - - - | - - - - | settle+erase - - | settle+erase settle+erase - -",
    "erased":         "- - | - - - | - - - - | -            - - | -            -            - -",
    "new invitation": "- - | - - - | - - - - | invite       - - | invite       invite       - -",
    "asked":          "- - | - - - | - - - - | answer+thank - - | answer+thank answer+thank - -",
    "invitation":     "- - | - - - | - - - - | -            - - | write        write        - -",
    "thanked":        "- - | - - - | - - - - | answer       - - | answer       answer       - -",
}
# fmt: on


def of_contact(committee: Committee, which: str) -> Any:
    """One of the things above, as the secretariat has made it."""
    by, now = committee.actor("secretariat"), committee.now
    if which in {"new line", "new invitation"}:
        return Exchange(body=committee.body("XIO")) if which == "new line" else Invitation()
    if which in {"asked", "thanked", "invitation"}:
        line = committee.asked("XIO")
        if which == "invitation":
            return line.invitation
        if which == "thanked":
            outreach.thank(line, by=by, now=now)
        return line
    made = committee.exchange(step="Call again" if which == "with next step" else "")
    if which == "erased":
        outreach.erase(made, by=by, now=now)
    return made


@pytest.mark.parametrize("which", CONTACT)
def test_whose_hand_contact_with_bodies_is_in(committee: Committee, which: str) -> None:
    thing, picture = of_contact(committee, which), hands(CONTACT[which])
    assert shown(committee, of_contacts.steps_open_to, thing) == picture
    policy = granted(committee, contacts.authorise, ContactStep, thing)
    assert {name: steps & set(policy[name]) for name, steps in picture.items()} == picture
    bodys = {"focal_xio", "alternate_xio"} if which in {"asked", "thanked"} else set()
    assert set(policy) == {"expert", "secretariat", "secretariat_2"} | bodys
    for name in bodys:
        assert policy[name] == {"decline", "reconsider"}


# fmt: off
ITS_OWN = {  # an invitation to contribute: the body asked answers for itself
    ("XIO", "asked"):    "- - | decline decline - | - - - - | - - - | - - - -",
    ("XRO", "asked"):    "- - | - - decline | - - - - | - - - | - - - -",
    ("XA", "asked"):     "- - | - - - | decline - - - | - - - | - - - -",
    ("XIO", "declines"): "- - | reconsider reconsider - | - - - - | - - - | - - - -",
    ("XA", "declines"):  "- - | - - - | reconsider - - - | - - - | - - - -",
}
# fmt: on


@pytest.mark.parametrize(("code", "which"), ITS_OWN)
def test_whose_hand_a_bodys_own_answer_is_in(committee: Committee, code: str, which: str) -> None:
    """For a State its mission, and not the capital; nobody who serves answers in its place."""
    kinds = [Kind.NEED] if code == "XA" else [Kind.STANDARD]
    line, today = committee.asked(code, kinds=kinds), committee.now.date()
    if which == "declines":
        by = committee.actor({"XIO": "focal_xio", "XA": "mission_xa"}[code])
        reaching_out.decline(line, "We have nothing new.", by=by, now=committee.now)
    [place] = reaching_out.places([line], today)
    open_ = {n: reaching_out.own_steps(committee.actor(n), place, today) for n in CAST}
    drawn = {name: set(map(str, steps)) for name, steps in open_.items() if steps}
    assert drawn == hands(ITS_OWN[code, which])
    both = (ContactStep.DECLINE, ContactStep.RECONSIDER)
    policy = granted(committee, contacts.authorise, both, line)
    assert set(policy) == set(drawn)


# fmt: off
TAKING_PART = {  # the Expert's alone: the secretariat does not read who gives in confidence
    "none":  "- - | - - - | - - - - | join        - - | - - - -",
    "takes": "- - | - - - | - - - - | amend+leave - - | - - - -",
    "ended": "- - | - - - | - - - - | join        - - | - - - -",
}
# fmt: on


@pytest.mark.parametrize("which", TAKING_PART)
def test_whose_hand_taking_part_in_the_exchange_is_in(committee: Committee, which: str) -> None:
    by, now = committee.actor("expert"), committee.now
    line = Participation() if which == "none" else committee.takes_part("XIO")
    if which == "ended":
        partaking.leave(line, now.date(), by=by, now=now)
    today = now.date() + timedelta(days=1)
    drawn = partial(of_participation.steps_open_to, today=today)
    assert shown(committee, drawn, line) == hands(TAKING_PART[which])
    policy = granted(committee, contacts.authorise_participation, PartakingStep, line)
    assert policy == {"expert": set(map(str, PartakingStep))}


# fmt: off
ISSUE = {
    Issuing.NEW:     "- - | - - - | - - - - | - - - | open open - -",
    Issuing.DRAFT:   "- - | - - - | - - - - | - - - | -    -    - -",
    Issuing.FROZEN:  "- - | - - - | - - - - | - - - | -    -    - -",
    Issuing.ISSUED:  "- - | - - - | - - - - | - - - | -    -    - -",
}
CLEARED = {
    Office.CHAIR:    "- - | - - - | - - - - | -            clear+revoke - | - - - -",
    Office.EXPERT:   "- - | - - - | - - - - | clear+revoke -            - | - - - -",
}
LIST =              "- - | - - - | - - - - | - - - | enlist+strike enlist+strike - -"
SEATED =            "- - | - - - | - - - - | - - - | -             -             - seat+unseat"
EXPERTS =           "- - | - - - | - - - - | - - - | -             -             - unseat"
NOBODYS =           "- - | - - - | - - - - | - - - | -             -             - -"
# fmt: on
CLOCKS = {Issuing.NEW: {"open"}, Issuing.DRAFT: {"freeze"}, Issuing.FROZEN: {"issue"}}


@pytest.mark.parametrize("state", ISSUE)
def test_whose_hand_an_issue_is_in(committee: Committee, state: Issuing) -> None:
    issue = Issue(state=state)
    assert granted(committee, circulars.authorise, MatrixStep, issue) == hands(ISSUE[state])
    the_clocks = {
        str(step)
        for step in (MatrixStep.OPEN, MatrixStep.FREEZE, MatrixStep.ISSUE)
        if step in CLOCKS.get(state, set())
    }
    assert the_clocks == CLOCKS.get(state, set())
    for step in the_clocks:
        assert circulars.authorise(CLOCK, MatrixStep(step), issue).because == {"clock"}


@pytest.mark.parametrize("office", Office)
def test_each_clears_for_their_own_office(committee: Committee, office: Office) -> None:
    clearance = Clearance(office=office)
    steps = (MatrixStep.CLEAR, MatrixStep.REVOKE)
    picture = hands(CLEARED[office])
    assert granted(committee, circulars.authorise_clearance, steps, clearance) == picture
    offices = {n: circulars.offices_of(committee.actor(n)) for n in CAST}
    assert {n for n, some in offices.items() if office in some} == set(picture)


def test_who_keeps_the_circulation_list(committee: Committee) -> None:
    place = Recipient(seat=committee.seats["focal_xio"])
    steps = (MatrixStep.ENLIST, MatrixStep.STRIKE)
    assert granted(committee, circulars.authorise_list, steps, place) == hands(LIST)


@pytest.mark.parametrize(
    ("role", "standing", "picture"),
    [(Role.FOCAL_POINT, Standing.MAIN, SEATED), (Role.EXPERT, Standing.NONE, EXPERTS)],
)
def test_who_names_to_seats(
    committee: Committee, role: Role, standing: Standing, picture: str
) -> None:
    """An Expert's seat takes more than an administrator alone."""
    held = Seat(role=role, standing=standing, person=committee.person("nobody"))
    steps = (SeatStep.SEAT, SeatStep.UNSEAT)
    assert granted(committee, people.authorise, steps, held) == hands(picture)
    for step in steps:
        assert people.authorise(OPERATOR, step, held).because == {"operator"}


def test_nobody_ends_their_own_seat(committee: Committee) -> None:
    own = committee.seats["administrator"]
    assert granted(committee, people.authorise, [SeatStep.UNSEAT], own) == {}


# fmt: off
_DESK = "create+change+move+set_agenda+add_document+replace_file+withdraw_document+invite+answer+observe+strike+recount"
MEETING =          f"- - | - - - | - - - - | - move - | {_DESK} {_DESK} - -"
KEY =               "- - | make_key+revoke_key - - | - - - - | - - - | - - - -"
GUEST =             "- - | - - reply | - - - - | - - - | answer answer - -"
OWN =               "- - | settle - - | - - - - | - - - | - - - -"
# fmt: on


def test_whose_hand_a_meeting_is_in(committee: Committee) -> None:
    meeting = committee.meeting()
    assert shown(committee, of_meetings.steps_open_to, meeting) == hands(MEETING)
    assert granted(committee, meetings.authorise, MeetingStep, meeting) == hands(MEETING)


def test_a_calendars_key_is_in_the_hand_of_whoever_holds_the_seat(committee: Committee) -> None:
    key = CalendarKey(seat=committee.seats["focal_xio"])
    steps = (MeetingStep.MAKE_KEY, MeetingStep.REVOKE_KEY)
    assert granted(committee, meetings.authorise, steps, key) == hands(KEY)


def test_the_invited_answer_for_themselves(committee: Committee) -> None:
    steps = (MeetingStep.ANSWER, MeetingStep.REPLY)
    assert granted(committee, meetings.authorise, steps, committee.guest()) == hands(GUEST)


def test_everybody_sets_their_own_clock(committee: Committee) -> None:
    person, step = committee.person("focal_xio"), SeatStep.SETTLE
    assert granted(committee, people.authorise_own, [step], person) == hands(OWN)


def test_packs_are_loaded_by_whoever_runs_the_installation(committee: Committee) -> None:
    pack = Pack.objects.get()
    assert granted(committee, mandate.authorise, LoadStep, pack) == hands(NOBODYS)
    for load in (plan.authorise_load, standards.authorise_load):
        assert load(OPERATOR, pack).because == {"operator"}
        for name in (*CAST, "clock"):
            with pytest.raises(Refused):
                load(committee.actor(name), pack)


_OWN = "revise+cancel"
# fmt: off
NOTE = {  # a note verbale, written by the first of the secretariat
    #                                                             the writer             the second officer
    Letters.NEW:        "- - | - - - | - - - - | - - - | draft                  draft                            - -",
    Letters.DRAFT:     f"- - | - - - | - - - - | - - - | {_OWN}                 {_OWN}+clear                     - -",
    Letters.CLEARED:   f"- - | - - - | - - - - | - - - | {_OWN}+initial         {_OWN}+initial+send_back         - -",
    Letters.INITIALLED:f"- - | - - - | - - - - | - - - | {_OWN}+scan+dispatch   {_OWN}+scan+dispatch             - -",
    Letters.DISPATCHED: "- - | - - - | - - - - | - - - | scan+receive+reply     scan+receive+reply               - -",
    Letters.RECEIVED:   "- - | - - - | - - - - | - - - | scan+reply             scan+reply                       - -",
    Letters.CANCELLED:  "- - | - - - | - - - - | - - - | -                      -                                - -",
}
SIGNED = {  # a letter: the Chair's hand where the note has the secretariat's
    Letters.DRAFT:     f"- - | - - - | - - - - | - -              - | {_OWN}                 {_OWN}+clear              - -",
    Letters.CLEARED:   f"- - | - - - | - - - - | - sign+send_back - | {_OWN}                 {_OWN}+send_back          - -",
    Letters.SIGNED:    f"- - | - - - | - - - - | - -              - | {_OWN}+scan+dispatch   {_OWN}+scan+dispatch      - -",
    Letters.DISPATCHED: "- - | - - - | - - - - | - -              - | scan+receive+reply     scan+receive+reply        - -",
}
# fmt: on


@pytest.mark.parametrize(
    ("body", "state"), [*(("XA", state) for state in NOTE), *(("XIO", s) for s in SIGNED)]
)
def test_whose_hand_a_letter_is_in(committee: Committee, body: str, state: Letters) -> None:
    if state == Letters.NEW:
        letter = Letter(body=committee.body(body), form="note_verbale")
    else:
        letter = committee.letter(state, body)
    wanted = hands((NOTE if body == "XA" else SIGNED)[state])
    assert shown(committee, of_letters.steps_open_to, letter) == wanted
    assert granted(committee, letters.authorise, LetterStep, letter) == wanted
