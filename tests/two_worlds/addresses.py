"""What is asked of every route: its arguments in both worlds, its parameters, methods, languages."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, product
from typing import Any
from uuid import UUID
from zlib import crc32

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from clearinghouse.project.doors import TABLE
from tests.committee import SEATS
from tests.two_worlds.differences import WORDS
from tests.two_worlds.worlds import Things

ABSENT = UUID("00000000-0000-4000-8000-000000000000")  # exists in no world
Arguments = Iterable[Mapping[str, Any]]
Filler = Callable[[Things], Arguments]


@dataclass(frozen=True)
class Ask:
    """One request, without who makes it. `headers` by their names in a WSGI environment.

    Whatever is not safe is sent with a CSRF token, as from a form of the site's own; not so where
    it is `foreign`. A `body` of some `kind` is sent as it is, instead of the form.
    """

    route: str
    method: str
    address: str
    form: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    foreign: bool = False
    body: bytes = b""
    kind: str = ""


# ── how the arguments of each route are filled ──────────────────────────────────────────────────


def alone(_: Things) -> Arguments:
    return [{}]


def _codes(*codes: str) -> Filler:
    return lambda _: [{"code": code} for code in codes]


def _standards(things: Things) -> Arguments:
    return [{"code": code} for code in (*things.standards, "absent")]


def _ids(name: str) -> Filler:
    """The things of one table; those of the others too, since an id may be tried anywhere."""

    def filled(things: Things) -> Arguments:
        return [{"pk": pk} for pk in (*getattr(things, name), ABSENT)]

    return filled


def _entries(things: Things) -> Arguments:
    return [{"code": code} for code in (*things.entries, *things.standards[:1], "absent")]


KINDS = ("standard", "contact", "monitoring_visit", "absent")
STATES = _codes("XA", "XB", "XC", "XD", "XIO", "XX")
MEETINGS = _codes("meeting-2025", "absent")
ORGANISATIONS = _codes("XIO", "XRO", "XA", "XX")


def _of_kinds(things: Things) -> Arguments:
    kinds = ("guidance_note", "standard")
    return [{"kind": k, "pk": pk} for k in kinds for pk in (*things.brought, ABSENT)]


def _contributed(things: Things) -> Arguments:
    return [{"kind": k, "pk": pk} for k in ("standard", "need") for pk in things.submissions]


def _copies(things: Things) -> Arguments:
    """Each with its own contribution, and with another's."""
    first = things.copied[0][0] if things.copied else ABSENT
    pairs = dict.fromkeys([*things.copied, *((first, copy) for _, copy in things.copied)])
    return [{"pk": pk, "copy": copy} for pk, copy in (*pairs, (first, ABSENT))]


def _copies_by_program(things: Things) -> Arguments:
    pairs = ((one["pk"], one["copy"]) for one in _copies(things))
    return [{"kind": "guidance_note", "pk": pk, "file": copy} for pk, copy in pairs]


def _copies_of_entries(things: Things) -> Arguments:
    """The last entry of the fork has one in view; none of the others is."""
    copies = (*(copy for _, copy in things.copied), ABSENT)
    return [{"code": code, "pk": pk} for code, pk in product(things.entries[:4], copies)]


MONTHS = ("2025-05", "2025-04", "2025-06", "2024-12", "2025-13", "absent")


def _months(_: Things) -> Arguments:
    return [{"number": number} for number in MONTHS]


def _files(_: Things) -> Arguments:
    kinds = ("xlsx", "csv", "html", "json", "pdf", "docx", "svg")
    return [{"number": n, "kind": k} for n, k in product(MONTHS[:3], kinds)]


def _rest(_: Things) -> Arguments:
    return [{"rest": rest} for rest in ("absent", "submissions", f"needs/{ABSENT}/history")]


def _kept(things: Things) -> Arguments:
    """Each file with its own item and with another's."""
    items, files = (*things.items, ABSENT), (*things.files, ABSENT)
    return [{"pk": pk, "file": file} for pk, file in product(items, files)]


def _papers(things: Things) -> Arguments:
    """Each file with each document of a meeting."""
    documents, files = (*things.documents, ABSENT), (*things.files, ABSENT)
    return [{"pk": pk, "file": file} for pk, file in product(documents, files)]


