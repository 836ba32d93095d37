"""A world with one of each thing, and its forms as each seat is shown them."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from pytest_django import DjangoDbBlocker

from tests.databases import copied
from tests.hostile.readers import Readers
from tests.pages.furnished import Furnished
from tests.two_worlds import worlds


@pytest.fixture(scope="package")
def readers(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Readers]:
    """Whoever is about in the committee of the two-worlds tests, in May."""
    folder, shared = tmp_path_factory.mktemp("worlds"), tmp_path_factory.mktemp("template")
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())
        stack.enter_context(copied(folder, shared))
        furnished = Furnished(worlds.build())
        stack.enter_context(worlds.opened(folder, furnished.fork, furnished))
        furnished.let_in()
        logging.disable(logging.WARNING)  # every refusal is asked for
        yield Readers(furnished)
        logging.disable(logging.NOTSET)
