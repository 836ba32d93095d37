"""Every page of the site, gathered from the access table as each of the cast is answered."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html.parser import HTMLParser

from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.urls import reverse

from clearinghouse.project.doors import TABLE
from tests.committee import CAST
from tests.two_worlds import worlds
from tests.two_worlds.addresses import FILLED, Ask, may
from tests.two_worlds.crawl import Answer, Crawler

LANGUAGES = ("en", "ar-xb")
# Of seats that are served alike, one.
SEATS = tuple(
    each for each in CAST if each not in {"alternate_xio", "secretariat_2", "mission_xb"}
)
ABSENT = Ask("absent", "GET", "/en/absent/")
UNANSWERED = {"account_logout"}  # sent with nothing in it, it acts
FOUND, REFUSED = 200, {400, 409}
NO_SHAPE = {"path", "rect", "tspan"}  # the marks of a picture: each figure has others


@dataclass(frozen=True)
class Gathered:
    """A page as somebody was answered."""

    seat: str
    ask: Ask
    answer: Answer

    def __str__(self) -> str:
        return f"{self.ask.method} {self.ask.address} as {self.seat}"


def gather(fork: worlds.Fork, site: Crawler) -> list[Gathered]:
    """In the world that is open: every page in English, as every seat that is given one."""
    asked = [
        Gathered(seat, ask, site.ask(seat, ask))
        for ask in [*_opened(fork), ABSENT]
        for seat in SEATS
        if ask == ABSENT or may(ask.route, "GET", seat)
    ]
    pages = [each for each in asked if is_page(each)]
    with _kept_open():
        return [*pages, *_refused(pages, site)]


def _opened(fork: worlds.Fork) -> Iterator[Ask]:
    for route, filled in FILLED.items():
        if "GET" in TABLE[route]:
            for arguments in filled(fork.things):
                yield Ask(route, "GET", reverse(route, kwargs=dict(arguments)))


def _refused(pages: Iterable[Gathered], site: Crawler) -> Iterator[Gathered]:
    """Each form once for each seat, sent with nothing in it: it comes back and says what is wrong."""
    forms = {
        (page.seat, page.ask.route): page.ask.address
        for page in pages
        if "POST" in TABLE.get(page.ask.route, ()) and page.ask.route not in UNANSWERED
    }
    for (seat, route), address in forms.items():
        ask = Ask(route, "POST", address, (("do", "submit"),))
        with transaction.atomic():
            page = Gathered(seat, ask, site.ask(seat, ask))
            transaction.set_rollback(True)
        if page.answer.code in REFUSED:
            yield page


@contextmanager
def _kept_open() -> Iterator[None]:
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
    with _kept_open(), transaction.atomic():
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
        shapes = {page.ask.route, *Shapes.of(page.answer.body.decode())}
        if shapes - met:
            met |= shapes
            chosen.append(page)
    return chosen


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
