"""A security key beside the application: added, used, counted, taken away; nothing else opens."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as tuned
from hypothesis import strategies as st

from clearinghouse.people.models import SignIns
from clearinghouse.people.signin import keys
from tests.committee import NOW, Committee
from tests.people.front_door import code, give_code, said, sign_in, with_factor, with_password
from tests.people.soft_key import SoftKey

LATER = NOW + timedelta(hours=1)
SITE = "http://localhost:8000"


@pytest.fixture(autouse=True)
def site() -> Iterator[None]:
    with override_settings(SITE_URL=SITE):
        yield


@pytest.fixture
def clock(committee: Committee) -> Iterator[Any]:
    with time_machine.travel(LATER, tick=False) as travelled:
        yield travelled


def now_code(clock: Any) -> str:
    """A code that has not been used yet."""
    clock.shift(31)
    return code(datetime.now(tz=UTC).timestamp())


def question(answer: Any) -> str:
    found = re.search(r'data-options="([^"]*)"', answer.content.decode())
    assert found, answer.content.decode()
    return unescape(found[1])


def inside(committee: Committee, clock: Any, name: str = "expert") -> Client:
    client = Client()
    sign_in(with_factor(with_password(committee, name)), client=client)
    assert give_code(client, now_code(clock)).status_code == 302
    return client


def add(client: Client, clock: Any, key: SoftKey, **instead: str) -> Any:
    answer = key.create(question(client.get(reverse("account-key"))))
    given = {"name": "blue key", "code": now_code(clock), "credential": answer}
    return client.post(reverse("account-key"), given | instead)


def opened(client: Client, key: SoftKey, **instead: str) -> Any:
    asked = client.get(reverse("mfa_authenticate"))
    given = {"credential": key.get(question(asked))}
    return client.post(reverse("mfa_authenticate"), given | instead)


def half_in(committee: Committee, name: str = "expert") -> Client:
    client = Client()
    sign_in(committee.accounts[name], client=client)
    return client


def test_a_key_opens_in_the_place_of_the_code(committee: Committee, clock: Any) -> None:
    client, key = inside(committee, clock), SoftKey()
    assert "Security keys" in said(client.get(reverse("account")))
    assert add(client, clock, key).headers["Location"] == reverse("account")
    listed = said(client.get(reverse("account")))
    assert "blue key" in listed
    assert "not used yet" in listed
    other = half_in(committee)
    assert other.get(reverse("desk")).status_code == 302
    assert opened(other, key).status_code == 302
    assert other.get(reverse("desk")).status_code == 200
    assert "not used yet" not in said(client.get(reverse("account")))
    counted = {row.outcome: row.count for row in SignIns.objects.all()}
    assert counted == {"entered": 2}


def test_only_pages_with_a_key_run_our_script_and_no_other(
    committee: Committee, clock: Any
) -> None:
    client = inside(committee, clock)
    policy = "Content-Security-Policy"
    page = client.get(reverse("account-key"))
    assert "script-src 'self'" in page.headers[policy]
    assert "unsafe" not in page.headers[policy]
    assert "<script" in page.content.decode()
    assert "script-src" not in client.get(reverse("account")).headers[policy]
    without = half_in(committee).get(reverse("mfa_authenticate"))
    assert "<script" not in without.content.decode()
    assert "script-src" not in without.headers[policy]
    add(client, clock, SoftKey())
    with_one = half_in(committee).get(reverse("mfa_authenticate"))
    assert "<script" in with_one.content.decode()
    assert "script-src 'self'" in with_one.headers[policy]


def test_none_is_added_without_an_application(committee: Committee, clock: Any) -> None:
    client = Client()
    sign_in(with_password(committee, "mission_xa"), client=client)
    for asked in (client.get, client.post):
        assert asked(reverse("account-key")).headers["Location"] == reverse("account-factor")
    assert not Authenticator.objects.exists()


WRONG = {
    "no name": ({"name": " "}, "What you call it"),
    "a long name": ({"name": "x" * 61}, "What you call it"),
    "a wrong code": ({"code": "000000"}, "code"),
    "no code": ({"code": ""}, "Code"),
    "no answer, for want of scripts": ({"credential": ""}, "has to run scripts"),
    "no answer of a key": ({"credential": '{"id": "x"}'}, "could not be added"),
    "no JSON": ({"credential": "{"}, "could not be added"),
    "brackets without end": ({"credential": "[" * 15_000}, "could not be added"),
    "too long": ({"credential": '"' + "x" * 30_000 + '"'}, "did not open"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_key_added_wrongly_is_refused_and_says_why(
    committee: Committee, clock: Any, wrong: str
) -> None:
    instead, words = WRONG[wrong]
    client = inside(committee, clock)
    refused = add(client, clock, SoftKey(), **instead)
    assert refused.status_code == 400
    assert words in said(refused)
    assert not keys.of(committee.accounts["expert"])
    if "name" not in instead:
        assert 'value="blue key"' in refused.content.decode(), "what was typed is kept"


def test_what_is_wrong_beside_the_code_does_not_use_it_up(
    committee: Committee, clock: Any
) -> None:
    client, key = inside(committee, clock), SoftKey()
    good = now_code(clock)
    assert add(client, clock, key, code=good, name="").status_code == 400
    asked = client.get(reverse("account-key"))
    again = {"name": "blue key", "code": good, "credential": key.create(question(asked))}
    assert client.post(reverse("account-key"), again).status_code == 303


ELSEWHERE = {
    "a page of another site": SoftKey(site="https://example.org"),
    "another page of the domain": SoftKey(site="http://www.localhost:8000"),
    "another port": SoftKey(site="http://localhost:9000"),
    "a key of another site": SoftKey(host="example.org"),
}


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_an_answer_given_elsewhere_adds_and_opens_nothing(
    committee: Committee, clock: Any, elsewhere: str
) -> None:
    false = ELSEWHERE[elsewhere]
    client, key = inside(committee, clock), SoftKey()
    assert add(client, clock, false).status_code == 400
    add(client, clock, key)
    relayed = SoftKey(site=false.site, host=false.host, secret=key.secret)
    other = half_in(committee)
    assert opened(other, relayed).status_code == 400
    assert other.get(reverse("desk")).status_code == 302


@pytest.mark.parametrize(
    "written", ["https://Localhost", "https://localhost:443", "https://localhost/x"]
)
def test_the_settings_may_write_the_site_in_their_own_way(
    committee: Committee, clock: Any, written: str
) -> None:
    with override_settings(SITE_URL=written):
        client = inside(committee, clock)
        assert add(client, clock, SoftKey(site="https://localhost")).status_code == 303
        assert (
            add(client, clock, SoftKey(name=b"b", site="https://localhost:80")).status_code == 400
        )


def test_an_answer_opens_once_and_only_what_was_asked(committee: Committee, clock: Any) -> None:
    client, key = inside(committee, clock), SoftKey()
    add(client, clock, key)
    first, second = half_in(committee), half_in(committee)
    answer = key.get(question(first.get(reverse("mfa_authenticate"))))
    assert opened(second, key, credential=answer).status_code == 400
    assert first.post(reverse("mfa_authenticate"), {"credential": answer}).status_code == 302
    third = half_in(committee)
    assert opened(third, key, credential=answer).status_code == 400


def test_a_key_that_counts_backwards_has_a_double(committee: Committee, clock: Any) -> None:
    client, key = inside(committee, clock), SoftKey()
    add(client, clock, key)
    double = SoftKey(secret=key.secret)
    assert opened(half_in(committee), key).status_code == 302
    assert opened(half_in(committee), key).status_code == 302
    assert opened(half_in(committee), double).status_code == 400
    key.count = -1
    assert opened(half_in(committee), key).status_code == 400, "zero after one is backwards"


def test_a_key_that_never_counts_opens_again(committee: Committee, clock: Any) -> None:
    client, key = inside(committee, clock), SoftKey()
    add(client, clock, key)
    for _ in range(2):
        key.count = -1
        assert opened(half_in(committee), key).status_code == 302


def test_the_key_of_somebody_else_opens_nothing(committee: Committee, clock: Any) -> None:
    theirs, ours = SoftKey(name=b"theirs"), SoftKey(name=b"ours")
    add(inside(committee, clock, "secretariat"), clock, theirs)
    add(inside(committee, clock), clock, ours)
    assert opened(half_in(committee), theirs).status_code == 400
    assert opened(half_in(committee), SoftKey(name=b"ours")).status_code == 400


def test_wrong_keys_are_limited_together_with_wrong_codes(
    committee: Committee, clock: Any, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key"}
    client, key = inside(committee, clock), SoftKey()
    add(client, clock, key)
    other = half_in(committee)
    for _ in range(3):
        assert opened(other, SoftKey()).status_code == 400
    for _ in range(2):
        assert give_code(other, "000000").status_code == 400
    assert opened(other, key).status_code == 429
    assert opened(other, key).status_code == 429, "also for the right key"
    counted = {row.outcome: row.count for row in SignIns.objects.all()}
    assert (counted["failed"], counted["held back"]) == (5, 2)


def test_one_is_taken_away_against_a_code_and_sessions_elsewhere_end(
    committee: Committee, clock: Any
) -> None:
    client, blue, red = inside(committee, clock), SoftKey(name=b"blue"), SoftKey(name=b"red")
    add(client, clock, blue)
    add(client, clock, red, name="red key")
    elsewhere = half_in(committee)
    opened(elsewhere, red)
    handle = keys.of(committee.accounts["expert"])[0].handle
    there = reverse("account-key-remove")
    assert client.post(there, {"key": handle, "code": "000000"}).status_code == 400
    assert client.post(there, {"key": handle, "code": now_code(clock)}).status_code == 303
    assert [k.name for k in keys.of(committee.accounts["expert"])] == ["red key"]
    assert client.get(reverse("account")).status_code == 200
    assert elsewhere.get(reverse("account")).status_code == 302
    assert opened(half_in(committee), blue).status_code == 400
    assert opened(half_in(committee), red).status_code == 302


@pytest.mark.parametrize("handle", ["", "x", "-1", "9" * 40, "\x00"])
def test_nobody_takes_the_key_of_somebody_else(
    committee: Committee, clock: Any, handle: str
) -> None:
    add(inside(committee, clock, "secretariat"), clock, SoftKey(name=b"theirs"))
    theirs = keys.of(committee.accounts["secretariat"])[0].handle
    client = inside(committee, clock)
    for each in (theirs, handle):
        given = {"key": each, "code": now_code(clock)}
        assert client.post(reverse("account-key-remove"), given).status_code == 303
    assert len(keys.of(committee.accounts["secretariat"])) == 1


def test_the_keys_go_with_the_application(committee: Committee, clock: Any) -> None:
    client = inside(committee, clock)
    add(client, clock, SoftKey())
    client.post(reverse("account-factor-remove"), {"code": now_code(clock)})
    assert not Authenticator.objects.exists()


def test_an_account_has_at_most_ten(committee: Committee, clock: Any) -> None:
    client = inside(committee, clock)
    for number in range(keys.MOST):
        assert add(client, clock, SoftKey(name=b"%d" % number)).status_code == 303
    assert "as many keys as it can have" in said(client.get(reverse("account-key")))
    given = {"name": "x", "code": now_code(clock), "credential": "{}"}
    assert client.post(reverse("account-key"), given).status_code == 400
    assert len(keys.of(committee.accounts["expert"])) == keys.MOST


def test_the_site_of_a_key_is_that_of_the_settings(committee: Committee, clock: Any) -> None:
    client = inside(committee, clock)
    with override_settings(ALLOWED_HOSTS=["*"]):
        asked = question(client.get(reverse("account-key"), headers={"host": "evil.example"}))
    assert json.loads(asked)["publicKey"]["rp"] == {"id": "localhost", "name": "Clearinghouse"}


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["id", "rawId", "type", "response", "clientDataJSON", "signature"])
            | st.text(max_size=8),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@pytest.mark.parametrize(
    "part", ["id", "rawId", "clientDataJSON", "signature", "attestationObject"]
)
@pytest.mark.parametrize("false", [10**15, [1, 2], True, None, {"a": 1}, 1.5])
def test_a_number_for_a_text_asks_for_no_memory(
    committee: Committee, clock: Any, part: str, false: Any
) -> None:
    """The library would make as many bytes as the number says."""
    client = inside(committee, clock)
    given = json.loads(SoftKey().create(question(client.get(reverse("account-key")))))
    held = given if part in given else given["response"]
    held[part] = false
    assert add(client, clock, SoftKey(), credential=json.dumps(given)).status_code == 400


@pytest.fixture
def two(committee: Committee, clock: Any) -> tuple[Client, Client]:
    """One inside, one that owes the second step and has a key for it."""
    client = inside(committee, clock)
    add(client, clock, SoftKey())
    return client, half_in(committee)


@tuned(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80, deadline=None)
@given(data=st.data())
def test_no_answer_however_broken_is_a_fault(
    two: tuple[Client, Client], data: st.DataObject
) -> None:
    inside, half = two
    key = SoftKey()
    for client, route, answers in (
        (inside, "account-key", key.create),
        (half, "mfa_authenticate", key.get),
    ):
        cache.clear()  # else the limit answers, and nothing is read
        broken = data.draw(broken_answers(answers(question(client.get(reverse(route))))))
        given = {"name": "x", "credential": json.dumps(broken)}
        assert client.post(reverse(route), given).status_code == 400, broken


@st.composite
def broken_answers(draw: st.DrawFn, sound: str) -> Any:
    """Anything at all; or a sound answer with one part changed, cut at an end, or left out."""
    whole = json.loads(sound)
    told = draw(st.sampled_from(["anything", "outer", "inner", "absent"]))
    if told == "anything":
        return draw(JSON)
    part = draw(st.sampled_from(sorted(whole["response"])))
    if told == "outer":
        return whole | {draw(st.sampled_from(["id", "rawId", "type", "response"])): draw(JSON)}
    if told == "absent":
        del whole["response"][part]
        return whole
    some = whole["response"][part]
    whole["response"][part] = draw(JSON | st.sampled_from([some[:-5], some[9:], some[:40], ""]))
    return whole
