"""Links to set a password: once, in their time, for whom they were made; and nobody is given away."""

import statistics
from collections.abc import Iterator
from datetime import timedelta
from time import perf_counter
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from clearinghouse.access.actor import OPERATOR, Role
from clearinghouse.access.errors import Invalid
from clearinghouse.notices.models import Notice
from clearinghouse.people import actions
from clearinghouse.people.models import Account
from clearinghouse.people.signin import links
from clearinghouse.people.signin.links import Purpose
from clearinghouse.project.settings import CACHES
from tests.committee import NOW, Committee, seated
from tests.people.front_door import (
    PASSWORD,
    bare,
    delivered,
    link_in,
    notices,
    said,
    sign_in,
    with_password,
)
from tests.web.desk import Desk

LATER = NOW + timedelta(hours=1)
RATES = {"login_failed": "5/5m/key,10/h/ip", "reset_password": "20/h/ip", "reset_mail": "3/h/key"}
NEW = {"password": "some words that are new", "again": "some words that are new"}
Traveller = Any  # the travelling clock has no public type


@pytest.fixture
def clock(committee: Committee) -> Iterator[Traveller]:
    with time_machine.travel(LATER, tick=False) as travelled:
        yield travelled


def ask(email: str, client: Client | None = None) -> Any:
    return (client or Client()).post(reverse("account-reset"), {"email": email})


def invited(committee: Committee) -> str:
    actions.invite(committee.person("nobody"), by=OPERATOR, now=LATER)
    return link_in(delivered(LATER)[-1])


# ── an invitation ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("clock")
def test_an_invitation_leads_to_a_password_and_opens_once(committee: Committee) -> None:
    path = invited(committee)
    for _ in range(3):  # whoever looks, a mail program for one, uses nothing up
        assert "nobody@example.org" in said(Client().get(path))
    weak = Client().post(path, {"password": "short", "again": "short"})
    assert weak.status_code == 400
    assert Client().post(path, NEW).status_code == 303
    forwarded = Client().post(
        path, {"password": "another hand's words", "again": "another hand's words"}
    )
    assert (forwarded.status_code, Client().get(path).status_code) == (404, 404)
    account = Account.objects.get(email="nobody@example.org")
    assert sign_in(account, NEW["password"]).status_code == 302
    with pytest.raises(Invalid):
        actions.invite(committee.person("nobody"), by=OPERATOR, now=LATER)


def test_it_is_void_after_seven_days_and_when_another_is_sent(
    committee: Committee, clock: Traveller
) -> None:
    first = invited(committee)
    second = invited(committee)
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)
    clock.shift(timedelta(days=7) - timedelta(seconds=1))
    assert Client().get(second).status_code == 200
    clock.shift(1)
    assert Client().get(second).status_code == 404
    assert Client().post(second, NEW).status_code == 404


@pytest.mark.usefixtures("clock")
def test_no_link_lies_in_the_database(committee: Committee) -> None:
    """The outbox holds a reference; the signature is made as the mail is written."""
    path = invited(committee)
    token = path.rstrip("/").rpartition("/")[2]
    rows = [str(vars(n)) for n in Notice.objects.unscoped("a test looks")]
    rows += [str(vars(a)) for a in Account.objects.all()]
    assert not any(token[40:] in row for row in rows)


@pytest.mark.usefixtures("clock")
def test_what_is_tampered_with_opens_nothing(committee: Committee) -> None:
    account, other = with_password(committee, "mission_xa"), committee.accounts["mission_xb"]
    good = links.make(account, Purpose.ASKED, LATER)
    assert Client().get(reverse("account-link", args=[good])).status_code == 200
    swapped = good.replace(account.pk.hex, other.pk.hex)
    upgraded = f"{Purpose.CONFIRMED}{good[1:]}"
    later = links.make(account, Purpose.ASKED, LATER + timedelta(days=1))
    absent = Client().get(reverse("account-link", args=["x"])).content
    for bad in (swapped, upgraded, later, good[:-1], good + "0", "a", "-", f"a{'z' * 32}0-"):
        answer = Client().get(reverse("account-link", args=[bad]))
        assert answer.status_code == 404, bad
        said = answer.content.decode().replace(f"/link/{bad}/", "/link/x/")
        assert said == absent.decode(), bad


@pytest.mark.usefixtures("clock")
def test_an_old_link_dies_with_what_it_was_made_for(committee: Committee) -> None:
    account = with_password(committee, "mission_xa")
    token = links.make(account, Purpose.ASKED, LATER)
    path = reverse("account-link", args=[token])
    sign_in(account)
    assert Client().get(path).status_code == 404, "signed in meanwhile"


# ── asking for a new password ────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("clock")
def test_asking_tells_nobody_who_has_an_account(committee: Committee) -> None:
    """The same bytes and headers, on the way there and back."""
    has, has_not = "mission_xa@example.org", "absent__xa@example.org"
    answers = {email: ask(email) for email in (has, has_not)}
    assert bare(answers[has]) == bare(answers[has_not])
    assert answers[has].status_code == 303
    assert {name: m.value for name, m in answers[has].cookies.items()} == {}
    pages = [Client().get(answers[email].url) for email in (has, has_not)]
    assert bare(pages[0]) == bare(pages[1])
    faulty = [bare(ask(email), email) for email in ("mission_xa@", "absent__xa@")]
    assert faulty[0] == faulty[1]
    assert notices("account.asked") == 1
    assert str(delivered(LATER)[-1]["To"]).endswith("<mission_xa@example.org>")


