"""Security keys: they stand in for the code of the application at sign-in, and only beside one."""

import binascii
import json
import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlsplit

from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as library
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from clearinghouse.people.models import Account
from clearinghouse.people.signin import factors, figures, limits, sessions

KEY = Authenticator.Type.WEBAUTHN
MOST = 10  # keys of one account
LONGEST = 20_000  # characters of an answer; those of real keys have some 2,000
# What the library raises for an answer that no key gives.
UNREADABLE = (
    TypeError,
    ValueError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    NotImplementedError,
    RecursionError,
    struct.error,
    binascii.Error,
)
OUTER = ("id", "rawId", "type")
INNER = ("clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle")
UNASKED = _("Your browser has not asked the key: for that it has to run scripts.")
NOT_OPENED = _("The key did not open. Try again, or use a code.")
Found = TypeVar("Found")


@dataclass(frozen=True)
class Key:
    """A key as its holder sees it."""

    handle: str
    name: str
    added: datetime
    used: datetime | None


def _answer() -> forms.CharField:
    """What the browser brings back from a key. Empty where it runs no script."""
    said = {"required": UNASKED, "max_length": NOT_OPENED}
    return forms.CharField(widget=forms.HiddenInput, max_length=LONGEST, error_messages=said)


class KeyForm(AuthenticateWebAuthnForm):  # type: ignore[misc]  # the library ships no types
    """A key's answer at sign-in, counted and limited as a code is."""

    credential = _answer()

    def clean_credential(self) -> Authenticator:
        request = context.request
        with limits.trying(request, f"people.code:{self.user.pk}") as tried:
            found = _understood(self.cleaned_data["credential"], partial(_opened, self.user))
            if found is not None:
                tried.succeeded()
                return found
        figures.count(request, figures.FAILED)
        raise ValidationError(NOT_OPENED)

    def clean(self) -> dict[str, Any]:
        return _of_the_whole(self, super().clean())


class AddKeyForm(factors.CodeForm):
    """A new key under a name, against a code: whoever finds a desk open adds none."""

    name = forms.CharField(
        label=_("What you call it"),
        help_text=_("So that you know it in your list: “blue key”, “office computer”."),
        max_length=60,
    )
    credential = _answer()
    field_order = ("name", "credential", "code")  # a code is tried last, for it opens once
    use_required_attribute = False

    def clean_credential(self) -> dict[str, Any]:
        given = _understood(self.cleaned_data["credential"], _registered)
        if given is None:
            raise ValidationError(_("The key could not be added. Try again."))
        return given

    def clean_code(self) -> str:
        given: str = self.cleaned_data["code"] if self.errors else super().clean_code()
        return given

    def clean(self) -> dict[str, Any]:
        return _of_the_whole(self, super().clean())


def ask_new(account: Account) -> str:
    """What the browser is to ask a new key, as JSON; good for the next answer alone."""
    return json.dumps(library.begin_registration(account, passwordless=False))


def add(form: AddKeyForm) -> None:
    library.WebAuthn.add(form.user, form.cleaned_data["name"], form.cleaned_data["credential"])


def of(account: Account) -> list[Key]:
    """In the order in which they were added."""
    kept = _kept(account).order_by("created_at", "pk")
    return [Key(str(k.pk), k.data["name"], k.created_at, k.last_used_at) for k in kept]


def has_room(account: Account) -> bool:
    return bool(_kept(account).count() < MOST)


def remove(request: HttpRequest, account: Account, handle: str) -> None:
    """One key, if the account has it; the sessions elsewhere end, whoever began them."""
    for key in [k for k in _kept(account) if str(k.pk) == handle]:
        key.delete()
    sessions.renew(request)
    sessions.end_all(account.person_id, besides=request)


def _of_the_whole(form: forms.Form, cleaned: dict[str, Any] | None) -> dict[str, Any]:
    """What is wrong with an answer is said of the form: nobody sees or fills its field."""
    if "credential" in form.errors:
        form.add_error(None, form.errors.pop("credential").as_data())
    return cleaned or {}


def _kept(account: Account) -> Any:
    return Authenticator.objects.filter(user=account, type=KEY)


def _plain(given: Any) -> dict[str, Any]:
    """The parts of an answer that are read, each a text. Raises ValueError for anything else.

    The library takes a number for so many bytes: one line could ask for all memory there is.
    """
    parts = given["response"]
    texts = {name: given[name] for name in OUTER} | {n: parts[n] for n in INNER if n in parts}
    if not all(isinstance(text, str) for text in texts.values()):
        raise ValueError("a part of the answer is no text")
    outer = {name: texts.pop(name) for name in OUTER}
    return outer | {"clientExtensionResults": {}, "response": texts}


def _understood(answer: str, read: Callable[[Any], Found | None]) -> Found | None:
    """None for an answer that no key of the account can have given to what was asked."""
    try:
        return read(_plain(json.loads(answer)))
    except (*UNREADABLE, ValidationError):
        return None


def _registered(given: dict[str, Any]) -> dict[str, Any] | None:
    """The library takes an answer from any page of the domain: here it must be from the site."""
    answer = RegistrationResponse.from_dict(given)
    if answer.response.client_data.origin != _origin():
        return None
    library.complete_registration(given)
    return given


def _opened(account: Account, given: dict[str, Any]) -> Authenticator | None:
    answer = AuthenticationResponse.from_dict(given)
    if answer.response.client_data.origin != _origin():
        return None
    found = library.complete_authentication(account, given)
    return found if _counts_on(found, answer.response.authenticator_data.counter) else None


def _origin() -> str:
    """The site of the settings as a browser names it, without a path or a needless port."""
    site = urlsplit(settings.SITE_URL.lower())
    own = {"http": ":80", "https": ":443"}.get(site.scheme, "")
    return f"{site.scheme}://{site.netloc.removesuffix(own)}"


def _counts_on(key: Authenticator, count: int) -> bool:
    """Whether the key counts further than it ever did: if not there are two of it.

    WebAuthn level 3, 7.2 step 22. Many keys do not count and always say zero.
    """
    last = key.data.get("count", key.wrap().authenticator_data.counter)
    if (count or last) and count <= last:
        return False
    key.data["count"] = count
    key.save(update_fields=["data"])
    return True
