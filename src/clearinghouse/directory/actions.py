"""What can be done to an entry. Each action asks, changes, records, and tells the index."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django.db import transaction

from clearinghouse.access.actor import Actor
from clearinghouse.directory import policy
from clearinghouse.directory.models import Bearing, Entry
from clearinghouse.directory.rules import WORKFLOW, Readers, Status, Step, Vocabulary
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.ledger.prepared import Prepared
from clearinghouse.ledger.record import Event, record
from clearinghouse.mandate.models import Body
from clearinghouse.search import actions as search
from clearinghouse.search.rules import Kind, fold


@dataclass(frozen=True, kw_only=True)
class Listed(Event):
    verb: ClassVar[str] = "directory.listed"
    step: ClassVar[Step] = Step.LIST
    kind: str


@dataclass(frozen=True, kw_only=True)
class Revised(Event):
    verb: ClassVar[str] = "directory.revised"
    step: ClassVar[Step] = Step.REVISE


@dataclass(frozen=True, kw_only=True)
class Confirmed(Event):
    verb: ClassVar[str] = "directory.confirmed"
    step: ClassVar[Step] = Step.CONFIRM


@dataclass(frozen=True, kw_only=True)
class WentStale(Event):
    verb: ClassVar[str] = "directory.went_stale"
    step: ClassVar[Step] = Step.GO_STALE


@dataclass(frozen=True, kw_only=True)
class Withdrawn(Event):
    verb: ClassVar[str] = "directory.withdrawn"
    step: ClassVar[Step] = Step.WITHDRAW


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What an entry says, already checked: its content, and the words it bears on."""

    titles: Mapping[str, str]
    content: Mapping[str, Any]
    inner: Mapping[str, Any]
    reference: str = ""
    bearings: Sequence[tuple[Vocabulary, str]] = ()
    concerns: Body | None = None


@dataclass(frozen=True)
class Place:
    """Where a new entry stands: under which code, of which kind and body, for which readers."""

    code: str
    kind: str
    body: Body
    readers: Readers


@transaction.atomic
def list_(place: Place, said: Wording, *, by: Actor, now: datetime) -> Entry:
    """A new entry: from a reviewed contribution, or announced by its owner."""
    entry = Entry(code=place.code, kind=place.kind, body=place.body, readers=place.readers)
    grant = policy.authorise(by, Step.LIST, entry)
    _word(entry, said, day_in_new_york(now))
    record(grant, Listed(kind=place.kind), changed=entry, now=now)
    _found_by(entry, said)
    return entry


@transaction.atomic
def revise(entry: Entry, said: Wording, *, by: Actor, now: datetime) -> None:
    """The entry says something new; what it said before stays with its contribution."""
    grant = policy.authorise(by, Step.REVISE, entry)
    _word(entry, said, day_in_new_york(now))
    record(grant, Revised(), changed=entry, now=now)
    _found_by(entry, said)


def confirm(entry: Entry, *, by: Actor, now: datetime) -> None:
    grant = policy.authorise(by, Step.CONFIRM, entry)
    entry.status = WORKFLOW.target(Status(entry.status), Step.CONFIRM)
    entry.last_confirmed = day_in_new_york(now)
    record(grant, Confirmed(), changed=entry, now=now)


def go_stale(entry: Entry, *, by: Actor, now: datetime) -> None:
    grant = policy.authorise(by, Step.GO_STALE, entry)
    entry.status = WORKFLOW.target(Status(entry.status), Step.GO_STALE)
    record(grant, WentStale(), changed=entry, now=now)


@transaction.atomic
def withdraw(entry: Entry, because: str, *, by: Actor, now: datetime) -> None:
    """Leaves a tombstone: the address answers with the date and the reason."""
    grant = policy.authorise(by, Step.WITHDRAW, entry)
    entry.status = WORKFLOW.target(Status(entry.status), Step.WITHDRAW)
    entry.withdrawn_on, entry.withdrawn_because = day_in_new_york(now), because
    record(grant, Withdrawn(), changed=entry, now=now)
    search.forget([entry.subject])


def worded(place: Place, said: Wording, *, entry: Entry | None = None, now: datetime) -> Entry:
    """One of many: a new entry, or this one as it now reads, given back to be recorded.

    Whoever has the grant for all of them records it in one line, with what `find_all` prepares.
    """
    one = entry or Entry(code=place.code, kind=place.kind, body=place.body, readers=place.readers)
    _word(one, said, day_in_new_york(now))
    return one


def find_all(said: Sequence[tuple[Entry, Wording]], into: Prepared) -> None:
    """The indexes of many entries, for the transaction of their line."""
    into.forget([Bearing(entry=entry) for entry, _ in said if entry.version > 1], "entry")
    bearings = (
        (entry.pk, v.value, w) for entry, one in said for v, w in dict.fromkeys(one.bearings)
    )
    into.fill(Bearing, ("entry_id", "vocabulary", "word"), bearings)
    search.prepare([_findable(entry) for entry, _ in said], into)


def gone(entries: Sequence[Entry], because: str, into: Prepared, *, now: datetime) -> None:
    """Many at once leave their tombstones: given back to be recorded, found no more."""
    for entry in entries:
        entry.status = WORKFLOW.target(Status(entry.status), Step.WITHDRAW)
        entry.withdrawn_on, entry.withdrawn_because = day_in_new_york(now), because
    search.prepare_to_forget([entry.subject for entry in entries], into)


def _word(entry: Entry, said: Wording, today: date) -> None:
    step = Step.LIST if entry.status == Status.NEW else Step.REVISE
    entry.status = WORKFLOW.target(Status(entry.status), step)
    if step == Step.LIST:
        entry.listed_on = today
    entry.last_confirmed = today
    entry.titles, entry.sort = dict(said.titles), sort_key(said.titles)
    entry.content, entry.inner = dict(said.content), dict(said.inner)
    entry.reference, entry.concerns = said.reference, said.concerns


def sort_key(titles: Mapping[str, str]) -> str:
    return fold(titles.get("en") or next(iter(titles.values()), ""))[:200]


def _found_by(entry: Entry, said: Wording) -> None:
    """The index of words, and the index of texts, in the transaction of the change."""
    held = Bearing.objects.unscoped("made again from the content")
    held.filter(entry=entry).delete()
    words = dict.fromkeys(said.bearings)
    held.bulk_create([Bearing(entry=entry, vocabulary=v, word=w) for v, w in words])
    search.put([_findable(entry)])


def _findable(entry: Entry) -> search.Findable:
    return search.Findable(
        subject=entry.subject,
        kind=Kind.ENTRY,
        reference=entry.code,
        titles=entry.titles,
        texts=[*_texts(entry.content.values()), *entry.body.names.values()],
        marks=policy.marks(entry),
    )


def _texts(values: Iterable[Any]) -> Iterable[str]:
    """The words in the languages of a content: what is searched."""
    return (text for value in values if isinstance(value, dict) for text in value.values())
