"""Where a sign-in leads: to a page of this site, or to the desk; never elsewhere, never to a fault."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.committee import Committee
from tests.people.front_door import PASSWORD, with_password

ELSEWHERE = (
    "http://[",
    "//[::1",
    "https://[x]/",
    "https://example.org/",
    "//example.org",
    "\\\\x",
)


@pytest.mark.parametrize("there", [*ELSEWHERE, "javascript:alert(1)", "\0", "x" * 9_000])
def test_what_is_no_page_of_ours_leads_to_the_desk(committee: Committee, there: str) -> None:
    account = with_password(committee, "mission_xa")
    login = reverse("account_login")
    asked = {"next": there}
    assert Client().get(login, asked).status_code == 200
    typed = {"login": account.email, "password": PASSWORD, **asked}
    answer = Client().post(login, typed)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/en/desk/"), answer.headers["Location"]


def test_a_page_of_ours_is_where_it_leads(committee: Committee) -> None:
    account = with_password(committee, "mission_xa")
    there = reverse("desk-needs")
    typed = {"login": account.email, "password": PASSWORD, "next": there}
    assert Client().post(reverse("account_login"), typed).headers["Location"] == there
