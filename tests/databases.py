"""Databases of a test's own: copies of the migrated template, which nothing is ever committed to."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
from django.db import connection, connections


def template(folder: Path) -> Path:
    """The migrated test database as one file, without its write-ahead log (SQLite alone)."""
    made = folder / "template.sqlite3"
    if connection.vendor == "sqlite" and not made.exists():
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(made)])
    return made


@contextmanager
def copied(folder: Path, shared: Path) -> Iterator[str]:
    """Swap a copy into the connection's settings; give its address; drop it afterwards.

    `folder` is the test's own, `shared` the session's. Threads of the test meet in the copy.
    """
    origin: dict[str, Any] = connection.settings_dict
    before = origin["NAME"]
    name, address = _copy_file(folder, shared) if _is_sqlite() else _copy_database(str(before))
    connections.close_all()
    origin["NAME"] = name
    try:
        yield address
    finally:
        connections.close_all()
        origin["NAME"] = before
        if not _is_sqlite():
            _administer(f'DROP DATABASE "{name}" WITH (FORCE)')


def _is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def _copy_file(folder: Path, shared: Path) -> tuple[str, str]:
    own = folder / f"own-{uuid4().hex}.sqlite3"
    shutil.copy(template(shared), own)
    return str(own), f"sqlite:///{own}"


def _copy_database(before: str) -> tuple[str, str]:
    """PostgreSQL copies a database to which nobody is connected."""
    name = f"own_{uuid4().hex}"
    connections.close_all()
    _administer(f'CREATE DATABASE "{name}" TEMPLATE "{before}"')
    return name, urlunsplit(urlsplit(_address())._replace(path=f"/{name}"))


def _administer(statement: str) -> None:
    """Beside every transaction, in the database that the tests were given."""
    with psycopg.connect(_address(), autocommit=True) as session:
        session.execute(statement.encode())


def _address() -> str:
    return os.environ["CLEARINGHOUSE_DATABASE_URL"]


@contextmanager
def empty(folder: Path) -> Iterator[None]:
    """The connection leads to a database without a table for a while; dropped afterwards."""
    origin: dict[str, Any] = connection.settings_dict
    before, name = origin["NAME"], f"empty_{uuid4().hex}"
    connections.close_all()
    if _is_sqlite():
        name = str(folder / f"{name}.sqlite3")
    else:
        _administer(f'CREATE DATABASE "{name}"')
    origin["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        origin["NAME"] = before
        if not _is_sqlite():
            _administer(f'DROP DATABASE "{name}" WITH (FORCE)')
