"""Lines for a log that betray nothing: a fixed set of fields, as JSON or as words.

Of an exception its kind and its places in the code are kept, never its message: that may hold
what somebody wrote. Of a line by others only its template is kept, and none where it has none.
"""

import json
import logging
import secrets
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any

REQUESTS = "clearinghouse.requests"
FIELDS = ("route", "method", "status", "ms", "roles")
FRAMES = 12  # of the places an exception came by, the last ones

_request: ContextVar[str] = ContextVar("request", default="")


def begin_request() -> str:
    """An id that ties the lines of one request together; it goes nowhere else."""
    made = secrets.token_hex(8)
    _request.set(made)
    return made


def told(record: logging.LogRecord) -> dict[str, Any]:
    """The fields of a line, in their order; what is empty is left out."""
    at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    line: dict[str, Any] = {"time": at, "level": record.levelname, "logger": record.name}
    line |= {"request": _request.get(), "said": _template(record)}
    line |= {name: getattr(record, name, None) for name in FIELDS}
    line |= _exception(record)
    return {name: value for name, value in line.items() if value not in (None, "")}


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(told(record), ensure_ascii=True)


class Words(logging.Formatter):
    """The same fields for people."""

    def format(self, record: logging.LogRecord) -> str:
        line = told(record)
        head = [line.pop(name) for name in ("time", "level", "logger")]
        return " ".join([*head, *(f"{name}={value}" for name, value in line.items())])


def _template(record: logging.LogRecord) -> str:
    """Our own sentences hold no content; those of others may, where they are already filled in."""
    ours = record.name.startswith("clearinghouse.")
    return record.msg if isinstance(record.msg, str) and (ours or record.args) else ""


def _exception(record: logging.LogRecord) -> dict[str, Any]:
    kind, _, trace = record.exc_info or (None, None, None)
    if kind is None:
        return {}
    frames = traceback.extract_tb(trace)[-FRAMES:]
    places = [f"{PurePath(f.filename).name}:{f.lineno} {f.name}" for f in frames]
    return {"exception": kind.__name__, "at": places}
