"""The operations put together into one API."""

from ninja import NinjaAPI

from clearinghouse.api import (
    assistance,
    errors,
    mandate,
    matrix,
    meetings,
    needs,
    plan,
    standards,
)

api = NinjaAPI(
    title="Clearinghouse",
    version="1",
    description="What the site's pages show, as data. Everything here is read only. Whoever signs"
    " in on the site is told here what they may see there.",
    urls_namespace="api-v1",
    openapi_url=None,
    docs_url=None,
)
for router in (standards, mandate, meetings, needs, matrix, plan, assistance):
    api.add_router("", router.router)
errors.teach(api)
