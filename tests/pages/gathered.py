"""Every page of the site, gathered from the access table as each of the cast is answered."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.urls import resolve, reverse

from clearinghouse.project.doors import GET, TABLE
from tests.committee import CAST
from tests.pages.furnished import Furnished
from tests.two_worlds.addresses import FILLED, Ask, may
from tests.two_worlds.crawl import Answer, Crawler

# Of seats that are served alike, one.
SEATS = tuple(
    each for each in CAST if each not in {"alternate_xio", "secretariat_2", "mission_xb"}
)
ABSENT = Ask("absent", "GET", "/en/absent/")
# At an address that is open to anybody, one of each kind of reader is enough.
READERS = ("public", "nobody", "focal_xio", "mission_xa", "expert", "auditor")
UNANSWERED = {"account_logout", "openid_connect_login"}  # it acts; it asks another machine
FOUND, REFUSED = 200, {400, 403, 409, 413}
NO_SHAPE = {"path", "rect", "tspan"}  # the marks of a picture: each figure has others
# Whatever these answer is no page, but a redirection, data or a file.
NO_PAGE = {
    "root", "openid_connect_callback",
    "healthz", "metrics", "calendar", "calendar-seat",
    "directory-file", "desk-became-file", "format-file", "confirmation",
    "matrix-file", "state-sheet", "desk-letters-run-file", "desk-letter-file",
    "desk-letter-scanned", "desk-intake-file", "desk-intake-form",
    "meeting-document", "demo-mail-file", "entry-copy", "desk-submission-copy",
    "desk-batch-file", "desk-batch-own",
}  # fmt: skip
OWN = {"demo-outbox", "demo-mail"}  # pages of a demonstration alone


@dataclass(frozen=True)
class Gathered:
    """A page as somebody was answered."""

    seat: str
    ask: Ask
    answer: Answer

    def __str__(self) -> str:
        return f"{self.ask.method} {self.ask.address} as {self.seat}"


def gather(world: Furnished, site: Crawler) -> list[Gathered]:
    """In the world that is open: every page in English, as every seat that is given one."""
    asked = [
        Gathered(seat, ask, site.ask(seat, ask))
        for ask in [*opened(world), ABSENT]
        for seat in _asking(ask.route)
    ]
    pages = [each for each in asked if is_page(each)]
    with kept_open():
        beside = [_taken_back(seat, ask, site) for seat, ask in world.asks()]
        return [*pages, *beside, *_sent_back([*pages, *beside], site)]


def _asking(route: str) -> Iterable[str]:
    if not TABLE.get(route, GET)["GET"]:
        return READERS
    return (seat for seat in SEATS if may(route, "GET", seat))


def opened(world: Furnished) -> Iterator[Ask]:
    for route, filled in FILLED.items():
        if "GET" in TABLE[route] and route not in NO_PAGE | OWN:
            for arguments in filled(world.things):
                yield Ask(route, "GET", reverse(route, kwargs=dict(arguments)))


def no_pages(world: Furnished, site: Crawler) -> Iterator[Gathered]:
    """What is answered where there is said to be no page, to the first seat that may ask."""
    for route in sorted(NO_PAGE):
        seat = next(each for each in SEATS[::-1] if may(route, "GET", each))
        for arguments in FILLED[route](world.things):
            ask = Ask(route, "GET", reverse(route, kwargs=dict(arguments)))
            yield Gathered(seat, ask, site.ask(seat, ask))


def _sent_back(pages: Iterable[Gathered], site: Crawler) -> Iterator[Gathered]:
    """Each form once for each seat, sent with nothing in it: it comes back and says what is wrong."""
    met = set()
    for page in pages:
        for form in Forms.of(page.answer.body.decode()):
            ask = form.ask(page.ask)
            key = (page.seat, ask.route, form.button)
            if key not in met and ask.route not in UNANSWERED:
                met.add(key)
                answered = _taken_back(page.seat, ask, site)
                if answered.answer.code in REFUSED:
                    yield answered


def _taken_back(seat: str, ask: Ask, site: Crawler) -> Gathered:
    """What is answered; whatever was done by it is undone."""
    with transaction.atomic():
        answered = Gathered(seat, ask, site.ask(seat, ask))
        transaction.set_rollback(True)
    return answered


@contextmanager
def kept_open() -> Iterator[None]:
    """A request ends with its connection looked at, and ours would be closed in mid-way."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def turned(pages: Iterable[Gathered], site: Crawler) -> list[Gathered]:
    """The same pages from right to left, in the language made to prove it."""
    asks = [
        (p.seat, replace(p.ask, address=p.ask.address.replace("/en/", "/ar-xb/"))) for p in pages
    ]
    with kept_open(), transaction.atomic():
        found = [Gathered(seat, ask, site.ask(seat, ask)) for seat, ask in asks]
        transaction.set_rollback(True)
    return found


def is_page(page: Gathered) -> bool:
    """Not a file, nor one of the many addresses at which a seat finds nothing."""
    answer = page.answer
    shown = answer.header("Content-Type").startswith("text/html")
    kept = answer.header("Content-Disposition").startswith("attachment")
    return shown and not kept and answer.size > 0 and (answer.code == FOUND or page.ask == ABSENT)


def representative(pages: Iterable[Gathered]) -> list[Gathered]:
    """Enough of them that each address, and each element at its place, is among them."""
    met: set[str] = set()
    chosen = []
    for page in pages:
        shapes = Shapes.of(page.answer.body.decode())
        if page.ask.method == "GET":
            shapes.add(page.ask.route)
        if shapes - met:
            met |= shapes
            chosen.append(page)
    return chosen


@dataclass
class Sent:
    """A form as a page shows it: where it leads, what it carries, one of its buttons."""

    action: str
    carried: dict[str, str] = field(default_factory=dict)
    button: tuple[str, str] = ("", "")

    def ask(self, page: Ask) -> Ask:
        address = self.action or page.address
        pressed = {name: value for name, value in (self.button,) if name}
        route = resolve(address.partition("?")[0]).view_name
        return Ask(route, "POST", address, tuple((self.carried | pressed).items()))


class Forms(HTMLParser):
    """The forms of a page that send something: each once for each of its buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.open: Sent | None = None
        self.buttons: list[tuple[str, str]] = []
        self.found: list[Sent] = []

    @classmethod
    def of(cls, html: str) -> list[Sent]:
        forms = cls()
        forms.feed(html)
        return forms.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method") == "post":
            self.open, self.buttons = Sent(given.get("action", "").partition("#")[0]), []
        elif self.open and tag == "input" and given.get("type") == "hidden":
            self.open.carried[given["name"]] = given.get("value", "")
        elif self.open and tag == "button":
            self.buttons.append((given.get("name", ""), given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.open:
            self.found += [replace(self.open, button=each) for each in self.buttons]
            self.open = None


class Shapes(HTMLParser):
    """The elements of a page: each by its name, classes and attributes, under its parent's."""

    def __init__(self) -> None:
        super().__init__()
        self.above: list[tuple[str, str]] = []
        self.found: set[str] = set()

    @classmethod
    def of(cls, html: str) -> set[str]:
        shapes = cls()
        shapes.feed(html)
        return shapes.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = dict(attrs).get("class") or ""
        names = " ".join(sorted(name for name, _ in attrs))
        own = f"{tag}.{classes}"
        if tag not in NO_SHAPE:
            self.found.add(f"{self.above[-1][1] if self.above else ''} > {own} [{names}]")
        self.above.append((tag, own))

    def handle_endtag(self, tag: str) -> None:
        while self.above and self.above.pop()[0] != tag:
            pass
