"""Two databases that differ only in what some seats may not see, made by the product's actions."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from uuid import UUID

import time_machine
from django.conf import settings
from django.db import connection, connections
from django.test import Client, override_settings

from clearinghouse.access.actor import OPERATOR
from clearinghouse.batches import actions as batches
from clearinghouse.batches.models import Batch
from clearinghouse.circulars import actions as circulars
from clearinghouse.circulars.models import Issue
from clearinghouse.circulars.rules import Office
from clearinghouse.crossings import issue_matrix, tick
from clearinghouse.letters.rules.workflow import State
from clearinghouse.needs import actions as needs
from clearinghouse.needs.models import Need
from clearinghouse.needs.queries import need_for
from clearinghouse.needs.rules import Consent, Origin
from clearinghouse.people.models import Account
from clearinghouse.standards.rules import Status as Listing
from clearinghouse.submissions.rules.kinds import Kind
from clearinghouse.submissions.rules.workflow import State as Stage
from tests.batches.files import made, several, staged
from tests.committee import Committee, found_committee
from tests.databases import copied

APRIL_OPENS = datetime(2025, 3, 26, 15, 0, tzinfo=UTC)
APRIL = datetime(2025, 4, 1, 4, 0, tzinfo=UTC)  # 00:00 in New York
NARROWED = datetime(2025, 4, 10, 15, 0, tzinfo=UTC)
FORK = datetime(2025, 4, 28, 15, 0, tzinfo=UTC)  # the draft of May is open
SECRETS = FORK + timedelta(hours=1)
MAY = datetime(2025, 5, 1, 4, 0, tzinfo=UTC)
CRAWL = datetime(2025, 5, 2, 15, 0, tzinfo=UTC)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NOT_ENLISTED = {"nobody", "alternate_xio", "secretariat_2"}


@dataclass(frozen=True)
class Things:
    """What the arguments of addresses are filled with. `hidden` exists in world B alone."""

    standards: tuple[str, ...] = ()
    needs: tuple[UUID, ...] = ()
    submissions: tuple[UUID, ...] = ()
    copied: tuple[tuple[UUID, UUID], ...] = ()  # a contribution, and a copy that goes with it
    brought: tuple[UUID, ...] = ()
    clearances: tuple[UUID, ...] = ()
    recipients: tuple[UUID, ...] = ()
    seats: tuple[UUID, ...] = ()
    persons: tuple[UUID, ...] = ()
    items: tuple[UUID, ...] = ()
    files: tuple[UUID, ...] = ()
    words: tuple[str, ...] = ()
    documents: tuple[UUID, ...] = ()
    participants: tuple[UUID, ...] = ()
    letters: tuple[UUID, ...] = ()
    batches: tuple[UUID, ...] = ()
    entries: tuple[str, ...] = ()
    exchanges: tuple[UUID, ...] = ()
    calls: tuple[UUID, ...] = ()
    asked: tuple[UUID, ...] = ()
    trusts: tuple[UUID, ...] = ()

    def __add__(self, other: "Things") -> "Things":
        names = [f.name for f in dataclasses.fields(self)]
        return Things(**{n: getattr(self, n) + getattr(other, n) for n in names})


@dataclass(frozen=True)
class Fork:
    """The committee on the day of the fork: its people, their cookies, and what there is."""

    committee: Committee
    cookies: Mapping[str, str]
    things: Things
    named: Mapping[str, UUID] = field(default_factory=dict)  # needs of XA that secrets act upon

    def at(self, now: datetime) -> Committee:
        return dataclasses.replace(self.committee, now=now)


@dataclass(frozen=True)
class World:
    """A database by its name, and the folder that its mails were sent to."""

    database: str
    outbox: Path

    def mails(self, fork: Fork, seat: str) -> dict[str, bytes]:
        """What one of the cast was sent, by the name of the file."""
        if seat in {"public", "nobody"}:
            return {}
        to = f"<{fork.committee.accounts[seat].email}>".encode()
        mails = {p.name: p.read_bytes() for p in sorted(self.outbox.glob("*.eml"))}
        return {n: m for n, m in mails.items() if to in _header(m, b"To: ")}


def _header(mail: bytes, name: bytes) -> bytes:
    return next(line for line in mail.splitlines() if line.startswith(name))


def need_of(c: Committee, pk: UUID) -> Need:
    """As it is stored in the database that is open."""
    return need_for(c.actor("expert"), pk).need


def share(c: Committee, pk: UUID, level: Consent, named: Iterable[str] = ()) -> None:
    sharing = needs.Sharing(consent=level, providers=[c.body(code) for code in named])
    needs.share(need_of(c, pk), sharing, by=c.actor("mission_xa"), now=c.now)


# ── the fork ────────────────────────────────────────────────────────────────────────────────────


def build() -> Fork:
    """In the database that is open: everything up to the fork."""
    with time_machine.travel(FORK, tick=False):
        committee = found_committee()
        enlisted = _enlist(committee)
        standing = circulars.clear(
            Office.CHAIR,
            None,
            given_by=committee.person("chair"),
            by=committee.actor("chair"),
            now=committee.now,
        )
        named = _needs(committee)
        standards = (committee.standard(), committee.standard(Listing.WITHDRAWN))
        sent = [committee.submission(s) for s in (Stage.DRAFT, Stage.RETURNED, Stage.SUBMITTED)]
        sent.append(committee.submission(Stage.AUTHENTICATED, Kind.NEED))
        _issue_april(committee, named)
        brought = [_brought(committee, *of) for of in (("focal_xio", "XIO"), ("focal_xro", "XRO"))]
        listed = [
            committee.entry(),
            committee.entry(Kind.CONTACT, person="A. Person", shared="no"),
            committee.entry(Kind.ASSISTANCE_PROGRAMME, Listing.WITHDRAWN),
        ]
        copied = [
            committee.with_copy(Stage.SUBMITTED, reference="c1"),
            committee.with_copy(Stage.LISTED, reference="c2"),
        ]
        sent_out = [committee.letter(State.DISPATCHED, body) for body in ("XA", "XIO")]
        return Fork(
            committee=committee,
            cookies=_sign_in_everybody(committee),
            things=Things(
                standards=tuple(s.code for s in standards),
                needs=tuple(named.values()),
                submissions=tuple(s.pk for s in sent),
                copied=tuple((one.pk, copy.pk) for one, copy in copied),
                brought=tuple(b.pk for b in brought),
                clearances=(standing.pk,),
                recipients=tuple(enlisted),
                seats=tuple(s.pk for s in committee.seats.values()),
                persons=tuple(a.person.pk for a in committee.accounts.values()),
                letters=tuple(each.pk for each in sent_out),
                entries=(*(each.code for each in listed), copied[1][0].entry),
            ),
            named=named,
        )


def _brought(committee: Committee, name: str, body: str) -> Batch:
    """A file of notes from each organisation; XIO's is handed in."""
    file = made(Kind.GUIDANCE_NOTE, "json", several(Kind.GUIDANCE_NOTE, 2))
    batch = staged(committee, Kind.GUIDANCE_NOTE, file, name=name, body=body)
    if body == "XIO":
        batches.hand_in(batch, by=committee.actor(name), now=committee.now)
    return batch


