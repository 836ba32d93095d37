"""The command on folders of its own: made, made again, refused, tampered with, interrupted."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

Done = subprocess.CompletedProcess[str]
COMMAND = [sys.executable, "-m", "clearinghouse.cli"]
BARE = {k: v for k, v in os.environ.items() if not k.startswith(("CLEARINGHOUSE_", "DJANGO_"))}


def clearinghouse(folder: Path, *words: str, **named: str) -> Done:
    """The command in a process of its own, with no setting but those named."""
    source = str(Path(__file__).parents[2] / "src")
    given = {f"CLEARINGHOUSE_{k}": v for k, v in named.items()}
    env = BARE | {"CLEARINGHOUSE_DATA_DIR": str(folder), "PYTHONPATH": source} | given
    done = subprocess.run(
        [*COMMAND, *words], env=env, capture_output=True, text=True, timeout=300, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def tamper(folder: Path, statements: Iterable[str]) -> None:
    with closing(sqlite3.connect(folder / "clearinghouse.sqlite3")) as database:
        for each in statements:
            database.execute(each)
        database.commit()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation as `init` makes it."""
    folder = tmp_path_factory.mktemp("installation")
    done = clearinghouse(folder, "init", "--administrator", "ada@example.org")
    assert done.returncode == 0, done.stderr
    assert "the pack un1373 is loaded" in done.stdout
    return folder


