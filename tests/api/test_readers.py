"""Each reader is told by the API what the consents allow, and what is not theirs is not there."""

import hashlib
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from clearinghouse.circulars.rules import State
from clearinghouse.kernel.canonical import canonical
from clearinghouse.needs.rules import Consent
from tests.committee import Committee


def read(client: Client, committee: Committee, name: str, address: str) -> Any:
    client.logout()
    if name != "public":
        client.force_login(committee.accounts[name])
    return client.get(f"/api/v1/{address}")


# fmt: off
SEEN: dict[str, set[Consent]] = {
    "public":     {Consent.PUBLIC},
    "nobody":     {Consent.PUBLIC},
    "focal_xro":  {Consent.PUBLIC},
    "mission_xb": {Consent.PUBLIC},
    "focal_xio":  {Consent.PUBLIC, Consent.PROVIDERS, Consent.NAMED},
    "mission_xc": {Consent.PUBLIC, Consent.PROVIDERS},
    "chair":      set(Consent) - {Consent.NONE},
    "expert":     set(Consent),
    "secretariat": set(Consent),
    "mission_xa": set(Consent),
    "auditor":    {Consent.PUBLIC},
}
# fmt: on


@pytest.mark.parametrize("name", SEEN)
def test_needs_by_seat(client: Client, committee: Committee, name: str) -> None:
    made = {
        consent: committee.need(consent=consent, named=["XIO"] if consent == Consent.NAMED else [])
        for consent in Consent
    }
    wanted = {str(made[consent].pk) for consent in SEEN[name]}
    told = read(client, committee, name, "needs").json()
    assert {each["id"] for each in told["results"]} == wanted
    assert told["total"] == len(wanted)
    found = read(client, committee, name, "needs?q=legislation").json()
    assert {each["id"] for each in found["results"]} == wanted
    statuses = {
        str(need.pk): read(client, committee, name, f"needs/{need.pk}").status_code
        for need in made.values()
    }
    assert {pk for pk, status in statuses.items() if status == 200} == wanted


@pytest.mark.parametrize(
    ("name", "knows"),
    [("public", False), ("chair", False), ("mission_xb", False), ("mission_xa", True),
     ("capital_xa", True), ("expert", True)],
)  # fmt: skip
def test_how_a_need_is_shared_is_the_states_affair(
    client: Client,
    committee: Committee,
    name: str,
    knows: bool,  # noqa: FBT001  # a cell
) -> None:
    committee.need(consent=Consent.PUBLIC, rank=1)
    told = read(client, committee, name, "needs").json()["results"][0]["sharing"]
    assert told == ({"consent": "public", "rank": 1, "named": []} if knows else None)


@pytest.mark.parametrize("name", ["public", "focal_xro", "mission_xb"])
def test_unseen_and_absent_are_alike(client: Client, committee: Committee, name: str) -> None:
    need = committee.need(consent=Consent.NONE)
    issue = committee.issue(State.FROZEN)
    unseen = [f"needs/{need.pk}", f"matrix/{issue.number}"]
    absent = [f"needs/{uuid4()}", "matrix/1999-01", "matrix", "states/ZZ", "standards/nothing"]
    answers = {
        (r.status_code, r["Content-Type"], r["Cache-Control"], r.content)
        for r in (read(client, committee, name, address) for address in unseen + absent)
    }
    assert len(answers) == 1
    assert {status for status, *_ in answers} == {404}


def test_an_issue_is_read_in_ones_own_rendition(client: Client, committee: Committee) -> None:
    committee.need(consent=Consent.PUBLIC)
    committee.need(area="customs", consent=Consent.COMMITTEE)
    issue = committee.issue()
    for name, audience, rows in [("public", "public", 1), ("chair", "member", 2)]:
        told = read(client, committee, name, "matrix").json()
        assert (told["number"], told["audience"]) == (issue.number, audience)
        assert len(told["content"]["rows"]) == rows
        assert told["hash"] == hashlib.sha256(canonical(told["content"]).encode()).hexdigest()
        assert told["reduced"] is False
        assert told["files"]["pdf"] == f"/en/matrix/{issue.number}/matrix.pdf?as={audience}"
        assert read(client, committee, name, f"matrix/{issue.number}").json() == told


def test_a_narrower_rendition_may_be_asked_for_and_a_wider_one_is_not_there(
    client: Client, committee: Committee
) -> None:
    committee.need(consent=Consent.COMMITTEE)
    committee.issue()
    asked = read(client, committee, "chair", "matrix?audience=public").json()
    assert asked["content"]["rows"] == []
    assert asked["audiences"] == ["member", "public"]
    assert read(client, committee, "public", "matrix?audience=member").status_code == 404


def test_drafts_are_for_those_who_work_on_them(client: Client, committee: Committee) -> None:
    issue = committee.issue(State.DRAFT)
    assert read(client, committee, "public", "issues").json()["results"] == []
    assert read(client, committee, "expert", f"matrix/{issue.number}").json()["hash"] is None


def test_proposals_are_for_those_who_work_on_them(client: Client, committee: Committee) -> None:
    def adoptions(name: str) -> list[str]:
        told = read(client, committee, name, "commitments").json()
        return [each["adoption"] for each in told["results"]]

    assert adoptions("public") == ["adopted"]
    assert adoptions("secretariat") == ["proposed", "adopted"]
    assert adoptions("focal_xio") == ["proposed", "adopted"]  # its own


def test_a_seat_that_ended_reads_no_more(client: Client, committee: Committee) -> None:
    from clearinghouse.people import actions  # noqa: PLC0415  # the one test that acts on people

    committee.need(consent=Consent.NONE)
    assert read(client, committee, "expert", "needs").json()["total"] == 1
    by = committee.actor("operator")
    actions.unseat(committee.seats["expert"], by=by, now=committee.now)
    assert client.get("/api/v1/needs").json()["total"] == 0
