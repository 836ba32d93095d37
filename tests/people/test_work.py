"""Who has an account cannot be told by work: the same passwords are hashed, the same queries asked."""

import re
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clearinghouse.people.models import Account
from tests.committee import Committee

Work = tuple[int, list[str], int]  # passwords hashed, what was asked of which tables, the status
# What differs from one asking to the next: values, and the names of savepoints and cursors.
SAID = re.compile(r"'[^']*'|\"s\d+_x\d+\"|\b\d+\b|_django_curs_\w+")


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The library's hasher counts its runs, and hashes as it does."""
    runs: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: Any, password: str, salt: str) -> str:
        runs.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return runs


def work(hashed: list[str], route: str, **typed: str) -> Work:
    """Of a stranger's browser that sends this form."""
    cache.clear()
    hashed.clear()
    with CaptureQueriesContext(connection) as asked:
        status = Client().post(reverse(route), typed).status_code
    return len(hashed), [SAID.sub("-", each["sql"]) for each in asked], status


def tried(email: str, hashed: list[str]) -> Work:
    return work(hashed, "account_login", login=email, password="wrong, and long enough")


def test_a_wrong_password_is_as_much_work_as_no_account(
    committee: Committee, hashed: list[str]
) -> None:
    known = committee.accounts["mission_xa"].email
    tried("warm@example.org", hashed)
    one, other = tried(known, hashed), tried("a" * (len(known) - 12) + "@example.org", hashed)
    assert one[0] == other[0] == 1
    assert one == other


def test_an_account_that_is_shut_is_as_much_work_as_none(
    committee: Committee, hashed: list[str]
) -> None:
    account = committee.accounts["mission_xa"]
    Account.objects.filter(pk=account.pk).update(is_active=False)
    tried("warm@example.org", hashed)
    assert tried(account.email, hashed) == tried("absent@example.org", hashed)


def test_asking_for_a_new_password_hashes_nothing(committee: Committee, hashed: list[str]) -> None:
    known = committee.accounts["mission_xa"].email
    for email in (known, "absent@example.org"):
        assert work(hashed, "account-reset", email=email)[0] == 0
