"""What is done in world B alone, and which of the cast may see it, read from the access table."""

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from clearinghouse.access.actor import OPERATOR, Role, Standing
from clearinghouse.batches import actions as batches
from clearinghouse.batches.actions import trusting
from clearinghouse.circulars import actions as circulars
from clearinghouse.circulars.queries import issues
from clearinghouse.circulars.rules import Office
from clearinghouse.crossings import load_pack, reaching_out
from clearinghouse.files.actions import Offered
from clearinghouse.files.queries import files_of
from clearinghouse.intake import actions as intake
from clearinghouse.intake.actions import Incoming
from clearinghouse.intake.rules.workflow import Channel
from clearinghouse.letters import actions as letters
from clearinghouse.letters.queries import letters as of_letters
from clearinghouse.letters.rules.workflow import State as Letters
from clearinghouse.mandate import queries as mandate
from clearinghouse.mandate.formats import records
from clearinghouse.mandate.models import Obligation
from clearinghouse.meetings.actions import around, calendar
from clearinghouse.meetings.rules import Answer
from clearinghouse.needs import actions as needs
from clearinghouse.needs.rules import Consent, Origin
from clearinghouse.outreach import actions as outreach
from clearinghouse.outreach.actions import participation as partaking
from clearinghouse.people import actions as people
from clearinghouse.submissions import actions as submissions
from clearinghouse.submissions.actions import copies
from clearinghouse.submissions.models import Submission
from clearinghouse.submissions.queries.copies import copies_of
from clearinghouse.submissions.rules.kinds import Kind
from clearinghouse.submissions.rules.workflow import State as Stage
from tests.batches.files import example, made, staged
from tests.committee import CAST, MERGED, NEED, STANDARD, Committee, small_pack
from tests.two_worlds.worlds import MAY, Fork, Things, need_of, share

WORDS = "sandglass"  # stands in every hidden text, so that search can be asked for it

# Who may see it, as the access table of the design has it. Each line is written by hand: it is
# not asked of the product. Named providers are XIO; XIO and the State XC offer help.
SERVING = {"expert", "secretariat", "secretariat_2"}
XA = {"mission_xa", "capital_xa"}
XIO = {"focal_xio", "alternate_xio"}
MEMBERS = {"chair", "member_xb"}
MONITORS = XIO | {"focal_xro", "expert"}
KEEPERS = {"administrator", "auditor"}  # of the list of persons and seats
NEED_SEEN: dict[Consent, set[str]] = {
    Consent.NONE: XA | SERVING,
    Consent.COMMITTEE: XA | SERVING | MEMBERS,
    Consent.NAMED: XA | SERVING | MEMBERS | XIO,
    Consent.PROVIDERS: XA | SERVING | MEMBERS | XIO | {"mission_xc"},
    Consent.PUBLIC: set(CAST),
}
UNCONFIRMED_SEEN: dict[Consent, set[str]] = {  # "unconfirmed never leaves the committee"
    Consent.NONE: XA | SERVING,
    Consent.COMMITTEE: XA | SERVING | MEMBERS,
    Consent.NAMED: XA | SERVING | MEMBERS,
    Consent.PROVIDERS: XA | SERVING | MEMBERS,
    Consent.PUBLIC: XA | SERVING | MEMBERS,
}
WHOLE_LIST_SEEN = XA | SERVING  # rank, and whom the State named
REVIEWED_SEEN = SERVING


@dataclass(frozen=True)
class Secret:
    """One thing done in world B. `do` gives what exists there alone, to be asked for everywhere."""

    name: str
    seen_by: frozenset[str]
    do: Callable[[Committee, Fork], Things]


def secret(name: str, seen_by: Iterable[str], do: Callable[[Committee, Fork], Things]) -> Secret:
    return Secret(name, frozenset(seen_by), do)


# ── needs ───────────────────────────────────────────────────────────────────────────────────────


