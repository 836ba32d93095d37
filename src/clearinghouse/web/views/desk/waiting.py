"""What may wait for a seat: each finder asks one room, and says it in a sentence with a button."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clearinghouse.circulars.queries import issues
from clearinghouse.circulars.rules import State as IssueState
from clearinghouse.circulars.rules import freezes_at
from clearinghouse.kernel.calendar import close_of, day_in_new_york
from clearinghouse.letters.rules.workflow import Step as LetterStep
from clearinghouse.people.asking import Asking
from clearinghouse.web import due, letters_told, naming
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.parts import Cell
from clearinghouse.web.views.desk import answers, circulars

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

    from clearinghouse.circulars.models import Issue
    from clearinghouse.circulars.rules import Office

MOST = 12  # of one sort: the rest is on the list that the last line leads to


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: what it is, a sentence, the button that leads to it, and by when."""

    title: Cell
    text: str
    label: str
    url: str
    is_urgent: bool = False
    by: datetime | None = None


def url(route: str, *args: object) -> str:
    return reverse(route, args=args)


def needs_by_others(request: Asking, words: Vocabulary) -> list[Waiting]:
    """For a State: needs that somebody else has recorded for it."""
    text = _(
        "Somebody else recorded this need for your State: confirm it, correct it or contest it."
    )
    found = [
        Waiting(
            Cell.told(one.titles, words.language),
            text,
            _("Answer"),
            url("desk-need", one.pk),
            is_urgent=True,
            by=due.next_freeze(request),
        )
        for one in due.own_unanswered_needs(request)
    ]
    return some(found, "desk-needs")


def needs_not_confirmed(request: Asking, words: Vocabulary) -> list[Waiting]:
    """For an Expert: needs of other origin that their States have not answered yet."""
    found = [
        Waiting(
            Cell.told(one.titles, words.language),
            _("%(state)s has not confirmed this need.") % {"state": naming.body_name(one.state)},
            _("See it"),
            url("desk-need", one.pk),
        )
        for one in due.unanswered_needs(request)
    ]
    return some(found, "desk-needs")


def items_of_the_tray(request: Asking, words: Vocabulary) -> list[Waiting]:
    """For the secretariat: what came in and has not been looked at."""
    del words
    found = [
        Waiting(
            title=Cell(one.title or _("Without a subject")),
            text=_("It came in on %(day)s and waits in the tray.")
            % {"day": answers.day(one.arrived_at)},
            label=_("Look at it"),
            url=url("desk-intake-item", one.pk),
        )
        for one in due.items_in_the_tray(request)
    ]
    return some(found, "desk-intake")


def invitations(request: Asking, words: Vocabulary) -> list[Waiting]:
    """For focal points and missions: invitations that their body has not answered."""
    found = [
        Waiting(
            title=Cell.told(one.meeting.title, words.language),
            text=_("%(body)s is invited. Say whether you come, and whom you send.")
            % {"body": naming.body_name(one.body)},
            label=_("Answer"),
            url=url("desk-meeting", one.meeting.code),
        )
        for one in due.invitations(request)
    ]
    return some(found, "desk-meetings")


def next_steps(request: Asking, words: Vocabulary) -> list[Waiting]:
    """For whoever owns them: next steps with bodies that are due within a week, or late."""
    del words
    found = [
        Waiting(
            title=Cell(f"{naming.body_name(one.body)} · {one.next_step}"),
            text=_("The next step with this body is yours: due on %(day)s.")
            % {"day": answers.day(one.due_on)},
            label=_("See the contact log"),
            url=url("desk-outreach-body", one.body.code),
            is_urgent=one.due_on is not None and one.due_on < day_in_new_york(request.now),
            by=close_of(one.due_on) if one.due_on else None,
        )
        for one in due.next_steps(request)
    ]
    return some(found, "desk-outreach")


def letters_in_hand(request: Asking, words: Vocabulary) -> list[Waiting]:
    """For a second officer, the Chair, and whoever sends: letters that wait for their hand."""
    del words
    sentences = {
        LetterStep.CLEAR: (
            _("%(form)s: a colleague wrote it; it waits for your clearance."),
            _("Read it"),
        ),
        LetterStep.INITIAL: (
            _("%(form)s: it is cleared and waits for the initials."),
            _("See it"),
        ),
        LetterStep.SIGN: (_("%(form)s: it waits for your signature."), _("Read and sign it")),
        LetterStep.DISPATCH: (_("%(form)s: it is ready to go out."), _("Dispatch it")),
    }
    found = [
        Waiting(
            title=Cell(f"{letters_told.title(one)} · {letters_told.body(one)}"),
            text=sentences[step][0] % {"form": letters_told.form(one)},
            label=sentences[step][1],
            url=url("desk-letter", one.pk),
        )
        for one, step in due.letters(request)
    ]
    return some(found, "desk-letters")


def clearances(request: Asking, words: Vocabulary) -> list[Waiting]:
    """The issue at hand: for whoever clears it, and for those who wait for clearance."""
    del words
    return [_issue(request, issue, wanted) for issue, wanted in due.open_issues(request)]


def failed_mails(request: Asking, words: Vocabulary) -> list[Waiting]:
    del words
    count = due.failed_mails(request)
    if not count:
        return []
    text = ngettext(
        "%(count)s mail was refused for good; see what the server said.",
        "%(count)s mails were refused for good; see what the server said.",
        count,
    ) % {"count": count}
    where = url("desk-outbox") + "?status=failed"
    return [Waiting(Cell(_("Mails that failed")), text, _("See them"), where, is_urgent=True)]


def _issue(request: Asking, issue: "Issue", wanted: "Set[Office]") -> Waiting:
    month = circulars.month_in_words(issue)
    mine = bool(issues.may_clear(request.actor) & wanted)
    values = {"who": circulars.offices(wanted)}
    if mine:
        text = _("It waits for your clearance. It goes out on the 1st, when both have cleared.")
    elif wanted:
        text = _("It waits for the clearance of %(who)s.") % values
    elif issue.state == IssueState.DRAFT:
        text = _("It is cleared, and goes out on the 1st.")
    else:
        text = _("It is cleared and frozen, and goes out now.")
    title = _("Matrix of needs, %(month)s") % {"month": month}
    label = _("Read and clear it") if mine else _("See it")
    late = issue.state == IssueState.FROZEN and bool(wanted)
    where, by = url("desk-circular", issue.number), freezes_at(issue.month)
    return Waiting(Cell(title), text, label, where, is_urgent=late, by=by if wanted else None)


def some(found: "Iterable[Waiting]", route: str) -> list[Waiting]:
    """As many as a day can hold, and then one line for the rest."""
    all_ = list(found)
    rest = len(all_) - MOST
    if rest <= 0:
        return all_
    text = ngettext("%(count)s more like these.", "%(count)s more like these.", rest)
    more = Waiting(Cell(_("And more")), text % {"count": rest}, _("See all"), url(route))
    return [*all_[:MOST], more]


def proposals(request: Asking, _words: Vocabulary) -> list[Waiting]:
    """What one hand has proposed and this one may confirm."""
    found = due.proposals(request)
    if not found:
        return []
    text = ngettext(
        "%(count)s proposal about a seat or an account waits for a second hand.",
        "%(count)s proposals about seats or accounts wait for a second hand.",
        len(found),
    ) % {"count": len(found)}
    title = Cell(_("Proposals"))
    return [Waiting(title, text, _("See the proposals"), url("desk-proposals"))]
