"""Comes in by the front door, as a person would: address, password, code."""

import re
from email import message_from_bytes, policy
from html import unescape
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import encrypt
from django.test import Client
from django.urls import reverse

from clearinghouse.crossings.deliver import deliver_next
from clearinghouse.notices.models import Notice
from clearinghouse.people.models import Account
from tests.committee import Committee
from tests.web.desk import text

PASSWORD = "correct horse battery"
SECRET = generate_totp_secret()


def code(when: float, secret: str = SECRET) -> str:
    return str(format_hotp_value(hotp_value(secret, int(when) // 30)))


def with_password(committee: Committee, name: str) -> Account:
    account = committee.accounts[name]
    account.set_password(PASSWORD)
    account.save()
    return account


def with_factor(account: Account, secret: str = SECRET) -> Account:
    kind = Authenticator.Type.TOTP
    Authenticator.objects.create(user=account, type=kind, data={"secret": encrypt(secret)})
    return account


def sign_in(account: Account, password: str = PASSWORD, client: Client | None = None) -> Any:
    """The answer to address and password, with the browser that asked as `.client`."""
    typed = {"login": account.email, "password": password}
    return (client or Client()).post(reverse("account_login"), typed)


def give_code(client: Client, given: str) -> Any:
    return client.post(reverse("mfa_authenticate"), {"code": given})


class Kept:
    """A courier that keeps what it is given."""

    def __init__(self) -> None:
        self.mails: list[Any] = []

    def carry(self, message: Any) -> None:
        self.mails.append(message_from_bytes(message.content, policy=policy.default))

    def close(self) -> None:
        """Nothing is held open."""


def delivered(now: Any) -> list[Any]:
    """All mails that wait, as they leave."""
    by = Kept()
    while deliver_next(now, by) is not None:
        pass
    return by.mails


def link_in(mail: Any) -> str:
    """The path of the link in a mail."""
    found = re.search(r"https?://[^/\s]+(/\S+)", mail.get_content())
    assert found
    return found[1]


def notices(kind: str) -> int:
    return Notice.objects.unscoped("a test counts").filter(kind=kind).count()


def bare(response: Any, *hidden: str) -> tuple[int, str, dict[str, str]]:
    """Status, body and headers, without the tokens of the form and what was typed."""
    html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())
    for each in hidden:
        html = unescape(html).replace(each, "…")
    headers = {k: v for k, v in response.headers.items() if k != "Content-Length"}
    return response.status_code, html, headers


def said(response: Any) -> str:
    """What a page says, whichever browser has it."""
    return text(response)
