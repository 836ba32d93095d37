"""Copies that go with contributions, for programs: attach, remove; those of an entry in view."""

from typing import Annotated
from uuid import UUID

from django.http import HttpResponseBase
from ninja import Path, Query, Router
from pydantic import Field

from clearinghouse.access.errors import Invalid
from clearinghouse.api import answers
from clearinghouse.api.batches import must_match, signed
from clearinghouse.api.router import reads, writes
from clearinghouse.api.schemas import Asked, Page, PagedQuestion, Word
from clearinghouse.api.submissions import (
    CopyRecord,
    SubmissionRecord,
    copy_record,
    one_of,
    send,
)
from clearinghouse.crossings import freshness
from clearinghouse.directory.rules import Status
from clearinghouse.files.actions import Offered
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.files.rules import ALLOWED, LARGEST
from clearinghouse.people.asking import Asking
from clearinghouse.submissions import actions
from clearinghouse.submissions.actions.copies import Brought
from clearinghouse.submissions.queries import copies
from clearinghouse.submissions.rules.copies import TAKEN

router = Router(tags=["Contributions"])
ENDINGS = {ALLOWED[each].media: ALLOWED[each].endings[0] for each in TAKEN}
Line = Annotated[str, Field(max_length=300)]


class CopyAsked(Asked):
    """What may be said with a copy."""

    name: Annotated[
        Line, Field(description="What the file is called", examples=["handbook-fr.pdf"])
    ] = ""
    language: Annotated[Word, Field(description="Its language", examples=["fr"])] = ""
    edition: Annotated[Line, Field(description="Its edition", examples=["2nd edition"])] = ""
    replaces: Annotated[
        UUID | None, Field(description="The copy whose place it takes", examples=[None])
    ] = None


@writes(
    router,
    "/submissions/{kind}/{pk}/copies",
    name="submission-copies",
    answers=SubmissionRecord,
)
def attach(
    request: Asking, kind: Path[Word], pk: Path[UUID], asked: Query[CopyAsked]
) -> HttpResponseBase:
    """Attach a copy to a draft, or put it in the place of another.

    Send the file as the field "file" of a form, or as the body with its media type. Name the
    version of the contribution in If-Match, as its ETag has it.
    """
    by, one = signed(request), one_of(request, kind, pk)
    must_match(request, one.version)
    replaces = copies.copy_for(by, pk, asked.replaces) if asked.replaces else None
    brought = Brought(
        file=_offered(request, asked), edition=asked.edition.strip(), replaces=replaces
    )
    actions.attach(one, brought, by=by, now=request.now)
    return send(request, one)


@writes(
    router,
    "/submissions/{kind}/{pk}/copies/{file}/remove",
    name="submission-copy-remove",
    answers=SubmissionRecord,
)
def detach(
    request: Asking, kind: Path[Word], pk: Path[UUID], file: Path[UUID], asked: Query[Asked]
) -> HttpResponseBase:
    """Remove a copy from a draft; what was listed with it keeps it.

    Name the version of the contribution in If-Match, as its ETag has it.
    """
    del asked
    by, one = signed(request), one_of(request, kind, pk)
    must_match(request, one.version)
    actions.detach(one, copies.copy_for(by, pk, file), by=by, now=request.now)
    return send(request, one)


@reads(router, "/entries/{code}/copies", name="entry-copies", answers=Page[CopyRecord])
def in_view(request: Asking, code: Path[Word], asked: Query[PagedQuestion]) -> HttpResponseBase:
    """Files that go with a standard or an entry of the directory as it was last listed.

    A withdrawn one has none.
    """
    kept = freshness.kept_for(request.actor, code)
    withdrawn = kept.thing.status == Status.WITHDRAWN
    found = [] if withdrawn else copies.copies_in_view(kept.kind, code)
    return answers.page(
        request, asked, CopyRecord, found, lambda some: [copy_record(each, code) for each in some]
    )


def _offered(request: Asking, asked: CopyAsked) -> Offered:
    """The field "file" of a form; or the body, read no further than the largest file."""
    media = request.content_type or ""
    if media == "multipart/form-data":
        sent = request.FILES.get("file")
        if sent is None or isinstance(sent, list):
            raise Invalid({"file": ["send the file in this field"]})
        name = asked.name or sent.name or "file"
        return Offered(name=name, content=sent.read(), language=asked.language)
    if media not in ENDINGS:
        raise Invalid({"file": [f"send a form, or a body of {', '.join(ENDINGS)}"]})
    content = request.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Unfit("more than is taken")
    name = asked.name or f"copy.{ENDINGS[media]}"
    return Offered(name=name, content=content, language=asked.language)
