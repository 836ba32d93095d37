"""How the API says no: one kind of document, with a stable type and the field that is at fault."""

import pytest
from django.test import Client

from clearinghouse.access.errors import Invalid, Refused, Stale, Unavailable, Unseen
from clearinghouse.api import errors
from clearinghouse.kernel.workflow import OutOfOrder
from tests.api import published

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("standards?size=0", "size"),
        ("standards?size=201", "size"),
        ("standards?page=0", "page"),
        ("standards?page=abc", "page"),
        ("standards?page=99999999999999999999", "page"),
        ("standards?page=1&page=2", "page"),
        ("standards?fields=code,salt", "fields"),
        ("standards?fields=organisation.code", "fields"),
        ("standards?as_of=2003-13-01", "as_of"),
        ("standards?as_of=0", "as_of"),
        ("standards?as_of=", "as_of"),
        ("standards?lang=xx", "lang"),
        ("standards?q=%00", "q"),
        ("standards?nature=code", "nature"),
        ("standards?organisation__names__contains=a", "organisation__names__contains"),
        ("needs?state__salt__startswith=a", "state__salt__startswith"),
        ("needs/not-a-need", None),
        ("matrix/2003-13", "number"),
        ("matrix?lang=fr", "lang"),
        ("states/FR?salt=1", "salt"),
        ("instruments?q=tokyo", "q"),
    ],
)
@pytest.mark.usefixtures("loaded_pack")
def test_what_cannot_be_accepted(client: Client, asked: str, field: str | None) -> None:
    response = client.get(f"/api/v1/{asked}")
    told = response.json()
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    assert response.status_code == told["status"] == (400 if field else 404)
    assert [fault["field"] for fault in told["errors"]] == ([field] if field else [])
    schema = published.document()["components"]["schemas"]["Problem"]
    assert published.faults(told, schema) == []


def test_every_fault_is_told_at_once(client: Client) -> None:
    told = client.get("/api/v1/standards?size=0&page=0&lang=xx").json()
    assert {fault["field"] for fault in told["errors"]} == {"size", "page", "lang"}
    assert all(fault["message"] for fault in told["errors"])


def test_types_are_stable() -> None:
    assert {kind.__name__: (told.status, told.type) for kind, told in errors.KINDS.items()} == {
        "Unseen": (404, "/api/docs#problem-not-found"),
        "Refused": (403, "/api/docs#problem-refused"),
        "OutOfOrder": (409, "/api/docs#problem-out-of-order"),
        "Stale": (409, "/api/docs#problem-stale"),
        "KeyUsed": (422, "/api/docs#problem-key-used"),
        "Unsigned": (401, "/api/docs#problem-unsigned"),
        "Overtaken": (412, "/api/docs#problem-overtaken"),
        "Unconditional": (428, "/api/docs#problem-unconditional"),
        "Unfit": (400, "/api/docs#problem-invalid"),
        "Invalid": (400, "/api/docs#problem-invalid"),
        "Unavailable": (503, "/api/docs#problem-unavailable"),
        "ValidationError": (400, "/api/docs#problem-invalid"),
    }


@pytest.mark.parametrize("exc", [Unseen("x"), Refused("x"), OutOfOrder("x"), Stale("x"),
                                 Unavailable("x"), Invalid({"title": ["missing", "short"]})])  # fmt: skip
def test_a_problem_repeats_nothing_of_what_was_said_inside(exc: Exception, client: Client) -> None:
    request = client.get("/api/v1/").wsgi_request
    response = errors.translate(request, exc)
    assert response.status_code == errors.KINDS[type(exc)].status
    expected = ["missing", "short"] if isinstance(exc, Invalid) else []
    assert [fault.message for fault in errors.faults_of(exc)] == expected
    assert b'"x"' not in response.content


def test_other_methods_and_addresses_do_nothing(client: Client) -> None:
    assert client.post("/api/v1/standards", {}).status_code == 405
    assert client.delete("/api/v1/standards").status_code == 405
    nowhere = client.get("/api/v1/secrets/1")
    assert (nowhere.status_code, nowhere["Content-Type"]) == (404, errors.MEDIA_TYPE)
