"""Three bodies and every kind: none reads or writes what another has begun, by whichever door."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from clearinghouse.access.actor import OPERATOR, Actor, Role, Standing
from clearinghouse.access.errors import Unseen
from clearinghouse.batches import policy as batches_policy
from clearinghouse.batches.models import Batch
from clearinghouse.batches.queries import batch_for
from clearinghouse.batches.rules.workflow import ANNOUNCED, TOGETHER, WORKFLOWS
from clearinghouse.crossings import load_pack
from clearinghouse.directory.queries import owned
from clearinghouse.people import actions as people
from clearinghouse.people.queries import account_of
from clearinghouse.submissions import actions as submissions
from clearinghouse.submissions import policy as submissions_policy
from clearinghouse.submissions.models import Submission
from clearinghouse.submissions.queries import submission_for
from clearinghouse.submissions.rules import workflow
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from tests.api.test_writes import Program, problem, token
from tests.batches.files import example, made, several, staged
from tests.committee import NOW, Committee, _organisation, small_pack
from tests.hostile.rows import written
from tests.web.desk import Desk, faults

ORGANISATIONS = {"XIO": "focal_xio", "XRO": "focal_xro", "XTO": "focal_xto"}
STATES = {"XA": "mission_xa", "XB": "mission_xb", "XC": "mission_xc"}
STEPS = ("take-up", "return", "list", "authenticate", "confirm", "withdraw", "revise")
OF_SETTLED = ("withdraw", "revise")
AT_THE_DESK = {Kind.STANDARD, Kind.NEED, Kind.CONTACT}  # one of each way: its pages know no kind
FILE_STEPS = ("hand_in", "apply", "undo", "withdraw", "return")
EXTRA = ("listed", "body", "status", "version")


@pytest.fixture
def three(committee: Committee) -> Iterator[Committee]:
    """The committee with a third organisation and its focal point, on its day."""
    third = _organisation("XTO", "Example Third Organisation", "regional", provider=False)
    pack = small_pack()
    whole = replace(pack, organisations=(*pack.organisations, third))
    load_pack.load(whole, by=OPERATOR, now=NOW)
    email = "focal_xto@example.org"
    person = people.enter(name="focal_xto", email=email, language="en", by=OPERATOR, now=NOW)
    naming = people.Naming(
        role=Role.FOCAL_POINT,
        standing=Standing.MAIN,
        body=committee.body("XTO"),
        instrument="note 1",
    )
    committee.seats["focal_xto"] = people.seat(person, naming, by=OPERATOR, now=NOW)
    committee.accounts["focal_xto"] = account_of(email)
    with time_machine.travel(NOW, tick=False):
        yield committee


@dataclass(frozen=True)
class Own:
    """What one body has of a kind: a draft, what it handed in, what stands, and a file."""

    kind: Kind
    body: str
    name: str
    draft: UUID
    settled: UUID
    entry: str
    batch: UUID | None


def bodies(kind: Kind) -> dict[str, str]:
    return STATES if kind == Kind.NEED else ORGANISATIONS


def given(committee: Committee, kind: Kind, body: str, name: str) -> Own:
    by, office, now = committee.actor(name), committee.actor("secretariat"), committee.now
    said = example(kind, title={"en": f"Of {body}"})
    draft = submissions.draft(kind, committee.body(body), said, by=by, now=now)
    one = submissions.draft(kind, committee.body(body), said, by=by, now=now)
    if DEFINITIONS[kind].workflow is workflow.ANNOUNCED:
        submissions.announce(one, by=by, now=now)
    else:
        submissions.submit(one, by=by, now=now)
    if DEFINITIONS[kind].workflow in (workflow.REVIEWED, workflow.WITH_COPIES):
        submissions.take_up(one, by=office, now=now)
        submissions.list_(one, by=office, now=now)
    batch = None
    if kind in TOGETHER:
        file = made(kind, "json", several(kind, 1))
        batch = staged(committee, kind, file, name=name, body=body).pk
    return Own(kind, body, name, draft.pk, one.pk, one.entry, batch)


def _is_nothing_to(actor: Actor, other: Own) -> None:
    """Not found by whoever asks; and nothing that a step of any kind hangs on."""
    for pk in (other.draft, other.settled):
        with pytest.raises(Unseen):
            submission_for(actor, pk)
        one = Submission.objects.unscoped("test").get(pk=pk)
        assert submissions_policy.relations(actor, one) == set()
    if other.batch:
        with pytest.raises(Unseen):
            batch_for(actor, other.batch)
        batch = Batch.objects.unscoped("test").get(pk=other.batch)
        assert batches_policy.relations(actor, batch) == set()


def at_the_desk(desk: Desk, other: Own) -> Iterator[tuple[str, int]]:
    """Every address of the desk at which something of another body might be had."""
    typed = {"version": "1", "do": "submit", "because": "x", "remark": "x", "remark-title": "x"}
    for pk, steps in ((other.draft, ("edit", *STEPS)), (other.settled, OF_SETTLED)):
        for route in ("desk-submission", "desk-submission-edit"):
            yield route, desk.get(route, pk).status_code
        for step in steps:
            yield step, desk.post(f"desk-submission-{step}", pk, **typed).status_code
    if other.batch:
        for route in ("desk-batch", "desk-batch-file"):
            yield route, desk.get(route, other.batch).status_code
        for step in FILE_STEPS:
            answer = desk.post("desk-batch-step", other.batch, step, **typed)
            yield step, answer.status_code
    address = ("desk-batch-own", other.kind.value, "json")
    yield "own", desk.get(*address, body=other.body).status_code


def by_program(program: Program, other: Own) -> Iterator[tuple[str, int]]:
    """And every address of the API."""
    for pk in (other.draft, other.settled):
        address = f"submissions/{other.kind.value}/{pk}"
        yield "read", program.get(address).status_code
        yield "change", program.patch(address, {}, If_Match='"1"').status_code
        yield "submit", program.post(f"{address}/submit", If_Match='"1"').status_code
    if other.batch:
        address = f"batches/{other.kind.value}/{other.batch}"
        yield "batch", program.get(address).status_code
        yield "rows", program.get(f"{address}/rows").status_code
        for step in FILE_STEPS:
            yield step, program.post(f"{address}/{step}", If_Match='"1"').status_code


def for_another(program: Program, other: Own) -> Iterator[tuple[str, int]]:
    """Whatever may be begun, begun in another's name."""
    kind, said = other.kind.value, example(other.kind)
    for address in (f"submissions/{kind}", f"batches/{kind}"):
        told = program.say(f"{address}?body={other.body}", said, Idempotency_Key="k")
        yield address, told.status_code


