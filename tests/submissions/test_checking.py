"""The checker: any file of any kind is answered with the place of each fault, and nothing stays."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from clearinghouse.cli import main
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.files.models import StoredFile
from clearinghouse.ledger.models import Entry as Line
from clearinghouse.submissions.formats import examples, rows, sheets
from clearinghouse.submissions.models import Submission
from clearinghouse.submissions.queries import checking, known
from clearinghouse.submissions.rules import fields
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from clearinghouse.web import formats_told
from clearinghouse.web.views import formats
from tests.committee import Committee
from tests.files import samples
from tests.web.desk import text

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = "title[en],summary[en],obligations,url"
ROW = "A note,What it is,1(a),https://example.org/"
NOTE = f"{HEAD}\n{ROW}\n"


def written(kind: Kind, ending: str) -> bytes:
    """A file as it is handed out, with one example record that stands under a code."""
    definition, vocabulary = DEFINITIONS[kind], known()
    record = examples.example(definition, vocabulary)
    made: dict[str, Callable[[], bytes]] = {
        "csv": lambda: sheets.as_csv(definition, [("a-code", record)]),
        "json": lambda: sheets.as_json([("a-code", record)]),
        "xlsx": lambda: sheets.as_xlsx(
            definition, [("a-code", record)], vocabulary, formats_told.words(), example=record
        ),
    }
    return made[ending]()


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx"])
@pytest.mark.parametrize("kind", Kind)
def test_what_is_handed_out_comes_back_sound_and_the_same(
    committee: Committee, kind: Kind, ending: str
) -> None:
    content, name = written(kind, ending), f"f.{ending}"
    found = checking.check(kind, name, content)
    assert (found.rows, found.found) == (1, [])
    definition = DEFINITIONS[kind]
    (row,) = rows.read(definition, checking.type_of(name, content), content).rows
    assert row.entry == "a-code"
    said = fields.clean(definition.fields, row.over({}))
    assert said == examples.example(definition, known())


def test_a_changed_cell_changes_exactly_its_field(committee: Committee) -> None:
    for kind, definition in DEFINITIONS.items():
        before = examples.example(definition, known())
        content = sheets.as_csv(definition, [("x", before)])
        changed = content.replace(b"Illustrative text", b"Quite another", 1)
        if changed == content:
            continue
        (row,) = rows.read(definition, checking.type_of("f.csv", changed), changed).rows
        after = fields.clean(definition.fields, row.over(before))
        assert len({n for n in after if after[n] != before[n]}) == 1, kind


# fmt: off
HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "a bomb":                ("f.xlsx", samples.zip_bomb(), "unpacks to more than"),
    "a far corner":          ("f.xlsx", samples.far_corner(), "row 1048576"),
    "formulas":              ("f.xlsx", samples.formula_everywhere(), "cell A1 holds a formula"),
    "laughs":                ("f.xlsx", samples.billion_laughs(), "document type"),
    "an entity outside":     ("f.xlsx", samples.outside_entity(), "document type"),
    "NUL":                   ("f.csv",  NOTE.encode() + b"\0,b\n", "Line 3 holds a NUL"),
    "a lone surrogate":      ("f.json", b'[{"title": {"en": "\\ud800"}}]', "Record 1 holds half of a character"),
    "half a name":           ("f.json", b'[{"title": {"en": "a"}, "\\udfff": 1}]', "Record 1 holds half of a character"),
    "lists for values":      ("f.json", b'[{"title": [], "areas": [[1]], "human_rights_check": {"remedies": []}}]', "is not in the list"),
    "a header twice":        ("f.csv",  b"title[en],title[en]\na,b\n", "stands here twice"),
    "an unknown column":     ("f.csv",  b"title[en],state_of\na,b\n", "no column"),
    "10,000 columns":        ("f.csv",  b"a," * 10_000 + b"b\n1\n", "10001 columns"),
    "no header":             ("f.csv",  b"1,2,3\n4,5,6\n", "names of the columns"),
    "nothing":               ("f.csv",  b"", "empty"),
    "a header alone":        ("f.csv",  HEAD.encode() + b"\n", "no row"),
    "row 100,001":           ("f.csv",  b"title[en]\n" + b"a\n" * 100_001, "Row 100002"),
    "an open quotation":     ("f.csv",  NOTE.encode() + b'"a,b\n', "cannot be read"),
    "no JSON":               ("f.json", b'{"title": ', "Line 1 is no JSON"),
    "deep JSON":             ("f.json", b"[" * 100_000, "nested too deeply|no JSON"),
    "a number for a record": ("f.json", b"[1]", "no record"),
    "a PDF":                 ("f.pdf",  samples.PDF, "hold no rows"),
    "bytes":                 ("f.csv",  bytes(range(128, 256)) * 9, "encoding|names of the columns"),
    "extra fields":          ("f.json", b'[{"title": {"en": "a"}, "state": "listed"}]', "“state” is not in the list"),
}
# fmt: on


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_answered_with_its_place_and_nothing_stays(
    committee: Committee, what: str
) -> None:
    name, content, said = HOSTILE[what]
    before = counted()
    sent = SimpleUploadedFile(name, content)
    answer: Any = Client().post("/en/formats/guidance_note/", {"file": sent})
    assert answer.status_code in {200, 400}
    assert any(part in text(answer) for part in said.split("|")), text(answer)[:2000]
    assert counted() == before


def counted() -> tuple[int, int, int]:
    models = (Submission, StoredFile, Line)
    return tuple(m.objects.unscoped("test").count() for m in models)  # type: ignore[return-value]  # three


# fmt: off
ENCODED = {
    "utf-8":                 NOTE.encode(),
    "with a mark":           NOTE.encode("utf-8-sig"),
    "utf-16":                NOTE.encode("utf-16"),
    "of Western Windows":    NOTE.replace("A note", "Çà et là").encode("cp1252"),
    "semicolons":            NOTE.replace(",", ";").encode(),
    "tabs":                  NOTE.replace(",", "\t").encode(),
    "ends of an old machine": NOTE.replace("\n", "\r").encode(),
    "ends of Windows":       NOTE.replace("\n", "\r\n").encode(),
}
# fmt: on


@pytest.mark.parametrize("how", ENCODED)
def test_a_table_is_read_in_any_common_encoding_and_that_is_said(
    committee: Committee, how: str
) -> None:
    found = checking.check(Kind.GUIDANCE_NOTE, "f.csv", ENCODED[how])
    assert (found.rows, found.found) == (1, [])
    assert found.read_as["encoding"]


def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    committee: Committee, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "LARGEST", 10)
    with pytest.raises(Unfit, match="Part it"):
        checking.check(Kind.GUIDANCE_NOTE, "f.csv", NOTE.encode())


def test_one_file_is_checked_at_a_time(
    committee: Committee, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "PATIENCE", 0.01)
    sent = SimpleUploadedFile("f.csv", NOTE.encode())
    with formats.AT_ONCE:
        answer: Any = Client().post("/en/formats/guidance_note/", {"file": sent})
    assert answer.status_code == 400
    assert "try again in a minute" in text(answer)


def test_faults_are_told_by_row_and_column_in_the_readers_language(committee: Committee) -> None:
    bad = f"{NOTE}Second,What it is,9(z),ftp://x\n".encode()
    sent = SimpleUploadedFile("f.csv", bad)
    answer: Any = Client().post("/en/formats/guidance_note/", {"file": sent})
    page = text(answer)
    assert "3 C obligations “9(z)” is not in the list." in page
    assert "3 D url Begin the address with https://" in page


def test_the_command_says_the_same_and_ends_with_1(
    committee: Committee, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(NOTE)
    bad.write_text(NOTE.replace("1(a)", "9(z)"))
    assert main.main(["check", "guidance_note", str(good)]) == 0
    assert main.main(["check", "guidance_note", str(bad), "--json"]) == 1
    told = json.loads(capsys.readouterr().out.partition("\n")[2])
    assert [(f["row"], f["column"], f["field"]) for f in told["faults"]] == [
        (2, "C", "obligations")
    ]
