"""Meetings as data: their days, agenda, and how they moved. What is restricted is not here."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from django.http import HttpResponseBase
from ninja import Query, Router
from pydantic import Field

from clearinghouse.api import answers
from clearinghouse.api.router import reads
from clearinghouse.api.schemas import Page, PagedQuestion, Text, text
from clearinghouse.mandate import queries
from clearinghouse.meetings import queries as of_meetings
from clearinghouse.people.asking import Asking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearinghouse.mandate.models import Meeting, MeetingMove
    from clearinghouse.meetings.models import AgendaItem

router = Router(tags=["Meetings"])


@dataclass(kw_only=True)
class MoveRecord:
    """That a meeting moved: from which day to which, and when it was decided."""

    old_starts: Annotated[str, Field(description="A date, in part", examples=["2003-09-08"])]
    old_ends: Annotated[str | None, Field(description="A date, in part", examples=[None])]
    new_starts: Annotated[str, Field(description="A date, in part", examples=["2003-10-06"])]
    new_ends: Annotated[str | None, Field(description="A date, in part", examples=[None])]
    moved_at: Annotated[datetime, Field(description="When", examples=["2003-08-01T15:00:00Z"])]


@dataclass(kw_only=True)
class MeetingRecord:
    """A meeting that deadlines hang on. Its dates are as full as they are known."""

    code: Annotated[str, Field(description="Its code", examples=["special-2003"])]
    kind: Annotated[str, Field(description="special, follow-up …", examples=["special"])]
    title: Annotated[Text, Field(description="Its title", examples=[{"en": "Special meeting"}])]
    starts: Annotated[str, Field(description="A date, in part", examples=["2003-03-06"])]
    ends: Annotated[str | None, Field(description="A date, in part", examples=["2003-03-06"])]
    place: Annotated[str | None, Field(description="Where", examples=["New York"])]
    host: Annotated[str | None, Field(description="Who invites", examples=["The Committee"])]
    source: Annotated[
        str | None, Field(description="What says so", examples=["https://www.example.org/"])
    ]
    opens: Annotated[str | None, Field(description="Hour at the place", examples=["10:00"])]
    closes: Annotated[str | None, Field(description="Hour at the place", examples=["18:00"])]
    time_zone: Annotated[
        str, Field(description="Clock of the place", examples=["America/New_York"])
    ]
    agenda: Annotated[list[Text], Field(description="Its items", examples=[[{"en": "Opening"}]])]
    moves: Annotated[list[MoveRecord], Field(description="How its days moved")]
    illustrative: Annotated[
        bool, Field(description="Invented for a demonstration", examples=[False])
    ]


@reads(router, "/meetings", name="meetings", answers=Page[MeetingRecord])
def meetings(request: Asking, asked: Query[PagedQuestion]) -> HttpResponseBase:
    """The meetings that deadlines hang on, the earliest first."""

    def write(some: "Sequence[Meeting]") -> list[MeetingRecord]:
        agendas, moves = of_meetings.agendas(some), queries.moves_by_meeting()
        return [
            _meeting(each, agendas.get(each.pk, []), moves.get(each.pk, []), asked.lang)
            for each in some
        ]

    return answers.page(request, asked, MeetingRecord, queries.meetings(), write)


def _meeting(
    m: "Meeting", agenda: "Sequence[AgendaItem]", moves: "Sequence[MeetingMove]", lang: str | None
) -> MeetingRecord:
    return MeetingRecord(
        code=m.code,
        kind=m.kind,
        title=text(m.title, lang),
        starts=m.starts,
        ends=m.ends or None,
        place=m.place or None,
        host=m.host or None,
        source=m.source or None,
        opens=f"{m.opens:%H:%M}" if m.opens else None,
        closes=f"{m.closes:%H:%M}" if m.closes else None,
        time_zone=m.time_zone,
        agenda=[text(item.titles, lang) for item in agenda],
        moves=[_move(each) for each in moves],
        illustrative=m.illustrative,
    )


def _move(m: "MeetingMove") -> MoveRecord:
    return MoveRecord(
        old_starts=m.old_starts,
        old_ends=m.old_ends or None,
        new_starts=m.new_starts,
        new_ends=m.new_ends or None,
        moved_at=m.moved_at,
    )
