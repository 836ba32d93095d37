"""A small committee made through the product's own actions: for every rule, someone it refuses."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import models

from clearinghouse.access.actor import CLOCK, OPERATOR, PUBLIC, Actor, Role, Standing
from clearinghouse.circulars import actions as circulars
from clearinghouse.circulars import rules as matrix
from clearinghouse.circulars.models import Issue
from clearinghouse.crossings import load_pack, reaching_out
from clearinghouse.directory import actions as directory
from clearinghouse.directory.models import Entry
from clearinghouse.directory.queries import entry_for
from clearinghouse.files.actions import Offered
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.letters import actions as letters
from clearinghouse.letters.models import Letter
from clearinghouse.letters.queries import letters as templates
from clearinghouse.letters.rules.workflow import Means
from clearinghouse.letters.rules.workflow import State as Letters
from clearinghouse.mandate import queries as mandate
from clearinghouse.mandate.formats import records
from clearinghouse.mandate.models import Area, Body, Meeting, Obligation, State
from clearinghouse.mandate.rules import Unit
from clearinghouse.meetings.actions import around
from clearinghouse.meetings.models import MeetingDocument, Participant
from clearinghouse.needs import actions as needs
from clearinghouse.needs.models import Need
from clearinghouse.needs.rules import Consent, Origin
from clearinghouse.notices.models import Notice
from clearinghouse.outreach import actions as outreach
from clearinghouse.outreach.actions import participation as partaking
from clearinghouse.outreach.actions.participation import Agreed
from clearinghouse.outreach.models import Asked, Exchange, Participation
from clearinghouse.outreach.queries import asked_for
from clearinghouse.outreach.rules import Channel
from clearinghouse.outreach.rules import Standing as Contact
from clearinghouse.people import actions as people
from clearinghouse.people.models import Account, Person, Seat
from clearinghouse.people.queries import account_of, actor_for, addressee, seat_of, second_hands
from clearinghouse.standards import actions as standards
from clearinghouse.standards.models import Standard
from clearinghouse.standards.rules import Status as Listing
from clearinghouse.submissions import actions as submissions
from clearinghouse.submissions.actions import copies
from clearinghouse.submissions.formats.examples import example
from clearinghouse.submissions.models import Copy, Submission
from clearinghouse.submissions.queries import known
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from clearinghouse.submissions.rules.workflow import ANNOUNCED
from clearinghouse.submissions.rules.workflow import State as Stage

NOW = datetime(2025, 3, 10, 15, 0, tzinfo=UTC)  # a Monday, 11:00 in New York
MONTH = date(2025, 4, 1)
SIGNATURE = "an illustrative sentence of the pack"

SEATS: dict[str, tuple[Role, Standing, str] | None] = {
    "nobody": None,  # has an account and no seat
    "focal_xio": (Role.FOCAL_POINT, Standing.MAIN, "XIO"),  # of an organisation that offers help
    "alternate_xio": (Role.FOCAL_POINT, Standing.ALTERNATE, "XIO"),
    "focal_xro": (Role.FOCAL_POINT, Standing.MAIN, "XRO"),  # of one that does not
    "mission_xa": (Role.STATE, Standing.MISSION, "XA"),
    "capital_xa": (Role.STATE, Standing.CAPITAL, "XA"),
    "mission_xb": (Role.STATE, Standing.MISSION, "XB"),
    "mission_xc": (Role.STATE, Standing.MISSION, "XC"),  # of a State that offers help
    "expert": (Role.EXPERT, Standing.NONE, ""),
    "chair": (Role.MEMBER, Standing.CHAIR, "XD"),
    "member_xb": (Role.MEMBER, Standing.NONE, "XB"),
    "secretariat": (Role.SECRETARIAT, Standing.NONE, ""),
    "secretariat_2": (Role.SECRETARIAT, Standing.NONE, ""),
    "auditor": (Role.AUDITOR, Standing.NONE, ""),
    "administrator": (Role.ADMINISTRATOR, Standing.NONE, ""),
}
CAST = ("public", *SEATS)
NAMED: dict[str, Actor] = {"public": PUBLIC, "clock": CLOCK, "operator": OPERATOR}

STANDARD = {
    "title": {"en": "Code of conduct"},
    "legal_nature": "code",
    "obligations": [{"ref": "1(a)", "pinpoint": "article 2"}],
}
NEED = {
    "area": "legislation",
    "title": {"en": "Drafting a law"},
    "description": {"en": "A draft, and two weeks of advice."},
    "priority": "1",
    "consent": "none",
}


@dataclass(frozen=True)
class Committee:
    """Four States, two organisations, fifteen people, and the public: enough world for any test."""

    accounts: dict[str, Account]
    seats: dict[str, Seat]
    now: datetime = NOW

    def actor(self, name: str) -> Actor:
        """One of the cast by seat; also the public, the clock and the operator."""
        return NAMED[name] if name in NAMED else actor_for(self.accounts[name], self.now)

    def body(self, code: str) -> Body:
        return mandate.body(code)

    def person(self, name: str) -> Person:
        return self.accounts[name].person

    def need(
        self,
        state: str = "XA",
        area: str = "legislation",
        consent: Consent = Consent.NONE,
        *,
        named: Iterable[str] = (),
        origin: Origin = Origin.STATE,
        **columns: Any,
    ) -> Need:
        """A State's own need, or one identified by the Expert; shared by the mission alone."""
        place = needs.Place(State.objects.get(code=state), Area.objects.get(code=area))
        wanted = {"titles": {"en": f"{state} {area}"}, "priority": 2} | columns
        said = needs.Wording(columns=wanted, obligations=[Obligation.objects.get(ref="1(a)")])
        sharing = needs.Sharing(consent=consent, providers=[self.body(code) for code in named])
        mission = self.actor(f"mission_{state.lower()}")
        if origin == Origin.STATE:
            return needs.write(place, said, sharing, by=mission, now=self.now)
        made = needs.identify(place, origin, said, by=self.actor("expert"), now=self.now)
        if consent != Consent.NONE:
            needs.share(made, sharing, by=mission, now=self.now)
        return made

    def submission(
        self, state: Stage = Stage.DRAFT, kind: Kind = Kind.STANDARD, **content: Any
    ) -> Submission:
        """The organisation's standard or XA's need, brought to that state by those who may."""
        standard = kind == Kind.STANDARD
        author = self.actor("focal_xio" if standard else "capital_xa")
        body = self.body("XIO" if standard else "XA")
        said = (STANDARD if standard else NEED) | content
        made = submissions.draft(kind, body, said, by=author, now=self.now)
        for step in PATHS[kind][state]:
            self._take(step, made, author)
        assert made.state == state, f"no way leads to {state}"
        return made

    def meeting(self) -> Meeting:
        """The meeting of the small pack, as it stands now."""
        return mandate.meeting("meeting-2025")

    def document(
        self, *, is_restricted: bool = True, file: Offered | None = None
    ) -> MeetingDocument:
        """A document before the meeting, as the secretariat enters it."""
        said = around.Reference(
            titles={"en": "Draft outcome"}, symbol="EX/1", is_restricted=is_restricted, file=file
        )
        by = self.actor("secretariat")
        return around.add_document(self.meeting(), said, by=by, now=self.now)

    def guest(self, body: str = "XRO") -> Participant:
        """A body invited to the meeting."""
        by = self.actor("secretariat")
        return around.invite(self.meeting(), self.body(body), by=by, now=self.now)

    def exchange(self, body: str = "XIO", *, step: str = "", **columns: Any) -> Exchange:
        """A line of the contact log by the secretariat; with a next step of its own where named."""
        due = self.now.date() + timedelta(days=3)
        then = outreach.Next(step=step, owner=self.person("secretariat"), due_on=due)
        first: dict[str, Any] = {
            "on": self.now.date(),
            "channel": Channel.TELEPHONE,
            "standing": Contact.CONTACTED,
            "summary": "They ask what can be listed.",
            "with_whom": "the focal point",
            "next": then if step else outreach.Next(),
        }
        said = outreach.Said(**(first | columns))
        return outreach.note(self.body(body), said, by=self.actor("secretariat"), now=self.now)

    def asked(self, *bodies: str, kinds: Iterable[Kind] = (Kind.STANDARD,), **call: Any) -> Asked:
        """The line of the first of the bodies invited to contribute; a month before the meeting."""
        first: dict[str, Any] = {
            "meeting": self.meeting(),
            "offset": -1,
            "unit": Unit.MONTHS,
            "texts": {},
        }
        said = outreach.Call(kinds=[k.value for k in kinds], **(first | call))
        named, by = [self.body(code) for code in bodies or ("XIO",)], self.actor("secretariat")
        made = reaching_out.invite(said, named, by=by, now=self.now)
        return asked_for(by).get(invitation=made, body=named[0])

    def takes_part(self, body: str = "XIO", paper: str = "", **words: Any) -> Participation:
        """A body takes part in the exchange from today on, as the Expert records it."""
        agreed = Agreed(words=words.get("words", {"en": "What it gives stays here."}), paper=paper)
        by, since = self.actor("expert"), self.now.date()
        return partaking.join(self.body(body), since, agreed, by=by, now=self.now)

    def standard(self, status: Listing = Listing.LISTED) -> Standard:
        """The organisation's, listed from its contribution; stale or withdrawn where wanted."""
        code = self.submission(Stage.LISTED).entry
        made = Standard.objects.visible_to(PUBLIC).get(code=code)
        if status == Listing.STALE:
            standards.go_stale(made, by=CLOCK, now=self.now)
        if status == Listing.WITHDRAWN:
            standards.withdraw(made, "superseded", by=self.actor("focal_xio"), now=self.now)
        return made

    def entry(
        self,
        kind: Kind = Kind.GUIDANCE_NOTE,
        status: Listing = Listing.LISTED,
        **content: Any,
    ) -> Entry:
        """An entry of XIO in the directory: reviewed, or announced where its kind is; about XA."""
        said = example(DEFINITIONS[kind], known()) | content
        author, office = self.actor("focal_xio"), self.actor("secretariat")
        made = submissions.draft(kind, self.body("XIO"), said, by=author, now=self.now)
        if DEFINITIONS[kind].workflow is ANNOUNCED:
            submissions.announce(made, by=author, now=self.now)
        else:
            submissions.submit(made, by=author, now=self.now)
            submissions.take_up(made, by=office, now=self.now)
            submissions.list_(made, by=office, now=self.now)
        entry = entry_for(author, made.entry)
        if status == Listing.STALE:
            directory.go_stale(entry, by=CLOCK, now=self.now)
        if status == Listing.WITHDRAWN:
            submissions.withdraw(made, "superseded", by=author, now=self.now)
            entry = entry_for(author, made.entry)
        return entry

    def with_copy(
        self,
        state: Stage = Stage.DRAFT,
        kind: Kind = Kind.GUIDANCE_NOTE,
        *,
        file: Offered | None = None,
        **content: Any,
    ) -> tuple[Submission, Copy]:
        """XIO's note, standard, report or pack with a file, brought to that state."""
        said = example(DEFINITIONS[kind], known()) | {"reference": "copied"} | content
        author = self.actor("focal_xio")
        made = submissions.draft(kind, self.body("XIO"), said, by=author, now=self.now)
        offered = file or Offered(name="note.txt", content=b"A note.", language="fr")
        brought = copies.Brought(file=offered, edition="2nd edition")
        copy = submissions.attach(made, brought, by=author, now=self.now)
        for step in PATHS[Kind.STANDARD][state]:
            self._take(step, made, author)
        return made, copy

    def issue(self, state: matrix.State = matrix.State.ISSUED, month: date = MONTH) -> Issue:
        """The matrix of a month as it stands now: opened, frozen, cleared by both, issued."""
        made = circulars.open_draft(month, by=CLOCK, now=self.now)
        if state != matrix.State.DRAFT:
            circulars.freeze(made, late=False, by=CLOCK, now=self.now)
        if state == matrix.State.ISSUED:
            for office, name in ((matrix.Office.CHAIR, "chair"), (matrix.Office.EXPERT, "expert")):
                given_by, by = self.person(name), self.actor(name)
                circulars.clear(office, made, given_by=given_by, by=by, now=self.now)
            circulars.issue_(made, by=CLOCK, now=self.now)
        return made

    def letter(
        self,
        state: Letters = Letters.DRAFT,
        body: str = "XA",
        *,
        values: dict[str, str] | None = None,
        means: Means = Means.POUCH,
    ) -> Letter:
        """A note verbale to a State or a letter to an organisation, brought to that state."""
        first, to, now = self.actor("secretariat"), self.body(body), self.now
        template = templates.template_called("note-invite" if to.is_state else "letter-invite")
        made = letters.draft(template, to, MERGED | (values or {}), by=first, now=now)
        signed = Letters.INITIALLED if to.is_state else Letters.SIGNED
        way = (Letters.CLEARED, signed, Letters.DISPATCHED, Letters.RECEIVED)
        if state == Letters.CANCELLED:
            letters.cancel(made, "not needed", by=first, now=now)
        for reached in way[: way.index(state) + 1] if state in way else ():
            self._bring(made, reached, means)
        assert made.state == state, f"no way leads to {state}"
        return made

    def _bring(self, made: Letter, to: Letters, means: Means) -> None:
        first, now, today = self.actor("secretariat"), self.now, day_in_new_york(self.now)
        if to == Letters.CLEARED:
            letters.clear(made, by=self.actor("secretariat_2"), now=now)
        elif to == Letters.INITIALLED:
            letters.initial(made, by=first, now=now)
        elif to == Letters.SIGNED:
            letters.sign(made, by=self.actor("chair"), now=now)
        elif to == Letters.DISPATCHED:
            letters.dispatch(made, letters.Sending(means, today), by=first, now=now)
        else:
            letters.receive(made, letters.Receipt(today, "Registry"), by=first, now=now)

    def _take(self, step: str, made: Submission, author: Actor) -> None:
        office, mission = self.actor("secretariat"), self.actor("mission_xa")
        acts = {
            "submit": lambda: submissions.submit(made, by=author, now=self.now),
            "take_up": lambda: submissions.take_up(made, by=office, now=self.now),
            "return": lambda: submissions.return_(
                made, {"title": "Say whose code it is."}, by=office, now=self.now
            ),
            "list": lambda: submissions.list_(made, by=office, now=self.now),
            "authenticate": lambda: submissions.authenticate(made, by=office, now=self.now),
            "confirm": lambda: submissions.confirm(made, by=mission, now=self.now),
            "withdraw": lambda: submissions.withdraw(made, by=author, now=self.now),
        }
        acts[step]()


