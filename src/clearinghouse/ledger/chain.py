"""Each line carries a hash over the line before it, so that no line can change alone."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import models, transaction

from clearinghouse.kernel.canonical import canonical
from clearinghouse.ledger.models import Entry, Head

GENESIS = "0" * 64
HASHED = (
    "number",
    "at",
    "verb",
    "subject",
    "version",
    "actor",
    "because",
    "facts",
    "root",
    "count",
)


def digest(entry: Entry) -> str:
    own = {name: getattr(entry, name) for name in HASHED}
    return hashlib.sha256(f"{entry.previous}\n{canonical(own)}".encode()).hexdigest()


def lock_head(using: str = "default") -> Head:
    """Wait for the pen, and hold it until the transaction ends.

    PostgreSQL locks the row. SQLite has no row locks and needs none: every transaction begins
    IMMEDIATE (see settings), so it already holds the pen. Either way `previous` is unique, and a
    database that is set up wrongly refuses a second line rather than letting the chain fork.
    """
    head, _ = Head.objects.using(using).select_for_update().get_or_create(pk=1)
    return head


@contextmanager
def pen() -> Iterator[None]:
    """Hold the pen while looking and then acting, for acts that must happen exactly once."""
    with transaction.atomic():
        lock_head()
        yield


def append(head: Head, entry: Entry) -> Entry:
    entry.number, entry.previous = head.number + 1, head.hash
    entry.hash = digest(entry)
    models.Model.save(entry, force_insert=True, using=head._state.db)
    head.number, head.hash = entry.number, entry.hash
    head.save()
    return entry
