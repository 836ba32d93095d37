"""Where rows wait that nobody else notices: temporary tables of PostgreSQL, a file of SQLite.

SQLite as it is shipped keeps temporary tables in memory, whatever their size. The file has no name
from the moment it is open, so that it ends with the process, however that ends.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

ROOM = "waiting"


@contextmanager
def opened() -> Iterator[str]:
    """The name of the schema in which tables may be made until it is left."""
    beside = _file() if connection.vendor == "sqlite" else None
    if beside is None or connection.in_atomic_block:
        yield temporary()
    else:
        _attach(beside)
        try:
            yield ROOM
        finally:
            _run(f"DETACH DATABASE {ROOM}")


def temporary() -> str:
    """The schema of the database's own temporary tables."""
    return {"sqlite": "temp", "postgresql": "pg_temp"}[connection.vendor]


@contextmanager
def at_once() -> Iterator[None]:
    """What is written inside is one transaction, and takes no pen: none where one is open."""
    if connection.in_atomic_block or connection.vendor != "sqlite":
        yield
        return
    _run("BEGIN DEFERRED")
    try:
        yield
    except BaseException:
        _run("ROLLBACK")
        raise
    _run("COMMIT")


def _file() -> Path | None:
    """The file of the database; None where it is kept in memory."""
    found = Path(str(connection.settings_dict["NAME"]))
    return found if found.is_file() else None


def _attach(beside: Path) -> None:
    with tempfile.NamedTemporaryFile(dir=beside.parent, prefix=".waiting-") as made:
        with connection.cursor() as cursor:
            cursor.execute(f"ATTACH DATABASE %s AS {ROOM}", [made.name])
        _run(f"PRAGMA {ROOM}.journal_mode = OFF")
        _run(f"PRAGMA {ROOM}.synchronous = OFF")


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
