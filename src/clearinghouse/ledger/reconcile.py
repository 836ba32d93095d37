"""Holds the rows that ought to be against the rows that are: what a load would change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import models

from clearinghouse.ledger.models import Recorded

R = TypeVar("R", bound=Recorded)
ALL = models.Q()


@dataclass
class Difference(Generic[R]):
    """Rows to add and to change (already carrying the wanted values), and what stays."""

    table: str
    new: list[R] = field(default_factory=list)
    changed: list[R] = field(default_factory=list)
    unchanged: int = 0
    kept: int = 0  # stored rows that were not asked for: left alone, and counted
    held: list[str] = field(default_factory=list)  # changed by hand since: left alone, and named

    @property
    def rows(self) -> list[R]:
        return [*self.new, *self.changed]


def reconcile(
    model: type[R],
    key: tuple[str, ...],
    wanted: Iterable[Mapping[str, Any]],
    among: models.Q = ALL,
) -> Difference[R]:
    """Compare by the columns named in `key`, by attribute names (`body_id`, not `body`)."""
    present: models.QuerySet[R] = models.QuerySet(model).filter(among)
    stored = {tuple(getattr(r, k) for k in key): r for r in present}
    found: Difference[R] = Difference(model._meta.concrete_model._meta.db_table)  # type: ignore[union-attr]  # a row is of a concrete model
    for values in wanted:
        row = stored.pop(tuple(values[k] for k in key), None)
        if row is None:
            found.new.append(model(**values))
        elif differing := {k: v for k, v in values.items() if getattr(row, k) != v}:
            _take(found, row, differing)
        else:
            found.unchanged += 1
    found.kept = len(stored)
    return found


def _take(found: Difference[R], row: R, differing: Mapping[str, Any]) -> None:
    """What somebody changed by hand (`by_hand`) is not changed back: it is named instead."""
    if getattr(row, "by_hand", False):
        found.held.append(str(row))
        return
    for name, value in differing.items():
        setattr(row, name, value)
    found.changed.append(row)
