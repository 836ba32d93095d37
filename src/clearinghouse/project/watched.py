"""Counts and notes every request, the first to see it and the last: never what is in it."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from clearinghouse.access.actor import Actor
from clearinghouse.project.doors import ANYONE, TABLE
from clearinghouse.watch.figures import figures
from clearinghouse.watch.logs import REQUESTS, begin_request

log = logging.getLogger(REQUESTS)
BEHIND = "desk"


class Watched:
    """Outermost of all, so that it sees what the others answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begin_request()
        began = time.perf_counter()
        response = self.get_response(request)
        seconds, route = time.perf_counter() - began, route_of(request)
        method, status = str(request.method), response.status_code
        figures().count_request(public_name(route), method, status, seconds)
        told = {"route": route, "method": method, "status": status, "ms": round(seconds * 1000, 1)}
        log.info("answered", extra=told | {"roles": roles_of(request)})
        return response


def route_of(request: HttpRequest) -> str:
    """The name of the address; the address itself may hold what somebody looked for."""
    if request.path.startswith(settings.STATIC_URL):
        return "static"
    match = request.resolver_match
    return (match.view_name if match else "") or "none"


def public_name(route: str) -> str:
    """Addresses behind the sign-in are one: no figure tells of what happens in a room."""
    row = TABLE.get(route, {})
    return BEHIND if row and any(who != ANYONE for who in row.values()) else route


def roles_of(request: HttpRequest) -> list[str]:
    """What seats the asker holds; not who it is, nor for which body."""
    actor = getattr(request, "actor", None)
    return sorted({c.role.value for c in actor.capacities}) if isinstance(actor, Actor) else []
