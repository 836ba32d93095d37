"""What is inside a file, read by a process of its own; and the files made to break a reader."""

import resource
import time
from datetime import date
from pathlib import Path

import pytest

from clearinghouse.files import reading
from clearinghouse.files.formats import child, markup, spreadsheet
from clearinghouse.files.formats.contents import Book, Element, Letter, Paper, Part, Sheet, written
from clearinghouse.files.formats.contents import read as read_back
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.files.rules import Type
from tests.files import samples
from tests.files.samples import GOOD, sheet

# fmt: off
PITFALLS: dict[str, tuple[Type, bytes, str]] = {
    "a cell in the far corner":     (Type.XLSX, samples.far_corner(), "sheet1, row 1048576: a sheet may have 100010 rows"),
    "a megabyte that is a gigabyte": (Type.XLSX, samples.zip_bomb(), r"xl/worksheets/sheet1.xml unpacks to more than \d+ MiB"),
    "sizes that lie":               (Type.XLSX, samples.lying_bomb(), "damaged|unpacks"),
    "a billion laughs":             (Type.XLSX, samples.billion_laughs(), "sheet1.xml defines a document type"),
    "an entity outside":            (Type.XLSX, samples.outside_entity(), "sheet1.xml defines a document type"),
    "a formula in every cell":      (Type.XLSX, samples.formula_everywhere(), "sheet1, cell A1 holds a formula"),
    "laughs in markup":             (Type.XML,  samples.LAUGHS + b"<l>&b;</l>", "line 1: a document type is defined"),
    "an entity outside, in markup": (Type.XML,  samples.OUTSIDE + b"<r>&x;</r>", "line 1: a document type is defined"),
    "laughs in a document":         (Type.DOCX, samples.with_parts(GOOD[Type.DOCX], {"word/document.xml": samples.LAUGHS + b"<l/>"}), "word/document.xml defines a document type"),
}
FAULTS: dict[str, tuple[Type, bytes, str]] = {
    "a column too many":   (Type.XLSX, sheet(b'<row r="2"><c r="IW2"><v>1</v></c></row>'), "sheet1, cell IW2: a sheet may have 256 columns, to IV"),
    "a column by counting": (Type.XLSX, sheet(b'<row r="2">' + b"<c/>" * 257 + b"</row>"), "cell IW2"),
    "a row by counting":   (Type.XLSX, sheet(b"<row/>" * 100_011), "row 100011"),
    "cells far apart":     (Type.XLSX, sheet(b'<row r="1"><c r="IV1"/></row><row r="90000"><c r="A90000"/></row>'), "A90000: the cells lie too far apart"),
    "no cell at all":      (Type.XLSX, sheet(b'<row r="1"><c r="A0"/></row>'), "“A0” is no cell"),
    "a reference in disguise": (Type.XLSX, sheet(b'<row r="1"><c r="&#88;FD&#49;"/></row>'), "cell XFD1"),
    "another prefix":      (Type.XLSX, sheet(b'<x:row xmlns:x="y" r="1"><x:c r=\'XFD1\'/></x:row>'), "cell XFD1"),
    "a reference without a row": (Type.XLSX, sheet(b'<row r="1"><c r="A1"/><c r="B"/></row>'), "“B” is no cell"),
    "a column cut by its row": (Type.XLSX, sheet(b'<row r="1"><c r="A1"/><c r="A-"/></row>'), "“A-” is no cell"),
    "a cell of another row": (Type.XLSX, sheet(b'<row r="1"><c r="A1"/><c r="A1048571"/></row>'), "row 1048571"),
    "markup cut short":    (Type.XLSX, sheet(b'<row r="1"><c'), "line 1: the markup is not well formed"),
    "an open quotation":   (Type.CSV,  b'a,b\n1,"2\n', "Line 2: unexpected end of data"),
    "a row of CSV too many": (Type.CSV, b"a\n" * 100_011, "CSV, row 100011"),
    "markup too deep":     (Type.XML,  b"<a>" * 101 + b"</a>" * 101, "more than 100 deep"),
    "markup that is none": (Type.XML,  b"<a>\n<b>\n</a>", "line 3: the markup is not well formed"),
    "a document that is none": (Type.DOCX, samples.with_parts(GOOD[Type.DOCX], {"word/document.xml": b"<a/>"}), "document cannot be read|not well formed"),
}
# fmt: on


