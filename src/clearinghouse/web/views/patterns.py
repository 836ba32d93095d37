"""The page /patterns: every component in every state, for those who build pages."""

from django.http import HttpResponse
from django.utils.translation import get_language

from clearinghouse.kernel import languages
from clearinghouse.people.asking import Asking
from clearinghouse.web import specimens
from clearinghouse.web.pages import page


def patterns(request: Asking) -> HttpResponse:
    return page(request, "patterns.html", specimens.context(get_language() or languages.DEFAULT))