FILLED: dict[str, Filler] = {
    "root": alone,
    "home": alone,
    # for whoever watches the installation
    "healthz": alone,
    "metrics": alone,
    "patterns": alone,
    "standards": alone,
    "standards-by-obligation": alone,
    "instruments": alone,
    "standard": _standards,
    # the directory
    "plans": alone,
    "guidance": alone,
    "assistance": alone,
    "cooperation": alone,
    "starter-packs": alone,
    "reports": alone,
    "mandates": alone,
    "contacts": alone,
    "entry": _entries,
    "entry-history": _entries,
    "entry-copy": _copies_of_entries,
    "directory-file": lambda _: [{"kind": kind} for kind in ("docx", "x")],
    "formats": alone,
    "format": lambda _: [{"kind": kind} for kind in KINDS],
    "format-file": lambda _: [
        {"kind": kind, "name": name}
        for kind, name in product(KINDS[1:], ("schema.json", "template.csv", "x"))
    ],
    "confirmation": lambda _: [{"token": "absent"}],
    "organisations": alone,
    "organisation": ORGANISATIONS,
    "states": alone,
    "state": STATES,
    "state-print": STATES,
    "state-sheet": STATES,
    "matrix": alone,
    "matrix-archive": alone,
    "matrix-issue": _months,
    "matrix-file": _files,
    "search": alone,
    "action-plan": alone,
    "api-docs": alone,
    "api-v1:api-root": alone,
    "api-v1:openapi": alone,
    "api-v1:nowhere": _rest,
    "api-v1:standards": alone,
    "api-v1:standard": _standards,
    "api-v1:instruments": alone,
    "api-v1:organisations": alone,
    "api-v1:organisation": ORGANISATIONS,
    "api-v1:states": alone,
    "api-v1:state": STATES,
    "api-v1:obligations": alone,
    "api-v1:areas": alone,
    "api-v1:meetings": alone,
    "api-v1:needs": alone,
    "api-v1:need": _ids("needs"),
    "api-v1:issues": alone,
    "api-v1:matrix": alone,
    "api-v1:matrix-issue": _months,
    "api-v1:commitments": alone,
    "api-v1:figures": alone,
    "account_login": alone,
    "account_logout": alone,
    "account_inactive": alone,
    "demo-as": lambda _: [{"persona": p} for p in ("expert", "absent")],
    "demo-outbox": alone,
    "demo-mail": lambda _: [{"name": "absent"}],
    "demo-mail-file": lambda _: [{"name": "absent", "number": 1}],
    "desk": alone,
    "desk-submissions": alone,
    "desk-submission-new": lambda _: [{"kind": k} for k in ("standard", "need", "absent")],
    "api-v1:check": lambda _: [{"kind": k} for k in KINDS],
    "api-v1:batch-new": lambda _: [{"kind": k} for k in KINDS],
    "api-v1:batch": _of_kinds,
    "api-v1:batch-rows": _of_kinds,
    "api-v1:batch-step": lambda t: [{**a, "step": "apply"} for a in _of_kinds(t)],
    "api-v1:submission-new": lambda _: [{"kind": k} for k in KINDS],
    "api-v1:submission": _contributed,
    "api-v1:submission-submit": _contributed,
    "api-v1:submission-copies": _contributed,
    "api-v1:submission-copy-remove": _copies_by_program,
    "api-v1:entry-copies": _entries,
    "desk-tokens": alone,
    "desk-token-make": alone,
    "desk-token-revoke": _ids("seats"),
    "desk-batches": alone,
    "desk-batch": _ids("brought"),
    "desk-batch-file": _ids("brought"),
    "desk-batch-step": lambda t: [
        {**a, "step": s} for a in _ids("brought")(t) for s in ("apply", "update", "undo", "absent")
    ],
    "desk-batch-own": lambda _: [
        {"kind": k, "ending": e} for k in KINDS for e in ("csv", "json", "xlsx", "doc")
    ],
    "desk-submission": _ids("submissions"),
    "desk-submission-edit": _ids("submissions"),
    "desk-submission-take-up": _ids("submissions"),
    "desk-submission-return": _ids("submissions"),
    "desk-submission-list": _ids("submissions"),
    "desk-submission-authenticate": _ids("submissions"),
    "desk-submission-confirm": _ids("submissions"),
    "desk-submission-withdraw": _ids("submissions"),
    "desk-submission-revise": _ids("submissions"),
    "desk-submission-attach": _ids("submissions"),
    "desk-submission-copy": _copies,
    "desk-submission-detach": _copies,
    "desk-entries": alone,
    "desk-entry-confirm": _entries,
    "desk-entries-confirm": alone,
    "desk-became": alone,
    "desk-became-file": lambda _: [{"kind": kind} for kind in ("docx", "x")],
    "desk-stale": alone,
    "desk-visits": alone,
    # contact with bodies
    "desk-outreach": alone,
    "desk-outreach-body": _codes("XIO", "XRO", "XA", "XX"),
    "desk-exchange-note": _codes("XIO", "XRO", "XX"),
    "desk-exchange-settle": _ids("exchanges"),
    "desk-exchange-erase": _ids("exchanges"),
    "desk-calls": alone,
    "desk-call-new": alone,
    "desk-call": _ids("calls"),
    "desk-call-letters": _ids("calls"),
    "desk-asked-answer": _ids("asked"),
    "desk-asked-thank": _ids("asked"),
    # what a body is asked, and its own answer
    "desk-invited": alone,
    "desk-invited-one": _ids("asked"),
    "desk-invited-decline": _ids("asked"),
    "desk-invited-reconsider": _ids("asked"),
    # whose changes need no review
    "desk-trusted": alone,
    "desk-trust-give": alone,
    "desk-trust-revoke": _ids("trusts"),
    # who takes part in the confidential exchange
    "desk-participation": alone,
    "desk-participation-join": alone,
    "desk-participant": _codes("XIO", "XRO", "XX"),
    "desk-participant-amend": _codes("XIO", "XRO", "XX"),
    "desk-participant-leave": _codes("XIO", "XRO", "XX"),
    "desk-needs": alone,
    "desk-need-identify": alone,
    "desk-need": _ids("needs"),
    "desk-need-revise": _ids("needs"),
    "desk-need-confirm": _ids("needs"),
    "desk-need-share": _ids("needs"),
    "desk-need-observe": _ids("needs"),
    "desk-need-withdraw": _ids("needs"),
    "desk-circulars": alone,
    "desk-circular": _months,
    "desk-circular-clear": _months,
    "desk-clearance-revoke": _ids("clearances"),
    "desk-standing-clear": alone,
    # letters
    "desk-letters": alone,
    "desk-letter-new": alone,
    "desk-letters-bulk": alone,
    "desk-letters-run": alone,
    "desk-letters-run-file": alone,
    "desk-letters-batch": _ids("batches"),
    "desk-letters-batch-step": lambda t: [
        {"pk": b, "step": "clear"} for b in (*t.batches, ABSENT)
    ],
    "desk-letter": _ids("letters"),
    "desk-letter-edit": _ids("letters"),
    "desk-letter-file": lambda t: [{"pk": pk, "kind": "pdf"} for pk in (*t.letters, ABSENT)],
    "desk-letter-scanned": lambda t: [{"pk": pk, "scan": ABSENT} for pk in (*t.letters, ABSENT)],
    "desk-letter-clear": _ids("letters"),
    "desk-letter-initial": _ids("letters"),
    "desk-letter-sign": _ids("letters"),
    "desk-letter-send-back": _ids("letters"),
    "desk-letter-dispatch": _ids("letters"),
    "desk-letter-receive": _ids("letters"),
    "desk-letter-reply": _ids("letters"),
    "desk-letter-scan": _ids("letters"),
    "desk-letter-cancel": _ids("letters"),
    "desk-people": alone,
    "desk-seat-give": alone,
    "desk-seat-end": _ids("seats"),
    "desk-ledger": alone,
    "mfa_authenticate": alone,
    "account-reset": alone,
    "account-reset-sent": alone,
    "account-link": lambda _: [{"token": "absent"}],
    "openid_connect_login": lambda _: [{"provider_id": "absent"}],
    "openid_connect_callback": lambda _: [{"provider_id": p} for p in ("organisation", "absent")],
    "account": alone,
    "account-factor": alone,
    "account-factor-remove": alone,
    "account-key": alone,
    "account-key-remove": alone,
    "account-codes": alone,
    "account-password": alone,
    "account-sessions-end": alone,
    "desk-person": _ids("persons"),
    "desk-person-invite": _ids("persons"),
    "desk-person-reset": _ids("persons"),
    "desk-person-sign-out": _ids("persons"),
    "desk-proposals": alone,
    "desk-proposal-confirm": _ids("seats"),
    "desk-proposal-decline": _ids("seats"),
    "desk-sign-ins": alone,
    "desk-outbox": alone,
    "desk-plan": alone,
    # meetings and the calendar
    "meetings": alone,
    "meeting": MEETINGS,
    "calendar": alone,
    "calendar-seat": lambda _: [{"key": "absent"}],
    "desk-meetings": alone,
    "desk-meeting-new": alone,
    "desk-figures": alone,
    "desk-holidays": alone,
    "desk-holiday-observe": alone,
    "desk-calendar": alone,
    "desk-calendar-make": alone,
    "desk-settings": alone,
    "desk-meeting": MEETINGS,
    "desk-meeting-change": MEETINGS,
    "desk-meeting-move": MEETINGS,
    "desk-meeting-agenda": MEETINGS,
    "desk-meeting-document": MEETINGS,
    "desk-meeting-invite": MEETINGS,
    "meeting-document": _papers,
    "desk-meeting-document-file": _ids("documents"),
    "desk-meeting-document-withdraw": _ids("documents"),
    "desk-participant-answer": _ids("participants"),
    "desk-participant-reply": _ids("participants"),
    "desk-holiday-strike": _ids("seats"),
    "desk-calendar-revoke": _ids("seats"),
    "desk-intake": alone,
    "desk-intake-new": alone,
    "desk-intake-form": lambda _: [
        {"code": code, "ending": ending} for code in ("XA", "XB", "XX") for ending in ("xlsx", "x")
    ],
    "desk-intake-item": _ids("items"),
    "desk-intake-file": _kept,
    "desk-intake-attribute": _ids("items"),
    "desk-intake-accept": _ids("items"),
    "desk-intake-reply": _ids("items"),
    "desk-intake-refuse": _ids("items"),
    "desk-intake-aside": _ids("items"),
}
EXCEPTED = {
    ("auditor", "desk-ledger"),  # access rule 2: the ledger differs by nature
}
# What a page draws or counts at each asking, whatever is in the database: put out of its bytes.
OF_THE_ASKING: dict[str, tuple[re.Pattern[bytes], ...]] = {
    "desk-sign-ins": (re.compile(rb"(?s)<tbody>.*?</tbody>"),),  # counts what the crawls try
    "desk-batches": (
        re.compile(rb'(?<=name="key" value=")[\w-]{24}(?=")'),
    ),  # drawn for a second click
    "account-factor": (
        re.compile(rb"(?s)<svg.*?</svg>"),
        re.compile(rb"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}"),
    ),
    "metrics": (re.compile(rb"(?m) [0-9.e+-]+$"),),  # requests, seconds, memory of the process
}

