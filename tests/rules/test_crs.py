"""Tables of aid as they are published and as they may be spoilt: every fault names row and column."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearinghouse.assistance.formats.crs import MOST_BYTES, MOST_FAULTS, read
from clearinghouse.assistance.rules import Kind

PURPOSES = "RecipientCode,RecipientName,15130,15113\n248,Kenya,1.25,\n57,Kosovo,0,-2.5\n"
DONORS = ',donor_code,1,701,(blank)\nrecipient_name,RecipientCode,Austria,Japan,\n"Africa, regional",298,3.5,,1\n'


def test_a_table_by_purpose_code() -> None:
    table = read(("\ufeff" + PURPOSES).encode())
    assert (table.kind, table.faults) == (Kind.PURPOSE, [])
    assert [c.code for c in table.columns] == ["15130", "15113"]
    kenya, kosovo = table.rows
    assert (kenya.line, kenya.code, kenya.name) == (2, "248", "Kenya")
    assert kenya.amounts == {"15130": Decimal("1.25")}  # an empty cell is no figure
    assert kosovo.amounts == {"15130": Decimal(0), "15113": Decimal("-2.5")}  # a nought is one


def test_a_table_by_donor() -> None:
    table = read(DONORS.encode())
    assert (table.kind, table.faults) == (Kind.DONOR, [])
    assert [(c.code, c.name) for c in table.columns][:2] == [("1", "Austria"), ("701", "Japan")]
    (row,) = table.rows
    assert (row.line, row.code, row.name) == (3, "298", "Africa, regional")
    assert row.amounts == {"1": Decimal("3.5"), "(blank)": Decimal(1)}


HEAD = "RecipientCode,RecipientName,15130,15113\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "row 1: the headings are neither"),
        ("a,b,c\n1,2,3\n", "row 1: the headings are neither"),
        (HEAD + "248,Kenya,x,1\n", "row 2, column 15130: 'x' is not an amount"),
        (HEAD + "248,Kenya,1,=1+1\n", "row 2, column 15113: '=1+1' is not an amount"),
        (HEAD + "248,Kenya,1,NaN\n", "row 2, column 15113: 'NaN'"),
        (HEAD + "248,Kenya,1,Infinity\n", "row 2, column 15113: 'Infinity'"),
        (HEAD + "248,Kenya,1,1e999999\n", "row 2, column 15113: '1e999999'"),
        (HEAD + "248,Kenya,1,100000\n", "row 2, column 15113: '100000'"),
        (HEAD + '248,Kenya,1,"1,5"\n', "row 2, column 15113: '1,5'"),
        (HEAD + "248,Kenya,1,1_0\n", "row 2, column 15113: '1_0'"),
        (HEAD + "248,Kenya,1,\u0661\n", "row 2, column 15113"),
        (HEAD + "248,Kenya,1\n", "row 2: 3 columns, 4 are wanted"),
        (HEAD + "248,Kenya,1,2,3\n", "row 2: 5 columns, 4 are wanted"),
        (HEAD + "KE,Kenya,1,2\n", "row 2: 'KE' is not a recipient's code"),
        (HEAD + "248,,1,2\n", "row 2: the recipient's name is missing"),
        (HEAD + "248,Kenya,1,2\n248,Kenya,1,2\n", "row 3: recipient 248 stands twice"),
        ("RecipientCode,RecipientName,1,1\n", "row 1, column 4: '1' stands twice"),
        ("RecipientCode,RecipientName,1,\n", "row 1, column 4: a code is missing"),
        (HEAD + '248,"Kenya,1,2\n', "not a table of comma-separated values"),
        (HEAD + "248," + "K" * 200 + ",1,2\n", "row 2: the recipient's name is missing or too"),
    ],
)
def test_a_fault_is_named_with_its_place(text: str, said: str) -> None:
    (fault,) = read(text.encode()).faults
    assert fault.startswith(said), fault


def test_what_is_no_text_and_what_is_too_much() -> None:
    assert read(b"\xff\xfe").faults == ["byte 0: this is not UTF-8"]
    assert "larger" in read(b" " * (MOST_BYTES + 1)).faults[0]
    spoilt = HEAD + "".join(f"{n},Kenya,x,y\n" for n in range(100))
    assert len(read(spoilt.encode()).faults) == MOST_FAULTS


@given(st.binary(max_size=300))
def test_whatever_a_file_holds_it_is_read_or_refused(content: bytes) -> None:
    for some in (
        content,
        HEAD.encode() + content,
        b",donor_code,1\nrecipient_name,RecipientCode,A\n" + content,
    ):
        table = read(some)
        assert table.faults or table.kind in Kind
