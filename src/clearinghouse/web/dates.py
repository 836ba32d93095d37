"""Dates, times and cities written out in the reader's language, by the rules of CLDR."""

from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date, format_skeleton, get_timezone_location

from clearinghouse.kernel import languages
from clearinghouse.kernel.partial_date import earliest
from clearinghouse.people import clock

# By the number of hyphens in YYYY, YYYY-MM, YYYY-MM-DD.
_SKELETONS = {0: "y", 1: "yMMMM"}


@lru_cache(maxsize=4096)
def day(value: date, language: str) -> str:
    """Write a day in full: "14 March 2003"."""
    return str(format_date(value, format="long", locale=languages.locale(language)))


@lru_cache(maxsize=4096)
def partial(text: str, language: str) -> str:
    """Write YYYY, YYYY-MM or YYYY-MM-DD as far as it goes; what is no such date stays as it is."""
    try:
        first = earliest(text)
    except ValueError:
        return text
    skeleton = _SKELETONS.get(text.count("-"))
    if skeleton is None:
        return day(first, language)
    return str(format_skeleton(skeleton, first, locale=languages.locale(language)))


def deadline(value: datetime, language: str) -> str:
    """Write a moment by New York's clock and, where it differs, by the reader's as well."""
    return clock.both(value, language)


def city(zone: str, language: str) -> str:
    """Name the city an IANA zone is called after: "Europe/Zurich" is "Zurich"."""
    locale = languages.locale(language)
    return str(get_timezone_location(zone, locale=locale, return_city=True))
