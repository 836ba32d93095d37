"""How often somebody may try: counted in the database, so that all workers count as one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest

from clearinghouse.access.errors import HeldBack
from clearinghouse.people.signin import figures

APP = "allauth.account"  # whose settings hold the rates


class Try:
    """One try, counted as failed until it is said to have succeeded.

    Success takes back this one count and no more: else who has one account could, by opening it,
    go on guessing at others.
    """

    def __init__(self, usage: Any) -> None:
        self._usage = usage

    def succeeded(self) -> None:
        self._usage.rollback()


@contextmanager
def trying(request: HttpRequest, key: str) -> Iterator[Try]:
    """Raises ValidationError, as the library's own forms do, where too many have failed."""
    usage = ratelimit.consume(request, app=APP, action="login_failed", key=key)
    if not usage:
        figures.count(request, figures.HELD_BACK)
        raise get_adapter().validation_error("too_many_login_attempts")
    yield Try(usage)


def may_ask(request: HttpRequest) -> None:
    """Raises HeldBack for an address of the network that asks for links too often."""
    if not ratelimit.consume(request, app=APP, action="reset_password"):
        raise HeldBack


def may_mail(request: HttpRequest, email: str) -> bool:
    """Whether one more mail may go to this address; counted alike where nobody has it."""
    return bool(ratelimit.consume(request, app=APP, action="reset_mail", key=email.casefold()))


def same_work(email: str) -> None:
    """One row written, as for a mail that goes out: so that time does not tell who has one."""
    cache.set(f"people.nobody:{email.casefold()}"[:200], "asked", timeout=60)
