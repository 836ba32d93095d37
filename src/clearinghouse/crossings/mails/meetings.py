"""The mails about meetings: that one has moved, with both dates; and that a body is invited."""

from datetime import date, time
from typing import TYPE_CHECKING

from babel.dates import format_date, format_skeleton, format_time
from django.utils.translation import gettext as _

from clearinghouse.access.errors import Unseen
from clearinghouse.crossings import count_anew, move_meeting
from clearinghouse.crossings.mails.mail import Mail, page_at, subject_of
from clearinghouse.kernel import languages, partial_date
from clearinghouse.kernel.calendar import close_of
from clearinghouse.mandate import queries as mandate
from clearinghouse.meetings import queries as meetings
from clearinghouse.notices.models import Notice
from clearinghouse.people import clock
from clearinghouse.people.queries import Addressee, whole_actor

if TYPE_CHECKING:
    from clearinghouse.access.actor import Actor
    from clearinghouse.crossings.move_meeting import Shift
    from clearinghouse.mandate.models import MeetingMove


def moved(notice: Notice, to: Addressee) -> Mail:
    """Told with the dates of this very move, however often the meeting has moved since."""
    move = mandate.move(subject_of(notice.cause))
    meeting, language = move.meeting, to.language
    values = {
        "meeting": languages.pick(meeting.title, language)[0],
        "old": _when(move.old_starts, move.old_opens, language),
        "new": _when(move.new_starts, move.new_opens, language),
    }
    reader = whole_actor(to)
    found = move_meeting.shifts(meeting, move.old_starts, move.new_starts, by=reader)
    return Mail(
        subject=_("A meeting has moved: %(meeting)s") % values,
        paragraphs=(
            _("%(meeting)s has moved.") % values,
            _("It was to begin: %(old)s") % values + "\n" + _("It now begins: %(new)s") % values,
            *_lines(move_meeting.own(found, reader), language),
            *_calls(move, reader, language),
        ),
        link=page_at(language, f"meetings/{meeting.code}/"),
        seen_by=_("The meeting and its dates: everybody. This mail: you."),
    )


def invited(notice: Notice, to: Addressee) -> Mail:
    """Asks for the answer. Raises Unseen where the invitation was taken back."""
    guest = meetings.participant_for(to.actor, subject_of(notice.cause))
    meeting, language = guest.meeting, to.language
    values = {
        "meeting": languages.pick(meeting.title, language)[0],
        "body": languages.pick(guest.body.names, language)[0],
        "day": _when(meeting.starts, meeting.opens, language),
        "place": meeting.place,
    }
    where = [_("Place: %(place)s") % values] if meeting.place else []
    return Mail(
        subject=_("Invitation: %(meeting)s") % values,
        paragraphs=(
            _("%(body)s is invited: %(meeting)s") % values,
            "\n".join([_("It begins: %(day)s") % values, *where]),
            _(
                "Please say on the page below whether you come and whom you send: the name and the"
                " function of each. Or answer this mail; the secretariat then records your answer."
            ),
        ),
        link=page_at(language, f"desk/meetings/{meeting.code}/"),
        seen_by=_(
            "The invitation and your answer: the committee, those who serve it, and the bodies"
            " invited to this meeting. This mail: you."
        ),
    )


def counted_anew(notice: Notice, to: Addressee) -> Mail:
    """Told with the dates of this very change of the holidays, however often they change since."""
    reader = whole_actor(to)
    found = move_meeting.own(count_anew.kept(subject_of(notice.cause), by=reader), reader)
    if not found:
        raise Unseen("nothing of theirs has moved")
    return Mail(
        subject=_("Deadlines have moved with a holiday"),
        paragraphs=(
            _("Working days count anew: the holidays of the duty station have changed."),
            *(_line(s, to.language) for s in found),
        ),
        link=page_at(to.language, "action-plan/"),
        seen_by=_("Each deadline: whoever may read it in the action plan. This mail: you."),
    )


def _lines(found: "list[Shift]", language: str) -> list[str]:
    if not found:
        return [_("No deadline of yours hangs on it.")]
    return [_("What hangs on it has moved with it:"), *(_line(s, language) for s in found)]


def _calls(move: "MeetingMove", reader: "Actor", language: str) -> list[str]:
    """What the reader's body is invited to contribute, by a day that has moved."""
    found = move_meeting.calls(move.meeting, move.old_starts, move.new_starts, by=reader)
    return [
        "\n".join(
            (
                _("What you are invited to contribute is asked for by another day."),
                _("It was due: %(old)s") % {"old": clock.both(close_of(old), language)},
                _("It is now due: %(new)s") % {"new": clock.both(close_of(new), language)},
            )
        )
        for _invitation, old, new in found
    ]


def _line(shift: "Shift", language: str) -> str:
    values = {
        "what": languages.pick(shift.commitment.texts, language)[0],
        "old": clock.both(close_of(shift.old), language),
        "new": clock.both(close_of(shift.new), language),
    }
    return (
        f"{values['what']}\n"
        + _("It was due: %(old)s") % values
        + "\n"
        + _("It is now due: %(new)s") % values
    )


def _when(day: str, hour: time | None, language: str) -> str:
    """A day as far as it is known, with the hour at the place where one is fixed."""
    locale, first = languages.locale(language), partial_date.earliest(day)
    said = {0: "y", 1: "yMMMM"}.get(day.count("-"))
    written = _day(first, locale) if said is None else format_skeleton(said, first, locale=locale)
    if hour is None:
        return str(written)
    at = format_time(hour, format="HH:mm", locale=locale)
    return _("%(day)s, %(hour)s at the place") % {"day": written, "hour": at}


def _day(value: date, locale: str) -> str:
    return str(format_date(value, "long", locale=locale))
