"""The action plan: what this reader may see of it, each deadline computed from its meeting."""

from collections.abc import Iterable
from datetime import timedelta

from django.http import HttpResponse
from django.utils.translation import gettext as _

from clearinghouse.documents.model import Picture
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.mandate.rules import Timetable
from clearinghouse.people.asking import Asking
from clearinghouse.plan import queries
from clearinghouse.plan.rules import Adoption
from clearinghouse.web import dates, naming, pictured, wording
from clearinghouse.web.pages import page
from clearinghouse.web.parts import Card, Cell

A_YEAR = timedelta(days=365)
SETTLED = {Adoption.ADOPTED, Adoption.AMENDED}


def action_plan(request: Asking) -> HttpResponse:
    lines = queries.plan_for(request.actor)
    context = {"cards": cards(lines), "picture": drawn(lines, request), "seen_by": seen_by()}
    return page(request, "plan/plan.html", context)


def cards(lines: Iterable[queries.Line]) -> list[Card]:
    """The plan in its order, a commitment a card."""
    some = list(lines)
    holders = [line.commitment.holder for line in some if line.commitment.holder]
    names = {body.code: naming.body_name(body) for body in holders}
    return [_card(line, names) for line in some]


def drawn(lines: Iterable[queries.Line], request: Asking) -> Picture | None:
    """The commitments that have a day since a year ago, along a line; None where none has."""
    today = day_in_new_york(request.now)
    since = today - A_YEAR
    days = [(_numbered(line), line.due) for line in lines if line.due and line.due >= since]
    return pictured.deadlines(days, today)


def _numbered(line: queries.Line) -> str:
    said = {"number": line.commitment.number, "text": naming.say(line.commitment.texts)}
    return _("%(number)s. %(text)s") % said


def seen_by() -> str:
    return _(
        "What the committee has taken on: everybody. Proposals: the committee, its Experts,"
        " its secretariat and the auditor. Each body: also what it holds itself."
    )


def _card(line: queries.Line, names: dict[str, str]) -> Card:
    commitment = line.commitment
    adoption = Adoption(commitment.adoption)
    owners = ", ".join(_owner(code, names) for code in commitment.owners)
    facts = (
        _("No. %(number)s") % {"number": commitment.number},
        _("by: %(owners)s") % {"owners": owners or _("not recorded")},
        _("due: %(when)s") % {"when": _due(line)},
    )
    badge = Cell(_(wording.ADOPTION[adoption]), tone="settled" if adoption in SETTLED else "quiet")
    return Card(Cell.told(commitment.texts, naming.language()), facts=facts, badge=badge)


def _owner(code: str, names: dict[str, str]) -> str:
    return _(wording.OWNERS[code]) if code in wording.OWNERS else names.get(code, code)


def _due(line: queries.Line) -> str:
    """The day, with the meeting it hangs on; in words where the timetable gives no day."""
    meeting = line.commitment.due_meeting
    if line.due:
        day = dates.day(line.due, naming.language())
        hung = _("%(day)s (%(meeting)s)")
        return hung % {"day": day, "meeting": naming.say(meeting.title)} if meeting else day
    said = wording.TIMETABLES.get(Timetable(line.commitment.timetable), "")
    return _(said) if said else _("not recorded")
