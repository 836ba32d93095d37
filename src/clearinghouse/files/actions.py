"""Keeps files and sweeps what belongs to nothing. A file is recorded by its owner's room."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from clearinghouse.access.errors import Invalid
from clearinghouse.files import queries, store
from clearinghouse.files.formats import names, persons
from clearinghouse.files.formats.recognise import recognise
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.files.models import StoredFile
from clearinghouse.files.rules import MOST_FOR_ONE_OWNER, Type
from clearinghouse.kernel.marking import N_

GRACE = timedelta(hours=1)
"""How long bytes may lie in the store without a row: longer than any request takes."""
MANY = N_("There are %(count)s files already; at most %(most)s are kept with one thing.")


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A file as it is handed in: whatever its sender calls it, and its bytes."""

    name: str
    content: bytes
    language: str = ""
    part: str = ""  # which place at its owner; free for the owner's room to use
    type: Type | None = None  # where the owner's room has examined it by its own rules


@dataclass
class Swept:
    """What a sweep did and found."""

    removed: int = 0
    missing: list[str] = field(default_factory=list)  # subjects of rows whose bytes are gone


def keep(
    offered: Offered, *, owner: queries.Owner, supersedes: StoredFile | None = None, now: datetime
) -> StoredFile:
    """Examine a file and write its bytes; the row is given back to be recorded with its owner.

    `record(grant, event, changed=Change(owner, [kept]), now=now)` records it; what is never
    recorded is swept away. Raises Unfit, with the reason and the place, or Unavailable.
    """
    name, kind = (names.cleaned(offered.name), offered.type) if offered.type else examine(offered)
    count = len(queries.files_of(owner))
    if count >= MOST_FOR_ONE_OWNER:
        raise Unfit(MANY, count=count, most=MOST_FOR_ONE_OWNER)
    return StoredFile(
        owner=owner.subject,
        part=offered.part,
        name=name,
        stored_as=store.put(offered.content),
        type=kind,
        size=len(offered.content),
        sha256=hashlib.sha256(offered.content).hexdigest(),
        language=offered.language,
        edition=supersedes.edition + 1 if supersedes else 1,
        supersedes=supersedes,
        tells=persons.told(kind, offered.content),
        kept_at=now,
    )


def examine(offered: Offered) -> tuple[str, Type]:
    """Its name as it would be kept, and its type. Raises Unfit; nothing is written."""
    name = names.cleaned(offered.name)
    return name, recognise(name, offered.content)


def refusal(why: Unfit, field_name: str = "file") -> Invalid:
    """The same refusal as a form shows it: said beside its field, in the reader's language."""
    return Invalid({field_name: [_(why.message) % why.values]})


def sweep(now: datetime) -> Swept:
    """Remove bytes that no row names; name the rows whose bytes are gone. Safe to repeat."""
    swept, there = Swept(), set()
    known = queries.stored_names()
    for name, written_at in store.names():
        there.add(name)
        if name not in known and written_at < now - GRACE and not queries.is_named(name):
            store.remove(name)
            swept.removed += 1
    swept.missing = sorted(subject for name, subject in known.items() if name not in there)
    return swept