def named_at_the_desk(desk: Desk, other: Own) -> Iterator[tuple[str, int]]:
    """The same with the forms of the desk."""
    typed = {"body": other.body, "do": "save", "title-en": "Ours"}
    yield "form", desk.post("desk-submission-new", other.kind.value, **typed).status_code
    file = SimpleUploadedFile("own.json", json.dumps([example(other.kind)]).encode())
    asked = {"kind": other.kind.value, "body": other.body, "key": "k", "file": file}
    yield "file", desk.post("desk-batches", **asked).status_code


@pytest.mark.parametrize("kind", Kind)
def test_nothing_of_another_body_is_read_or_written(three: Committee, kind: Kind) -> None:
    """Each of the three tries one other, so that each is tried; each finds its own."""
    all_ = [given(three, kind, body, name) for body, name in bodies(kind).items()]
    for own, other in zip(all_, [*all_[1:], all_[0]], strict=True):
        desk, program = Desk(three, own.name), Program(token(three, own.name))
        before = written()
        _is_nothing_to(three.actor(own.name), other)
        if kind in AT_THE_DESK:
            assert {c for _, c in at_the_desk(desk, other)} == {404}
        assert {c for _, c in by_program(program, other)} == {404}
        assert {c for _, c in for_another(program, other)} == {400}
        if kind in AT_THE_DESK:
            assert {c for _, c in named_at_the_desk(desk, other)} <= {400, 404}
        if other.entry and kind in AT_THE_DESK:
            confirmed = desk.post("desk-entry-confirm", other.entry, version="1").status_code
            assert confirmed in {403, 404}  # 403: everybody sees it
        assert written() == before
        if kind in AT_THE_DESK:
            assert desk.get("desk-submission", own.draft).status_code == 200
            assert desk.get("desk-submission-edit", own.draft).status_code == 200
        assert program.get(f"submissions/{kind.value}/{own.settled}").status_code == 200
        if own.batch:
            assert program.get(f"batches/{kind.value}/{own.batch}").status_code == 200


