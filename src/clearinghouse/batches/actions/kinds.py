"""Where the rows of a batch go, the register or the directory: worded, stored, indexed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Protocol

from clearinghouse.batches.models import Batch
from clearinghouse.batches.queries.standing import Standing
from clearinghouse.directory import actions as directory
from clearinghouse.directory.models import Entry
from clearinghouse.ledger.models import Recorded
from clearinghouse.ledger.record import Change, Line
from clearinghouse.mandate.models import Obligation
from clearinghouse.standards import actions as standards
from clearinghouse.standards.models import Standard
from clearinghouse.submissions.actions import listing
from clearinghouse.submissions.models import Submission
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind


class Shelf(Protocol):
    """Where entries stand. What is worded, removed or restored is stored by the next `store`."""

    def word(self, one: Submission, there: Standing | None, now: datetime) -> None: ...

    def remove(self, there: Standing, because: str, now: datetime) -> None: ...

    def restore(
        self, there: Standing, before: Submission, stood: Mapping[str, Any], now: datetime
    ) -> None: ...

    def store(self, line: Line) -> None: ...


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

    def remove(self, there: Standing, because: str, now: datetime) -> None:
        directory.gone([there.thing], because, now=now)  # type: ignore[list-item]  # as above
        self.gone.append(there.thing)  # type: ignore[arg-type]  # as above

    def restore(
        self, there: Standing, before: Submission, stood: Mapping[str, Any], now: datetime
    ) -> None:
        self.word(before, there, now)
        _go_back(there.thing, stood)

    def store(self, line: Line) -> None:
        entries = [entry for entry, _ in self.said]
        line.store(_new_first([*entries, *self.gone]))
        directory.found_by_all(self.said)
        self.said, self.gone = [], []


class OfRegister:
    """The register: standards, their editions, and the paragraphs they bear on."""

    def __init__(self) -> None:
        self.obligations = Obligation.objects.in_bulk(field_name="ref")
        self.said: list[Change] = []
        self.gone: list[Standard] = []

    def word(self, one: Submission, there: Standing | None, now: datetime) -> None:
        self.said.append(self._worded(one, there, now))

    def remove(self, there: Standing, because: str, now: datetime) -> None:
        standards.gone([there.thing], because, now=now)  # type: ignore[list-item]  # of this shelf's own kind
        self.gone.append(there.thing)  # type: ignore[arg-type]  # as above

    def restore(
        self, there: Standing, before: Submission, stood: Mapping[str, Any], now: datetime
    ) -> None:
        change = self._worded(before, there, now)
        self.said.append(standards.with_editions(change, stood["editions"]))
        _go_back(there.thing, stood)

    def store(self, line: Line) -> None:
        worded = [change.subject for change in self.said]
        line.store(_new_first([*worded, *self.gone]))
        parts = [part for change in self.said for part in change.stored]
        line.store(sorted(parts, key=lambda part: type(part).__name__))
        line.remove([part for change in self.said for part in change.removed])
        standards.index(worded)  # type: ignore[arg-type]  # as above
        self.said, self.gone = [], []

    def _worded(self, one: Submission, there: Standing | None, now: datetime) -> Change:
        said = listing.standard_wording(one.content, self.obligations)
        standard = there.thing if there else None
        return standards.worded(one.entry, one.body, said, standard=standard, now=now)  # type: ignore[arg-type]  # as above


def shelf_of(batch: Batch) -> Shelf:
    return OfRegister() if batch.kind == Kind.STANDARD else OfDirectory(Kind(batch.kind))


def _new_first(rows: list[Any]) -> list[Recorded]:
    return sorted(rows, key=lambda row: row.version > 0)


def _go_back(thing: Entry | Standard, stood: Mapping[str, Any]) -> None:
    """Undoing is no confirmation: the day on which it was last confirmed is that of before."""
    thing.status = stood["status"]
    said = stood["confirmed"]
    thing.last_confirmed = date.fromisoformat(said) if said else None