MERGED = {"matter": "ports", "meeting": "meeting-2025", "answer_by": "2025-05-02"}
PATHS: dict[Kind, dict[Stage, list[str]]] = {
    Kind.STANDARD: {
        Stage.DRAFT: [],
        Stage.SUBMITTED: ["submit"],
        Stage.IN_REVIEW: ["submit", "take_up"],
        Stage.RETURNED: ["submit", "take_up", "return"],
        Stage.LISTED: ["submit", "take_up", "list"],
        Stage.WITHDRAWN: ["withdraw"],
    },
    Kind.NEED: {
        Stage.DRAFT: [],
        Stage.SUBMITTED: ["submit"],
        Stage.AUTHENTICATED: ["submit", "authenticate"],
        Stage.CONFIRMED: ["submit", "authenticate", "confirm"],
        Stage.WITHDRAWN: ["withdraw"],
    },
}


def _about() -> records.About:
    said = {"en": SIGNATURE}
    return records.About(
        code="example",
        title={"en": "Example Committee"},
        organ={"en": "Example Council"},
        resolution="1373 (2001)",
        draft_symbol="EX/{year}/{month}",
        draft_symbol_note=said,
        languages=("en",),
        time_zone="America/New_York",
        duty_station="New York",
        settings={},
        disclaimers={"directory": (said,), "matrix": (said,)},
        human_rights_reminder=said,
        blank_note={"en": "Blank: nothing you may see is recorded; it does not mean no need."},
        sources=(),
    )


