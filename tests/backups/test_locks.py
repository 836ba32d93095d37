"""What an archive is locked with: keys, a passphrase, never nothing; and what does not open it."""

import io
import subprocess
import sys
from pathlib import Path

import pyrage
import pytest

from clearinghouse.access.errors import Invalid, Unavailable
from clearinghouse.backups import age
from clearinghouse.backups.age import Key, Lock

CONTENT = b"references, and texts of the rooms\n" * 9000
OURS, THEIRS = (pyrage.x25519.Identity.generate() for _ in range(2))
TO_US = Lock((str(OURS.to_public()), str(THEIRS.to_public())))


def sealed(lock: Lock, content: bytes = CONTENT) -> bytes:
    target = io.BytesIO()
    with age.sealing(target, lock) as stream:
        stream.write(content)
    return target.getvalue()


def opened(archive: bytes, key: Key) -> bytes:
    with age.opening(io.BytesIO(archive), key) as stream:
        return stream.read()


def test_any_of_the_recipients_opens_it_and_so_does_any_age_program() -> None:
    archive = sealed(TO_US)
    for each in (OURS, THEIRS):
        assert opened(archive, Key(f"# a comment\n\n{each}\n")) == CONTENT
    assert pyrage.decrypt(archive, [OURS]) == CONTENT
    assert b"references" not in archive


def test_the_passphrase_opens_it_and_no_other_does() -> None:
    archive = sealed(Lock(passphrase="a long one"))
    assert opened(archive, Key(passphrase="a long one")) == CONTENT
    with pytest.raises(Invalid, match="the passphrase does not open it"):
        opened(archive, Key(passphrase="a wrong one"))
    with pytest.raises(Invalid, match="name the passphrase"):
        opened(archive, Key(str(OURS)))


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (Key(), "name the file of one of their secret keys"),
        (Key("\n# only a comment"), "name the file of one of their secret keys"),
        (Key("ssh-ed25519 AAAA"), "holds no age secret key"),
        (Key(str(pyrage.x25519.Identity.generate())), "does not open it"),
    ],
)
def test_a_key_that_does_not_fit_is_told_from_none(key: Key, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        opened(sealed(TO_US), key)


@pytest.mark.parametrize("length", [0, 1, 21, 60, 400, 70_000, -1])
def test_wherever_it_is_cut_it_is_refused(length: int) -> None:
    with pytest.raises(Invalid):
        opened(sealed(TO_US)[:length], Key(str(OURS)))


@pytest.mark.parametrize("place", [0, 30, 100, 500, 70_000, -1])
def test_whichever_bit_is_changed_it_is_refused(place: int) -> None:
    archive = bytearray(sealed(TO_US))
    archive[place] ^= 1
    with pytest.raises(Invalid):
        opened(bytes(archive), Key(str(OURS)))


@pytest.mark.parametrize(
    "text", [b"", b"PK\x03\x04 a zip", b"hello " * 99, age.MAGIC + b"\xff" * 9]
)
def test_what_is_no_backup_is_said(text: bytes) -> None:
    with pytest.raises(Invalid):
        opened(text, Key(str(OURS), "a passphrase"))


def test_nothing_is_written_without_a_lock_or_to_what_is_no_key() -> None:
    target = io.BytesIO()
    for lock, said in (
        (Lock(), "never written in the clear"),
        (Lock(("age1x",)), "no age public"),
    ):
        with pytest.raises(Invalid, match=said), age.sealing(target, lock) as stream:
            stream.write(b"never")
    assert target.getvalue() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full disk to offer")
def test_a_full_disk_is_told_and_nobody_hangs() -> None:
    def write() -> None:
        with Path("/dev/full").open("wb", buffering=0) as full, age.sealing(full, TO_US) as stream:
            for _ in range(99):
                stream.write(CONTENT)

    with pytest.raises(Unavailable, match="No space left"):
        write()


def test_what_breaks_while_writing_is_what_is_raised() -> None:
    with pytest.raises(LookupError), age.sealing(io.BytesIO(), TO_US):  # the block is the test
        raise LookupError
    with (
        pytest.raises(LookupError),
        age.opening(io.BytesIO(sealed(TO_US)), Key(str(OURS))),
    ):  # the same
        raise LookupError


MEASURED = """
import resource, sys
from pathlib import Path
from clearinghouse.backups import age
from clearinghouse.backups.age import Key, Lock
lock, key, folder = Lock((sys.argv[1],)), Key(sys.argv[2]), Path(sys.argv[3])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with (folder / "a").open("wb") as file, age.sealing(file, lock) as stream:
    for _ in range(200):
        stream.write(bytes(1 << 20))
with (folder / "a").open("rb") as file, age.opening(file, key) as stream:
    read = sum(len(some) for some in iter(lambda: stream.read(1 << 20), b""))
print(read >> 20, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> 10)
"""


def test_its_memory_does_not_grow_with_the_archive(tmp_path: Path) -> None:
    words = [sys.executable, "-c", MEASURED, TO_US.recipients[0], str(OURS), str(tmp_path)]
    env = {"PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=True)
    megabytes, grown = map(int, done.stdout.split())
    assert megabytes == 200
    assert grown < 40
