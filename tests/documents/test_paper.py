"""On paper: widths, turned sheets, and words that find room."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from clearinghouse.documents import paper
from clearinghouse.documents.model import Column, Section, Table
from tests.documents.samples import NEEDS, PROSE, document


def columns(number: int, width: int = 20) -> tuple[Column, ...]:
    return tuple(Column(key=f"c{n}", label=f"Column {n}", width=width) for n in range(number))


def table(number: int, text: str = "some words to fill the room that there is") -> Table:
    return replace(NEEDS, columns=columns(number), rows=((text,) * number,) * 3)


def test_a_wide_table_is_turned_and_a_narrow_one_is_not() -> None:
    assert not paper.lie(table(3)).on_its_side
    assert paper.lie(table(8)).on_its_side


def test_a_column_is_as_wide_as_its_longest_word() -> None:
    lay = paper.lie(replace(NEEDS, columns=columns(2), rows=(("x", "responsibilities"),)))
    assert lay.rooms[1] >= len("responsibilities")


def test_words_without_a_table_share_the_sheet_of_what_is_before() -> None:
    wide = Section(key="wide", title="Wide", blocks=(table(8),))
    after = replace(PROSE, key="after")
    laid = paper.Paper(replace(document(), sections=(PROSE, wide, after)))
    turned = [(run.on_its_side, [s.key for s in run.sections]) for run in laid.runs()]
    assert turned == [(False, ["cover-note"]), (True, ["wide", "after"])]


def test_a_table_a_little_too_wide_is_squeezed_before_it_is_turned() -> None:
    fits, squeezed = (
        replace(NEEDS, columns=columns(3, n), rows=(("w " * n,) * 3,)) for n in (30, 37)
    )
    assert not paper.lie(fits).on_its_side
    assert not paper.lie(squeezed).on_its_side
    assert sum(paper.lie(squeezed).widths) <= paper.UPRIGHT + 1


def test_columns_of_numbers_are_of_one_width() -> None:
    numbers = tuple(
        Column(key=f"n{n}", label=str(n), kind="number", width=5) for n in range(8, 12)
    )
    lay = paper.lie(replace(NEEDS, columns=numbers, rows=((1, 2, 3, 4),)))
    assert len(set(lay.widths)) == 1


def test_what_repeats_itself_stands_above_its_rows_where_room_is_short() -> None:
    first, *others = columns(6, 40)
    rows = tuple((name, *(f"{name} {n} " * 9 for n in range(5))) for name in "AABC")
    wide = replace(NEEDS, columns=(replace(first, row_header=True), *others), rows=rows)
    lay = paper.lie(wide)
    assert lay.grouped
    assert len(lay.widths) == 5
    found = [(g.name, [n for n, _row in g.rows]) for g in paper.groups(wide, lay)]
    assert found == [("A", [0, 1]), ("B", [2]), ("C", [3])]
    plain = paper.lie(replace(wide, columns=(first, *others)))
    assert not plain.grouped
    assert [g.name for g in paper.groups(wide, plain)] == [None]


def test_a_row_too_long_for_a_page_may_be_parted() -> None:
    rows = (("short",) * 5, ("words " * 200, *("x",) * 4))
    assert paper.lie(replace(NEEDS, rows=rows)).long == {1}


def test_a_long_document_lists_its_contents() -> None:
    long = replace(NEEDS, rows=NEEDS.rows * 30)
    one = document(long)
    more = replace(one, sections=(*one.sections, replace(PROSE, key="legend")))
    assert not paper.Paper(one).has_contents()
    assert paper.Paper(more).has_contents()


@given(st.text(max_size=80), st.integers(1, 40))
def test_a_break_changes_nothing_but_where_a_line_may_end(text: str, room: int) -> None:
    kept = paper.breakable(text, room)
    assert kept.replace(paper.BREAK, "") == text.replace(paper.BREAK, "")


def test_a_word_longer_than_its_room_may_be_broken_and_no_other() -> None:
    assert paper.breakable("short and simple", 10) == "short and simple"
    assert paper.BREAK in paper.breakable("x" * 30, 10)
    assert paper.BREAK not in paper.breakable("短语" * 30, 10)
