"""What the verbs of the command answer, and the exit codes that scripts go by."""

import io
import json
import shutil
import sys
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings

from clearinghouse.circulars.queries import issues
from clearinghouse.cli.main import VERBS, main, of_demonstration
from clearinghouse.cli.pack import SHIPPED
from clearinghouse.crossings import issue_matrix
from clearinghouse.ledger import queries as ledger
from clearinghouse.mandate import queries as mandate
from clearinghouse.needs.rules import Consent
from clearinghouse.people import queries as people
from tests.committee import NOW, Committee
from tests.crossings.april import APRIL, FREEZES, OPENS, cleared, enlist, notices

Captured = pytest.CaptureFixture[str]
TODAY = time_machine.travel(NOW, tick=False)


def code(*words: str) -> int:
    """The exit code, whether the verb ended or argparse did."""
    try:
        return main(list(words))
    except SystemExit as ended:
        return int(str(ended.code))


# ── without a verb, or with what is none ────────────────────────────────────────────────────────


@pytest.mark.parametrize("words", [[], ["--help"], ["-h"]])
def test_without_a_verb_it_lists_them_all(words: list[str], capsys: Captured) -> None:
    assert code(*words) == 0
    said = capsys.readouterr().out
    assert all(f"  {verb} " in said for verb in VERBS)


@pytest.mark.parametrize("words", [["frob"], ["frob", "init"], ["--quiet", "tick"], ["DEMO"]])
def test_what_is_no_verb_runs_none(words: list[str], capsys: Captured) -> None:
    assert code(*words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert f"{words[0]!r} is no verb" in said.err


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_says_what_it_takes(verb: str, capsys: Captured) -> None:
    assert code(verb, "--help") == 0
    assert f"usage: clearinghouse {verb}" in capsys.readouterr().out


# ── exit codes ──────────────────────────────────────────────────────────────────────────────────

REFUSALS = (
    (2, ["tick", "--every", "0"], "--every"),
    (2, ["tick", "--every", "soon"], "--every"),
    (2, ["tick", "--now", "2025-04-01T00:00:00+00:00"], "demonstration database only"),
    (1, ["matrix", "show"], "there is no matrix"),
    (1, ["matrix", "show", "--month", "2024-01"], "no matrix of 2024-01"),
    (1, ["matrix", "show", "--month", "2024-13"], "write it as YYYY-MM"),
    (1, ["matrix", "draft", "--month", "2025-03"], "has begun"),
    (1, ["matrix", "draft", "--month", "9999-12"], "the next issue is that of 2025-04"),
    (2, ["matrix", "show", "--format", "svg"], "--format"),
    (2, ["matrix", "show", "--language", "tlh"], "--language"),
    (2, ["matrix", "burn"], "burn"),
    (2, ["matrix"], "action"),
    (1, ["people", "invite", "nowhere"], "'nowhere' is not an address"),
    (1, ["people", "invite"], "is not an address"),
    (1, ["people", "reset", "nobody@example.org"], "--matter"),
    (1, ["people", "sign-out", "stranger@example.org"], "invite this person"),
    (1, ["people", "seat", "stranger@example.org", "--role", "member"], "invite this person"),
    (1, ["people", "seat", "nobody@example.org"], "--role"),
    (1, ["people", "seat", "nobody@example.org", "--role", "state", "--body", "ZZ"], "no such"),
    (2, ["people", "seat", "nobody@example.org", "--role", "king"], "--role"),
    (1, ["people", "unseat", "somebody"], "is not a seat's id"),
    (1, ["people", "unseat", str(uuid4())], "no such seat"),
    (1, ["people", "password", "stranger@example.org"], "no account"),
    (1, ["ledger", "verify", "--root", "0" * 63 + "1"], "does not contain the given root"),
    (1, ["pack", "check", "/nonexistent"], "no such folder"),
    (1, ["pack", "load", "/nonexistent"], "nothing was loaded"),
    (1, ["init", "--pack", "/nonexistent"], "no such folder"),
)


@TODAY
@pytest.mark.usefixtures("committee")
def test_refusals_have_their_codes_and_say_why_and_change_nothing(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("correct horse battery\n" * 3))
    before = ledger.head()
    for expected, words, why in REFUSALS:
        assert code(*words) == expected, words
        said = capsys.readouterr()
        assert why in said.out + said.err, words
        assert "Traceback" not in said.err
    assert ledger.head() == before


@TODAY
@pytest.mark.usefixtures("committee")
def test_what_is_there_already_is_a_conflict(capsys: Captured) -> None:
    assert code("matrix", "draft", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"number": "2025-04"}
    assert code("matrix", "draft", "--month", "2025-04") == 3
    assert "there is one already" in capsys.readouterr().err
    assert issues.months() == {APRIL}


def test_what_cannot_be_written_is_unavailable(
    committee: Committee, capsys: Captured, tmp_path: Path
) -> None:
    committee.issue()
    nowhere = tmp_path / "no" / "such" / "folder" / "matrix.html"
    assert code("matrix", "show", "--out", str(nowhere)) == 4
    assert "No such file or directory" in capsys.readouterr().err


# ── the clock ───────────────────────────────────────────────────────────────────────────────────


def at(moment: datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


def test_tick_says_what_it_did_and_repeating_it_does_nothing(
    committee: Committee, capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "OUTBOX_FOLDER", tmp_path)
    enlist(committee, ["chair", "expert"])
    cleared(committee)
    with at(FREEZES):
        assert code("tick") == 0
        said = capsys.readouterr().out
        assert said == "matrix 2025-04: frozen\nmatrix 2025-04: issued\nmails sent: 2\n"
        assert code("tick") == 0
        assert capsys.readouterr().out == "nothing is due\n"
        assert code("tick", "--json") == 0
        assert json.loads(capsys.readouterr().out)["matrix"]["issued"] == []
        assert code("outbox", "list", "--json") == 0
    listed = json.loads(capsys.readouterr().out)
    assert [n["status"] for n in listed] == ["sent", "sent"]
    assert len(list(tmp_path.glob("*.eml"))) == 2


@pytest.mark.usefixtures("committee")
def test_matrix_issue_says_whose_clearance_is_missing(capsys: Captured) -> None:
    issue_matrix.run(OPENS)
    with at(FREEZES):
        assert code("matrix", "issue") == 1
    assert "waits for clearance by chair and expert" in capsys.readouterr().out
    assert len(notices("matrix.waits")) == 4


# ── what is shown ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("seat", "rows"),
    [
        ("public", 0), ("auditor", 0), ("focal-xro", 0), ("state-xb", 0), ("state-xc", 0),
        ("member", 1), ("chair", 1), ("member-xb", 1), ("state-xa", 2), ("state-XA", 2),
        ("expert", 2), ("secretariat", 2),
    ],
)  # fmt: skip
def test_show_cuts_for_the_seat(
    committee: Committee, capsys: Captured, tmp_path: Path, seat: str, rows: int
) -> None:
    committee.need("XA", "legislation", Consent.COMMITTEE)
    committee.need("XA", "customs", Consent.NONE)
    committee.issue()
    out = tmp_path / "matrix.json"
    words = ["--seat", seat, "--format", "json", "--out", str(out), "--month", "2025-04"]
    assert code("matrix", "show", *words, "--json") == 0
    assert json.loads(capsys.readouterr().out)["needs"] == rows
    assert len(json.loads(out.read_text(encoding="utf-8"))["rendition"]["rows"]) == rows


@pytest.mark.parametrize("seat", ["king", "state-zz", "state-", "", "statexa"])
def test_no_seat_no_matrix(committee: Committee, seat: str, tmp_path: Path) -> None:
    committee.issue()
    assert code("matrix", "show", "--seat", seat, "--out", str(tmp_path / "x")) == 1
    assert not (tmp_path / "x").exists()


@pytest.mark.usefixtures("committee")
def test_quiet_prints_nothing_but_faults(capsys: Captured) -> None:
    assert code("ledger", "verify", "--quiet") == 0
    assert capsys.readouterr().out == ""
    assert code("ledger", "verify", "--quiet", "--root", "f" * 64) == 1
    assert "broken: line" in capsys.readouterr().out


@pytest.mark.usefixtures("committee")
def test_the_ledger_is_verified_and_exported(capsys: Captured) -> None:
    number, root = ledger.head()
    assert code("ledger", "verify", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"lines": number, "root": root, "broken": None}
    assert code("ledger", "export") == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["number"] for line in lines] == list(range(1, number + 1))
    assert lines[-1]["hash"] == root
    assert code("ledger", "verify", "--root", lines[2]["hash"]) == 0


