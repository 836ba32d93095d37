"""The data folder and its secret key, before the settings that need them are read."""

import os
import secrets
from pathlib import Path

KEY = "secret_key"


class NotThere(OSError):
    """There is no installation in the data folder, or the folder cannot be used."""


def data_dir() -> Path:
    return Path(os.environ.get("CLEARINGHOUSE_DATA_DIR", "data"))


def prepare() -> None:
    """Make the folder and its key where they are missing. Only its owner can read the key."""
    folder = data_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".writable").write_bytes(b"")
        (folder / ".writable").unlink()
        if not _has_key():
            with os.fdopen(os.open(folder / KEY, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(50))
    except OSError as why:
        raise NotThere(f"the data folder {folder} cannot be written: {why.strerror}") from why


def require() -> None:
    if not _has_key():
        raise NotThere(f"no installation in {data_dir()}: run `clearinghouse init` first")


def _has_key() -> bool:
    named = {"CLEARINGHOUSE_SECRET_KEY", "CLEARINGHOUSE_SECRET_KEY_FILE"} & os.environ.keys()
    return bool(named) or (data_dir() / KEY).is_file()
