"""Encrypts a stream as it is written and decrypts it as it is read (age, by pyrage).

To recipients the file is an age file like any other: `age -d -i KEY FILE` reads it. The library
encrypts with a passphrase only what fits into memory; so a stream is then encrypted to a key made
for it alone, and that key, locked by the passphrase, stands before the stream.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import BinaryIO

import pyrage

from clearinghouse.access.errors import Invalid, Unavailable
from clearinghouse.backups.manifest import refuse

MAGIC = b"clearinghouse-backup-with-passphrase/1\n"
AGE = b"age-encryption.org/v1"
LONGEST_KEY = 4096  # bytes that the locked key may take
LENGTH = 4  # bytes in which its length is written
CHUNK = 1 << 20
WRONG = "the key or the passphrase does not open it"
SPOILT = "it is cut short or changed: it was not written like this"


@dataclass(frozen=True)
class Lock:
    """Who can open an archive: the holders of these keys, or whoever knows the passphrase."""

    recipients: tuple[str, ...] = ()
    passphrase: str = ""


@dataclass(frozen=True)
class Key:
    """What opens an archive: the text of an age identity file, or the passphrase."""

    identities: str = ""
    passphrase: str = ""


@contextmanager
def sealing(target: BinaryIO, lock: Lock) -> Iterator[BinaryIO]:
    """Give a stream to write to; it arrives encrypted. Raises Invalid for what is no key."""
    recipients = [_recipient(text) for text in lock.recipients] or [_locked(target, lock)]
    here, there = _pipe()

    def encrypt() -> None:
        with here:  # closed whatever happens, so that nobody writes into it for ever
            pyrage.encrypt_io(here, target, recipients)

    with ThreadPoolExecutor(1) as beside:
        done = beside.submit(encrypt)
        try:
            yield there
        finally:
            with suppress(OSError):  # nobody reads on: what stopped the reader is told below
                there.close()
            if why := done.exception():
                raise Unavailable(f"the archive cannot be written: {why}") from why


@contextmanager
def opening(source: BinaryIO, key: Key) -> Iterator[BinaryIO]:
    """Give a stream to read the content from. Raises Invalid where the key does not fit.

    A changed or missing byte is found at the latest at the end: do not believe before.
    """
    identities = _identities(source, key)
    here, there = _pipe()

    def decrypt() -> None:
        with there:
            pyrage.decrypt_io(source, there, identities)

    with ThreadPoolExecutor(1) as beside:
        done = beside.submit(decrypt)
        try:
            yield here
        finally:
            while here.read(CHUNK):
                pass
            here.close()
            if why := done.exception():
                fits = not isinstance(why, pyrage.DecryptError)
                raise refuse(SPOILT if fits else f"{WRONG} ({why})") from why


def _pipe() -> tuple[BinaryIO, BinaryIO]:
    here, there = os.pipe()
    return os.fdopen(here, "rb"), os.fdopen(there, "wb")


def _recipient(text: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as why:
        raise Invalid({"recipients": [f"{text!r} is no age public key (age1…)"]}) from why


def _locked(target: BinaryIO, lock: Lock) -> pyrage.x25519.Recipient:
    """A key for this archive alone, written before it under the passphrase."""
    if not lock.passphrase:
        said = "name CLEARINGHOUSE_BACKUP_RECIPIENTS or a CLEARINGHOUSE_BACKUP_PASSPHRASE"
        raise Invalid({"encryption": [f"{said}: a backup is never written in the clear"]})
    made = pyrage.x25519.Identity.generate()
    kept = pyrage.passphrase.encrypt(str(made).encode(), lock.passphrase)
    target.write(MAGIC + len(kept).to_bytes(LENGTH, "big") + kept)
    return made.to_public()


def _identities(source: BinaryIO, key: Key) -> list[pyrage.x25519.Identity]:
    """Of the key file, or out of the head of the archive by the passphrase."""
    begun = source.read(len(MAGIC))
    if begun != MAGIC:
        if not begun.startswith(AGE):
            raise refuse("it is no backup of this program, or its beginning is spoilt")
        source.seek(0)
        return _of_file(key)
    if not key.passphrase:
        raise refuse("it was locked with a passphrase: name the passphrase")
    size = int.from_bytes(source.read(LENGTH), "big")
    if size > LONGEST_KEY:
        raise refuse(SPOILT)
    try:
        text = pyrage.passphrase.decrypt(source.read(size), key.passphrase)
    except pyrage.DecryptError as why:
        raise refuse(WRONG) from why
    return [pyrage.x25519.Identity.from_str(text.decode())]


def _of_file(key: Key) -> list[pyrage.x25519.Identity]:
    lines = [text.strip() for text in key.identities.splitlines()]
    found = [text for text in lines if text and not text.startswith("#")]
    if not found:
        raise refuse("it was locked to public keys: name the file of one of their secret keys")
    try:
        return [pyrage.x25519.Identity.from_str(text) for text in found]
    except pyrage.IdentityError as why:
        raise refuse("the key file holds no age secret key (AGE-SECRET-KEY-…)") from why
