"""The one place where the sign-in library meets the house: sign-up is closed."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library ships no types
    """Accounts are made when somebody is named to a seat, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        del request
        return False

    def add_message(self, *_args: Any, **_kwargs: Any) -> None:
        """The desk says who is signed in; no flash message has to."""
