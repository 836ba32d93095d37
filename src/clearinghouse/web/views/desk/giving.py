"""What may wait of contributions: for whoever gives them, and for whoever reviews them."""

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clearinghouse.access.actor import Role
from clearinghouse.batches.rules.workflow import State as FileState
from clearinghouse.batches.rules.workflow import Step as FileStep
from clearinghouse.crossings import monitoring
from clearinghouse.kernel.calendar import close_of, day_in_new_york
from clearinghouse.people.asking import Asking
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from clearinghouse.submissions.rules.workflow import Origin, State, Step
from clearinghouse.web import due, naming, outreach_told
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.parts import Cell
from clearinghouse.web.views.desk import answers, contents
from clearinghouse.web.views.desk.waiting import Waiting, some, url

if TYPE_CHECKING:
    from collections.abc import Set

    from clearinghouse.batches.models import Batch
    from clearinghouse.submissions.models import Submission


def contributions_to_review(request: Asking, words: Vocabulary) -> list[Waiting]:
    """For the secretariat: what was submitted, and what it has taken up and not settled."""
    sentences = {
        Step.TAKE_UP: (_("%(body)s submitted this on %(day)s."), _("Take it up")),
        Step.AUTHENTICATE: (
            _("%(body)s states this need; say whether it does come from the State."),
            _("Look at it"),
        ),
        Step.LIST: (_("You have this of %(body)s in review: list it, or return it."), _("Decide")),
        Step.RETURN: (
            _("This of %(body)s is in review. You wrote it, so a colleague lists it."),
            _("See it"),
        ),
    }
    found = []
    for one, steps in due.contributions(request):
        step = next((s for s in sentences if s in steps), None)
        if one.state in due.REVIEWING and step:
            found.append(_about(one, words, *sentences[step]))
    return some(found, "desk-submissions")


def own_writing(request: Asking, words: Vocabulary) -> list[Waiting]:
    """For whoever writes: drafts begun, and what came back with reasons."""
    back = _("The secretariat returned this with remarks; change it and submit it again.")
    draft = _("You began this on %(day)s and have not submitted it.")
    found = [
        _about(one, words, back, _("See the remarks"))
        if one.state == State.RETURNED
        else _about(one, words, draft, _("Go on writing"))
        for one, steps in due.contributions(request)
        if one.state in due.WRITING and Step.SAVE in steps
    ]
    return some(found, "desk-submissions")


def needs_to_confirm(request: Asking, words: Vocabulary) -> list[Waiting]:
    """For the mission: needs whose origin is authenticated. The capital only waits."""
    mine = _("It was written for your State and waits for your word: then it is shown.")
    others = _("Its origin is authenticated; your permanent mission is asked to confirm it.")
    by, found = due.next_freeze(request), []
    for one, steps in due.contributions(request):
        if one.state == State.AUTHENTICATED:
            may = Step.CONFIRM in steps
            text, label = (mine, _("Confirm it")) if may else (others, _("See it"))
            found.append(replace(_about(one, words, text, label), by=by))
    return some(found, "desk-submissions")


def entries_to_confirm(request: Asking, words: Vocabulary) -> list[Waiting]:
    """For a focal point: how many of its entries it has not confirmed for most of a year."""
    del words
    count, months = due.due_entries(request), due.settings(request).stale_warning_months
    if not count:
        return []
    text = ngettext(
        "%(count)s entry of yours has not been confirmed for %(months)s months.",
        "%(count)s entries of yours have not been confirmed for %(months)s months.",
        count,
    ) % {"count": count, "months": months}
    title, by = Cell(_("Yearly confirmation")), due.entries_due_by(request)
    return [Waiting(title, text, _("Confirm"), url("desk-entries"), by=by)]


def reviews_at_one_time(request: Asking, words: Vocabulary) -> list[Waiting]:
    """For an organisation that reviews States: another that reviews the same one then."""
    text = _(
        "%(body)s reviews the same State at this time. Ask each other, so that nothing doubles."
    )
    own = request.actor.bodies_as(Role.FOCAL_POINT)
    found = [
        Waiting(
            Cell.told(mine.titles, words.language),
            text % {"body": naming.body_name(other.body)},
            _("See both"),
            url("entry", mine.code),
        )
        for mine, other in monitoring.doubled(request.actor, own, day_in_new_york(request.now))
    ]
    return some(found, "desk-visits")


def asked_of_us(request: Asking, words: Vocabulary) -> list[Waiting]:
    """For focal points and missions: what their body is invited to contribute."""
    del words
    found = [
        Waiting(
            title=Cell(outreach_told.kinds(one.asked.invitation)),
            text=_("%(body)s is invited to contribute by %(day)s.")
            % {"body": naming.body_name(one.asked.body), "day": answers.day(one.due)},
            label=_("Contribute, or say why not"),
            url=url("desk-invited-one", one.asked.pk),
            by=close_of(one.due),
        )
        for one in due.asked_of_us(request)
    ]
    return some(found, "desk-invited")


def files_in_hand(request: Asking, words: Vocabulary) -> list[Waiting]:
    """Files of many: for whoever brought one in, and for whoever reviews it."""
    del words
    return some([_file(*one) for one in due.files_in_hand(request)], "desk-batches")


def listed_unreviewed(request: Asking, words: Vocabulary) -> list[Waiting]:
    """For the secretariat: that files of trusted bodies were listed without its review."""
    del words
    count = due.listed_unreviewed(request)
    if not count:
        return []
    text = ngettext(
        "%(count)s file of a trusted body was listed without review in the last %(days)s days.",
        "%(count)s files of trusted bodies were listed without review in the last %(days)s days.",
        count,
    ) % {"count": count, "days": due.OF_LATE.days}
    title = Cell(_("Listed without review"))
    return [Waiting(title, text, _("See which"), url("desk-trusted"))]


def _file(one: "Batch", steps: "Set[FileStep]") -> Waiting:
    if one.state == FileState.SUBMITTED:
        text = _("%(body)s handed this file in on %(day)s: %(count)s rows.")
        label = _("Look at it")
    elif steps & {FileStep.HAND_IN, FileStep.APPLY}:
        text = _("You brought this file in on %(day)s; nothing of it has taken effect.")
        label = _("Go on")
    else:
        text = _("It changes nothing, or rows did not pass: correct it and bring it in again.")
        label = _("See which")
    day = answers.day(one.submitted_at or one.staged_at)
    rows = sum(one.counts.values())
    said = text % {"body": naming.body_name(one.body), "day": day, "count": rows}
    title = _("File: %(kinds)s") % {"kinds": _(DEFINITIONS[Kind(one.kind)].names)}
    return Waiting(Cell(title), said, label, url("desk-batch", one.pk))


def _about(one: "Submission", words: Vocabulary, text: str, label: str) -> Waiting:
    when = one.submitted_at or one.started_at
    values = {"body": naming.body_name(one.body), "day": answers.day(when)}
    title = Cell.told(one.content.get("title", {}), words.language)
    shown = title if title.text else Cell(contents.title_of(one, words))
    if one.origin == Origin.SECRETARIAT and one.state == State.SUBMITTED:
        text = _("The secretariat wrote this on behalf of %(body)s and submitted it on %(day)s.")
    return Waiting(shown, text % values, label, url("desk-submission", one.pk))
