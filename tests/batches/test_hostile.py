"""Whatever a file holds, it is refused naming the place, or a row is; and nothing is by halves."""

import json
from collections.abc import Callable

import pytest

from clearinghouse.access.errors import Invalid
from clearinghouse.batches import queries
from clearinghouse.batches.models import Batch, Row
from clearinghouse.batches.rules.workflow import Verdict
from clearinghouse.files.actions import Offered
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.files.models import StoredFile
from clearinghouse.files.rules import Type
from clearinghouse.ledger.models import Entry
from clearinghouse.submissions.formats import rows
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from tests.batches.files import example, made, several, staged
from tests.committee import Committee
from tests.files import samples

KIND = Kind.STANDARD
HEADER = b"reference,title[en],legal_nature,obligations\n"
LINE = b"A-1,Code,code,1(a)\n"


def csv(content: bytes) -> Offered:
    return Offered(name="own.csv", content=content)


def as_json(*records: object) -> Offered:
    return Offered(name="own.json", content=json.dumps(records).encode())


def left() -> tuple[int, int, int, int]:
    """Lines of the record, batches, rows, files."""
    counted = (Entry.objects, Batch.objects, Row.objects, StoredFile.objects)
    found = tuple(each.unscoped("counted").count() for each in counted)
    return found[0], found[1], found[2], found[3]


# What is refused as a whole, and a word of the place that is named.
WHOLE: dict[str, tuple[Callable[[], Offered], str]] = {
    "nothing": (lambda: csv(b""), "row"),
    "a NUL": (lambda: csv(HEADER + b"A\0,Code,code,1(a)\n"), "Line 2"),
    "a NUL late": (lambda: csv(HEADER + LINE * 3 + b"\0\n"), "Line 5"),
    "the header twice": (lambda: csv(b"title[en],title[en]\nA,B\n"), "title[en]"),
    "an unknown column": (lambda: csv(b"title[en],listed\nA,yes\n"), "listed"),
    "10,000 columns": (lambda: csv(b",".join([b"x"] * 10_000) + b"\n"), "Line 1"),
    "a row of 10,000": (lambda: csv(HEADER + LINE + b"," * 10_000 + b"\n"), "Line 3"),
    "UTF-16 cut": (lambda: csv("title[en]\nA".encode("utf-16")[:-1]), "encoding"),
    "a quote left open": (lambda: csv(HEADER + LINE + b'"A-2,Code\n'), "Line"),
    "JSON cut": (lambda: Offered(name="a.json", content=b'[{"title": {"en"'), "Line 1"),
    "JSON deep": (lambda: Offered(name="a.json", content=b"[" * 200_000), "nested"),
    "no record": (lambda: as_json(1), "record"),
    "half a character": (
        lambda: as_json(example(KIND), example(KIND, edition="\ud800")),
        "Record 2",
    ),
    "a bomb": (lambda: Offered(name="own.xlsx", content=samples.zip_bomb()), "MiB"),
    "a far corner": (lambda: Offered(name="own.xlsx", content=samples.far_corner()), "1048576"),
    "a formula": (
        lambda: Offered(name="own.xlsx", content=samples.formula_everywhere()),
        "formula",
    ),
    "another ending": (lambda: Offered(name="own.exe", content=b"MZ"), "ending"),
}


@pytest.mark.parametrize("what", WHOLE)
def test_a_file_is_refused_naming_the_place_and_nothing_is_stored(
    committee: Committee, what: str
) -> None:
    make, place = WHOLE[what]
    before = left()
    with pytest.raises((Unfit, Invalid)) as why:
        staged(committee, KIND, make())
    assert place in str(why.value)
    assert left() == before


ODD = {
    "a NUL": "\0",
    "a turn of direction": "\u202e",
    "text that is no text": 7,
    "a list": [["x"]],
    "very long": "x" * 200_000,
}


@pytest.mark.parametrize(
    "where", ["title", "reference", "url", "entry", "obligations", "stranger"]
)
def test_a_row_is_refused_naming_its_field(committee: Committee, where: str) -> None:
    """In whichever place; the others of its file are looked at, and none takes effect."""
    values = [{"en": odd} if where == "title" else odd for odd in ODD.values()]
    odd = [example(KIND) | {where: value} for value in values]
    batch = staged(committee, KIND, as_json(*odd, *(said for _, said in several(KIND, 2))))
    assert batch.counts == dict.fromkeys(Verdict, 0) | {"new": 2, "faulty": len(ODD)}
    found = list(queries.rows_of(batch, Verdict.FAULTY))
    assert [row.number for row in found] == list(range(1, len(ODD) + 1))
    for row, what in zip(found, ODD, strict=True):
        assert where in {fault[1] for fault in row.faults}, what


def test_a_row_more_than_are_taken_is_refused_by_its_number() -> None:
    """By the reading itself, which `what breaks off` shows to leave nothing stored."""
    content = b"title[en]\n" + b"A\n" * (rows.MOST_ROWS + 1)
    table = rows.read(DEFINITIONS[KIND], Type.CSV, content)
    with pytest.raises(Unfit) as why:
        for _ in table.rows:
            pass
    assert "100002" in str(why.value)


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [
        *((each, ",") for each in ("utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252")),
        *(("utf-16-le", each) for each in (";", "\t", "|")),
    ],
)
def test_common_encodings_and_separators_are_made_out_and_shown(
    committee: Committee, encoding: str, separator: str
) -> None:
    text = "reference,title[fr],legal_nature,obligations\nA-1,Été,code,1(a)\n"
    content = text.replace(",", separator).encode(encoding)
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
    batch = staged(committee, KIND, csv(mark + content))
    assert queries.rows_of(batch).get().content["title"] == {"fr": "Été"}
    assert set(batch.read_as) == {"encoding", "separator"}


def test_what_breaks_off_in_the_middle_leaves_no_row(
    committee: Committee,
) -> None:
    """More rows than are written at once, and then a line that cannot be read."""
    many = HEADER + b"".join(b"R-%d,Code %d,code,1(a)\n" % (n, n) for n in range(1200))
    before = left()
    with pytest.raises(Unfit):
        staged(committee, KIND, csv(many + b'"A,"B"\n'))
    assert left() == before


def test_a_file_of_the_demonstrated_size_is_one_batch(committee: Committee) -> None:
    batch = staged(committee, KIND, made(KIND, "csv", several(KIND, 1200)))
    assert batch.counts["new"] == 1200
