"""World A beside the fork, made once for the tests of a module."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.databases import copied
from tests.two_worlds.crawl import Observer


@pytest.fixture(scope="package")
def observer(
    django_db_setup: None,  # asked for its effect
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Observer]:
    folder, shared = tmp_path_factory.mktemp("worlds"), tmp_path_factory.mktemp("template")
    with django_db_blocker.unblock(), copied(folder, shared), Observer.of(folder) as made:
        yield made
