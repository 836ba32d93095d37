"""Signing in and out: the library's flow in our pages, which tell nobody who has an account."""

import json
import logging
from collections.abc import Callable
from typing import Any

from allauth.account.views import LoginView, LogoutView
from allauth.mfa.base.views import AuthenticateView
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from requests import RequestException

from clearinghouse.people.asking import Asking
from clearinghouse.people.signin import keys
from clearinghouse.people.signin.elsewhere import PROVIDER, turned_away
from clearinghouse.web.pages import page, scripted

log = logging.getLogger(__name__)


class SignIn(LoginView):  # type: ignore[misc]  # the library ships no types
    """By address and password. Wrong address and wrong password are answered alike."""

    request: Asking

    def render_to_response(self, context: dict[str, Any], **_kwargs: Any) -> HttpResponse:
        form = context["form"]
        shown = {
            "form": form,
            "address": form["login"].value() or "",
            "faults": [*form.non_field_errors(), *_of_fields(form)],
            "next": self.request.POST.get("next", self.request.GET.get("next", "")),
            "is_new": self.request.GET.get("done") == "password",
            "is_turned_away": self.request.GET.get("done") == "elsewhere",
            "elsewhere": settings.ENV.oidc_name if settings.ENV.oidc_server else "",
            "provider": PROVIDER,
            "seen_by": seen_by(),
        }
        status = (429 if _is_held_back(form) else 400) if form.is_bound else 200
        return page(self.request, "signing/in.html", shown, status=status)


class Verify(AuthenticateView):  # type: ignore[misc]  # the library ships no types
    """The second step of signing in: a code, a recovery code or a security key."""

    request: Asking

    def render_to_response(self, context: dict[str, Any], **_kwargs: Any) -> HttpResponse:
        asked = context["form"], context["webauthn_form"]
        form = next((one for one in asked if one.is_bound), asked[0])
        status = (429 if _is_held_back(form) else 400) if form.is_bound else 200
        has_keys = bool(keys.of(self.stage.login.user))
        shown = {
            "faults": [*form.non_field_errors(), *_of_fields(form)],
            "question": json.dumps(context["js_data"]["request_options"]),
            "has_keys": has_keys,
            "seen_by": seen_by(),
        }
        answer = page(self.request, "signing/code.html", shown, status=status)
        return scripted(answer) if has_keys else answer


def seen_by() -> str:
    """Of the forms before anybody is signed in."""
    return _("Nobody: what you type here serves to sign in and is shown to nobody.")


class SignOut(LogoutView):  # type: ignore[misc]  # the library ships no types
    """A GET asks, a POST signs out."""

    request: Asking

    def render_to_response(self, _context: dict[str, Any], **_kwargs: Any) -> HttpResponse:
        return page(self.request, "signing/out.html", {"back_url": reverse("desk")})


def elsewhere(request: Asking, provider_id: str) -> HttpResponse:
    """To the identity provider that the settings name; one that cannot be reached leads back."""
    return _asked_elsewhere(openid_connect.login, request, provider_id)


def back_from_elsewhere(request: Asking, provider_id: str) -> HttpResponse:
    """Back with its answer, which is asked for and checked before anybody is let in."""
    return _asked_elsewhere(openid_connect.callback, request, provider_id)


def _asked_elsewhere(
    view: Callable[..., HttpResponse], request: Asking, provider_id: str
) -> HttpResponse:
    try:
        return view(request, provider_id)
    except (RequestException, OAuth2Error, KeyError, TypeError, ValueError):
        log.warning("the identity provider did not answer as it should", exc_info=True)
        return redirect(turned_away())


def inactive(request: Asking) -> HttpResponse:
    return page(request, "signing/inactive.html", {})


def _is_held_back(form: Any) -> bool:
    """Whether the library let nobody try: too many have failed."""
    return any(e.code == "too_many_login_attempts" for e in _all_faults(form))


def _all_faults(form: Any) -> list[Any]:
    return [e for faults in form.errors.as_data().values() for e in faults]


def _of_fields(form: Any) -> list[str]:
    """One sentence a field, with the field's name: "E-mail address: This field is required."."""
    return [
        _("%(field)s: %(fault)s") % {"field": form[name].label, "fault": said[0]}
        for name, said in form.errors.items()
        if name in form.fields
    ]
