"""The action plan as data, with every deadline computed from its meeting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from django.http import HttpResponseBase
from ninja import Query, Router
from pydantic import Field

from clearinghouse.api import answers
from clearinghouse.api.router import reads
from clearinghouse.api.schemas import Page, PagedQuestion, Text, Word, text
from clearinghouse.people.asking import Asking
from clearinghouse.plan import queries

router = Router(tags=["Plan"])


class CommitmentsAsked(PagedQuestion):
    """What may be asked of the plan."""

    adoption: Annotated[
        Word, Field(description="proposed, adopted, amended …", examples=["adopted"])
    ] = ""
    owner: Annotated[Word, Field(description="Who is to do it", examples=["committee"])] = ""


@dataclass(kw_only=True)
class CommitmentRecord:
    """Something somebody is to do, or was proposed to do."""

    code: Annotated[str, Field(description="Its code", examples=["checklist-01"])]
    number: Annotated[int, Field(description="In the plan's order", examples=[1])]
    session: Annotated[str | None, Field(description="Session it was made at", examples=["I"])]
    text: Annotated[Text, Field(description="What is to be done", examples=[{"en": "Open …"}])]
    owners: Annotated[list[str], Field(description="Who", examples=[["committee"]])]
    addressed_to: Annotated[list[str], Field(description="To whom", examples=[[]])]
    adoption: Annotated[str, Field(description="Whether taken on", examples=["adopted"])]
    timetable: Annotated[str, Field(description="What it hangs on", examples=["meeting"])]
    meeting: Annotated[
        str | None, Field(description="Code of that meeting", examples=["special-2003"])
    ]
    due: Annotated[
        date | None, Field(description="As the meeting now stands", examples=["2003-09-06"])
    ]


@reads(router, "/commitments", name="commitments", answers=Page[CommitmentRecord])
def commitments(request: Asking, asked: Query[CommitmentsAsked]) -> HttpResponseBase:
    """Commitments of the action plan that you may see.

    Without signing in, those the committee has taken on. A proposal says that it is one.
    """
    found = [line for line in queries.plan_for(request.actor) if _fits(line, asked)]

    def write(some: Sequence[queries.Line]) -> list[CommitmentRecord]:
        return [_commitment(line, asked.lang) for line in some]

    return answers.page(request, asked, CommitmentRecord, found, write)


def _fits(line: queries.Line, asked: CommitmentsAsked) -> bool:
    c = line.commitment
    return asked.adoption in {"", c.adoption} and (not asked.owner or asked.owner in c.owners)


def _commitment(line: queries.Line, lang: str | None) -> CommitmentRecord:
    c = line.commitment
    return CommitmentRecord(
        code=c.code,
        number=c.number,
        session=c.session or None,
        text=text(c.texts, lang),
        owners=c.owners,
        addressed_to=c.addressed_to,
        adoption=c.adoption,
        timetable=c.timetable,
        meeting=c.due_meeting.code if c.due_meeting else None,
        due=line.due,
    )
