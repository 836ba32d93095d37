"""An expert adds a security key, and comes in with it where the code of the telephone was asked."""

from datetime import UTC, datetime

import time_machine
from django.urls import reverse

from clearinghouse.crossings.demonstration import address
from clearinghouse.people.models import Account
from clearinghouse.people.signin import factors
from tests.browser.conftest import Arrive
from tests.browser.visitor import Visitor
from tests.people import front_door

KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": False,
    "hasUserVerification": False,
    "automaticPresenceSimulation": True,
}


def test_it_stands_in_for_the_code(arrive: Arrive, clock: time_machine.Traveller) -> None:
    account = _with_an_application("expert")
    expert = arrive()
    assert _comes_to_the_second_step(expert, account).sees("Enter the code")
    assert not expert.sees("security key"), "there is none yet"
    expert.write("Code", _code(clock)).press("Continue")
    expert.open("account/").press("Add a security key")
    expert.write("What you call it", "blue key").write("Code", _code(clock))
    if not expert.scripted:
        assert expert.press("Add the key").sees("it has to run scripts")
        return
    expert.page.evaluate("() => { navigator.credentials.create = () => Promise.reject() }")
    expert.press("Add the key").main.get_by_text("No key has answered").wait_for(state="visible")
    expert.page.reload()
    expert.write("What you call it", "blue key").write("Code", _code(clock))
    _put_in(expert)
    expert.press("Add the key").page.wait_for_url(f"**{reverse('account')}")
    assert expert.sees("blue key")

    expert.context.clear_cookies()
    _comes_to_the_second_step(expert, account).press("Use the security key")
    expert.page.wait_for_url(f"**{reverse('desk')}")


def _with_an_application(persona: str) -> Account:
    account = Account.objects.get(email=address(persona))
    account.set_password(front_door.PASSWORD)
    account.save()
    factors.remove_all(account)
    return front_door.with_factor(account)


def _comes_to_the_second_step(visitor: Visitor, account: Account) -> Visitor:
    visitor.open("account/login/").write("E-mail address", account.email)
    visitor.write("Password", front_door.PASSWORD).press("Sign in")
    visitor.page.wait_for_url(f"**{reverse('mfa_authenticate')}")
    return visitor


def _code(clock: time_machine.Traveller) -> str:
    """One that has not been used yet."""
    clock.shift(31)
    return front_door.code(datetime.now(tz=UTC).timestamp())


def _put_in(visitor: Visitor) -> None:
    """A key into the machine, whose holder touches it whenever it is asked."""
    machine = visitor.context.new_cdp_session(visitor.page)
    machine.send("WebAuthn.enable")
    machine.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
