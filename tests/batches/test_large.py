"""A large file is kept and handed to the clock: its pictures, its result or fault, its killed runs."""

import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.db import models

from clearinghouse.access.actor import CLOCK
from clearinghouse.access.errors import Invalid, Refused
from clearinghouse.batches import actions, policy, queries
from clearinghouse.batches.actions import For, applying, errands, handing
from clearinghouse.batches.actions.errands import LEASE, TRIES
from clearinghouse.batches.models import Batch, Errand, Row
from clearinghouse.batches.rules import size
from clearinghouse.batches.rules.workflow import State, Step, Verdict
from clearinghouse.directory.queries import owned
from clearinghouse.files.actions import Offered
from clearinghouse.files.rules import Type
from clearinghouse.kernel.workflow import OutOfOrder
from clearinghouse.ledger.verify import verify
from clearinghouse.notices.models import Notice
from clearinghouse.submissions.rules.kinds import Kind
from tests.access.pictures import hands, who
from tests.batches.files import made, several
from tests.batches.test_pictures import LARGE, granted
from tests.committee import CAST, Committee

KIND = Kind.COOPERATION_EXAMPLE


def long_file(count: int = 3, *, kind: Kind = KIND) -> Offered:
    """Of few rows and many lines, so that it is large and soon read."""
    few = made(kind, "csv", several(kind, count))
    return Offered(name=few.name, content=few.content + b"\n" * size.MANY)


