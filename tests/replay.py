"""The small committee is founded once a process; every later test is given the same rows again.

Founding takes forty lines of the record; putting its rows back takes a tenth of the time.
"""

from copy import deepcopy
from functools import cache

from django.apps import apps
from django.db import models

from clearinghouse.ledger.models import Head
from tests.committee import Committee, found_committee


class Memory:
    """The rows of every table as they stood when the committee had been founded."""

    def __init__(self) -> None:
        self.committee = found_committee()
        ours = [m for m in apps.get_models() if m.__module__.startswith("clearinghouse.")]
        tables = [m for m in ours if not m._meta.proxy and m is not Head]
        self.rows: list[list[models.Model]] = [list(models.QuerySet(m)) for m in tables]
        self.head = Head.objects.get()

    def put_back(self) -> None:
        for some in filter(None, self.rows):
            again = deepcopy(some)
            for row in again:
                row._state.adding = True
            table: models.QuerySet[models.Model] = models.QuerySet(type(again[0]))
            table.bulk_create(again)
        for number in range(1, self.head.number + 1):  # the head moves one line at a time
            Head.objects.update(number=number, hash=self.head.hash)


@cache
def _memory(_database: str) -> list[Memory]:
    return []


def committee_in(database: str) -> Committee:
    """The committee in this (empty) database: founded the first time, put back after that."""
    kept = _memory(database)
    if kept:
        kept[0].put_back()
    else:
        kept.append(Memory())
    return deepcopy(kept[0].committee)
