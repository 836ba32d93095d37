"""Where the bytes lie: a folder outside the web root, or any store that Django's storages know.

The setting is `CLEARINGHOUSE_STORAGE`. Names are random; nothing of a file's own name is in them.
"""

import os
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages

from clearinghouse.access.errors import Unavailable

ALIAS = "files"
HALF = ".half"  # the ending of what is still being written


class Folder(FileSystemStorage):
    """Files appear whole or not at all, and are on the disk before anybody is told."""

    def __init__(self, location: str | Path) -> None:
        super().__init__(location=location)

    def _save(self, name: str, content: Any) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        half = target.with_name(f"{target.name}.{os.getpid()}{HALF}")
        with os.fdopen(_made(half), "wb") as written:
            for piece in content.chunks():
                written.write(piece)
            written.flush()
            os.fsync(written.fileno())
        half.replace(target)
        for folder in (target.parent, target.parent.parent):
            _sync(folder)
        return name


def store() -> Storage:
    return storages[ALIAS]


def new_name() -> str:
    """Random, in one of 256 folders."""
    drawn = secrets.token_hex(20)
    return f"{drawn[:2]}/{drawn}"


def put(content: bytes) -> str:
    """Write it under a new name, which is returned. Raises Unavailable; nothing is left then."""
    name = new_name()
    try:
        return store().save(name, ContentFile(content))
    except Exception as why:
        raise Unavailable(f"the store of files takes nothing now: {type(why).__name__}") from why


def get(name: str) -> bytes:
    """Raises Unavailable where the store does not answer, or has lost it."""
    try:
        with store().open(name, "rb") as opened:
            content: bytes = opened.read()
    except Exception as why:
        raise Unavailable(f"file {name} cannot be read: {type(why).__name__}") from why
    return content


def remove(name: str) -> None:
    store().delete(name)


def names() -> Iterator[tuple[str, datetime]]:
    """Everything in the store, with the moment it was written; half-written files too."""
    held = store()
    for folder in sorted(_listed(held, "")[0]):
        for file in sorted(_listed(held, folder)[1]):
            name = f"{folder}/{file}"
            try:
                yield name, held.get_modified_time(name)
            except FileNotFoundError:  # swept by another clock
                continue


def _listed(held: Storage, folder: str) -> tuple[list[str], list[str]]:
    try:
        return held.listdir(folder)
    except FileNotFoundError:
        return [], []


def _made(file: Path) -> int:
    """For this program's user alone; what a dead writer of the same number left is overwritten."""
    return os.open(file, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)


def _sync(folder: Path) -> None:
    """A new name in a folder is on the disk when the folder is."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
