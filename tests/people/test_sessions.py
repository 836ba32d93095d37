"""Sessions: a new name at each change of rights, the old one dead; idle limits; listed and ended."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import models
from django.test import Client
from django.urls import reverse

from clearinghouse.access.actor import OPERATOR, Role, Standing
from clearinghouse.people import actions
from clearinghouse.people.models import Seat
from tests.committee import NOW, Committee
from tests.people.front_door import PASSWORD, sign_in, with_password
from tests.web.desk import Desk, text

LATER = NOW + timedelta(hours=1)


def with_session(key: str | None) -> Client:
    client = Client()
    client.cookies["sessionid"] = str(key)
    return client


def test_a_session_set_beforehand_is_not_taken_over(committee: Committee) -> None:
    """Fixation: the name that somebody planted opens nothing, before and after."""
    client, planted = Client(), "plantedbysomebodyelse0000000000000"
    client.cookies["sessionid"] = planted
    sign_in(with_password(committee, "mission_xa"), client=client)
    key = client.cookies["sessionid"].value
    assert key != planted
    assert client.get(reverse("desk")).status_code == 200
    assert with_session(planted).get(reverse("desk")).status_code == 302
    anonymous = client.session.session_key
    client.post(reverse("account_logout"))
    assert with_session(anonymous).get(reverse("desk")).status_code == 302


def test_an_anonymous_session_gets_another_name_at_sign_in(committee: Committee) -> None:
    client = Client()
    client.get(reverse("account_login"))
    session = client.session
    session["kept"] = "by a stranger"
    session.save()
    client.cookies["sessionid"] = before = str(session.session_key)
    sign_in(with_password(committee, "mission_xa"), client=client)
    assert client.session.session_key != before
    assert with_session(before).get(reverse("desk")).status_code == 302


def test_a_seat_gained_renews_and_a_seat_lost_ends_it_within_one_request(
    committee: Committee,
) -> None:
    desk = Desk(committee, "mission_xa")
    assert desk.get("desk").status_code == 200
    first = desk.client.session.session_key
    person, admin = committee.person("mission_xa"), committee.actor("administrator")
    naming = actions.Naming(role=Role.AUDITOR, instrument="note 2")
    gained = actions.seat(person, naming, by=admin, now=committee.now)
    assert desk.get("desk-ledger").status_code == 200
    second = desk.client.session.session_key
    assert second != first
    assert with_session(str(first)).get(reverse("desk")).status_code == 302
    actions.unseat(gained, by=admin, now=committee.now)
    assert desk.get("desk").status_code == 302
    assert with_session(str(second)).get(reverse("account")).status_code == 302


def test_a_seat_that_runs_out_by_itself_ends_the_session_too(committee: Committee) -> None:
    """No act at all: the last day came."""
    person = committee.person("nobody")
    with time_machine.travel(LATER, tick=False) as clock:
        naming = actions.Naming(
            role=Role.STATE, standing=Standing.CAPITAL, body=committee.body("XA"), instrument="n"
        )
        held = actions.seat(person, naming, by=OPERATOR, now=LATER - timedelta(minutes=1))
        desk = Desk(committee, "nobody")
        assert desk.get("desk-needs").status_code == 200
        its_last = LATER + timedelta(minutes=5)  # as it might have been seated
        models.QuerySet(Seat).filter(pk=held.pk).update(held_until=its_last)
        assert desk.get("desk-needs").status_code == 200
        clock.shift(301)
        assert desk.get("desk-needs").status_code == 302


@pytest.mark.parametrize(
    ("name", "minutes", "is_over"),
    [
        ("expert", 29, False), ("expert", 31, True), ("administrator", 31, True),
        ("member_xb", 31, True), ("secretariat", 31, True),
        ("mission_xa", 31, False), ("mission_xa", 479, False), ("mission_xa", 481, True),
    ],
)  # fmt: skip
def test_left_alone_it_is_over(
    committee: Committee, name: str, minutes: int, *, is_over: bool
) -> None:
    with time_machine.travel(LATER, tick=False) as clock:
        desk = Desk(committee, name)
        assert desk.get("desk").status_code == 200
        clock.shift(timedelta(minutes=20))
        assert desk.get("desk").status_code == 200
        clock.shift(timedelta(minutes=minutes))
        assert desk.get("desk").status_code == (302 if is_over else 200)


def test_they_are_listed_and_ended_by_the_holder(committee: Committee) -> None:
    here, there, third = (Desk(committee, "mission_xa") for _ in range(3))
    page = here.get("account")
    assert text(page).count("Another session") == 2
    for desk in (here, there, third):
        assert str(desk.client.session.session_key) not in page.content.decode()
    handle = page.content.decode().partition('name="which" value="')[2].partition('"')[0]
    here.post("account-sessions-end", which=handle)
    assert text(here.get("account")).count("Another session") == 1
    main = here.get("account").content.decode().partition("<main")[2]
    fold = main.partition("<details")[2].partition("</details>")[0]
    assert 'value="others"' in fold
    assert "signed out everywhere but here" in fold
    here.post("account-sessions-end", which="others")
    assert [d.get("desk").status_code for d in (here, there, third)] == [200, 302, 302]
    someone = Desk(committee, "mission_xb")
    own = here.get("account").content.decode()
    someone.post("account-sessions-end", which=handle)
    assert own
    assert here.get("desk").status_code == 200


def test_an_administrator_ends_them_and_sees_when_but_not_where(committee: Committee) -> None:
    desk, admin = Desk(committee, "mission_xa"), Desk(committee, "administrator")
    pk = committee.person("mission_xa").pk
    page = admin.get("desk-person", pk).content.decode()
    assert len(re.findall(r">\s*Sessions\s*<", page)) == 1
    assert "Last used" in page
    assert "127.0.0.1" not in page
    assert "sign-out" in page
    assert admin.post("desk-person-sign-out", pk).status_code == 303
    assert desk.get("desk").status_code == 302


def test_a_new_password_ends_every_session(committee: Committee) -> None:
    with_password(committee, "mission_xa")
    here, there = Desk(committee, "mission_xa"), Desk(committee, "mission_xa")
    new = {"password": "several new words here", "again": "several new words here"}
    wrong = here.post("account-password", present="not this one", **new)
    weak = here.post("account-password", present=PASSWORD, password="short", again="short")
    unlike = here.post("account-password", present=PASSWORD, password="a b c d e f g", again="x")
    assert [w.status_code for w in (wrong, weak, unlike)] == [400, 400, 400]
    assert there.get("desk").status_code == 200
    assert here.post("account-password", present=PASSWORD, **new).status_code == 303
    assert [d.get("desk").status_code for d in (here, there)] == [302, 302]
    assert sign_in(committee.accounts["mission_xa"], "several new words here").status_code == 302
