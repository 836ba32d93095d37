"""`clearinghouse intake`: a mailbox, a mail, a form, a scan; refused with its reason, exit 1."""

from pathlib import Path

import pytest

from clearinghouse.cli.main import main
from clearinghouse.files.rules import Type
from clearinghouse.intake.models import Item
from tests.committee import Committee
from tests.files import samples
from tests.files.samples import GOOD

Captured = pytest.CaptureFixture[str]


def items() -> list[Item]:
    return list(Item.objects.unscoped("test"))


@pytest.mark.usefixtures("committee")
def test_a_mailbox_is_taken_in_once(tmp_path: Path, capsys: Captured) -> None:
    new = tmp_path / "new"
    new.mkdir()
    (new / "1.host").write_bytes(samples.eml("One"))
    (new / "2.host").write_bytes(samples.eml("Two"))
    (new / "3.host").symlink_to("/etc/hostname")
    assert main(["intake", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "mails taken into the tray: 2\n"
    assert sorted(p.name for p in (tmp_path / "cur").iterdir()) == ["1.host:2,S", "2.host:2,S"]
    (new / "1.host").write_bytes(samples.eml("One"))  # killed before it was moved
    assert main(["intake", str(tmp_path)]) == 0
    assert len(items()) == 2


def test_a_scan_is_put_into_the_tray_of_its_body(
    committee: Committee, tmp_path: Path, capsys: Captured
) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(GOOD[Type.PDF])
    assert main(["intake", str(scan), "--from", "xa"]) == 0
    (item,) = items()
    assert (item.channel, item.body) == ("scan", committee.body("XA"))
    assert capsys.readouterr().out == f"scan {item.pk}: waiting\n"


@pytest.mark.usefixtures("committee")
def test_what_is_unfit_is_refused_naming_the_place(tmp_path: Path, capsys: Captured) -> None:
    bomb = tmp_path / "form.xlsx"
    bomb.write_bytes(samples.billion_laughs())
    assert main(["intake", str(bomb)]) == 1
    assert "sheet1.xml defines a document type" in capsys.readouterr().out
    assert main(["intake", str(tmp_path / "nothing.eml")]) == 1
    assert items() == []
