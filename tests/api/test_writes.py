"""Programs bring files in: by token alone, once for a key, at the version they name."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from clearinghouse.access.errors import Invalid, Refused
from clearinghouse.batches.actions import errands
from clearinghouse.batches.models import Batch
from clearinghouse.ledger.models import Entry
from clearinghouse.people import actions as people
from clearinghouse.people.actions import tokens
from clearinghouse.people.actions.tokens import Wanted
from clearinghouse.people.models import Token
from clearinghouse.people.queries import tokens_for
from clearinghouse.people.rules import Scope
from clearinghouse.submissions.formats import examples
from clearinghouse.submissions.queries import known
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from tests.api import published
from tests.batches.activities import HEAD, TAIL, activity
from tests.batches.files import example, made, several
from tests.committee import NOW, Committee

BOTH = (Scope.READ, Scope.CONTRIBUTE)
KIND = Kind.STANDARD


@pytest.fixture(autouse=True)
def _today(committee: Committee) -> Any:
    assert committee.accounts
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


def token(committee: Committee, name: str = "focal_xio", *scopes: Scope, days: int = 30) -> str:
    wanted = Wanted(label="our database", scopes=scopes or BOTH, days=days)
    by = committee.actor(name)
    return tokens.make(committee.seats[name], wanted, by=by, now=NOW)[1]


class Program:
    """A program with a token, or without."""

    def __init__(self, shown: str = "") -> None:
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {shown}"} if shown else {}

    def get(self, address: str) -> Any:
        return self.client.get(f"/api/v1/{address}", headers=self.headers)

    def patch(self, address: str, said: object, **more: str) -> Any:
        headers = self.headers | {name.replace("_", "-"): told for name, told in more.items()}
        body = json.dumps(said)
        return self.client.patch(f"/api/v1/{address}", body, "application/json", headers=headers)

    def say(self, address: str, said: object, **more: str) -> Any:
        return self.post(address, json.dumps(said).encode(), "application/json", **more)

    def post(self, address: str, content: bytes = b"", kind: str = "text/csv", **more: str) -> Any:
        headers = self.headers | {name.replace("_", "-"): said for name, said in more.items()}
        return self.client.post(f"/api/v1/{address}", content, content_type=kind, headers=headers)


def csv(count: int = 3, kind: Kind = KIND) -> bytes:
    return made(kind, "csv", several(kind, count)).content


def problem(response: Any) -> tuple[int, str]:
    assert response["Content-Type"] == "application/problem+json"
    told = response.json()
    schema = published.document()["components"]["schemas"]["Problem"]
    assert published.faults(told, schema) == []
    return response.status_code, str(told["type"].rpartition("-")[2])


def lines() -> int:
    return Entry.objects.unscoped("test").count()


def test_a_file_is_brought_in_looked_at_and_handed_in(committee: Committee) -> None:
    program = Program(token(committee))
    told = program.post("batches/standard", csv(), Idempotency_Key="k-1")
    assert told.status_code == 200, told.content
    assert told["ETag"] == '"1"'
    one = told.json()
    assert (one["state"], one["body"], one["counts"]["new"]) == ("checked", "XIO", 3)
    assert one["steps"] == ["hand_in", "withdraw"]
    rows = program.get(f"batches/standard/{one['id']}/rows?verdict=new&size=2").json()
    assert (rows["total"], [r["number"] for r in rows["results"]]) == (3, [2, 3])
    assert program.get(f"batches/standard/{one['id']}").json() == one
    done = program.post(f"batches/standard/{one['id']}/hand_in", If_Match='"1"')
    assert (done.json()["state"], done["ETag"]) == ("submitted", '"2"')


def test_a_large_file_is_answered_202_with_where_to_ask(committee: Committee) -> None:
    program, content = Program(token(committee)), csv() + b"\n" * 1_000
    told = program.post("batches/standard", content, Idempotency_Key="k-1")
    assert (told.status_code, told.json()["state"]) == (202, "received")
    assert told["Location"] == f"/api/v1/batches/standard/{told.json()['id']}"
    asked = told["Location"].removeprefix("/api/v1/")
    assert (program.get(asked).json()["done"], program.get(asked).status_code) == (0, 200)
    assert program.post("batches/standard", content, Idempotency_Key="k-1").status_code == 202
    assert errands.do_next(lambda: committee.now)
    one = program.get(asked).json()
    assert (one["state"], one["done"], one["counts"]["new"]) == ("checked", None, 3)


def test_why_a_large_file_was_given_up_is_told(committee: Committee) -> None:
    program = Program(token(committee))
    content = b"title[en],listed\n" + b"A,yes\n" * 1_001
    asked = program.post("batches/standard", content, Idempotency_Key="k-1")["Location"]
    assert errands.do_next(lambda: committee.now)
    one = program.get(asked.removeprefix("/api/v1/")).json()
    assert one["state"] == "unread"
    assert "B1: There is no column “listed”" in one["given_up"][0]


@pytest.mark.parametrize("media", ["application/xml", "text/xml"])
def test_what_a_donor_published_is_read_by_itself(committee: Committee, media: str) -> None:
    program, content = Program(token(committee)), (HEAD + activity(1, "<result/>") + TAIL).encode()
    told = program.post("batches/assistance_activity", content, media, Idempotency_Key="k-1")
    assert (told.status_code, told.json()["state"]) == (202, "received")
    assert errands.do_next(lambda: committee.now)
    one = program.get(told["Location"].removeprefix("/api/v1/")).json()
    assert (one["state"], one["counts"]["new"]) == ("checked", 1)
    assert one["not_understood"] == ["element result: 1, first on line 5"]


def test_a_published_file_that_begins_wrongly_is_refused_at_once(committee: Committee) -> None:
    program = Program(token(committee))
    content = b'<!DOCTYPE a [<!ENTITY x "y">]><iati-activities>&x;</iati-activities>'
    for kind in ("assistance_activity", "standard"):
        told = program.post(f"batches/{kind}", content, "application/xml", Idempotency_Key="k-1")
        assert problem(told) == (400, "invalid"), told.content
    assert not Batch.objects.unscoped("test").exists()


def test_a_form_will_do_as_well_as_a_body(committee: Committee) -> None:
    file = SimpleUploadedFile("own.jsonl", json.dumps(example(KIND)).encode())
    headers = {"Authorization": f"Bearer {token(committee)}", "Idempotency-Key": "k"}
    told = Client().post("/api/v1/batches/standard", {"file": file}, headers=headers)
    assert told.json()["counts"]["new"] == 1


def test_the_same_key_is_the_same_batch_and_no_other(committee: Committee) -> None:
    program = Program(token(committee))
    first = program.post("batches/standard", csv(), Idempotency_Key="k-1")
    before = lines()
    again = program.post("batches/standard", csv(), Idempotency_Key="k-1")
    assert (again.content, lines()) == (first.content, before)
    other = program.post("batches/standard", csv(2), Idempotency_Key="k-1")
    assert problem(other) == (422, "used")
    assert problem(program.post("batches/standard", csv())) == (400, "invalid")


def test_a_step_names_the_version(committee: Committee) -> None:
    program = Program(token(committee))
    pk = program.post("batches/standard", csv(), Idempotency_Key="k-1").json()["id"]
    assert problem(program.post(f"batches/standard/{pk}/hand_in")) == (428, "unconditional")
    assert problem(program.post(f"batches/standard/{pk}/hand_in", If_Match='"7"')) == (
        412,
        "overtaken",
    )
    assert problem(program.post(f"batches/standard/{pk}/apply", If_Match='"1"')) == (409, "order")
    assert problem(program.post(f"batches/standard/{pk}/return", If_Match='"1"')) == (404, "found")


@pytest.mark.parametrize("who", ["nobody", "session", "wrong", "basic", "read", "old", "revoked"])
def test_nobody_writes_without_a_token_that_may(committee: Committee, who: str) -> None:
    shown = token(committee, "focal_xio", *((Scope.READ,) if who == "read" else BOTH))
    program = Program({"nobody": "", "session": "", "wrong": "chs_x"}.get(who, shown))
    if who == "session":
        program.client.force_login(committee.accounts["focal_xio"])
    if who == "basic":
        program.headers = {"Authorization": f"Basic {shown}"}
    if who == "revoked":
        own = committee.actor("focal_xio")
        tokens.revoke(tokens_for(own, NOW)[0], by=own, now=NOW)
    later = NOW + timedelta(days=30 if who == "old" else 0, hours=1)
    before = lines()
    with time_machine.travel(later, tick=False):
        told = program.post("batches/standard", csv(), Idempotency_Key="k")
    assert problem(told) == (401, "unsigned")
    assert told["WWW-Authenticate"] == "Bearer"
    assert lines() == before


def test_a_token_ends_with_its_seat(committee: Committee) -> None:
    shown = token(committee)
    seat, by = committee.seats["focal_xio"], committee.actor("administrator")
    people.unseat(seat, by=by, now=NOW + timedelta(minutes=1))
    assert problem(Program(shown).get("batches/standard/" + "0" * 32)) == (401, "unsigned")


@pytest.mark.parametrize("name", ["expert", "secretariat", "administrator", "member_xb"])
def test_no_program_speaks_for_a_seat_with_a_second_factor(
    committee: Committee, name: str
) -> None:
    with pytest.raises(Refused):
        token(committee, name)


def test_nobody_makes_a_token_for_another_s_seat_or_for_ever(committee: Committee) -> None:
    wanted = Wanted(label="x", scopes=BOTH, days=30)
    seat, other = committee.seats["focal_xio"], committee.actor("focal_xro")
    with pytest.raises(Refused):
        tokens.make(seat, wanted, by=other, now=NOW)
    with pytest.raises(Invalid):
        token(committee, "focal_xio", days=4000)


def test_only_the_hash_of_a_token_is_kept(committee: Committee) -> None:
    shown = token(committee)
    kept = str(list(Token.objects.unscoped("test").values()))
    assert shown not in kept
    assert shown not in str(list(Entry.objects.unscoped("test").values()))


def test_a_token_reads_as_its_seat_alone(committee: Committee) -> None:
    pk = (
        Program(token(committee)).post("batches/standard", csv(), Idempotency_Key="k").json()["id"]
    )
    assert (
        Program(token(committee, "alternate_xio")).get(f"batches/standard/{pk}").status_code == 200
    )
    for other in (Program(), Program(token(committee, "focal_xro"))):
        assert problem(other.get(f"batches/standard/{pk}")) == (404, "found")
        assert problem(other.get(f"batches/standard/{pk}/rows")) == (404, "found")
    foreign = Program(token(committee, "focal_xro")).post(
        f"batches/standard/{pk}/withdraw", If_Match='"1"'
    )
    assert problem(foreign) == (404, "found")
    assert Batch.objects.unscoped("test").get().state == "checked"


def test_for_another_body_nothing_is_brought_in(committee: Committee) -> None:
    program = Program(token(committee, "focal_xro"))
    told = program.post("batches/standard?body=XIO", csv(), Idempotency_Key="k")
    assert problem(told) == (400, "invalid")
    assert not Batch.objects.unscoped("test").exists()


def test_what_is_wrong_is_told_by_row_column_and_field(committee: Committee) -> None:
    program = Program(token(committee))
    bad = b"title[en],legal_nature,obligations,state\nCode,code,1(a),listed\n"
    told = program.post("batches/standard", bad, Idempotency_Key="k")
    assert problem(told) == (400, "invalid")
    assert told.json()["errors"] == [
        {"row": 1, "column": "D", "field": "state",
         "message": "There is no column “state” in this kind."}
    ]  # fmt: skip
    odd = json.dumps([example(KIND) | {"listed": True, "body": "XRO"}]).encode()
    one = program.post("batches/standard", odd, "application/json", Idempotency_Key="k")
    assert {f["field"] for f in one.json()["faults"]} == {"listed", "body"}
    assert one.json()["body"] == "XIO"
    assert one.json()["steps"] == ["withdraw"]


def test_every_kind_is_checked_by_the_same_checks() -> None:
    """A sound record passes; without what is needed, and with a stranger, both are named."""
    vocabularies, before = known(), lines()
    for kind, definition in DEFINITIONS.items():
        said = examples.example(definition, vocabularies)
        needed = next(f.name for f in definition.fields if f.required)
        wrong = {name: one for name, one in said.items() if name != needed} | {"listed": "yes"}
        content = json.dumps([said, wrong]).encode()
        told = Program().post(f"check/{kind}", content, "application/json").json()
        named = {(fault["row"], fault["field"]) for fault in told["faults"]}
        assert (kind, told["rows"], told["faulty"]) == (kind, 2, 1)
        assert named >= {(2, needed), (2, "listed")}, kind
    assert lines() == before


def test_a_calendar_is_checked_too() -> None:
    content = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR"
    told = Program().post("check/monitoring_visit", content, "text/calendar").json()
    assert {f["field"] for f in told["faults"]} == {"state", "review", "begins"}
    cut = Program().post("check/monitoring_visit", content[:30], "text/calendar")
    assert problem(cut) == (400, "invalid")


def test_anybody_may_check_and_nothing_is_kept() -> None:
    before = lines()
    told = Program().post("check/standard", csv())
    assert told.json() == {
        "rows": 3, "faulty": 0, "faults": [],
        "read_as": {"encoding": "utf-8", "separator": "commas"},
    }  # fmt: skip
    bad = Program().post("check/standard", b'[{"title": "x"}]', "application/json")
    assert {f["field"] for f in bad.json()["faults"]} >= {"title", "obligations"}
    assert problem(Program().post("check/standard", b"\0")) == (400, "invalid")
    assert problem(Program().post("check/standard", b"x", "image/png")) == (400, "invalid")
    assert problem(Program().post("check/absent", csv())) == (404, "found")
    assert lines() == before


def test_every_write_is_explained() -> None:
    paths = published.document()["paths"]
    writes = [told[m] for told in paths.values() for m in ("post", "patch") if m in told]
    assert len(writes) == 8
    for told in writes:
        assert told["summary"]
        content = told["responses"]["200"]["content"]["application/json"]
        assert published.faults(content["example"], content["schema"]) == []


# ── contributions one by one ────────────────────────────────────────────────────────────────────


def test_a_contribution_is_begun_changed_and_handed_in(committee: Committee) -> None:
    program = Program(token(committee))
    told = program.say("submissions/standard", {"title": {"en": "Code"}}, Idempotency_Key="k")
    one, address = told.json(), f"submissions/standard/{told.json()['id']}"
    assert (one["state"], one["version"], one["body"]) == ("draft", 1, "XIO")
    missing = program.post(f"{address}/submit", If_Match='"1"')
    assert problem(missing) == (400, "invalid")
    assert {f["field"] for f in missing.json()["errors"]} == {"legal_nature", "obligations"}
    more = {"legal_nature": "code", "obligations": [{"ref": "1(a)"}]}
    changed = program.patch(address, more, If_Match=told["ETag"])
    assert changed.json()["content"] == {"title": {"en": "Code"}} | more
    assert problem(program.patch(address, {}, If_Match=told["ETag"])) == (412, "overtaken")
    assert problem(program.patch(address, {})) == (428, "unconditional")
    done = program.post(f"{address}/submit", If_Match=changed["ETag"]).json()
    assert (done["state"], done["steps"]) == ("submitted", ["withdraw"])
    assert program.get(address).json() == done
    assert problem(program.patch(address, {}, If_Match='"3"')) == (409, "order")


def test_the_same_key_is_the_same_contribution(committee: Committee) -> None:
    program, said = Program(token(committee)), {"title": {"en": "Code"}}
    first = program.say("submissions/standard", said, Idempotency_Key="k")
    before = lines()
    assert program.say("submissions/standard", said, Idempotency_Key="k").content == first.content
    other = program.say("submissions/standard", {"title": {"en": "X"}}, Idempotency_Key="k")
    assert problem(other) == (422, "used")
    assert problem(program.say("submissions/contact", said, Idempotency_Key="k")) == (422, "used")
    assert problem(program.say("submissions/standard", said)) == (400, "invalid")
    assert lines() == before


def test_what_is_announced_stands_at_once(committee: Committee) -> None:
    program = Program(token(committee))
    one = program.say("submissions/contact", example(Kind.CONTACT), Idempotency_Key="k").json()
    done = program.post(f"submissions/contact/{one['id']}/submit", If_Match='"1"').json()
    assert done["state"] == "listed"
    assert done["entry"]


@pytest.mark.parametrize("extra", ["state", "listed", "body", "version", "id", "origin"])
def test_an_extra_field_changes_nothing_and_is_named(committee: Committee, extra: str) -> None:
    program = Program(token(committee))
    begun = program.say("submissions/standard", {"title": {"en": "Code"}}, Idempotency_Key="k")
    before = lines()
    said = {"title": {"en": "Code"}, extra: "listed"}
    told = program.say("submissions/standard", said, Idempotency_Key="k2")
    assert problem(told) == (400, "invalid")
    assert [f["field"] for f in told.json()["errors"]] == [extra]
    address = f"submissions/standard/{begun.json()['id']}"
    told = program.patch(address, {extra: "listed"}, If_Match='"1"')
    assert [f["field"] for f in told.json()["errors"]] == [extra]
    assert (program.get(address).json(), lines()) == (begun.json(), before)


def test_another_body_s_draft_is_neither_read_nor_written(committee: Committee) -> None:
    one = committee.submission()
    address = f"submissions/standard/{one.pk}"
    other = Program(token(committee, "focal_xro"))
    assert problem(other.get(address)) == (404, "found")
    assert problem(other.patch(address, {}, If_Match='"1"')) == (404, "found")
    assert problem(other.post(f"{address}/submit", If_Match='"1"')) == (404, "found")
    mine = other.say("submissions/standard?body=XIO", {}, Idempotency_Key="k")
    assert problem(mine) == (400, "invalid")


ODD = {
    "nothing": b"",
    "a list": b"[1]",
    "cut": b"{",
    "deep": b"[" * 100_000,
    "a lone surrogate": rb'{"title": {"en": "\ud800"}}',
    "a name that is none": rb'{"\udfff": 1}',
    "a NUL": rb'{"title": {"en": "\u0000"}}',
    "a number for texts": b'{"title": 1}',
    "no UTF-8": b"\xff",
    "too much": b"x" * 1_100_000,
}


@pytest.mark.parametrize("what", ODD)
def test_odd_bodies_are_refused_by_name(committee: Committee, what: str) -> None:
    program, before = Program(token(committee)), lines()
    told = program.post("submissions/standard", ODD[what], "application/json", Idempotency_Key="k")
    assert problem(told) == (400, "invalid")
    assert told.json()["errors"]
    checked = Program().post("check/standard", ODD[what], "application/json")
    assert checked.status_code in {200, 400}
    assert checked.json().get("errors") or checked.json()["faults"]
    assert lines() == before