# fmt: off
PLAIN = b'<?xml version="1.0" encoding="UTF-8"?><worksheet><cols><col/></cols><sheetData><row r="1"><c r="A1"/><c r="AC1" t="s"><v>1</v></c></row><row r="100010"><c r="B100010"/></row></sheetData></worksheet>'
ODD: dict[str, tuple[bytes, bytes]] = {
    "a row too many":       (b'r="B100010"', b'r="B100011"'),
    "a column of thirty":   (b'r="AC1"', b'r="AD1"'),
    "three letters":        (b'r="AC1"', b'r="AAA1"'),
    "no reference":         (b'<c r="A1"/>', b"<c/>"),
    "one in quotes of the other kind": (b'r="A1"', b"r='A1'"),
    "an entity":            (b'r="A1"', b'r="&#65;1"'),
    "space before it":      (b'<c r="A1"', b'<c  r="A1"'),
    "a line before it":     (b'<c r="A1"', b'<c\nr="A1"'),
    "another attribute first": (b'<c r="A1"', b'<c s="1" r="A1"'),
    "a prefix":             (b'<c r="A1"', b'<x:c r="A1"'),
    "a prefix of signs":    (b'<c r="A1"', "<é.-1:c r='A1'".encode()),
    "a row with a prefix":  (b'<row r="1"', b'<x:row r="1"'),
    "a row that counts itself": (b'<row r="1"', b"<row"),
    "a row beyond":         (b'<row r="1"', b'<row r="100011"'),
    "a formula":            (b"<v>", b"<f>1</f><v>"),
    "a formula with a prefix": (b"<v>", b"<x:f/><v>"),
    "an encoding of eight bits": (b"UTF-8", b"cp037"),
    "a NUL":                (b"<v>1", b"<v>\0"),
}
# fmt: on


@pytest.mark.parametrize("what", ODD)
def test_only_a_sheet_written_plainly_is_let_pass_at_a_look(what: str) -> None:
    """Everything else is gone through element by element, which tells the place."""
    then, since = ODD[what]
    assert then in PLAIN
    assert spreadsheet._is_plain(PLAIN)
    assert not spreadsheet._is_plain(PLAIN.replace(then, since))
    assert not spreadsheet._is_plain(PLAIN.decode().encode("utf-16"))


def test_a_look_reaches_as_far_as_the_bounds() -> None:
    assert spreadsheet.MOST_ROWS == 100_010
    assert spreadsheet.MOST_ROWS * 29 <= spreadsheet.MOST_PLACES
    assert spreadsheet.MOST_COLUMNS >= 29


def cpu() -> float:
    """Seconds of the processor that finished children have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


PEAK = """
import atexit
def tell():
    said = open("/proc/self/status").read()
    open({file!r}, "w").write(said.partition("VmHWM:")[2].split()[0])
atexit.register(tell)
"""


@pytest.mark.parametrize("what", PITFALLS)
def test_a_pitfall_is_refused_at_once_naming_the_place(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In less than a second and less than 100 MiB of a process that is not this one."""
    kind, content, said = PITFALLS[what]
    peak = tmp_path / "peak"
    monkeypatch.setattr(reading, "START", PEAK.format(file=str(peak)) + reading.START)
    before = cpu()
    with pytest.raises(Unfit, match=said):
        reading.read(kind, content)
    assert cpu() - before < 1
    assert int(peak.read_text()) < 100 * 1024


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_names_its_place(what: str) -> None:
    kind, content, said = FAULTS[what]
    with pytest.raises(Unfit, match=said):
        child._read(kind, content)


