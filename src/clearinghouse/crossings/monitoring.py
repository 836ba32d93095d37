"""What a reader's calendar tells of reviews of States: those that may be seen, and which meet.

Organisations, the Experts and the State concerned see them; the public calendar holds none.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from clearinghouse.access.actor import Actor
from clearinghouse.directory.models import Entry
from clearinghouse.directory.queries import visits
from clearinghouse.directory.rules import period
from clearinghouse.kernel import languages
from clearinghouse.kernel.calendar import day_in_new_york, midnight_of
from clearinghouse.mandate.models import Body
from clearinghouse.meetings.formats.ics import Happening
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind

KEPT = timedelta(days=90)  # a review stays so long in a calendar after its end
REVIEWS = next(
    each for each in DEFINITIONS[Kind.MONITORING_VISIT].fields if each.name == "review"
).choices


def happenings(reader: Actor, now: datetime, language: str, host: str) -> Iterator[Happening]:
    """A whole day or days; what is known to the month stands over all of it."""
    some = _to_come(reader, day_in_new_york(now) - KEPT)
    met = visits.meeting(some)
    for each in some:
        first, last = period(each.content)
        yield Happening(
            uid=f"visit-{each.pk}@{host}",
            sequence=each.version,
            stamp=midnight_of(each.last_confirmed),
            summary=_summary(each, language),
            starts=first,
            ends=last,
            place=_name(each.concerns, language) if each.concerns else "",
            text=_text(each, met.get(each.pk, ()), language),
        )


def doubled(reader: Actor, bodies: Iterable[object], today: date) -> list[tuple[Entry, Entry]]:
    """Reviews of these bodies, each with one of another body's that meets it."""
    some, own = _to_come(reader, today), set(bodies)
    met = visits.meeting(some)
    return [
        (mine, other)
        for mine in some
        if mine.body_id in own
        for other in met.get(mine.pk, ())
        if other.body_id not in own
    ]


def _to_come(reader: Actor, since: date) -> list[Entry]:
    return visits.to_come(reader, Kind.MONITORING_VISIT, since)


def _summary(each: Entry, language: str) -> str:
    said = {
        "state": _name(each.concerns, language) if each.concerns else "",
        "standard": languages.pick(each.titles, language)[0],
        "review": _(REVIEWS.get(each.content.get("review", ""), "")),
    }
    return _("%(state)s: %(standard)s (%(review)s)") % said


def _text(each: Entry, others: Iterable[Entry], language: str) -> str:
    """Who reviews and whom to ask; and who else reviews the State at the same time."""
    contact = each.content.get("contact", "")
    lines = [_("Announced by %(body)s.") % {"body": _name(each.body, language)}]
    lines += [_("Questions: %(address)s") % {"address": contact}] if contact else []
    for other in others:
        said = {
            "body": _name(other.body, language),
            "standard": languages.pick(other.titles, language)[0],
        }
        lines.append(_("At the same time: %(body)s, %(standard)s") % said)
    return "\n".join(lines)


def _name(body: Body, language: str) -> str:
    return languages.pick(body.names, language)[0]
