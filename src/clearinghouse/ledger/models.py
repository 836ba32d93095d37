"""The tables of the record, and the base class of all that may only change on the record."""

import hashlib
import secrets
import uuid
from collections.abc import Callable
from functools import cache
from typing import Any, Never, TypeVar

from django.db import models
from django.db.models import Q

from clearinghouse.access.actor import Actor, Role
from clearinghouse.access.scoping import ScopedQuerySet
from clearinghouse.kernel.canonical import canonical

Leaf = tuple[str, uuid.UUID, str]  # model, id and hash of a row
M = TypeVar("M", bound=models.Model)
NOTHING = Q(pk__in=())
FULL = object()  # the empty value of a column that always says something
UPGRADED = "ledger.upgraded"  # the verb of the line that an upgrade writes
REMOVED = "0" * 64  # stands in a batch for a row that was destroyed


def row_hash(stored: models.Model) -> str:
    """SHA-256 over the salt and every column, alike before storing and after reading.

    A column that holds its own empty value is left out, so that a column which comes with a
    later version changes no hash of the rows that were there before it.
    """
    row = {}
    for name, to_python, empty in columns_of(type(stored)):
        if (value := to_python(getattr(stored, name))) != empty:
            row[name] = value
    return hashlib.sha256(canonical(row).encode()).hexdigest()


class Unrecorded(Exception):
    """Something tried to change the committee's data without writing it down."""


class SealedQuerySet(ScopedQuerySet[M]):
    """Reads for whoever may see; writes for nobody."""

    def _refuse(self, *_args: Any, **_kwargs: Any) -> Never:
        raise Unrecorded(f"change a {self.model.__name__} through ledger.record()")

    update = delete = bulk_create = bulk_update = _refuse


class OpenQuerySet(SealedQuerySet[M]):
    """For what anyone may read (States, obligations): no actor need be named; still sealed."""

    _scope = "public"

    def visibility(self, actor: Actor) -> Q:
        del actor
        return Q()


class Sealed(models.Model):
    """A model whose rows cannot be saved or deleted by hand."""

    class Meta:
        abstract = True

    def save(self, *_args: Any, **_kwargs: Any) -> Never:
        raise Unrecorded(f"change a {type(self).__name__} through ledger.record()")

    delete = save


class Recorded(Sealed):
    """A model that changes only together with an entry. Its name is known before it is stored.

    `salt` is drawn anew at each change and goes into the hash that the record keeps, so that
    nobody can guess a short text from its hash, and so that destroying the row destroys that too.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    salt = models.CharField(max_length=32, default="", editable=False)

    class Meta:
        abstract = True

    @property
    def subject(self) -> str:
        return f"{self._meta.concrete_model._meta.label_lower}:{self.pk}"  # type: ignore[union-attr]  # a row is of a concrete model

    def seal(self) -> str:
        """Draw a new salt and return the hash of the row as it is about to be stored."""
        self.salt = secrets.token_hex(16)
        return self.row_hash()

    def row_hash(self) -> str:
        return row_hash(self)


@cache
def columns_of(model: type[Recorded]) -> tuple[tuple[str, Callable[[Any], Any], Any], ...]:
    """Each column with the way to read its value and its empty one (see `empty_of`)."""
    return tuple((f.attname, f.to_python, empty_of(f)) for f in model._meta.concrete_fields)


def empty_of(column: "models.Field[Any, Any]") -> Any:
    """What a row holds in a column that came after it: exactly one value for each column.

    `FULL`, which no value equals, where a column has no default or one that says something.
    """
    if callable(column.default) and column.default not in (dict, list, models.NOT_PROVIDED):
        return FULL
    value = column.get_default()
    return FULL if value else value


class EntryQuerySet(SealedQuerySet["Entry"]):
    """The record is read by those who audit it."""

    def visibility(self, actor: Actor) -> Q:
        return Q() if actor.holds(Role.AUDITOR) else NOTHING


class Entry(Sealed):
    """One line of the record. Written once, in the transaction of the change it describes.

    Facts and reasons are kept as text: what was hashed is what is stored, byte for byte.
    `root` is the hash of the changed row, or the Merkle root over `count` rows.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    verb = models.CharField(max_length=60, db_index=True)
    subject = models.CharField(max_length=100, db_index=True)
    version = models.PositiveIntegerField()
    actor = models.CharField(max_length=60)
    because = models.TextField()
    facts = models.TextField()
    root = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    previous = models.CharField(max_length=64, unique=True)  # no two lines follow the same one
    hash = models.CharField(max_length=64, unique=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                name="entry_one_line_per_version", fields=("subject", "version")
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.subject}"


class LeavesQuerySet(SealedQuerySet["Leaves"]):
    """Read by the verification alone."""

    def visibility(self, actor: Actor) -> Q:
        del actor
        return NOTHING


class Leaves(Sealed):
    """The rows of a batch line: 48 bytes each (16 of the row's id, 32 of its hash), in order."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    part = models.PositiveIntegerField()
    model = models.CharField(max_length=60)
    leaves = models.BinaryField()

    objects = LeavesQuerySet.as_manager()

    class Meta:
        ordering = ("entry_id", "part")
        constraints = (models.UniqueConstraint(name="leaves_part_once", fields=("entry", "part")),)

    def __str__(self) -> str:
        return f"{self.entry_id}/{self.part}"


class Head(models.Model):
    """Where the chain ends: one row, locked by whoever is writing the next line."""

    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.number} {self.hash}"
