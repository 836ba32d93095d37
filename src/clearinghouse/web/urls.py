"""The pages' addresses. Each has a name, and every name a row in the access table."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, path

from clearinghouse.web import desk_urls
from clearinghouse.web.sections import SECTIONS
from clearinghouse.web.views import (
    confirmation,
    copies,
    demonstration,
    directory,
    formats,
    history,
    home,
    matrix,
    meetings,
    organisations,
    patterns,
    plan,
    search,
    signing,
    standards,
    states,
    watching,
)

pages: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("patterns", patterns.patterns, name="patterns"),
    path("standards/", standards.standards, name="standards"),
    path("standards/by-obligation/", standards.by_obligation, name="standards-by-obligation"),
    path("standards/instruments/", standards.instruments, name="instruments"),
    *(path(s.path, directory.section, {"route": s.route}, name=s.route) for s in SECTIONS),
    path("entries/<slug:code>/", directory.entry, name="entry"),
    path("entries/<slug:code>/history/", history.history, name="entry-history"),
    path("entries/<slug:code>/copies/<uuid:pk>/", copies.download, name="entry-copy"),
    path("directory.<str:kind>", directory.file, name="directory-file"),
    path("confirm/<str:token>/", confirmation.follow, name="confirmation"),
    path("standards/<slug:code>/", standards.standard, name="standard"),
    path("formats/", formats.formats, name="formats"),
    path("formats/<str:kind>/", formats.format_, name="format"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/<slug:code>/", organisations.organisation, name="organisation"),
    path("states/", states.states, name="states"),
    path("states/<slug:code>/", states.state, name="state"),
    path("states/<slug:code>/print/", states.state_print, name="state-print"),
    path("states/<slug:code>/sheet.pdf", states.state_sheet, name="state-sheet"),
    path("matrix/", matrix.matrix, name="matrix"),
    path("matrix/issues/", matrix.matrix_archive, name="matrix-archive"),
    path("matrix/<str:number>/", matrix.matrix_issue, name="matrix-issue"),
    path("matrix/<str:number>/matrix.<str:kind>", matrix.matrix_file, name="matrix-file"),
    path("search/", search.search, name="search"),
    path("action-plan/", plan.action_plan, name="action-plan"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/<slug:code>/", meetings.meeting, name="meeting"),
    path("meetings/documents/<uuid:pk>/<uuid:file>/", meetings.document, name="meeting-document"),
]

# The demonstration's own, without a language: they are no part of the product.
demo: list[URLPattern | URLResolver] = [
    path("demo/as/<slug:persona>", demonstration.demo_as, name="demo-as"),
    path("demo/outbox/", demonstration.demo_outbox, name="demo-outbox"),
    path("demo/outbox/<str:name>/", demonstration.demo_mail, name="demo-mail"),
    path(
        "demo/outbox/<str:name>/files/<int:number>/",
        demonstration.demo_mail_file,
        name="demo-mail-file",
    ),
]

# For calendar programs, without a language.
feeds: list[URLPattern | URLResolver] = [
    path("calendar.ics", meetings.calendar, name="calendar"),
    path("calendar/<str:key>.ics", meetings.calendar_of_seat, name="calendar-seat"),
]

# For programs, without a language: names of fields are the same in all of them.
published: list[URLPattern | URLResolver] = [
    path("formats/<str:kind>/<str:name>", formats.file, name="format-file"),
]

# For whoever watches the installation: no content, no language.
watched: list[URLPattern | URLResolver] = [
    path("healthz", watching.healthz, name="healthz"),
    path("metrics", watching.metrics, name="metrics"),
]

# Through an organisation's identity provider: without a language, for it keeps this address.
OIDC = "oidc/<slug:provider_id>/"
elsewhere: list[URLPattern | URLResolver] = [
    path(OIDC, signing.elsewhere, name="openid_connect_login"),
    path(OIDC + "callback/", signing.back_from_elsewhere, name="openid_connect_callback"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.root, name="root"),
    *watched,
    *feeds,
    *published,
    *(demo if settings.ENV.demo else []),
    *(elsewhere if settings.ENV.oidc_server else []),
    *i18n_patterns(*pages, *desk_urls.account, *desk_urls.desk),
]
