"""The answers of last resort: a forged form, an absent address, trouble, a fault of ours."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import get_template

from clearinghouse.access.actor import PUBLIC
from clearinghouse.people.asking import Asking
from clearinghouse.watch.trouble import RETRY_AFTER
from clearinghouse.web.pages import error_page

TooLarge = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def _asking(request: HttpRequest) -> Asking:
    asking: Asking = request  # type: ignore[assignment]  # the middleware may not have come so far
    if not hasattr(asking, "actor"):
        asking.actor = PUBLIC
    return asking


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from our page, or from one opened too long ago."""
    del reason
    return error_page(_asking(request), 403, {})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    status = 413 if isinstance(exception, TooLarge) else 400
    return error_page(_asking(request), status, {})


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    del exception
    return error_page(_asking(request), 403, {})


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    del exception
    return error_page(_asking(request), 404, {})


def held_back(request: HttpRequest) -> HttpResponse:
    return error_page(_asking(request), 429, {})


def unavailable(request: HttpRequest) -> HttpResponse:
    """Trouble of the database or the disk: a page of the house, or a bare one if that fails."""
    try:
        answer = error_page(_asking(request), 503, {})
    except (DatabaseError, OSError):
        answer = HttpResponse(get_template("errors/503.html").render({}), status=503)
    answer["Retry-After"] = RETRY_AFTER
    return answer


def broken(_request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database: it may be what is broken."""
    return HttpResponseServerError(get_template("errors/500.html").render({}))
