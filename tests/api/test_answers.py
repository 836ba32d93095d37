"""What the API answers: the published shapes, filters, pages, languages, and tags."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from clearinghouse.access.actor import OPERATOR
from clearinghouse.assistance.actions import import_crs
from clearinghouse.needs.rules import Consent
from clearinghouse.standards.rules import Status
from tests.api import published
from tests.committee import NOW, Committee

AID = b",c,1\nrecipient_name,RecipientCode,Austria\nKosovo,57,3.5\n"


@pytest.fixture
def world(committee: Committee) -> Committee:
    """One of everything that can be asked for."""
    committee.standard()
    committee.need(consent=Consent.PUBLIC)
    committee.issue()
    import_crs(AID, "crs-2019.csv", 2019, by=OPERATOR, now=NOW)
    return committee


def get(client: Client, address: str) -> Any:
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == 200, response.content
    return response.json()


def codes(client: Client, address: str) -> list[str]:
    return [each["code"] for each in get(client, address)["results"]]


FEW = {"/api/v1/matrix": 6}  # not a list: a rendition whole, held to the consents of today
LISTS = [a for a in sorted(published.document()["paths"]) if "{" not in a]


@pytest.mark.parametrize("lang", ["", "?lang=fr"])
@pytest.mark.parametrize("address", LISTS)
@pytest.mark.usefixtures("world")
def test_an_answer_is_what_was_published(client: Client, address: str, lang: str) -> None:
    told = get(client, address.removeprefix("/api/v1/") + ("" if "matrix" in address else lang))
    assert published.faults(told, published.answered(address)) == []
    assert told.get("results", told) or "instruments" in address  # there was something to hold


@pytest.mark.parametrize("room", ["standards", "states", "organisations", "needs"])
@pytest.mark.usefixtures("world")
def test_one_thing_is_what_was_published(client: Client, room: str) -> None:
    key, parameter = ("id", "{pk}") if room == "needs" else ("code", "{code}")
    first = get(client, room)["results"][0]
    told = get(client, f"{room}/{first[key]}")
    assert published.faults(told, published.answered(f"/api/v1/{room}/{parameter}")) == []
    assert told[key] == first[key]


def test_a_withdrawn_standard_is_on_no_list_and_keeps_its_page(
    client: Client, committee: Committee
) -> None:
    code = committee.standard(Status.WITHDRAWN).code
    assert codes(client, "standards") == []
    assert get(client, f"standards/{code}")["withdrawn_because"] == "superseded"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=CONDUCT", 1),
        ("q=nothing+like+it", 0),
        ("obligation=1(a)", 1),
        ("obligation=3(c)", 0),
        ("organisation=XIO", 1),
        ("organisation=XRO", 0),
        ("area=legislation", 1),
        ("area=customs", 0),
        ("legal_nature=code", 1),
        ("legal_nature=treaty", 0),
        ("as_of=1900-01-01", 1),  # of unknown date: it may have stood
    ],
)
@pytest.mark.usefixtures("world")
def test_filters_of_the_register(client: Client, asked: str, found: int) -> None:
    told = get(client, f"standards?{asked}")
    assert told["total"] == len(told["results"]) == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("states", ["XA", "XB", "XC", "XD"]),
        ("states?q=borland", ["XB"]),
        ("states?organisation=xro", ["XA", "XB"]),
        ("states?lang=en&size=2&page=2", ["XC", "XD"]),
        ("organisations?kind=regional", ["XRO"]),
        ("organisations?member=XA&q=international", ["XIO"]),
        ("commitments", ["commitment-2"]),
        ("commitments?adoption=proposed", []),
        ("areas?size=1&page=2", ["customs"]),
        ("meetings", ["meeting-2025"]),
    ],
)
@pytest.mark.usefixtures("committee")
def test_filters_of_the_mandate(client: Client, asked: str, found: list[str]) -> None:
    assert codes(client, asked) == found


@pytest.mark.usefixtures("loaded_pack")
def test_instruments_as_of_a_day(client: Client) -> None:
    told = get(client, "instruments?as_of=1970-12-31")
    assert published.faults(told, published.answered("/api/v1/instruments")) == []
    assert [each["year"] for each in told["results"]] == [1963, 1970]


@pytest.mark.usefixtures("committee")
def test_pages_follow_one_another_to_the_end(client: Client) -> None:
    address, seen = "states?size=3", []
    while address:
        told = get(client, address)
        seen += [each["code"] for each in told["results"]]
        address = (told["next"] or "").removeprefix("/api/v1/")
    assert seen == ["XA", "XB", "XC", "XD"]
    assert get(client, "states?page=1000000&size=200")["results"] == []


@pytest.mark.usefixtures("committee")
def test_a_text_is_a_map_or_in_one_language(client: Client) -> None:
    assert get(client, "areas?size=1")["results"][0]["title"] == {"en": "Legislation"}
    assert get(client, "areas?size=1&lang=fr")["results"][0]["title"] == "Legislation"


@pytest.mark.usefixtures("committee")
def test_only_the_fields_asked_for(client: Client) -> None:
    assert get(client, "states?fields=code,iso3&size=1")["results"] == [
        {"code": "XA", "iso3": "XAX"}
    ]
    assert set(get(client, "states/XA?fields=groups")) == {"groups"}


@pytest.mark.usefixtures("committee")
def test_the_public_need_not_read_twice(client: Client) -> None:
    first = client.get("/api/v1/states")
    again = client.get("/api/v1/states", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert "no-store" not in again["Cache-Control"]
    other = client.get("/api/v1/states?size=1", headers={"If-None-Match": first["ETag"]})
    assert other.status_code == 200


def test_what_a_signed_in_reader_is_told_is_not_kept(client: Client, world: Committee) -> None:
    client.force_login(world.accounts["expert"])
    response = client.get("/api/v1/needs")
    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response
    assert "Cookie" in response["Vary"]


@pytest.mark.usefixtures("committee")
def test_head_is_get_without_a_body(client: Client) -> None:
    response = client.head("/api/v1/states")
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.usefixtures("world")
def test_a_list_takes_few_queries(
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    address: str,
) -> None:
    client.get(address)
    with django_assert_max_num_queries(FEW.get(address, 4)):
        client.get(address)