def texts(about: str) -> dict[str, Any]:
    """The columns of a need with hidden words in each of them."""
    return {
        "titles": {"en": f"{WORDS} {about}"},
        "descriptions": {"en": f"{WORDS} described"},
        "counterpart": f"{WORDS} office",
        "rough_cost": f"{WORDS} dollars",
        "needed_by": "2027",
        "priority": 1,
        "stage": "B",
    }


def _added(level: Consent, state: str, area: str, c: Committee, _: Fork) -> Things:
    named = ["XIO"] if level == Consent.NAMED else []
    return Things(needs=(c.need(state, area, level, named=named, **texts("added")).pk,))


def _identified(level: Consent, c: Committee, _: Fork) -> Things:
    named = ["XIO"] if level == Consent.NAMED else []
    made = c.need("XA", "police", level, named=named, origin=Origin.EXPERT, **texts("seen"))
    return Things(needs=(made.pk,))


def _revised(which: str, c: Committee, fork: Fork) -> Things:
    said = needs.Wording(columns=texts("revised"))
    needs.revise(need_of(c, fork.named[which]), said, by=c.actor("mission_xa"), now=c.now)
    return Things()


def _observed(which: str, c: Committee, fork: Fork) -> Things:
    need, words = need_of(c, fork.named[which]), {"en": f"{WORDS} observed"}
    needs.observe(need, words, contested=True, by=c.actor("mission_xa"), now=c.now)
    return Things()


def _confirmed_again(which: str, c: Committee, fork: Fork) -> Things:
    needs.confirm(need_of(c, fork.named[which]), by=c.actor("mission_xa"), now=c.now)
    return Things()


def _withdrawn(which: str, c: Committee, fork: Fork) -> Things:
    needs.withdraw(need_of(c, fork.named[which]), by=c.actor("mission_xa"), now=c.now)
    return Things()


def _narrowed(which: str, c: Committee, fork: Fork) -> Things:
    share(c, fork.named[which], Consent.NONE)
    return Things()


def _named_another(c: Committee, fork: Fork) -> Things:
    share(c, fork.named["named"], Consent.NAMED, ["XIO", "XC"])
    return Things()


def _ranked(c: Committee, fork: Fork) -> Things:
    said = needs.Wording(columns={"rank": 1}, obligations=_obligations())
    needs.revise(need_of(c, fork.named["public"]), said, by=c.actor("mission_xa"), now=c.now)
    return Things()


def _obligations() -> list[Obligation]:
    """The one that every need of the committee bears on."""
    return [Obligation.objects.get(ref="1(a)")]


# ── contributions ───────────────────────────────────────────────────────────────────────────────

STANDARD_SAID = {
    "title": {"en": f"{WORDS} contributed"},
    "summary": {"en": f"{WORDS} in short"},
    "human_rights": {"en": f"{WORDS} for the rights"},
    "edition": f"{WORDS} edition",
}
NEED_SAID = {
    "title": {"en": f"{WORDS} contributed"},
    "description": {"en": f"{WORDS} described"},
    "counterpart": f"{WORDS} office",
}


def _contributed(kind: Kind, stage: Stage, c: Committee, _: Fork) -> Things:
    said = STANDARD_SAID if kind == Kind.STANDARD else NEED_SAID
    return Things(submissions=(c.submission(stage, kind, **said).pk,))


def _on_behalf(kind: Kind, code: str, stage: Stage, c: Committee, _: Fork) -> Things:
    said = STANDARD | STANDARD_SAID if kind == Kind.STANDARD else NEED | NEED_SAID
    by, body, paper = c.actor("secretariat"), c.body(code), f"{WORDS} letter"
    made = submissions.draft(kind, body, said, instrument=paper, by=by, now=c.now)
    if stage == Stage.SUBMITTED:
        submissions.submit(made, by=by, now=c.now)
    return Things(submissions=(made.pk,))


def _revision(c: Committee, fork: Fork) -> Things:
    """A revision of the entry that is listed: what the public reads stays as it is."""
    listed = Submission.objects.unscoped("of the fork").get(entry=fork.things.standards[0])
    by = c.actor("focal_xio")
    begun = submissions.revise(listed, by=by, now=c.now)
    submissions.save(begun, STANDARD | STANDARD_SAID, by=by, now=c.now)
    return Things(submissions=(begun.pk,))


