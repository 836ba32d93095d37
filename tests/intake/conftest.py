"""A store of files of its own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from clearinghouse.project import env


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path) -> Iterator[None]:
    with override_settings(
        STORAGES=settings.STORAGES | {"files": env.storage("folder", tmp_path)}
    ):
        yield
