"""Signing in through an organisation's identity provider, to accounts that are here already."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse

from clearinghouse.people.models import Account
from clearinghouse.people.queries import account_to_write_to
from clearinghouse.people.signin import figures

PROVIDER = "organisation"  # the one that the settings name


class ElsewhereAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # ships no types
    """An address that the provider has verified leads to the account with it, or nowhere.

    No account is made, nothing is linked or kept of what the provider says: whether the address
    still leads in is asked anew each time.
    """

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        del request, sociallogin
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        said = sociallogin.account.extra_data
        account = _account(said.get("userinfo") or said.get("id_token") or {})
        if account is None or sociallogin.state.get("process") != "login":
            raise _turned_away(request)
        sociallogin.user = account
        request.has_factor_elsewhere = _has_factor(  # type: ignore[attr-defined]  # read below, in the same request
            said.get("id_token") or {}
        )

    def on_authentication_error(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> None:
        """Cancelled, expired, malformed: one answer for all of them."""
        raise _turned_away(request)


def has_factor(request: HttpRequest) -> bool:
    """Whether the provider, in this very request, vouched for a second factor."""
    return bool(getattr(request, "has_factor_elsewhere", False))


def turned_away() -> str:
    return f"{reverse('account_login')}?done=elsewhere"


def _turned_away(request: HttpRequest) -> ImmediateHttpResponse:
    figures.count(request, figures.FAILED)
    return ImmediateHttpResponse(redirect(turned_away()))


def _account(said: dict[str, Any]) -> Account | None:
    email = said.get("email")
    if not isinstance(email, str) or said.get("email_verified") is not True:
        return None
    return account_to_write_to(email)


def _has_factor(token: dict[str, Any]) -> bool:
    """By the token's `acr` or `amr`, where it is one of the values that the settings name."""
    methods = token.get("amr")
    given = {token.get("acr"), *(methods if isinstance(methods, list) else ())}
    return bool({str(one) for one in given if one} & settings.OIDC_FACTOR)