def _state(code: str, name: str, *, provider: bool = False) -> records.State:
    return records.State(
        code=code,
        iso3=f"{code}X",
        names={"en": name},
        region=None,
        subregion=None,
        un_groups=(),
        note=None,
        illustrative=True,
        provider=provider,
    )


def _organisation(code: str, name: str, kind: str, *, provider: bool) -> records.Organisation:
    return records.Organisation(
        code=code,
        names={"en": name},
        acronym=code,
        kind=kind,
        parent=None,
        illustrative=True,
        provider=provider,
    )


def _member(organisation: str, member: str) -> records.Membership:
    return records.Membership(
        organisation=organisation,
        member=member,
        role="member",
        since="1999",
        until=None,
        source="illustrative",
        as_of="2025-01-01",
    )


def _commitment(
    number: int, adoption: str, owner: str, timetable: records.Timetable
) -> records.Commitment:
    return records.Commitment(
        code=f"commitment-{number}",
        number=number,
        session="1",
        text={"en": f"Commitment {number}"},
        owners=(owner,),
        addressed_to=(),
        timetable=timetable,
        adoption=adoption,
        served_by=(),
    )


LETTER_FIELDS = (
    records.MergeField("matter", "text", {"en": "Matter"}),
    records.MergeField("meeting", "meeting", {"en": "Meeting"}),
    records.MergeField("answer_by", "date", {"en": "Answer by"}),
)


