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
    """Begins a transaction as a writer, and ends it: the file, its log and its lock are sound."""
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