def _enlist(committee: Committee) -> list[UUID]:
    listed = [seat for name, seat in committee.seats.items() if name not in NOT_ENLISTED]
    return [
        circulars.enlist(seat, attach=bool(n % 2), by=OPERATOR, now=committee.now).pk
        for n, seat in enumerate(listed)
    ]


def _needs(committee: Committee) -> dict[str, UUID]:
    """One need of XA at each level of consent, one not confirmed, some that will be narrowed."""
    made = {
        level.value: committee.need("XA", "legislation", level, named=_xio(level)).pk
        for level in Consent
    }
    made |= {
        f"was public, now {level}": committee.need("XA", "police", Consent.PUBLIC).pk
        for level in Consent
        if level != Consent.PUBLIC
    }
    made["identified"] = committee.need("XA", "customs", origin=Origin.EXPERT).pk
    made["XB none"] = committee.need("XB", "customs", Consent.NONE).pk
    made["XB public"] = committee.need("XB", "legislation", Consent.PUBLIC).pk
    made["XC providers"] = committee.need("XC", "police", Consent.PROVIDERS).pk
    return made


def _xio(level: Consent) -> list[str]:
    return ["XIO"] if level == Consent.NAMED else []


def _issue_april(committee: Committee, named: Mapping[str, UUID]) -> None:
    """The issue of April goes out with everything; some of it is narrowed after."""
    issue_matrix.run(APRIL_OPENS)
    _clear_as_expert(committee, APRIL_OPENS)
    issue_matrix.run(APRIL)
    later = dataclasses.replace(committee, now=NARROWED)
    for level in Consent:
        if pk := named.get(f"was public, now {level}"):
            share(later, pk, level, _xio(level))
    issue_matrix.run(FORK)
    _clear_as_expert(committee, FORK)


def _clear_as_expert(committee: Committee, now: datetime) -> UUID:
    latest = Issue.objects.unscoped("the draft that was just opened").order_by("-month")[0]
    given_by, by = committee.person("expert"), committee.actor("expert")
    return circulars.clear(Office.EXPERT, latest, given_by=given_by, by=by, now=now).pk


def _sign_in_everybody(committee: Committee) -> dict[str, str]:
    """On the day of the crawl: by then a session of the fork's day has been idle for too long."""
    with time_machine.travel(CRAWL, tick=False):
        return {name: sign_in(account) for name, account in committee.accounts.items()}


def sign_in(account: Account) -> str:
    """The cookie of a session of this account's, as the front door would have given it.

    It has been used once: at its first request a session notes its seats, and answers with a cookie.
    """
    browser = Client()
    browser.force_login(account, BACKEND)
    browser.get("/en/")
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


# ── a copy of the fork, brought to May ──────────────────────────────────────────────────────────


@contextmanager
def opened(
    folder: Path, fork: Fork, done: Callable[[Committee], None] | None = None
) -> Iterator[World]:
    """Copy the database that is open (the fork), do what is to be done, let May come.

    While the context lasts the connection is the copy's, and the clock stands at the crawl.
    """
    own = Path(mkdtemp(dir=folder))
    outbox = own / "outbox"
    with copied(own, own), override_settings(OUTBOX_FOLDER=outbox):
        if done:
            with time_machine.travel(SECRETS, tick=False):
                done(fork.at(SECRETS))
        with time_machine.travel(MAY, tick=False):
            tick.tick(lambda: MAY)
        with time_machine.travel(CRAWL, tick=False):
            yield World(str(connection.settings_dict["NAME"]), outbox)


@contextmanager
def entered(world: World) -> Iterator[None]:
    """Turn to a world that was opened before."""
    frozen = time_machine.travel(CRAWL, tick=False)
    with override_settings(OUTBOX_FOLDER=world.outbox), turned_to(world.database), frozen:
        yield


@contextmanager
def turned_to(database: str) -> Iterator[None]:
    """Let the connection be that of another database for a while."""
    settings = connection.settings_dict
    before = settings["NAME"]
    connections.close_all()
    settings["NAME"] = database
    try:
        yield
    finally:
        connections.close_all()
        settings["NAME"] = before
