"""The pages, gathered once; and a browser to look at them."""

import logging
import os
from collections.abc import Iterator

import pytest
from django.db import connection
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker

from tests.browser import chromium, demonstration
from tests.pages.furnished import Furnished, furnished
from tests.pages.gathered import Gathered, gather
from tests.two_worlds.addresses import Ask
from tests.two_worlds.crawl import Crawler


@pytest.fixture(scope="package")
def own_pages(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> list[Gathered]:
    """What a demonstration alone shows: its front page, its mails, its mark on every page."""
    folder, shared = tmp_path_factory.mktemp("demonstration"), tmp_path_factory.mktemp("template")
    with django_db_blocker.unblock(), demonstration.founded(folder, shared):
        mail = next((folder / "outbox").glob("*.eml")).name
        asks = (
            Ask("home", "GET", "/en/"),
            Ask("home", "GET", "/ar-xb/"),
            Ask("demo-outbox", "GET", reverse("demo-outbox")),
            Ask("demo-mail", "GET", reverse("demo-mail", args=[mail])),
        )
        return [Gathered("public", ask, Crawler({}).ask("public", ask)) for ask in asks]


@pytest.fixture(scope="package")
def world(
    own_pages: list[Gathered],  # gathered first: they too begin with the migrated database
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Furnished]:
    """The committee of the two-worlds tests in May, with one of each thing."""
    if connection.vendor != "sqlite":
        pytest.skip("a page's markup does not depend on the database; SQLite is enough")
    folder, shared = tmp_path_factory.mktemp("worlds"), tmp_path_factory.mktemp("template")
    with django_db_blocker.unblock(), furnished(folder, shared) as made:
        yield made


@pytest.fixture(scope="package")
def site(world: Furnished) -> Crawler:
    return Crawler(world.cookies)


@pytest.fixture(scope="package")
def pages(world: Furnished, site: Crawler) -> list[Gathered]:
    logging.disable(logging.WARNING)  # every refusal is asked for
    try:
        return gather(world, site)
    finally:
        logging.disable(logging.NOTSET)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Only where the checkers are: `make pages` brings them."""
    if absent := {"AXE", "VNU", "JAVA"} - os.environ.keys():
        why = f"{', '.join(sorted(absent))} not named: `make pages` installs them"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(why)
        pytest.skip(why)
    with chromium.started() as browser:
        yield browser
