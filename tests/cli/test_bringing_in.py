"""`import KIND FILE --as BODY`: on behalf of a body, tried first, and the same file once."""

from pathlib import Path

import pytest

from clearinghouse.access.actor import OPERATOR
from clearinghouse.batches.models import Batch
from clearinghouse.batches.rules.workflow import State
from clearinghouse.cli.main import main
from clearinghouse.directory.queries import owned
from clearinghouse.submissions.rules.kinds import Kind
from tests.batches.files import example, made, several
from tests.committee import Committee

Captured = pytest.CaptureFixture[str]


def batches() -> list[Batch]:
    return list(Batch.objects.unscoped("test"))


def written(folder: Path, kind: Kind) -> str:
    file = folder / "rows.csv"
    file.write_bytes(made(kind, "csv", several(kind)).content)
    return str(file)


def test_a_dry_run_says_what_it_would_come_to(
    committee: Committee, tmp_path: Path, capsys: Captured
) -> None:
    assert committee.accounts
    file = written(tmp_path, Kind.STANDARD)
    assert main(["import", "standard", file, "--as", "XIO", "--dry-run"]) == 0
    assert capsys.readouterr().out == "rows.csv: 3 new\n"
    assert batches() == []


def test_what_is_reviewed_is_handed_in(
    committee: Committee, tmp_path: Path, capsys: Captured
) -> None:
    file = written(tmp_path, Kind.STANDARD)
    for _again in range(2):
        assert main(["import", "standard", file, "--as", "XIO"]) == 0
    [batch] = batches()
    assert (batch.state, batch.body) == (State.SUBMITTED, committee.body("XIO"))
    assert capsys.readouterr().out.count(f"batch {batch.pk}: submitted") == 2


def test_what_is_announced_stands(committee: Committee, tmp_path: Path) -> None:
    file = written(tmp_path, Kind.CONTACT)
    assert main(["import", "contact", file, "--as", "XIO", "--key", "k-1"]) == 0
    assert (batches()[0].state, batches()[0].key) == (State.APPLIED, "k-1")
    assert len(owned(committee.body("XIO"), Kind.CONTACT)) == 3
    assert OPERATOR.reference == "operator"


def test_a_faulty_file_is_refused_naming_row_and_column(
    committee: Committee, tmp_path: Path, capsys: Captured
) -> None:
    file = tmp_path / "rows.csv"
    rows = [*several(Kind.STANDARD, 1), ("", example(Kind.STANDARD, legal_nature="law"))]
    file.write_bytes(made(Kind.STANDARD, "csv", rows).content)
    assert main(["import", "standard", str(file), "--as", "XIO"]) == 1
    said = capsys.readouterr().out
    assert "rows.csv:3:D “law” is not in the list." in said
    assert "rows.csv: 1 new, 1 faulty" in said
    assert batches()[0].state == State.CHECKED
    assert committee.accounts


@pytest.mark.parametrize("words", [[], ["--as", "XQQ"], ["--as", "XIO", "--key", "\0"]])
def test_for_whom_is_to_be_said(committee: Committee, tmp_path: Path, words: list[str]) -> None:
    assert main(["import", "standard", written(tmp_path, Kind.STANDARD), *words]) == 1
    assert (batches(), bool(committee.accounts)) == ([], True)