@pytest.mark.parametrize("kind", sorted(TOGETHER))
def test_a_file_with_one_entry_of_another_is_refused_whole(three: Committee, kind: Kind) -> None:
    """Named by its row; what is its own in the same file goes nowhere either."""
    theirs = given(three, kind, "XIO", "focal_xio").entry
    mine = given(three, kind, "XTO", "focal_xto").entry
    program = Program(token(three, "focal_xto"))
    stood = [e.version for e in owned(three.body("XTO"), kind)]
    said = [
        example(kind, reference="R-1"),
        {"entry": mine} | example(kind, title={"en": "Said otherwise"}),
        {"entry": theirs} | example(kind, reference="R-2"),
    ]
    told = program.say(f"batches/{kind.value}", said, Idempotency_Key="k").json()
    assert [(f["row"], f["field"]) for f in told["faults"]] == [(3, "entry")]
    assert told["steps"] == ["withdraw"]
    step = "apply" if WORKFLOWS[kind] is ANNOUNCED else "hand_in"
    before = written()
    refused = program.post(f"batches/{kind.value}/{told['id']}/{step}", If_Match='"1"')
    assert problem(refused) == (400, "invalid")
    assert written() == before
    assert [e.version for e in owned(three.body("XTO"), kind)] == stood


@pytest.mark.parametrize("kind", Kind)
def test_a_field_beyond_the_kind_s_changes_nothing_and_is_named(
    three: Committee, kind: Kind
) -> None:
    """By form, by program and by file; `state` too, unless the kind has a field of that name."""
    body, name = next(iter(bodies(kind).items()))
    own = given(three, kind, body, name)
    desk, program = Desk(three, name), Program(token(three, name))
    names = DEFINITIONS[kind].names_of_fields
    extra = dict.fromkeys((*EXTRA, *({"state"} - names)), "XRO")
    before, address = written(), f"submissions/{kind.value}/{own.draft}"
    for told in (
        program.patch(address, extra, If_Match='"1"'),
        program.say(f"submissions/{kind.value}", example(kind) | extra, Idempotency_Key="k"),
    ):
        assert problem(told) == (400, "invalid")
        assert {f["field"] for f in told.json()["errors"]} == set(extra)
    form: Any = desk.post(
        "desk-submission-edit", own.draft, do="save", **(extra | {"version": "1"})
    )
    assert form.status_code == 400
    for each in set(extra) - {"version"}:
        assert f"“{each}” is not in the list" in form.content.decode(), faults(form)
    table = f"title[en],{','.join(extra)}\nA,{',' * len(extra)}\n".encode()
    checked = program.post(f"check/{kind.value}", table).json()["faults"]
    assert {f["field"] for f in checked} == set(extra)
    assert written() == before
    if kind in TOGETHER:
        refused = program.post(f"batches/{kind.value}", table, Idempotency_Key="t")
        assert {f["field"] for f in refused.json()["errors"]} == set(extra)
        assert written() == before
        staged_ = program.say(f"batches/{kind.value}", example(kind) | extra, Idempotency_Key="b")
        assert {f["field"] for f in staged_.json()["faults"]} == set(extra)
        assert (staged_.json()["body"], staged_.json()["steps"]) == (body, ["withdraw"])


def test_every_kind_is_given_by_those_who_try_it() -> None:
    for kind, definition in DEFINITIONS.items():
        assert definition.contributors.include(state=kind == Kind.NEED), kind
