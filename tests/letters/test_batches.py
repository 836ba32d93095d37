"""Letters to several: all or none, one line of the record for each step, numbers in order."""

import json

import pytest

from clearinghouse.access.errors import Invalid, Refused
from clearinghouse.kernel.workflow import OutOfOrder
from clearinghouse.ledger.models import Entry
from clearinghouse.letters import actions
from clearinghouse.letters.models import Batch
from clearinghouse.letters.queries import letters as queries
from clearinghouse.letters.queries.bulk import previews, sentences
from clearinghouse.letters.rules.workflow import Means, State, Step
from clearinghouse.notices.models import Notice
from tests.committee import MERGED, Committee

CODES = ("XA", "XB", "XC")


def drafted(committee: Committee) -> Batch:
    template, by = queries.template_called("note-invite"), committee.actor("secretariat")
    bodies = [committee.body(code) for code in CODES]
    return actions.draft_batch(template, bodies, MERGED, by=by, now=committee.now)


def lines(verb: str) -> list[Entry]:
    return list(Entry.objects.unscoped("test").filter(verb=verb))


def test_a_batch_goes_out_with_a_line_a_step(committee: Committee) -> None:
    batch, first = drafted(committee), committee.actor("secretariat")
    second, now = committee.actor("secretariat_2"), committee.now
    letters = queries.letters_of(first, batch)
    assert queries.steps_for_all(first, letters) == set()
    assert queries.steps_for_all(second, letters) == {Step.CLEAR}
    actions.clear_batch(batch, letters, by=second, now=now)
    assert [x.reference for x in letters] == [f"L/2025/000{n}" for n in (1, 2, 3)]
    assert [x.body.code for x in letters] == list(CODES)
    actions.put_hand_to_batch(batch, letters, by=first, now=now)
    sent = actions.Sending(Means.EMAIL, now.date())
    actions.dispatch_batch(batch, letters, sent, by=first, now=now)
    for verb in ("drafted", "cleared", "initialled", "dispatched"):
        (line,) = lines(f"letters.batch_{verb}")
        assert (line.count, json.loads(line.facts)["letters"]) == (4, 3)
    told = Notice.objects.unscoped("test").filter(kind="letter.dispatched")
    wanted = {committee.seats[f"mission_{code.lower()}"].pk for code in CODES}
    assert {n.recipient for n in told} == wanted


def test_one_refusal_refuses_all(committee: Committee) -> None:
    batch, first = drafted(committee), committee.actor("secretariat")
    second, now = committee.actor("secretariat_2"), committee.now
    letters = queries.letters_of(first, batch)
    with pytest.raises(Refused):
        actions.clear_batch(batch, letters, by=first, now=now)
    actions.cancel(letters[1], "not this one", by=first, now=now)
    with pytest.raises(OutOfOrder):
        actions.clear_batch(batch, letters, by=second, now=now)
    states = [x.state for x in queries.letters_of(first, batch)]
    assert states == [State.DRAFT, State.CANCELLED, State.DRAFT]
    assert queries.last_number(2025) == 0


def test_who_cannot_be_written_to_by_mail_holds_up_all(committee: Committee) -> None:
    template, by = queries.template_called("note-invite"), committee.actor("secretariat")
    bodies = [committee.body(code) for code in ("XA", "XD")]  # XD's mission has no seat
    batch = actions.draft_batch(template, bodies, MERGED, by=by, now=committee.now)
    letters, second = queries.letters_of(by, batch), committee.actor("secretariat_2")
    actions.clear_batch(batch, letters, by=second, now=committee.now)
    actions.put_hand_to_batch(batch, letters, by=by, now=committee.now)
    sent = actions.Sending(Means.EMAIL, committee.now.date())
    with pytest.raises(Invalid, match="XD"):
        actions.dispatch_batch(batch, letters, sent, by=by, now=committee.now)
    assert {x.state for x in queries.letters_of(by, batch)} == {State.INITIALLED}
    assert not Notice.objects.unscoped("test").filter(kind="letter.dispatched").exists()


def test_every_addressee_is_told_what_is_wrong(committee: Committee) -> None:
    template, by = queries.template_called("note-invite"), committee.actor("secretariat")
    bodies = [committee.body(code) for code in ("XA", "XIO")]
    values = MERGED | {"answer_by": "soon", "matter": ""}
    found = previews(template, bodies, values, now=committee.now)
    assert [len(sentences(p.faults)) for p in found] == [2, 3]
    with pytest.raises(Invalid) as refused:
        actions.draft_batch(template, bodies, values, by=by, now=committee.now)
    assert set(refused.value.faults) == {"XA", "XIO"}
    assert "A note verbale goes to the mission of a State." in refused.value.faults["XIO"]
    assert queries.register(by).count() == 0
