"""A later version may bring columns: what was recorded before it still verifies, and is still held.

The column is added to the table as a migration adds it, with recorded rows in it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, models

from clearinghouse.ledger.models import FULL, columns_of, empty_of
from clearinghouse.ledger.verify import recorded_models, verify
from clearinghouse.standards.models import Standard
from tests.committee import Committee

NAME = "of_a_later_version"
# What a later version may add, the value of the rows that were there, and another one.
# fmt: off
LATER: "dict[str, tuple[models.Field[Any, Any], str, Any]]" = {
    "text":    (models.CharField(max_length=40, blank=True, default=""), "''", "x"),
    "data":    (models.JSONField(default=dict), "'{}'", {"a": 1}),
    "list":    (models.JSONField(default=list), "'[]'", [1]),
    "number":  (models.PositiveIntegerField(default=0), "0", 1),
    "yes":     (models.BooleanField(default=False), "FALSE", True),
    "nothing": (models.PositiveIntegerField(null=True, blank=True), "NULL", 0),
}
# fmt: on


@contextmanager
def later(field: "models.Field[Any, Any]", held: str) -> Iterator[None]:
    """The table of the standards as a later version has it; afterwards the model is as before."""
    field.contribute_to_class(Standard, NAME)
    columns_of.cache_clear()
    kind = field.db_type(connection)
    must = "" if field.null else "NOT NULL"
    table = Standard._meta.db_table
    connection.check_constraints()  # what is still to be looked at would hold the table
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} ADD COLUMN {NAME} {kind} {must} DEFAULT {held}")
        yield
    finally:
        Standard._meta.local_fields.remove(field)
        Standard._meta._expire_cache()  # type: ignore[attr-defined]  # Django's own, for this
        columns_of.cache_clear()


@pytest.mark.parametrize("name", LATER)
def test_a_column_that_comes_later_changes_no_hash_and_is_held_from_then_on(
    committee: Committee, name: str
) -> None:
    field, held, other = LATER[name]
    listed = committee.standard()
    with later(field, held):
        assert verify() is None
        stored: models.QuerySet[Standard] = models.QuerySet(Standard)
        stored.filter(pk=listed.pk).update(**{NAME: other})
        broken = verify()
        assert broken is not None
        assert broken.row == listed.subject


def test_each_column_has_one_empty_value_at_most() -> None:
    """Else one empty value could be put in the place of another, and nobody would see it."""
    for model in recorded_models():
        for column in model._meta.concrete_fields:
            empty = empty_of(column)
            if empty is not FULL and empty is not None:
                assert not column.null, (
                    f"{model.__name__}.{column.name} may hold {empty!r} or null"
                )


def test_what_says_something_by_default_is_always_hashed() -> None:
    assert empty_of(models.CharField(default="draft")) is FULL
    assert empty_of(models.BooleanField(default=True)) is FULL
    assert empty_of(Standard._meta.pk) is FULL
