"""The pages' addresses. Each has a name, and every name a row in the access table."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, path

from clearinghouse.web.views import home, patterns

pages: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("patterns", patterns.patterns, name="patterns"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.root, name="root"),
    *i18n_patterns(*pages),
]