def _wording(
    template: str, language: str, opening: str, *, subject: str | None = None
) -> records.LetterWording:
    return records.LetterWording(
        template=template,
        language=language,
        address=("{addressee}", "New York"),
        subject=subject,
        opening=f"The Chair {opening}" if subject is None else opening,
        paragraphs=("To speak of {matter}, at {meeting}, {meeting.date}.", "By {answer_by}."),
        closing="Highest consideration.",
    )


CONTRIBUTE_FIELDS = (
    records.MergeField("asked_for", "passage", {"en": "What is asked for"}),
    records.MergeField("message", "passage", {"en": "What is said beside it"}),
    records.MergeField("answer_by", "date", {"en": "Asked for by"}),
    records.MergeField("meeting", "meeting", {"en": "Meeting"}),
    records.MergeField("where", "text", {"en": "Address"}),
)


def _contribute(template: str, language: str, opening: str) -> records.LetterWording:
    """An invitation to contribute, as the shipped pack words it at more length."""
    said = ("Asked for: {asked_for}.", "{message}", "By {answer_by}, at {where}.")
    return replace(
        _wording(template, language, opening),
        subject="Invitation to contribute" if template.startswith("letter") else None,
        paragraphs=(*said, "It hangs on {meeting}.", "{human_rights}"),
    )


