"""Refusals become pages in one place, so views never catch them; headers of every answer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from clearinghouse.access.errors import HeldBack, Invalid, Refused, Stale, Unavailable, Unseen
from clearinghouse.kernel.calendar import NEW_YORK
from clearinghouse.kernel.workflow import OutOfOrder
from clearinghouse.people import clock
from clearinghouse.people import queries as people
from clearinghouse.people.asking import Asking
from clearinghouse.watch.trouble import RETRY_AFTER
from clearinghouse.web.pages import error_page

STATUS: dict[type[Exception], int] = {
    Unseen: 404,
    Refused: 403,
    OutOfOrder: 409,
    Stale: 409,
    Invalid: 400,
    HeldBack: 429,
    Unavailable: 503,
}
UNREADABLE = "\N{REPLACEMENT CHARACTER}"
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def status_of(exc: Exception) -> int | None:
    return next((code for kind, code in STATUS.items() if isinstance(exc, kind)), None)


class DomainErrors:
    """Not seen is 404, seen but not allowed is 403, too early or too late is 409."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: Asking, exc: Exception) -> HttpResponse | None:
        status = status_of(exc)
        if status is None or request.path.startswith("/api/"):
            return None
        faults = exc.faults if isinstance(exc, Invalid) else {}
        answer = error_page(request, status, faults)
        if isinstance(exc, Unavailable):
            answer["Retry-After"] = RETRY_AFTER
        return answer


class ReadersClock:
    """Whoever has signed in is told moments by their own clock as well as New York's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Asking) -> HttpResponse:
        person = request.actor.person_id
        with clock.reading_in(people.zone_of(person) if person else NEW_YORK.key):
            return self.get_response(request)


class Utf8:
    """What is sent is read as UTF-8, as our pages ask for, whatever else it calls itself.

    A charset that a program names may be none of letters (base64) or make half characters (utf-7).
    A NUL in an address is read as a letter that could not be read: no database keeps or finds it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.encoding = "utf-8"
        request.path = request.path.replace("\0", UNREADABLE)
        request.path_info = request.path_info.replace("\0", UNREADABLE)
        return self.get_response(request)


class Headers:
    """Whatever a signed-in reader is shown is kept nowhere; what is public may be."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Asking) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        actor = getattr(request, "actor", None)
        personal = actor is None or actor.person_id or "CSRF_COOKIE" in request.META
        fresh = request.method not in {"GET", "HEAD"} or response.status_code != 200  # noqa: PLR2004  # OK
        kept = "no-store" if personal or fresh else "public, max-age=60"
        response.setdefault("Cache-Control", kept)
        patch_vary_headers(response, ["Cookie"])
        return response