# ── what is asked of it ─────────────────────────────────────────────────────────────────────────

SEARCHED = (f"q={WORDS}", "q=XA", "q=legislation", "q=a")
PAGED = ("page=1", "page=2", "page=999", "page=0", "page=x")
BY_STATE = ("state=XA", "state=XB", "state=XX")
BY_AREA = ("area=legislation", "area=customs", "area=police", "area=absent")
BY_OBLIGATION = ("obligation=1(a)", "obligation=3(c)", "obligation=9(z)")
SIZED = ("size=1&page=2", "size=200", "size=201", "fields=code", "lang=fr")
UNKNOWN = (
    "x__consent=none",
    f"titles__icontains={WORDS}",
    "consent__startswith=n",
    "ordering=consent",
    "order_by=-rank",
    "sort=priority",
    "fields=consent",
    "fields=id,named",
    "expand=named,state",
    "include=drafts",
    "status=draft",
    "format=json",
    "as_of=2025-04-20",
    "lang=ar",
    "done=saved",
    "next=/en/desk/",
)
ASKED: dict[str, tuple[str, ...]] = {
    "standards": (*SEARCHED, *PAGED, *BY_AREA, *BY_OBLIGATION, "organisation=XIO", "nature=code"),
    "standards-by-obligation": (*BY_OBLIGATION, *BY_AREA, "as_of=2003-03-06"),
    "instruments": ("as_of=1999-01-01", "as_of=x"),
    "contacts": (*SEARCHED, *PAGED, "body=XIO", "body=XX"),
    "desk-visits": (*SEARCHED, *PAGED, *BY_STATE, "body=XIO", "body=XRO"),
    "guidance": (*SEARCHED, *PAGED, *BY_AREA, *BY_OBLIGATION, "body=XIO"),
    "directory-file": ("section=guidance", "section=contacts", "body=XIO"),
    "desk-entries": PAGED,
    "desk-became": (
        "body=XIO",
        "body=XRO",
        "body=XA",
        "body=XX",
        "year=2025",
        "year=2024",
        "year=x",
    ),
    "desk-became-file": ("body=XIO", "body=XRO", "body=XA"),
    "organisations": (*SEARCHED, "kind=regional", "kind=x"),
    "states": (*SEARCHED, "by=region", "by=subregion", "by=x"),
    "matrix": (*BY_STATE, *BY_AREA, *PAGED, "rows=all", "as=public", "as=member", "as=full"),
    "matrix-archive": (*PAGED, "as=public", "as=full"),
    "matrix-issue": (*BY_STATE, *BY_AREA, "rows=all", "as=public", "as=member", "as=full"),
    "matrix-file": ("as=public", "as=member", "as=full"),
    "search": (
        *SEARCHED,
        *PAGED,
        f"q={WORDS}&kind=need",
        "q=XA&kind=state",
        "q=a&page=2",
        "kind=x",
    ),
    "action-plan": (*PAGED, "adoption=proposed"),
    "api-v1:standards": (*SEARCHED, *SIZED, *BY_AREA, *BY_OBLIGATION, "organisation=XIO"),
    "api-v1:organisations": (*SEARCHED, *SIZED, "kind=regional", "member=XA"),
    "api-v1:states": (*SEARCHED, *SIZED, "organisation=XRO"),
    "api-v1:obligations": SIZED,
    "api-v1:areas": SIZED,
    "api-v1:meetings": SIZED,
    "api-v1:needs": (*SEARCHED, *SIZED, *BY_STATE, *BY_AREA, *BY_OBLIGATION, "fields=sharing"),
    "api-v1:need": ("fields=sharing", "lang=en"),
    "api-v1:issues": SIZED,
    "api-v1:matrix": ("audience=public", "audience=member", "audience=full", "fields=hash"),
    "api-v1:matrix-issue": ("audience=public", "audience=member", "fields=content"),
    "api-v1:figures": (*SIZED, "state=XA", "kind=purpose", "code=15130"),
    "api-v1:batch-rows": (*SIZED, "verdict=new", "verdict=x"),
    "api-v1:commitments": (*SIZED, "adoption=proposed", "owner=XIO"),
    "desk-batches": PAGED,
    "desk-batch": (*PAGED, "verdict=new", "verdict=faulty", "verdict=x"),
    "desk-batch-own": ("body=XIO", "body=XRO", "body=XA", "body=XX"),
    "desk-submissions": (*PAGED, *(f"state={s}" for s in ("draft", "in_review", "x"))),
    "desk-needs": (*PAGED, *BY_STATE, *BY_AREA, "sort=need", "sort=-confirmed", "sort=x"),
    "desk-plan": (*PAGED, "adoption=proposed"),
    "desk-circular": ("as=full",),
    "desk-outbox": (*PAGED, "status=sent"),
    "desk-invited": PAGED,
    "desk-trusted": PAGED,
    "desk-participation": PAGED,
    "desk-outreach": (
        *SEARCHED,
        *PAGED,
        "contact=contacted",
        "invitation=none",
        "invitation=overdue",
        "show=stale",
        "show=mine",
        "show=x",
        "sort=-contact",
        "sort=next",
    ),
    "desk-calls": PAGED,
    "desk-people": PAGED,
    "desk-intake": (*PAGED, "state=waiting", "state=set_aside", "state=x"),
    "desk-sign-ins": PAGED,
    "desk-letters": (
        *PAGED,
        f"q={WORDS}",
        "q=XA",
        "state=draft",
        "state=dispatched",
        "year=2025",
        "sort=sent",
        "sort=-reference",
        "sort=x",
    ),
    "desk-letters-run": ("day=2025-04-28", "day=2025-05-02", "day=x"),
}
METHODS = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")