def archive(unpacked: int) -> bytes:
    made_up = BytesIO()
    with zipfile.ZipFile(made_up, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("xl/worksheets/sheet1.xml", b"x" * unpacked)
    return made_up.getvalue()


def brought_in(committee: Committee, offered: Offered, key: str = "key-1") -> Batch:
    asked = For(body=committee.body("XIO"), key=key)
    by = committee.actor("focal_xio")
    return handing.bring_in(KIND, asked, offered, by=by, now=committee.now)


def at(committee: Committee, later: timedelta = timedelta()) -> Callable[[], datetime]:
    return lambda: committee.now + later


def told(committee: Committee) -> int:
    """Notices to the author."""
    every: models.QuerySet[Notice] = models.QuerySet(Notice)
    return every.filter(recipient=committee.seats["focal_xio"].pk, kind="batch.moved").count()


def again(batch: Batch) -> Batch:
    found = queries.for_the_clock(batch.pk)
    assert found is not None
    return found


def as_drawn(committee: Committee, batch: Batch) -> None:
    seen, held = LARGE[State(batch.state)]
    for name in CAST:
        assert (batch in queries.batches_for(committee.actor(name))) == (name in who(seen)), name
    assert granted(committee, batch) == hands(held)


@pytest.mark.parametrize(
    ("kind", "content", "large"),
    [
        (Type.CSV, b"a\n" * 1_000, False),
        (Type.CSV, b"a\n" * 1_001, True),
        (Type.CSV, b"a\r" * 1_001, True),
        (Type.CSV, "a\n".encode("utf-16-le") * 1_001, True),
        (Type.JSON, b"[" + b" " * 300_000, True),
        (Type.JSON, b"[]", False),
        (Type.XLSX, b"no archive", False),
        (Type.XLSX, archive(900_000), False),
        (Type.XLSX, archive(1_100_000), True),
        (Type.XLSX, archive(1_100_000)[:-30], False),
    ],
)
def test_what_is_large(kind: Type, content: bytes, *, large: bool) -> None:
    assert size.is_large(kind, content) == large


def test_a_file_of_many_rows_goes_its_whole_way_by_the_clock(committee: Committee) -> None:
    """Each picture on the way; and everything it asks the clock for is done once."""
    author, office, now = (
        committee.actor("focal_xio"),
        committee.actor("secretariat"),
        at(committee),
    )
    body, count = committee.body("XIO"), size.MANY + 2
    batch = brought_in(committee, made(KIND, "csv", several(KIND, count)))
    assert (batch.state, queries.rows_of(batch).count()) == (State.RECEIVED, 0)
    as_drawn(committee, batch)
    assert errands.do_next(now)
    batch = again(batch)
    assert (batch.state, batch.counts[Verdict.NEW], told(committee)) == (State.CHECKED, count, 1)
    actions.hand_in(batch, by=author, now=committee.now)
    handing.apply(batch, {5: "Say which."}, by=office, now=committee.now)
    assert (batch.state, owned(body, KIND)) == (State.APPLYING, [])
    as_drawn(committee, batch)
    assert errands.do_next(now)
    batch = again(batch)
    assert (batch.state, len(owned(body, KIND))) == (State.APPLIED, count - 1)
    assert batch.counts[Verdict.REFUSED] == 1
    handing.undo(batch, by=author, now=committee.now)
    as_drawn(committee, batch)
    assert errands.do_next(now)
    assert (again(batch).state, owned(body, KIND)) == (State.UNDONE, [])
    assert not errands.do_next(now)
    assert not Errand.objects.unscoped("test").exists()
    assert verify() is None


def test_a_small_one_is_done_at_once(committee: Committee) -> None:
    batch = brought_in(committee, made(KIND, "csv", several(KIND)))
    assert (batch.state, errands.do_next(at(committee))) == (State.CHECKED, False)


@pytest.mark.parametrize(
    ("more", "place"),
    [
        (b'"A,"B"\n', ""),
        (b"\0\n", ""),
    ],
)
def test_what_cannot_be_read_says_why_on_its_page(
    committee: Committee, more: bytes, place: str
) -> None:
    offered = long_file()
    batch = brought_in(committee, Offered(name="own.csv", content=offered.content + more))
    assert errands.do_next(at(committee))
    batch = again(batch)
    [[where, message, values]] = batch.faults
    assert (batch.state, where) == (State.UNREAD, place)
    assert "ine 100" in message % values
    assert (queries.rows_of(batch).count(), told(committee)) == (0, 1)
    as_drawn(committee, batch)


def test_a_header_that_is_wrong_is_named_with_its_column(committee: Committee) -> None:
    content = b"title[en],listed\n" + b"A,yes\n" * (size.MANY + 1)
    batch = brought_in(committee, Offered(name="own.csv", content=content))
    assert errands.do_next(at(committee))
    [[where, message, values]] = again(batch).faults
    assert (where, "listed" in message % values) == ("B1", True)


def test_what_cannot_be_applied_goes_back_and_says_why(committee: Committee) -> None:
    """With the rows that were left out as they were."""
    batch, now = (
        brought_in(committee, made(KIND, "csv", several(KIND, size.MANY + 1))),
        at(committee),
    )
    assert errands.do_next(now)
    batch = again(batch)
    actions.hand_in(batch, by=committee.actor("focal_xio"), now=committee.now)
    office = committee.actor("secretariat")
    handing.apply(batch, {4: "Say which."}, by=office, now=committee.now)
    committee.entry(KIND, reference="R-7")  # listed meanwhile, under the same reference
    before = len(owned(committee.body("XIO"), KIND))
    assert errands.do_next(now)
    batch = again(batch)
    assert (batch.state, len(batch.faults)) == (State.SUBMITTED, 1)
    assert queries.rows_of(batch, Verdict.NEW).count() == size.MANY + 1
    assert len(owned(committee.body("XIO"), KIND)) == before
    assert verify() is None


def test_a_run_that_was_killed_is_begun_again_and_one_that_is_late_ends(
    committee: Committee,
) -> None:
    batch = brought_in(committee, long_file())
    first = errands._taken(at(committee))
    assert first is not None
    assert not errands.do_next(at(committee)), "somebody is at it"
    Row.objects.unscoped("test").create(  # what it had written when it was killed
        batch=batch.pk, number=2, verdict=Verdict.NEW, staged_at=committee.now
    )
    later = at(committee, LEASE + timedelta(seconds=1))
    assert errands.do_next(later)
    assert again(batch).state == State.CHECKED
    assert queries.rows_of(batch).count() == 3
    with pytest.raises(errands.Overtaken):
        first.told(500)
    with pytest.raises(errands.Overtaken):
        first.end()


def test_what_kills_every_run_is_given_up(committee: Committee) -> None:
    batch = brought_in(committee, long_file())
    for number in range(TRIES):
        assert errands._taken(at(committee, number * (LEASE + timedelta(seconds=1))))
    assert errands.do_next(at(committee, timedelta(hours=1)))
    assert again(batch).state == State.UNREAD
    assert not Errand.objects.unscoped("test").exists()


def test_one_that_ended_before_it_could_say_so_is_not_done_twice(committee: Committee) -> None:
    batch = brought_in(committee, long_file())
    assert errands.do_next(at(committee))
    before = again(batch).version
    actions.ask_clock(batch, committee.now)
    assert errands.do_next(at(committee))
    assert not errands.do_next(at(committee))
    assert again(batch).version == before


def test_withdrawn_while_it_waits_nothing_of_it_is_read(committee: Committee) -> None:
    batch = brought_in(committee, long_file())
    actions.withdraw(batch, by=committee.actor("focal_xio"), now=committee.now)
    assert not errands.do_next(at(committee))
    assert queries.rows_of(batch).count() == 0


def test_the_same_key_is_the_same_batch_and_kept_once(committee: Committee) -> None:
    first = brought_in(committee, long_file())
    assert brought_in(committee, long_file()).pk == first.pk
    assert Batch.objects.unscoped("test").count() == 1
    with pytest.raises(Invalid):
        brought_in(committee, long_file(), key="")


@pytest.mark.parametrize("name", ["focal_xro", "public", "auditor"])
def test_nobody_else_has_a_file_kept(committee: Committee, name: str) -> None:
    asked = For(body=committee.body("XIO"), key="k")
    with pytest.raises(Refused):
        handing.bring_in(KIND, asked, long_file(), by=committee.actor(name), now=committee.now)
    assert not Batch.objects.unscoped("test").exists()


def test_the_clock_does_only_what_it_was_asked(committee: Committee) -> None:
    batch = brought_in(committee, made(KIND, "csv", several(KIND)))
    actions.hand_in(batch, by=committee.actor("focal_xio"), now=committee.now)
    with pytest.raises(Refused):
        applying.apply(batch, by=CLOCK, now=committee.now)
    for step in Step:
        with pytest.raises((Refused, OutOfOrder)):
            policy.authorise(CLOCK, step, batch)
