"""Whoever is about, and the forms of every page that is open to them."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.signals import got_request_exception
from django.db import transaction
from django.urls import resolve

from tests.hostile.shown import Form, Shown
from tests.pages.furnished import Furnished
from tests.pages.gathered import opened
from tests.two_worlds.addresses import Ask, may
from tests.two_worlds.crawl import Answer, Crawler

# Whoever has forms that nobody before them has: first the public, then who may little.
READERS = (
    "public", "focal_xio", "mission_xa", "capital_xa", "secretariat", "expert", "chair", "member_xb",
    "administrator", "auditor",
)  # fmt: skip
PATTERNS = "patterns"  # its forms are samples, and lead nowhere
ELSEWHERE = {"openid_connect_login", "account_logout"}  # it asks another machine; it takes nothing


@dataclass(frozen=True)
class Found:
    """A form, on the page where somebody found it, with one of its buttons."""

    seat: str
    page: str
    form: Form
    button: tuple[str, str] = ("", "")

    @property
    def address(self) -> str:
        return self.form.action or self.page

    @property
    def route(self) -> str:
        return resolve(self.address.partition("?")[0]).view_name

    @property
    def key(self) -> tuple[object, ...]:
        return self.form.method, self.route, self.form.names, self.button

    def __str__(self) -> str:
        return f"{self.route} {'='.join(self.button) if any(self.button) else ''} as {self.seat}"


class Readers:
    """Asks as each of them; whatever was done by it is undone."""

    def __init__(self, world: Furnished) -> None:
        self.world, self.site = world, Crawler(world.cookies)
        self.fault = ""
        got_request_exception.connect(self._note)

    def _note(self, **_said: Any) -> None:
        kind, value, trace = sys.exc_info()
        last = trace
        while last and last.tb_next:
            last = last.tb_next
        place = f"{last.tb_frame.f_code.co_filename}:{last.tb_lineno}" if last else ""
        self.fault = f"{kind.__name__ if kind else ''}: {value} at {place}"[:300]

    def ask(self, seat: str, ask: Ask) -> Answer:
        self.fault = ""
        with transaction.atomic():
            answer = self.site.ask(seat, ask)
            transaction.set_rollback(True)
        return answer

    @cached_property
    def found(self) -> list[Found]:
        """Each form once, for the first seat that is shown it."""
        met: dict[object, Found] = {}
        for seat, ask in self._pages():
            answer = self.site.ask(seat, ask)
            if answer.code == 200 and answer.header("Content-Type").startswith("text/html"):
                for form in Shown.of(answer.body.decode()).forms:
                    for button in form.buttons or [("", "")]:
                        one = Found(seat, ask.address, form, button)
                        met.setdefault(one.key, one)
        return [each for each in met.values() if each.route not in ELSEWHERE | {PATTERNS}]

    def _pages(self) -> Iterator[tuple[str, Ask]]:
        for ask in opened(self.world):
            yield from ((seat, ask) for seat in READERS if may(ask.route, "GET", seat))
        yield from ((seat, ask) for seat, ask in self.world.asks() if ask.method == "GET")
