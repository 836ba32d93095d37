"""Whoever alters the record or a row, by whatever means, is named; and the chain never forks."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, models

from clearinghouse.access.actor import OPERATOR
from clearinghouse.access.errors import Stale
from clearinghouse.ledger import chain, triggers
from clearinghouse.ledger.models import Entry, Head
from clearinghouse.ledger.verify import Broken, verify
from clearinghouse.people import actions as people
from clearinghouse.submissions import actions, queries
from clearinghouse.submissions.rules.workflow import State
from tests.committee import NOW, Committee, found_committee

RAW: models.QuerySet[Entry] = models.QuerySet(Entry)  # the road of an intruder: no guard, no seal
HEAD: models.QuerySet[Head] = models.QuerySet(Head)
FIELDS = [f.attname for f in Entry._meta.concrete_fields]


@contextmanager
def disarmed() -> Iterator[None]:
    """An intruder with the owner's rights: the triggers are gone, and put back afterwards."""
    tables, names = (
        (triggers.ENTRY, triggers.LEAVES, triggers.HEAD),
        triggers.NAMES[connection.vendor],
    )
    with connection.cursor() as cursor:
        for name in names:
            table = next(t for t in tables if name.startswith(t))
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{on}")
    yield
    triggers.install()


@pytest.fixture
def written(committee: Committee) -> list[int]:
    """Four lines of one contribution and its entry, at the end of the chain: their numbers."""
    before = RAW.count()
    committee.submission(State.LISTED)
    return list(range(before + 1, RAW.count() + 1))


def broken(root: str = "") -> Broken:
    found = verify(root)
    assert found is not None
    return found


def flip(value: Any) -> Any:
    if isinstance(value, str):
        return ("0" if value[0] != "0" else "1") + value[1:]
    return value + (timedelta(microseconds=1) if hasattr(value, "tzinfo") else 1000)


def test_an_untouched_chain_holds(written: list[int]) -> None:
    assert len(written) == 5
    assert verify() is None
    assert verify(RAW.get(number=written[2]).hash) is None


@pytest.mark.django_db
def test_an_empty_chain_holds() -> None:
    assert RAW.count() == 0
    assert verify() is None


@pytest.mark.parametrize("field", FIELDS)
def test_any_field_of_any_line_flipped_is_named(written: list[int], field: str) -> None:
    with disarmed():
        for number in written:
            line = RAW.filter(number=number)
            value = line.values_list(field, flat=True).get()
            assert line.update(**{field: flip(value)}) == 1
            found = broken()
            assert (found.line, found.row) == (number, ""), field
            moved = flip(value) if field == "number" else number
            RAW.filter(number=moved).update(**{field: value})
        assert verify() is None


def test_a_line_rewritten_with_its_hash_is_betrayed_by_the_next(written: list[int]) -> None:
    line = RAW.get(number=written[1])
    line.facts = '{"note":"forged"}'
    line.hash = chain.digest(line)
    with disarmed():
        models.Model.save(line)
        assert broken().line == written[2]
        RAW.filter(number=written[2]).update(previous=line.hash)
        assert broken().line == written[2]


def test_a_line_removed_is_named(written: list[int]) -> None:
    with disarmed():
        RAW.filter(number=written[1]).delete()
    assert str(broken()) == f"line {written[1]} is missing"


def test_lines_cut_off_at_the_end_are_missed(written: list[int]) -> None:
    with disarmed():
        RAW.filter(number=written[-1]).delete()
    assert broken().line == written[-1]


def test_a_line_slipped_in_at_the_end_is_named(written: list[int]) -> None:
    last = RAW.get(number=written[-1])
    forged = Entry(at=last.at, verb="x", subject="x", version=1, because="[]", facts="{}", count=1)
    forged.number, forged.previous = last.number + 1, last.hash
    forged.hash = chain.digest(forged)
    models.Model.save(forged, force_insert=True)
    assert broken().line == last.number + 1


def test_a_whole_chain_rewritten_is_not_what_the_head_remembers(written: list[int]) -> None:
    previous, facts = chain.GENESIS, '{"all":"forged"}'
    with disarmed():
        for line in RAW.order_by("number"):
            line.facts, line.previous = facts, previous
            previous = line.hash = chain.digest(line)
            models.Model.save(line)
        assert str(broken()) == f"line {written[-1]} is not the line the head remembers"


def test_a_chain_rewritten_with_its_head_lacks_the_root_made_known(written: list[int]) -> None:
    """What was mailed to the auditors is what nobody here can rewrite."""
    known = RAW.get(number=written[-1]).hash
    previous = chain.GENESIS
    with disarmed():
        for line in RAW.order_by("number"):
            line.at, line.previous = line.at + timedelta(days=1), previous
            previous = line.hash = chain.digest(line)
            models.Model.save(line)
        HEAD.update(hash=previous)
    assert verify() is None
    assert str(broken(known)).endswith("ends a chain that does not contain the given root")


@pytest.mark.parametrize("values", [{"number": 3}, {"number": 999}, {"hash": "f" * 64}])
def test_a_head_that_forgets_is_noticed(written: list[int], values: dict[str, Any]) -> None:
    assert written
    with disarmed():
        HEAD.update(**values)
    assert broken().line


HANDS, EACH = 2, 20


@pytest.mark.usefixtures("own_database")
def test_two_hands_writing_at_once_make_one_chain() -> None:
    found_committee()
    before, together = RAW.count(), Barrier(HANDS)

    def write(hand: int) -> None:
        try:
            connection.ensure_connection()
            together.wait()
            for n in range(EACH):
                email = f"{hand}.{n}@example.org"
                people.enter(name=email, email=email, language="en", by=OPERATOR, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        list(pool.map(write, range(HANDS)))
    assert RAW.count() == before + HANDS * EACH
    assert RAW.values("previous").distinct().count() == RAW.count()
    assert verify() is None


@pytest.mark.usefixtures("own_database")
def test_of_two_hands_on_one_row_one_is_first() -> None:
    """The loser is told; nothing of what it did is kept."""
    committee = found_committee()
    pk, together = committee.submission(State.SUBMITTED).pk, Barrier(HANDS)
    office = committee.actor("secretariat")

    def take_up(_: int) -> str:
        try:
            mine = queries.submission_for(office, pk)
            together.wait()
            actions.take_up(mine, by=office, now=NOW)
        except Stale:
            return "stale"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(HANDS) as pool:
        assert sorted(pool.map(take_up, range(HANDS))) == ["done", "stale"]
    assert RAW.filter(verb="submissions.taken_up").count() == 1
    assert verify() is None
