"""Writes the index, in the transaction of the change that makes a thing findable or not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from clearinghouse.ledger.prepared import Prepared
from clearinghouse.search.models import Indexed, Mark
from clearinghouse.search.rules import Kind, fold


@dataclass(frozen=True, kw_only=True)
class Findable:
    """A thing as the index keeps it: `texts` are searched, `titles` are shown."""

    subject: str
    kind: Kind
    reference: str
    titles: Mapping[str, str]
    texts: Iterable[str] = field(default=())
    marks: frozenset[str]


@transaction.atomic
def put(things: Iterable[Findable]) -> None:
    """Index these anew; what was indexed of them before is replaced. No mark: not findable."""
    some = list(things)
    forget(t.subject for t in some)
    rows = [(_row(t), t.marks) for t in some if t.marks]
    Indexed.objects.unscoped("indexing").bulk_create([r for r, _ in rows], batch_size=500)
    marks = [Mark(indexed=row, mark=mark) for row, kept in rows for mark in sorted(kept)]
    Mark.objects.unscoped("indexing").bulk_create(marks, batch_size=500)


def prepare(things: Iterable[Findable], into: Prepared) -> None:
    """As `put`, for the transaction of the line that takes what is prepared."""
    some = list(things)
    prepare_to_forget([t.subject for t in some], into)
    rows = [(_row(t), t.marks) for t in some if t.marks]
    into.index([r for r, _ in rows])
    marks = ((row.pk, mark) for row, kept in rows for mark in sorted(kept))
    into.fill(Mark, ("indexed_id", "mark"), marks)


def prepare_to_forget(subjects: Iterable[str], into: Prepared) -> None:
    found = Indexed.objects.unscoped("indexing").filter(subject__in=list(subjects))
    rows = list(found.only("pk"))
    into.forget([Mark(indexed=row) for row in rows], "indexed")
    into.forget(rows, "id")


def forget(subjects: Iterable[str]) -> None:
    names = list(subjects)
    for start in range(0, len(names), 500):
        some = names[start : start + 500]
        Indexed.objects.unscoped("indexing").filter(subject__in=some).delete()


def _row(thing: Findable) -> Indexed:
    title = thing.titles.get("en") or next(iter(thing.titles.values()), "")
    words = " ".join(map(fold, [*thing.titles.values(), *thing.texts]))
    return Indexed(
        subject=thing.subject,
        kind=thing.kind,
        reference=thing.reference,
        titles=dict(thing.titles),
        sort=fold(title)[:200],
        words=words,
    )
