"""Nothing is recorded on a grant given for something else, and a line says what it was written for."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, models

from clearinghouse.access.errors import Stale
from clearinghouse.access.grant import Grant
from clearinghouse.kernel import merkle
from clearinghouse.kernel.canonical import canonical
from clearinghouse.ledger.models import REMOVED, Entry, Leaves
from clearinghouse.ledger.record import Change, Event, Mismatched, record
from clearinghouse.ledger.verify import verify
from clearinghouse.needs import actions as needs
from clearinghouse.needs import policy as consents
from clearinghouse.needs.models import NamedProvider, Need
from clearinghouse.needs.rules import Consent
from clearinghouse.needs.rules import Step as NeedStep
from clearinghouse.submissions import policy
from clearinghouse.submissions.actions.events import Returned, Submitted, Withdrawn
from clearinghouse.submissions.models import Submission
from clearinghouse.submissions.rules.workflow import State, Step
from tests.committee import NOW, Committee

LINES = Entry.objects.unscoped("test")


@pytest.fixture
def grant(committee: Committee) -> Grant:
    """The focal point may submit this draft."""
    return policy.authorise(committee.actor("focal_xio"), Step.SUBMIT, committee.submission())


def subject_of(grant: Grant) -> Submission:
    return Submission.objects.unscoped("test").get(pk=grant.subject.split(":")[1])


def test_a_grant_serves_its_own_subject_and_step(grant: Grant) -> None:
    line = record(grant, Submitted(), changed=subject_of(grant), now=NOW)
    assert (line.verb, line.subject, line.version) == ("submissions.submitted", grant.subject, 2)
    assert line.count == 1
    assert line.root == subject_of(grant).row_hash()


def test_a_grant_does_not_serve_another_subject(committee: Committee, grant: Grant) -> None:
    with pytest.raises(Mismatched):
        record(grant, Submitted(), changed=committee.submission(), now=NOW)


@pytest.mark.parametrize("event", [Withdrawn(), Returned()])
def test_a_grant_does_not_serve_another_step(grant: Grant, event: Event) -> None:
    with pytest.raises(Mismatched):
        record(grant, event, changed=subject_of(grant), now=NOW)


def test_a_grant_is_good_once(grant: Grant) -> None:
    record(grant, Submitted(), changed=subject_of(grant), now=NOW)
    with pytest.raises(Mismatched):
        record(grant, Submitted(), changed=subject_of(grant), now=NOW)


def test_steps_of_two_rooms_with_one_name_are_two_steps(grant: Grant) -> None:
    """Both rooms withdraw; a yes of one is no yes of the other."""
    assert needs.Withdrawn.step == Withdrawn.step.value
    given = replace(grant, step=Step.WITHDRAW)
    with pytest.raises(Mismatched):
        record(given, needs.Withdrawn(), changed=subject_of(grant), now=NOW)


def test_a_mismatch_changes_nothing(committee: Committee, grant: Grant) -> None:
    other = committee.submission()
    before = LINES.count()
    other.state = State.LISTED
    with pytest.raises(Mismatched):
        record(replace(grant, version=other.version), Submitted(), changed=other, now=NOW)
    assert LINES.count() == before
    assert Submission.objects.unscoped("test").get(pk=other.pk).state == State.DRAFT


def test_a_stale_row_changes_nothing_and_keeps_its_version(grant: Grant) -> None:
    """The grant was given for version 1; another hand has stored version 2 meanwhile."""
    mine = subject_of(grant)
    other = policy.authorise(grant.actor, Step.WITHDRAW, theirs := subject_of(grant))
    record(other, Withdrawn(), changed=theirs, now=NOW)
    before = LINES.count()
    with pytest.raises(Stale):
        record(grant, Submitted(), changed=mine, now=NOW)
    assert (LINES.count(), mine.version) == (before, 1)


def test_a_change_whose_line_cannot_be_written_is_undone(grant: Grant) -> None:
    made = subject_of(grant)
    last = LINES.latest("number")
    squatter = Entry(number=last.number + 9, at=NOW, verb="x", version=2, subject=grant.subject)
    squatter.count = 1
    models.Model.save(squatter, force_insert=True)  # takes the place of the line to come
    made.state = State.SUBMITTED
    with pytest.raises(IntegrityError):
        record(grant, Submitted(), changed=made, now=NOW)
    assert subject_of(grant).state == State.DRAFT


def test_a_line_holds_references_and_no_text_of_the_room(committee: Committee) -> None:
    said = "a confidential sentence"
    committee.need(descriptions={"en": said}, titles={"en": said})
    committee.submission(State.LISTED, title={"en": said})
    for line in LINES:
        assert said not in f"{line.facts} {line.because} {line.subject} {line.actor}"
        assert json.loads(line.because)


def test_a_line_names_a_person_by_reference_alone(committee: Committee) -> None:
    committee.submission(State.LISTED)
    for line in LINES:
        assert line.actor == "operator" or line.actor.startswith("person:")
        assert "@" not in line.actor


def test_the_same_content_twice_has_two_hashes(committee: Committee) -> None:
    """A salt for each change: a short text cannot be guessed from its hash."""
    one, two = committee.need(), committee.need()
    assert one.salt != two.salt
    assert one.row_hash() != two.row_hash()
    seals = {one.seal() for _ in range(5)}
    assert len(seals) == 5


def test_a_row_is_hashed_alike_before_storing_and_after_reading(committee: Committee) -> None:
    made = committee.need(consent=Consent.PUBLIC, rank=2, needed_by="2026-05")
    read = Need.objects.unscoped("test").get(pk=made.pk)
    assert read.row_hash() == made.row_hash()
    for name, value in (("rank", 3), ("contested", True), ("titles", {"en": "x"})):
        setattr(read, name, value)
        assert read.row_hash() != made.row_hash(), name
        read = Need.objects.unscoped("test").get(pk=made.pk)


def test_rows_stored_and_removed_with_the_subject_are_of_its_line(committee: Committee) -> None:
    need = committee.need(consent=Consent.NAMED, named=["XC"])
    mission = committee.actor("mission_xa")
    other = needs.Sharing(consent=Consent.NAMED, providers=[committee.body("XIO")])
    needs.share(need, other, by=mission, now=NOW)
    line = LINES.latest("number")
    assert (line.verb, line.count) == (
        "needs.widened",
        3,
    )  # the need, one named, one named no more
    kept = Leaves.objects.unscoped("test").filter(entry=line)
    seals = [
        bytes(k.leaves)[i + 16 : i + 48].hex() for k in kept for i in range(0, len(k.leaves), 48)
    ]
    assert merkle.root(seals) == line.root
    assert seals.count(REMOVED) == 1
    (named,) = NamedProvider.objects.unscoped("test").filter(need=need)
    assert named.provider_id == committee.body("XIO").pk
    assert named.row_hash() in seals
    assert verify() is None


def test_a_row_to_be_removed_that_moved_on_is_stale(committee: Committee) -> None:
    need = committee.need(consent=Consent.NAMED, named=["XC"])
    (named,) = NamedProvider.objects.unscoped("test").filter(need=need)
    named.version += 1
    mission = committee.actor("mission_xa")
    grant = consents.authorise(mission, NeedStep.NARROW, need)
    with pytest.raises(Stale):
        record(grant, needs.Narrowed(), changed=Change(need, (), [named]), now=NOW)


def test_the_time_of_a_line_is_the_time_it_was_told(committee: Committee) -> None:
    later = NOW + timedelta(days=400)
    need = committee.need()
    needs.confirm(need, by=committee.actor("mission_xa"), now=later)
    assert LINES.latest("number").at == later
    assert canonical(later) == '"2026-04-14T15:00:00.000000+00:00"'
