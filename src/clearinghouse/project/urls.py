"""The root of all addresses: pages carry their language first, machine addresses do not."""

from django.urls import URLPattern, URLResolver

from clearinghouse.api import urls as api
from clearinghouse.web import urls as web

urlpatterns: list[URLPattern | URLResolver] = [*api.urlpatterns, *web.urlpatterns]

handler400 = "clearinghouse.web.views.errors.bad_request"
handler403 = "clearinghouse.web.views.errors.forbidden"
handler404 = "clearinghouse.web.views.errors.missing"
handler500 = "clearinghouse.project.last_resort.broken"
handler429 = "clearinghouse.web.views.errors.held_back"  # asked for by the sign-in library
