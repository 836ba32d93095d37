"""Writes a calendar as calendar programs read it (RFC 5545), through the library that knows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from icalendar import Calendar, Event, vText

PRODUCT = "-//Clearinghouse//Calendar//EN"


@dataclass(frozen=True, kw_only=True)
class Happening:
    """A day, some days (`ends` is the last of them) or a moment, under a name that stays.

    `sequence` is raised at each change, so that a program takes the later for the later.
    """

    uid: str
    sequence: int
    stamp: datetime
    summary: str
    starts: date | datetime
    ends: date | datetime | None = None
    place: str = ""
    text: str = ""
    url: str = ""


def write(name: str, some: Iterable[Happening]) -> bytes:
    """The same happenings make the same bytes. No text in them can begin a line of its own."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", vText(_legible(name)))  # the library escapes only what it knows
    for each in sorted(some, key=lambda h: (str(h.starts), h.uid)):
        calendar.add_component(_event(each))
    return bytes(calendar.to_ical())


def _event(each: Happening) -> Event:
    event = Event()
    event.add("uid", each.uid)
    event.add("sequence", each.sequence)
    event.add("dtstamp", each.stamp)
    event.add("summary", _legible(each.summary))
    event.add("dtstart", each.starts)
    if (end := _end(each)) is not None:
        event.add("dtend", end)
    for name, text in (("location", each.place), ("description", each.text)):
        if text:
            event.add(name, _legible(text))
    if each.url:
        event.add("url", each.url)
    event.add("transp", "TRANSPARENT")
    return event


def _end(each: Happening) -> date | datetime | None:
    """Of whole days the standard wants the day after the last."""
    if isinstance(each.starts, datetime):
        return each.ends
    last = each.ends or each.starts
    return date.fromordinal(last.toordinal() + 1)


def _legible(text: str) -> str:
    """Without signs that no calendar may hold; a line break stays one, escaped by the library."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(c if c.isprintable() else " " for c in line) for line in lines)
