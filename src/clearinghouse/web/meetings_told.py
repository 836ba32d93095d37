"""Meetings as pages tell them: their days, agenda, documents, history, and what hangs on them."""

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.kernel import languages
from clearinghouse.kernel.calendar import close_of
from clearinghouse.meetings import queries
from clearinghouse.meetings.queries import when_of
from clearinghouse.meetings.rules import Answer, delegates
from clearinghouse.web import dates, naming, wording
from clearinghouse.web.parts import Cell, Column, Table, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime, time

    from clearinghouse.access.actor import Actor
    from clearinghouse.crossings.move_meeting import Shift
    from clearinghouse.files.models import StoredFile
    from clearinghouse.mandate.models import Meeting, MeetingMove
    from clearinghouse.meetings.models import MeetingDocument, Participant
    from clearinghouse.meetings.rules import Delegate


def title(meeting: "Meeting") -> str:
    return naming.say(meeting.title)


def span(starts: str, ends: str, opens: "time | None" = None) -> str:
    """From the first day to the last, as far as they are known; with the hour at the place."""
    first = dates.partial(starts, naming.language())
    if opens is not None:
        values = {"day": first, "hour": f"{opens:%H:%M}"}
        first = _("%(day)s, %(hour)s at the place") % values
    if ends in ("", starts):
        return first
    return _("%(first)s to %(last)s") % {
        "first": first,
        "last": dates.partial(ends, naming.language()),
    }


def table(name: str, some: "Iterable[Meeting]", route: str, empty: str) -> Table:
    """Meetings in the order of their days."""
    rows = [
        (
            Cell(title(m), url=reverse(route, args=[m.code])),
            Cell(_(wording.MEETING_KINDS[m.kind])),
            Cell(span(m.starts, m.ends)),
            Cell(m.place or _("not recorded")),
        )
        for m in some
    ]
    columns = (Column(_("Meeting")), Column(_("Kind")), Column(_("Day")), Column(_("Place")))
    caption = _("To come") if name == "coming" else _("Past")
    return Table(name, caption, columns, rows, empty, is_caption_hidden=True, is_stacked=True)


def split(some: "Sequence[Meeting]", today: "date") -> "tuple[list[Meeting], list[Meeting]]":
    """Those to come, the next first; and those that are over, the latest first."""
    over = [m for m in some if when_of(m).is_over(today)]
    return [m for m in some if m not in over], over[::-1]


def terms(meeting: "Meeting") -> list[Term]:
    opens = [span(meeting.starts, meeting.ends, meeting.opens)]
    if meeting.opens:
        opens.append(_("by the clock of %(zone)s") % {"zone": meeting.time_zone})
    return [
        Term(_("Kind"), [_(wording.MEETING_KINDS[meeting.kind])]),
        Term(_("Day"), opens),
        Term(_("Place"), [meeting.place] if meeting.place else []),
        Term(_("Who invites"), [meeting.host] if meeting.host else []),
        Term(_("According to"), [meeting.source] if meeting.source else []),
    ]


def agenda(meeting: "Meeting") -> list[Cell]:
    return [Cell.told(item.titles, naming.language()) for item in queries.agenda_of(meeting)]


def documents(actor: "Actor", meeting: "Meeting") -> Table:
    """Those this reader may see; of a restricted one the line says that it is."""
    some = list(queries.documents_for(actor, meeting))
    editions = queries.editions_for(actor, some)
    rows = [_document(d, editions.get(d.pk, [])) for d in some]
    labels = (_("Document"), _("Symbol"), _("File"), _("Distribution"))
    columns = [Column(label) for label in labels]
    empty = _("No document is recorded that you may see.")
    return Table(
        "documents", _("Documents"), columns, rows, empty, is_caption_hidden=True, is_stacked=True
    )


