"""The page /patterns: every component in every state, for those who build pages."""

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import get_language

from clearinghouse.kernel import languages
from clearinghouse.web import specimens


def patterns(request: HttpRequest) -> TemplateResponse:
    language = get_language() or languages.DEFAULT
    return TemplateResponse(request, "patterns.html", specimens.context(language))
