"""Whether the database can be written and the disk has room: asked cheaply, nothing is written."""

import shutil
from contextlib import suppress
from pathlib import Path

from django.db import DatabaseError, connection

ROOM = 4 << 20  # bytes: below this a write may fail at any moment
PATIENCE = 2000  # milliseconds


def is_well(data: Path) -> bool:
    try:
        if shutil.disk_usage(data).free < ROOM:
            return False
        return _takes_the_pen() if connection.vendor == "sqlite" else _may_write()
    except (DatabaseError, OSError):
        return False


def _takes_the_pen() -> bool:
    """Begins a transaction as a writer, and ends it: the file, its log and its lock are sound.

    Whoever asks from inside a transaction holds the pen already; to end that one would undo it.
    """
    if connection.in_atomic_block:
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (before,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            cursor.execute("BEGIN IMMEDIATE")
        finally:
            with suppress(DatabaseError):
                cursor.execute("ROLLBACK")
            cursor.execute(f"PRAGMA busy_timeout = {before}")
    return True


def _may_write() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery(), current_setting('transaction_read_only')")
        recovering, reading_only = cursor.fetchone()
    return not recovering and reading_only == "off"


def hurries() -> str:
    """Settings under which PostgreSQL says that a write is kept before it is; none on SQLite."""
    if connection.vendor == "sqlite":
        return ""  # ours to set, for every connection
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM pg_settings WHERE setting = 'off'"
            " AND name IN ('fsync', 'full_page_writes', 'synchronous_commit') ORDER BY name"
        )
        return ", ".join(name for (name,) in cursor.fetchall())


def unsound() -> str:
    """What the database finds wrong with itself; nothing where it is sound."""
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA quick_check(1)")
                (said,) = cursor.fetchone()
                return "" if said == "ok" else str(said)
            cursor.execute("SELECT count(*) FROM pg_index WHERE NOT (indisvalid AND indisready)")
            (unfinished,) = cursor.fetchone()
            cursor.execute(
                "SELECT coalesce(sum(checksum_failures), 0) FROM pg_stat_database"
                " WHERE datname = current_database()"
            )
            (failures,) = cursor.fetchone()
    except DatabaseError as why:
        return str(why)
    told = f"{unfinished} indexes are not valid; " if unfinished else ""
    return f"{told}{failures} pages failed their checksum" if failures else told.rstrip("; ")