def routes() -> set[str]:
    """Every name of the resolver, with its namespace."""
    return set(_names(get_resolver().url_patterns, ""))


def _names(patterns: Sequence[URLPattern | URLResolver], space: str) -> Iterator[str]:
    for each in patterns:
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from _names(each.url_patterns, inner)
        else:
            yield f"{space}{each.name}"


def asks(seat: str, things: Things, hidden: Things) -> list[Ask]:
    """All that this seat asks in both worlds. First what is hidden, then each page, then the rest."""
    known = things + hidden
    reached = [r for r in FILLED if (seat, r) not in EXCEPTED]
    found = chain(
        *(_plain(r, hidden) for r in reached),
        *(_plain(r, known) for r in reached),
        *(_varied(r, known) for r in reached),
        *(_posted(r, seat, things, hidden) for r in reached),
        _at_sign_in(known),
    )
    return list(dict.fromkeys(map(_from_elsewhere, found)))


def _from_elsewhere(ask: Ask) -> Ask:
    """The figures are for this machine, which no reader sits at; but see `AT_THE_MACHINE`."""
    away = (("REMOTE_ADDR", "203.0.113.9"),)
    return replace(ask, headers=ask.headers + away) if ask.route == "metrics" else ask


AT_THE_MACHINE = Ask("metrics", "GET", "/metrics")


