"""Every kind is one definition: what is made from it knows every field, and reads back exactly."""

import re
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearinghouse.files.rules import Type as File
from clearinghouse.submissions.formats import examples, rows, schema, sheets
from clearinghouse.submissions.rules import cells, fields
from clearinghouse.submissions.rules.fields import CHECKS, Known, Type
from clearinghouse.submissions.rules.kinds import (
    DEFINITIONS,
    Contributors,
    Definition,
    Kind,
    across,
)

KNOWN = Known(
    areas=frozenset({"legislation", "customs"}),
    obligations=frozenset({"1(a)", "2(b)", "2(g)"}),
    providers=frozenset({"XIO"}),
    states=frozenset({"XA", "XB"}),
    regions=frozenset({"africa", "asia"}),
)
ALL = pytest.mark.parametrize("definition", DEFINITIONS.values(), ids=lambda d: d.kind.value)
TABLES: dict[str, Mapping[Type, object]] = {
    "checks": CHECKS,
    "schema": schema.OF_TYPE,
    "examples": examples.OF_TYPE,
}


def test_every_kind_is_defined_once() -> None:
    assert list(DEFINITIONS) == list(Kind)


@pytest.mark.parametrize("table", TABLES)
def test_every_type_of_field_has_its_place_in_each_table(table: str) -> None:
    assert set(TABLES[table]) == set(Type)


@ALL
def test_names_of_fields_are_plain_and_stand_once(definition: Definition) -> None:
    names = [f.name for f in definition.fields]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z_]+", name) for name in names)
    assert rows.ENTRY not in names
    assert definition.field("title").type == Type.TEXTS


@ALL
def test_the_example_is_sound(definition: Definition) -> None:
    example = examples.example(definition, KNOWN)
    assert fields.check(definition.fields, example, KNOWN) == []


@ALL
def test_without_any_field_exactly_the_needed_ones_are_named(definition: Definition) -> None:
    found = fields.check(definition.fields, {}, KNOWN)
    assert [f.field for f in found] == [f.name for f in definition.fields if f.required]


@ALL
def test_what_no_field_has_is_named_and_refused(definition: Definition) -> None:
    for name in ("state_of", "listed", "body", "status"):
        found = fields.check(definition.fields, {name: "x"}, KNOWN)
        assert name in [f.field for f in found]


@ALL
def test_the_schema_names_the_fields_and_nothing_else(definition: Definition) -> None:
    made = schema.schema(definition, KNOWN, "https://example.org/schema.json", str)
    record = made["$defs"]["record"]
    assert set(record["properties"]) == {"entry"} | {f.name for f in definition.fields}
    assert record["required"] == [f.name for f in definition.fields if f.required]
    assert record["additionalProperties"] is False


@ALL
@pytest.mark.parametrize("form", ["csv", "json"])
def test_out_and_in_again_is_the_same(definition: Definition, form: str) -> None:
    example = examples.example(definition, KNOWN)
    records = [("a-code", example)]
    made = {
        "csv": lambda: sheets.as_csv(definition, records),
        "json": lambda: sheets.as_json(records),
    }[form]()
    (row,) = rows.read(definition, File(form), made).rows
    assert row.entry == "a-code"
    assert fields.clean(definition.fields, row.over({})) == example


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


@ALL
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_whatever_a_field_holds_it_is_answered(
    definition: Definition, data: st.DataObject
) -> None:
    names = st.sampled_from(sorted(definition.names_of_fields))
    content = data.draw(st.dictionaries(names, ANYTHING, max_size=4))
    kept = fields.clean(definition.fields, content)
    for fault in (*fields.check(definition.fields, kept, KNOWN), *across(definition.kind, kept)):
        assert fault.message % dict(fault.values)


PIECE = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs")), min_size=1
)
PINPOINTS = st.lists(
    st.fixed_dictionaries({"ref": st.sampled_from(sorted(KNOWN.obligations)), "pinpoint": PIECE})
)


@given(PINPOINTS)
def test_pinpoints_read_back_whatever_is_in_them(value: list[dict[str, str]]) -> None:
    assert cells.obligations_read(cells.obligations_told(value)) == value


@given(st.lists(st.fixed_dictionaries({"date": st.just("2026-05"), "what": PIECE})))
def test_milestones_read_back_whatever_is_in_them(value: list[dict[str, str]]) -> None:
    assert cells.milestones_read(cells.milestones_told(value)) == value


def test_a_column_that_is_not_there_leaves_its_field_alone() -> None:
    definition = DEFINITIONS[Kind.GUIDANCE_NOTE]
    before = examples.example(definition, KNOWN) | {"title": {"en": "One", "fr": "Un"}}
    (row,) = rows.read(definition, File.CSV, b"entry,title[en]\nx,Two\n").rows
    assert row.over(before) == before | {"title": {"en": "Two", "fr": "Un"}}


def test_an_empty_cell_empties_its_field() -> None:
    definition = DEFINITIONS[Kind.GUIDANCE_NOTE]
    before = examples.example(definition, KNOWN)
    (row,) = rows.read(definition, File.CSV, b"entry,url,title[en]\nx,,One\n").rows
    assert fields.clean(definition.fields, row.over(before)).get("url") is None


@pytest.mark.parametrize(
    ("who", "state", "expected"),
    [
        (Contributors.STATES, True, True),
        (Contributors.STATES, False, False),
        (Contributors.ORGANISATIONS, True, False),
        (Contributors.ORGANISATIONS, False, True),
        (Contributors.BOTH, True, True),
        (Contributors.BOTH, False, True),
    ],
)
def test_who_contributes(who: Contributors, state: bool, expected: bool) -> None:  # noqa: FBT001  # a row of the table
    assert who.include(state=state) is expected
