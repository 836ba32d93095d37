"""Letters to the bodies of an invitation: drafted, each once, in the form and language of each.

Source: `docs/rules/outreach.md`. They are drafts with a clearance and a dispatch of their own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Unseen
from clearinghouse.crossings import reaching_out
from clearinghouse.crossings.kinds_named import named
from clearinghouse.kernel import languages
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.kernel.workflow import OutOfOrder
from clearinghouse.letters import actions as letters
from clearinghouse.letters.queries.bulk import previews
from clearinghouse.letters.queries.letters import letters_of, template_called
from clearinghouse.letters.rules.workflow import Form, State, form_for
from clearinghouse.mandate import queries as mandate
from clearinghouse.outreach import actions, queries

if TYPE_CHECKING:
    from uuid import UUID

    from clearinghouse.letters.models import Letter, Template
    from clearinghouse.mandate.models import Body
    from clearinghouse.outreach.models import Asked, Invitation

TEMPLATES = {Form.NOTE_VERBALE: "note-contribute", Form.LETTER: "letter-contribute"}


@dataclass(frozen=True)
class Group:
    """Those who are written to with one template in one language: a batch of letters."""

    template: "Template"
    language: str
    bodies: Sequence["Body"]


def without_letter(places: Iterable[reaching_out.Place]) -> list["Asked"]:
    """Who is still asked and has no letter, or one that was cancelled."""
    return [
        place.asked
        for place in places
        if place.progress in reaching_out.LATE
        and (place.asked.letter is None or place.asked.letter.state == State.CANCELLED)
    ]


def are_possible() -> bool:
    """Whether the mandate pack has the wordings."""
    try:
        return all(map(template_called, TEMPLATES.values()))
    except Unseen:
        return False


@transaction.atomic
def draft(invitation: "Invitation", *, by: Actor, now: datetime) -> int:
    """To those who have none yet, all or none. How many; asked again at once, none are left.

    Raises OutOfOrder where nobody is left to be written to, Invalid for what cannot be filled.
    """
    lines = list(queries.asked_for(by).filter(invitation=invitation))
    missing = without_letter(reaching_out.places(lines, day_in_new_york(now)))
    if not missing:
        raise OutOfOrder("each of them has a letter")
    made: dict[UUID, Letter] = {}
    for group in _groups([line.body for line in missing], now):
        values, without = _said(invitation, group.language)
        batch = letters.draft_batch(
            group.template, group.bodies, values, without=without, by=by, now=now
        )
        made |= {each.body_id: each for each in letters_of(by, batch)}
    actions.write(invitation, made, by=by, now=now)
    return len(made)


def _groups(bodies: Sequence["Body"], now: datetime) -> list[Group]:
    """By the form that follows the addressee, and the language each would be written to in."""
    found = []
    for form, code in TEMPLATES.items():
        theirs = [body for body in bodies if form_for(is_state=body.is_state) == form]
        if not theirs:
            continue
        template = template_called(code)
        spoken: dict[str, list[Body]] = {}
        for one in previews(template, theirs, {}, now=now, whole=False):
            spoken.setdefault(one.language, []).append(one.body)
        found += [Group(template, language, some) for language, some in spoken.items()]
    return found


def _said(invitation: "Invitation", language: str) -> tuple[dict[str, str], set[str]]:
    """What goes into the fields, in the letter's language; and those with nothing to say."""
    meeting = invitation.due_meeting
    said = {
        "asked_for": named(invitation.kinds, language),
        "message": languages.pick(invitation.texts, language)[0] if invitation.texts else "",
        "answer_by": queries.due_day(invitation, mandate.holidays()).isoformat(),
        "meeting": meeting.code if meeting else "",
        "where": f"{settings.SITE_URL}/{language}/formats/",
    }
    return said, {name for name, value in said.items() if not value}
