"""What an archive may hold: its parts by their hashes, below its folder, and a manifest last."""

import gzip
import io
import json
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pyrage
import pytest

from clearinghouse.access.errors import Invalid
from clearinghouse.backups import age, archive, manifest
from clearinghouse.backups.manifest import INSTALLATION, KEYS, Manifest, Part

IDENTITY = pyrage.x25519.Identity.generate()
LOCK, KEY = age.Lock((str(IDENTITY.to_public()),)), age.Key(str(IDENTITY))
NOW = datetime(2025, 3, 10, tzinfo=UTC)
TOLD = Manifest(kind=INSTALLATION, taken_at=NOW, version="1", root="00", migrations=[("a", "1")])


def quiet(_text: str) -> None:
    """Nobody waits for two seconds here."""


def forged(target: Path, members: list[tuple[tarfile.TarInfo, bytes]]) -> Path:
    """An archive that is encrypted as it should be and holds whatever it is given."""
    with (
        target.open("wb") as file,
        age.sealing(file, LOCK) as sealed,
        gzip.open(sealed, "wb") as small,
        tarfile.open(fileobj=small, mode="w|") as tar,
    ):
        for about, content in members:
            about.size = len(content)
            tar.addfile(about, io.BytesIO(content))
    return target


def member(name: str, kind: bytes = tarfile.REGTYPE) -> tarfile.TarInfo:
    about = tarfile.TarInfo(name)
    about.type = kind
    about.linkname = "/etc/passwd" if kind == tarfile.SYMTYPE else ""
    return about


def telling(**changed: object) -> tuple[tarfile.TarInfo, bytes]:
    text = json.dumps(json.loads(TOLD.as_bytes()) | changed).encode()
    return member(manifest.NAME), text


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    (tmp_path / "in" / "ab").mkdir(parents=True)
    (tmp_path / "in" / "ab" / "one").write_bytes(b"1" * 99_999)
    (tmp_path / "in" / "none").write_bytes(b"")
    (tmp_path / "in" / ".passing").write_bytes(b"half a file")
    (tmp_path / "in" / "elsewhere").symlink_to("/etc/passwd")
    parts = [*archive.tree(tmp_path / "in", "files"), ("files/gone", tmp_path / "gone")]
    told = archive.pack(tmp_path / "a", LOCK, TOLD, parts, quiet)
    assert [part.name for part in told.parts] == ["files/ab/one", "files/none"]
    assert archive.unpack(tmp_path / "a", KEY, tmp_path / "out", INSTALLATION, quiet) == told
    assert (tmp_path / "out/files/ab/one").read_bytes() == b"1" * 99_999
    assert (tmp_path / "out/files/ab/one").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600


def test_no_file_is_overwritten_and_half_a_one_does_not_stay(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("an older backup")
    with pytest.raises(Invalid, match="is there already"):
        archive.pack(tmp_path / "a", LOCK, TOLD, [], quiet)
    with pytest.raises(IsADirectoryError):
        archive.pack(tmp_path / "b", LOCK, TOLD, [("files/x", tmp_path)], quiet)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_text() == "an older backup"


SUM = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"  # of b"foo"
PART = vars(Part("files/x", 3, SUM))
# fmt: off
FORGED = {
    "no manifest":           ([(member("files/x"), b"foo")], "no manifest"),
    "another content":       ([(member("files/x"), b"bar"), telling(parts=[PART])], "not what its manifest"),
    "a part too many":       ([(member("files/x"), b"foo"), telling()], "not what its manifest"),
    "a part missing":        ([telling(parts=[PART])], "not what its manifest"),
    "a way out":             ([(member("files/../../x"), b"foo"), telling()], "no part of a backup"),
    "an absolute way":       ([(member("/etc/x"), b"foo"), telling()], "no part of a backup"),
    "a link":                ([(member("files/x", tarfile.SYMTYPE), b""), telling()], "no part of a backup"),
    "a device":              ([(member("files/x", tarfile.CHRTYPE), b""), telling()], "no part of a backup"),
    "a later format":        ([telling(format=2)], "format 2"),
    "keys":                  ([telling(kind=KEYS)], "it holds keys, not installation"),
    "no list of parts":      ([telling(parts=7)], "manifest cannot be read"),
    "an unknown word":       ([telling(colour="blue")], "manifest cannot be read"),
    "a manifest that is none": ([(member(manifest.NAME), b"[1]")], "manifest cannot be read"),
    "no JSON":               ([(member(manifest.NAME), b"\xff{")], "manifest cannot be read"),
}
# fmt: on


@pytest.mark.parametrize("what", FORGED)
def test_what_does_not_agree_with_itself_is_refused(what: str, tmp_path: Path) -> None:
    members, said = FORGED[what]
    forged(tmp_path / "a", members)
    (tmp_path / "out").mkdir()
    with pytest.raises(Invalid, match=said):
        archive.unpack(tmp_path / "a", KEY, tmp_path / "out" / "here", INSTALLATION, quiet)
    assert not (tmp_path / "out" / "x").exists()
    assert {path.name for path in (tmp_path / "out").iterdir()} <= {"here"}


def test_the_same_part_twice_is_refused(tmp_path: Path) -> None:
    twice = [(member("files/x"), b"foo")] * 2
    with pytest.raises(FileExistsError):
        archive.unpack(forged(tmp_path / "a", twice), KEY, tmp_path / "out", INSTALLATION, quiet)


def test_a_stream_that_is_no_tar_is_refused(tmp_path: Path) -> None:
    for content in (b"", b"no gzip", gzip.compress(b"no tar" * 200)):
        with (tmp_path / "a").open("wb") as file, age.sealing(file, LOCK) as sealed:
            sealed.write(content)
        with pytest.raises(Invalid):
            archive.unpack(tmp_path / "a", KEY, tmp_path / "out", INSTALLATION, quiet)
