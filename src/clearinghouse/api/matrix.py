"""Issues of the matrix as data: which there are, and the reader's own rendition with its hash."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlencode

from django.http import HttpResponseBase
from django.urls import reverse
from ninja import Path, Query, Router
from pydantic import Field, StringConstraints

from clearinghouse.access.errors import Unseen
from clearinghouse.api import answers
from clearinghouse.api.router import reads
from clearinghouse.api.schemas import Asked, Page, PagedQuestion, Word
from clearinghouse.circulars.queries import cutting, rendition
from clearinghouse.circulars.queries import issues as queries
from clearinghouse.circulars.queries.document import FORMATS
from clearinghouse.circulars.rules import Audience, State, audiences_of
from clearinghouse.people.asking import Asking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearinghouse.circulars.models import Issue

router = Router(tags=["Matrix"])

Number = Annotated[str, StringConstraints(pattern=r"^[12]\d{3}-(0[1-9]|1[0-2])$")]


class MatrixAsked(Asked):
    """What may be asked of an issue. No language: the hash is of all languages together."""

    audience: Annotated[
        Word,
        Field(description="Which of your renditions; the widest if blank", examples=["public"]),
    ] = ""


@dataclass(kw_only=True)
class IssueRecord:
    """The matrix of one month."""

    number: Annotated[str, Field(description="Its month, YYYY-MM", examples=["2003-04"])]
    state: Annotated[str, Field(description="draft, frozen or issued", examples=["issued"])]
    frozen_at: Annotated[
        datetime | None,
        Field(description="When it was fixed", examples=["2003-04-01T04:00:00+00:00"]),
    ]
    issued_at: Annotated[
        datetime | None,
        Field(description="When it went out", examples=["2003-04-01T04:00:05+00:00"]),
    ]
    late: Annotated[bool, Field(description="Frozen after its hour", examples=[False])]


@dataclass(kw_only=True)
class MatrixRecord:
    """A rendition. `hash` is the SHA-256 of the canonical JSON of `content` as it was issued."""

    number: Annotated[str, Field(description="Its month, YYYY-MM", examples=["2003-04"])]
    state: Annotated[str, Field(description="draft, frozen or issued", examples=["issued"])]
    audience: Annotated[str, Field(description="Whose rendition it is", examples=["public"])]
    audiences: Annotated[
        list[str], Field(description="The renditions you are served", examples=[["public"]])
    ]
    hash: Annotated[str | None, Field(description="Null for a draft", examples=["0" * 64])]
    reduced: Annotated[
        bool,
        Field(description="Rows narrowed since are left out of content", examples=[False]),
    ]
    files: Annotated[
        dict[str, str],
        Field(
            description="Address of each file of it, by format; none before it went out",
            examples=[{"pdf": "/en/matrix/2003-04/matrix.pdf?as=public"}],
        ),
    ]
    content: Annotated[
        dict[str, Any],
        Field(
            description="Head, changes and rows. Blank: nothing you may see is recorded; it does"
            " not mean no need.",
            examples=[{"format": cutting.FORMAT, "number": "2003-04", "rows": []}],
        ),
    ]


@reads(router, "/issues", name="issues", answers=Page[IssueRecord])
def issues(request: Asking, asked: Query[PagedQuestion]) -> HttpResponseBase:
    """Issues of the matrix that you may see, the latest first."""

    def write(some: "Sequence[Issue]") -> list[IssueRecord]:
        return [_issue(each) for each in some]

    found = queries.issues_for(request.actor)
    return answers.page(request, asked, IssueRecord, found, write)


@reads(router, "/matrix", name="matrix", answers=MatrixRecord)
def matrix(request: Asking, asked: Query[MatrixAsked]) -> HttpResponseBase:
    """The latest issue of the matrix, in your rendition."""
    answers.check(request, asked)
    return _matrix(request, asked, queries.issue_for(request.actor))


@reads(router, "/matrix/{number}", name="matrix-issue", answers=MatrixRecord)
def matrix_issue(
    request: Asking, number: Path[Number], asked: Query[MatrixAsked]
) -> HttpResponseBase:
    """One issue of the matrix, in your rendition, by its month."""
    answers.check(request, asked)
    month = date.fromisoformat(f"{number}-01")
    return _matrix(request, asked, queries.issue_for(request.actor, month))


def _matrix(request: Asking, asked: MatrixAsked, issue: "Issue") -> HttpResponseBase:
    """The copy is held to today's consent: what a State narrowed since is not in it."""
    served = audiences_of(request.actor)
    copy = rendition.copy_for(issue, _chosen(served, asked.audience))
    record = MatrixRecord(
        number=issue.number,
        state=issue.state,
        audience=copy.audience.key,
        audiences=[each.key for each in served],
        hash=copy.hash or None,
        reduced=copy.reduced,
        files=_files(issue, copy.audience) if issue.state == State.ISSUED else {},
        content=rendition.content(copy),
    )
    return answers.one(request, asked, record)


def _files(issue: "Issue", audience: Audience) -> dict[str, str]:
    asked = urlencode({"as": audience.key})
    addresses = {kind: reverse("matrix-file", args=[issue.number, kind]) for kind in FORMATS}
    return {kind: f"{address}?{asked}" for kind, address in addresses.items()}


def _chosen(served: list[Audience], wanted: str) -> Audience:
    found = next((each for each in served if wanted in {"", each.key}), None)
    if found is None:
        raise Unseen("no such rendition")
    return found


def _issue(issue: "Issue") -> IssueRecord:
    return IssueRecord(
        number=issue.number,
        state=issue.state,
        frozen_at=issue.frozen_at,
        issued_at=issue.issued_at,
        late=issue.late,
    )
