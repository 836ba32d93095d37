"""Says of every request who is asking and when, as `request.actor` and `request.now`."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from clearinghouse.access.actor import Actor
from clearinghouse.people.signin import sessions


class Asking(HttpRequest):
    """A request once it is known who asks; `owes_factor`: signed in, and yet to be led on."""

    actor: Actor
    now: datetime
    owes_factor: bool


class WhoIsAsking:
    """Rights are read from the seats at each request: a seat that ended ends at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Asking) -> HttpResponse:
        request.now = timezone.now()
        request.actor, request.owes_factor = sessions.who(request, request.now)
        return self.get_response(request)
