"""What every test may ask for: a small committee, the real pack, a database of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.signals import user_logged_in
from django.db import connection
from django.dispatch import receiver
from django.http import HttpRequest
from django.test.utils import setup_databases, teardown_databases
from pytest_django import DjangoDbBlocker

import clearinghouse
from clearinghouse.access.actor import OPERATOR
from clearinghouse.crossings import load_pack
from clearinghouse.mandate.formats import pack, records
from clearinghouse.people.models import Account
from clearinghouse.people.signin import sessions
from tests.committee import CAST, NOW, Committee, found_committee
from tests.databases import copied
from tests.replay import committee_in

__all__ = ["CAST", "NOW", "Committee", "found_committee"]

PACKS = Path(clearinghouse.__file__).parent / "packs"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """SQLite in a file, so that two connections can meet in it; each worker has its own folder."""
    if connection.vendor == "sqlite":
        folder = tmp_path_factory.mktemp("database")
        connection.settings_dict["TEST"]["NAME"] = str(folder / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """Made whichever tests are chosen: else one that asks only for a copy finds nothing to copy."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default": None})
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


TOUCHING = {"db", "own_database", "django_db_setup"}  # what a test asks for that meets a database


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what meets the database is run: SQLite has just had the rest."""
    if connection.vendor != "postgresql":
        return
    meets = [
        bool(TOUCHING & set(getattr(item, "fixturenames", ())))
        or item.get_closest_marker("django_db") is not None
        for item in items
    ]
    left = [item for item, does in zip(items, meets, strict=True) if not does]
    items[:] = [item for item, does in zip(items, meets, strict=True) if does]
    config.hook.pytest_deselected(items=left)


@receiver(user_logged_in)
def _a_test_has_every_factor(request: HttpRequest, user: Account, **_rest: object) -> None:
    """`force_login` comes through no door of ours: what it signs in owes no second factor."""
    if not request.path:
        sessions.prove(request, user)


@pytest.fixture
def committee(db: None) -> Committee:
    """Four States, two organisations and fifteen people, gone again after the test."""
    return committee_in(str(connection.settings_dict["NAME"]))


@pytest.fixture(scope="session")
def pack_files() -> records.Pack:
    """The shipped pack as read from its files."""
    return pack.read(PACKS / "un1373")


@pytest.fixture
def loaded_pack(db: None, pack_files: records.Pack) -> records.Pack:
    """The shipped pack in the database, and nothing else."""
    load_pack.load(pack_files, by=OPERATOR, now=NOW)
    return pack_files


@pytest.fixture(scope="session")
def _copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("copies")


@pytest.fixture
def own_database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path, _copies: Path
) -> Iterator[str]:
    """For tests that commit: a copy of the migrated database, by its address.

    A process of the test's finds it by CLEARINGHOUSE_DATABASE_URL. Never asked for together with
    `db` or `committee`: call `found_committee()` instead.
    """
    with django_db_blocker.unblock(), copied(tmp_path, _copies) as address:
        yield address
