"""Packs parts into an encrypted archive, and unpacks one into a folder, each part by its hash."""

import gzip
import hashlib
import os
import tarfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from clearinghouse.backups import age, manifest
from clearinghouse.backups.manifest import Manifest, Part, refuse
from clearinghouse.backups.pace import Pace

CHUNK = 1 << 20
LEVEL = 6  # of compression: stored files are mostly compressed already
HALF = ".half"  # the ending of a file that is still being written
LONGEST_MANIFEST = 64 << 20

Say = Callable[[str], None]


class Counting:
    """Reads a file and remembers what was read: its SHA-256, and how far it has come."""

    def __init__(self, source: BinaryIO, pace: Pace) -> None:
        self.source, self.pace, self.sum = source, pace, hashlib.sha256()

    def read(self, size: int) -> bytes:
        some = self.source.read(size)
        self.sum.update(some)
        self.pace.come(len(some))
        return some


def pack(
    target: Path, lock: age.Lock, told: Manifest, parts: Iterable[tuple[str, Path]], say: Say
) -> Manifest:
    """Write beside the target, to the disk, and only then under its name; the manifest last.

    A file that is gone when its turn comes was removed since the database was copied.
    """
    if target.exists():
        raise refuse(f"{target} is there already: choose another name")
    half = target.with_name(f".{target.name}.{os.getpid()}.half")
    written: list[Part] = []
    try:
        with _create(half) as file:
            with age.sealing(file, lock) as sealed, _tar(sealed) as tar:
                pace = Pace("packed", say)
                for name, path in parts:
                    written += _add(tar, name, path, pace)
                whole = replace(told, parts=written)
                _write(tar, manifest.NAME, BytesIO(text := whole.as_bytes()), len(text))
            file.flush()
            os.fsync(file.fileno())
        half.rename(target)
        sync(target.parent)
    finally:
        half.unlink(missing_ok=True)
    return whole


def unpack(source: Path, key: age.Key, into: Path, kind: str, say: Say) -> Manifest:
    """Every part into the folder; raises Invalid unless the archive is whole and as written."""
    found: dict[str, Part] = {}
    text = b""
    pace = Pace("unpacked", say)
    with source.open("rb") as file, age.opening(file, key) as opened:
        try:
            with gzip.open(opened) as plain, tarfile.open(fileobj=plain, mode="r|") as tar:
                for member in tar:
                    if member.name == manifest.NAME:
                        text = _text(tar, member)
                    else:
                        found[member.name] = _extract(tar, member, into, pace)
        except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as why:
            raise refuse(age.SPOILT) from why
    if not text:
        raise refuse("it has no manifest: it was not finished")
    told = manifest.read(text, kind)
    if found != {part.name: part for part in told.parts}:
        raise refuse("what it holds is not what its manifest says")
    return told


def tree(folder: Path, under: str) -> Iterator[tuple[str, Path]]:
    """Every file below a folder, with its name in the archive; what begins with a dot passes."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        passing = path.name.startswith(".") or path.suffix == HALF
        if path.is_file() and not path.is_symlink() and not passing:
            yield f"{under}/{path.relative_to(folder).as_posix()}", path


def sync(folder: Path) -> None:
    """A new name in a folder is on the disk when the folder is."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def _tar(sealed: BinaryIO) -> Iterator[tarfile.TarFile]:
    with (
        gzip.GzipFile(fileobj=sealed, mode="wb", compresslevel=LEVEL, mtime=0) as small,
        tarfile.open(fileobj=small, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        yield tar


def _add(tar: tarfile.TarFile, name: str, path: Path, pace: Pace) -> list[Part]:
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return []
    with file:
        size = os.fstat(file.fileno()).st_size
        counted = Counting(file, pace)
        _write(tar, name, counted, size)
        return [Part(name, size, counted.sum.hexdigest())]


def _write(tar: tarfile.TarFile, name: str, source: Counting | BytesIO, size: int) -> None:
    about = tarfile.TarInfo(name)
    about.size, about.mode = size, 0o600
    tar.addfile(about, source)  # type: ignore[arg-type]  # it only reads


def _text(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    opened = tar.extractfile(member)
    if opened is None or member.size > LONGEST_MANIFEST:
        raise refuse("its manifest cannot be read")
    return opened.read()


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, into: Path, pace: Pace) -> Part:
    """Only plain files, only below the folder."""
    name = PurePosixPath(member.name)
    if not member.isfile() or name.is_absolute() or ".." in name.parts:
        raise refuse(f"it holds {member.name!r}, which is no part of a backup")
    target, opened = into / name, tar.extractfile(member)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    size = 0
    with _create(target) as file:
        counted = Counting(opened, pace)  # type: ignore[arg-type]  # a plain file has content
        while some := counted.read(CHUNK):
            size += file.write(some)
        file.flush()
        os.fsync(file.fileno())
    return Part(member.name, size, counted.sum.hexdigest())


def _create(path: Path) -> BinaryIO:
    """A new file that its owner alone can read."""
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")
