"""A trusted body's file is listed without review where it keeps the shape; and never otherwise."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from clearinghouse.access.actor import CLOCK
from clearinghouse.access.errors import Refused, Stale
from clearinghouse.batches import actions, policy, queries
from clearinghouse.batches.actions import applying, errands, handing, trusting
from clearinghouse.batches.models import Batch, Trust
from clearinghouse.batches.queries import trusted
from clearinghouse.batches.rules import size
from clearinghouse.batches.rules.trust import Step as Trusting
from clearinghouse.batches.rules.workflow import State, Step
from clearinghouse.kernel.workflow import OutOfOrder
from clearinghouse.ledger.models import Entry as Line
from clearinghouse.ledger.verify import verify
from clearinghouse.submissions.models import Submission
from clearinghouse.submissions.rules.kinds import Kind
from tests.access.pictures import hands, who
from tests.batches.files import example, made, several, staged
from tests.batches.test_stories import applied, own
from tests.committee import CAST, NOW, Committee
from tests.web.desk import Desk, text

KIND = Kind.GUIDANCE_NOTE
WHY = "It has sent sound files for two years."
LINES = ("batches.updated", "batches.applied")


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


def trust(committee: Committee, code: str = "XIO") -> Trust:
    by = committee.actor("secretariat")
    return trusting.trust(committee.body(code), WHY, by=by, now=committee.now)


def changed(committee: Committee, key: str = "key-1", kind: Kind = KIND, **said: Any) -> Batch:
    """XIO's file of what it has standing, in which the first entry says something else."""
    if not own(committee, kind):
        applied(committee, kind, several(kind, 2))
    records = own(committee, kind)
    records[0] = (records[0][0], records[0][1] | said)
    return staged(committee, kind, made(kind, "json", records), key)


def steps(committee: Committee, batch: Batch) -> dict[str, set[str]]:
    open_ = {name: queries.steps_open_to(committee.actor(name), batch) for name in CAST}
    return {name: {str(step) for step in steps} for name, steps in open_.items() if steps}


# fmt: off
_OWN, _MORE = "hand_in+withdraw", "update+hand_in+withdraw"
TRUSTED =   f"- - | {_MORE} {_MORE} - | - - - - | - - - | - - - -"
REVIEWED =  f"- - | {_OWN} {_OWN} - | - - - - | - - - | - - - -"
SERVE =      "-   -  | -   -   -   | -   -   -   -   | yes -   -   | yes yes -   -"
# fmt: on
FREE: dict[str, Any] = {
    "summary": {"en": "Said in other words."},
    "url": "https://xio.example/new",
}
SHAPE: dict[str, Any] = {
    "title": {"en": "Another title"},
    "obligations": [{"ref": "1(a)"}],
    "areas": ["customs"],
    "issued": "2020",
    "human_rights_check": {"legal_basis": "no"},
}


@pytest.mark.parametrize("name", [*FREE, *SHAPE])
def test_whose_hand_a_trusted_bodys_file_is_in(committee: Committee, name: str) -> None:
    """Field by field; of a body that is not trusted, or no longer, every one is reviewed."""
    batch = changed(committee, **{name: (FREE | SHAPE)[name]})
    assert batch.keeps_shape == (name in FREE)
    assert steps(committee, batch) == hands(REVIEWED)
    given = trust(committee)
    assert steps(committee, batch) == hands(TRUSTED if name in FREE else REVIEWED)
    by = committee.actor("secretariat")
    trusting.revoke(given, "Too many slips.", by=by, now=committee.now)
    assert steps(committee, batch) == hands(REVIEWED)


