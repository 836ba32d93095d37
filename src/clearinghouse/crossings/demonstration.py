"""Makes the demonstration through the same actions as production.

Invented States and bodies, their needs, a persona for each seat, and the last two issues of the
matrix, each made at 00:00 New York of its 1st.
"""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from clearinghouse.access.actor import OPERATOR, Actor, Role, Standing
from clearinghouse.assistance import actions as assistance
from clearinghouse.circulars import actions as circulars
from clearinghouse.circulars import rules as issues
from clearinghouse.circulars.queries import issues as issue_queries
from clearinghouse.circulars.rules import Office
from clearinghouse.crossings import (
    contact,
    contributions,
    correspondence,
    entries,
    files_shown,
    gathering,
    load_pack,
    tray,
)
from clearinghouse.crossings.tick import Told, tick
from clearinghouse.kernel.calendar import add_months, day_in_new_york, first_of_month, midnight_of
from clearinghouse.mandate import queries as mandate
from clearinghouse.mandate.formats import records
from clearinghouse.mandate.models import Area, Obligation, State
from clearinghouse.needs import actions as needs
from clearinghouse.needs.models import Need
from clearinghouse.needs.rules import Consent, Origin
from clearinghouse.people import actions as people
from clearinghouse.people.models import Person, Seat
from clearinghouse.people.queries import addressee, seat_of

DOMAIN = "demonstration.example"
FIGURES, YEAR_OF_FIGURES = "crs-2017-extract.csv", 2017
INSTRUMENT = "the demonstration: no paper"


@dataclass(frozen=True)
class Persona:
    """A seat one can take in the demonstration. `named`: whose name the seat bears."""

    slug: str
    named: str
    role: Role
    standing: Standing = Standing.NONE
    body: str = ""
    listed: bool = True  # on the circulation list of the matrix
    language: str = "en"  # of its mails and letters


_M, _F, _S = Role.MEMBER, Role.FOCAL_POINT, Role.STATE
PERSONAS = (
    Persona("secretariat", "Secretariat", Role.SECRETARIAT),
    Persona("secretariat-2", "Secretariat, second officer", Role.SECRETARIAT),
    Persona("expert", "Expert", Role.EXPERT),
    Persona("expert-2", "Expert, second", Role.EXPERT),
    Persona("chair", "Chair of the committee", _M, Standing.CHAIR, "XD"),
    Persona("member-xa", "Member, Amaranth", _M, Standing.NONE, "XA"),
    Persona("member-xb", "Member, Basalt Islands", _M, Standing.NONE, "XB"),
    Persona("member-xe", "Member, Emberland", _M, Standing.VICE_CHAIR, "XE"),
    Persona("state-xa", "Permanent Mission of Amaranth", _S, Standing.MISSION, "XA"),
    Persona("capital-xa", "Capital of Amaranth", _S, Standing.CAPITAL, "XA", listed=False),
    Persona("state-xb", "Permanent Mission of Basalt Islands", _S, Standing.MISSION, "XB"),
    Persona("state-xd", "Permanent Mission of the Dovetail Republic", _S, Standing.MISSION, "XD"),
    Persona("state-xe", "Permanent Mission of Emberland", _S, Standing.MISSION, "XE"),
    Persona(
        "state-xf",
        "Permanent Mission of the Fennel Republic",
        _S,
        Standing.MISSION,
        "XF",
        language="fr",
    ),
    Persona(
        "state-xh", "Permanent Mission of Heatherland", _S, Standing.MISSION, "XH", language="es"
    ),
    Persona("provider-xc", "Permanent Mission of the Cobalt Coast", _S, Standing.MISSION, "XC"),
    Persona("provider-xg", "Permanent Mission of the Granite Isles", _S, Standing.MISSION, "XG"),
    Persona("provider-xdo", "Illustrative Development Fund", _F, Standing.MAIN, "XDO"),
    Persona("focal-xio", "Focal point for travel documents", _F, Standing.MAIN, "XIO"),
    Persona("alternate-xio", "Alternate for travel documents", _F, Standing.ALTERNATE, "XIO"),
    Persona("focal-xfo", "Focal point for financial intelligence", _F, Standing.MAIN, "XFO"),
    Persona("focal-xro", "Focal point of the regional council", _F, Standing.MAIN, "XRO"),
    Persona("auditor", "Auditor", Role.AUDITOR, listed=False),
    Persona("administrator", "Administrator", Role.ADMINISTRATOR, listed=False),
)