def test_a_kind_that_is_kept_only_has_no_reader() -> None:
    with pytest.raises(Unfit, match="kept, not read"):
        reading.read(Type.PDF, GOOD[Type.PDF])


def test_a_reader_that_dies_or_hangs_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "START", "import os; os.abort()")
    with pytest.raises(Unfit, match="more time or memory"):
        reading.read(Type.XLSX, GOOD[Type.XLSX])
    monkeypatch.setattr(reading, "START", "import time; time.sleep(60)")
    monkeypatch.setattr(reading, "LONGEST", 0.2)
    begun = time.monotonic()
    with pytest.raises(Unfit, match="more time or memory"):
        reading.read(Type.XLSX, GOOD[Type.XLSX])
    assert time.monotonic() - begun < 5


BOUND = """
import sys
sys.path.insert(0, sys.argv[1])
from clearinghouse.files.formats import child
child.bind()
import os, json
try:
    bytearray(600 * 1024 * 1024)
    memory = True
except MemoryError:
    memory = False
print(json.dumps({"env": sorted(os.environ), "memory": memory}))
"""


def test_the_reader_has_no_secrets_and_little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEARINGHOUSE_SECRET_KEY", "secret")
    monkeypatch.setattr(reading, "START", BOUND)
    answer = reading._asked(Type.XLSX, b"")
    assert set(answer["env"]) <= {"LC_CTYPE"}
    assert not answer["memory"]


def test_a_spreadsheet_is_read_by_rows_and_columns() -> None:
    rows: list[list[object]] = [
        ["area", "cost", "by"],
        ["customs", 1200, 1.5],
        [None, None, None],
        ["police"],
    ]
    book = reading.read(Type.XLSX, samples.xlsx(rows))
    assert isinstance(book, Book)
    (first,) = book.sheets
    assert first.name == "Needs"
    assert first.records() == [
        (2, {"area": "customs", "cost": 1200, "by": 1.5}),
        (4, {"area": "police", "cost": "", "by": ""}),
    ]
    assert first.place(4, 28) == "AB4"


def test_a_csv_is_read_like_a_spreadsheet() -> None:
    book = reading.read(Type.CSV, "\ufeffarea;title\ncustoms;a, b\n".encode())
    assert isinstance(book, Book)
    assert book.sheets[0].records() == [(2, {"area": "customs", "title": "a, b"})]


def test_a_document_is_read_by_paragraphs_and_tables() -> None:
    paper = reading.read(Type.DOCX, samples.docx("One", "Zwei é"))
    assert isinstance(paper, Paper)
    assert list(paper.paragraphs) == ["One", "Zwei é"]
    assert list(paper.tables[0].rows) == [["title", "Risk profiles"]]


def test_markup_is_read_with_its_lines() -> None:
    tree = reading.read(Type.XML, b'<a>\n<b c="d">e</b><!-- f --></a>')
    assert tree == Element("a", 1, {}, "", [Element("b", 2, {"c": "d"}, "e", [])])


@pytest.mark.parametrize(
    "content",
    [
        Book([Sheet("a", [["x", 1, 1.5, True, None, date(2026, 1, 2)]])]),
        Paper(["a"], [Sheet("t", [["b"]])]),
        markup.read(b"<a><b/></a>"),
        Letter({"from": "a"}, "text", is_html=True, defects=["cut"], parts=[Part("n", b"\0")]),
    ],
)
def test_what_was_read_survives_the_way_between_processes(
    content: Book | Paper | Element | Letter,
) -> None:
    assert read_back(written(content)) == content


def test_no_reader_touches_another_file(tmp_path: Path) -> None:
    """No entity outside is opened: the name of the machine is nowhere in the answer."""
    secret = tmp_path / "secret.txt"
    secret.write_text("quince")
    dtd = f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{secret}">]><r>&x;</r>'.encode()
    with pytest.raises(Unfit) as why:
        reading.read(Type.XML, dtd)
    assert "quince" not in str(why.value)
