"""What an archive says of itself: when it was taken, from what, and the hash of each part."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from clearinghouse.access.errors import Invalid

FORMAT = 1
NAME = "manifest.json"
INSTALLATION, KEYS = "installation", "keys"
KEYS_KEPT = timedelta(days=30)
"""How long an archive of the exchange's keys may be kept: a destroyed key is to be gone."""


def refuse(why: str) -> Invalid:
    return Invalid({"archive": [why]})


@dataclass(frozen=True)
class Part:
    """One file of the archive: its name in it, its size in bytes, its SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Table:
    """How many rows a table had, and its columns in the order in which they were written."""

    rows: int
    columns: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """`root` is the hash of the last of `lines` lines of the record in this copy."""

    kind: str
    taken_at: datetime
    version: str
    vendor: str = ""
    migrations: list[tuple[str, str]] = field(default_factory=list)
    tables: dict[str, Table] = field(default_factory=dict)
    lines: int = 0
    root: str = ""
    parts: list[Part] = field(default_factory=list)

    def as_bytes(self) -> bytes:
        told = asdict(self) | {"format": FORMAT, "taken_at": self.taken_at.isoformat()}
        return json.dumps(told, indent=1, sort_keys=True).encode()


def read(text: bytes, kind: str) -> Manifest:
    """Raises Invalid for another format or kind, and for what is no manifest."""
    try:
        told: dict[str, Any] = json.loads(text)
        number, found = told.pop("format"), told["kind"]
    except (ValueError, KeyError, TypeError, AttributeError) as why:
        raise refuse("its manifest cannot be read") from why
    if number != FORMAT:
        raise refuse(f"it is of format {number}; this version reads format {FORMAT}")
    if found != kind:
        raise refuse(f"it holds {found}, not {kind}")
    try:
        return _made(told)
    except (KeyError, TypeError, ValueError) as why:
        raise refuse("its manifest cannot be read") from why


def _made(told: dict[str, Any]) -> Manifest:
    parts = [Part(**part) for part in told.pop("parts")]
    tables = {name: Table(**table) for name, table in told.pop("tables").items()}
    migrations = [(app, name) for app, name in told.pop("migrations")]
    taken_at = datetime.fromisoformat(told.pop("taken_at"))
    return Manifest(**told, parts=parts, tables=tables, migrations=migrations, taken_at=taken_at)
