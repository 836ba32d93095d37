"""Says of every request who is asking and when, as `request.actor` and `request.now`."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from clearinghouse.access.actor import Actor
from clearinghouse.people import queries
from clearinghouse.people.rules import Scope
from clearinghouse.people.signin import sessions


class Asking(HttpRequest):
    """A request once it is known who asks; `owes_factor`: signed in, and yet to be led on."""

    actor: Actor
    now: datetime
    owes_factor: bool
    scopes: frozenset[Scope] | None  # of the token that a program shows; None: a session, or none
    is_refused: bool  # a token was shown that opens nothing


class WhoIsAsking:
    """Rights are read from the seats at each request: a seat that ended ends at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Asking) -> HttpResponse:
        request.now = timezone.now()
        shown = request.headers.get("Authorization", "")
        request.scopes, request.is_refused = None, False
        if shown and request.path.startswith("/api/"):
            self._by_token(request, shown)
        else:
            request.actor, request.owes_factor = sessions.who(request, request.now)
        return self.get_response(request)

    def _by_token(self, request: Asking, shown: str) -> None:
        """Whoever shows a token is who it says, and not whoever is signed in."""
        request.actor, request.scopes = queries.bearer(shown, request.now)
        request.owes_factor, request.is_refused = False, request.actor.person_id is None
