"""Reads a calendar (RFC 5545) into announcements of reviews: one event, one monitoring visit.

The library that knows calendars reads each event by itself, so that a fault names the line on
which its event begins. Rules of recurrence and of time zones are not followed: an event that
repeats is refused, and of a moment its day counts as it is written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Event

from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.kernel import languages
from clearinghouse.kernel.marking import N_
from clearinghouse.submissions.formats import text

LONGEST_EVENT = 500  # lines
LONGEST_LINE = 20_000  # characters
DEEPEST = 2  # an alarm within an event

NO_CALENDAR = N_("Line 1 does not begin a calendar: BEGIN:VCALENDAR is expected.")
NO_EVENT = N_("Line %(line)s: there is no event (VEVENT) in this calendar.")
UNCLOSED = N_("Line %(line)s: what begins here is not ended before the calendar ends.")
CROSSED = N_("Line %(line)s ends %(name)s, which is not what was begun last.")
AFTER = N_("Line %(line)s stands after the end of the calendar.")
LONG_EVENT = N_("Line %(line)s: the event that begins here has more than %(most)s lines.")
LONG_LINE = N_("Line %(line)s has more than %(most)s characters.")
DEEP = N_("Line %(line)s: this is nested too deeply for an event.")
UNREADABLE = N_("Line %(line)s: the event that begins here cannot be read: %(why)s.")
REPEATS = N_("Line %(line)s: this event repeats. Announce each review as an event of its own.")
CANCELLED = N_("Line %(line)s: this event is cancelled. Withdraw the review at your desk.")

_EDGE = re.compile(r"(BEGIN|END):([A-Z-]{1,40})\s*", re.IGNORECASE)
_CODE = re.compile(r"(?:.*\()?([A-Za-z]{2})\)?\s*")
_REPEATING = ("RRULE", "RDATE", "RECURRENCE-ID", "EXRULE")
_MAIL = re.compile(r"mailto:", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """An event: the line on which it begins, and its own lines."""

    line: int
    lines: list[str]


def visits(content: bytes) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each event by the line on which it begins. Raises Unfit, naming the line."""
    some = list(_events(text.decoded(content).text))
    if not some:
        raise Unfit(NO_EVENT, line=1)
    return ((each.line, _visit(each)) for each in some)


# ── the frame ────────────────────────────────────────────────────────────────────────────────────


def _events(said: str) -> Iterator[Found]:
    """The events of a calendar, whose beginnings and ends must answer each other."""
    open_: list[tuple[str, int]] = []
    begun, is_over = 0, False
    lines = said.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, start=1):
        _must_be_in_place(number, line, begins=number == 1, is_over=is_over)
        if (edge := _EDGE.fullmatch(line)) is None:
            continue
        verb, name = edge[1].upper(), edge[2].upper()
        if verb == "BEGIN":
            open_.append((name, number))
            begun = number if name == "VEVENT" else begun
        elif not open_ or open_.pop()[0] != name:
            raise Unfit(CROSSED, line=number, name=name)
        elif name == "VEVENT":
            yield _found(begun, lines[begun - 1 : number], len(open_))
        is_over = not open_
    if open_:
        raise Unfit(UNCLOSED, line=open_[-1][1])


def _must_be_in_place(number: int, line: str, *, begins: bool, is_over: bool) -> None:
    if begins and line.lstrip("\ufeff").strip().upper() != "BEGIN:VCALENDAR":
        raise Unfit(NO_CALENDAR)
    if is_over and line.strip() and line.strip().upper() != "BEGIN:VCALENDAR":
        raise Unfit(AFTER, line=number)
    if len(line) > LONGEST_LINE:
        raise Unfit(LONG_LINE, line=number, most=LONGEST_LINE)


def _found(begun: int, lines: list[str], depth: int) -> Found:
    if depth >= DEEPEST:
        raise Unfit(DEEP, line=begun)
    if len(lines) > LONGEST_EVENT:
        raise Unfit(LONG_EVENT, line=begun, most=LONGEST_EVENT)
    return Found(begun, lines)


# ── an event ─────────────────────────────────────────────────────────────────────────────────────


def _visit(found: Found) -> dict[str, Any]:
    """What is missing is left out: the checks of the kind say so, as of any other way in."""
    event = _read(found)
    if any(name in event for name in _REPEATING):
        raise Unfit(REPEATS, line=found.line)
    if _said(event, "STATUS").upper() == "CANCELLED":
        raise Unfit(CANCELLED, line=found.line)
    begins, ends = _days(event)
    said = {
        "reference": _said(event, "UID"),
        "state": _state(event),
        "title": _title(event),
        "review": _said(event, "CATEGORIES").lower().replace(" ", "_").replace("-", "_"),
        "begins": begins,
        "ends": ends if ends != begins else "",
        "contact": _MAIL.sub("", _said(event, "ORGANIZER") or _said(event, "CONTACT")),
    }
    # An event of one day has no end: of one that had, none is left.
    return {name: value for name, value in said.items() if value or name == "ends"}


def _read(found: Found) -> Event:
    try:
        event = Event.from_ical("\r\n".join(found.lines))
    except (ValueError, KeyError, IndexError, TypeError, OverflowError, AttributeError) as why:
        raise Unfit(UNREADABLE, line=found.line, why=_short(why)) from None
    if not isinstance(event, Event):
        raise Unfit(UNREADABLE, line=found.line, why="VEVENT")
    for name, fault in event.errors:
        raise Unfit(UNREADABLE, line=found.line, why=f"{name or ''} {_short(fault)}".strip())
    return event


def _short(why: object) -> str:
    return " ".join(str(why).split())[:120].rstrip(".")


def _said(event: Event, name: str) -> str:
    """The first value of that name, as text."""
    value = event.get(name, "")
    first = value[0] if isinstance(value, list) and value else value
    cats = getattr(first, "cats", None)
    return str(cats[0] if cats else first).strip()


def _title(event: Event) -> dict[str, str]:
    """In the language it says it is in, else in English."""
    said = _said(event, "SUMMARY")
    spoken = str(getattr(event.get("SUMMARY"), "params", {}).get("LANGUAGE", "")).lower()[:2]
    known = {each.code for each in languages.OFFICIAL}
    return {spoken if spoken in known else "en": said} if said else {}


def _state(event: Event) -> str:
    """The State's code of two letters, alone or in brackets after its name."""
    said = _said(event, "X-CLEARINGHOUSE-STATE") or _said(event, "LOCATION")
    code = _CODE.fullmatch(said)
    return code[1].upper() if code else said


def _days(event: Event) -> tuple[str, str]:
    """First and last day. Whole days end, in a calendar, on the day after the last."""
    starts, ends, lasts = (
        getattr(event.get(name), "dt", None) for name in ("DTSTART", "DTEND", "DURATION")
    )
    if not isinstance(starts, date):
        return "", ""
    if isinstance(lasts, timedelta) and not isinstance(ends, date):
        ends = _later(starts, lasts)
    if not isinstance(ends, date):
        return _day(starts), ""
    is_whole = not isinstance(ends, datetime) and _day(ends) > _day(starts)
    return _day(starts), _day(ends - timedelta(days=1) if is_whole else ends)


def _later(starts: date, lasts: timedelta) -> date | None:
    try:
        return starts + lasts
    except OverflowError:
        return None


def _day(moment: date) -> str:
    return moment.date().isoformat() if isinstance(moment, datetime) else moment.isoformat()
