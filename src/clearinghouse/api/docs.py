"""What people read about this door: the description as JSON, and as one page without script."""

from pathlib import Path

from django.http import HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.template.backends.django import DjangoTemplates
from zen_queries import queries_disabled

from clearinghouse.access.errors import Unseen
from clearinghouse.api import answers, errors, openapi
from clearinghouse.api.assembly import api
from clearinghouse.people.asking import Asking

# An engine of its own: the page stands alone, and this door needs no place among the apps.
TEMPLATES = DjangoTemplates(
    {
        "NAME": "api",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"autoescape": True},
    }
)


def description(request: Asking) -> HttpResponseBase:
    return answers.send(request, openapi.document(api))


def docs(request: Asking) -> HttpResponseBase:
    """Every operation with its parameters, its answer and an example. For people; English."""
    described = openapi.document(api)
    context = {
        "info": described["info"],
        "operations": [line | {"example": _shown(line)} for line in openapi.operations(described)],
        "kinds": sorted(set(errors.KINDS.values()), key=lambda kind: (kind.status, kind.name)),
    }
    with queries_disabled():
        page = TEMPLATES.get_template("api/docs.html").render(context, request)
    response = HttpResponse(page)
    return response if request.actor.person_id else answers.tagged(request, response)


def root(_request: Asking) -> HttpResponseBase:
    return HttpResponsePermanentRedirect(errors.DOCS)


def nowhere(_request: Asking, rest: str) -> HttpResponseBase:
    """An address that is none: answered as all that is not there is answered."""
    del rest
    return errors.translate(_request, Unseen("no such address"))


def _shown(line: openapi.Tree) -> str:
    content = line["responses"]["200"]["content"]["application/json"]
    return openapi.legible(content["example"])
