"""Walks the record from its first line and holds every recorded row against its hash."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.db import models, transaction

from clearinghouse.kernel import merkle
from clearinghouse.ledger import chain
from clearinghouse.ledger.models import REMOVED, Entry, Leaves, Recorded

LEAF = 48  # bytes: 16 of the row's id, 32 of its hash


@dataclass(frozen=True)
class Broken:
    """The first thing that cannot be vouched for: a line, or a row and the line recording it."""

    line: int
    why: str
    row: str = ""

    def __str__(self) -> str:
        return (
            f"row {self.row} (line {self.line}) {self.why}"
            if self.row
            else f"line {self.line} {self.why}"
        )


@transaction.atomic
def verify(root: str = "") -> Broken | None:
    """The first broken line, else the first broken row, else None. Nobody writes meanwhile.

    `root` is the hash of a line once made known elsewhere (mailed to the auditors): a chain that
    no longer contains it was rewritten as a whole.
    """
    chain.lock_head()
    return _chain(root) or _rows()


def _chain(root: str) -> Broken | None:
    head, number, previous, found = chain.lock_head(), 0, chain.GENESIS, not root
    for number, entry in enumerate(_lines(), start=1):
        if why := _fault(entry, number, previous):
            return Broken(number, why)
        previous = entry.hash
        found = found or previous == root
    if head.number != number:
        return Broken(min(head.number, number) + 1, "is beyond the shorter of chain and head")
    if head.hash != previous:
        return Broken(number, "is not the line the head remembers")
    return None if found else Broken(number, "ends a chain that does not contain the given root")


def _fault(entry: Entry, number: int, previous: str) -> str:
    if entry.number != number:
        return "is missing"
    if entry.previous != previous:
        return "does not follow the line before it"
    if entry.hash != chain.digest(entry):
        return "does not say what it said when it was written"
    if entry.count > 1 and merkle.root([h for _, _, h in _leaves(entry)]) != entry.root:
        return "has rows that are not those it was written for"
    return ""


def _rows() -> Broken | None:
    """One model at a time, so that no more than its hashes are held in memory."""
    for model in sorted(recorded_models(), key=lambda m: m._meta.label_lower):
        last = {pk: (number, seal) for number, pk, seal in _history(model._meta.label_lower)}
        present: models.QuerySet[Recorded] = models.QuerySet(model)
        for row in present.iterator():
            number, seal = last.pop(row.pk, (0, ""))
            if not seal:
                return Broken(number, "was never recorded", row.subject)
            if seal != row.row_hash():
                return Broken(number, "is not what was recorded", row.subject)
        for pk, (number, seal) in last.items():
            if seal != REMOVED:
                return Broken(number, "is missing", f"{model._meta.label_lower}:{pk}")
    return None


def recorded_models() -> list[type[Recorded]]:
    return [m for m in apps.get_models() if issubclass(m, Recorded) and not m._meta.proxy]


def _lines() -> Iterator[Entry]:
    return Entry.objects.unscoped("verifying").iterator()


def _leaves(entry: Entry) -> Iterator[tuple[str, UUID, str]]:
    for kept in Leaves.objects.unscoped("verifying").filter(entry=entry):
        blob = bytes(kept.leaves)
        for at in range(0, len(blob), LEAF):
            leaf = blob[at : at + LEAF]
            yield kept.model, UUID(bytes=leaf[:16]), leaf[16:].hex()


def _history(label: str) -> Iterator[tuple[int, UUID, str]]:
    """Every hash ever recorded for rows of one model, in the order of the lines."""
    lines = Entry.objects.unscoped("verifying").filter(
        models.Q(subject__startswith=f"{label}:") | models.Q(count__gt=1)
    )
    for entry in lines.iterator():
        if entry.count > 1:
            yield from ((entry.number, pk, seal) for m, pk, seal in _leaves(entry) if m == label)
        else:
            yield entry.number, UUID(entry.subject.partition(":")[2]), entry.root
