"""What comes in the next thirty days, as far as this seat may see it, day by day."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Role
from clearinghouse.circulars.rules import freezes_at, opens_on
from clearinghouse.kernel.calendar import add_months, day_in_new_york, first_of_month
from clearinghouse.kernel.partial_date import earliest, latest
from clearinghouse.mandate import queries as mandate
from clearinghouse.people.asking import Asking
from clearinghouse.plan import queries as plan
from clearinghouse.plan.rules import Adoption
from clearinghouse.web import dates, due, naming
from clearinghouse.web.desk_menu import COMMITTEE, CONTRIBUTORS, SERVING
from clearinghouse.web.parts import Appointment, Cell

DAYS = 30
LEFT = {Adoption.DEFERRED, Adoption.DROPPED}  # nobody is bound by their days

Finder = Callable[[Asking, date], Iterable[Appointment]]


def appointments(request: Asking) -> list[Appointment]:
    """The earliest first. From today on, by New York's calendar."""
    today = day_in_new_york(request.now)
    last = today + timedelta(days=DAYS)
    found = [
        one
        for roles, finder in FINDERS
        if request.actor.holds(*roles)
        for one in finder(request, today)
    ]
    shown = (one for one in found if today <= one.day <= last)
    marked = (replace(one, is_today=one.day == today) for one in shown)
    return sorted(marked, key=lambda one: one.day)


def _issue(request: Asking, today: date) -> Iterable[Appointment]:
    """The first of next month, when the matrix is fixed and goes out."""
    del request
    month = add_months(first_of_month(today), 1)
    title = _("Matrix of needs, %(month)s") % {"month": _month(month)}
    note = _("It is frozen, and goes out when it is cleared.")
    yield Appointment(month, Cell(title, reverse("desk-circulars")), note, freezes_at(month))


def _draft(request: Asking, today: date) -> Iterable[Appointment]:
    """When the draft of the next issue opens to be read and cleared; nothing once it has."""
    month = add_months(first_of_month(today), 1)
    if any(issue.month == month for issue, _wanted in due.open_issues(request)):
        return
    days = due.settings(request).draft_opens_working_days
    title = _("Draft of the matrix, %(month)s") % {"month": _month(month)}
    note = _("It opens for clearance by the Chair and an Expert.")
    opens = opens_on(month, days, due.holidays(request))
    yield Appointment(opens, Cell(title, reverse("desk-circulars")), note)


def _commitments(request: Asking, today: date) -> Iterable[Appointment]:
    del today
    for one in plan.commitments_for(request.actor):
        day = plan.due_day(one, due.holidays(request))
        if day and one.adoption not in LEFT:
            title = Cell.told(one.texts, naming.language(), url=reverse("desk-plan"))
            yield Appointment(
                day, title, _("Action plan, No. %(number)s") % {"number": one.number}
            )


def _meetings(request: Asking, today: date) -> Iterable[Appointment]:
    """Those whose day is known; a month alone has no place in a list of days."""
    del request, today
    for meeting in mandate.meetings():
        day = earliest(meeting.starts)
        if day == latest(meeting.starts):
            title = Cell.told(meeting.title, naming.language())
            yield Appointment(day, title, meeting.place)


def _month(month: date) -> str:
    return dates.partial(f"{month:%Y-%m}", naming.language())


FINDERS: tuple[tuple[frozenset[Role], Finder], ...] = (
    (CONTRIBUTORS | COMMITTEE, _issue),
    (SERVING, _draft),
    (CONTRIBUTORS | COMMITTEE | {Role.AUDITOR}, _commitments),
    (frozenset(Role), _meetings),
)