def test_what_is_new_is_reviewed_and_what_is_faulty_goes_nowhere(committee: Committee) -> None:
    applied(committee, KIND, several(KIND, 1))
    trust(committee)
    [(code, said)] = own(committee, KIND)
    said |= {"summary": {"en": "Otherwise"}}
    more = ("", example(KIND, title={"en": "One more"}))
    with_new = staged(committee, KIND, made(KIND, "json", [(code, said), more]), "new")
    assert steps(committee, with_new) == hands(REVIEWED)
    faulty = [(code, said), ("xx", said)]
    wrong = staged(committee, KIND, made(KIND, "json", faulty), "faulty")
    assert not wrong.keeps_shape
    same = staged(committee, KIND, made(KIND, "json", own(committee, KIND)), "same")
    for batch in (wrong, same):
        assert "update" not in steps(committee, batch)["focal_xio"]


@pytest.mark.parametrize("name", CAST)
def test_nobody_else_lists_it_and_nobody_by_leaving_out_the_trust(
    committee: Committee, name: str
) -> None:
    """Neither others for a trusted body, nor the body's own seats once the trust is revoked."""
    batch, by = changed(committee, **FREE), committee.actor(name)
    with pytest.raises(Refused):
        applying.update(batch, by=by, now=committee.now)
    trust(committee)
    if name not in {"focal_xio", "alternate_xio"}:
        for act in (applying.update, handing.update):
            with pytest.raises(Refused):
                act(batch, by=by, now=committee.now)
    with pytest.raises(Refused):
        policy.authorise(CLOCK, Step.UPDATE, batch, is_trusted=True)


def test_on_behalf_there_is_no_trust(committee: Committee) -> None:
    applied(committee, KIND, several(KIND, 1))
    trust(committee)
    [(code, said)] = own(committee, KIND)
    file = made(KIND, "json", [(code, said | FREE)])
    asked = actions.For(body=committee.body("XIO"), key="k", instrument="letter of 1 March")
    batch = actions.stage(KIND, asked, file, by=committee.actor("secretariat"), now=committee.now)
    assert batch.keeps_shape
    assert not [name for name, open_ in steps(committee, batch).items() if "update" in open_]


def test_it_stands_at_once_recorded_as_such_and_can_be_undone(committee: Committee) -> None:
    batch, before = changed(committee, **FREE), own(committee, KIND)
    trust(committee)
    author = committee.actor("focal_xio")
    applying.update(batch, by=author, now=committee.now)
    assert (batch.state, batch.unreviewed) == (State.APPLIED, True)
    [(code, said), _other] = own(committee, KIND)
    assert said["url"] == FREE["url"]
    every = Submission.objects.unscoped("test").filter(kind=KIND, state="listed")
    assert {one.entry for one in every if one.unreviewed} == {code}
    line = Line.objects.unscoped("test").filter(verb__in=LINES).last()
    assert line is not None
    assert (line.verb, line.because, line.facts) == (
        "batches.updated",
        '["trusted"]',
        '{"changed":1}',
    )
    with pytest.raises(OutOfOrder):
        applying.update(batch, by=author, now=committee.now)
    applying.undo(batch, by=committee.actor("secretariat"), now=committee.now)
    assert own(committee, KIND) == before
    assert verify() is None


def test_what_has_changed_meanwhile_stops_it(committee: Committee) -> None:
    first, second = changed(committee, "a", **FREE), changed(committee, "b", **FREE)
    trust(committee)
    author = committee.actor("focal_xio")
    applying.update(first, by=author, now=committee.now)
    before = own(committee, KIND)
    with pytest.raises(Stale):
        applying.update(second, by=author, now=committee.now)
    stored = queries.batch_for(author, second.pk)
    assert (stored.state, stored.unreviewed) == (State.CHECKED, False)
    assert own(committee, KIND) == before


