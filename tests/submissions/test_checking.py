"""The checker: any file of any kind is answered with the place of each fault, and nothing stays."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from clearinghouse.cli import main
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.submissions.formats import examples, rows, sheets
from clearinghouse.submissions.queries import checking, known
from clearinghouse.submissions.rules import fields
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from clearinghouse.web import formats_told
from tests.committee import Committee
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
def test_what_is_handed_out_comes_back_sound_and_the_same(
    committee: Committee, ending: str
) -> None:
    """Of every kind; `test_round_trip` holds each field of it to every value."""
    for kind, definition in DEFINITIONS.items():
        content, name = written(kind, ending), f"f.{ending}"
        found = checking.check(kind, name, content)
        assert (found.rows, found.found) == (1, []), kind
        (row,) = rows.read(definition, checking.type_of(name, content), content).rows
        assert row.entry == "a-code"
        said = fields.clean(definition.fields, row.over({}))
        assert said == examples.example(definition, known()), kind


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
    """At both doors that are open to everybody."""
    monkeypatch.setattr(checking, "PATIENCE", 0.01)
    with checking.AT_ONCE:
        for address in ("/en/formats/guidance_note/", "/api/v1/check/guidance_note"):
            sent = SimpleUploadedFile("f.csv", NOTE.encode())
            answer = Client().post(address, {"file": sent})
            assert answer.status_code == 400
            assert "try again in a minute" in answer.content.decode()


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
