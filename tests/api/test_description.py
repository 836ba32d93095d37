"""The published description is whole: every operation is explained, and its examples are true."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clearinghouse.api.assembly import api
from clearinghouse.project.doors import TABLE
from tests.api import published

ADDRESSES = sorted(a for a, told in published.document()["paths"].items() if "get" in told)
ROOMS = {
    "standards", "instruments", "states", "organisations", "obligations", "areas", "needs",
    "issues", "matrix", "commitments", "meetings", "figures", "batches", "submissions",
    "entries",
}  # fmt: skip


def references(tree: Any) -> set[str]:
    if isinstance(tree, dict):
        own = {tree["$ref"]} if "$ref" in tree else set()
        return own.union(*(references(each) for each in tree.values()))
    return set().union(*(references(each) for each in tree)) if isinstance(tree, list) else set()


def test_every_room_is_there() -> None:
    assert {address.split("/")[3] for address in ADDRESSES} == ROOMS


def test_the_document_hangs_together() -> None:
    document = published.document()
    assert document["openapi"] == "3.1.0"
    assert set(document["info"]) >= {"title", "version"}
    names = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert references(document) <= names
    ids = [published.operation(address)["operationId"] for address in ADDRESSES]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_operation_is_explained(address: str) -> None:
    told = published.operation(address)
    assert told["summary"]
    assert set(published.document()["paths"][address]) <= {"get", "patch"}
    in_path = {p["name"] for p in told["parameters"] if p["in"] == "path"}
    assert in_path == set(re.findall(r"{(\w+)}", address))
    assert all(p["description"] for p in told["parameters"] if p["in"] == "query")
    assert "application/problem+json" in told["responses"]["404"]["content"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_example_is_what_the_schema_promises(address: str) -> None:
    content = published.operation(address)["responses"]["200"]["content"]["application/json"]
    assert published.faults(content["example"], content["schema"]) == []
    assert content["example"]


def test_the_holding_against_a_schema_notices() -> None:
    schema = published.answered("/api/v1/areas")
    assert published.faults({"total": 1}, schema)
    whole: dict[str, Any] = {"total": 0, "page": 1, "size": 20, "next": None, "results": []}
    assert published.faults(whole, schema) == []
    assert published.faults(whole | {"salt": "x"}, schema) == ["answer has salt"]


def test_every_address_has_a_row_in_the_access_table() -> None:
    names = {f"api-v1:{getattr(address, 'name', None)}" for address in api.urls[0]}
    assert names <= set(TABLE)


@pytest.mark.django_db
def test_the_page_of_documentation_lists_every_operation(client: Client) -> None:
    page = client.get(reverse("api-docs"))
    text = page.content.decode()
    assert page.status_code == 200
    assert '<html lang="en"' in text
    assert "<script" not in text
    assert all(f"GET {address}</code>" in text for address in ADDRESSES)
    assert 'id="problem-not-found"' in text


@pytest.mark.django_db
def test_the_description_is_served(client: Client) -> None:
    assert client.get("/api/v1/openapi.json").json() == published.document()
    assert client.get("/api/v1/")["Location"] == "/api/docs"
