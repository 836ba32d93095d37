"""Makes an installation of a backup: checked whole before anything is put in its place."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from clearinghouse.access.errors import Invalid
from clearinghouse.backups import age, archive, manifest, postgresql, sqlite
from clearinghouse.backups.archive import Say
from clearinghouse.backups.manifest import INSTALLATION, KEYS, KEYS_KEPT, Manifest, refuse
from clearinghouse.backups.staging import staging
from clearinghouse.ledger import queries as ledger
from clearinghouse.ledger import roles, triggers, verify
from clearinghouse.ledger.upgrade import Unvouched
from clearinghouse.notices import actions as notices

FILES = "files"
SESSIONS = ("django_session", "usersessions_usersession")  # one ended since would live again


@dataclass(frozen=True)
class Restoring:
    """What is asked for: the archive, what opens it, when, and who is told how far it has come."""

    source: Path
    key: age.Key
    now: datetime
    say: Say


def restore(data: Path, asked: Restoring) -> Manifest:
    """Onto an empty data folder and an empty database, whose outbox is fenced from then on.

    Raises Invalid, and leaves everything as it was, where a byte, a row, a hash or the end of the
    record is not what it was when the backup was taken.
    """
    _must_be_empty(data)
    put = _into_sqlite if connection.vendor == "sqlite" else _into_postgresql
    with staging(data, asked.now) as folder:
        told = archive.unpack(asked.source, asked.key, folder, INSTALLATION, asked.say)
        _must_be_ours(told)
        asked.say(f"the archive is whole: {len(told.parts)} parts, {told.lines} lines")
        put(folder, data, told, asked)
    return told


def restore_keys(keys: Path, data: Path, asked: Restoring) -> Manifest:
    """Onto an empty key store. What is past its time is not brought back."""
    if keys.is_dir() and any(keys.iterdir()):
        raise Invalid({"keys": [f"{keys} is not empty"]})
    with staging(data, asked.now) as folder:
        told = archive.unpack(asked.source, asked.key, folder, KEYS, asked.say)
        if asked.now - told.taken_at > KEYS_KEPT:
            raise refuse(f"keys are kept {KEYS_KEPT.days} days, and it is older: destroy it")
        keys.parent.mkdir(parents=True, exist_ok=True)
        if keys.is_dir():
            keys.rmdir()
        (folder / KEYS).rename(keys)
    return told


def _must_be_empty(data: Path) -> None:
    if (data / FILES).is_dir() and any((data / FILES).iterdir()):
        raise Invalid({"data folder": [f"{data / FILES} is not empty"]})
    with _as_owner():
        present = connection.introspection.table_names()
    if present:
        name = connection.settings_dict["NAME"]
        raise Invalid({"database": [f"{name} is not empty: restore into an empty place"]})


def _must_be_ours(told: Manifest) -> None:
    """Of this version or an older one, and from the same kind of database."""
    if told.vendor != connection.vendor:
        raise refuse(
            f"it was taken from {told.vendor}; this installation uses {connection.vendor}"
        )
    known = MigrationExecutor(None).loader.disk_migrations
    if unknown := [f"{a}.{n}" for a, n in told.migrations if (a, n) not in known]:
        raise refuse(f"it was taken by a newer version ({told.version}): {', '.join(unknown[:3])}")


def _into_sqlite(folder: Path, data: Path, told: Manifest, asked: Restoring) -> None:
    """Checked where it lies; the renaming of the database is what makes it the installation."""
    place = Path(str(connection.settings_dict["NAME"]))
    with _aimed_at({"NAME": str(folder / sqlite.PART)}):
        with sqlite.reading(folder) as cursor:
            _must_have_rows(sqlite.tables(cursor), told)
        _to_this_version()
        triggers.install()
        with transaction.atomic():
            _finish(told, asked)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    _move_files(folder, data)
    (folder / sqlite.PART).rename(place)
    archive.sync(place.parent)


def _into_postgresql(folder: Path, data: Path, told: Manifest, asked: Restoring) -> None:
    """In one transaction, as the owner: tables as they were then, rows, today's tables, checks."""
    role = str(connection.settings_dict["USER"])
    with _as_owner():
        with transaction.atomic():
            MigrationExecutor(connection).migrate(_leaves(told))
            with connection.cursor() as cursor:
                postgresql.fill(cursor, folder, told, asked.say)
            _to_this_version()
            triggers.install()
            _finish(told, asked)
            _move_files(folder, data)
        if "owner" in connections:
            roles.grant("default", role)


def _to_this_version() -> None:
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except Unvouched as why:
        raise refuse(str(why)) from why


def _finish(told: Manifest, asked: Restoring) -> None:
    """What was recorded is there, nobody is signed in any more, and nothing is sent."""
    asked.say("verifying the record and every recorded row")
    if broken := verify.verify(told.root if told.lines else ""):
        raise refuse(f"the record does not hold: {broken}")
    if not ledger.ended_at(told.lines, told.root):
        raise refuse("its record does not end where its manifest says")
    with connection.cursor() as cursor:
        for table in SESSIONS:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608  # named below the imports
    notices.raise_fence(told.taken_at, told.root, now=asked.now)


def _must_have_rows(found: Mapping[str, manifest.Table], told: Manifest) -> None:
    for name, table in told.tables.items():
        if name not in found or found[name].rows != table.rows:
            raise refuse(f"table {name} does not have its {table.rows} rows")


def _leaves(told: Manifest) -> list[tuple[str, str | None]]:
    """The last migration of each application that had been applied."""
    last: dict[str, str | None] = dict(told.migrations)
    return list(last.items())


def _move_files(folder: Path, data: Path) -> None:
    if (folder / FILES).is_dir():
        if (data / FILES).is_dir():
            (data / FILES).rmdir()  # empty: looked at before
        (folder / FILES).rename(data / FILES)
        archive.sync(data)


@contextmanager
def _as_owner() -> Iterator[None]:
    """On PostgreSQL tables are made and filled by their owner, where that is another role."""
    owner = connections["owner"].settings_dict if "owner" in connections else {}
    with _aimed_at({k: owner[k] for k in ("USER", "PASSWORD", "HOST", "PORT") if k in owner}):
        yield


@contextmanager
def _aimed_at(place: Mapping[str, Any]) -> Iterator[None]:
    """The application's connection leads elsewhere for a while: to the copy, or as the owner."""
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(place)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)
