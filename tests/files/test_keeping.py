"""Files kept and read back: atomic, held against their hash, swept where they belong to nothing."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from django.test import override_settings
from moto import mock_aws

from clearinghouse.access.errors import Invalid, Unavailable, Unseen
from clearinghouse.files import actions as files
from clearinghouse.files import queries, store
from clearinghouse.files.actions import Offered
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.files.models import StoredFile
from clearinghouse.files.rules import MOST_FOR_ONE_OWNER, Type
from clearinghouse.ledger.record import Change, record
from clearinghouse.needs import actions as needs
from clearinghouse.needs import policy
from clearinghouse.needs.models import Need
from clearinghouse.needs.rules import Step
from clearinghouse.project import env
from clearinghouse.web.downloads import download
from tests.committee import NOW, Committee
from tests.files.samples import GOOD, chunk, png


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with override_settings(STORAGES={"files": env.storage("folder", tmp_path)}):
        yield tmp_path / "files"


def attach(committee: Committee, need: Need, name: str = "a.pdf", **more: Any) -> StoredFile:
    """As a room does it: the file is recorded in the line of its owner's change."""
    offered = Offered(name=name, content=more.pop("content", GOOD[Type.PDF]))
    kept = files.keep(offered, owner=need, now=committee.now, **more)
    grant = policy.authorise(committee.actor("mission_xa"), Step.REVISE, need)
    record(grant, needs.Revised(), changed=Change(need, [kept]), now=committee.now)
    return kept


def in_store() -> list[str]:
    return [name for name, _ in store.names()]


def test_a_file_is_kept_with_its_owner_and_read_back(committee: Committee, folder: Path) -> None:
    need = committee.need()
    kept = attach(committee, need, "/home/jane/Letter é.pdf")
    assert queries.files_of(need) == [kept]
    assert (kept.name, kept.type, kept.size) == ("Letter é.pdf", "pdf", len(GOOD[Type.PDF]))
    assert kept.tells == [["author", "Jane Example"]]
    assert queries.open_(kept) == GOOD[Type.PDF]
    (lying,) = [p for p in folder.rglob("*") if p.is_file()]
    assert "Letter" not in str(lying)
    assert lying.stat().st_mode & 0o077 == 0


def test_a_later_edition_takes_the_place_of_the_first(committee: Committee, folder: Path) -> None:
    need = committee.need()
    first = attach(committee, need)
    second = attach(committee, need, supersedes=first)
    assert (second.edition, second.supersedes) == (2, first)
    assert queries.files_of(need) == [first, second]
    assert queries.latest_of(need) == [second]


def test_a_file_is_seen_with_its_owner_alone(committee: Committee, folder: Path) -> None:
    kept, other = attach(committee, committee.need()), committee.need("XB", "police")
    with pytest.raises(Unseen):
        queries.file_of(other, kept.pk)
    assert not StoredFile.objects.visible_to(committee.actor("expert")).exists()


def test_what_is_unfit_leaves_nothing(committee: Committee, folder: Path) -> None:
    with pytest.raises(Unfit) as why:
        attach(committee, committee.need(), "a.pdf", content=b"<html>")
    assert in_store() == []
    refused: Invalid = files.refusal(why.value)
    assert refused.faults["file"] == [
        "The file is called .pdf, but its content is not of that type."
    ]


def test_an_owner_carries_so_many_files_and_no_more(
    committee: Committee, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need = committee.need()
    monkeypatch.setattr(files, "MOST_FOR_ONE_OWNER", 1)
    attach(committee, need)
    with pytest.raises(Unfit, match="1 files already"):
        attach(committee, need)
    assert MOST_FOR_ONE_OWNER > 1


def test_what_has_changed_in_the_store_is_not_handed_out(
    committee: Committee, folder: Path
) -> None:
    kept = attach(committee, committee.need())
    lying = folder / kept.stored_as
    lying.write_bytes(lying.read_bytes().replace(b"Catalog", b"catalog"))
    with pytest.raises(queries.Damaged, match=str(kept.pk)):
        queries.open_(kept)
    lying.unlink()
    with pytest.raises(Unavailable):
        queries.open_(kept)


def test_the_sweep_removes_what_no_row_names_and_names_what_is_gone(
    committee: Committee, folder: Path
) -> None:
    kept = attach(committee, committee.need())
    lost = attach(committee, committee.need(area="police"))
    files.keep(Offered(name="a.pdf", content=GOOD[Type.PDF]), owner=kept, now=NOW)  # no line
    half = folder / "ab" / f"abc.1{store.HALF}"
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"%PDF")
    (folder / lost.stored_as).unlink()
    assert files.sweep(NOW).removed == 0  # bytes younger than the grace may be on their way
    os.utime(half, (0, 0))
    written = max(at for _, at in store.names())
    swept = files.sweep(written + files.GRACE + timedelta(seconds=1))
    assert (swept.removed, swept.missing) == (2, [lost.subject])
    assert in_store() == [kept.stored_as]


