"""What can be done with figures: the pack brings names, a file brings figures, on the record."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from django.db import IntegrityError
from django.db.models import Q

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Invalid, Stale
from clearinghouse.assistance import policy, queries
from clearinghouse.assistance.formats import crs
from clearinghouse.assistance.models import Figure, FigureTable, Purpose, SourceName
from clearinghouse.assistance.rules import SOURCE, Kind, Step
from clearinghouse.ledger.prepared import preparing
from clearinghouse.ledger.reconcile import Difference, reconcile
from clearinghouse.ledger.record import Change, Event, record, recording
from clearinghouse.mandate.models import Pack


@dataclass(frozen=True, kw_only=True)
class Loaded(Event):
    verb: ClassVar[str] = "assistance.loaded"
    step: ClassVar[Step] = Step.LOAD
    new: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class Imported(Event):
    verb: ClassVar[str] = "assistance.imported"
    step: ClassVar[Step] = Step.IMPORT
    kind: str
    year: int
    figures: int
    removed: int


@dataclass
class Report:
    """What an import did, and every row and column that was not matched."""

    kind: Kind
    year: int
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    again: bool = False  # the very file that stands already
    rows_kept_as_named: list[str] = field(default_factory=list)
    columns_unknown: list[str] = field(default_factory=list)
    columns_bearing_on_nothing: int = 0
    purposes_without_column: list[str] = field(default_factory=list)


def load(
    pack: Pack,
    purposes: Sequence[Mapping[str, Any]],
    names: Sequence[Mapping[str, Any]],
    *,
    by: Actor,
    now: datetime,
) -> list[Difference[Any]]:
    """Bring the purposes and the source's names to what the pack says."""
    found: list[Difference[Any]] = [
        reconcile(Purpose, ("code",), purposes),
        reconcile(SourceName, ("code",), names),
    ]
    rows = [row for each in found for row in each.rows]
    if rows:
        grant = policy.authorise(by, Step.LOAD, pack)
        new, changed = sum(len(d.new) for d in found), sum(len(d.changed) for d in found)
        record(grant, Loaded(new=new, changed=changed), changed=Change(pack, rows), now=now)
    return found


def import_crs(content: bytes, name: str, year: int, *, by: Actor, now: datetime) -> Report:
    """All of a table or nothing. The same file again changes nothing; a corrected one corrects.

    Killed before its end, nothing of it stands: it is asked again. Raises Invalid with every
    fault of the file, by row and column; Stale where another hand brings in the same table.
    """
    table = crs.read(content)
    if table.faults:
        raise Invalid({name: table.faults})
    report, hash_ = Report(table.kind, year), hashlib.sha256(content).hexdigest()
    stored = queries.table_of(table.kind, year)
    source = FigureTable(kind=table.kind, year=year) if stored is None else stored
    policy.authorise(by, Step.IMPORT, source)
    wanted = list(_wanted(table, source, report))
    if source.hash == hash_:
        report.again, report.unchanged = True, len(wanted)
        return report
    source.name, source.hash, source.imported_at = name[:200], hash_, now
    source.source = f"{SOURCE}, {year}"
    try:
        _store(source, wanted, report, by=by, now=now)
    except IntegrityError:
        raise Stale("another hand brings in the same table") from None
    return report


def _store(
    source: FigureTable,
    wanted: list[dict[str, Any]],
    report: Report,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Made ready while others write; what a corrected file leaves out goes in the same line."""
    keys = {(w["recipient_code"], w["other_code"]) for w in wanted}
    own = Q(table_id=source.pk)
    gone = [f for f in Figure.objects.filter(own) if (f.recipient_code, f.other_code) not in keys]
    found = reconcile(Figure, ("table_id", "recipient_code", "other_code"), wanted, own)
    report.new, report.changed = len(found.new), len(found.changed)
    report.unchanged, report.removed = found.unchanged, len(gone)
    event = Imported(
        kind=source.kind, year=source.year, figures=len(found.rows), removed=len(gone)
    )
    grant = policy.authorise(by, Step.IMPORT, source)
    with preparing() as ready:
        ready.store(found.rows)
        ready.remove(gone)
        with recording(grant, event, subject=source, now=now) as line:
            line.take(ready)


def _wanted(table: crs.Table, source: FigureTable, report: Report) -> Iterator[dict[str, Any]]:
    names, columns = queries.source_names(), _columns(table, report)
    for row in table.rows:
        known = names.get(row.code)
        state = known.body if known and known.body and known.body.is_state else None
        if state is None:
            report.rows_kept_as_named.append(f"row {row.line}: {row.name}")
        for code, amount in row.amounts.items():
            if code in columns:
                donor = names.get(code) if table.kind == Kind.DONOR else None
                yield {
                    "table_id": source.pk,
                    "recipient_id": state.pk if state else None,
                    "recipient_code": row.code,
                    "recipient_name": row.name,
                    "donor_id": donor.body_id if donor else None,
                    "other_code": code,
                    "other_name": columns[code],
                    "amount": amount,
                    "line": row.line,
                }


def _columns(table: crs.Table, report: Report) -> dict[str, str]:
    """The columns that are kept, with their names; the rest is reported."""
    if table.kind == Kind.DONOR:
        kept = {c.code: c.name for c in table.columns if c.code != crs.BLANK and c.name}
    else:
        known = queries.purposes()
        kept = {c.code: known[c.code].name for c in table.columns if c.code in known}
        _bearing(kept, report)
    report.columns_unknown = [c.code for c in table.columns if c.code not in kept]
    return kept


def _bearing(kept: Iterable[str], report: Report) -> None:
    walk = queries.purposes_borne()
    report.columns_bearing_on_nothing = sum(code not in walk for code in kept)
    report.purposes_without_column = sorted(set(walk) - set(kept))
