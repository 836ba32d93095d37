"""Who may find what, as marks on each indexed text, and how a text is folded for comparison."""

import unicodedata
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from clearinghouse.access.actor import Actor


class Kind(StrEnum):
    """What can be found: each kind has a page of its own."""

    STANDARD = "standard"
    ENTRY = "entry"
    NEED = "need"
    ORGANISATION = "organisation"
    STATE = "state"


EVERYBODY = "everybody"
PROVIDERS = "providers"


def role_mark(role: str) -> str:
    return f"role:{role}"


def seat_mark(role: str, body_id: UUID) -> str:
    """For whoever holds a seat of this role for this body."""
    return f"{role}:{body_id}"


def named_mark(body_id: UUID) -> str:
    """For a provider that a State named."""
    return f"named:{body_id}"


def marks_of(actor: Actor) -> set[str]:
    """A text is found by whoever carries one of its marks."""
    carried = {EVERYBODY}
    for seat in actor.capacities:
        carried.add(role_mark(seat.role))
        if seat.body_id:
            carried.add(seat_mark(seat.role, seat.body_id))
        if seat.provider and seat.body_id:
            carried |= {PROVIDERS, named_mark(seat.body_id)}
    return carried


def fold(text: str) -> str:
    """Without case, accents and width, so that what looks alike is found alike."""
    return text.casefold() if text.isascii() else _fold(text)


@lru_cache(maxsize=2048)  # names and titles are folded again for every page they order
def _fold(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize(
        "NFKC", "".join(c for c in spread if not unicodedata.combining(c))
    )


def words(query: str) -> list[str]:
    """The folded words of a query: at most eight, of at most forty characters."""
    return [word[:40] for word in fold(query).split()[:8]]
