"""What the sign-in library asks of the house: no sign-up, sealed secrets, figures of attempts."""

import base64
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from clearinghouse.people.models import Account
from clearinghouse.people.signin import elsewhere, figures, sessions

ISSUER = "Clearinghouse"  # the name under which applications and keys list the account
UNKNOWN = "::"  # stands where a request says no address: only tests and scripts make such


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library ships no types
    """Accounts are made when somebody is named to a seat, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        del request
        return False

    def is_safe_url(self, url: str) -> bool:
        """What is no address at all ("http://[") leads nowhere, and is no fault of ours."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def add_message(self, *_args: Any, **_kwargs: Any) -> None:
        """The desk says who is signed in; no flash message has to."""

    def get_client_ip(self, request: HttpRequest) -> str:
        known = request.META.get("REMOTE_ADDR")
        return str(super().get_client_ip(request)) if known else UNKNOWN

    def is_reauthentication_required(self, *, app: str, **_kwargs: Any) -> bool:
        """Each of our pages that touches a credential asks for one with the act itself."""
        del app
        return False

    def authentication_failed(self, request: HttpRequest, **_credentials: Any) -> None:
        figures.count(request, figures.FAILED)

    def get_login_stages(self) -> list[str]:
        """No second step where the provider of the account has vouched for one."""
        return [] if elsewhere.has_factor(self.request) else list(super().get_login_stages())

    def post_login(
        self, request: HttpRequest, user: Account, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if elsewhere.has_factor(request):
            sessions.prove(request, user)
        figures.count(request, figures.ENTERED)
        response: HttpResponse = super().post_login(request, user, *args, **kwargs)
        return response


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library ships no types
    """Secrets of second factors lie in the database sealed with a key made from the secret key."""

    def get_totp_issuer(self) -> str:
        return ISSUER

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Security keys open the site of the settings, whatever host a request names."""
        return {"id": urlsplit(settings.SITE_URL).hostname or "", "name": ISSUER}

    def encrypt(self, text: str) -> str:
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _seal().decrypt(encrypted_text.encode()).decode()


def _seal() -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"clearinghouse second factors")
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))
