"""Asks addresses in a world as one of the cast, and says where two worlds answer differently."""

import io
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection

from clearinghouse.ledger.models import Entry
from tests.committee import Committee
from tests.two_worlds import worlds
from tests.two_worlds.addresses import OF_THE_ASKING, Ask, asks, chosen
from tests.two_worlds.differences import Pair
from tests.two_worlds.worlds import Fork, Things, World

Key = tuple[str, Ask]  # who asks what

TOKEN = "t" * 32  # a CSRF secret: the same in cookie and form passes
DRAWN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[A-Za-z0-9]{64}')
COOKIE = re.compile(r"^([^=]+)=[^;]*")
FORM = "application/x-www-form-urlencoded"
SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
WIRE = {
    "SERVER_NAME": "localhost",
    "SERVER_PORT": "80",
    "HTTP_HOST": "localhost",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "REMOTE_ADDR": "127.0.0.1",
    "wsgi.url_scheme": "http",
}
FAULT = 500


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers in their order, and the bytes, kept small."""

    status: str
    headers: tuple[tuple[str, str], ...]
    packed: bytes
    size: int

    @property
    def body(self) -> bytes:
        return zlib.decompress(self.packed)

    @property
    def code(self) -> int:
        return int(self.status[:3])

    def header(self, name: str) -> str:
        return next((v for n, v in self.headers if n.lower() == name.lower()), "")


class Crawler:
    """One process of the site, asked without a network. `cookies`: the session of each seat."""

    def __init__(self, cookies: Mapping[str, str]) -> None:
        self.cookies = cookies
        self.site = WSGIHandler()
        self.asked = 0

    def ask(self, seat: str, ask: Ask) -> Answer:
        told: list[tuple[str, list[tuple[str, str]]]] = []

        def begin(status: str, headers: list[tuple[str, str]], why: Any = None, /) -> Any:
            told.append((status, headers))
            return why

        self.asked += 1
        parts = self.site(self._environment(seat, ask), begin)
        body = DRAWN.sub(rb"\1-", b"".join(parts))
        for drawn in OF_THE_ASKING.get(ask.route, ()):
            body = drawn.sub(b"", body)
        parts.close()
        status, headers = told[0]
        lengths = {"Content-Length"} if ask.route in OF_THE_ASKING else set[str]()
        alike = tuple(_alike(n, value) for n, value in headers if n not in lengths)
        return Answer(status, alike, zlib.compress(body, 1), len(body))

    def _environment(self, seat: str, ask: Ask) -> dict[str, Any]:
        path, _, query = ask.address.partition("?")
        body = ask.body or urlencode(ask.form, errors="surrogatepass").encode()
        own = ask.method not in SAFE and not ask.foreign
        cookies = [f"csrftoken={TOKEN}"] if own else []
        if seat in self.cookies:
            cookies.append(f"sessionid={self.cookies[seat]}")
        headers = {"HTTP_COOKIE": "; ".join(cookies)} if cookies else {}
        headers |= {"HTTP_X_CSRFTOKEN": TOKEN} if own else {}
        return (
            WIRE
            | headers
            | dict(ask.headers)
            | {
                "REQUEST_METHOD": ask.method,
                "PATH_INFO": unquote(path, "latin-1"),  # as a server hands it on
                "QUERY_STRING": query,
                "CONTENT_TYPE": ask.kind or (FORM if ask.form else ""),
                "CONTENT_LENGTH": str(len(body)),
                "wsgi.input": io.BytesIO(body),
                "wsgi.errors": io.StringIO(),
            }
        )


def _alike(name: str, value: str) -> tuple[str, str]:
    """A cookie drawn anew is compared by its name and attributes."""
    return (name, COOKIE.sub(r"\1=-", value)) if name == "Set-Cookie" else (name, value)


@dataclass(frozen=True)
class Difference:
    """One address at which a reader could tell the worlds apart."""

    seat: str
    ask: Ask
    said: str

    def __str__(self) -> str:
        asked = f"{self.ask.method} {self.ask.address}"
        return f"{self.seat}: {asked} ({self.ask.route}): {self.said}"


@dataclass
class Report:
    """What came of one pair. `requests` counts addresses asked in both worlds."""

    pair: Pair
    requests: int = 0
    bytes_: int = 0
    differing: int = 0
    mails: int = 0
    differences: list[Difference] = field(default_factory=list)
    faults: set[str] = field(default_factory=set)
    met: dict[int, int] = field(default_factory=dict)

    def __str__(self) -> str:
        codes = " ".join(f"{code}:{n}" for code, n in sorted(self.met.items()))
        return (
            f"{self.pair.name}: {len(self.pair.readers)} seats, {self.requests} requests"
            f" ({codes}), {self.mails} mails, {self.bytes_ // 1024} KiB,"
            f" {self.differing} differing bytes"
        )


class Observer:
    """Holds world A beside the fork, and keeps what it answered: it is the same for every pair."""

    def __init__(self, fork: Fork, first: World, folder: Path) -> None:
        self.fork, self.first, self.folder = fork, first, folder
        self.crawler = Crawler(fork.cookies)
        self._answers: dict[Key, Answer] = {}

    @classmethod
    @contextmanager
    def of(cls, folder: Path) -> Iterator["Observer"]:
        """In the migrated database that is open: build the fork, copy world A from it."""
        fork, here = worlds.build(), str(connection.settings_dict["NAME"])
        with worlds.opened(folder, fork) as first, worlds.turned_to(here):
            yield cls(fork, first, folder)

    def compare(self, pair: Pair, wanted: int = 0) -> Report:
        """Ask all that there is, or a part of `wanted` requests over all seats together."""
        report, done = Report(pair), _Done(self.fork, pair)
        each = -(-wanted // len(pair.readers))
        with worlds.opened(self.folder, self.fork, done) as second:
            recorded = Entry.objects.unscoped("nothing asked may change anything").count()
            plan = [(s, a) for s in pair.readers for a in self._planned(s, done.hidden, each)]
            answers = {key: self.crawler.ask(*key) for key in plan}
            answers |= {key: self.crawler.ask(*key) for key in _tagged(answers)}
            if Entry.objects.unscoped("as above").count() != recorded:
                report.faults.add("an address that was asked has changed something")
        self._answer_in_a(answers)
        for key, answer in answers.items():
            _hold(report, key, self._answers[key], answer)
        for seat in pair.readers:
            sent = (w.mails(self.fork, seat) for w in (self.first, second))
            _hold_mails(report, seat, *sent)
        return report

    def in_both(self, pair: Pair, seat: str, ask: Ask) -> tuple[Answer, Answer]:
        """One question in the first world and in the one where the secrets are.

        It is asked once before: what a process counts for the first time gets its line then.
        """
        with worlds.entered(self.first):
            self.crawler.ask(seat, ask)
        with worlds.opened(self.folder, self.fork, _Done(self.fork, pair)):
            second = self.crawler.ask(seat, ask)
        with worlds.entered(self.first):
            return self.crawler.ask(seat, ask), second

    def _planned(self, seat: str, hidden: Things, each: int) -> list[Ask]:
        found = asks(seat, self.fork.things, hidden)
        return chosen(found, seat, hidden, each) if each else found

    def _answer_in_a(self, keys: Iterable[Key]) -> None:
        wanted = [key for key in keys if key not in self._answers]
        with worlds.entered(self.first):
            self._answers |= {key: self.crawler.ask(*key) for key in wanted}


class _Done:
    """Does the secrets of a pair, and remembers what exists because of them."""

    def __init__(self, fork: Fork, pair: Pair) -> None:
        self.fork, self.pair, self.hidden = fork, pair, Things()

    def __call__(self, committee: Committee) -> None:
        for each in self.pair.secrets:
            self.hidden += each.do(committee, self.fork)


def _tagged(answers: dict[Key, Answer]) -> Iterable[Key]:
    """Each address that gave a tag, once more with that tag: one for every route and seat."""
    found = {
        (seat, ask.route): (seat, replace(ask, headers=(("HTTP_IF_NONE_MATCH", tag),)))
        for (seat, ask), answer in answers.items()
        if (tag := answer.header("ETag"))
    }
    return found.values()


def _hold(report: Report, key: Key, one: Answer, other: Answer) -> None:
    seat, ask = key
    report.requests += 1
    report.bytes_ += other.size
    report.met[other.code] = report.met.get(other.code, 0) + 1
    if other.code >= FAULT:
        report.faults.add(f"{seat}: {ask.method} {ask.address}: {other.status}")
    if said := told_apart(one, other):
        report.differing += max(1, _count(one.body, other.body))
        report.differences.append(Difference(seat, ask, said))


def _hold_mails(report: Report, seat: str, one: dict[str, bytes], other: dict[str, bytes]) -> None:
    report.mails += len(other)
    for name in sorted(one.keys() | other.keys()):
        first, second = one.get(name, b""), other.get(name, b"")
        if first != second:
            report.differing += max(1, _count(first, second))
            said = _place(first, second) if first and second else "in one world alone"
            report.differences.append(Difference(seat, Ask("mail", "MAIL", name), said))


def told_apart(one: Answer, other: Answer) -> str:
    """Where two answers differ, in words; empty where they do not."""
    if one.status != other.status:
        return f"{one.status} and {other.status}"
    if one.headers != other.headers:
        return f"headers {sorted(set(one.headers) ^ set(other.headers))}"
    return _place(one.body, other.body) if one.packed != other.packed else ""


def _count(one: bytes, other: bytes) -> int:
    return sum(a != b for a, b in zip(one, other, strict=False)) + abs(len(one) - len(other))


def _place(one: bytes, other: bytes) -> str:
    pairs = enumerate(zip(one, other, strict=False))
    at = next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
    start = max(0, at - 60)
    return f"byte {at}: {one[start : at + 60]!r} and {other[start : at + 60]!r}"


def written(reports: Sequence[Report]) -> str:
    """The figures of all pairs: what a test prints and a drill shows."""
    requests, differing = sum(r.requests for r in reports), sum(r.differing for r in reports)
    lines = [
        *map(str, reports),
        f"pairs {len(reports)}, requests {requests}, differing bytes {differing}",
    ]
    return "\n".join(lines)
