"""The mails that invite a body to contribute, remind it, and thank it."""

from datetime import date
from typing import TYPE_CHECKING

from babel.dates import format_date
from django.utils.translation import gettext as _

from clearinghouse.access.errors import Unseen
from clearinghouse.crossings import reaching_out
from clearinghouse.crossings.mails.mail import Mail, page_at, subject_of
from clearinghouse.intake.forms import reminder
from clearinghouse.kernel import languages
from clearinghouse.kernel.calendar import close_of, day_in_new_york
from clearinghouse.mandate import queries as mandate
from clearinghouse.notices.models import Notice
from clearinghouse.outreach import queries
from clearinghouse.outreach.rules import OPEN
from clearinghouse.people import clock
from clearinghouse.people.queries import Addressee
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind

if TYPE_CHECKING:
    from clearinghouse.outreach.models import Asked


def invited(notice: Notice, to: Addressee) -> Mail:
    """Raises Unseen where the body is not asked any more."""
    line = queries.asked_line(to.actor, subject_of(notice.cause))
    said = languages.pick(line.invitation.texts, to.language)[0] if line.invitation.texts else ""
    return _mail(
        _("You are invited to contribute by %(day)s") % {"day": _day(_due(line), to.language)},
        [
            _("The committee invites %(body)s to contribute.") % {"body": _name(line, to)},
            said,
            _asked_for(line),
            _by(line, to.language),
            _how(),
            reminder(to.language),
        ],
        to,
    )


def reminded(notice: Notice, to: Addressee) -> Mail:
    """Raises Unseen where something has come, or was answered, since it was written down."""
    line = queries.asked_line(to.actor, subject_of(notice.cause))
    if line.answer not in OPEN or line.pk in reaching_out.those_given([line]):
        raise Unseen("there is nothing to remind of any more")
    due = _due(line)
    is_over = day_in_new_york(notice.created_at) > due
    over = _("The day has passed. What you can give is welcome later as well.")
    return _mail(
        _("Reminder: your contribution was asked for by %(day)s") % {"day": _day(due, to.language)}
        if is_over
        else _("Reminder: your contribution is asked for by %(day)s")
        % {"day": _day(due, to.language)},
        [
            _("The committee has invited %(body)s to contribute.") % {"body": _name(line, to)},
            _asked_for(line),
            over if is_over else _by(line, to.language),
            _how(),
            _("If you cannot contribute, say so on your desk, or answer this mail."),
            reminder(to.language),
        ],
        to,
    )


def thanked(notice: Notice, to: Addressee) -> Mail:
    line = queries.asked_line(to.actor, subject_of(notice.cause))
    return _mail(
        _("Thank you for your contribution"),
        [
            _("The committee thanks %(body)s for what it has contributed.")
            % {"body": _name(line, to)},
            _asked_for(line),
            _("You will be asked once a year whether what is listed still holds."),
        ],
        to,
    )


def _mail(subject: str, paragraphs: list[str], to: Addressee) -> Mail:
    return Mail(
        subject=subject,
        paragraphs=tuple(filter(None, paragraphs)),
        link=page_at(to.language, "desk/"),
        seen_by=_(
            "What your body is asked and what it answered: your body, the secretariat and the"
            " Experts. This mail: you."
        ),
    )


def _how() -> str:
    return _(
        "The page below leads to the forms. Or answer this mail: with a filled form, a file, or"
        " words of your own. Whether you have read it is not tracked."
    )


def _asked_for(line: "Asked") -> str:
    kinds = [_(DEFINITIONS[Kind(kind)].name) for kind in line.invitation.kinds]
    return _("Asked for: %(what)s") % {"what": "; ".join(kinds)}


def _by(line: "Asked", language: str) -> str:
    day = clock.both(close_of(_due(line)), language)
    said = _("By: %(day)s") % {"day": day}
    meeting = line.invitation.due_meeting
    if meeting is None:
        return said
    title = languages.pick(meeting.title, language)[0]
    return said + "\n" + _("The day hangs on: %(meeting)s. It moves with it.") % {"meeting": title}


def _due(line: "Asked") -> date:
    return queries.due_day(line.invitation, mandate.holidays())


def _day(day: date, language: str) -> str:
    return str(format_date(day, "long", locale=languages.locale(language)))


def _name(line: "Asked", to: Addressee) -> str:
    return languages.pick(line.body.names, to.language)[0]
