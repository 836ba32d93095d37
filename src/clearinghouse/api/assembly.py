"""The operations put together into one API."""

from ninja import NinjaAPI

from clearinghouse.api import (
    assistance,
    batches,
    copies,
    errors,
    mandate,
    matrix,
    meetings,
    needs,
    plan,
    standards,
    submissions,
)

api = NinjaAPI(
    title="Clearinghouse",
    version="1",
    description="What the site's pages show, as data. Whoever signs"
    " in on the site is told here what they may see there; a program that shows a token of a"
    " seat (Authorization: Bearer …) reads as that seat, and contributes for it.",
    urls_namespace="api-v1",
    openapi_url=None,
    docs_url=None,
)
for router in (
    standards,
    mandate,
    meetings,
    needs,
    matrix,
    plan,
    assistance,
    batches,
    submissions,
    copies,
):
    api.add_router("", router.router)
errors.teach(api)