def small_pack() -> records.Pack:
    """Three obligations, three areas, four illustrative States and two organisations."""
    legislation, customs, police = "legislation", "customs", "police"
    return records.Pack(
        about=_about(),
        obligations=(
            records.Obligation("1(a)", 1, {"en": "Prevent and suppress financing"}, "decides"),
            records.Obligation("2(e)", 2, {"en": "Bring to justice"}, "decides"),
            records.Obligation("3(c)", 3, {"en": "Cooperate"}, "calls upon"),
        ),
        areas=(
            records.Area(legislation, 1, {"en": "Legislation"}),
            records.Area(customs, 2, {"en": "Customs"}),
            records.Area(police, 3, {"en": "Police"}),
        ),
        crosswalks=(
            records.Crosswalk("areas", legislation, "obligations", "1(a)", "illustrative"),
            records.Crosswalk("areas", customs, "obligations", "2(e)", "illustrative"),
            records.Crosswalk("dac", "15132", "obligations", "2(e)", "illustrative"),
        ),
        states=(
            _state("XA", "Arland"),
            _state("XB", "Borland"),
            _state("XC", "Corland", provider=True),
            _state("XD", "Dorland"),
        ),
        organisations=(
            _organisation(
                "XIO", "Example International Organisation", "international", provider=True
            ),
            _organisation("XRO", "Example Regional Organisation", "regional", provider=False),
        ),
        groups=(
            records.Grouping("region", "north", "North", "XA", None),
            records.Grouping("region", "north", "North", "XB", None),
            records.Grouping("region", "south", "South", "XC", None),
            records.Grouping("region", "south", "South", "XD", None),
        ),
        memberships=(_member("XRO", "XA"), _member("XRO", "XB"), _member("XIO", "XA")),
        meetings=(
            records.Meeting(
                code="meeting-2025",
                kind="follow-up",
                number=1,
                title={"en": "Example meeting"},
                starts="2025-06-10",
                ends="2025-06-11",
                place="New York",
                host="Example Committee",
                host_organisations=(),
                source=None,
                note=None,
                illustrative=True,
            ),
        ),
        commitments=(
            _commitment(
                1,
                "proposed",
                "XIO",
                records.Timetable("meeting", meeting="meeting-2025", offset=-30),
            ),
            _commitment(2, "adopted", "Committee", records.Timetable("continuing")),
        ),
        letters=tuple(
            records.LetterTemplate(code, form, "invite", {"en": title}, fields)
            for title, fields, code, form in (
                ("Invitation", LETTER_FIELDS, "note-invite", "note_verbale"),
                ("Invitation", LETTER_FIELDS, "letter-invite", "letter"),
                ("To contribute", CONTRIBUTE_FIELDS, "note-contribute", "note_verbale"),
                ("To contribute", CONTRIBUTE_FIELDS, "letter-contribute", "letter"),
            )
        ),
        letter_wordings=(
            _wording("note-invite", "en", "presents compliments to the {addressee}"),
            _wording("note-invite", "fr", "présente ses compliments à la {addressee}"),
            _wording("letter-invite", "en", "Dear Sir or Madam,", subject="Invitation: {matter}"),
            _contribute("note-contribute", "en", "presents compliments to the {addressee}"),
            _contribute("note-contribute", "fr", "présente ses compliments à la {addressee}"),
            _contribute("letter-contribute", "en", "Dear Sir or Madam,"),
        ),
        styles=(
            records.Style("XB", "fr", "Mission permanente de Borland"),
            records.Style("XRO", "fr", "Organisation régionale"),
        ),
        holidays=(
            records.Holiday("New York", date(2025, 5, 26), "Memorial Day", "illustrative"),
            records.Holiday("New York", date(2025, 7, 4), "Independence Day", "illustrative"),
        ),
    )


