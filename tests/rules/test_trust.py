"""What a trusted body may change without review: every field of every kind, held to the table."""

from itertools import chain

import pytest

from clearinghouse.batches.rules.trust import FREE, SHAPE, WHO, Relation, Step, keeps_shape
from clearinghouse.batches.rules.workflow import ANNOUNCED, REVIEWED, WORKFLOWS, State
from clearinghouse.batches.rules.workflow import Relation as Hand
from clearinghouse.batches.rules.workflow import Step as Handling
from clearinghouse.submissions.rules.fields import Type
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind

CHECKED = [DEFINITIONS[kind] for kind, table in WORKFLOWS.items() if table is REVIEWED]
FIELDS = {f.name: f for f in chain.from_iterable(d.fields for d in CHECKED)}
BEARS = {
    Type.OBLIGATIONS, Type.AREA, Type.AREAS, Type.REGIONS, Type.STATE, Type.STATES,
    Type.PROVIDERS, Type.CHECKLIST,
}  # fmt: skip


def test_each_field_of_what_is_reviewed_stands_in_one_of_the_two_lists() -> None:
    assert set(FIELDS) == FREE | SHAPE
    assert not FREE & SHAPE


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_one_changed_field_keeps_the_shape_exactly_where_it_is_free(name: str) -> None:
    assert keeps_shape({name}) == (name in FREE)
    assert keeps_shape({name, "summary"}) == (name in FREE)
    assert keeps_shape({name, "title"}) is False


def test_what_an_entry_bears_on_and_who_reads_it_is_never_free() -> None:
    assert not [name for name in FREE if FIELDS[name].type in BEARS or FIELDS[name].personal]
    assert keeps_shape({"of_a_later_version"}) is False
    assert keeps_shape({}) is True


def test_only_what_is_reviewed_may_go_without_and_a_need_never() -> None:
    """The step is in one table alone, in one hand, and begins where nobody else has seen it."""
    asked = {Handling.UPDATE, Handling.ASK_UPDATE}
    moves = [m for m in REVIEWED.moves if m.step in asked]
    assert [(set(m.sources), set(m.by)) for m in moves] == [({State.CHECKED}, {Hand.TRUSTED})] * 2
    assert not [m for m in ANNOUNCED.moves if m.step in asked]
    assert not [m for m in REVIEWED.moves if Hand.TRUSTED in m.by and m.step not in asked]
    assert Kind.NEED not in WORKFLOWS


def test_trust_is_in_the_secretariats_hand() -> None:
    assert dict.fromkeys(Step, frozenset({Relation.SECRETARIAT})) == WHO
