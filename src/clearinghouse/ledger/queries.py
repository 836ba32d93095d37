"""Reads the record: for the auditor's pages, and for the operator's export and verification."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from clearinghouse.access.actor import Actor
from clearinghouse.kernel.canonical import canonical
from clearinghouse.ledger.chain import HASHED
from clearinghouse.ledger.models import UPGRADED, Entry, EntryQuerySet, Head


def lines_for(actor: Actor) -> EntryQuerySet:
    """Newest first: references, enums and counts, no text of any room."""
    return Entry.objects.visible_to(actor).order_by("-number")


def head() -> tuple[int, str]:
    """The number and the hash of the last line: the root to be made known elsewhere."""
    found = Head.objects.first()
    return (found.number, found.hash) if found else (0, "0" * 64)


def ended_at(number: int, root: str) -> bool:
    """Whether this line was the last, but for what upgrades have written since."""
    lines = Entry.objects.unscoped("compared with a manifest")
    if number and not lines.filter(number=number, hash=root).exists():
        return False
    return not lines.filter(number__gt=number).exclude(verb=UPGRADED).exists()


def last_written() -> datetime | None:
    """The moment that the last line bears."""
    last = Entry.objects.unscoped("compared with the clock").order_by("-number").first()
    return last.at if last else None


def export() -> Iterator[dict[str, Any]]:
    """Every line from the first, as the columns that were hashed with both hashes."""
    lines = Entry.objects.unscoped("the operator exports references").order_by("number")
    found: Iterator[dict[str, Any]] = lines.values(*HASHED, "previous", "hash").iterator()
    return found


def as_text(line: dict[str, Any]) -> str:
    return canonical(line)
