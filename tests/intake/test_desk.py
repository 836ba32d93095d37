"""The tray through the doors: the mission replies by mail, the secretariat accepts at the desk."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clearinghouse.files.rules import Type
from clearinghouse.intake.models import Item
from clearinghouse.intake.rules.workflow import State
from clearinghouse.needs.rules import Consent
from tests.committee import Committee
from tests.files.samples import GOOD
from tests.intake.post import (
    arrive,
    code,
    current,
    current_need,
    delivered,
    reply,
    sent_matrix,
    words,
)
from tests.web.desk import Desk, buttons, faults, text

NOW = datetime(2025, 3, 10, 15, 0, tzinfo=UTC)
NOTE = "reply of 10 March 2025"


@pytest.fixture(autouse=True)
def _at_the_time() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def step(desk: Desk, name: str, item: Item, **typed: str) -> Any:
    version = {"version": str(current(item).version)}
    return desk.post(f"desk-intake-{name}", item.pk, **version | typed)


def test_the_story_from_mail_to_mail(committee: Committee, tmp_path: Path) -> None:
    need = committee.need("XA", "legislation", Consent.COMMITTEE)
    (mail,) = sent_matrix(committee, tmp_path, "mission_xa")
    item = arrive(committee, reply(mail, f"{code(need)} rough cost: USD 20,000"))
    office = Desk(committee, "secretariat")
    assert str(item.title) in text(office.get("desk"))
    assert "Re: Matrix of needs" in text(office.get("desk-intake"))
    page = office.get("desk-intake-item", item.pk)
    shown = text(page)
    assert "Issue of the matrix" in shown  # the question it answers
    assert "Rough cost" in shown
    assert "USD 20,000" in shown
    assert "Claims to be from mission_xa@example.org" in shown
    assert {"accept", "refuse", "aside", "attribute"} <= buttons(page)
    without = step(office, "accept", item, received_on="2025-03-10")
    assert faults(without).keys() == {"instrument"}
    assert current_need(need).rough_cost == ""
    taken = step(office, "accept", item, instrument=NOTE, received_on="2025-03-10")
    assert taken.status_code == 303
    assert current_need(need).rough_cost == "USD 20,000"
    after = text(office.get("desk-intake-item", item.pk))
    assert NOTE in after
    assert f"{code(need)}: changed" in after
    assert "USD 20,000" in after
    mission = Desk(committee, "mission_xa")
    assert NOTE in text(mission.get("desk-intake-item", item.pk))
    told = [m for m in delivered(committee, tmp_path) if "recorded" in str(m["Subject"])]
    assert len(told) == 1
    assert NOTE in words(told[0])
    again = step(office, "accept", item, instrument=NOTE, received_on="2025-03-10")
    assert again.status_code == 409


def test_each_link_of_the_tray_says_what_tells_it_from_the_others(
    committee: Committee, tmp_path: Path
) -> None:
    need = committee.need("XA", "legislation", Consent.COMMITTEE)
    (mail,) = sent_matrix(committee, tmp_path, "mission_xa")
    for hours, cost in ((0, "USD 20,000"), (3, "USD 30,000")):
        then = replace(committee, now=committee.now + timedelta(hours=hours))
        arrive(then, reply(mail, f"{code(need)} rough cost: {cost}"))
    page = Desk(committee, "secretariat").get("desk-intake").content.decode()
    links = re.findall(r'<th scope="row"><a href="[^"]+">(.*?)</a></th>', page)
    assert len(set(links)) == len(links) == 2
    assert all("Re: Matrix of needs" in each and "10 March 2025" in each for each in links)


def test_refusing_needs_a_reason_and_is_told(committee: Committee, tmp_path: Path) -> None:
    need = committee.need("XA")
    (mail,) = sent_matrix(committee, tmp_path, "mission_xa")
    item = arrive(committee, reply(mail, f"{code(need)} withdrawn"))
    office = Desk(committee, "secretariat")
    assert faults(step(office, "refuse", item)).keys() == {"reason"}
    step(office, "refuse", item, reason="Signed by nobody.")
    assert current(item).state == State.REFUSED
    assert current_need(need).status == "confirmed"
    told = [m for m in delivered(committee, tmp_path) if "Signed by nobody." in words(m)]
    assert [m["To"] for m in told] == [mail["To"]]


def test_what_nobody_vouches_for_is_attributed_by_the_secretariat(committee: Committee) -> None:
    need = committee.need("XA")
    item = arrive(committee, reply(None, f"{code(need)} counterpart: Ministry of Justice"))
    office = Desk(committee, "secretariat")
    page = office.get("desk-intake-item", item.pk)
    assert "It carries no reference of ours" in text(page)
    assert "accept" not in buttons(page)
    assert faults(step(office, "attribute", item)).keys() == {"body"}
    step(office, "attribute", item, body="XA")
    assert "Ministry of Justice" in text(office.get("desk-intake-item", item.pk))
    step(office, "accept", item, instrument=NOTE, received_on="2025-03-10")
    assert current_need(need).counterpart == "Ministry of Justice"


def test_paper_is_typed_in_and_its_scan_kept(committee: Committee) -> None:
    need = committee.need("XA")
    office = Desk(committee, "secretariat")
    typed = {
        "channel": "paper",
        "title": "Note verbale 12/2025",
        "body": "XA",
        "received_on": "2025-03-10",
        "text": f"{code(need)} confirmed",
    }
    scan = SimpleUploadedFile("scan.pdf", GOOD[Type.PDF])
    sent = office.client.post(reverse("desk-intake-new"), typed | {"file": scan})
    assert sent.status_code == 303
    item = Item.objects.unscoped("test").get()
    page = office.get("desk-intake-item", item.pk)
    assert "It also tells: author: Jane Example" in text(page)
    href = page.content.decode().partition("/files/")
    address = reverse("desk-intake-item", args=[item.pk]) + "files/" + href[2].partition('"')[0]
    got = office.client.get(address)
    assert got.content == GOOD[Type.PDF]
    assert got["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert got["Content-Disposition"].startswith("attachment;")
    assert got["Cache-Control"] == "no-store"
    assert Desk(committee, "mission_xa").client.get(address).status_code == 200
    assert Desk(committee, "mission_xb").client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("scan.pdf", b"<html>", "its content is not of that type"),
        ("a\u202efdp.exe", b"MZ", "no ending that is taken"),
        ("empty.pdf", b"", "empty"),
        ("a.exe", b"MZ", "no ending that is taken"),
    ],
)
def test_an_unfit_file_is_said_beside_its_field(
    committee: Committee, name: str, content: bytes, said: str
) -> None:
    typed = {"channel": "scan", "title": "A scan", "received_on": "2025-03-10", "body": "XA"}
    file = SimpleUploadedFile(name, content)
    page: Any = Desk(committee, "secretariat").client.post(
        reverse("desk-intake-new"), typed | {"file": file}
    )
    assert page.status_code == 400
    assert said in faults(page)["file"]
    assert not Item.objects.unscoped("test").exists()


def test_a_form_is_downloaded_filled_and_sent_back(committee: Committee, tmp_path: Path) -> None:
    committee.need("XA", titles={"en": "Quince"})
    mission = Desk(committee, "mission_xa")
    assert "form for Excel" in text(mission.get("desk-intake"))
    for ending in ("xlsx", "docx"):
        got = mission.get("desk-intake-form", "XA", ending)
        assert got.status_code == 200
        assert f'filename="need-xa.{ending}"' in got["Content-Disposition"]
    assert mission.get("desk-intake-form", "XB", "xlsx").status_code == 404
    assert mission.get("desk-intake-form", "XA", "exe").status_code == 404


def test_set_aside_and_brought_back(committee: Committee) -> None:
    item = arrive(committee, reply(None, "Hello"))
    office = Desk(committee, "secretariat")
    step(office, "aside", item)
    assert current(item).state == State.SET_ASIDE
    assert "A note" not in text(office.get("desk-intake"))
    assert "A note" in text(office.get("desk-intake", state="set_aside"))
    step(office, "aside", item)
    assert current(item).state == State.WAITING


def test_hostile_words_are_shown_as_words(committee: Committee) -> None:
    item = arrive(committee, reply(None, "<script>alert(1)</script>\u202eevil"))
    page = Desk(committee, "expert").get("desk-intake-item", item.pk).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script" not in page
    assert "\u202e" not in page


def test_a_part_of_a_reply_is_accepted_and_the_rest_is_told(
    committee: Committee, tmp_path: Path
) -> None:
    one, two = committee.need("XA", "legislation"), committee.need("XA", "police")
    (mail,) = sent_matrix(committee, tmp_path, "mission_xa")
    lines = f"{code(one)} rough cost: USD 20,000\n\n{code(two)} withdrawn"
    item, office = arrive(committee, reply(mail, lines)), Desk(committee, "secretariat")
    page = office.get("desk-intake-item", item.pk)
    assert page.content.decode().count('name="taken"') == 2
    assert "What of it is recorded" in text(page)
    said = {"instrument": NOTE, "received_on": "2025-03-10"}
    nothing = step(office, "accept", item, **said)
    assert (nothing.status_code, set(faults(nothing))) == (400, {"taken_0"})
    for wrong in ("2", "-1", "x"):
        assert step(office, "accept", item, taken=wrong, **said).status_code == 400
    assert current_need(one).rough_cost == ""
    assert step(office, "accept", item, taken="0", **said).status_code == 303
    assert current_need(one).rough_cost == "USD 20,000"
    assert current_need(two).status != "withdrawn"
    left = f"{code(two)}: not recorded: left out by the secretariat"
    assert left in text(office.get("desk-intake-item", item.pk))
    (told,) = [m for m in delivered(committee, tmp_path) if "recorded" in str(m["Subject"])]
    assert "not recorded: left out by the secretariat" in words(told)
