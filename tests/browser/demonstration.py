"""The demonstration as on one day, made once and copied for whoever needs one of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import time_machine
from django.test import override_settings

from clearinghouse.cli.demo import PACKS
from clearinghouse.crossings import demonstration
from clearinghouse.mandate.formats import pack
from tests.databases import copied

FOUNDED = datetime(2026, 10, 12, 15, 0, tzinfo=UTC)  # a Monday, 11:00 in New York


@contextmanager
def founded(folder: Path, migrated: Path) -> Iterator[None]:
    """In a copy of the migrated database, which stays open for a while; mails go to `folder`."""
    files = pack.read(PACKS / "un1373")
    story = demonstration.Story(
        mandate=files,
        invented=pack.read(PACKS / "demonstration", base=files),
        needs=demonstration.read_needs(PACKS / "story" / "needs.json"),
        figures=(PACKS / "story" / demonstration.FIGURES).read_bytes(),
    )
    outbox = override_settings(OUTBOX_FOLDER=folder / "outbox")
    with copied(folder, migrated), outbox, time_machine.travel(FOUNDED):
        demonstration.make(story, FOUNDED)
        yield
