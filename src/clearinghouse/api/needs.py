"""Needs as data: to each reader those that the States' consent lets that reader see."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from django.http import HttpResponseBase
from ninja import Path, Query, Router
from pydantic import Field

from clearinghouse.api import answers
from clearinghouse.api.router import reads
from clearinghouse.api.schemas import BodyName, Page, Question, Search, Text, Word, text
from clearinghouse.needs import queries
from clearinghouse.people.asking import Asking
from clearinghouse.search import queries as search
from clearinghouse.search.rules import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearinghouse.needs.models import Need

router = Router(tags=["Needs"])


class NeedsAsked(Search):
    """What may be asked of the needs."""

    state: Annotated[Word, Field(description="Code of the State", examples=["XA"])] = ""
    area: Annotated[Word, Field(description="An area of assistance", examples=["legislation"])] = (
        ""
    )
    obligation: Annotated[
        Word, Field(description="A paragraph of the resolution", examples=["1(a)"])
    ] = ""


@dataclass(kw_only=True)
class Sharing:
    """How a State shares a need: for the State and for those who serve it."""

    consent: Annotated[str, Field(description="How far it may be seen", examples=["public"])]
    rank: Annotated[int | None, Field(description="Among the State's five", examples=[1])]
    named: Annotated[list[BodyName], Field(description="Providers it is shown to by name")]


@dataclass(kw_only=True)
class NeedRecord:
    """What one State needs in one area. Null: not recorded. No row: nothing you may see."""

    id: Annotated[
        UUID, Field(description="Its id", examples=["6f0b5d0e-5a52-4a2e-8d6c-0d9f4d3c1b2a"])
    ]
    state: Annotated[BodyName, Field(description="Whose need it is")]
    area: Annotated[str, Field(description="The area of assistance", examples=["legislation"])]
    title: Annotated[Text, Field(description="In a line", examples=[{"en": "Drafting"}])]
    description: Annotated[Text, Field(description="What exactly", examples=[None])]
    obligations: Annotated[list[str], Field(description="Paragraphs", examples=[["1(a)"]])]
    counterpart: Annotated[
        str | None, Field(description="The office, not a person", examples=["Ministry of Justice"])
    ]
    rough_cost: Annotated[str | None, Field(description="As the State has it", examples=[None])]
    needed_by: Annotated[str | None, Field(description="A date, in part", examples=["2027"])]
    priority: Annotated[int, Field(description="As the State sets it; 1 first", examples=[1])]
    origin: Annotated[str, Field(description="Who says so", examples=["state"])]
    status: Annotated[str, Field(description="Where it stands", examples=["confirmed"])]
    stage: Annotated[str | None, Field(description="A review stage: A, B or C", examples=["A"])]
    contested: Annotated[bool, Field(description="The State contests it", examples=[False])]
    observation: Annotated[Text, Field(description="The State's own words", examples=[None])]
    recorded_on: Annotated[date, Field(description="First recorded", examples=["2003-03-06"])]
    last_confirmed: Annotated[
        date | None, Field(description="When the State last stood by it", examples=["2003-03-06"])
    ]
    sharing: Annotated[
        Sharing | None, Field(description="Null to all but the State and those who serve it")
    ]


@reads(router, "/needs", name="needs", answers=Page[NeedRecord])
def needs(request: Asking, asked: Query[NeedsAsked]) -> HttpResponseBase:
    """Needs that you may see; without signing in, those that are public.

    In the order of the matrix: by State, then by area. Needs that have ended are left out.
    """
    wanted = queries.Filter(state=asked.state, area=asked.area, obligation=asked.obligation)
    found = queries.needs_for(request.actor, wanted)
    if asked.q:
        hits = search.find(request.actor, asked.q, Kind.NEED)
        found = found.filter(pk__in=list(hits.values_list("reference", flat=True)))

    def write(some: "Sequence[Need]") -> list[NeedRecord]:
        return [_need(row, asked.lang) for row in queries.rows(some, request.actor)]

    return answers.page(request, asked, NeedRecord, found, write)


@reads(router, "/needs/{uuid:pk}", name="need", answers=NeedRecord)
def need(request: Asking, pk: Path[UUID], asked: Query[Question]) -> HttpResponseBase:
    """One need that you may see, by its id."""
    return answers.one(request, asked, _need(queries.need_for(request.actor, pk), asked.lang))


def _need(row: queries.Row, lang: str | None) -> NeedRecord:
    n = row.need
    return NeedRecord(
        id=n.pk,
        state=BodyName(code=n.state.code, name=text(n.state.names, lang)),
        area=n.area.code,
        title=text(n.titles, lang),
        description=text(n.descriptions, lang),
        obligations=row.obligations,
        counterpart=n.counterpart or None,
        rough_cost=n.rough_cost or None,
        needed_by=n.needed_by or None,
        priority=n.priority,
        origin=n.origin,
        status=n.status,
        stage=n.stage or None,
        contested=n.contested,
        observation=text(n.observations, lang),
        recorded_on=n.recorded_on,
        last_confirmed=n.last_confirmed,
        sharing=_sharing(row, lang) if row.whole else None,
    )


def _sharing(row: queries.Row, lang: str | None) -> Sharing:
    named = [BodyName(code=b.code, name=text(b.names, lang)) for b in row.named]
    return Sharing(consent=row.need.consent, rank=row.need.rank, named=named)
