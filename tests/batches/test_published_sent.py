"""A published file sent to a page or an address is kept, read by the clock, gone on with, told."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from clearinghouse.batches import actions, queries
from clearinghouse.batches.actions import For, applying, errands, handing
from clearinghouse.batches.actions.errands import LEASE
from clearinghouse.batches.models import Batch, Errand, Reading, Row
from clearinghouse.batches.queries import published as comparison
from clearinghouse.batches.rules.workflow import State
from clearinghouse.directory.queries import owned
from clearinghouse.files import queries as files
from clearinghouse.files.actions import Offered
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.files.rules import LARGEST
from clearinghouse.ledger.verify import verify
from clearinghouse.submissions.rules.kinds import Kind
from tests.batches.activities import HEAD, TAIL, activity
from tests.committee import Committee

KIND = Kind.ASSISTANCE_ACTIVITY


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of two activities, so that a file of some has several."""
    monkeypatch.setattr(comparison, "SOME", 2)


def sent(committee: Committee, inner: str, *, whole: str = "", kind: Kind = KIND) -> Batch:
    content = (whole or HEAD + inner + TAIL).encode()
    asked, by = For(body=committee.body("XIO"), key="k"), committee.actor("focal_xio")
    offered = Offered(name="own.xml", content=content)
    return handing.bring_in(kind, asked, offered, by=by, now=committee.now)


def at(committee: Committee, later: timedelta = timedelta()) -> Callable[[], datetime]:
    return lambda: committee.now + later


def again(batch: Batch) -> Batch:
    found = queries.for_the_clock(batch.pk)
    assert found is not None
    return found


def rows(batch: Batch) -> list[tuple[Any, ...]]:
    columns = ("number", "verdict", "entry", "content", "was", "stood", "alike")
    return list(queries.rows_of(batch).order_by("number").values_list(*columns))


def several(count: int = 5) -> str:
    return "".join(activity(n, "<result/>") for n in range(1, count + 1))


def left() -> tuple[int, int, int]:
    """Batches, rows, readings."""
    found = [t.objects.unscoped("test").count() for t in (Batch, Row, Reading)]
    return found[0], found[1], found[2]


def test_it_is_read_by_the_clock_and_listed_like_any_other(committee: Committee) -> None:
    batch = sent(committee, several())
    assert (batch.state, left()) == (State.RECEIVED, (1, 0, 0))
    assert errands.do_next(at(committee))
    batch = again(batch)
    assert (batch.state, batch.counts["new"], left()) == (State.CHECKED, 5, (1, 5, 0))
    assert queries.not_understood(batch) == ["element result: 5, first on line 5"]
    assert [f.name for f in files.files_of(batch, "")] == ["own.xml"]
    actions.hand_in(batch, by=committee.actor("focal_xio"), now=committee.now)
    applying.apply(batch, by=committee.actor("secretariat"), now=committee.now)
    assert len(owned(committee.body("XIO"), KIND)) == 5
    assert verify() is None


class Killed(BaseException):
    """As a process ends that nobody asks."""


@pytest.mark.parametrize("after", range(8))
def test_killed_anywhere_it_is_gone_on_with(committee: Committee, after: int) -> None:
    """A run that ends when it has looked at the clock so many times, and the next one."""
    batch = sent(committee, several())
    times = iter(range(after))

    def clock() -> datetime:
        if next(times, None) is None:
            raise Killed
        return committee.now

    with pytest.raises(Killed):
        errands.do_next(clock)
    done = sum(Reading.objects.unscoped("test").values_list("done", flat=True))
    assert queries.rows_of(batch).count() == done
    assert again(batch).state == State.RECEIVED
    assert not again(batch).counts["new"]
    while errands.do_next(at(committee, LEASE + timedelta(seconds=1))):
        pass
    resumed = again(batch)
    assert (resumed.state, resumed.counts["new"], left()) == (State.CHECKED, 5, (1, 5, 0))
    assert queries.not_understood(resumed) == ["element result: 5, first on line 5"]
    assert [row[0] for row in rows(resumed)] == [1, 2, 3, 4, 5]
    assert len({row[2] for row in rows(resumed)}) == 5
    assert not Errand.objects.unscoped("test").exists()


def test_what_is_withdrawn_meanwhile_leaves_nothing(committee: Committee) -> None:
    batch, count = sent(committee, several()), iter(range(20))

    def clock() -> datetime:
        if next(count) == 5:
            author = committee.actor("focal_xio")
            actions.withdraw(again(batch), by=author, now=committee.now)
        return committee.now

    assert errands.do_next(clock)
    assert (again(batch).state, left()) == (State.WITHDRAWN, (1, 0, 0))


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
AT_THE_DOOR = {
    "nothing": ("\n", "Line 2"),
    "another root": ("<iati-organisations/>", "iati-organisations"),
    "from outside": (
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><iati-activities>&x;{TAIL}',
        "document type",
    ),
    "billion laughs": (
        f'<!DOCTYPE a [<!ENTITY l0 "lol">{LAUGHS}]><iati-activities>&l9;{TAIL}',
        "document type",
    ),
    "too large": (HEAD + " " * LARGEST + TAIL, "clearinghouse import iati"),
}


@pytest.mark.parametrize("name", AT_THE_DOOR)
def test_what_begins_wrongly_is_refused_at_the_door(committee: Committee, name: str) -> None:
    whole, said = AT_THE_DOOR[name]
    with pytest.raises(Unfit) as refused:
        sent(committee, "", whole=whole)
    assert said in refused.value.message % refused.value.values
    assert left() == (0, 0, 0)


LATER = {
    "cut in the middle": (HEAD + several() + activity(6)[:150], "Line 24"),
    "nothing that bears": (HEAD + activity(1, sector="11110") + TAIL, "no activity"),
    "a huge attribute": (
        HEAD + several() + f'<iati-activity a="{"x" * 11_000_000}"/>{TAIL}',
        "Line 24",
    ),
}


@pytest.mark.parametrize("name", LATER)
def test_what_is_wrong_further_on_is_told_with_its_place(committee: Committee, name: str) -> None:
    whole, said = LATER[name]
    batch = sent(committee, "", whole=whole)
    assert errands.do_next(at(committee))
    batch = again(batch)
    [[_place, message, values]] = batch.faults
    assert said in message % values
    assert (batch.state, left()) == (State.UNREAD, (1, 0, 0))


def test_only_activities_come_as_markup(committee: Committee) -> None:
    with pytest.raises(Unfit):
        sent(committee, several(), kind=Kind.GUIDANCE_NOTE)
    assert left() == (0, 0, 0)
