"""The register of standards and the universal instruments, as data."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

from django.http import HttpResponseBase
from ninja import Path, Query, Router
from pydantic import Field

from clearinghouse.api import answers
from clearinghouse.api.router import reads
from clearinghouse.api.schemas import (
    AsOf,
    BodyName,
    Page,
    PagedQuestion,
    Question,
    Search,
    Text,
    Word,
    text,
)
from clearinghouse.people.asking import Asking
from clearinghouse.standards import queries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearinghouse.standards.models import Instrument

router = Router(tags=["Register"])


class StandardsAsked(Search):
    """What may be asked of the register."""

    obligation: Annotated[
        Word, Field(description="A paragraph of the resolution", examples=["1(a)"])
    ] = ""
    organisation: Annotated[Word, Field(description="Who issued it", examples=["FATF"])] = ""
    area: Annotated[Word, Field(description="An area of assistance", examples=["legislation"])] = (
        ""
    )
    legal_nature: Annotated[
        Word, Field(description="What it is in law", examples=["recommendation"])
    ] = ""
    as_of: AsOf = None


class InstrumentsAsked(PagedQuestion):
    """What may be asked of the instruments."""

    as_of: AsOf = None


@dataclass(kw_only=True)
class EditionRecord:
    """An edition or amendment."""

    label: Annotated[str | None, Field(description="What it is called", examples=["2012"])]
    issued: Annotated[
        str | None, Field(description="YYYY, YYYY-MM or YYYY-MM-DD", examples=["2001-10-30"])
    ]


@dataclass(kw_only=True)
class BearingRecord:
    """A paragraph of the resolution that the standard bears on."""

    obligation: Annotated[str, Field(description="The paragraph", examples=["1(a)"])]
    pinpoint: Annotated[str | None, Field(description="Where", examples=["Recommendation II"])]


@dataclass(kw_only=True)
class StandardRecord:
    """A listed entry: who issued it and what it bears on. Null: not recorded."""

    code: Annotated[str, Field(description="Its code", examples=["fatf-special-recommendations"])]
    organisation: Annotated[BodyName, Field(description="Who issued it")]
    title: Annotated[Text, Field(description="Its title", examples=[{"en": "Recommendations"}])]
    summary: Annotated[Text, Field(description="What it says, in short", examples=[None])]
    legal_nature: Annotated[
        str, Field(description="In its owner's terms", examples=["recommendation"])
    ]
    url: Annotated[
        str | None, Field(description="Where it is", examples=["https://www.example.org/"])
    ]
    languages: Annotated[
        list[str], Field(description="Languages it is available in", examples=[["en", "fr"]])
    ]
    human_rights: Annotated[
        Text, Field(description="On human rights, in its submitter's words", examples=[None])
    ]
    source: Annotated[
        str | None, Field(description="What says so", examples=["https://www.example.org/"])
    ]
    verified: Annotated[
        bool, Field(description="Whether date and title were checked", examples=[True])
    ]
    status: Annotated[str, Field(description="listed, stale or withdrawn", examples=["listed"])]
    listed_on: Annotated[date, Field(description="First listed", examples=["2003-03-06"])]
    last_confirmed: Annotated[
        date | None, Field(description="When its owner last confirmed it", examples=["2003-03-06"])
    ]
    withdrawn_on: Annotated[date | None, Field(description="If withdrawn", examples=[None])]
    withdrawn_because: Annotated[str | None, Field(description="Why", examples=[None])]
    editions: Annotated[list[EditionRecord], Field(description="The earliest first")]
    obligations: Annotated[list[BearingRecord], Field(description="What it bears on")]


@dataclass(kw_only=True)
class InstrumentRecord:
    """A universal instrument against terrorism."""

    number: Annotated[int, Field(description="In the order of the list", examples=[1])]
    year: Annotated[int, Field(description="Year of conclusion", examples=[1963])]
    title: Annotated[Text, Field(description="Its title", examples=[{"en": "Convention"}])]
    depositary: Annotated[str | None, Field(description="Its depositary", examples=["ICAO"])]
    depositary_verified: Annotated[
        bool, Field(description="Whether that was checked", examples=[False])
    ]


@reads(router, "/standards", name="standards", answers=Page[StandardRecord])
def standards(request: Asking, asked: Query[StandardsAsked]) -> HttpResponseBase:
    """Standards listed in the register.

    In the order of their titles. With as_of: those that may have stood on that day, with their
    editions up to then; an entry of unknown date stays in view. Withdrawn entries are left out.
    """
    found = queries.register(
        request.actor,
        queries.Filter(
            text=asked.q,
            obligation=asked.obligation,
            organisation=asked.organisation,
            area=asked.area,
            legal_nature=asked.legal_nature,
            as_of=asked.as_of,
        ),
    )
    return answers.page(
        request,
        asked,
        StandardRecord,
        found,
        lambda some: [standard_of(e, asked.lang) for e in queries.facts(some, asked.as_of)],
    )


@reads(router, "/standards/{code}", name="standard", answers=StandardRecord)
def standard(request: Asking, code: Path[Word], asked: Query[Question]) -> HttpResponseBase:
    """One standard, by its code.

    A withdrawn one is found too, with the day and the reason.
    """
    found = queries.facts_for(request.actor, code)
    return answers.one(request, asked, standard_of(found, asked.lang))


@reads(router, "/instruments", name="instruments", answers=Page[InstrumentRecord])
def instruments(request: Asking, asked: Query[InstrumentsAsked]) -> HttpResponseBase:
    """The universal instruments against terrorism.

    With as_of: those concluded by the end of that year.
    """

    def write(some: "Sequence[Instrument]") -> list[InstrumentRecord]:
        return [instrument_of(each, asked.lang) for each in some]

    return answers.page(request, asked, InstrumentRecord, queries.instruments(asked.as_of), write)


def standard_of(found: queries.Facts, lang: str | None) -> StandardRecord:
    c = found.columns
    return StandardRecord(
        code=c["code"],
        organisation=BodyName(
            code=c["organisation__code"], name=text(c["organisation__names"], lang)
        ),
        title=text(c["titles"], lang),
        summary=text(c["summaries"], lang),
        legal_nature=c["legal_nature"],
        url=c["url"] or None,
        languages=c["languages"],
        human_rights=text(c["human_rights"], lang),
        source=c["source"] or None,
        verified=c["verified"],
        status=c["status"],
        listed_on=c["listed_on"],
        last_confirmed=c["last_confirmed"],
        withdrawn_on=c["withdrawn_on"],
        withdrawn_because=c["withdrawn_because"] or None,
        editions=[EditionRecord(label=a or None, issued=b or None) for a, b in found.editions],
        obligations=[
            BearingRecord(obligation=ref, pinpoint=at or None) for ref, at in found.bearings
        ],
    )


def instrument_of(i: "Instrument", lang: str | None) -> InstrumentRecord:
    return InstrumentRecord(
        number=i.number,
        year=i.year,
        title=text(i.title, lang),
        depositary=i.depositary or None,
        depositary_verified=i.depositary_verified,
    )
