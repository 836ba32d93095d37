"""Takes a backup of the running installation; the exchange's keys in an archive of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection

from clearinghouse.access.errors import Invalid
from clearinghouse.backups import age, archive, last, manifest, postgresql, sqlite
from clearinghouse.backups.archive import Say
from clearinghouse.backups.manifest import INSTALLATION, KEYS, Manifest, Table
from clearinghouse.backups.staging import staging

FILES = "files"
Parts = list[tuple[str, Path]]


@dataclass(frozen=True)
class Taking:
    """What is asked for: where to, locked how, as of when, and who is told how far it has come."""

    target: Path
    lock: age.Lock
    version: str
    now: datetime
    say: Say


def take(data: Path, asked: Taking) -> Manifest:
    """The database from one snapshot, then the stored files that it names.

    Files never change once stored: one stored meanwhile does no harm, and is swept as an orphan.
    """
    copy = _of_sqlite if connection.vendor == "sqlite" else _of_postgresql
    with staging(data, asked.now) as folder:
        told, parts = copy(folder, asked)
        parts += archive.tree(data / FILES, FILES)
        whole = archive.pack(asked.target, asked.lock, told, parts, asked.say)
    last.remember(data, whole, asked.target)
    return whole


def take_keys(keys: Path, data: Path, asked: Taking) -> Manifest:
    """The exchange's key store alone. To be destroyed after `manifest.KEYS_KEPT`."""
    parts = list(archive.tree(keys, KEYS))
    if not parts:
        raise Invalid({"keys": [f"there is nothing in {keys}"]})
    told = Manifest(kind=KEYS, taken_at=asked.now, version=asked.version)
    whole = archive.pack(asked.target, asked.lock, told, parts, asked.say)
    last.remember(data, whole, asked.target)
    return whole


def _of_sqlite(folder: Path, asked: Taking) -> tuple[Manifest, Parts]:
    parts = sqlite.copy(folder, asked.say)
    with sqlite.reading(folder) as cursor:
        return _told(cursor, sqlite.tables, asked), parts


def _of_postgresql(folder: Path, asked: Taking) -> tuple[Manifest, Parts]:
    with postgresql.snapshot() as cursor:
        told = _told(cursor, postgresql.tables, asked)
        return told, postgresql.copy(cursor, folder, told.tables, asked.say)


def _told(cursor: Any, tables: Callable[[Any], dict[str, Table]], asked: Taking) -> Manifest:
    """Read from the very copy that goes into the archive."""
    cursor.execute("SELECT number, hash FROM ledger_head")
    lines, root = cursor.fetchone() or (0, "")
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
    return Manifest(
        kind=INSTALLATION,
        taken_at=asked.now,
        version=asked.version,
        vendor=connection.vendor,
        migrations=[(app, name) for app, name in cursor.fetchall()],
        tables=tables(cursor),
        lines=lines,
        root=root,
    )


def expires(told: Manifest) -> datetime:
    """When an archive of keys is to be gone."""
    return told.taken_at + manifest.KEYS_KEPT