def seated(person: Person, naming: people.Naming) -> Seat:
    """By the operator; whoever may confirm, but for the first Expert, by the Expert's hand too."""
    hands = second_hands(NOW, besides=set()).first()
    if not naming.takes_two or hands is None:
        return people.seat(person, naming, by=OPERATOR, now=NOW)
    made = people.propose(person, naming, by=OPERATOR, now=NOW)
    second = addressee(hands.pk, NOW)
    assert second is not None
    people.confirm(made, by=second.actor, now=NOW)
    return seat_of(person, NOW)


def found_committee() -> Committee:
    """Load the small pack and seat everybody, on the record, at the operator's hand."""
    load_pack.load(small_pack(), by=OPERATOR, now=NOW)
    accounts, seats = {}, {}
    for name, held in SEATS.items():
        email = f"{name}@example.org"
        person = people.enter(name=name, email=email, language="en", by=OPERATOR, now=NOW)
        accounts[name] = account_of(email)
        if held is not None:
            role, standing, code = held
            body = mandate.body(code) if code else None
            naming = people.Naming(role=role, standing=standing, body=body, instrument="note 1")
            seats[name] = seated(person, naming)
    models.QuerySet(Notice).delete()  # who was told of the Chair's seat is another story
    return Committee(accounts, seats)
