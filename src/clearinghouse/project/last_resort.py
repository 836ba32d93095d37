"""What is answered when an exception has come all the way: trouble that passes, or our fault."""

import sys

from django.http import HttpRequest, HttpResponse

from clearinghouse.api import errors as api
from clearinghouse.watch.trouble import is_trouble
from clearinghouse.web.views import errors as web


def broken(request: HttpRequest) -> HttpResponse:
    """503 where the database or the disk is in trouble, whoever met it; else 500."""
    if not is_trouble(sys.exc_info()[1]):
        return web.broken(request)
    if request.path.startswith("/api/"):
        return api.answer(api.UNAVAILABLE)
    return web.unavailable(request)
