"""A moment by New York's clock and, where that differs, by the reader's own.

Who reads is said once, where a request or a mail begins (`reading_in`); whoever writes a moment
asks here. Nothing that several readers share, such as an issued document, follows one of them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_location
from django.utils.translation import gettext as _

from clearinghouse.kernel import languages
from clearinghouse.kernel.calendar import NEW_YORK

_READER: ContextVar[str] = ContextVar("the reader's zone", default=NEW_YORK.key)


@contextmanager
def reading_in(zone: str) -> Iterator[None]:
    """Until the end of the block, moments are told in this zone as well."""
    token = _READER.set(zone)
    try:
        yield
    finally:
        _READER.reset(token)


@dataclass(frozen=True)
class Clocks:
    """One moment: for machines, by New York's clock, and by the reader's ("" where alike)."""

    machine: str
    there: str
    here: str = ""
    zone: str = ""
    city: str = ""


def clocks(moment: datetime, language: str, zone: str = "") -> Clocks:
    """A naive moment raises ValueError; `zone` is the reader's where none is given."""
    if moment.tzinfo is None:
        raise ValueError("a deadline without an offset could mean any of forty hours")
    zone = zone or _READER.get()
    there, here = moment.astimezone(NEW_YORK), moment.astimezone(ZoneInfo(zone))
    told = written(there, language)
    if here.utcoffset() == there.utcoffset():
        return Clocks(moment.isoformat(), told)
    place = get_timezone_location(zone, locale=languages.locale(language), return_city=True)
    return Clocks(moment.isoformat(), told, written(here, language), zone, str(place))


def both(moment: datetime, language: str) -> str:
    """For example "15 December 2026, 15:00 New York (21:00 your time, Europe/Paris)".

    The reader's day is named where it is another than New York's.
    """
    said = clocks(moment, language)
    there = _("%(moment)s New York") % {"moment": said.there}
    if not said.here:
        return there
    here = moment.astimezone(ZoneInfo(said.zone))
    same_day = here.date() == moment.astimezone(NEW_YORK).date()
    told = _hour(here, language) if same_day else said.here
    values = {"there": there, "here": told, "zone": said.zone}
    return _("%(there)s (%(here)s your time, %(zone)s)") % values


def written(value: datetime, language: str) -> str:
    """Write a moment by the clock of its own zone: "14 March 2003, 15:00"."""
    day = format_date(value.date(), format="long", locale=languages.locale(language))
    comma = "، " if Locale.parse(languages.locale(language)).language == "ar" else ", "
    return f"{day}{comma}{_hour(value, language)}"


def _hour(value: datetime, language: str) -> str:
    locale = Locale.parse(languages.locale(language))
    return str(format_time(value, format="HH:mm", tzinfo=value.tzinfo, locale=locale))
