"""Clearance: a second officer's yes fixes the text and gives date and number, once and gapless."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Invalid
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.kernel.canonical import digest
from clearinghouse.ledger import chain
from clearinghouse.ledger.record import Change, record
from clearinghouse.letters import policy
from clearinghouse.letters.actions.drafting import unfix
from clearinghouse.letters.actions.events import BatchCleared, Cleared, SentBack
from clearinghouse.letters.models import Batch, Letter
from clearinghouse.letters.queries.bulk import said, sentences
from clearinghouse.letters.queries.document import chair_now
from clearinghouse.letters.queries.letters import filling, last_number, reading
from clearinghouse.letters.queries.merging import Known, wording_of
from clearinghouse.letters.rules.wording import Fault, gaps_in, tidy
from clearinghouse.letters.rules.workflow import WORKFLOW, Form, State, Step, reference
from clearinghouse.mandate import queries as mandate

REFERENCE = "L/{year}/{number}"  # where the pack says nothing


def clear(letter: Letter, *, by: Actor, now: datetime) -> None:
    """The text stands from now on. Raises Invalid where a field of it is not filled.

    A letter that was cleared before keeps its number: the register has no gap and no twin.
    """
    with chain.pen():  # however many press at once, each number is looked up and given alone
        grant = policy.authorise(by, Step.CLEAR, letter)
        _fix([letter], by, now)
        event = Cleared(reference=letter.reference, digest=letter.digest)
        record(grant, event, changed=letter, now=now)


def clear_batch(batch: Batch, letters: Sequence[Letter], *, by: Actor, now: datetime) -> None:
    """All, numbered in the order given, or none. Raises Invalid by the addressees' codes."""
    with chain.pen():
        grant = policy.authorise_batch(by, Step.CLEAR, batch, list(letters))
        _fix(letters, by, now)
        event = BatchCleared(letters=len(letters))
        record(grant, event, changed=Change(batch, letters), now=now)


@transaction.atomic
def send_back(letter: Letter, remark: str, *, by: Actor, now: datetime) -> None:
    """To be written again: the clearance falls, the remark says why."""
    grant = policy.authorise(by, Step.SEND_BACK, letter)
    if not remark.strip():
        raise Invalid({"remark": ["say what is to be changed"]})
    letter.state = WORKFLOW.target(State(letter.state), Step.SEND_BACK)
    letter.remark = tidy(remark)[:500]
    unfix(letter)
    record(grant, SentBack(), changed=letter, now=now)


def _fix(letters: Sequence[Letter], by: Actor, now: datetime) -> None:
    known, today = Known.about([each.body for each in letters]), day_in_new_york(now)
    facts = mandate.committee().facts
    pattern = facts.get("letter_reference") or REFERENCE
    fillings = {each.pk: filling(each, known) for each in letters}
    gaps = {x.body.code: list(gaps_in(wording_of(x), fillings[x.pk])) for x in letters}
    if any(gaps.values()):
        raise Invalid(_told(gaps))
    number, chair = last_number(today.year), chair_now(now)
    for letter in letters:
        if letter.number is None:
            number += 1
            letter.year, letter.number = today.year, number
            letter.reference = reference(pattern, today.year, number)
        letter.dated, letter.cleared_at = today, now
        letter.cleared_by_id = policy.hand(by)
        letter.state = WORKFLOW.target(State(letter.state), Step.CLEAR)
        _keep(letter, fillings[letter.pk], chair)


def _told(gaps: dict[str, list[Fault]]) -> dict[str, list[str]]:
    """One letter's gaps by part; those of several by addressee."""
    if len(gaps) == 1:
        return said(next(iter(gaps.values())))
    return {code: sentences(found) for code, found in gaps.items() if found}


def _keep(letter: Letter, filled: dict[str, str], chair: str) -> None:
    text = reading(wording_of(letter).filled(filled))
    letter.text = {
        "address": list(text.address),
        "subject": text.subject,
        "opening": text.opening,
        "paragraphs": list(text.paragraphs),
        "closing": text.closing,
        "signatory": chair if letter.form == Form.LETTER else "",
    }
    letter.digest = digest([letter.reference, letter.dated, letter.form, letter.text])