KILLED = """
import os, sys
from clearinghouse.files.store import Folder
from django.conf import settings
settings.configure()
from django.core.files.base import ContentFile
class Dying(ContentFile):
    def chunks(self, size=None):
        yield b"half of it"
        os.kill(os.getpid(), 9)
Folder(sys.argv[1]).save("ab/abcdef", Dying(b"x"))
"""


def test_a_writer_killed_in_mid_upload_leaves_nothing_readable(
    committee: Committee, folder: Path
) -> None:
    died = subprocess.run([sys.executable, "-c", KILLED, str(folder)], check=False)
    assert died.returncode == -signal.SIGKILL
    (left,) = in_store()
    assert left.endswith(store.HALF)
    with pytest.raises(Unavailable):
        store.get("ab/abcdef")
    written = max(at for _, at in store.names())
    assert files.sweep(written + files.GRACE + timedelta(seconds=1)).removed == 1
    assert in_store() == []


def test_a_full_or_missing_store_is_unavailable(committee: Committee, tmp_path: Path) -> None:
    (tmp_path / "files").write_bytes(b"not a folder")
    with (
        override_settings(STORAGES={"files": env.storage("folder", tmp_path)}),
        pytest.raises(Unavailable),
    ):
        attach(committee, committee.need())


def test_a_published_copy_does_not_tell_of_persons(committee: Committee, folder: Path) -> None:
    content = png(chunk(b"tEXt", b"Author\0Jane Example"))
    kept = attach(committee, committee.need(), "a.png", content=content)
    assert queries.published_copy(kept) == png()


def test_a_download_is_an_attachment_that_cannot_act() -> None:
    response = download(b"x", name='Note "é"\r\n.pdf', kind=Type.PDF)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Disposition"] == (
        "attachment; filename=\"Note _____.pdf\"; filename*=UTF-8''Note%20%22%C3%A9%22%0D%0A.pdf"
    )
    assert "Cache-Control" not in download(b"x", name="a", kind=Type.PDF, is_public=True)


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An S3-compatible store, played on this machine: no request leaves the process."""
    monkeypatch.setenv("MOTO_S3_CUSTOM_ENDPOINTS", "https://objects.example.org")
    with mock_aws():
        client = boto3.client(
            "s3",
            endpoint_url="https://objects.example.org",
            aws_access_key_id="key",
            aws_secret_access_key="secret",
            region_name="us-east-1",
        )
        client.create_bucket(Bucket="files")
        yield "s3://key:secret@objects.example.org/files"


def test_the_same_in_an_s3_compatible_store(
    committee: Committee, bucket: str, tmp_path: Path
) -> None:
    settings = env.storage(bucket, tmp_path)
    assert settings["OPTIONS"]["signature_version"] == "s3v4"
    with override_settings(STORAGES={"files": settings}):
        kept = attach(committee, committee.need())
        assert queries.open_(kept) == GOOD[Type.PDF]
        files.keep(Offered(name="a.pdf", content=GOOD[Type.PDF]), owner=kept, now=NOW)
        assert len(in_store()) == 2
        written = max(at for _, at in store.names())
        assert files.sweep(written + files.GRACE + timedelta(seconds=1)).removed == 1
        assert in_store() == [kept.stored_as]
        store.remove(kept.stored_as)
        with pytest.raises(Unavailable):
            queries.open_(kept)


@pytest.mark.parametrize(
    "url", ["s3://host", "ftp://h/b", "s3://k:s@h/b?colour=red", "", "https://h/b"]
)
def test_a_store_that_is_none_stops_the_start(url: str, tmp_path: Path) -> None:
    with pytest.raises(env.BadEnvironment, match="CLEARINGHOUSE_STORAGE"):
        env.storage(url, tmp_path)
