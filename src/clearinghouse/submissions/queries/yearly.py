"""What a body handed in within a year, and what came back to it: for its own yearly page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Min, Q

from clearinghouse.access.actor import Actor
from clearinghouse.kernel.calendar import day_in_new_york, midnight_of
from clearinghouse.mandate.models import Body
from clearinghouse.submissions.models import Submission, SubmissionQuerySet
from clearinghouse.submissions.queries import submissions_for


@dataclass(frozen=True)
class Return:
    """That a contribution came back: on which day, and what was to be changed, by field."""

    submission: Submission
    on: date
    remarks: Mapping[str, str]


def handed_in(actor: Actor, body: Body, year: int) -> SubmissionQuerySet:
    """What was handed in or settled in that year, by New York's calendar, the first first."""
    within = _within(year)
    found = submissions_for(actor).filter(within, body=body, submitted_at__isnull=False)
    return found.order_by("submitted_at", "id")


def givers(year: int) -> set[UUID]:
    """The bodies that handed something in, or had something settled, in that year.

    For the clock, which tells each of its page; shown to nobody.
    """
    every = Submission.objects.unscoped("the clock asks whose page there is")
    found = every.filter(_within(year), submitted_at__isnull=False)
    return set(found.order_by().values_list("body", flat=True))


def returned(actor: Actor, body: Body, year: int) -> Iterator[Return]:
    """Each time that something came back in that year, in the order of the days."""
    some = submissions_for(actor).filter(body=body).exclude(returns=[])
    found = [
        Return(one, day, each["remarks"])
        for one in some
        for each in one.returns
        if (day := date.fromisoformat(each["on"])).year == year
    ]
    return iter(sorted(found, key=lambda each: (each.on, each.submission.pk)))


def first_year(actor: Actor, body: Body, now: datetime) -> int:
    """The year in which it first handed something in; this one where it never has."""
    found = submissions_for(actor).filter(body=body).aggregate(first=Min("submitted_at"))
    return day_in_new_york(found["first"] or now).year


def _within(year: int) -> Q:
    since, until = midnight_of(date(year, 1, 1)), midnight_of(date(year + 1, 1, 1))
    submitted = Q(submitted_at__gte=since, submitted_at__lt=until)
    return submitted | Q(settled_at__gte=since, settled_at__lt=until)