@pytest.mark.usefixtures("clock")
def test_a_reset_by_its_link_and_no_mail_to_strangers(committee: Committee) -> None:
    account = with_password(committee, "mission_xa")
    desk = Desk(committee, "mission_xa")
    ask("Mission_XA@example.org")
    path = link_in(delivered(LATER)[-1])
    assert sign_in(account).status_code == 302, "asking changes nothing"
    account.refresh_from_db()
    ask("mission_xa@example.org")
    with time_machine.travel(LATER + timedelta(seconds=5), tick=False):
        ask("mission_xa@example.org")
        path = link_in(delivered(LATER + timedelta(seconds=5))[-1])
        assert Client().post(path, NEW).status_code == 303
    assert desk.get("desk").status_code == 302, "every session has ended"
    assert sign_in(account, PASSWORD).status_code == 400
    assert sign_in(account, NEW["password"]).status_code == 302


@pytest.mark.parametrize("name", ["expert", "chair"])
@pytest.mark.usefixtures("clock")
def test_whoever_may_confirm_is_mailed_and_sent_no_link(committee: Committee, name: str) -> None:
    """The same answer and one mail; its text says that this takes a second hand."""
    ask(f"{name}@example.org")
    mail = delivered(LATER)[-1]
    assert "/account/link/" not in mail.get_content()
    assert "two hands" in mail.get_content()


@pytest.mark.usefixtures("clock")
def test_a_link_asked_for_before_the_seat_opens_nothing_after_it(committee: Committee) -> None:
    ask("nobody@example.org")
    path = link_in(delivered(LATER)[-1])
    assert Client().get(path).status_code == 200
    seated(committee.person("nobody"), actions.Naming(role=Role.EXPERT, instrument="letter"))
    assert Client().get(path).status_code == 404


def test_three_mails_an_hour_to_one_address(
    committee: Committee, clock: Traveller, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = RATES
    seen = set()
    for _ in range(6):
        clock.shift(10)
        for email in ("mission_xa@example.org", "absent__xa@example.org"):
            seen.add(str(bare(ask(email))))
    assert notices("account.asked") == 3
    assert len(seen) == 1, "held back or not, it is answered alike"
    clock.shift(3600)
    ask("mission_xa@example.org")
    assert notices("account.asked") == 4


def test_one_place_asks_twenty_times_an_hour(
    committee: Committee, clock: Traveller, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = RATES
    codes = [ask(f"{number}@example.org").status_code for number in range(22)]
    assert codes == [303] * 20 + [429] * 2
    page = ask("mission_xa@example.org")
    assert "Too many tries" in said(page)
    assert "<html lang" in page.content.decode()


@pytest.mark.usefixtures("committee")
def test_time_does_not_tell_who_has_an_account() -> None:
    """Interleaved, so that the machine's moods meet both; by Welch's t (dudect's threshold)."""
    client, took = Client(), {True: [], False: []}  # type: ignore[var-annotated]  # lists of seconds
    ask("warm@example.org", client)
    for number in range(60):
        known = number % 2 == 0
        cache.clear()
        begun = perf_counter()
        ask("mission_xa@example.org" if known else "absent__xa@example.org", client)
        took[known].append(perf_counter() - begun)
    middle = {known: sorted(some)[3:-3] for known, some in took.items()}
    a, b = middle[True], middle[False]
    spread = (statistics.variance(a) / len(a) + statistics.variance(b) / len(b)) ** 0.5
    t = (statistics.mean(a) - statistics.mean(b)) / spread
    gap = abs(statistics.mean(a) - statistics.mean(b))
    assert abs(t) < 4.5 or gap < 0.001, (t, gap)


# ── guessing ─────────────────────────────────────────────────────────────────────────────────────


def test_a_wrong_password_and_no_account_are_answered_alike_to_the_end(
    committee: Committee, clock: Traveller, settings: Any
) -> None:
    """Also when guessing is held back: five for one account in five minutes, then a wait."""
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key"}
    account = with_password(committee, "mission_xa")
    known, unknown = "mission_xa@example.org", "absent__xa@example.org"
    login = reverse("account_login")
    for number in range(7):
        given = {
            e: Client().post(login, {"login": e, "password": "wrong"}) for e in (known, unknown)
        }
        assert bare(given[known], known) == bare(given[unknown], unknown)
        assert given[known].status_code == (400 if number < 5 else 429)
    assert sign_in(account).status_code == 429, "the right one is not looked at either"
    clock.shift(301)
    assert sign_in(account).status_code == 302


def test_ten_failures_an_hour_from_one_place(
    committee: Committee, clock: Traveller, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = RATES
    login, account = reverse("account_login"), with_password(committee, "mission_xa")

    def guess(number: int) -> int:
        typed = {"login": f"{number}@example.org", "password": "wrong"}
        return Client().post(login, typed).status_code

    assert [guess(n) for n in range(12)] == [400] * 10 + [429] * 2
    assert sign_in(account).status_code == 429
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert sign_in(account, client=elsewhere).status_code == 302


def test_an_account_of_ones_own_does_not_buy_more_guesses(
    committee: Committee, clock: Traveller, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = RATES
    own, login = with_password(committee, "mission_xb"), reverse("account_login")
    codes = []
    for number in range(12):
        typed = {"login": f"{number}@example.org", "password": "wrong"}
        codes.append(Client().post(login, typed).status_code)
        clock.shift(1)
        if number < 9:
            assert sign_in(own).status_code == 302
    assert codes == [400] * 10 + [429] * 2


def test_the_counters_are_the_same_for_all_workers() -> None:
    """They lie in the database: memory of its own would give a guesser as many tries a worker."""
    assert str(CACHES["default"]["BACKEND"]).endswith("DatabaseCache")
