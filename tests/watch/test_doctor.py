"""What `doctor` finds, one thing at a time, on an installation that is otherwise sound."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from clearinghouse.backups import last
from clearinghouse.backups.manifest import INSTALLATION, KEYS, KEYS_KEPT, Manifest
from clearinghouse.cli import folder
from clearinghouse.cli.checks import contents, machine, standing
from clearinghouse.cli.checks.said import Note
from clearinghouse.notices import actions as notices
from clearinghouse.project import env
from tests.committee import Committee


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own, of no demonstration."""
    data = tmp_path / "data"
    data.mkdir()
    monkeypatch.setenv("CLEARINGHOUSE_DATA_DIR", str(data))
    set_env(monkeypatch)
    assert folder.data_dir() == data
    return data


def set_env(monkeypatch: pytest.MonkeyPatch, **named: str) -> None:
    given = {f"CLEARINGHOUSE_{name}": value for name, value in named.items()}
    monkeypatch.setattr(settings, "ENV", env.read(given))


def remember(data: Path, kind: str, age: timedelta, target: Path) -> None:
    target.write_bytes(b"an archive")
    last.remember(data, Manifest(kind=kind, taken_at=timezone.now() - age, version="1"), target)


def test_keys_lie_elsewhere_and_are_nobody_elses(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert machine.keys_place() == ""
    (place / "keys").mkdir(mode=0o700)
    (tmp_path / "keys").mkdir(mode=0o700)
    set_env(monkeypatch, KEYS=str(place / "keys"))
    assert "lies in the data folder" in machine.keys_place()
    set_env(monkeypatch, KEYS=str(place / "keys"), DEMO="true")
    assert machine.keys_place() == ""
    set_env(monkeypatch, KEYS=str(tmp_path / "nowhere"))
    assert "is no folder" in machine.keys_place()
    set_env(monkeypatch, KEYS=str(tmp_path / "keys"))
    assert machine.keys_place() == ""
    (tmp_path / "keys").chmod(0o755)
    assert "read by others" in machine.keys_place()


def test_a_backup_grows_old_and_one_of_keys_must_go(place: Path, tmp_path: Path) -> None:
    assert isinstance(standing.backup(), Note)
    remember(place, INSTALLATION, timedelta(hours=47), tmp_path / "a")
    assert standing.backup() == ""
    remember(place, INSTALLATION, timedelta(hours=73), tmp_path / "a")
    assert "3 days old" in standing.backup()
    assert standing.keys_backup() == ""
    remember(place, KEYS, KEYS_KEPT - timedelta(hours=1), tmp_path / "k")
    assert standing.keys_backup() == ""
    remember(place, KEYS, KEYS_KEPT + timedelta(hours=1), tmp_path / "k")
    assert "destroy it" in standing.keys_backup()
    (tmp_path / "k").unlink()
    assert standing.keys_backup() == ""
    (place / last.NAME).write_text("not json")
    assert isinstance(standing.backup(), Note)


def test_little_room_is_a_fault_and_not_much_a_note(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert place.exists()
    monkeypatch.setattr(machine, "FEW", 1)
    assert machine.disk() == ""
    monkeypatch.setattr(machine, "FEW", 1 << 62)
    assert isinstance(machine.disk(), Note)
    monkeypatch.setattr(machine, "LITTLE", 1 << 62)
    assert not isinstance(machine.disk(), Note)
    assert "MB left" in machine.disk()


def test_a_clock_behind_the_record_is_a_fault(committee: Committee) -> None:
    assert committee.now < timezone.now()
    assert machine.clock() == ""
    ahead = timezone.now() + timedelta(hours=1)
    replace(committee, now=ahead).need("XA", "police")
    assert "before the last line" in machine.clock()


@pytest.mark.django_db
def test_a_fence_is_told() -> None:
    assert standing.fence() == ""
    notices.raise_fence(timezone.now(), "0" * 64, now=timezone.now())
    assert "nothing is sent before" in standing.fence()


@pytest.mark.django_db
def test_a_sound_database_is_sound_and_the_tests_own_hurries() -> None:
    """The throw-away PostgreSQL of the tests does not wait for its disk; SQLite always does."""
    assert contents.integrity() == ""
    hurried = "fsync, full_page_writes, synchronous_commit"
    assert contents.durability() == "" or hurried in contents.durability()
    assert (connection.vendor == "sqlite") == (contents.durability() == "")


def test_a_mail_server_that_does_not_greet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MAIL_SERVER", env.mail("smtp://127.0.0.1:9"))
    assert "127.0.0.1" in machine.mail()
    monkeypatch.setattr(settings, "MAIL_SERVER", None)
    set_env(monkeypatch)
    assert isinstance(machine.mail(), Note)


def test_time_zones_are_those_of_new_york(monkeypatch: pytest.MonkeyPatch) -> None:
    assert machine.time_zones() == ""
    wrong = dict.fromkeys(machine.KNOWN, 0)
    monkeypatch.setattr(machine, "KNOWN", wrong)
    assert "New York" in machine.time_zones()
