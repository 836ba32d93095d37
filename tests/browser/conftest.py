"""What the stories are told with: a demonstration made once and copied, a clock, people."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.test import override_settings
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker

from tests.browser import chromium, demonstration
from tests.browser.site import served
from tests.browser.visitor import Visitor
from tests.databases import copied, template

Arrive = Callable[..., Visitor]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium.started() as browser:
        yield browser


@pytest.fixture(scope="package")
def made(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The demonstration as on that day: a folder with its database, to be copied."""
    if connection.vendor != "sqlite":
        pytest.skip("what a browser shows does not depend on the database; SQLite is enough")
    folder, migrated = tmp_path_factory.mktemp("founded"), tmp_path_factory.mktemp("migrated")
    with django_db_blocker.unblock(), demonstration.founded(folder, migrated):
        template(folder)
    return folder


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Path]:
    """Where the mails of the story go."""
    with override_settings(OUTBOX_FOLDER=tmp_path / "outbox"):
        yield tmp_path / "outbox"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Everybody's: of the site and of the test. It runs on from that day."""
    with time_machine.travel(demonstration.FOUNDED) as clock:
        yield clock


@pytest.fixture
def site(
    made: Path,
    outbox: Path,
    clock: time_machine.Traveller,
    django_db_blocker: DjangoDbBlocker,
    tmp_path: Path,
) -> Iterator[str]:
    with django_db_blocker.unblock(), copied(tmp_path, made), served() as address:
        yield address


@pytest.fixture(params=["with scripts", "without scripts"])
def arrive(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Arrive]:
    """Bring people before the site. In the end none of their browsers may have complained.

    Every story is told twice: to browsers that run scripts, and to some that run none.
    """
    scripted = request.param == "with scripts"
    arrived: list[Visitor] = []

    def arrives(persona: str = "", *, language: str = "en") -> Visitor:
        came = Visitor(browser, site, scripted=scripted, language=language)
        arrived.append(came)
        return came.sit_down(persona) if persona else came

    with ExitStack() as leaving:
        yield arrives
        for each in arrived:
            leaving.callback(each.context.close)
    assert [fault for each in arrived for fault in each.watch.faults] == []
