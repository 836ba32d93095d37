"""Walks the record from its first line and holds every recorded row against its hash."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.db import models, transaction

from clearinghouse.kernel import merkle
from clearinghouse.ledger import chain
from clearinghouse.ledger.models import REMOVED, Entry, Leaves, Recorded, row_hash

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


@dataclass(frozen=True)
class Differing:
    """A row that is not what the record last said of it: the line, and the hash it has now."""

    line: int
    pk: UUID
    why: str
    seal: str


@transaction.atomic
def verify(root: str = "") -> Broken | None:
    """The first broken line, else the first broken row, else None. Nobody writes meanwhile.

    `root` is the hash of a line once made known elsewhere (mailed to the auditors): a chain that
    no longer contains it was rewritten as a whole.
    """
    chain.lock_head()
    return broken_chain(root) or broken_row(recorded_models())


def broken_chain(root: str = "", using: str = "default") -> Broken | None:
    head, number, previous, found = chain.lock_head(using), 0, chain.GENESIS, not root
    for number, entry in enumerate(_lines(using), start=1):
        if why := _fault(entry, number, previous, using):
            return Broken(number, why)
        previous = entry.hash
        found = found or previous == root
    if head.number != number:
        return Broken(min(head.number, number) + 1, "is beyond the shorter of chain and head")
    if head.hash != previous:
        return Broken(number, "is not the line the head remembers")
    return None if found else Broken(number, "ends a chain that does not contain the given root")


def _fault(entry: Entry, number: int, previous: str, using: str) -> str:
    if entry.number != number:
        return "is missing"
    if entry.previous != previous:
        return "does not follow the line before it"
    if entry.hash != chain.digest(entry):
        return "does not say what it said when it was written"
    if entry.count > 1 and merkle.root([h for _, _, h in _leaves(entry, using)]) != entry.root:
        return "has rows that are not those it was written for"
    return ""


def broken_row(tables: Iterable[type[models.Model]], using: str = "default") -> Broken | None:
    """One model at a time, so that no more than its hashes are held in memory."""
    for model in sorted(tables, key=lambda m: m._meta.label_lower):
        for differing in differences(model, using):
            subject = f"{model._meta.label_lower}:{differing.pk}"
            return Broken(differing.line, differing.why, subject)
    return None


def differences(model: type[models.Model], using: str = "default") -> Iterator[Differing]:
    """Every row that is not what was last recorded of it, with the hash it has now."""
    last = {pk: (number, seal) for number, pk, seal in _history(model._meta.label_lower, using)}
    present: models.QuerySet[models.Model] = models.QuerySet(model, using=using)
    for row in present.iterator():
        number, seal = last.pop(row.pk, (0, ""))
        if (now := row_hash(row)) != seal:
            why = "is not what was recorded" if seal else "was never recorded"
            yield Differing(number, row.pk, why, now)
    for pk, (number, seal) in last.items():
        if seal != REMOVED:
            yield Differing(number, pk, "is missing", REMOVED)


def recorded_models() -> list[type[Recorded]]:
    return [m for m in apps.get_models() if issubclass(m, Recorded) and not m._meta.proxy]


def _lines(using: str) -> Iterator[Entry]:
    return Entry.objects.unscoped("verifying").using(using).iterator()


def _leaves(entry: Entry, using: str) -> Iterator[tuple[str, UUID, str]]:
    for kept in Leaves.objects.unscoped("verifying").using(using).filter(entry=entry):
        blob = bytes(kept.leaves)
        for at in range(0, len(blob), LEAF):
            leaf = blob[at : at + LEAF]
            yield kept.model, UUID(bytes=leaf[:16]), leaf[16:].hex()


def _history(label: str, using: str) -> Iterator[tuple[int, UUID, str]]:
    """Every hash ever recorded for rows of one model, in the order of the lines."""
    of_it = models.Q(subject__startswith=f"{label}:") | models.Q(count__gt=1)
    lines = Entry.objects.unscoped("verifying").using(using).filter(of_it)
    for entry in lines.iterator():
        if entry.count > 1:
            kept = _leaves(entry, using)
            yield from ((entry.number, pk, seal) for m, pk, seal in kept if m == label)
        else:
            yield entry.number, UUID(entry.subject.partition(":")[2]), entry.root
