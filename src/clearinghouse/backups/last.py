"""Remembers when the last backups were taken and where they were put, for `doctor`."""

import json
from datetime import datetime
from pathlib import Path

from clearinghouse.backups.archive import sync
from clearinghouse.backups.manifest import Manifest

NAME = "backups.json"
Taken = dict[str, dict[str, str]]


def remember(data: Path, told: Manifest, target: Path) -> None:
    """The newest of each kind."""
    known = recall(data)
    kept = {"taken_at": told.taken_at.isoformat(), "file": str(target.resolve())}
    known[told.kind] = kept | {"root": told.root}
    half = data / f".{NAME}"
    half.write_text(json.dumps(known, indent=1), encoding="utf-8")
    half.rename(data / NAME)
    sync(data)


def recall(data: Path) -> Taken:
    """By kind; nothing where no backup was taken, or the note cannot be read."""
    try:
        known: Taken = json.loads((data / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known


def age_of(data: Path, kind: str, now: datetime) -> float | None:
    """In hours; None where there is none."""
    kept = recall(data).get(kind)
    if not kept:
        return None
    return (now - datetime.fromisoformat(kept["taken_at"])).total_seconds() / 3600
