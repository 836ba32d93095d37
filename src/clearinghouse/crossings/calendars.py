"""Fills the calendars with what their reader may see: meetings, days of issue, dates, reviews.

Source: `docs/rules/meetings.md`. The public one and each seat's are filled by the same queries,
asked as another reader.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.conf import settings
from django.utils.translation import gettext as _

from clearinghouse.access.actor import PUBLIC, Actor
from clearinghouse.access.errors import Unseen
from clearinghouse.crossings import monitoring
from clearinghouse.crossings.move_meeting import Shift, own
from clearinghouse.kernel import languages
from clearinghouse.kernel.calendar import add_months, close_of, day_in_new_york, first_of_month
from clearinghouse.kernel.partial_date import earliest
from clearinghouse.mandate import queries as mandate
from clearinghouse.mandate.models import Meeting
from clearinghouse.meetings import queries as meetings
from clearinghouse.meetings.formats.ics import Happening, write
from clearinghouse.people.queries import addressee
from clearinghouse.plan import queries as plan

HOST = "clearinghouse"  # of the names of happenings: they stay when the site moves
MONTHS = 12  # days of issue told ahead
EPOCH = datetime(2003, 3, 6, tzinfo=UTC)  # where nothing was ever loaded or moved


def public(now: datetime, language: str) -> bytes:
    """What everybody may put in their calendar."""
    return _written(PUBLIC, now, language)


def of_seat(key: str, now: datetime, language: str) -> bytes:
    """What is public and what is the seat's own. Raises Unseen once the seat or the key ended."""
    held = addressee(meetings.seat_of_key(key), now)
    if held is None:
        raise Unseen("no such calendar")
    return _written(held.actor, now, language)


def _written(reader: Actor, now: datetime, language: str) -> bytes:
    facts = mandate.committee().facts
    name = languages.pick(facts.get("title", {"en": "Clearinghouse"}), language)[0]
    some = [*_meetings(language), *_issues(now, language), *_deadlines(reader, language)]
    some += monitoring.happenings(reader, now, language, HOST)
    return write(name, some)


def _meetings(language: str) -> Iterator[Happening]:
    """Those whose day is known. What is known to the month stands on the site alone."""
    moves = mandate.last_moves()
    for meeting in mandate.meetings():
        if meeting.starts.count("-") == 2:  # noqa: PLR2004  # year, month and day
            yield _meeting(meeting, moves.get(meeting.pk, EPOCH), language)


def _meeting(meeting: Meeting, stamp: datetime, language: str) -> Happening:
    starts, ends = _span(meeting)
    return Happening(
        uid=f"meeting-{meeting.pk}@{HOST}",
        sequence=meeting.version,
        stamp=stamp,
        summary=languages.pick(meeting.title, language)[0],
        starts=starts,
        ends=ends,
        place=meeting.place,
        url=_page(language, f"meetings/{meeting.code}/"),
    )


def _span(meeting: Meeting) -> tuple[date, date | None]:
    """Whole days; or, with an hour, moments, reckoned by the clock of the place."""
    first = earliest(meeting.starts)
    is_known = meeting.ends.count("-") == 2  # noqa: PLR2004  # as above
    last = earliest(meeting.ends) if is_known else first
    if meeting.opens is None:
        return first, last
    zone = ZoneInfo(meeting.time_zone)
    opens = datetime.combine(first, meeting.opens, zone).astimezone(UTC)
    if meeting.closes is None:
        return opens, None
    return opens, datetime.combine(last, meeting.closes, zone).astimezone(UTC)


def _issues(now: datetime, language: str) -> Iterator[Happening]:
    """The first day of each month to come, when the matrix is issued."""
    this, locale = first_of_month(day_in_new_york(now)), languages.locale(language)
    for n in range(MONTHS + 1):
        day = add_months(this, n)
        month = format_date(day, "MMMM yyyy", locale=locale)
        yield Happening(
            uid=f"matrix-{day:%Y-%m}@{HOST}",
            sequence=0,
            stamp=EPOCH,
            summary=_("Matrix of needs, %(month)s") % {"month": month},
            starts=day,
            url=_page(language, "matrix/"),
        )


def _deadlines(reader: Actor, language: str) -> Iterator[Happening]:
    """Commitments with a day: the reader's own, and what everybody may read.

    A meeting that moves raises the number of every date hung on it; a holiday that moves a date
    raises that of the date.
    """
    moves, counted = mandate.last_moves(), _counted_anew()
    for shift in _dated(reader):
        c, hung = shift.commitment, shift.commitment.due_meeting
        yield Happening(
            uid=f"commitment-{c.pk}@{HOST}",
            sequence=c.version + (hung.version if hung else 0) + len(counted[c.subject]),
            stamp=max(moves.get(hung.pk, EPOCH) if hung else EPOCH, *counted[c.subject], EPOCH),
            summary=_("Due: %(what)s") % {"what": languages.pick(c.texts, language)[0]},
            starts=close_of(shift.new),
            url=_page(language, "action-plan/"),
        )


def _counted_anew() -> defaultdict[str, list[datetime]]:
    """When holidays have moved each date, by its subject."""
    found: defaultdict[str, list[datetime]] = defaultdict(list)
    for each in meetings.moved_dates():
        found[each.what].append(each.recount.counted_at)
    return found


def _dated(reader: Actor) -> list[Shift]:
    found = [
        Shift(line.commitment, line.due, line.due) for line in plan.plan_for(reader) if line.due
    ]
    chosen = {line.commitment.pk for line in plan.plan_for(PUBLIC)}
    chosen |= {s.commitment.pk for s in own(found, reader)} if reader.person_id else set()
    return [s for s in found if s.commitment.pk in chosen]


def _page(language: str, path: str) -> str:
    return f"{settings.SITE_URL}/{language}/{path}"
