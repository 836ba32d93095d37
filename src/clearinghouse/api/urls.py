"""The API's addresses. Each has a name, and every name a row in the access table."""

from django.urls import URLPattern, URLResolver, include, path

from clearinghouse.api import docs
from clearinghouse.api.assembly import api

operations, _, namespace = api.urls
v1: list[URLPattern | URLResolver] = [
    *(address for address in operations if getattr(address, "name", "") != "api-root"),
    path("", docs.root, name="api-root"),
    path("openapi.json", docs.description, name="openapi"),
    path("<path:rest>", docs.nowhere, name="nowhere"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/docs", docs.docs, name="api-docs"),
    path("api/v1/", include((v1, namespace))),
]
