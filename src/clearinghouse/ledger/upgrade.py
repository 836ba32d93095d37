"""A migration is on the record: verified before it, and what it changed sealed anew after it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from typing import Any
from uuid import UUID, uuid4

from django.apps.registry import Apps
from django.db import connections, models, transaction
from django.db.migrations import Migration, RunPython, RunSQL

from clearinghouse.access.actor import OPERATOR
from clearinghouse.access.errors import Invalid
from clearinghouse.kernel import merkle
from clearinghouse.kernel.canonical import canonical, digest
from clearinghouse.ledger import chain, verify
from clearinghouse.ledger.models import UPGRADED, Entry, Head
from clearinghouse.ledger.record import keep

ITSELF = "ledger.upgrade"
MARKS = {"version", "salt"}  # the columns that every recorded table has, and no other

Shape = dict[str, str]  # the kind of each column by its name
Leaf = tuple[str, UUID, str]


class Unvouched(Invalid):
    """The record does not hold: an upgrade would seal what nobody wrote down."""


@dataclass(frozen=True)
class Before:
    """The recorded tables as they were, and the rooms whose migrations rewrite rows."""

    shapes: dict[str, Shape]
    rewriting: frozenset[str]

    def may_change(self, label: str, shape: Shape) -> bool:
        return self.shapes.get(label) != shape or label.partition(".")[0] in self.rewriting


def begin(apps: Apps, plan: Sequence[tuple[Migration, bool]], using: str) -> Before | None:
    """Verify with the tables as they still are; None where there is nothing to vouch for."""
    if not plan or Entry._meta.db_table not in connections[using].introspection.table_names():
        return None
    tables = recorded(apps)
    with transaction.atomic(using=using):
        broken = verify.broken_chain(using=using) or verify.broken_row(tables.values(), using)
    if broken:
        said = f"nothing was migrated, for the record does not hold: {broken}"
        raise Unvouched({"record": [said]})
    return Before({label: shape(table) for label, table in tables.items()}, _rewriting(plan))


def finish(before: Before, apps: Apps, using: str, now: datetime) -> Entry | None:
    """Seal the rows that the migration changed, in one line that names tables and columns."""
    after = {
        label: table
        for label, table in sorted(recorded(apps).items())
        if before.may_change(label, shape(table))
    }
    with transaction.atomic(using=using):
        head = chain.lock_head(using)
        leaves = [leaf for table in after.values() for leaf in _changed(table, using)]
        if not leaves:
            return None
        touched = sorted({label for label, _, _ in leaves})
        told = {name: _told(before.shapes.get(name, {}), shape(after[name])) for name in touched}
        facts = {"code": version("clearinghouse"), "tables": told}
        return _write(head, facts, leaves, now)


def recorded(apps: Apps) -> dict[str, type[models.Model]]:
    """The recorded tables of any time, told by their columns: past models have no base class."""
    return {
        table._meta.label_lower: table
        for table in apps.get_models(include_auto_created=True)
        if isinstance(table._meta.pk, models.UUIDField)
        and {f.attname for f in table._meta.concrete_fields} >= MARKS
        and not table._meta.proxy
    }


def shape(table: type[models.Model]) -> Shape:
    return {f.attname: str(f.deconstruct()[1]) for f in table._meta.concrete_fields}


def _rewriting(plan: Iterable[tuple[Migration, bool]]) -> frozenset[str]:
    return frozenset(
        migration.app_label
        for migration, _ in plan
        if any(isinstance(step, RunPython | RunSQL) for step in migration.operations)
    )


def _changed(table: type[models.Model], using: str) -> Iterable[Leaf]:
    label = table._meta.label_lower
    return ((label, found.pk, found.seal) for found in verify.differences(table, using))


def _told(before: Shape, after: Shape) -> dict[str, list[str]]:
    return {
        "gone": sorted(before.keys() - after.keys()),
        "new": sorted(after.keys() - before.keys()),
        "other": sorted(n for n in before.keys() & after.keys() if before[n] != after[n]),
    }


def _write(head: Head, facts: dict[str, Any], leaves: Sequence[Leaf], now: datetime) -> Entry:
    """The first leaf is the upgrade's own, so that a single row is kept beside the line too."""
    own = uuid4()
    kept = [(ITSELF, own, digest(facts)), *leaves]
    entry = Entry(at=now, verb=UPGRADED, subject=f"{ITSELF}:{own}", version=1)
    entry.actor, entry.because = OPERATOR.reference, canonical(["operator"])
    entry.facts, entry.count = canonical(facts), len(kept)
    entry.root = merkle.root([seal for _, _, seal in kept])
    chain.append(head, entry)
    keep(entry, kept)
    return entry
