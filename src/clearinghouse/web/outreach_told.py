"""How contact with bodies is told: standings, ways, answers and progress in words."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clearinghouse.crossings.reaching_out import Line, Place
from clearinghouse.directory.rules import Freshness
from clearinghouse.mandate.rules import Unit
from clearinghouse.outreach.rules import LONGEST_WHY, Channel
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from clearinghouse.web import dates, naming
from clearinghouse.web.outreach_words import CHANNELS, PROGRESS, STANDINGS
from clearinghouse.web.parts import Cell, Text

if TYPE_CHECKING:
    from clearinghouse.outreach.models import Asked, Exchange, Invitation

SHORT = 120  # signs of a reason in a list; the page of the invitation has all of it


def standing(line: Line) -> Cell:
    """Where contact is, and since when."""
    label, tone = STANDINGS[line.standing]
    note = _("since %(day)s") % {"day": _day(line.last.on)} if line.last else ""
    return Cell(_(label), tone=tone, note=note)


def place(one: Place | None) -> Cell | Text:
    """How an invitation stands; its day, and whether thanks have gone out."""
    if one is None:
        return Cell("", note=_("none"))
    label, tone = PROGRESS[one.progress]
    said = [_("by %(day)s") % {"day": _day(one.due)}]
    if one.asked.thanked_on:
        said.append(_("thanked on %(day)s") % {"day": _day(one.asked.thanked_on)})
    if one.asked.because:
        said.append(_("it says: %(reason)s") % {"reason": because(one.asked, SHORT)})
    return Cell(_(label), tone=tone, note="; ".join(said))


def because(asked: "Asked", longest: int = LONGEST_WHY) -> str:
    """Why a body declines, in its own words, whichever way they run."""
    return f"\u2068{Truncator(asked.because).chars(longest)}\u2069"


def fresh(one: Freshness | None) -> Cell | Text:
    """How much is in view, and how much of it is stale."""
    if one is None:
        return "0"
    if not one.stale:
        return str(one.shown)
    note = ngettext("%(count)s of them stale", "%(count)s of them stale", one.stale)
    return Cell(str(one.shown), note=note % {"count": one.stale})


def next_step(one: "Exchange | None", today: date) -> Cell | Text:
    """What is to be done, by whom, by when."""
    if one is None or one.due_on is None or one.owner is None:
        return Cell("", note=_("none"))
    said = _("%(person)s, by %(day)s")
    if one.due_on < today:
        said = _("%(person)s, was due %(day)s")
    return Cell(one.next_step, note=said % {"person": one.owner.name, "day": _day(one.due_on)})


def kinds(invitation: "Invitation") -> str:
    return "; ".join(_(DEFINITIONS[Kind(kind)].name) for kind in invitation.kinds)


def hung(invitation: "Invitation") -> str:
    """What its day hangs on, in words."""
    meeting = invitation.due_meeting
    if meeting is None:
        return _("a fixed day")
    values = {"count": abs(invitation.due_offset), "meeting": naming.say(meeting.title)}
    if not invitation.due_offset:
        return _("the first day of: %(meeting)s") % values
    return _span(invitation) % values


def _span(invitation: "Invitation") -> str:
    count, is_before = abs(invitation.due_offset), invitation.due_offset < 0
    if invitation.due_unit == Unit.MONTHS:
        if is_before:
            return ngettext(
                "%(count)s month before: %(meeting)s",
                "%(count)s months before: %(meeting)s",
                count,
            )
        return ngettext(
            "%(count)s month after: %(meeting)s", "%(count)s months after: %(meeting)s", count
        )
    if is_before:
        return ngettext(
            "%(count)s day before: %(meeting)s", "%(count)s days before: %(meeting)s", count
        )
    return ngettext("%(count)s day after: %(meeting)s", "%(count)s days after: %(meeting)s", count)


def body(line: Line) -> Cell:
    return Cell(
        naming.body_name(line.body), url=reverse("desk-outreach-body", args=[line.body.code])
    )


def channel(line: "Exchange") -> str:
    return _(CHANNELS[Channel(line.channel)])


def _day(value: date) -> str:
    return dates.day(value, naming.language())