def test_a_large_one_is_the_clocks_and_goes_to_review_where_it_cannot_be_done(
    committee: Committee, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bound of many is lowered, so that a file of two rows is one of many."""
    first, second = changed(committee, "a", **FREE), changed(committee, "b", **FREE)
    trust(committee)
    author, clock = committee.actor("focal_xio"), lambda: committee.now
    monkeypatch.setattr(size, "MANY", 0)
    for batch in (first, second):
        handing.update(batch, by=author, now=committee.now)
        assert (batch.state, batch.unreviewed) == (State.APPLYING, True)
    assert errands.do_next(clock)
    assert errands.do_next(clock)
    done, not_done = (queries.batch_for(author, one.pk) for one in (first, second))
    assert (done.state, done.unreviewed) == (State.APPLIED, True)
    assert (not_done.state, not_done.unreviewed) == (State.SUBMITTED, False)
    told = [one.pk for one in trusted.listed_unreviewed(committee.actor("secretariat"))]
    assert told == [done.pk]
    assert verify() is None


def test_who_sees_whom_the_secretariat_trusts_and_whose_hand_it_is(committee: Committee) -> None:
    given = trust(committee)
    for name in CAST:
        by = committee.actor(name)
        assert (given in trusted.trusts_for(by)) == (name in who(SERVE)), name
        shown = [trusted.steps_open_to(by, thing) for thing in (Trust(), given)]
        mine = name in {"secretariat", "secretariat_2"}
        assert shown == [{Trusting.TRUST} if mine else set(), {Trusting.REVOKE} if mine else set()]
        for step in Trusting:
            if not mine:
                with pytest.raises(Refused):
                    policy.authorise_trust(by, step, given)
    office = committee.actor("secretariat")
    with pytest.raises(Stale):
        trust(committee)
    trusting.revoke(given, "Slips.", by=office, now=committee.now)
    with pytest.raises(OutOfOrder):
        trusting.revoke(given, "Again.", by=office, now=committee.now)
    assert trust(committee).revoked_at is None
    assert verify() is None


def test_from_the_marking_of_a_body_to_the_history_of_its_entry(committee: Committee) -> None:
    """The secretariat trusts, the focal point lists, the secretariat is shown it, and revokes."""
    applied(committee, KIND, several(KIND, 2))
    office, author = Desk(committee, "secretariat"), Desk(committee, "focal_xio")
    assert office.post("desk-trust-give", body="XIO", reason=" ").status_code == 400
    assert office.post("desk-trust-give", body="XX", reason=WHY).status_code == 400
    assert office.post("desk-trust-give", body="XIO", reason=WHY).status_code == 303
    assert WHY in text(office.get("desk-trusted"))
    summary = {"en": "What a small border post needs."}
    records = [(code, said | {"summary": summary}) for code, said in own(committee, KIND)]
    sent = author.post(
        "desk-batches",
        file=SimpleUploadedFile("own.json", made(KIND, "json", records).content),
        kind=KIND.value,
        body="XIO",
        key="key-9",
    )
    page = author.client.get(sent["Location"]).content.decode()
    assert "List it without review" in page
    batch = Batch.objects.unscoped("test").get(key="key-9")
    assert "Listed without review" not in text(office.get("desk"))
    done = author.post("desk-batch-step", batch.pk, "update", version=batch.version)
    assert done.status_code == 303
    assert "It is listed without review" in author.client.get(done["Location"]).content.decode()
    assert "1 file of a trusted body was listed without review" in text(office.get("desk"))
    assert committee.body("XIO").names["en"] in text(office.get("desk-trusted"))
    for desk in (office, author):
        page = text(desk.get("desk-batch", batch.pk))
        assert "listed without review, as changes of a trusted body" in page
    page = text(Desk(committee, "public").get("entry-history", records[0][0]))
    assert "Listed without review" in page
    given = Trust.objects.unscoped("test").get()
    assert office.post("desk-trust-revoke", given.pk, version=0, reason="x").status_code == 409
    faulty = office.post("desk-trust-revoke", given.pk, version=given.version, reason="")
    assert faulty.status_code == 400
    told = office.post("desk-trust-revoke", given.pk, version=given.version, reason="Slips.")
    assert told.status_code == 303
    page = text(Desk(committee, "expert").get("desk-trusted"))
    assert "Slips." in page
    assert "Trust a body" not in page
    page = text(Desk(committee, "auditor").get("desk-ledger"))
    assert "File of contributions listed without review" in page
    assert "as a body that is trusted" in page
    assert "Slips." not in page
