"""Drafting: one letter or many from a template, and every change of a text that follows."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Invalid
from clearinghouse.ledger.reconcile import Difference, reconcile
from clearinghouse.ledger.record import Change, record
from clearinghouse.letters import policy
from clearinghouse.letters.actions.events import BatchDrafted, Drafted, Loaded, Revised
from clearinghouse.letters.models import Batch, Letter, Style, Template
from clearinghouse.letters.queries.bulk import Preview, previews, said, sentences
from clearinghouse.letters.queries.letters import fields_for
from clearinghouse.letters.queries.merging import Known, wording_of
from clearinghouse.letters.rules.wording import (
    Wording,
    faults_in_values,
    faults_of,
    known_names,
    tidy,
)
from clearinghouse.letters.rules.workflow import WORKFLOW, State, Step
from clearinghouse.mandate.models import Body, Pack

Values = Mapping[str, str]


@transaction.atomic
def load(
    pack: Pack,
    templates: Sequence[Mapping[str, Any]],
    styles: Sequence[Mapping[str, Any]],
    *,
    by: Actor,
    now: datetime,
) -> list[Difference[Any]]:
    """Bring templates and styles to what the pack says: one line of the record, or none."""
    found: list[Difference[Any]] = [
        reconcile(Template, ("code",), templates),
        reconcile(Style, ("body_id", "language"), styles),
    ]
    rows = [row for difference in found for row in difference.rows]
    if rows:
        grant = policy.authorise_load(by, pack)
        new, changed = sum(len(d.new) for d in found), sum(len(d.changed) for d in found)
        record(grant, Loaded(new=new, changed=changed), changed=Change(pack, rows), now=now)
    return found


@transaction.atomic
def draft(template: Template, body: Body, values: Values, *, by: Actor, now: datetime) -> Letter:
    """The template's own wording, in the addressee's language where there is one.

    Fields may still be empty: a draft is finished by `revise`. Raises Invalid for what is wrong.
    """
    (preview,) = previews(template, [body], values, now=now, whole=False)
    if preview.faults:
        raise Invalid(said(preview.faults))
    letter = _letter(template, preview, values, by, now)
    grant = policy.authorise(by, Step.DRAFT, letter)
    letter.state = WORKFLOW.target(State.NEW, Step.DRAFT)
    event = Drafted(template=template.code, body_id=body.pk)
    record(grant, event, changed=letter, now=now)
    return letter


@transaction.atomic
def draft_batch(
    template: Template,
    bodies: Sequence[Body],
    values: Values,
    *,
    without: Collection[str] = frozenset(),
    by: Actor,
    now: datetime,
) -> Batch:
    """One letter to each, or none to anybody: one line of the record for all.

    `without`: fields that there is nothing to say of; the paragraphs that name them are left out.
    Raises Invalid with the faults of each addressee under its code.
    """
    found = previews(template, bodies, values, now=now, without=without)
    faults = {p.body.code: sentences(p.faults) for p in found if p.faults}
    if faults or not found:
        raise Invalid(faults or {"bodies": ["nobody is chosen"]})
    batch = Batch(
        template=template.code, count=len(found), drafted_by_id=policy.hand(by), drafted_at=now
    )
    letters = [_letter(template, p, values, by, now, batch) for p in found]
    grant = policy.authorise_batch(by, Step.DRAFT, batch, letters)
    for letter in letters:
        letter.state = WORKFLOW.target(State.NEW, Step.DRAFT)
    event = BatchDrafted(template=template.code, letters=len(letters))
    record(grant, event, changed=Change(batch, letters), now=now)
    return batch


@transaction.atomic
def revise(letter: Letter, wording: Wording, values: Values, *, by: Actor, now: datetime) -> None:
    """The text as it now reads. A change voids a clearance, and the initials or signature on it.

    A text that says the same changes nothing. Whoever writes it may not clear it.
    """
    grant = policy.authorise(by, Step.REVISE, letter)
    wanted = Wording(**{name: tidy(text) for name, text in wording.parts().items()})
    given = {name: tidy(value) for name, value in values.items()}
    if (wanted, given) == (wording_of(letter), letter.values):
        return
    fields, known = fields_for(letter), Known.about([letter.body])
    faults = [
        *faults_of(wanted, known_names(fields)),
        *faults_in_values(fields, given, set(known.meetings)),
    ]
    if faults:
        raise Invalid(said(faults))
    voided = letter.state != State.DRAFT
    _write(letter, wanted, given)
    letter.state = WORKFLOW.target(State(letter.state), Step.REVISE)
    letter.writer_id, letter.remark = policy.hand(by), ""
    unfix(letter)
    record(grant, Revised(voided=voided), changed=letter, now=now)


def unfix(letter: Letter) -> None:
    """What was cleared falls with the text; the number stays, so that the register has no gap."""
    letter.text, letter.digest, letter.dated = {}, "", None
    letter.cleared_by = letter.cleared_at = letter.signed_by = letter.signed_at = None
    letter.scan_digest = ""


def _letter(
    template: Template,
    preview: Preview,
    values: Values,
    by: Actor,
    now: datetime,
    batch: Batch | None = None,
) -> Letter:
    letter = Letter(
        form=template.form,
        purpose=template.purpose,
        template=template.code,
        body=preview.body,
        batch=batch,
        language=preview.language,
        wanted=preview.wanted,
        writer_id=policy.hand(by),
        drafted_at=now,
    )
    _write(letter, preview.wording, {name: tidy(value) for name, value in values.items()})
    return letter


def _write(letter: Letter, said_: Wording, values: Values) -> None:
    letter.address, letter.subject_line = said_.address, said_.subject
    letter.opening, letter.passage, letter.closing = said_.opening, said_.passage, said_.closing
    letter.values = dict(values)
