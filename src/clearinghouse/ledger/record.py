"""record() is the only door through which the committee's data changes."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import ClassVar

from django.db import models, transaction

from clearinghouse.access.errors import Stale
from clearinghouse.access.grant import Grant
from clearinghouse.kernel import merkle
from clearinghouse.kernel.canonical import canonical
from clearinghouse.ledger import chain
from clearinghouse.ledger.models import REMOVED, Entry, Head, Leaf, Leaves, Recorded
from clearinghouse.ledger.prepared import Prepared

CHUNK = 4096
MANY = 20  # changed rows that are stored one by one; more of them together


class Mismatched(Exception):
    """The grant was given for something else. A mistake in the code, never in the request."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """What happened. Facts are references, enums and counts, never free text of the room."""

    verb: ClassVar[str]
    step: ClassVar[StrEnum]


@dataclass(frozen=True)
class Change:
    """The rows of one line: the subject itself, rows stored with it, rows destroyed with it."""

    subject: Recorded
    stored: Sequence[Recorded] = ()
    removed: Sequence[Recorded] = ()


@dataclass
class Line:
    """A line while it is being written: rows are stored as they come, and only hashes are kept."""

    event: Event
    leaves: list[Leaf] = field(default_factory=list)

    def store(self, rows: Sequence[Recorded]) -> None:
        """Raises Stale where another hand was first; then nothing of the whole line is kept."""
        self.leaves += [_leaf(row, seal) for row, seal in _store(rows)]

    def take(self, prepared: Prepared) -> None:
        """What was made ready before the pen was taken. Raises Stale as `store` does."""
        prepared.move()
        self.leaves += prepared.leaves

    def remove(self, rows: Sequence[Recorded]) -> None:
        self.leaves += [_leaf(row, seal) for row, seal in _remove(rows)]


def record(grant: Grant, event: Event, *, changed: Recorded | Change, now: datetime) -> Entry:
    """Check the grant, take the pen, store the change, write the line: all of it or none.

    Raises Mismatched (a mistake in the code) or Stale (another hand was first; nothing is kept).
    """
    change = changed if isinstance(changed, Change) else Change(changed)
    with transaction.atomic():
        head = _begin(grant, event, change.subject)
        line = Line(event)
        line.store([change.subject, *change.stored])
        line.remove(change.removed)
        return _end(head, grant, line, change.subject, now)


@contextmanager
def recording(grant: Grant, event: Event, *, subject: Recorded, now: datetime) -> Iterator[Line]:
    """As `record`, for more rows than are to be held at once: store them as they are made.

    The event may be changed for one with the same verb and step while the line is open, when
    what it counts is known. Whatever is raised inside leaves nothing.
    """
    with transaction.atomic():
        head = _begin(grant, event, subject)
        line = Line(event)
        yield line
        _check(grant, line.event, subject)
        line.store([subject])
        _end(head, grant, line, subject, now)


def _begin(grant: Grant, event: Event, subject: Recorded) -> Head:
    """The pen first of all locks, so that no two recorders wait for each other."""
    _check(grant, event, subject)
    return chain.lock_head()


def _end(head: Head, grant: Grant, line: Line, subject: Recorded, now: datetime) -> Entry:
    entry = Entry(
        at=now,
        verb=line.event.verb,
        subject=subject.subject,
        version=subject.version,
        actor=grant.actor.reference,
        because=canonical(sorted(grant.because)),
        facts=canonical(asdict(line.event)),
        root=merkle.root([seal for _, _, seal in line.leaves]),
        count=len(line.leaves),
    )
    chain.append(head, entry)
    if len(line.leaves) > 1:
        keep(entry, line.leaves)
    return entry


def _check(grant: Grant, event: Event, changed: Recorded) -> None:
    """The version makes a grant good for one use: once recorded, its subject has moved on."""
    given = (type(grant.step), grant.step, grant.subject, grant.version)
    wanted = (type(event.step), event.step, changed.subject, changed.version)
    if given != wanted:
        raise Mismatched(f"a grant for {given[1:]} cannot record {wanted[1:]}")


def _store(rows: Sequence[Recorded]) -> Iterator[tuple[Recorded, str]]:
    """New rows in bulk, changed ones by compare-and-set; each with the hash the line keeps."""
    for (table, adding), run in groupby(rows, key=lambda r: (type(r), r._state.adding)):
        some = list(run)
        seen = [row.version for row in some]
        for row in some:
            row.version += 1
            yield row, row.seal()
        if adding:
            rows_of: models.QuerySet[Recorded] = models.QuerySet(table)
            rows_of.bulk_create(some, batch_size=500)
        elif len(some) < MANY:
            for row, version in zip(some, seen, strict=True):
                _compare_and_set(row, version)
        else:
            _compare_and_set_all(table, some, seen)


def _compare_and_set(row: Recorded, seen: int) -> None:
    """Works alike on SQLite and PostgreSQL: the second of two hands finds the version gone."""
    fields = [f.attname for f in row._meta.concrete_fields if not f.primary_key]
    values = {name: getattr(row, name) for name in fields}
    table: models.QuerySet[Recorded] = models.QuerySet(type(row))
    if table.filter(pk=row.pk, version=seen).update(**values) != 1:
        row.version = seen
        raise Stale(f"{row.subject} is no longer at version {seen}")


def _compare_and_set_all(
    table: type[Recorded], rows: Sequence[Recorded], seen: Sequence[int]
) -> None:
    """The same for many rows in few statements: who holds the pen is the only writer."""
    rows_of: models.QuerySet[Recorded] = models.QuerySet(table)
    fields = [f.name for f in table._meta.concrete_fields if not f.primary_key]
    for start in range(0, len(rows), 500):
        some = rows[start : start + 500]
        found = dict(rows_of.filter(pk__in=[r.pk for r in some]).values_list("pk", "version"))
        for row, version in zip(some, seen[start : start + 500], strict=True):
            if found.get(row.pk) != version:
                raise Stale(f"{row.subject} is no longer at version {version}")
        rows_of.bulk_create(
            some, update_conflicts=True, unique_fields=["id"], update_fields=fields
        )


def _remove(rows: Sequence[Recorded]) -> Iterator[tuple[Recorded, str]]:
    for row in rows:
        table: models.QuerySet[Recorded] = models.QuerySet(type(row))
        gone, _ = table.filter(pk=row.pk, version=row.version).delete()
        if gone != 1:
            raise Stale(f"{row.subject} is no longer at version {row.version}")
        yield row, REMOVED


def _leaf(row: Recorded, seal: str) -> Leaf:
    return row.subject.partition(":")[0], row.pk, seal


def keep(entry: Entry, leaves: Sequence[Leaf]) -> None:
    """Lay the leaves of a line beside it: model, id and hash of each row, in their order."""
    part = 0
    for label, run in groupby(leaves, key=lambda leaf: leaf[0]):
        some = [pk.bytes + bytes.fromhex(seal) for _, pk, seal in run]
        for start in range(0, len(some), CHUNK):
            kept = Leaves(entry=entry, part=part, model=label)
            kept.leaves = b"".join(some[start : start + CHUNK])
            models.Model.save(kept, force_insert=True, using=entry._state.db)
            part += 1
