"""A backup is taken of a living installation and becomes one again: the same, and silent."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyrage
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from pytest_django import DjangoDbBlocker

from clearinghouse.access.actor import OPERATOR, PUBLIC
from clearinghouse.access.errors import Invalid, Refused
from clearinghouse.backups import age, archive, last, manifest, pace, restore, sqlite, take
from clearinghouse.backups.manifest import KEYS_KEPT, Manifest
from clearinghouse.crossings import deliver
from clearinghouse.kernel.workflow import OutOfOrder
from clearinghouse.ledger import queries as ledger
from clearinghouse.ledger import triggers, verify
from clearinghouse.ledger.models import Entry
from clearinghouse.notices import actions as notices
from clearinghouse.notices import queries as outbox
from clearinghouse.notices.models import Fence, Notice
from clearinghouse.notices.rules import PARKED_AFTER, Kind
from clearinghouse.search.models import Indexed, Mark
from tests.committee import NOW, found_committee
from tests.crossings.april import Carrier
from tests.databases import copied, empty

IDENTITY = pyrage.x25519.Identity.generate()
LOCK, KEY = age.Lock((str(IDENTITY.to_public()),)), age.Key(str(IDENTITY))
CANARY = "b6d1a5f0c3e94a7788f2d6c1e0a95b34"
RESTORED = NOW + timedelta(days=3)
Rows = dict[str, list[tuple[Any, ...]]]
pytestmark = pytest.mark.usefixtures("unblocked")


def quiet(_text: str) -> None:
    """Nobody waits for two seconds here."""


@dataclass(frozen=True)
class Living:
    """An installation that was backed up: its archive, and what it held."""

    archive: Path
    told: Manifest
    rows: Rows


@pytest.fixture(scope="module")
def unblocked(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def living(unblocked: None, tmp_path_factory: pytest.TempPathFactory) -> Living:
    folder = tmp_path_factory.mktemp("living")
    with copied(folder, folder):
        _live(folder)
        told = take.take(folder, asked(folder / "archive"))
        rows = everything()
    return Living(folder / "archive", told, rows)


def _live(folder: Path) -> None:
    """A committee with a need, three notices that wait, somebody signed in, two files, a key."""
    committee = found_committee()
    committee.need("XA", "police", titles={"en": CANARY})
    seats = [committee.seats[name].pk for name in ("chair", "expert")]
    notices.tell(Kind.MATRIX_WAITS, "issue:1", seats, now=NOW)
    old = NOW - PARKED_AFTER
    notices.tell(Kind.MATRIX_WAITS, "issue:0", seats[:1], now=old)
    Client().force_login(committee.accounts["expert"])
    (folder / "files" / "ab").mkdir(parents=True)
    (folder / "files" / "ab" / "cd").write_bytes(CANARY.encode())
    (folder / "files" / "ef").write_bytes(bytes(99))
    (folder / "secret_key").write_text(CANARY)


def asked(target: Path, lock: age.Lock = LOCK) -> take.Taking:
    return take.Taking(target, lock, "1.0", NOW, quiet)


def everything() -> Rows:
    """Every row of every table but the sessions, which a restore ends."""
    models = [m for m in apps.get_models() if m._meta.db_table not in restore.SESSIONS]
    return {m._meta.label: sorted(_rows(m)) for m in models}


def _rows(model: Any) -> list[tuple[Any, ...]]:
    columns = ", ".join(f'"{f.column}"' for f in model._meta.concrete_fields)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {columns} FROM "{model._meta.db_table}"')
        return [tuple(str(value) for value in row) for row in cursor.fetchall()]


def restoring(source: Path) -> restore.Restoring:
    return restore.Restoring(source, KEY, RESTORED, quiet)


@contextmanager
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    """Another machine: an empty folder and an empty database."""
    folder = tmp_path / "elsewhere"
    folder.mkdir(exist_ok=True)
    with empty(tmp_path):
        yield folder


def must_be_untouched(folder: Path) -> None:
    assert list(folder.iterdir()) == []
    assert connection.introspection.table_names() == []


def test_it_is_the_same_and_nothing_leaves_before_the_release(
    living: Living, tmp_path: Path
) -> None:
    with elsewhere(tmp_path) as folder:
        told = restore.restore(folder, restoring(living.archive))
        assert told == living.told
        assert ledger.head() == (told.lines, told.root)
        found = everything()
        (fence,) = found.pop("notices.Fence")
        assert found == {k: v for k, v in living.rows.items() if k != "notices.Fence"}
        assert {p.read_bytes() for p in (folder / "files").rglob("*") if p.is_file()} == {
            CANARY.encode(),
            bytes(99),
        }
        assert {path.name for path in folder.iterdir()} <= {"files", "clearinghouse.sqlite3"}
        assert triggers.missing() == []
        _nobody_is_signed_in()
        _is_silent_until_released()
        assert verify.verify(told.root) is None
        assert told.root in fence
        _numbers_go_on()


def _numbers_go_on() -> None:
    """After those that were given: no row is made under the number of another."""
    before = len(_rows(Mark))
    indexed = Indexed.objects.unscoped("a test writes").earliest("subject")
    Mark.objects.create(indexed=indexed, mark="one more")
    assert len(_rows(Mark)) == before + 1


def _nobody_is_signed_in() -> None:
    with connection.cursor() as cursor:
        for table in restore.SESSIONS:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,)


def _is_silent_until_released() -> None:
    carrier = Carrier()
    assert deliver.deliver_next(RESTORED, carrier) is None
    fresh, old = outbox.held_back(RESTORED)
    assert ([n.cause for n in fresh], [n.cause for n in old]) == (["issue:1"] * 2, ["issue:0"])
    with pytest.raises(Refused):
        notices.release(by=PUBLIC, now=RESTORED)
    assert deliver.deliver_next(RESTORED, carrier) is None
    done = notices.release(by=OPERATOR, now=RESTORED)
    assert (done.waiting, done.parked) == (2, 1)
    line = Entry.objects.unscoped("a test looks").latest("number")
    assert (line.verb, line.actor) == ("outbox.released", "operator")
    assert deliver.deliver_next(RESTORED, carrier) is not None
    parked = Notice.objects.unscoped("a test looks").get(cause="issue:0")
    assert (parked.status, parked.said[:6]) == ("failed", "parked")
    with pytest.raises(OutOfOrder):
        notices.release(by=OPERATOR, now=RESTORED)


def test_it_holds_no_secret_and_is_not_to_be_read(living: Living) -> None:
    names = {part.name.partition("/")[0] for part in living.told.parts}
    assert names <= {"files", "database", "database.sqlite3"}
    assert CANARY.encode() not in living.archive.read_bytes()
    assert living.told.tables["people_seat"].rows == len(living.rows["people.Seat"])


def test_doctor_is_told_when_it_was_taken(living: Living) -> None:
    folder = living.archive.parent
    assert last.age_of(folder, manifest.INSTALLATION, NOW + timedelta(hours=5)) == 5
    assert last.age_of(folder, manifest.KEYS, NOW) is None
    assert not list(folder.glob(".staging-*"))


def test_a_place_that_is_not_empty_is_left_alone(living: Living, tmp_path: Path) -> None:
    with copied(tmp_path, living.archive.parent):
        before = everything()
        with pytest.raises(Invalid, match="is not empty"):
            restore.restore(tmp_path, restoring(living.archive))
        assert everything() == before
    with elsewhere(tmp_path) as folder:
        (folder / "files").mkdir()
        (folder / "files" / "x").write_text("somebody's")
        with pytest.raises(Invalid, match="is not empty"):
            restore.restore(folder, restoring(living.archive))
        assert (folder / "files" / "x").read_text() == "somebody's"


@pytest.mark.parametrize("spoilt", ["cut short", "changed", "nothing", "another key"])
def test_a_spoilt_archive_leaves_nothing(living: Living, tmp_path: Path, spoilt: str) -> None:
    whole = bytearray(living.archive.read_bytes())
    if spoilt == "cut short":
        del whole[-1000:]
    elif spoilt == "changed":
        whole[len(whole) // 2] ^= 1
    elif spoilt == "nothing":
        whole.clear()
    (tmp_path / "a").write_bytes(whole)
    other = age.Key(str(pyrage.x25519.Identity.generate()))
    key = other if spoilt == "another key" else KEY
    with elsewhere(tmp_path) as folder:
        with pytest.raises(Invalid, match="archive"):
            restore.restore(folder, replace(restoring(tmp_path / "a"), key=key))
        must_be_untouched(folder)


# fmt: off
UNTRUE: dict[str, tuple[dict[str, Any], str]] = {
    "another end of the record": ({"root": "0" * 63 + "1"}, "does not contain the given root"),
    "another number of lines":   ({"lines": 3}, "does not end where its manifest says"),
    "a newer version":           ({"migrations": [("needs", "9999_later")]}, "newer version"),
    "another kind of database":  ({"vendor": "oracle"}, "taken from oracle"),
}
# fmt: on


@pytest.mark.parametrize("what", UNTRUE)
def test_a_manifest_that_says_something_else_leaves_nothing(
    living: Living, tmp_path: Path, what: str
) -> None:
    changed, said = UNTRUE[what]
    forge(living, tmp_path, **changed)
    with elsewhere(tmp_path) as folder:
        with pytest.raises(Invalid, match=said):
            restore.restore(folder, restoring(tmp_path / "a"))
        must_be_untouched(folder)


def test_a_row_that_is_missing_leaves_nothing(living: Living, tmp_path: Path) -> None:
    tables = dict(living.told.tables)
    tables["people_seat"] = replace(tables["people_seat"], rows=99)
    forge(living, tmp_path, tables=tables)
    with elsewhere(tmp_path) as folder:
        with pytest.raises(Invalid, match="people_seat"):
            restore.restore(folder, restoring(tmp_path / "a"))
        must_be_untouched(folder)


def forge(living: Living, tmp_path: Path, **changed: Any) -> None:
    """The same parts under a manifest that says something else."""
    parts = tmp_path / "parts"
    archive.unpack(living.archive, KEY, parts, manifest.INSTALLATION, quiet)
    listed = [(str(p.relative_to(parts)), p) for p in sorted(parts.rglob("*")) if p.is_file()]
    archive.pack(tmp_path / "a", LOCK, replace(living.told, **changed), listed, quiet)


def test_an_older_version_is_brought_to_this_one(living: Living, tmp_path: Path) -> None:
    with copied(tmp_path, living.archive.parent):
        call_command("migrate", "notices", "0001", verbosity=0)
        told = take.take(tmp_path, asked(tmp_path / "older"))
        assert "notices_fence" not in told.tables
    with elsewhere(tmp_path) as folder:
        restore.restore(folder, restoring(tmp_path / "older"))
        assert Fence.objects.unscoped("a test looks").count() == 1
        call_command("migrate", check_unapplied=True, verbosity=0)


def test_what_is_written_meanwhile_is_not_seen_and_does_not_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A writer commits between the beginning of the copy and its end."""
    monkeypatch.setattr(pace, "EVERY", 0.0)
    monkeypatch.setattr(sqlite, "PAGES", 8)
    with copied(tmp_path, tmp_path):
        committee, done = found_committee(), list[int]()
        root = ledger.head()

        def write() -> None:
            committee.need("XA", "police")
            connections.close_all()

        def say(text: str) -> None:
            if "copied" in text and not done:
                done.append(1)
                writer = threading.Thread(target=write)
                writer.start()
                writer.join(20)

        told = take.take(tmp_path, replace(asked(tmp_path / "a"), say=say))
        assert (told.lines, told.root) == root
        assert ledger.head()[0] > root[0]


def test_keys_are_kept_apart_and_not_for_long(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    with pytest.raises(Invalid, match="nothing in"):
        take.take_keys(tmp_path / "keys", tmp_path, asked(tmp_path / "a"))
    (tmp_path / "keys" / "master").write_bytes(b"k" * 32)
    told = take.take_keys(tmp_path / "keys", tmp_path, asked(tmp_path / "a"))
    assert take.expires(told) == NOW + KEYS_KEPT
    with pytest.raises(Invalid, match="it holds keys, not installation"), elsewhere(tmp_path) as f:
        restore.restore(f, restoring(tmp_path / "a"))
    with pytest.raises(Invalid, match="is not empty"):
        restore.restore_keys(tmp_path / "keys", tmp_path, restoring(tmp_path / "a"))
    late = replace(restoring(tmp_path / "a"), now=NOW + KEYS_KEPT + timedelta(seconds=1))
    with pytest.raises(Invalid, match="destroy it"):
        restore.restore_keys(tmp_path / "back", tmp_path, late)
    assert not (tmp_path / "back").exists()
    restore.restore_keys(tmp_path / "back", tmp_path, restoring(tmp_path / "a"))
    assert (tmp_path / "back" / "master").read_bytes() == b"k" * 32
