"""Signing in and out: the library's flow in our pages, which tell nobody who has an account."""

from typing import Any

from allauth.account.views import LoginView, LogoutView
from django.http import HttpResponse
from django.urls import reverse

from clearinghouse.people.asking import Asking
from clearinghouse.web.pages import page


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
        }
        return page(self.request, "signing/in.html", shown, status=400 if form.is_bound else 200)


class SignOut(LogoutView):  # type: ignore[misc]  # the library ships no types
    """A GET asks, a POST signs out."""

    request: Asking

    def render_to_response(self, _context: dict[str, Any], **_kwargs: Any) -> HttpResponse:
        return page(self.request, "signing/out.html", {"back_url": reverse("desk")})


def inactive(request: Asking) -> HttpResponse:
    return page(request, "signing/inactive.html", {})


def _of_fields(form: Any) -> list[str]:
    """One sentence a field, with the field's name: "E-mail address: This field is required."."""
    return [
        f"{form[name].label}: {said[0]}"
        for name, said in form.errors.items()
        if name in form.fields
    ]
