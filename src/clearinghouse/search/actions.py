"""Writes the index, in the transaction of the change that makes a thing findable or not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction

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


def forget(subjects: Iterable[str]) -> None:
    names = list(subjects)
    for start in range(0, len(names), 500):
        some = names[start : start + 500]
        Indexed.objects.unscoped("indexing").filter(subject__in=some).delete()


def _row(thing: Findable) -> Indexed:
    title = thing.titles.get("en") or next(iter(thing.titles.values()), "")
    words = fold(" ".join([*thing.titles.values(), *thing.texts]))
    return Indexed(
        subject=thing.subject,
        kind=thing.kind,
        reference=thing.reference,
        titles=dict(thing.titles),
        sort=fold(title)[:200],
        words=words,
    )