# ── people ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("committee")
def test_a_person_is_invited_seated_and_unseated(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = "new@example.org"
    assert code("people", "invite", who, "--name", "A. New") == 0
    monkeypatch.setattr(sys, "stdin", io.StringIO("short\n"))
    assert code("people", "password", who) == 1
    monkeypatch.setattr(sys, "stdin", io.StringIO("correct horse battery\n"))
    assert code("people", "password", who) == 0
    assert people.account_of(who).check_password("correct horse battery")
    seat = ["people", "seat", who, "--role", "member", "--body", "XA", "--instrument", "note 2"]
    capsys.readouterr()
    assert code(*seat, "--json") == 0
    pk = json.loads(capsys.readouterr().out)["seat"]
    assert code("people", "list", "--json") == 0
    assert who in {s["email"] for s in json.loads(capsys.readouterr().out)}
    assert code("people", "unseat", pk) == 0
    capsys.readouterr()
    assert code("people", "list") == 0
    assert who not in capsys.readouterr().out


# ── packs ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("loaded_pack")
def test_loading_the_same_pack_again_changes_nothing(capsys: Captured) -> None:
    before = ledger.head()
    assert code("pack", "load") == 0
    assert capsys.readouterr().out == "nothing changed: the pack is loaded as it is\n"
    assert ledger.head() == before


@pytest.mark.django_db
def test_a_broken_pack_is_refused_by_file_and_line_and_nothing_of_it_is_loaded(
    capsys: Captured, tmp_path: Path
) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(SHIPPED, folder)
    lines = (folder / "holidays.csv").read_text(encoding="utf-8").splitlines()
    lines[2] = lines[2].replace("20", "not a day ", 1)
    (folder / "holidays.csv").write_text("\n".join(lines), encoding="utf-8")
    for action in ("check", "load"):
        assert code("pack", action, str(folder)) == 1
        said = capsys.readouterr().out
        assert "holidays.csv:3: " in said
    assert "nothing was loaded" in said
    assert not mandate.committee().facts
    assert mandate.states().count() == 0
    assert code("pack", "check", str(SHIPPED)) == 0


def test_a_demonstration_says_the_address_at_which_it_is_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CLEARINGHOUSE_SITE_URL", raising=False)
    said = of_demonstration(["--port", "8123", "--data-dir", "there"])
    assert said["CLEARINGHOUSE_SITE_URL"] == "http://localhost:8123"
    assert said["CLEARINGHOUSE_DATA_DIR"] == "there"
    assert of_demonstration([])["CLEARINGHOUSE_SITE_URL"] == "http://localhost:8000"
    monkeypatch.setenv("CLEARINGHOUSE_SITE_URL", "https://example.org")
    assert of_demonstration([])["CLEARINGHOUSE_SITE_URL"] == "https://example.org"