def _with_copy(stage: Stage, c: Committee, _: Fork) -> Things:
    """A note with a file: its name, its edition and its content are its readers' alone."""
    file = Offered(name=f"{WORDS}.txt", content=f"{WORDS} in the file".encode())
    made, copy = c.with_copy(stage, file=file, title={"en": f"{WORDS} with a copy"})
    return Things(submissions=(made.pk,), copied=((made.pk, copy.pk),))


def _copy_in_place(c: Committee, fork: Fork) -> Things:
    """A revision that puts another file in the place of the one in view: that one stays."""
    by = c.actor("focal_xio")
    listed = Submission.objects.unscoped("of the fork").get(pk=fork.things.copied[1][0])
    begun = submissions.revise(listed, by=by, now=c.now)
    file = Offered(name=f"{WORDS}.txt", content=f"{WORDS} in the file".encode())
    brought = copies.Brought(file=file, replaces=copies_of(begun)[0])
    copy = submissions.attach(begun, brought, by=by, now=c.now)
    return Things(submissions=(begun.pk,), copied=((begun.pk, copy.pk),))


def _brought_in(kind: Kind, c: Committee, _: Fork, *, handed_in: bool) -> Things:
    """A file of XRO's: nobody else's while it is checked, the reviewers' once handed in."""
    rows = [("", example(kind, title={"en": f"{WORDS} by the file"}, reference=WORDS))]
    batch = staged(c, kind, made(kind, "csv", rows), "hidden", name="focal_xro", body="XRO")
    if handed_in:
        batches.hand_in(batch, by=c.actor("focal_xro"), now=c.now)
    return Things(brought=(batch.pk,))


# ── the directory ───────────────────────────────────────────────────────────────────────────────


def _visit(state: str, c: Committee, _: Fork) -> Things:
    """A review of a State, announced among those who monitor."""
    said: dict[str, Any] = {"title": {"en": f"{WORDS} reviewed"}, "state": state}
    return Things(entries=(c.entry(Kind.MONITORING_VISIT, **said).code,))


def _other_person(c: Committee, fork: Fork) -> Things:
    """Behind the office stands somebody else: what everybody reads stays as it is."""
    by, code = c.actor("focal_xio"), fork.things.entries[1]
    announced = Submission.objects.unscoped("of the fork").get(entry=code)
    begun = submissions.revise(announced, by=by, now=c.now)
    submissions.save(begun, announced.content | {"person": f"{WORDS} person"}, by=by, now=c.now)
    submissions.announce(begun, by=by, now=c.now)
    return Things(submissions=(begun.pk,))


# ── the tray ────────────────────────────────────────────────────────────────────────────────────


def _came_in(code: str, c: Committee, _: Fork) -> Things:
    """A scan with hidden words, of a State or of an organisation, put into the tray."""
    scan = Incoming(
        channel=Channel.SCAN,
        content=b"%PDF-1.7\n" + f"% {WORDS} of {code}\n".encode() + b"trailer<<>>\n%%EOF\n",
        name=f"{WORDS}.pdf",
        title=f"{WORDS} note",
        text=f"{WORDS} words",
        body=c.body(code) if code else None,
    )
    item = intake.arrive(scan, by=c.actor("secretariat"), now=c.now)
    return Things(items=(item.pk,), files=(files_of(item)[0].pk,))


# ── the plan, circulars, people ─────────────────────────────────────────────────────────────────


def _proposed(c: Committee, _: Fork) -> Things:
    """A proposal for the organisation XIO, which reads what it would hold itself."""
    pack = small_pack()
    text = {"en": f"{WORDS} proposed"}
    when = records.Timetable("meeting", meeting="meeting-2025", offset=-10)
    more = dataclasses.replace(
        pack.commitments[0], code=f"{WORDS}-3", number=3, text=text, timetable=when
    )
    wanted = dataclasses.replace(pack, commitments=(*pack.commitments, more))
    load_pack.load(wanted, by=OPERATOR, now=c.now)
    return Things()


