"""Where the rows of a batch go, the register or the directory: worded, stored, indexed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Protocol

from clearinghouse.batches.models import Batch
from clearinghouse.batches.queries.standing import Standing
from clearinghouse.directory import actions as directory
from clearinghouse.directory.models import Entry
from clearinghouse.ledger.prepared import Prepared
from clearinghouse.ledger.record import Change
from clearinghouse.mandate.models import Obligation
from clearinghouse.standards import actions as standards
from clearinghouse.standards.models import Standard
from clearinghouse.submissions.actions import listing
from clearinghouse.submissions.models import Submission
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind


class Shelf(Protocol):
    """Where entries stand. What is worded, removed or restored is made ready by `prepare`."""

    def word(self, one: Submission, there: Standing | None, now: datetime) -> None: ...

    def remove(self, there: Standing, because: str, into: Prepared, now: datetime) -> None: ...

    def restore(
        self, there: Standing, before: Submission, stood: Mapping[str, Any], now: datetime
    ) -> None: ...

    def prepare(self, into: Prepared) -> None: ...


class OfDirectory:
    """The directory: one row an entry, and the words it bears on."""

    def __init__(self, kind: Kind) -> None:
        self.definition = DEFINITIONS[kind]
        self.said: list[tuple[Entry, directory.Wording]] = []
        self.gone: list[Entry] = []

    def word(self, one: Submission, there: Standing | None, now: datetime) -> None:
        said = listing.entry_wording(self.definition, one.content)
        if self.definition.readers is None:
            raise LookupError(f"a {one.kind} does not become an entry")
        place = directory.Place(one.entry, one.kind, one.body, self.definition.readers)
        entry = there.thing if there else None
        worded = directory.worded(place, said, entry=entry, now=now)  # type: ignore[arg-type]  # of this shelf's own kind
        self.said.append((worded, said))

    def remove(self, there: Standing, because: str, into: Prepared, now: datetime) -> None:
        directory.gone([there.thing], because, into, now=now)  # type: ignore[list-item]  # as above
        self.gone.append(there.thing)  # type: ignore[arg-type]  # as above

    def restore(
        self, there: Standing, before: Submission, stood: Mapping[str, Any], now: datetime
    ) -> None:
        self.word(before, there, now)
        _go_back(there.thing, stood)

    def prepare(self, into: Prepared) -> None:
        into.store([*(entry for entry, _ in self.said), *self.gone])
        directory.find_all(self.said, into)
        self.said, self.gone = [], []


class OfRegister:
    """The register: standards, their editions, and the paragraphs they bear on."""

    def __init__(self) -> None:
        self.obligations = Obligation.objects.in_bulk(field_name="ref")
        self.said: list[Change] = []
        self.gone: list[Standard] = []

    def word(self, one: Submission, there: Standing | None, now: datetime) -> None:
        self.said.append(self._worded(one, there, now))

    def remove(self, there: Standing, because: str, into: Prepared, now: datetime) -> None:
        standards.gone([there.thing], because, into, now=now)  # type: ignore[list-item]  # of this shelf's own kind
        self.gone.append(there.thing)  # type: ignore[arg-type]  # as above

    def restore(
        self, there: Standing, before: Submission, stood: Mapping[str, Any], now: datetime
    ) -> None:
        change = self._worded(before, there, now)
        self.said.append(standards.with_editions(change, stood["editions"]))
        _go_back(there.thing, stood)

    def prepare(self, into: Prepared) -> None:
        worded = [change.subject for change in self.said]
        into.store([*worded, *self.gone])
        parts = [part for change in self.said for part in change.stored]
        into.store(sorted(parts, key=lambda part: type(part).__name__))
        into.remove(part for change in self.said for part in change.removed)
        standards.find_all(worded, into)  # type: ignore[arg-type]  # as above
        self.said, self.gone = [], []

    def _worded(self, one: Submission, there: Standing | None, now: datetime) -> Change:
        said = listing.standard_wording(one.content, self.obligations)
        standard = there.thing if there else None
        return standards.worded(one.entry, one.body, said, standard=standard, now=now)  # type: ignore[arg-type]  # as above


def shelf_of(batch: Batch) -> Shelf:
    return OfRegister() if batch.kind == Kind.STANDARD else OfDirectory(Kind(batch.kind))


def _go_back(thing: Entry | Standard, stood: Mapping[str, Any]) -> None:
    """Undoing is no confirmation: the day on which it was last confirmed is that of before."""
    thing.status = stood["status"]
    said = stood["confirmed"]
    thing.last_confirmed = date.fromisoformat(said) if said else None
