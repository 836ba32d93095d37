"""The forms that a body may reply on, filled with what is recorded of its own."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from clearinghouse.intake.formats import forms
from clearinghouse.intake.formats.forms import Form
from clearinghouse.intake.queries import content_of
from clearinghouse.intake.rules.replies import code_of
from clearinghouse.kernel import languages
from clearinghouse.kernel.marking import N_
from clearinghouse.mandate import queries as mandate
from clearinghouse.mandate.models import Body
from clearinghouse.needs import queries as needs
from clearinghouse.submissions.queries import is_read_by_the_secretariat, listed_of
from clearinghouse.submissions.rules.fields import Field
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind

FORMATS = {"xlsx": forms.spreadsheet, "docx": forms.document}
HOW = (
    N_("Each entry stands as it is recorded now. Change what is not right; leave the rest."),
    N_("Leave the column “entry” as it is; in a line for something new it stays empty."),
    N_("In “do” write: confirm, or withdraw. Only the mission's word changes a need."),
    N_("Send the form as an attachment in reply to a mail of ours. Nothing is recorded until the"
       " secretariat has accepted it; you will be told what was."),
)  # fmt: skip


def prefilled(kind: Kind, body: Body, reference: str, language: str) -> Form:
    """A form of this kind for this body; `language` is that of its labels and of new texts."""
    definition = DEFINITIONS[kind]
    title = {"kind": _(definition.name), "body": body.code}
    return Form(
        kind=kind,
        reference=reference,
        language=language,
        entries=_needs(body) if kind == Kind.NEED else _listed(kind, body),
        says={text: _(text) for each in definition.fields for text in _texts(each)},
        heading=_("%(kind)s: %(body)s") % title,
        how=[*map(_, HOW), *([reminder(language)] if definition.asks_of_rights else [])],
    )


def reminder(language: str) -> str:
    """That measures respect human rights, in the words of the pack, as far as it has any."""
    said = mandate.committee().facts.get("human_rights_reminder", {})
    return languages.pick(said, language)[0] if said else ""


def _texts(each: Field) -> list[str]:
    return [each.label, *each.questions.values()]


def kinds_for(body: Body) -> list[Kind]:
    """What this body may contribute by way of the tray; what it is asked most stands first.

    What organisations announce among themselves does not pass through the secretariat's hands.
    """
    first = Kind.NEED if body.is_state else Kind.STANDARD
    known = [
        kind
        for kind, each in DEFINITIONS.items()
        if each.contributors.include(state=body.is_state) and is_read_by_the_secretariat(kind)
    ]
    return [first, *(kind for kind in known if kind != first)]


def _needs(body: Body) -> list[tuple[str, Mapping[str, Any]]]:
    return [(code_of(str(r.need.pk)), content_of(r)) for r in needs.own_rows(body.pk)]


def _listed(kind: Kind, body: Body) -> list[tuple[str, Mapping[str, Any]]]:
    return [(each.entry, each.content) for each in listed_of(body, kind)]
