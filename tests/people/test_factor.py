"""A second factor: who needs one, how it is set up, and that no code opens twice."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from clearinghouse.people.models import SignIns
from clearinghouse.people.rules import FACTOR_NEEDED
from tests.committee import NOW, SEATS, Committee
from tests.people.front_door import (
    SECRET,
    code,
    give_code,
    said,
    sign_in,
    with_factor,
    with_password,
)

Traveller = Any  # the travelling clock has no public type
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def clock(committee: Committee) -> Iterator[Traveller]:
    with time_machine.travel(LATER, tick=False) as travelled:
        yield travelled


@pytest.mark.parametrize("name", ["expert", "member_xb", "secretariat", "administrator"])
@pytest.mark.usefixtures("clock")
def test_whoever_needs_one_is_led_to_set_it_up_and_reaches_nothing_else(
    committee: Committee, name: str
) -> None:
    client = Client()
    assert sign_in(with_password(committee, name), client=client).url == "/en/desk/"
    there = reverse("account-factor")
    for route in ("desk", "home", "standards", "account", "account-password", "api-v1:needs"):
        answer = client.get(reverse(route))
        assert (answer.status_code, answer.headers.get("Location")) == (302, there), route
    for route in ("desk-seat-give", "desk-standing-clear", "account-sessions-end"):
        answer = client.post(reverse(route))
        assert (answer.status_code, answer.headers.get("Location")) == (302, there), route
    assert "until it is set up nothing else opens" in said(client.get(there))
    assert client.post(reverse("account_logout")).status_code == 302


@pytest.mark.parametrize("name", ["mission_xa", "focal_xio", "auditor", "nobody"])
@pytest.mark.usefixtures("clock")
def test_for_the_others_it_is_optional(committee: Committee, name: str) -> None:
    client = Client()
    sign_in(with_password(committee, name), client=client)
    assert client.get(reverse("account")).status_code == 200
    held = SEATS[name]
    assert held is None or held[0] not in FACTOR_NEEDED


def test_it_is_set_up_with_a_code_under_a_new_session_and_shown_codes_once(
    committee: Committee, clock: Traveller
) -> None:
    client, elsewhere = Client(), Client()
    account = with_password(committee, "expert")
    sign_in(account, client=elsewhere)
    sign_in(account, client=client)
    page = client.get(reverse("account-factor"))
    secret = str(client.session["mfa.totp.secret"])
    assert "<svg" in page.content.decode()
    assert secret in said(page).replace(" ", "")
    assert not re.search(r"<script|style=|data:", page.content.decode())
    wrong = client.post(reverse("account-factor"), {"code": "000000"})
    assert wrong.status_code == 400
    before = client.session.session_key
    done = client.post(reverse("account-factor"), {"code": code(clock_now(), secret)})
    shown = re.findall(r"<code>(\d{4} \d{4})</code>", done.content.decode())
    assert len(shown) == 10
    assert client.session.session_key != before
    assert client.get(reverse("desk")).status_code == 200
    assert elsewhere.get(reverse("account")).status_code == 302
    assert secret not in json.dumps(list(Authenticator.objects.values_list("data", flat=True)))

    clock.shift(120)
    again = Client()
    assert sign_in(account, client=again).url == reverse("mfa_authenticate")
    assert again.get(reverse("desk")).status_code == 302
    assert give_code(again, shown[0]).status_code == 302
    assert again.get(reverse("desk")).status_code == 200
    third = Client()
    sign_in(account, client=third)
    assert give_code(third, shown[0]).status_code == 400, "a recovery code opens once"


def clock_now() -> float:
    return datetime.now(tz=LATER.tzinfo).timestamp()


def test_a_code_opens_once_within_all_of_its_time(committee: Committee, clock: Traveller) -> None:
    account = with_factor(with_password(committee, "expert"))
    used = code(clock_now())
    first, second = Client(), Client()
    sign_in(account, client=first)
    assert give_code(first, used).status_code == 302
    assert first.get(reverse("desk")).status_code == 200
    for _ in range(2):
        sign_in(account, client=second)
        assert give_code(second, used).status_code == 400
        clock.shift(31)
    assert give_code(second, code(clock_now())).status_code == 302


@pytest.mark.usefixtures("clock")
def test_a_password_alone_opens_nothing_and_an_old_page_neither(committee: Committee) -> None:
    client = Client()
    sign_in(with_factor(with_password(committee, "secretariat")), client=client)
    assert client.get(reverse("desk")).status_code == 302
    assert client.get(reverse("account-factor")).status_code == 302
    for _ in range(3):
        assert give_code(client, "123456").status_code == 400
    assert client.get(reverse("mfa_authenticate")).status_code == 200
    counted = {row.outcome: row.count for row in SignIns.objects.all()}
    assert counted == {"failed": 3}


@pytest.mark.usefixtures("clock")
def test_a_factor_is_taken_away_and_codes_are_renewed_against_a_code(
    committee: Committee, clock: Traveller
) -> None:
    account = with_factor(with_password(committee, "expert"))
    client = Client()
    sign_in(account, client=client)
    give_code(client, code(clock_now()))
    clock.shift(200)
    for route in ("account-codes", "account-factor-remove"):
        assert client.post(reverse(route), {"code": "000000"}).status_code == 400
    renewed = client.post(reverse("account-codes"), {"code": code(clock_now())})
    assert len(re.findall(r"<code>(\d{4} \d{4})</code>", renewed.content.decode())) == 10
    assert "10 recovery codes" in said(client.get(reverse("account")))
    clock.shift(200)
    removed = client.post(reverse("account-factor-remove"), {"code": code(clock_now())})
    assert removed.headers["Location"] == reverse("account-factor")
    assert client.get(reverse("desk")).headers["Location"] == reverse("account-factor")
    assert not Authenticator.objects.exists()


def test_the_secret_is_sealed(committee: Committee) -> None:
    with_factor(committee.accounts["expert"])
    (kept,) = Authenticator.objects.values_list("data", flat=True)
    assert SECRET not in str(kept)
