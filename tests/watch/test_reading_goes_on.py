"""While the database takes no writes, reading goes on; what would change something is a 503."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.committee import Committee
from tests.web.desk import Desk

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="a refused write ends the transaction of the test"
)


@contextmanager
def read_only() -> Iterator[None]:
    """As with a full disk, or a database opened for reading alone."""
    connection.ensure_connection()
    raw: Any = connection.connection  # beside Django, which takes nothing after a refused write
    raw.execute("PRAGMA query_only = ON")
    try:
        yield
    finally:
        raw.execute("PRAGMA query_only = OFF")


@pytest.mark.parametrize(
    "route", ["home", "standards", "matrix", "organisations", "account_login"]
)
def test_the_public_reads_on(committee: Committee, route: str) -> None:
    assert committee.accounts
    with read_only():
        assert Client().get(reverse(route)).status_code == 200


@pytest.mark.parametrize("route", ["desk", "desk-needs", "desk-submissions", "matrix"])
def test_a_session_reads_on_from_its_first_request(committee: Committee, route: str) -> None:
    desk = Desk(committee, "mission_xa")
    with read_only():
        assert desk.get(route).status_code == 200


def test_a_write_is_told_to_come_again(committee: Committee) -> None:
    desk = Desk(committee, "focal_xio")
    desk.client.raise_request_exception = False
    with read_only():
        answer = desk.begin()
    assert answer.status_code == 503
    assert answer["Retry-After"]


def test_nobody_signs_in_meanwhile(committee: Committee) -> None:
    browser = Client(raise_request_exception=False)
    typed = {"login": committee.accounts["chair"].email, "password": "x" * 20}
    with read_only():
        answer = browser.post(reverse("account_login"), typed)
    assert answer.status_code == 503
    assert settings.SESSION_COOKIE_NAME not in answer.cookies
