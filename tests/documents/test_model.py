"""What is no document is refused where it is made, and the place is named."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from clearinghouse.documents.legible import visible, written
from clearinghouse.documents.model import Definitions, Section, Table, facts
from tests.documents.samples import NEEDS, PROSE, ROWS, document


def test_a_row_of_the_wrong_length_is_named() -> None:
    with pytest.raises(ValueError, match="table needs, row 2: 4 cells, 5 columns"):
        replace(NEEDS, rows=(ROWS[0], ROWS[1][:-1]))


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        (1.5, TypeError, "row 1, column state: float is not a cell"),
        (True, TypeError, "row 1, column state: bool is not a cell"),
        (datetime(2007, 3, 1, tzinfo=UTC), TypeError, "datetime is not a cell"),
        (("a", None), TypeError, "NoneType is not a cell"),
        (Decimal("NaN"), ValueError, "NaN is not a number"),
        (Decimal("-Infinity"), ValueError, "-Infinity is not a number"),
    ],
)
def test_a_value_that_is_no_cell_is_named(
    value: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        replace(NEEDS, rows=((value, *ROWS[0][1:]),))
    with pytest.raises(error, match=r"definition 'Term'"):
        Definitions(pairs=(("Term", value),))


def test_keys_are_anchors_and_stand_once() -> None:
    with pytest.raises(ValueError, match="section key 'By State'"):
        Section(key="By State", title="By State", blocks=())
    with pytest.raises(ValueError, match="columns of needs: state more than once"):
        replace(NEEDS, columns=(*NEEDS.columns[:-1], NEEDS.columns[0]))
    with pytest.raises(ValueError, match="sections: cover-note more than once"):
        replace(document(), sections=(PROSE, PROSE))
    twice = replace(PROSE, blocks=(NEEDS, NEEDS))
    with pytest.raises(ValueError, match="tables: needs more than once"):
        replace(document(), sections=(twice,))
    with pytest.raises(ValueError, match="table bare has no columns"):
        Table(key="bare", caption="", columns=(), rows=(), empty="")


def test_a_table_is_found_by_its_key() -> None:
    assert document().table("needs") is NEEDS
    with pytest.raises(KeyError, match="offers"):
        document().table("offers")


def test_the_masthead_tells_only_what_there_is_to_tell() -> None:
    said = {fact.key: fact.lines for fact in facts(document())}
    assert said["notices"] == ("Illustrative", "Issued late")
    assert said["seen_by"] == ("Experts and the secretariat",)
    assert "hash" not in said


def test_what_no_format_holds_is_shown() -> None:
    assert visible("a\x00b\x7fc\x9bd\ufffee\ud800") == "a\u2400b\u2421c\ufffdd\ufffde\ufffd"
    assert visible("one\r\ntwo\rthree\u2028four\ttab") == "one\ntwo\nthree\nfour\ttab"
    assert written(Decimal("1E+3")) == "1000"
    assert written(Decimal("1E+999999")) == "1E+999999"
