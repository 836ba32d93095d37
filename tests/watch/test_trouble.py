"""Trouble of a database or a disk is told from a fault of ours, and answered with 503."""

import errno
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.db import (
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
    connection,
)
from django.test import Client, RequestFactory
from django.urls import reverse
from psycopg import errors as of_postgresql

from clearinghouse.project import last_resort
from clearinghouse.watch import health
from clearinghouse.watch.trouble import is_trouble
from tests.committee import Committee
from tests.web.desk import Desk


def caused(kind: type[Exception], cause: Exception) -> Exception:
    made = kind(str(cause))
    made.__cause__ = cause
    return made


def of_sqlite(said: str) -> Exception:
    return caused(OperationalError, sqlite3.OperationalError(said))


# fmt: off
TROUBLE = {
    "SQLite: full":        of_sqlite("database or disk is full"),
    "SQLite: locked":      of_sqlite("database is locked"),
    "SQLite: read-only":   of_sqlite("attempt to write a readonly database"),
    "SQLite: unreadable":  of_sqlite("disk I/O error"),
    "SQLite: gone":        of_sqlite("unable to open database file"),
    "PostgreSQL: full":    caused(OperationalError, of_postgresql.DiskFull("no space")),
    "PostgreSQL: stopped": caused(OperationalError, of_postgresql.AdminShutdown("terminating")),
    "PostgreSQL: starts":  caused(OperationalError, of_postgresql.CannotConnectNow("starting")),
    "PostgreSQL: deadlock": caused(OperationalError, of_postgresql.DeadlockDetected("again")),
    "PostgreSQL: a copy":  caused(DatabaseError, of_postgresql.ReadOnlySqlTransaction("read-only")),
    "PostgreSQL: lost":    caused(OperationalError, of_postgresql.OperationalError("server closed")),
    "no connection":       InterfaceError("connection already closed"),
    "the disk is full":    OSError(errno.ENOSPC, "No space left on device"),
    "the disk is spoilt":  OSError(errno.EIO, "Input/output error"),
}
FAULTS = {
    "SQLite: no table":      of_sqlite("no such table: nowhere"),
    "SQLite: not our words": of_sqlite('near "SELEC": syntax error'),
    "PostgreSQL: no table":  caused(ProgrammingError, of_postgresql.UndefinedTable("nowhere")),
    "twice":                 caused(IntegrityError, of_postgresql.UniqueViolation("twice")),
    "too long":              caused(DataError, of_postgresql.StringDataRightTruncation("long")),
    "a file that is not there": FileNotFoundError(errno.ENOENT, "No such file"),
    "a mistake":             KeyError("name"),
    "nothing":               None,
}
# fmt: on


@pytest.mark.parametrize("what", TROUBLE)
def test_what_passes_is_trouble(what: str) -> None:
    assert is_trouble(TROUBLE[what])


@pytest.mark.parametrize("what", FAULTS)
def test_what_does_not_pass_is_a_fault(what: str) -> None:
    assert not is_trouble(FAULTS[what])


def answered(path: str, why: BaseException) -> Any:
    try:
        raise why
    except type(why):
        return last_resort.broken(RequestFactory().get(path))


@pytest.mark.django_db
def test_each_door_says_503_in_its_own_way_and_when_to_ask_again() -> None:
    full = TROUBLE["SQLite: full"]
    page, problem = answered("/en/", full), answered("/api/v1/states", full)
    assert (page.status_code, page["Retry-After"]) == (503, "10")
    assert b"look whether it is there" in page.content
    assert (problem.status_code, problem["Retry-After"]) == (503, "10")
    assert problem["Content-Type"] == "application/problem+json"
    assert b"#problem-unavailable" in problem.content
    assert answered("/en/", KeyError("x")).status_code == 500


@pytest.mark.django_db
def test_where_the_database_is_out_of_reach_the_page_is_bare() -> None:
    """The layout asks the database, which is not there."""
    page = answered_without_database()
    assert page.status_code == 503
    assert b"look whether it is there" in page.content


def answered_without_database() -> Any:
    original, connection.connect = connection.connect, _refuse  # type: ignore[method-assign]  # the database goes away
    was = connection.connection
    connection.connection = None
    try:
        return answered("/en/", TROUBLE["PostgreSQL: lost"])
    finally:
        connection.connect, connection.connection = original, was  # type: ignore[method-assign]  # and comes back


def _refuse() -> None:
    raise OperationalError("connection refused")


def test_a_database_that_takes_no_writes_is_read_and_said_to_be_unwell(
    committee: Committee,
) -> None:
    """On SQLite `query_only`, on PostgreSQL a read-only transaction: what a full disk is like."""
    desk = Desk(committee, "focal_xio")
    desk.get("desk-submissions")  # the session notes its seats at the first request
    sqlite = connection.vendor == "sqlite"
    connection.check_constraints()  # what is left for the end would lock rows, as a writer does
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = 1" if sqlite else "SET TRANSACTION READ ONLY")
    try:
        desk.client.raise_request_exception = False
        assert desk.get("desk-submissions").status_code == 200
        assert Client().get(reverse("standards")).status_code == 200
        answer = desk.begin()
        assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = 0" if sqlite else "SELECT 1")


@pytest.mark.django_db
def test_health_says_well_or_503_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    well = Client().get("/healthz")
    assert (well.status_code, well.content, well["Cache-Control"]) == (200, b"", "no-store")
    monkeypatch.setattr(health, "ROOM", 1 << 62)
    full = Client().get("/healthz")
    assert (full.status_code, full.content) == (503, b"")
    assert not health.is_well(tmp_path / "nowhere")
