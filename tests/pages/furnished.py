"""A world with something behind every door: one of each thing that a page may show."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any

import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.urls import reverse

from clearinghouse.access.actor import OPERATOR, Role
from clearinghouse.people import actions as people
from clearinghouse.people.models import Account
from clearinghouse.people.signin import links
from clearinghouse.web.forms.letters import VALUE
from tests.committee import MERGED, Committee
from tests.databases import copied
from tests.people import front_door
from tests.people.soft_key import SoftKey
from tests.two_worlds import worlds
from tests.two_worlds.addresses import Ask
from tests.two_worlds.differences import SECRETS
from tests.two_worlds.worlds import CRAWL, Fork, Things

# Done beside what the fork has: things in the states that it has none of.
DONE = (
    "need identified, committee",
    "need observed, was public, now committee",
    "need contributed, submitted",
    "standard contributed, in_review",
    "standard drafted on behalf",
    "revision begun",
    "copy in a draft",
    "item of a State in the tray",
    "item of nobody in the tray",
    "proposal for the plan",
    "seat enlisted",
    "person entered and seated",
    "restricted document",
    "XRO takes part in the exchange",
    "XRO trusted once",
    "body invited",
    "XRO invited to contribute",
    "calendar subscribed to",
    "note drafted to XA",
    "note initialled, to XA",
    "note cancelled, to XC",
    "notes drafted together",
    "letter to sign, to XIO",
    "letter out, to XRO",
)
HALF_IN, WITH_FACTOR, OWING = "half signed in", "with a second factor", "owing a second factor"
TOO_MANY = tuple((f"field-{n}", "") for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
Asked = tuple[str, Ask]


@dataclass
class Furnished:
    """The fork with one of each thing; and who else is about, by their cookies."""

    fork: Fork
    things: Things = field(default_factory=Things)
    cookies: dict[str, str] = field(default_factory=dict)

    def __call__(self, c: Committee) -> None:
        made = (SECRETS[name].do(c, self.fork) for name in DONE)
        self.things = reduce(add, made, self.fork.things)
        self._propose(c)

    def _propose(self, c: Committee) -> None:
        """A second Expert is proposed, and waits for the first one's hand."""
        email = "second.expert@example.org"
        person = people.enter(name="Second", email=email, language="en", by=OPERATOR, now=c.now)
        naming = people.Naming(role=Role.EXPERT, instrument="note 2")
        people.propose(person, naming, by=c.actor("administrator"), now=c.now)

    def let_in(self) -> None:
        """On the day of the crawl: one owes a code, one has given it, one owes a second factor."""
        with time_machine.travel(CRAWL, tick=False):
            c = self.fork.at(CRAWL)
            account = front_door.with_factor(front_door.with_password(c, "secretariat_2"))
            RecoveryCodes.activate(account)
            _give_key(account)
            owing = front_door.with_password(c, "administrator")
            self.cookies = dict(self.fork.cookies) | {
                HALF_IN: _cookie(front_door.sign_in(account)),
                WITH_FACTOR: worlds.sign_in(account),
                OWING: _cookie(front_door.sign_in(owing)),
                "administrator": worlds.sign_in(owing),  # the new password shut the session before
            }

    def asks(self) -> Iterator[Asked]:
        """What is asked beside every address: pages that come only to whoever did something."""
        c = self.fork.committee
        link = links.make(c.accounts["focal_xro"], links.Purpose.INVITATION, CRAWL)
        yield "public", Ask("account-link", "GET", reverse("account-link", args=[link]))
        yield HALF_IN, _get("mfa_authenticate")
        yield HALF_IN, _post("mfa_authenticate", code="0")
        yield WITH_FACTOR, _get("account")
        yield WITH_FACTOR, _get("account-key")
        yield WITH_FACTOR, _post("account-key", name="", code="", credential="{}")
        yield WITH_FACTOR, _post("account-codes", code="0")
        yield WITH_FACTOR, _post("account-codes", code=front_door.code(CRAWL.timestamp()))
        yield OWING, _get("account-factor")
        yield "expert", _post("desk-calendar-make", seat=str(c.seats["expert"].pk))
        yield from self._letters()
        yield from self._refused()

    def _letters(self) -> Iterator[Asked]:
        for route in ("desk-letter-new", "desk-letters-bulk"):
            yield "secretariat", _get(route, "template=note-invite")
        form = {"bodies": "XA", "do": "preview"} | {f"{VALUE}{k}": v for k, v in MERGED.items()}
        yield "secretariat", _post("desk-letters-bulk", "template=note-invite", **form)

    def _refused(self) -> Iterator[Asked]:
        """From elsewhere; more than is taken; and before its time."""
        yield "public", replace(_post("account-reset", email="a"), foreign=True)
        yield "secretariat", replace(_post("desk-intake-new"), form=TOO_MANY)
        yield "mission_xa", Ask("desk-needs", "GET", reverse("desk-needs") + "?done=saved")


@contextmanager
def furnished(folder: Path, shared: Path) -> Iterator[Furnished]:
    """That world, open for a while in a copy of the migrated database."""
    with copied(folder, shared):
        made = Furnished(worlds.build())
        with worlds.opened(folder, made.fork, made):
            made.let_in()
            yield made


def _give_key(account: Account) -> None:
    question = json.dumps({"publicKey": {"challenge": "AAAA"}})
    answer = json.loads(SoftKey(site=settings.SITE_URL).create(question))
    data = {"name": "blue key", "credential": answer}
    Authenticator.objects.create(user=account, type=Authenticator.Type.WEBAUTHN, data=data)


def _get(route: str, query: str = "") -> Ask:
    return Ask(route, "GET", f"{reverse(route)}?{query}" if query else reverse(route))


def _post(route: str, query: str = "", **form: str) -> Ask:
    return replace(_get(route, query), method="POST", form=tuple(form.items()))


def _cookie(answer: Any) -> str:
    return str(answer.client.cookies[settings.SESSION_COOKIE_NAME].value)
