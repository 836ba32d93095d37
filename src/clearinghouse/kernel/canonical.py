"""The one way to write a value down, so that equal contents have equal bytes and equal hashes."""

import hashlib
import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from uuid import UUID


def plain(value: object) -> object:
    """Text for what JSON has no word for. Times are told in UTC, to the microsecond."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, frozenset | set):
        return sorted(map(str, value))
    raise TypeError(f"a {type(value).__name__} has no canonical form")


_WRITER = json.JSONEncoder(
    sort_keys=True,
    separators=(",", ":"),
    ensure_ascii=False,
    allow_nan=False,
    default=plain,
)


def canonical(value: object) -> str:
    """Canonical JSON: sorted keys, no spaces, no NaN, text as it is (not escaped)."""
    return _WRITER.encode(value)


def digest(value: object) -> str:
    """SHA-256 of the canonical JSON in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()