def _cleared(c: Committee, _: Fork) -> Things:
    """The Chair clears the draft of May by name, and takes it back: the standing word remains."""
    chair, person = c.actor("chair"), c.person("chair")
    draft = issues.issue_for(chair, MAY.date())
    given = circulars.clear(Office.CHAIR, draft, given_by=person, by=chair, now=c.now)
    circulars.revoke(given, by=chair, now=c.now)
    return Things(clearances=(given.pk,))


def _enlisted(c: Committee, _: Fork) -> Things:
    by = c.actor("secretariat")
    listed = circulars.enlist(c.seats["alternate_xio"], attach=True, by=by, now=c.now)
    return Things(recipients=(listed.pk,))


def _seated(c: Committee, _: Fork) -> Things:
    """A new focal point; and the alternate of the capital is named a second time, and ended."""
    by, email = c.actor("administrator"), f"{WORDS}@example.org"
    person = people.enter(name=f"{WORDS} person", email=email, language="en", by=by, now=c.now)
    role, standing, body = Role.FOCAL_POINT, Standing.VALIDATING, c.body("XRO")
    naming = people.Naming(role=role, standing=standing, body=body, instrument=f"{WORDS} note")
    given = people.seat(person, naming, by=by, now=c.now)
    return Things(seats=(given.pk,), persons=(person.pk,), words=(email,))


# ── meetings ────────────────────────────────────────────────────────────────────────────────────


def _restricted(c: Committee, _: Fork) -> Things:
    meeting, by = mandate.meeting("meeting-2025"), c.actor("secretariat")
    paper = Offered(name=f"{WORDS}.txt", content=f"{WORDS} of the outcome\n".encode())
    titles = {"en": f"{WORDS} draft outcome"}
    said = around.Reference(titles=titles, symbol=f"{WORDS}/1", file=paper)
    made = around.add_document(meeting, said, by=by, now=c.now)
    return Things(documents=(made.pk,), files=(files_of(made)[0].pk,))


def _guest(c: Committee, _: Fork) -> Things:
    """XRO is invited, and names whom it sends: from then on it reads what is restricted."""
    meeting, by = mandate.meeting("meeting-2025"), c.actor("secretariat")
    made = around.invite(meeting, c.body("XRO"), by=by, now=c.now)
    around.answer(made, Answer.ATTENDS, f"{WORDS} person", by=by, now=c.now)
    return Things(participants=(made.pk,))


def _subscribed(c: Committee, _: Fork) -> Things:
    by = c.actor("alternate_xio")
    calendar.make_key(c.seats["alternate_xio"], by=by, now=c.now)
    return Things()


def _noted(c: Committee, _: Fork) -> Things:
    """A line of the contact log, with whom and what comes next; one of them destroyed again."""
    first = c.exchange("XIO", step=f"{WORDS} next", summary=f"{WORDS} said", with_whom=WORDS)
    gone = c.exchange("XRO", summary=f"{WORDS} destroyed")
    outreach.erase(gone, by=c.actor("secretariat"), now=c.now)
    return Things(exchanges=(first.pk, gone.pk))


def _trusted(c: Committee, _: Fork) -> Things:
    """XRO is trusted, and it is revoked: what XRO may do is as before."""
    by = c.actor("secretariat")
    made = trusting.trust(c.body("XRO"), f"{WORDS} reason", by=by, now=c.now)
    trusting.revoke(made, f"{WORDS} revoked", by=by, now=c.now)
    return Things(trusts=(made.pk,))


def _took_part(c: Committee, _: Fork) -> Things:
    """XRO takes part in the exchange, on terms that change, and ends."""
    made, by = c.takes_part("XRO", words={"en": f"{WORDS} terms"}), c.actor("expert")
    other = partaking.Agreed(words={}, paper=f"{WORDS} paper", until=c.now.date())
    partaking.amend(made, c.now.date(), other, by=by, now=c.now)
    partaking.leave(made, c.now.date(), by=by, now=c.now)
    return Things()


