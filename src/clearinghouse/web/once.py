"""What several parts of one page ask of a room is asked once for each answer."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from clearinghouse.people.asking import Asking

T = TypeVar("T")


def once(ask: Callable[[Asking], T]) -> Callable[[Asking], T]:
    """The same question; what it finds is remembered as long as the request lives."""

    @wraps(ask)
    def asked(request: Asking) -> T:
        kept: dict[object, T] = request.__dict__.setdefault("_asked", {})
        if asked not in kept:
            kept[asked] = ask(request)
        return kept[asked]

    return asked
