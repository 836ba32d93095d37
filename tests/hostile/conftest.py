"""A world with one of each thing, and its forms as each seat is shown them."""

import logging
from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.hostile.readers import Readers
from tests.pages.furnished import furnished


@pytest.fixture(scope="package")
def readers(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Readers]:
    """Whoever is about in the committee of the two-worlds tests, in May."""
    folder, shared = tmp_path_factory.mktemp("worlds"), tmp_path_factory.mktemp("template")
    with django_db_blocker.unblock(), furnished(folder, shared) as made:
        logging.disable(logging.WARNING)  # every refusal is asked for
        yield Readers(made)
        logging.disable(logging.NOTSET)
