"""What is counted, for whom, by how many processes; and that nothing tells of a room."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from clearinghouse.access.actor import Role
from clearinghouse.project import env
from clearinghouse.project.doors import ANYONE, TABLE
from clearinghouse.project.watched import public_name
from clearinghouse.watch import figures
from tests.committee import Committee
from tests.web.desk import Desk

LOCAL = "127.0.0.1"


def ask(address: str = LOCAL, **headers: str) -> int:
    return Client(REMOTE_ADDR=address).get("/metrics", headers=headers).status_code


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["203.0.113.9", "::ffff:203.0.113.9", "10.0.0.1", "", "x"])
def test_without_a_token_it_is_there_for_this_machine_alone(address: str) -> None:
    assert ask(address) == 404
    assert Client(REMOTE_ADDR=address).get("/metrics").content == (
        Client(REMOTE_ADDR=address).get("/metrics").content
    )
    assert (ask(LOCAL), ask("::1")) == (200, 200)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "header",
    ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP", "Forwarded"],
)
def test_what_came_through_another_server_is_not_from_here(header: str) -> None:
    assert ask(LOCAL, **{header: "203.0.113.9"}) == 404


@pytest.mark.django_db
def test_with_a_token_it_is_for_whoever_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"CLEARINGHOUSE_METRICS_TOKEN": "s3cret"}
    monkeypatch.setattr(settings, "ENV", env.read(given))
    assert ask(LOCAL) == 404
    assert ask("203.0.113.9", Authorization="Bearer s3cret") == 200
    for wrong in ("Bearer s3cre", "s3cret", "Basic s3cret", "Bearer ", "bearer s3cret\u00e9"):
        assert ask("203.0.113.9", Authorization=wrong) == 404


def test_no_figure_tells_of_a_room(committee: Committee) -> None:
    for who in ("focal_xio", "expert"):
        Desk(committee, who).get("desk-submissions")
    text = Client().get("/metrics").content.decode()
    assert 'route="desk"' in text
    assert "desk-" not in text
    assert "clearinghouse_outbox_waiting" in text
    assert "clearinghouse_ledger_lines" in text


def test_the_public_addresses_have_names_and_the_others_have_one() -> None:
    for route, row in TABLE.items():
        is_open = all(who == ANYONE for who in row.values())
        assert public_name(route) == (route if is_open else "desk")
    assert (public_name("none"), public_name("static")) == ("none", "static")
    assert set(Role)


COUNTING = """
import sys
from clearinghouse.watch.figures import figures
for _ in range(int(sys.argv[1])):
    figures().count_request("home", "GET", 200, 0.01)
figures().count_round("well", [("sent", 2)])
"""
TELLING = "from clearinghouse.watch import figures; print(figures.text([]).decode())"


def run(folder: Path, *words: str) -> str:
    env_ = os.environ | {figures.SHARED: str(folder), "PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", *words], env=env_, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_processes_that_share_a_folder_are_added_up_and_room_is_kept(tmp_path: Path) -> None:
    """The dead ones too: what they counted has happened."""
    figures.begin_anew(tmp_path)
    run(tmp_path, COUNTING, "3")
    run(tmp_path, COUNTING, "4")
    for each in tmp_path.glob("*.db"):
        assert each.stat().st_blocks * 512 >= figures.ROOM
    text = run(tmp_path, TELLING)
    assert 'clearinghouse_requests_total{method="GET",route="home",status="200"} 7.0' in text
    assert 'clearinghouse_mails_total{outcome="sent"} 4.0' in text
    figures.begin_anew(tmp_path)
    assert not list(tmp_path.glob("*.db"))


def test_where_there_is_no_room_nothing_is_counted_and_nothing_breaks(tmp_path: Path) -> None:
    text = run(tmp_path / "nowhere", COUNTING, "3")
    assert text == ""
