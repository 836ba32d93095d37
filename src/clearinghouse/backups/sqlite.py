"""Copies a running SQLite database page by page, from one snapshot, and looks into a copy."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connections

from clearinghouse.backups.archive import Say
from clearinghouse.backups.manifest import Table
from clearinghouse.backups.pace import Pace

PART = "database.sqlite3"
PAGES = 4096  # copied at a time
PAGE = 4096  # bytes, near enough for telling how far it has come


def copy(staging: Path, say: Say) -> list[tuple[str, Path]]:
    """A consistent copy of the database as it is now; writers do not wait, and are not seen.

    The read that begins the transaction fixes what is seen until it ends (WAL).
    """
    name, target = str(connections["default"].settings_dict["NAME"]), staging / PART
    pace, done = Pace("copied", say), [0]

    def progress(_status: int, remaining: int, total: int) -> None:
        pace.come((total - remaining - done[0]) * PAGE)
        done[0] = total - remaining

    with closing(sqlite3.connect(name)) as source, closing(sqlite3.connect(target)) as made:
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(made, pages=PAGES, progress=progress)
        made.execute("PRAGMA journal_mode=DELETE")
    return [(PART, target)]


@contextmanager
def reading(staging: Path) -> Iterator[Any]:
    """A cursor on the copy."""
    with closing(sqlite3.connect(staging / PART)) as copied:
        yield copied.cursor()


def tables(cursor: Any) -> dict[str, Table]:
    cursor.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    names = sorted(name for (name,) in cursor.fetchall())
    return {name: Table(_count(cursor, name)) for name in names}


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608  # the database's own name
    return int(cursor.fetchone()[0])
