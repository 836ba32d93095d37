"""The action plan: what this reader may see of it, each deadline computed from its meeting."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _

from clearinghouse.mandate.rules import Timetable
from clearinghouse.people.asking import Asking
from clearinghouse.plan import queries
from clearinghouse.plan.rules import Adoption
from clearinghouse.web import dates, naming, wording
from clearinghouse.web.pages import page
from clearinghouse.web.parts import Cell, Column, Table, Text

SETTLED = {Adoption.ADOPTED, Adoption.AMENDED}


def action_plan(request: Asking) -> HttpResponse:
    lines = queries.plan_for(request.actor)
    names = {
        line.commitment.holder.code: naming.body_name(line.commitment.holder)
        for line in lines
        if line.commitment.holder
    }
    columns = (
        Column(_("Commitment")),
        Column(_("No."), "number"),
        Column(_("Who")),
        Column(_("Due")),
        Column(_("Status")),
    )
    rows = [_row(line, names) for line in lines]
    context = {
        "table": Table("plan", _("Commitments"), columns, rows, "", is_caption_hidden=True),
        "seen_by": _(
            "What the committee has taken on: everybody. Proposals: the committee, its Experts,"
            " its secretariat and the auditor. Each body: also what it holds itself."
        ),
    }
    return page(request, "plan/plan.html", context)


def _row(line: queries.Line, names: dict[str, str]) -> Sequence[Cell | Text]:
    commitment = line.commitment
    adoption = Adoption(commitment.adoption)
    owners = [_owner(code, names) for code in commitment.owners]
    return (
        Cell.told(commitment.texts, naming.language()),
        str(commitment.number),
        ", ".join(owners) or _("not recorded"),
        _due(line),
        Cell(_(wording.ADOPTION[adoption]), tone="settled" if adoption in SETTLED else "quiet"),
    )


def _owner(code: str, names: dict[str, str]) -> str:
    return _(wording.OWNERS[code]) if code in wording.OWNERS else names.get(code, code)


def _due(line: queries.Line) -> Cell:
    """The day, with the meeting it hangs on; in words where the timetable gives no day."""
    meeting = line.commitment.due_meeting
    note = naming.say(meeting.title) if meeting else ""
    if line.due:
        return Cell(dates.day(line.due, naming.language()), note=note)
    said = wording.TIMETABLES.get(Timetable(line.commitment.timetable), "")
    return Cell(_(said) if said else _("not recorded"), note=note)
