"""Files of contributions, for programs: check one, bring one in, look at it, take each step."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from ninja import Path, Query, Router
from pydantic import Field

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Invalid, Unseen
from clearinghouse.api import answers, errors
from clearinghouse.api.errors import Fault, Overtaken, Unconditional, Unsigned
from clearinghouse.api.router import reads, writes
from clearinghouse.api.schemas import Asked, Page, PagedQuestion, Word
from clearinghouse.batches import actions, queries
from clearinghouse.batches.actions import For, handing
from clearinghouse.batches.rules.workflow import WORKING, Step, Verdict
from clearinghouse.files.actions import Offered
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.files.rules import LARGEST
from clearinghouse.people.asking import Asking
from clearinghouse.people.rules import Scope
from clearinghouse.submissions.queries import checking
from clearinghouse.submissions.rules.kinds import Kind

if TYPE_CHECKING:
    from clearinghouse.batches.models import Batch, Row

router = Router(tags=["Contributions"])
EXAMPLE = "a0b1c2d3-0000-4000-8000-000000000001"
TOLD = 1000  # faulty rows told with a batch; all of them are among its rows
ENDINGS = {
    "text/csv": "csv",
    "application/json": "json",
    "application/x-ndjson": "jsonl",
    "text/calendar": "ics",
    "application/xml": "xml",
    "text/xml": "xml",
}
STEPS: dict[Step, Callable[["Batch", Actor, datetime], None]] = {
    Step.HAND_IN: lambda one, by, now: actions.hand_in(one, by=by, now=now),
    Step.UPDATE: lambda one, by, now: handing.update(one, by=by, now=now),
    Step.APPLY: lambda one, by, now: handing.apply(one, by=by, now=now),
    Step.UNDO: lambda one, by, now: handing.undo(one, by=by, now=now),
    Step.WITHDRAW: lambda one, by, now: actions.withdraw(one, by=by, now=now),
}


class BatchAsked(Asked):
    """What may be said with a file."""

    body: Annotated[
        Word, Field(description="For which body, where you write for several", examples=["XIO"])
    ] = ""


class RowsAsked(PagedQuestion):
    """What may be asked of the rows of a batch."""

    verdict: Annotated[
        Word, Field(description="new, changed, unchanged, faulty or refused", examples=["new"])
    ] = ""


@dataclass(kw_only=True)
class CheckedRecord:
    """What the checks found in a file."""

    rows: Annotated[int, Field(description="Rows that were read", examples=[3])]
    faulty: Annotated[int, Field(description="Rows with a fault", examples=[0])]
    read_as: Annotated[
        dict[str, str], Field(description="How it was read", examples=[{"encoding": "utf-8"}])
    ]
    faults: Annotated[list[Fault], Field(description="What is wrong, the first thousand")]


@dataclass(kw_only=True)
class BatchRecord:
    """A file of contributions, and what became of it."""

    id: Annotated[UUID, Field(description="Its name", examples=[EXAMPLE])]
    version: Annotated[int, Field(description="To be named in If-Match", examples=[1])]
    kind: Annotated[str, Field(description="What its rows are", examples=["standard"])]
    body: Annotated[str, Field(description="Whose they are", examples=["XIO"])]
    state: Annotated[str, Field(description="Where it stands", examples=["checked"])]
    counts: Annotated[
        dict[str, int], Field(description="Rows by what they come to", examples=[{"new": 3}])
    ]
    steps: Annotated[
        list[str], Field(description="What you may do with it now", examples=[["hand_in"]])
    ]
    read_as: Annotated[
        dict[str, str], Field(description="How it was read", examples=[{"encoding": "utf-8"}])
    ]
    remark: Annotated[str | None, Field(description="Why it was returned", examples=[None])]
    done: Annotated[
        int | None,
        Field(description="Rows done, while it is read, applied or undone", examples=[None]),
    ]
    given_up: Annotated[
        list[str],
        Field(description="Why it could not be read, applied or undone", examples=[[]]),
    ]
    faults: Annotated[list[Fault], Field(description="What is wrong, the first thousand")]
    not_understood: Annotated[
        list[str],
        Field(description="Of a published file: what found no place here", examples=[[]]),
    ]


@dataclass(kw_only=True)
class RowRecord:
    """A row of the file, held against what stood."""

    number: Annotated[int, Field(description="Its row in the file", examples=[2])]
    verdict: Annotated[str, Field(description="What it comes to", examples=["changed"])]
    entry: Annotated[str | None, Field(description="The entry it is of", examples=["xio-code"])]
    content: Annotated[
        dict[str, Any], Field(description="What it says", examples=[{"edition": "2nd"}])
    ]
    before: Annotated[
        dict[str, Any],
        Field(description="What the fields it changes said", examples=[{"edition": "1st"}]),
    ]
    alike: Annotated[
        list[list[str]], Field(description="What looks like it, and why", examples=[[]])
    ]


@writes(router, "/check/{kind}", name="check", answers=CheckedRecord)
def check(request: Asking, kind: Path[Word], asked: Query[Asked]) -> HttpResponseBase:
    """Hold a file against the format of its kind.

    Open to everybody; nothing is stored. Send the file as the field "file" of a form, or as the
    body with its media type.
    """
    # A POST that changes nothing and is answered alike to all: there is nothing for a page from
    # elsewhere to do in a reader's name, so no token of our own pages is asked for.
    answers.check(request, asked)
    offered = _offered(request)
    found = checking.in_turn(_kind(kind), offered.name, offered.content)
    faults = [errors.fault_of(one) for one in found.found]
    told = CheckedRecord(
        rows=found.rows, faulty=found.faulty, read_as=dict(found.read_as), faults=faults
    )
    return answers.send(request, told)


@writes(router, "/batches/{kind}", name="batch-new", answers=BatchRecord, is_long=True)
def bring_in(request: Asking, kind: Path[Word], asked: Query[BatchAsked]) -> HttpResponseBase:
    """Bring a file in: it is checked whole, and nothing takes effect yet.

    Send an Idempotency-Key of your own: the same key again is the same batch. A large file is
    answered 202, and read by itself: ask at Location until its state is no longer received.
    So is a file of activities as donors publish them (IATI, application/xml), of any size taken.
    Send the file as the field "file" of a form, or as the body with its media type.
    """
    by = signed(request)
    key = request.headers.get("Idempotency-Key", "")
    bodies = queries.bodies_open_to(by, _kind(kind))
    chosen = [b for b in bodies if b.code == asked.body] if asked.body else bodies
    if len(chosen) != 1:
        raise Invalid({"body": ["name a body that you write for"]})
    wanted = For(body=chosen[0], key=key)
    made = handing.bring_in(_kind(kind), wanted, _offered(request), by=by, now=request.now)
    return _taken_on(request, made)


@reads(router, "/batches/{kind}/{pk}", name="batch", answers=BatchRecord)
def batch(
    request: Asking, kind: Path[Word], pk: Path[UUID], asked: Query[Asked]
) -> HttpResponseBase:
    """A file that was brought in, and what its rows come to."""
    answers.check(request, asked)
    return _send(request, _batch(request, kind, pk))


@reads(router, "/batches/{kind}/{pk}/rows", name="batch-rows", answers=Page[RowRecord])
def rows(
    request: Asking, kind: Path[Word], pk: Path[UUID], asked: Query[RowsAsked]
) -> HttpResponseBase:
    """The rows of a file, in its order."""
    if asked.verdict and asked.verdict not in set(Verdict):
        raise Invalid({"verdict": ["this is not one of the choices"]})
    verdict = Verdict(asked.verdict) if asked.verdict else None
    found = queries.rows_of(_batch(request, kind, pk), verdict)
    return answers.page(request, asked, RowRecord, found, _rows)


@writes(
    router, "/batches/{kind}/{pk}/{step}", name="batch-step", answers=BatchRecord, is_long=True
)
def step(
    request: Asking, kind: Path[Word], pk: Path[UUID], step: Path[Word], asked: Query[Asked]
) -> HttpResponseBase:
    """Take a step with a file: hand_in, apply, undo or withdraw.

    Name its version in If-Match, as its ETag has it. A batch of many rows is answered 202, and
    applied or undone by itself: ask at Location until its state is applied or undone.
    """
    del asked
    by = signed(request)
    one = _batch(request, kind, pk)
    if step not in set(STEPS):
        raise Unseen("no such step")
    must_match(request, one.version)
    STEPS[Step(step)](one, by, request.now)
    return _taken_on(request, one)


def signed(request: Asking) -> Actor:
    """Whoever writes here shows a token: a session is not enough, for a page could borrow it."""
    if request.scopes is None or Scope.CONTRIBUTE not in request.scopes:
        raise Unsigned
    return request.actor


def must_match(request: Asking, version: int) -> None:
    """Raises Unconditional or Overtaken."""
    named = request.headers.get("If-Match", "")
    if not named:
        raise Unconditional
    if named.strip() != tag(version):
        raise Overtaken


def tag(version: int) -> str:
    return f'"{version}"'


def _batch(request: Asking, kind: str, pk: UUID) -> "Batch":
    one = queries.batch_for(request.actor, pk)
    if one.kind != kind:
        raise Unseen("no such batch of that kind")
    return one


def _kind(named: str) -> Kind:
    if named not in set(Kind):
        raise Unseen("no such kind")
    return Kind(named)


def _offered(request: Asking) -> Offered:
    """The field "file" of a form; or the body, read no further than the largest file."""
    media = request.content_type or ""
    if media == "multipart/form-data":
        sent = request.FILES.get("file")
        if sent is None or isinstance(sent, list):
            raise Invalid({"file": ["send the file in this field"]})
        return Offered(name=sent.name or "file", content=sent.read())
    if media not in ENDINGS:
        raise Invalid({"file": [f"send a form, or a body of {', '.join(ENDINGS)}"]})
    content = request.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Unfit("more than is taken")
    return Offered(name=f"file.{ENDINGS[media]}", content=content)


def _taken_on(request: Asking, one: "Batch") -> HttpResponseBase:
    """202 with where to ask, while the clock is at it."""
    response = _send(request, one)
    if one.state in WORKING:
        response.status_code = 202
        response["Location"] = reverse("api-v1:batch", args=[one.kind, one.pk])
    return response


def _send(request: Asking, one: "Batch") -> HttpResponseBase:
    faulty = queries.rows_of(one, Verdict.FAULTY)[:TOLD]
    told = BatchRecord(
        id=one.pk,
        version=one.version,
        kind=one.kind,
        body=one.body.code,
        state=one.state,
        counts={verdict.value: one.counts.get(verdict, 0) for verdict in Verdict},
        steps=sorted(queries.steps_open_to(request.actor, one)),
        read_as=one.read_as,
        remark=one.remark or None,
        done=queries.rows_done(one) if one.state in WORKING else None,
        given_up=[f"{place}: {m % v}" if place else m % v for place, m, v in one.faults],
        faults=[_fault(row.number, fault) for row in faulty for fault in row.faults],
        not_understood=queries.not_understood(one),
    )
    response = answers.send(request, told)
    response["ETag"] = tag(one.version)
    return response


def _fault(number: int, told: list[Any]) -> Fault:
    column, name, message, values = told
    return Fault(row=number, column=column, field=name, message=message % values)


def _rows(some: Iterable["Row"]) -> list[RowRecord]:
    return [
        RowRecord(
            number=row.number,
            verdict=row.verdict,
            entry=row.entry or None,
            content=row.content,
            before=row.was,
            alike=row.alike,
        )
        for row in some
    ]
