"""What `doctor` looks at around the program: folders, disk, keys, clock, zones, mail."""

import os
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.utils import timezone

from clearinghouse.cli import folder
from clearinghouse.cli.checks.said import Note
from clearinghouse.ledger import queries as ledger
from clearinghouse.notices.couriers import Post

LITTLE, FEW = 64 << 20, 1 << 30  # bytes free: a fault below the first, a note below the second
STEP = timedelta(minutes=2)  # that clocks may differ by
KNOWN = {datetime(2026, 1, 15, 12, tzinfo=UTC): -5, datetime(2026, 7, 15, 12, tzinfo=UTC): -4}


def data_folder() -> str:
    place = folder.data_dir()
    return "" if os.access(place, os.W_OK) else f"{place} cannot be written"


def disk() -> str:
    """Of the data folder, and of the folder for passing files."""
    places = (folder.data_dir(), Path(tempfile.gettempdir()))
    free = {place: shutil.disk_usage(place).free for place in places if place.exists()}
    told = [f"{place} has {left >> 20} MB left" for place, left in free.items() if left < FEW]
    if any(left < LITTLE for left in free.values()):
        return "; ".join(told)
    return Note("; ".join(told))


def keys_place() -> str:
    """Whoever copies the data folder must not have the exchange's keys with it."""
    if not settings.ENV.keys or settings.ENV.demo:
        return ""
    place, data = Path(settings.ENV.keys).resolve(), folder.data_dir().resolve()
    if place.is_relative_to(data):
        return f"{place} lies in the data folder: a copy of that would hold the keys too"
    if not place.is_dir():
        return f"{place} is no folder"
    loose = place.stat().st_mode & 0o077
    return f"{place} can be read by others: chmod 700" if loose else ""


def time_zones() -> str:
    try:
        zone = ZoneInfo("America/New_York")
    except ZoneInfoNotFoundError:
        return "there is no time zone database"
    wrong = [
        at
        for at, hours in KNOWN.items()
        if at.astimezone(zone).utcoffset() != timedelta(hours=hours)
    ]
    return "the database of time zones does not know New York's" if wrong else ""


def clock() -> str:
    """Time does not go back behind what is recorded."""
    last = ledger.last_written()
    if last and timezone.now() < last - STEP:
        return f"it is before the last line of the record ({last:%Y-%m-%d %H:%M:%S} UTC)"
    return ""


def mail() -> str:
    if not settings.MAIL_SERVER:
        return Note("" if settings.ENV.demo else "no mail server is set: mails stay in outbox/")
    return Post(settings.MAIL_SERVER).greet()
