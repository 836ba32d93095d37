"""record() is the only door through which the committee's data changes."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import ClassVar
from uuid import UUID

from django.db import models, transaction

from clearinghouse.access.errors import Stale
from clearinghouse.access.grant import Grant
from clearinghouse.kernel import merkle
from clearinghouse.kernel.canonical import canonical
from clearinghouse.ledger import chain
from clearinghouse.ledger.models import REMOVED, Entry, Leaves, Recorded

CHUNK = 4096


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


@transaction.atomic
def record(grant: Grant, event: Event, *, changed: Recorded | Change, now: datetime) -> Entry:
    """Check the grant, take the pen, store the change, write the line: all of it or none.

    Raises Mismatched (a mistake in the code) or Stale (another hand was first; nothing is kept).
    """
    change = changed if isinstance(changed, Change) else Change(changed)
    subject = change.subject
    _check(grant, event, subject)
    head = chain.lock_head()  # first of all locks, so that no two recorders wait for each other
    leaves = [*_store([subject, *change.stored]), *_remove(change.removed)]
    entry = Entry(
        at=now,
        verb=event.verb,
        subject=subject.subject,
        version=subject.version,
        actor=grant.actor.reference,
        because=canonical(sorted(grant.because)),
        facts=canonical(asdict(event)),
        root=merkle.root([seal for _, seal in leaves]),
        count=len(leaves),
    )
    chain.append(head, entry)
    if len(leaves) > 1:
        _keep(entry, leaves)
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
        else:
            for row, version in zip(some, seen, strict=True):
                _compare_and_set(row, version)


def _compare_and_set(row: Recorded, seen: int) -> None:
    """Works alike on SQLite and PostgreSQL: the second of two hands finds the version gone."""
    fields = [f.attname for f in row._meta.concrete_fields if not f.primary_key]
    values = {name: getattr(row, name) for name in fields}
    table: models.QuerySet[Recorded] = models.QuerySet(type(row))
    if table.filter(pk=row.pk, version=seen).update(**values) != 1:
        row.version = seen
        raise Stale(f"{row.subject} is no longer at version {seen}")


def _remove(rows: Sequence[Recorded]) -> Iterator[tuple[Recorded, str]]:
    for row in rows:
        table: models.QuerySet[Recorded] = models.QuerySet(type(row))
        gone, _ = table.filter(pk=row.pk, version=row.version).delete()
        if gone != 1:
            raise Stale(f"{row.subject} is no longer at version {row.version}")
        yield row, REMOVED


def _keep(entry: Entry, leaves: Sequence[tuple[Recorded, str]]) -> None:
    keep(entry, [(row.subject.partition(":")[0], row.pk, seal) for row, seal in leaves])


def keep(entry: Entry, leaves: Sequence[tuple[str, UUID, str]]) -> None:
    """Lay the leaves of a line beside it: model, id and hash of each row, in their order."""
    part = 0
    for label, run in groupby(leaves, key=lambda leaf: leaf[0]):
        some = [pk.bytes + bytes.fromhex(seal) for _, pk, seal in run]
        for start in range(0, len(some), CHUNK):
            kept = Leaves(entry=entry, part=part, model=label)
            kept.leaves = b"".join(some[start : start + CHUNK])
            models.Model.save(kept, force_insert=True, using=entry._state.db)
            part += 1
