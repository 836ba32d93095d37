"""Through an organisation's identity provider: into accounts that are here, and no others."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from clearinghouse.people.models import Account
from clearinghouse.project import settings as project
from tests.committee import Committee
from tests.people.front_door import said, with_factor, with_password
from tests.people.provider import Provider, serving

LOGIN, BACK = (
    reverse(f"openid_connect_{name}", args=["organisation"]) for name in ("login", "callback")
)
AWAY = "/en/account/login/?done=elsewhere"


@pytest.fixture
def provider(committee: Committee, settings: Any) -> Iterator[Provider]:
    with serving() as served:
        named = deepcopy(project.SOCIALACCOUNT_PROVIDERS)
        app: Any = named["openid_connect"]["APPS"]
        app[0]["settings"] = {"server_url": served.url}
        settings.SOCIALACCOUNT_PROVIDERS = named
        served.person["email"] = "mission_xa@example.org"
        yield served


def come_in(provider: Provider, client: Any = None) -> tuple[Any, str]:
    """There and back: the browser, and where it was led in the end."""
    browser: Any = client or Client()
    there = browser.post(LOGIN)
    assert there.status_code == 302
    return browser, browser.get(BACK + provider.authorise(there.url)).url


def test_a_verified_address_opens_the_account_that_has_it(provider: Provider) -> None:
    before = Account.objects.count()
    client, led = come_in(provider)
    assert led == "/en/desk/"
    assert client.get(reverse("desk")).status_code == 200
    assert "Sign in through" in said(Client().get(reverse("account_login")))
    assert (Account.objects.count(), SocialAccount.objects.count()) == (before, 0)


@pytest.mark.parametrize(
    "person",
    [
        {"email": "absent@example.org"},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": None},
        {"email": ["mission_xa@example.org"]},
    ],
)
def test_nobody_else_is_let_in_and_nothing_is_made(
    provider: Provider, person: dict[str, Any]
) -> None:
    before = Account.objects.count()
    provider.person |= person
    client, led = come_in(provider)
    assert led == AWAY
    assert client.get(reverse("desk")).status_code == 302
    assert "did not lead to an account" in said(client.get(led))
    assert Account.objects.count() == before


@pytest.mark.parametrize(
    "token", [{"aud": "another"}, {"iss": "https://elsewhere.example"}, {"exp": 1}]
)
def test_a_token_for_somebody_else_or_too_old_is_none(
    provider: Provider, token: dict[str, Any]
) -> None:
    provider.token = token
    assert come_in(provider)[1] == AWAY


def test_an_answer_that_nobody_asked_for_is_none(provider: Provider) -> None:
    """Another browser's answer, one given twice, one made up."""
    one: Any = Client()
    query = provider.authorise(one.post(LOGIN).url)
    another: Any = Client()
    assert another.get(BACK + query).url == AWAY
    assert one.get(BACK + query).url == "/en/desk/"
    assert another.get(BACK + query).url == AWAY
    assert another.get(BACK + "?error=access_denied").url == AWAY
    assert another.get(BACK).url == AWAY
    assert another.get(LOGIN).status_code == 405, "a GET begins nothing"


def test_a_provider_that_is_broken_or_away_leads_back(provider: Provider, settings: Any) -> None:
    provider.breaks = True
    assert come_in(provider)[1] == AWAY
    named = deepcopy(project.SOCIALACCOUNT_PROVIDERS)
    settings.SOCIALACCOUNT_PROVIDERS = named  # where nobody answers
    browser: Any = Client()
    assert browser.post(LOGIN).url == AWAY
    assert browser.post(reverse("openid_connect_login", args=["absent"])).status_code == 404


@pytest.mark.parametrize(
    ("token", "led"),
    [
        ({}, "account-factor"),
        ({"amr": ["pwd"]}, "account-factor"),
        ({"amr": ["pwd", "mfa"]}, "desk"),
        ({"acr": "mfa"}, "desk"),
        ({"amr": "mfa"}, "account-factor"),
    ],
)
def test_the_providers_factor_counts_where_the_token_says_so(
    provider: Provider, token: dict[str, Any], led: str
) -> None:
    provider.person["email"], provider.token = "secretariat@example.org", token
    client, there = come_in(provider)
    assert there == "/en/desk/"
    answer = client.get(reverse("desk"))
    assert (answer.status_code == 200) is (led == "desk")
    assert led == "desk" or answer.url == reverse(led)


def test_else_ours_is_asked_for(provider: Provider, committee: Committee) -> None:
    provider.person["email"] = "secretariat@example.org"
    with_factor(with_password(committee, "secretariat"))
    client, led = come_in(provider)
    assert led == reverse("mfa_authenticate")
    assert client.get(reverse("desk")).status_code == 302
    provider.token = {"amr": ["mfa"]}
    assert come_in(provider)[1] == "/en/desk/"


def test_an_account_that_is_closed_stays_closed(provider: Provider) -> None:
    Account.objects.filter(email="mission_xa@example.org").update(is_active=False)
    assert come_in(provider)[1] == AWAY