def chosen(found: Sequence[Ask], seat: str, hidden: Things, wanted: int) -> list[Ask]:
    """As many as wanted: some that name what is hidden, some pages, some that are refused.

    Of the pages, first one of each route that opens to the seat, then the searches for the hidden
    word, then a turn of the parameters.
    The turn is another for each seat, so that the seats together ask all of it.
    """
    turn = sorted(found, key=lambda a: crc32(f"{seat} {a.method} {a.address}".encode()))
    naming = [a for a in turn if _names_hidden(a, hidden)]
    pages = [a for a in found if a.method == "GET" and may(a.route, "GET", seat)]
    first = {a.route: a for a in reversed(pages) if "?" not in a.address}.values()
    varied = [a for a in turn if a.method == "GET" and may(a.route, "GET", seat)]
    shut = [a for a in turn if a.method != "GET" or not may(a.route, "GET", seat)]
    sought = [a for a in pages if a.address.endswith(f"?q={WORDS}")]
    at_it = [a for a in naming if a.method == "GET" and "?" not in a.address]
    some = [
        *at_it[: wanted // 8],
        *naming[: wanted // 8],
        *shut[: wanted // 8],
        *first,
        *sought,
        *varied,
    ]
    return list(dict.fromkeys(some))[:wanted]


def _names_hidden(ask: Ask, hidden: Things) -> bool:
    meeting = (*hidden.documents, *hidden.participants)
    reviewed = (*hidden.submissions, *hidden.items, *hidden.brought)
    contact = (*hidden.exchanges, *hidden.calls, *hidden.asked)
    written = (*hidden.letters, *hidden.batches, *contact)
    ids = chain(hidden.needs, reviewed, hidden.seats, hidden.clearances, meeting, written)
    return WORDS in ask.address or any(str(pk) in ask.address for pk in ids)


@cache  # every seat asks the same addresses
def _addresses(route: str, things: Things, language: str = "en") -> tuple[str, ...]:
    with translation.override(language):
        return tuple(reverse(route, kwargs=dict(arguments)) for arguments in FILLED[route](things))


def _plain(route: str, things: Things) -> Iterator[Ask]:
    return (Ask(route, "GET", address) for address in _addresses(route, things))


def _varied(route: str, things: Things) -> Iterator[Ask]:
    addresses = _addresses(route, things)
    for address, asked in product(addresses, (*ASKED.get(route, ()), *UNKNOWN)):
        yield Ask(route, "GET", f"{address}?{asked}")
    for address, method in product(addresses, METHODS):
        yield Ask(route, method, address)
    for address in _addresses(route, things, "ar-xb"):
        if address not in addresses:
            yield Ask(route, "GET", address)


def _posted(route: str, seat: str, things: Things, hidden: Things) -> Iterator[Ask]:
    """Only what cannot succeed: what is hidden or absent; all of it where the seat may not knock."""
    form = (("version", "1"), ("consent", "public"), ("title", WORDS))
    may_post = may(route, "POST", seat)
    some = Things() if may_post else things
    hollow = FILLED[route] is alone and may_post
    if not hollow and route not in {"desk-circular-clear", "desk-submission-new", "demo-as"}:
        for address in _addresses(route, some + hidden):
            if not (may_post and _of_the_fork(address, things)):
                yield Ask(route, "POST", address, form)


def _of_the_fork(address: str, things: Things) -> bool:
    return any(f"/{code}/" in address for code in things.standards)


def may(route: str, method: str, seat: str) -> bool:
    """Whether the access table of the addresses lets this seat knock there."""
    who, held = TABLE[route].get(method), SEATS.get(seat)
    if who is None:
        return False
    return not who or (held is not None and held[0] in who)


def _at_sign_in(things: Things) -> Iterator[Ask]:
    """An address that has an account and one that has none are answered alike."""
    login = reverse("account_login")
    for email in (*things.words, "absent@example.org"):
        form = (("login", email), ("password", "not the password"))
        yield Ask("account_login", "POST", login, form)
