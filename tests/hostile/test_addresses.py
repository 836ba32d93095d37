"""No address breaks: not by its query, not by its path, not by what is sent to it as a body."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import quote, urlencode

import pytest
from django.urls import reverse

from clearinghouse.project.doors import TABLE
from tests.hostile.readers import ELSEWHERE, Readers
from tests.hostile.sent import BOUND, File, multipart
from tests.hostile.values import TYPED
from tests.pages.gathered import SEATS, kept_open
from tests.two_worlds.addresses import FILLED, Ask, may

FAULT = 500
OF = 1 if os.environ.get("HOSTILE") == "all" else 6
ASKED = (
    "q", "page", "size", "sort", "order", "fields", "lang", "as_of", "state", "area", "obligation",
    "kind", "status", "since", "until", "year", "body", "purpose", "template", "purposes", "next",
    "done", "instrument", "organisation", "region", "date", "from", "seat", "key", "which",
)  # fmt: skip
# Segments of a path as a browser, a scanner or a broken link sends them.
SEGMENTS = (
    "%00", "a%00b", "%ff", "%ed%a0%80", "%2e%2e%2f%2e%2e%2f", "x" * 5_000, "%0d%0aX-A:b", "%25s",
    "%E2%80%AE", "-1", "99999999999999999999", "%D9%A1", "%C2%B2", "'%22%3E%3Cscript%3E", "%20",
)  # fmt: skip
WHOLE = multipart([("name", "x")], [("file", File())])
BODIES: dict[str, tuple[str, bytes]] = {
    "JSON for a form": ("application/json", b"{"),
    "no kind": ("", b"name=x"),
    "no boundary": ("multipart/form-data", WHOLE),
    "an odd boundary": ("multipart/form-data; boundary=\xff", WHOLE),
    "cut in the middle": (f"multipart/form-data; boundary={BOUND}", WHOLE[: len(WHOLE) // 2]),
    "a head without an end": (f"multipart/form-data; boundary={BOUND}", WHOLE[:60]),
    "in base64": (f"multipart/form-data; boundary={BOUND}; charset=base64", WHOLE),
    "in utf-7": (f"multipart/form-data; boundary={BOUND}; charset=utf-7", WHOLE),
    "in utf-16": ("application/x-www-form-urlencoded; charset=utf-16", b"name=\xff\xfe"),
    "in escapes": ("application/x-www-form-urlencoded; charset=unicode_escape", b"name=\\ud800"),
    "in no charset": ("application/x-www-form-urlencoded; charset=absent", b"name=%E9"),
    "in no letters": ("application/x-www-form-urlencoded", b"name=%ff%fe&%ff=%00"),
    "of too many fields": ("application/x-www-form-urlencoded", b"a&" * 2_000),
    "of one long field": ("application/x-www-form-urlencoded", b"name=" + b"x" * 3_000_000),
}
Asked = tuple[str, Ask]


def queries(readers: Readers) -> Iterator[Asked]:
    """The same value in every parameter of each page; then each page by a number that is none."""
    for place, (seat, ask) in enumerate(_pages(readers)):
        for number, value in enumerate(TYPED.values()):
            if (place + number) % OF == 0 and len(value) < 10_000:
                query = urlencode([(name, value) for name in ASKED], errors="surrogatepass")
                yield seat, replace(ask, address=f"{ask.address}?{query}")


def paths(readers: Readers) -> Iterator[Asked]:
    """Each argument of each address in turn replaced by what is none."""
    things = readers.world.things
    for place, route in enumerate(FILLED):
        for arguments in list(FILLED[route](things))[:1]:
            path = reverse(route, kwargs=dict(arguments))
            for value in dict(arguments).values():
                for number, segment in enumerate(SEGMENTS):
                    if (place + number) % OF == 0:
                        there = path.replace(quote(str(value)), segment, 1)
                        yield _seat(route), Ask(route, "GET", there)


def bodies(readers: Readers) -> Iterator[Asked]:
    """Each address that takes a form is sent what is no form."""
    things = readers.world.things
    posted = [r for r in FILLED if "POST" in TABLE[r] and r not in ELSEWHERE]
    for place, route in enumerate(posted):
        for arguments in list(FILLED[route](things))[:1]:
            path = reverse(route, kwargs=dict(arguments))
            seat = _seat(route, "POST")
            for number, (kind, body) in enumerate(BODIES.values()):
                if (place + number) % OF == 0:
                    yield seat, Ask(route, "POST", path, body=body, kind=kind)


@pytest.mark.parametrize("asks", [queries, paths, bodies])
def test_no_address_breaks(readers: Readers, asks: Callable[[Readers], Iterator[Asked]]) -> None:
    with kept_open():
        faults = [
            f"{answer.code} {ask.method} {ask.address[:200]} {ask.kind} as {seat}: {readers.fault}"
            for seat, ask in asks(readers)
            if (answer := readers.ask(seat, ask)).code >= FAULT
        ]
    assert not faults, "\n".join(faults)


def _pages(readers: Readers) -> Iterator[Asked]:
    things = readers.world.things
    for route in FILLED:
        if "GET" in TABLE[route] and route not in ELSEWHERE:
            for arguments in list(FILLED[route](things))[:1]:
                yield _seat(route), Ask(route, "GET", reverse(route, kwargs=dict(arguments)))


def _seat(route: str, method: str = "GET") -> str:
    """The first of the cast that may knock there, of those that may little last."""
    return next((each for each in reversed(SEATS) if may(route, method, each)), "public")