@dataclass(frozen=True)
class Story:
    """The files the demonstration is made from, read and checked before anything is written."""

    mandate: records.Pack
    invented: records.Pack
    needs: list[dict[str, Any]]
    figures: bytes  # real ones, cut from a published table


class Cast:
    """The personas once seated: who acts, through which seat."""

    def __init__(self) -> None:
        self.seats: dict[str, Seat] = {}

    def actor(self, slug: str, now: datetime) -> Actor:
        held = addressee(self.seats[slug].pk, now)
        if held is None:
            raise LookupError(f"{slug} has no seat")
        return held.actor

    def person(self, slug: str) -> Person:
        return self.seats[slug].person


def address(slug: str) -> str:
    return f"{slug}@{DOMAIN}"


def read_needs(file: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    return found


def make(story: Story, now: datetime) -> list[Told]:
    """Everything from the empty database to today; returns what the clock did on the way."""
    this_month = first_of_month(day_in_new_york(now))
    last_month = add_months(this_month, -1)
    begun = midnight_of(last_month) - timedelta(days=45)
    cast = Cast()
    with transaction.atomic():
        load_pack.load(story.mandate, by=OPERATOR, now=begun)
        _bring_in(story.figures, begun)
        invented = with_live_meetings(story.invented, day_in_new_york(now))
        load_pack.load(invented, demonstration=True, by=OPERATOR, now=begun)
        _seat_everybody(cast, begun)
        written = _write_needs(story.needs, cast, begun)
    told = _circulate(last_month, cast, first=True)
    between = midnight_of(last_month) + timedelta(days=8)
    with transaction.atomic():
        _move_on(written, cast, between)
        contributions.begin(cast, between)
        entries.begin(cast, between)
        files_shown.begin(cast, between)
        correspondence.begin(cast, between)
        contact.begin(cast, between, now)
        gathering.begin(cast, between)
    told += _circulate(this_month, cast, first=False)
    with transaction.atomic():
        tray.begin(cast, written.__getitem__, midnight_of(this_month), now)
    return [*told, tick(lambda: now)]


def _bring_in(figures: bytes, now: datetime) -> None:
    """Aid as published for some real States: real States show sourced facts alone."""
    assistance.import_crs(figures, FIGURES, YEAR_OF_FIGURES, by=OPERATOR, now=now)


def with_live_meetings(invented: records.Pack, today: date) -> records.Pack:
    """A special meeting five months ago, a follow-up in two: every deadline is alive."""
    starts = {"special": add_months(today, -5), "follow-up": add_months(today, 2)}
    moved = tuple(replace(m, starts=starts[m.kind].isoformat()) for m in invented.meetings)
    return replace(invented, meetings=moved)


def _seat_everybody(cast: Cast, now: datetime) -> None:
    for each in PERSONAS:
        person = people.enter(
            name=each.named,
            email=address(each.slug),
            language=each.language,
            by=OPERATOR,
            now=now,
        )
        naming = people.Naming(
            role=each.role,
            standing=each.standing,
            body=mandate.body(each.body) if each.body else None,
            instrument=INSTRUMENT,
        )
        cast.seats[each.slug] = _seat(person, naming, cast, now)
        if each.listed:
            seat = cast.seats[each.slug]
            circulars.enlist(seat, attach=each.role == Role.SECRETARIAT, by=OPERATOR, now=now)


def _seat(person: Person, naming: people.Naming, cast: Cast, now: datetime) -> Seat:
    """The first Expert is named by the operator; the others who confirm by two hands."""
    if not naming.takes_two or "expert" not in cast.seats:
        return people.seat(person, naming, by=OPERATOR, now=now)
    made = people.propose(person, naming, by=OPERATOR, now=now)
    people.confirm(made, by=cast.actor("expert", now), now=now)
    return seat_of(person, now)


def _mission(state: State, cast: Cast, now: datetime) -> Actor:
    """The State's mission; those without a persona act through one made for the making alone."""
    for each in PERSONAS:
        if each.body == state.code and each.standing == Standing.MISSION:
            return cast.actor(each.slug, now)
    slug = f"state-{state.code.lower()}"
    if slug not in cast.seats:
        person = people.enter(
            name=f"Permanent Mission ({state.code})",
            email=address(slug),
            language="en",
            by=OPERATOR,
            now=now,
        )
        naming = people.Naming(
            role=Role.STATE, standing=Standing.MISSION, body=state, instrument=INSTRUMENT
        )
        cast.seats[slug] = people.seat(person, naming, by=OPERATOR, now=now)
    return cast.actor(slug, now)


def _write_needs(story: list[dict[str, Any]], cast: Cast, now: datetime) -> dict[str, Need]:
    """By title, so that the story can go on with them."""
    states = {s.code: s for s in mandate.states()}
    areas = {a.code: a for a in mandate.areas()}
    obligations = {o.ref: o for o in mandate.obligations()}
    providers = {b.code: b for b in mandate.providers()}
    written = {}
    for told in story:
        named = [providers[code] for code in told.get("named", [])]
        sharing = needs.Sharing(consent=Consent(told["consent"]), providers=named)
        state = states[told["state"]]
        place = needs.Place(state, areas[told["area"]])
        by = _mission(state, cast, now)
        said = wording(told, obligations)
        written[told["title"]] = needs.write(place, said, sharing, by=by, now=now)
    return written


def wording(told: dict[str, Any], obligations: dict[str, Obligation]) -> needs.Wording:
    return needs.Wording(
        columns={
            "titles": {"en": told["title"]},
            "descriptions": {"en": told["description"]},
            "counterpart": told.get("counterpart", ""),
            "rough_cost": told.get("rough_cost", ""),
            "needed_by": told.get("needed_by", ""),
            "priority": told["priority"],
            "rank": told.get("rank"),
        },
        obligations=[obligations[ref] for ref in told["obligations"]],
    )


def _circulate(month: date, cast: Cast, *, first: bool) -> list[Told]:
    """Open the draft, clear it, issue it at 00:00 New York of the 1st, deliver it."""
    periods, holidays = issue_queries.settings(), issue_queries.holidays()
    day = issues.opens_on(month, periods.draft_opens_working_days, holidays)
    opens, freezes = midnight_of(day), issues.freezes_at(month)
    told = [tick(lambda: opens)]
    issue = issue_queries.issue_of(month)
    cleared = opens + timedelta(hours=30)
    if first:
        circulars.clear(
            Office.CHAIR,
            None,
            given_by=cast.person("chair"),
            by=cast.actor("chair", cleared),
            now=cleared,
        )
    circulars.clear(
        Office.EXPERT,
        issue,
        given_by=cast.person("expert"),
        by=cast.actor("expert", cleared),
        now=cleared,
    )
    return [*told, tick(lambda: freezes)]


def _move_on(written: dict[str, Need], cast: Cast, now: datetime) -> None:
    """Between the two issues: a need is narrowed, one withdrawn, one revised, two identified."""
    xb, xf = cast.actor("state-xb", now), cast.actor("state-xf", now)
    narrowed = written["Port facility security assessments"]
    needs.share(narrowed, needs.Sharing(consent=Consent.COMMITTEE), by=xb, now=now)
    needs.withdraw(written["Marking and tracing of small arms"], by=xf, now=now)
    revised = written["Travel document examination at two airports"]
    words = needs.Wording(
        columns={"rough_cost": "USD 210,000", "priority": 1},
        obligations=list(Obligation.objects.filter(ref="2(g)")),
    )
    needs.revise(revised, words, by=xf, now=now)
    _identify(cast, now)


def _identify(cast: Cast, now: datetime) -> None:
    """Needs that an Expert sees: one the State contests, one it has not answered yet."""
    expert, xd = cast.actor("expert", now), cast.actor("state-xd", now)
    seen = (
        ("XD", "police", "Exchange of data between police and customs", 2),
        ("XH", "financial", "Procedure to review frozen accounts", 1),
    )
    for code, area, title, priority in seen:
        place = needs.Place(State.objects.get(code=code), Area.objects.get(code=area))
        columns = {
            "titles": {"en": title},
            "descriptions": {"en": "Seen in the reports of the State; to be put to it."},
            "priority": priority,
        }
        said = needs.Wording(columns=columns)
        need = needs.identify(place, Origin.EXPERT, said, by=expert, now=now)
        if code == "XD":
            words = {"en": "The two services have shared one system since last year."}
            needs.observe(need, words, contested=True, by=xd, now=now)
