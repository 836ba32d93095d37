"""Rows made ready before the pen is taken, so that a great many of them are stored in seconds.

They wait in tables of this connection alone (`rooms`): no other writer notices them, and they end
with it. One statement a table then moves them all, while the pen is held (`Line.take`).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, partial
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from clearinghouse.access.errors import Stale
from clearinghouse.ledger import rooms
from clearinghouse.ledger.models import REMOVED, Leaf, Recorded

Table = type[models.Model]
Write = Callable[[Any], Any]
AS_THEY_ARE = frozenset({"CharField", "TextField", "PositiveIntegerField"})
PLAIN = frozenset({str, int})


class Act(StrEnum):
    """What is to be done with the rows of one temporary table, in this order."""

    FORGET = "forget"  # rows of an index, by one of their columns
    REMOVE = "remove"
    CHANGE = "change"
    ADD = "add"


@dataclass
class Waiting:
    """One temporary table: rows of one model, waiting for one act."""

    act: Act
    model: Table
    columns: Sequence["models.Field[Any, Any]"]
    count: int = 0
    room: str = ""

    @cached_property
    def writers(self) -> list[Write]:
        """What makes of a value of each column what the database takes."""
        return [_writer(each) for each in self.columns]

    def written(self, values: Sequence[Any]) -> list[Any]:
        return [write(value) for write, value in zip(self.writers, values, strict=True)]

    @property
    def name(self) -> str:
        return f"waiting_{self.act}_{self.model._meta.db_table}"

    @property
    def listed(self) -> str:
        return ", ".join(_quoted(column_of(each)) for each in self.columns)


@dataclass
class Prepared:
    """Rows until the line that stores them: of each only its hash is held in memory."""

    room: str = field(default_factory=rooms.temporary)
    leaves: list[Leaf] = field(default_factory=list)
    _tables: dict[str, Waiting] = field(default_factory=dict)

    def store(self, rows: Iterable[Recorded]) -> None:
        """New ones, and changed ones that must still be as they were read when they are moved."""
        for (model, adding), run in groupby(rows, key=lambda r: (type(r), r._state.adding)):
            some = list(run)
            for row in some:
                row.version += 1
                self.leaves.append((_label(row), row.pk, row.seal()))
            columns = model._meta.concrete_fields
            self._wait(Waiting(Act.ADD if adding else Act.CHANGE, model, columns), some)

    def remove(self, rows: Iterable[Recorded]) -> None:
        for model, run in groupby(rows, key=model_of):
            some = list(run)
            self.leaves += [(_label(row), row.pk, REMOVED) for row in some]
            columns = [f for f in model._meta.concrete_fields if f.name in {"id", "version"}]
            self._wait(Waiting(Act.REMOVE, model, columns), some)

    def index(self, rows: Iterable[models.Model]) -> None:
        """New rows of a table that is made again from others, and is not on the record."""
        for model, run in groupby(rows, key=model_of):
            self._wait(Waiting(Act.ADD, model, _own_columns(model)), list(run))

    def fill(self, model: Table, columns: Sequence[str], values: Iterable[Sequence[Any]]) -> None:
        """As `index`, for many small rows: their values, in the order of the columns."""
        named = {f.attname: f for f in model._meta.concrete_fields}
        self._put(Waiting(Act.ADD, model, [named[each] for each in columns]), values)

    def forget(self, rows: Iterable[models.Model], column: str) -> None:
        """Whatever such a table has under the same value of this column."""
        for model, run in groupby(rows, key=model_of):
            columns = [f for f in model._meta.concrete_fields if f.name == column]
            self._wait(Waiting(Act.FORGET, model, columns), list(run))

    def move(self) -> None:
        """All of them, where they belong; the pen is held. Raises Stale."""
        order = list(Act)
        for waiting in sorted(self._tables.values(), key=lambda w: order.index(w.act)):
            ACTS[waiting.act](waiting)

    def drop(self) -> None:
        for waiting in self._tables.values():
            _drop(waiting)
        self._tables.clear()

    def _wait(self, wanted: Waiting, rows: Sequence[models.Model]) -> None:
        names = [each.attname for each in wanted.columns]
        self._put(wanted, ([vars(row)[name] for name in names] for row in rows))

    def _put(self, wanted: Waiting, rows: Iterable[Sequence[Any]]) -> None:
        if wanted.name not in self._tables:
            wanted.room = self.room
            _create(wanted)
            self._tables[wanted.name] = wanted
        table = self._tables[wanted.name]
        marks = ", ".join(["%s"] * len(table.columns))
        values = [table.written(row) for row in rows]
        table.count += len(values)
        with rooms.at_once(), connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {_temporary(table)} VALUES ({marks})", values)


def lay_down(rows: Iterable[models.Model]) -> None:
    """New rows of a table that is not on the record, at once where they belong."""
    for model, run in groupby(rows, key=model_of):
        wanted = Waiting(Act.ADD, model, _own_columns(model))
        names = [each.attname for each in wanted.columns]
        marks = ", ".join(["%s"] * len(names))
        values = [wanted.written([vars(row)[name] for name in names]) for row in run]
        into = f"INSERT INTO {_quoted(model._meta.db_table)} ({wanted.listed}) VALUES ({marks})"
        with transaction.atomic(savepoint=False), connection.cursor() as cursor:
            cursor.executemany(into, values)


@contextmanager
def preparing() -> Iterator[Prepared]:
    """The tables are gone when it is left, whatever happened."""
    with rooms.opened() as room:
        prepared = Prepared(room)
        try:
            yield prepared
        finally:
            prepared.drop()


def _add(waiting: Waiting) -> None:
    table = _quoted(waiting.model._meta.db_table)
    _run(
        f"INSERT INTO {table} ({waiting.listed}) "
        f"SELECT {waiting.listed} FROM {_temporary(waiting)}"
    )


def _change(waiting: Waiting) -> None:
    """Compare and set, all at once: one row that is not as it was read refuses them all."""
    table = _quoted(waiting.model._meta.db_table)
    told = [_quoted(column_of(f)) for f in waiting.columns if not f.primary_key]
    changed = _run(
        f"UPDATE {table} SET {', '.join(f'{c} = w.{c}' for c in told)} "
        f"FROM {_temporary(waiting)} AS w "
        f"WHERE {table}.id = w.id AND {table}.version = w.version - 1"
    )
    _must_be_all(waiting, changed)


def _remove(waiting: Waiting) -> None:
    table, there = _quoted(waiting.model._meta.db_table), _temporary(waiting)
    seen = f"SELECT t.id FROM {there} w JOIN {table} t ON t.id = w.id AND t.version = w.version"
    _must_be_all(waiting, _run(f"DELETE FROM {table} WHERE id IN ({seen})"))


def _forget(waiting: Waiting) -> None:
    table = _quoted(waiting.model._meta.db_table)
    _run(
        f"DELETE FROM {table} WHERE {waiting.listed} IN "
        f"(SELECT {waiting.listed} FROM {_temporary(waiting)})"
    )


def _must_be_all(waiting: Waiting, done: int) -> None:
    if done != waiting.count:
        few = waiting.count - done
        raise Stale(f"{few} of {waiting.model._meta.label_lower} are no longer as they were read")


ACTS = {Act.FORGET: _forget, Act.REMOVE: _remove, Act.CHANGE: _change, Act.ADD: _add}


def _create(waiting: Waiting) -> None:
    _drop(waiting)
    table = _quoted(waiting.model._meta.db_table)
    _run(f"CREATE TABLE {_temporary(waiting)} AS SELECT {waiting.listed} FROM {table} WHERE 1 = 0")


def _drop(waiting: Waiting) -> None:
    _run(f"DROP TABLE IF EXISTS {_temporary(waiting)}")


def _temporary(waiting: Waiting) -> str:
    """By its whole name, so that no table of anybody else's is ever meant."""
    return f"{waiting.room}.{_quoted(waiting.name)}"


def _run(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _writer(column: "models.Field[Any, Any]") -> Write:
    """As the column itself would write it; most values are written as they are, and at once."""
    to = transaction.get_connection()
    slowly = partial(column.get_db_prep_save, connection=to)
    kind = (column.target_field if column.is_relation else column).get_internal_type()  # type: ignore[attr-defined]  # of a relation
    if kind in AS_THEY_ARE:
        return lambda value: value if type(value) in PLAIN else slowly(value)
    if kind == "UUIDField" and not to.features.has_native_uuid_field:
        return lambda value: value.hex if type(value) is UUID else slowly(value)
    return slowly


def _own_columns(model: Table) -> list["models.Field[Any, Any]"]:
    """Without a number that the database gives."""
    return [f for f in model._meta.concrete_fields if not isinstance(f, models.AutoField)]


def column_of(field_: "models.Field[Any, Any]") -> str:
    return str(field_.column)


def model_of(row: models.Model) -> Table:
    return type(row)


def _label(row: Recorded) -> str:
    return row.subject.partition(":")[0]
