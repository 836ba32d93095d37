"""Tells the trouble of a database or a disk, which passes, from a fault of the program."""

import errno

from django.db import DatabaseError, InterfaceError, OperationalError

RETRY_AFTER = "10"  # seconds, as a header says it

SQLITE = {
    "busy": 5,
    "locked": 6,
    "readonly": 8,
    "ioerr": 10,
    "full": 13,
    "cantopen": 14,
}
SAID_BY_SQLITE = (  # where its number is not told: the driver's own words for the same
    "database is locked",
    "database table is locked",
    "attempt to write a readonly database",
    "disk i/o error",
    "database or disk is full",
    "unable to open database file",
)
OF_POSTGRESQL = ("08", "53", "57", "58", "40")  # lost, out of resources, stopped, system, again
READ_ONLY = "25006"
OF_THE_SYSTEM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}


def is_trouble(exc: BaseException | None) -> bool:
    """Whether asking again later may well succeed, and nothing of ours is wrong."""
    if isinstance(exc, InterfaceError):
        return True  # the connection is gone
    if isinstance(exc, DatabaseError):
        return _of_the_database(exc)
    return isinstance(exc, OSError) and exc.errno in OF_THE_SYSTEM


def _of_the_database(exc: DatabaseError) -> bool:
    cause = exc.__cause__
    state = getattr(cause, "sqlstate", None)
    if state:
        return state[:2] in OF_POSTGRESQL or state == READ_ONLY
    number = getattr(cause, "sqlite_errorcode", None)
    if number is not None:
        return number & 0xFF in SQLITE.values()
    said = str(exc).lower()
    if "sqlite" in type(cause).__module__:
        return any(words in said for words in SAID_BY_SQLITE)
    return isinstance(exc, OperationalError)  # PostgreSQL could not be reached: there is no state
