"""Everything that reads stored files. Whoever asks has first been shown the owner by its room."""

import hashlib
from collections.abc import Mapping
from typing import Protocol
from uuid import UUID

from clearinghouse.access.errors import Unavailable, Unseen
from clearinghouse.files import store
from clearinghouse.files.formats import persons
from clearinghouse.files.models import StoredFile, StoredFileQuerySet
from clearinghouse.files.rules import Type

WITH_ITS_OWNER = "a file is seen with its owner, which was asked for by name"


class Owner(Protocol):
    """What a file may belong to: anything recorded."""

    @property
    def subject(self) -> str: ...


class Damaged(Unavailable):
    """The bytes in the store are not those that were kept."""


def _all() -> StoredFileQuerySet:
    return StoredFile.objects.unscoped(WITH_ITS_OWNER)


def files_of(owner: Owner, part: str | None = None) -> list[StoredFile]:
    """Every edition of every file of this owner, oldest first; of one part if it is named."""
    found = _all().filter(owner=owner.subject)
    return list(found if part is None else found.filter(part=part))


def latest_of(owner: Owner, part: str | None = None) -> list[StoredFile]:
    """Those that no later edition has taken the place of."""
    found = files_of(owner, part)
    gone = {each.supersedes_id for each in found}
    return [each for each in found if each.pk not in gone]


def latest_first(owners: Mapping[str, UUID]) -> dict[UUID, list[StoredFile]]:
    """The files of many owners at once, by what each owner is called here, the latest first."""
    found: dict[UUID, list[StoredFile]] = {}
    for each in _all().filter(owner__in=list(owners)).order_by("-edition", "-kept_at"):
        found.setdefault(owners[each.owner], []).append(each)
    return found


def file_of(owner: Owner, pk: UUID) -> StoredFile:
    """One file of an owner that the reader has been shown. Raises Unseen for any other."""
    found = _all().filter(owner=owner.subject, pk=pk).first()
    if found is None:
        raise Unseen("no such file")
    return found


def open_(stored: StoredFile) -> bytes:
    """The bytes as they were kept. Raises Damaged, naming the file, where they differ."""
    content = store.get(stored.stored_as)
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise Damaged(f"{stored.subject} is not what was kept: its SHA-256 differs")
    return content


def published_copy(stored: StoredFile) -> bytes:
    """Without what tells of persons, for whoever is not to know: the original stays as it is."""
    return persons.without(Type(stored.type), open_(stored))


def stored_names() -> dict[str, str]:
    """What should be in the store, and the subject of the row that says so."""
    found = StoredFile.objects.unscoped("the sweep compares rows with the store")
    return {each.stored_as: each.subject for each in found.only("stored_as")}


def is_named(name: str) -> bool:
    """Whether a row has come to name it meanwhile."""
    reason = "the sweep looks again before it removes"
    return StoredFile.objects.unscoped(reason).filter(stored_as=name).exists()
