"""Says of every request who is asking and when, as `request.actor` and `request.now`."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from clearinghouse.access.actor import Actor
from clearinghouse.people.queries import actor_for


class Asking(HttpRequest):
    """A request once it is known who asks."""

    actor: Actor
    now: datetime


class WhoIsAsking:
    """Rights are read from the seats at each request: a seat that ended ends at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Asking) -> HttpResponse:
        request.now = timezone.now()
        request.actor = actor_for(request.user, request.now)
        return self.get_response(request)