@pytest.fixture
def installation(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to be spoilt."""
    return Path(shutil.copytree(made, tmp_path / "data"))


@pytest.fixture(scope="module")
def made_demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demonstration")
    done = clearinghouse(folder / "x", "demo", "--no-serve", "--data-dir", str(folder))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("built: matrix ")
    return folder


# ── before there is anything ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ({"DEBGU": "1"}, "unknown: CLEARINGHOUSE_DEBGU"),
        ({"DEMO": "yes"}, "CLEARINGHOUSE_DEMO: 'yes' is neither"),
        ({"DATABASE_URL": "mysql://x"}, "CLEARINGHOUSE_DATABASE_URL: 'mysql' is neither"),
        ({"MAIL_URL": "mail.example.org"}, "CLEARINGHOUSE_MAIL_URL: begin it with smtp://"),
        ({"TICK_SECONDS": "0"}, "CLEARINGHOUSE_TICK_SECONDS"),
        ({"SECRET_KEY_FILE": "/nonexistent"}, "CLEARINGHOUSE_SECRET_KEY_FILE: No such file"),
    ],
)
def test_a_malformed_environment_is_a_usage_fault_that_is_named(
    tmp_path: Path, named: dict[str, str], said: str
) -> None:
    (tmp_path / "secret_key").write_text("x")
    done = clearinghouse(tmp_path, "tick", **named)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_folder_without_an_installation_is_left_alone(tmp_path: Path) -> None:
    done = clearinghouse(tmp_path / "data", "tick")
    assert done.returncode == 4
    assert "run `clearinghouse init` first" in done.stderr
    assert not (tmp_path / "data").exists()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    for verb in (["init"], ["demo", "--no-serve"]):
        done = clearinghouse(tmp_path / "data", *verb)
        assert done.returncode == 4
        assert "cannot be written" in done.stderr


# ── a real installation ─────────────────────────────────────────────────────────────────────────


def test_init_again_changes_nothing_and_demo_is_refused(installation: Path) -> None:
    root = clearinghouse(installation, "ledger", "verify").stdout
    again = clearinghouse(installation, "init", "--administrator", "ada@example.org")
    assert again.returncode == 0
    assert "0 rows new or changed" in again.stdout
    assert "already has a seat" in again.stdout
    demo = clearinghouse(installation, "demo", "--no-serve")
    assert demo.returncode == 1
    assert "it holds a real installation" in demo.stderr
    assert clearinghouse(installation, "ledger", "verify").stdout == root
    assert oct((installation / "secret_key").stat().st_mode)[-3:] == "600"


def test_doctor_finds_nothing_wrong_and_then_what_is(installation: Path) -> None:
    well = clearinghouse(installation, "doctor")
    assert (well.returncode, "fault" in well.stdout) == (0, False)
    pretending = clearinghouse(installation, "doctor", DEMO="true")
    assert pretending.returncode == 1
    assert "fault  demonstration" in pretending.stdout
    tamper(installation, ["DROP TRIGGER ledger_head_forward"])
    spoilt = clearinghouse(installation, "doctor")
    assert spoilt.returncode == 1
    assert "fault  triggers of the record: missing: ledger_head_forward" in spoilt.stdout
    (installation / "clearinghouse.sqlite3").unlink()
    empty = clearinghouse(installation, "doctor")
    assert empty.returncode == 1
    assert "the database is not at this version" in empty.stdout


def test_a_verb_on_a_database_without_tables_is_unavailable(installation: Path) -> None:
    (installation / "clearinghouse.sqlite3").unlink()
    done = clearinghouse(installation, "tick")
    assert done.returncode == 4
    assert "no such table" in done.stderr


def test_the_ledger_names_the_first_broken_line_and_the_altered_row(installation: Path) -> None:
    tamper(installation, ["UPDATE people_person SET name = 'Eve'"])
    row = clearinghouse(installation, "ledger", "verify")
    assert row.returncode == 1
    assert "people.person:" in row.stdout
    assert "is not what was recorded" in row.stdout
    tamper(
        installation,
        [
            "DROP TRIGGER ledger_entry_no_update",
            "UPDATE ledger_entry SET actor = 'somebody else' WHERE number >= 3",
        ],
    )
    line = clearinghouse(installation, "ledger", "verify")
    assert line.returncode == 1
    assert line.stdout == "broken: line 3 does not say what it said when it was written\n"


def test_the_database_refuses_to_change_a_line(installation: Path) -> None:
    with pytest.raises(sqlite3.Error, match="append-only"):
        tamper(installation, ["UPDATE ledger_entry SET actor = 'somebody else' WHERE number = 3"])


def test_a_reader_that_has_had_enough_is_no_fault(installation: Path) -> None:
    source = str(Path(__file__).parents[2] / "src")
    env = BARE | {"CLEARINGHOUSE_DATA_DIR": str(installation), "PYTHONPATH": source}
    for words in (["outbox", "list"], ["ledger", "export", "--json"], ["--help"]):
        with subprocess.Popen(
            [*COMMAND, *words], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as running:
            assert running.stdout is not None
            assert running.stderr is not None
            running.stdout.close()
            assert (running.wait(60), running.stderr.read()) == (0, b""), words


def test_a_port_that_is_taken_is_said_before_anything_begins(installation: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = str(taken.getsockname()[1])
        done = clearinghouse(installation, "serve", "--port", port)
    assert done.returncode == 4
    assert "choose another with --port" in done.stderr
    assert clearinghouse(installation, "serve", "--port", "70000").returncode == 4


# ── the demonstration ───────────────────────────────────────────────────────────────────────────


def test_the_demonstration_is_made_once_and_is_no_installation(made_demonstration: Path) -> None:
    again = clearinghouse(made_demonstration, "demo", "--no-serve")
    assert again.returncode == 0
    assert "there already" in again.stdout
    real = clearinghouse(made_demonstration, "init")
    assert real.returncode == 1
    assert "it holds a demonstration" in real.stderr
    for moment in ("tomorrow", "2026-12-01T00:00:00", "2026-13-45T00:00:00+00:00"):
        bad = clearinghouse(made_demonstration, "tick", "--now", moment, DEMO="true")
        assert bad.returncode == 2
        assert "write it as 2026-12-01T05:00:00+00:00" in bad.stderr


def test_a_demonstration_interrupted_half_way_is_recognised(
    made_demonstration: Path, tmp_path: Path
) -> None:
    half = Path(shutil.copytree(made_demonstration, tmp_path / "half"))
    latest = "(SELECT max(month) FROM circulars_issue WHERE state = 'issued')"
    tamper(half, [f"UPDATE circulars_issue SET state = 'frozen' WHERE month = {latest}"])
    done = clearinghouse(half, "demo", "--no-serve")
    assert done.returncode == 1
    assert "the building was interrupted; remove the folder" in done.stderr