def _asked(code: str, c: Committee, _: Fork) -> Things:
    """A body is invited to contribute by a day that hangs on the meeting."""
    made = c.asked(code, texts={"en": f"{WORDS} asked"}, offset=1)
    seat = {"XIO": "focal_xio", "XRO": "focal_xro"}[code]
    reaching_out.decline(made, f"{WORDS} because", by=c.actor(seat), now=c.now)
    return Things(calls=(made.invitation_id,), asked=(made.pk,))


# ── letters ─────────────────────────────────────────────────────────────────────────────────────


def _letter(state: Letters, body: str, c: Committee, _: Fork) -> Things:
    made = c.letter(state, body, values={"matter": f"{WORDS} matter"})
    if state == Letters.DISPATCHED:
        answer = letters.Answer(received_on=c.now.date(), text=f"{WORDS} answered")
        letters.file_reply(made, answer, by=c.actor("secretariat"), now=c.now)
    return Things(letters=(made.pk,))


def _batch(c: Committee, _: Fork) -> Things:
    template, by = of_letters.template_called("note-invite"), c.actor("secretariat")
    bodies = [c.body(code) for code in ("XA", "XC")]
    values = MERGED | {"matter": f"{WORDS} of many"}
    made = letters.draft_batch(template, bodies, values, by=by, now=c.now)
    drafted = of_letters.letters_of(by, made)
    return Things(letters=tuple(each.pk for each in drafted), batches=(made.pk,))


# ── the table ───────────────────────────────────────────────────────────────────────────────────

HIDING = [level for level in Consent if level != Consent.PUBLIC]
UNDER_REVIEW = {
    Kind.STANDARD: [Stage.SUBMITTED, Stage.IN_REVIEW, Stage.RETURNED],
    Kind.NEED: [Stage.SUBMITTED, Stage.AUTHENTICATED],
}
AUTHORS = {Kind.STANDARD: XIO, Kind.NEED: XA}
ACTS: dict[str, Callable[[str, Committee, Fork], Things]] = {
    "revised": _revised,
    "observed": _observed,
    "confirmed again": _confirmed_again,
    "withdrawn": _withdrawn,
    "narrowed": _narrowed,
}


def _of_needs() -> list[Secret]:
    made = []
    for level in Consent:
        unconfirmed = UNCONFIRMED_SEEN[level]
        made.append(secret(f"need identified, {level}", unconfirmed, partial(_identified, level)))
    for level in HIDING:
        seen = NEED_SEEN[level]
        xb = (seen - XA) | {"mission_xb"}
        for area in ("legislation", "customs"):
            do = partial(_added, level, "XA", area)
            made.append(secret(f"need added, {level}, {area}", seen, do))
        made.append(
            secret(f"need of XB added, {level}", xb, partial(_added, level, "XB", "police"))
        )
        for before in (str(level), f"was public, now {level}"):
            acts = (
                ACTS
                if level != Consent.NONE
                else {k: v for k, v in ACTS.items() if k != "narrowed"}
            )
            made += [
                secret(f"need {act}, {before}", seen, partial(do, before))
                for act, do in acts.items()
            ]
    unconfirmed = UNCONFIRMED_SEEN[Consent.NONE]
    made.append(secret("need confirmed", unconfirmed, partial(_confirmed_again, "identified")))
    made.append(secret("another provider named", WHOLE_LIST_SEEN | {"mission_xc"}, _named_another))
    made.append(secret("rank given to a public need", WHOLE_LIST_SEEN, _ranked))
    return made