def file_cell(d: "MeetingDocument", edition: "StoredFile") -> Cell:
    """Its type and size, its language, and which edition it is where there were others."""
    facts = {"type": edition.type.upper(), "size": max(1, edition.size // 1024)}
    notes = [languages.BY_CODE[edition.language].name] if edition.language else []
    if edition.edition > 1:
        notes.append(_("edition %(number)s") % {"number": edition.edition})
    url = reverse("meeting-document", args=[d.pk, edition.pk])
    return Cell(_("%(type)s, %(size)s kB") % facts, url=url, note=" · ".join(notes))


def _document(d: "MeetingDocument", editions: "Sequence[StoredFile]") -> list[Any]:
    distribution = (_("restricted"), "waiting") if d.is_restricted else (_("public"), "quiet")
    return [
        Cell.told(d.titles, naming.language(), url=d.url),
        Cell(d.symbol or _("not recorded")),
        file_cell(d, editions[0]) if editions else Cell(_("none")),
        Cell(distribution[0], tone="waiting" if d.is_restricted else "quiet"),
    ]


def participants(some: "Iterable[Participant]") -> Table:
    rows = [
        (
            naming.body_cell(p.body),
            Cell(_(wording.ANSWERS[p.answer])),
            Cell(dates.day(p.answered_on, naming.language()) if p.answered_on else _("not yet")),
            Cell(", ".join(map(_delegate, delegates(p.names))) or _("not recorded")),
        )
        for p in some
    ]
    labels = (_("Invited"), _("Answer"), _("Answered on"), _("Whom it sends"))
    columns = [Column(label) for label in labels]
    empty = _("Nobody has been invited yet.")
    return Table(
        "participants",
        _("Participants"),
        columns,
        rows,
        empty,
        is_caption_hidden=True,
        is_stacked=True,
    )


def _delegate(one: "Delegate") -> str:
    return f"{one.name} ({one.function})" if one.function else one.name


def answered(some: "Iterable[Participant]") -> str:
    """How many have answered, and how."""
    found = Counter(p.answer for p in some)
    return _(
        "Invited: %(all)s. They come: %(yes)s. They do not: %(no)s. Not answered: %(not)s."
    ) % {
        "all": found.total(),
        "yes": found[Answer.ATTENDS.value],
        "no": found[Answer.DECLINES.value],
        "not": found[Answer.AWAITED.value],
    }


def moves(some: "Iterable[MeetingMove]") -> Table:
    """The history of a meeting's days."""
    rows = [
        (
            Cell(span(m.old_starts, m.old_ends, m.old_opens)),
            Cell(span(m.new_starts, m.new_ends, m.new_opens)),
            Cell(dates.deadline(m.moved_at, naming.language())),
        )
        for m in some
    ]
    columns = (Column(_("From")), Column(_("To")), Column(_("Moved on")))
    empty = _("It has not moved.")
    return Table(
        "moves", _("How it moved"), columns, rows, empty, is_caption_hidden=True, is_stacked=True
    )


def hung(some: "Iterable[Shift]") -> Table:
    """What hangs on the meeting, with its day."""
    rows = [(_what(s), Cell(_due(s.new))) for s in some]
    columns = (Column(_("What is due")), Column(_("Due")))
    empty = _("Nothing that you may see hangs on it.")
    return Table(
        "hung", _("Deadlines"), columns, rows, empty, is_caption_hidden=True, is_stacked=True
    )


def preview(some: "Iterable[Shift]") -> Table:
    """What will move, with both days."""
    rows = [(_what(s), Cell(_due(s.old)), Cell(_due(s.new))) for s in some]
    columns = (Column(_("What is due")), Column(_("Due now")), Column(_("Due then")))
    empty = _("Nothing hangs on it.")
    return Table(
        "preview",
        _("What will move"),
        columns,
        rows,
        empty,
        is_caption_hidden=True,
        is_stacked=True,
    )


def counted_anew(some: "Iterable[tuple[Shift, datetime]]") -> Table:
    """Deadlines that holidays have moved, with both days."""
    rows = [
        (
            _what(s),
            Cell(_due(s.old)),
            Cell(_due(s.new)),
            Cell(dates.deadline(at, naming.language())),
        )
        for s, at in some
    ]
    labels = (_("What is due"), _("It was due"), _("It is now due"), _("Moved on"))
    columns, empty = [Column(label) for label in labels], _("No change has moved a deadline.")
    return Table(
        "recounts",
        _("Deadlines moved by holidays"),
        columns,
        rows,
        empty,
        is_caption_hidden=True,
        is_stacked=True,
    )


def _what(shift: "Shift") -> Cell:
    return Cell.told(shift.commitment.texts, naming.language())


def _due(day: "date") -> str:
    return dates.deadline(close_of(day), naming.language())
