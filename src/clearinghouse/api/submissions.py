"""Contributions one by one, for programs: begin a draft, look at it, change it, hand it in."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from ninja import Path, Query, Router
from pydantic import Field

from clearinghouse.access.errors import Invalid, Unseen
from clearinghouse.api import answers
from clearinghouse.api.batches import BatchAsked, must_match, signed, tag
from clearinghouse.api.router import reads, writes
from clearinghouse.api.schemas import Asked, Word
from clearinghouse.people.asking import Asking
from clearinghouse.submissions import actions, queries
from clearinghouse.submissions.queries.copies import copies_of
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from clearinghouse.submissions.rules.workflow import State, Step

if TYPE_CHECKING:
    from clearinghouse.submissions.models import Copy, Submission

router = Router(tags=["Contributions"])
EXAMPLE = "a0b1c2d3-0000-4000-8000-000000000002"
LARGEST = 1024 * 1024  # bytes of one contribution
TITLE = {"title": {"en": "Code of conduct"}}


@dataclass(kw_only=True)
class CopyRecord:
    """A file that goes with a contribution, or with the entry it became."""

    id: Annotated[UUID, Field(description="Its name here", examples=[EXAMPLE])]
    name: Annotated[str, Field(description="Its file's name", examples=["handbook-fr.pdf"])]
    type: Annotated[str, Field(description="What it is, by its content", examples=["pdf"])]
    size: Annotated[int, Field(description="Bytes, as it was handed in", examples=[120000])]
    language: Annotated[str | None, Field(description="Its language", examples=["fr"])]
    edition: Annotated[str | None, Field(description="Its edition", examples=["2nd edition"])]
    sha256: Annotated[str, Field(description="Of what readers get", examples=["0" * 64])]
    url: Annotated[
        str | None,
        Field(
            description="Where everybody who sees the entry gets it; null before it is listed",
            examples=[f"/en/entries/xio-code/copies/{EXAMPLE}/"],
        ),
    ]


@dataclass(kw_only=True)
class SubmissionRecord:
    """One contribution, and where it stands."""

    id: Annotated[UUID, Field(description="Its name", examples=[EXAMPLE])]
    version: Annotated[int, Field(description="To be named in If-Match", examples=[1])]
    kind: Annotated[str, Field(description="What it is", examples=["standard"])]
    body: Annotated[str, Field(description="Whose it is", examples=["XIO"])]
    state: Annotated[str, Field(description="Where it stands", examples=["draft"])]
    entry: Annotated[str | None, Field(description="What it became, once listed", examples=[None])]
    steps: Annotated[
        list[str], Field(description="What you may do with it now", examples=[["submit"]])
    ]
    content: Annotated[
        dict[str, Any], Field(description="By the fields of its kind", examples=[TITLE])
    ]
    remarks: Annotated[
        dict[str, str],
        Field(description="What is to be changed, by field", examples=[{"title": "In full"}]),
    ]
    copies: Annotated[list[CopyRecord], Field(description="Files that go with it")]
    started_at: Annotated[
        datetime, Field(description="When it was begun", examples=["2026-05-04T15:00:00Z"])
    ]


@writes(router, "/submissions/{kind}", name="submission-new", answers=SubmissionRecord)
def begin(request: Asking, kind: Path[Word], asked: Query[BatchAsked]) -> HttpResponseBase:
    """Begin a draft: the fields of its kind, as a JSON object.

    Send an Idempotency-Key of your own: the same key again is the same contribution. A field that
    the kind does not have is refused by name.
    """
    by, definition = signed(request), _definition(kind)
    bodies = queries.bodies_open_to(by, definition.kind)
    chosen = [b for b in bodies if b.code == asked.body] if asked.body else bodies
    if len(chosen) != 1:
        raise Invalid({"body": ["name a body that you write for"]})
    key, said = request.headers.get("Idempotency-Key", ""), _said(request)
    made = actions.draft_once(definition.kind, chosen[0], said, key, by=by, now=request.now)
    return send(request, made)


@reads(router, "/submissions/{kind}/{pk}", name="submission", answers=SubmissionRecord)
def submission(
    request: Asking, kind: Path[Word], pk: Path[UUID], asked: Query[Asked]
) -> HttpResponseBase:
    """A contribution as it stands."""
    answers.check(request, asked)
    return send(request, one_of(request, kind, pk))


@writes(
    router,
    "/submissions/{kind}/{pk}",
    name="submission",
    answers=SubmissionRecord,
    method="PATCH",
)
def change(
    request: Asking, kind: Path[Word], pk: Path[UUID], asked: Query[Asked]
) -> HttpResponseBase:
    """Change a draft: the fields that are named, as a JSON object; null empties a field.

    Name its version in If-Match, as its ETag has it.
    """
    del asked
    by, one = signed(request), one_of(request, kind, pk)
    must_match(request, one.version)
    actions.save(one, {**one.content, **_said(request)}, by=by, now=request.now)
    return send(request, one)


@writes(
    router, "/submissions/{kind}/{pk}/submit", name="submission-submit", answers=SubmissionRecord
)
def submit(
    request: Asking, kind: Path[Word], pk: Path[UUID], asked: Query[Asked]
) -> HttpResponseBase:
    """Hand a draft in; what is announced stands at once.

    Name its version in If-Match, as its ETag has it.
    """
    del asked
    by, one = signed(request), one_of(request, kind, pk)
    must_match(request, one.version)
    steps = {move.step for move in DEFINITIONS[Kind(kind)].workflow.moves}
    hand_in = actions.announce if Step.ANNOUNCE in steps else actions.submit
    hand_in(one, by=by, now=request.now)
    return send(request, one)


def _definition(kind: str) -> Any:
    if kind not in set(Kind):
        raise Unseen("no such kind")
    return DEFINITIONS[Kind(kind)]


def one_of(request: Asking, kind: str, pk: UUID) -> "Submission":
    one = queries.submission_for(request.actor, pk)
    if one.kind != kind:
        raise Unseen("no such contribution of that kind")
    return one


def _said(request: Asking) -> dict[str, Any]:
    """The object that was sent. Raises Invalid for anything else."""
    content = request.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Invalid({"content": ["this is more than one contribution may hold"]})
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        raise Invalid({"content": ["send a JSON object"]}) from None
    if not isinstance(said, dict):
        raise Invalid({"content": ["send a JSON object"]})
    return said


def send(request: Asking, one: "Submission") -> HttpResponseBase:
    told = SubmissionRecord(
        id=one.pk,
        version=one.version,
        kind=one.kind,
        body=one.body.code,
        state=State(one.state).value,
        entry=one.entry or None,
        steps=sorted(queries.steps_open_to(request.actor, one)),
        content=one.content,
        remarks=one.remarks,
        copies=[copy_record(each) for each in copies_of(one)],
        started_at=one.started_at,
    )
    response = answers.send(request, told)
    response["ETag"] = tag(one.version)
    return response


def copy_record(each: "Copy", code: str = "") -> CopyRecord:
    """`code`: of the entry that it is in view with."""
    file = each.file
    return CopyRecord(
        id=each.pk,
        name=file.name,
        type=file.type,
        size=file.size,
        language=file.language or None,
        edition=each.edition or None,
        sha256=each.digest,
        url=reverse("entry-copy", args=[code, each.pk]) if code else None,
    )