def _of_contributions() -> list[Secret]:
    made = [
        secret("revision begun", XIO, _revision),
        secret("copy in a draft", XIO, partial(_with_copy, Stage.DRAFT)),
        secret("copy handed in", XIO | REVIEWED_SEEN, partial(_with_copy, Stage.SUBMITTED)),
        secret("copy in the place of another", XIO, _copy_in_place),
    ]
    for kind, authors in AUTHORS.items():
        for stage in (Stage.DRAFT, Stage.WITHDRAWN):
            do = partial(_contributed, kind, stage)
            made.append(secret(f"{kind} contributed, {stage}", authors, do))
        for stage in UNDER_REVIEW[kind]:
            do = partial(_contributed, kind, stage)
            made.append(secret(f"{kind} contributed, {stage}", authors | REVIEWED_SEEN, do))
    office = {"secretariat", "secretariat_2"}
    for kind, code, own in ((Kind.STANDARD, "XRO", {"focal_xro"}), (Kind.NEED, "XA", XA)):
        draft = partial(_on_behalf, kind, code, Stage.DRAFT)
        handed_in = partial(_on_behalf, kind, code, Stage.SUBMITTED)
        made.append(secret(f"{kind} drafted on behalf", own | office, draft))
        made.append(secret(f"{kind} submitted on behalf", own | REVIEWED_SEEN, handed_in))
    return made


def _of_the_rest() -> list[Secret]:
    committee = SERVING | MEMBERS
    return [
        secret("item of a State in the tray", XA | SERVING, partial(_came_in, "XA")),
        secret("item of a body in the tray", XIO | SERVING, partial(_came_in, "XIO")),
        secret("item of nobody in the tray", SERVING, partial(_came_in, "")),
        secret("proposal for the plan", committee | {"auditor"} | XIO, _proposed),
        secret("clearance given and revoked", committee, _cleared),
        secret("seat enlisted", committee | {"alternate_xio"}, _enlisted),
        secret("person entered and seated", KEEPERS, _seated),
        secret("restricted document", committee, _restricted),
        secret("body invited", committee | {"focal_xro"}, _guest),
        secret("calendar subscribed to", {"alternate_xio"}, _subscribed),
        secret("review of XA announced", MONITORS | XA, partial(_visit, "XA")),
        secret("review of XB announced", MONITORS | {"mission_xb"}, partial(_visit, "XB")),
        secret(
            "file of XRO's", {"focal_xro"}, partial(_brought_in, Kind.STANDARD, handed_in=False)
        ),
        secret(
            "file of XRO's handed in",
            {"focal_xro"} | SERVING,
            partial(_brought_in, Kind.STANDARD, handed_in=True),
        ),
        secret("line of the contact log", SERVING, _noted),
        secret("XRO trusted once", SERVING, _trusted),
        secret("XRO takes part in the exchange", XIO | {"focal_xro", "expert"}, _took_part),
        secret("XIO invited to contribute", SERVING | XIO, partial(_asked, "XIO")),
        secret("XRO invited to contribute", SERVING | {"focal_xro"}, partial(_asked, "XRO")),
        secret("another person behind an office", XIO | SERVING | MEMBERS, _other_person),
    ]


def _of_letters() -> list[Secret]:
    note, chair = partial(_letter, Letters.DRAFT, "XA"), SERVING | {"chair"}
    return [
        secret("note drafted to XA", SERVING, note),
        secret("note initialled, to XA", SERVING, partial(_letter, Letters.INITIALLED, "XA")),
        secret("note cancelled, to XC", SERVING, partial(_letter, Letters.CANCELLED, "XC")),
        secret("notes drafted together", SERVING, _batch),
        secret("letter to sign, to XIO", chair, partial(_letter, Letters.CLEARED, "XIO")),
        secret(
            "letter out, to XRO",
            chair | {"focal_xro"},
            partial(_letter, Letters.DISPATCHED, "XRO"),
        ),
        secret(
            "note out, to XB",
            SERVING | {"mission_xb"},
            partial(_letter, Letters.DISPATCHED, "XB"),
        ),
    ]


SECRETS: dict[str, Secret] = {
    s.name: s for s in (*_of_needs(), *_of_contributions(), *_of_letters(), *_of_the_rest())
}


@dataclass(frozen=True)
class Pair:
    """World A, and world B in which these secrets were done; read by whoever may see none."""

    name: str
    secrets: tuple[Secret, ...]

    @property
    def readers(self) -> list[str]:
        seeing = set().union(*(s.seen_by for s in self.secrets))
        return [seat for seat in CAST if seat not in seeing]


def pair(name: str, *secrets: str) -> Pair:
    return Pair(name, tuple(SECRETS[s] for s in secrets))
