"""Copies a running PostgreSQL table by table, from one snapshot, and fills an empty database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from clearinghouse.backups.archive import Say
from clearinghouse.backups.manifest import Manifest, Table, refuse
from clearinghouse.backups.pace import Pace

FOLDER = "database"
CHUNK = 1 << 18
COLUMNS = """
SELECT table_name, column_name FROM information_schema.columns
JOIN information_schema.tables USING (table_schema, table_name)
WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND is_generated = 'NEVER'
ORDER BY table_name, ordinal_position
"""
NUMBERED = """
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = 'public' AND is_identity = 'YES'
"""


@contextmanager
def snapshot() -> Iterator[Any]:
    """A cursor to which the database stands still; nobody waits for it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield cursor


def copy(cursor: Any, staging: Path, found: dict[str, Table], say: Say) -> list[tuple[str, Path]]:
    """Each table as text that any later PostgreSQL reads (COPY)."""
    parts, pace = [], Pace("copied", say)
    (staging / FOLDER).mkdir(mode=0o700)
    for name, table in found.items():
        path = staging / FOLDER / f"{name}.copy"
        with path.open("wb") as file, cursor.copy(f"COPY {_of(name, table)} TO STDOUT") as rows:
            for some in rows:
                pace.come(file.write(some))
        parts.append((f"{FOLDER}/{path.name}", path))
    return parts


def tables(cursor: Any) -> dict[str, Table]:
    cursor.execute(COLUMNS)
    columns: dict[str, list[str]] = {}
    for name, column in cursor.fetchall():
        columns.setdefault(name, []).append(column)
    return {name: Table(_count(cursor, name), listed) for name, listed in columns.items()}


def fill(cursor: Any, staging: Path, told: Manifest, say: Say) -> None:
    """Put every row into tables that a migration has just made, past the triggers of the record.

    In a transaction of the caller's, as the tables' owner: either all of it stays or nothing.
    """
    present = tables(cursor)
    if missing := sorted(told.tables.keys() - present.keys()):
        raise refuse(f"it has tables that this version does not know: {', '.join(missing)}")
    quoted = ", ".join(f'"{name}"' for name in present)
    for name in present:
        cursor.execute(f'ALTER TABLE "{name}" DISABLE TRIGGER USER')
    cursor.execute(f"TRUNCATE {quoted}")
    pace = Pace("filled in", say)
    for name, table in told.tables.items():
        _fill(
            cursor, staging / FOLDER / f"{name}.copy", f"COPY {_of(name, table)} FROM STDIN", pace
        )
        if (found := _count(cursor, name)) != table.rows:
            raise refuse(f"table {name} has {found} rows, not {table.rows}")
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # checked here, else no table can be altered
    for name in present:
        cursor.execute(f'ALTER TABLE "{name}" ENABLE TRIGGER USER')
    _renumber(cursor)


def _fill(cursor: Any, path: Path, statement: str, pace: Pace) -> None:
    with path.open("rb") as file, cursor.copy(statement) as rows:
        while some := file.read(CHUNK):
            rows.write(some)
            pace.come(len(some))


def _renumber(cursor: Any) -> None:
    """The next number of each table is one that no row has."""
    cursor.execute(NUMBERED)
    for table, column in cursor.fetchall():
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'),"  # noqa: S608  # the database's own names
            f' coalesce(max("{column}"), 1), max("{column}") IS NOT NULL) FROM "{table}"'
        )


def _of(name: str, table: Table) -> str:
    listed = ", ".join(f'"{column}"' for column in table.columns)
    return f'"{name}" ({listed})'


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608  # the database's own name
    return int(cursor.fetchone()[0])
