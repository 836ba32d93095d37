"""The forms that a body may reply on, filled with what is recorded of its own."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from clearinghouse.intake.formats import forms
from clearinghouse.intake.formats.forms import Form
from clearinghouse.intake.queries import content_of
from clearinghouse.intake.rules.replies import code_of
from clearinghouse.kernel.marking import N_
from clearinghouse.mandate.models import Body
from clearinghouse.needs import queries as needs
from clearinghouse.submissions.queries import listed_of
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
        entries=_needs(body) if kind == Kind.NEED else _standards(body),
        says={each.label: _(each.label) for each in definition.fields},
        heading=_("%(kind)s: %(body)s") % title,
        how=[_(line) for line in HOW],
    )


def kind_for(body: Body) -> Kind:
    return Kind.NEED if body.is_state else Kind.STANDARD


def _needs(body: Body) -> list[tuple[str, Mapping[str, Any]]]:
    return [(code_of(str(r.need.pk)), content_of(r)) for r in needs.own_rows(body.pk)]


def _standards(body: Body) -> list[tuple[str, Mapping[str, Any]]]:
    return [(each.entry, each.content) for each in listed_of(body)]
