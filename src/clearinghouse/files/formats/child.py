"""What the reading process does: binds itself first, then reads one file from its input.

It is started alone, without the environment and without a folder of its own; it writes one JSON
object, and can open no file, write none beyond its answer, and use so much memory and time.
"""

import gc
import json
import resource
import sys
from importlib import import_module

MEMORY = 512 * 1024 * 1024  # bytes of address space
SECONDS = 30  # of the processor
ANSWER = 96 * 1024 * 1024  # bytes
READERS = {
    "xlsx": ("spreadsheet", "read"),
    "csv": ("spreadsheet", "read_csv"),
    "docx": ("wordprocessing", "read"),
    "xml": ("markup", "read"),
    "eml": ("mail", "read"),
}


def bind() -> None:
    """Limits that this process cannot lift again."""
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, ANSWER),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(what, (limit, limit))


def main(kind: str) -> None:
    bind()
    gc.disable()  # one file, and the process ends: what it makes is all in use
    from clearinghouse.files.formats.unfit import Unfit  # noqa: PLC0415  # after the limits

    try:
        answer = _read(kind, sys.stdin.buffer.read())
    except Unfit as why:
        answer = {"unfit": why.message, "values": why.values}
    sys.stdout.write(json.dumps(answer, default=str))


def _read(kind: str, content: bytes) -> dict[str, object]:
    """Each reader brings only its own library: what is not needed is not there to be attacked."""
    from clearinghouse.files.formats.contents import written  # noqa: PLC0415  # after the limits

    module, function = READERS[kind]
    read = getattr(import_module(f"clearinghouse.files.formats.{module}"), function)
    return written(read(content))
