"""Letters as they would be drafted: for each addressee the text once filled, and what is wrong."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from clearinghouse.kernel.marking import N_
from clearinghouse.letters.models import Template
from clearinghouse.letters.queries.merging import (
    Known,
    Target,
    fields_of,
    language_of,
    merged,
    proposed,
    registered_languages,
)
from clearinghouse.letters.rules.wording import (
    Fault,
    Wording,
    faults_in_values,
    faults_of,
    gaps_in,
    known_names,
    tidy,
)
from clearinghouse.letters.rules.workflow import Form, form_for
from clearinghouse.mandate.models import Body

WRONG_FORM = {
    Form.NOTE_VERBALE: N_("A note verbale goes to the mission of a State."),
    Form.LETTER: N_("A mission is sent a note verbale, not a letter."),
}


@dataclass(frozen=True)
class Preview:
    """One letter before it is drafted: as written, as filled, and every fault."""

    body: Body
    language: str
    wanted: str
    wording: Wording
    filled: Wording
    faults: list[Fault] = field(default_factory=list)


def previews(
    template: Template,
    bodies: Sequence[Body],
    given: Mapping[str, str],
    *,
    now: datetime,
    whole: bool = True,
    without: Collection[str] = frozenset(),
) -> list[Preview]:
    """For each body the template's own wording, filled. `whole`: a gap is a fault already.

    `without`: fields whose paragraphs are left out.
    """
    known, spoken = Known.about(bodies), registered_languages(bodies, now)
    values = {name: tidy(value) for name, value in given.items()}
    return [
        _preview(template, b, values, (known, spoken.get(b.pk, "en"), without), whole=whole)
        for b in bodies
    ]


def _preview(
    template: Template,
    body: Body,
    values: Mapping[str, str],
    told: tuple[Known, str, Collection[str]],
    *,
    whole: bool,
) -> Preview:
    known, wanted, without = told
    form, fields = Form(template.form), fields_of(template)
    language = language_of(template, body, wanted, known)
    wording = proposed(template, language, without)
    filling = merged(fields, values, Target(body, form, language), known)
    faults = [
        *form_faults(form, body),
        *faults_of(wording, known_names(fields)),
        *faults_in_values(fields, values, set(known.meetings)),
        *(gaps_in(wording, filling) if whole else ()),
    ]
    return Preview(body, language, wanted, wording, wording.filled(filling), faults)


def form_faults(form: Form, body: Body) -> list[Fault]:
    """The form follows the addressee."""
    return [] if form == form_for(is_state=body.is_state) else [Fault("body", WRONG_FORM[form])]


def said(faults: Iterable[Fault]) -> dict[str, list[str]]:
    """By part or field, the sentences in the reader's language; each once."""
    found: dict[str, list[str]] = {}
    for fault in faults:
        sentence = _(fault.message) % fault.values if fault.values else _(fault.message)
        lines = found.setdefault(fault.part, [])
        lines += [] if sentence in lines else [sentence]
    return found


def sentences(faults: Iterable[Fault]) -> list[str]:
    """All that is wrong, whatever the part."""
    return [sentence for lines in said(faults).values() for sentence in lines]
