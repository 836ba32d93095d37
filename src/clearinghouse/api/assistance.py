"""Figures of aid as data: each with its year and source, none added up."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from django.http import HttpResponseBase
from ninja import Query, Router
from pydantic import Field

from clearinghouse.api import answers
from clearinghouse.api.router import reads
from clearinghouse.api.schemas import Page, PagedQuestion, Word
from clearinghouse.assistance import queries
from clearinghouse.people.asking import Asking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearinghouse.assistance.models import Figure

router = Router(tags=["Assistance"])


class FiguresAsked(PagedQuestion):
    """What may be asked of the figures."""

    state: Annotated[Word, Field(description="Code of the receiving State", examples=["KE"])] = ""
    kind: Annotated[
        Word, Field(description="purpose or donor: what stands against it", examples=["purpose"])
    ] = ""
    code: Annotated[
        Word, Field(description="Code of that purpose or donor", examples=["15130"])
    ] = ""


@dataclass(kw_only=True)
class FigureRecord:
    """One cell of a published table."""

    state: Annotated[str | None, Field(description="Code of the State", examples=["KE"])]
    recipient: Annotated[str, Field(description="As named by the source", examples=["Kenya"])]
    kind: Annotated[str, Field(description="purpose or donor", examples=["purpose"])]
    code: Annotated[str, Field(description="Its code at the source", examples=["15130"])]
    name: Annotated[str, Field(description="Its name at the source", examples=["Legal …"])]
    donor: Annotated[
        str | None,
        Field(description="Code of the donor, where it is one of ours", examples=[None]),
    ]
    obligations: Annotated[
        list[str], Field(description="Paragraphs the purpose bears on", examples=[["2(e)"]])
    ]
    amount: Annotated[str, Field(description="A decimal number", examples=["12.5"])]
    unit: Annotated[str, Field(description="Of the amount", examples=["US$ million"])]
    year: Annotated[int, Field(description="Of the figure", examples=[2017])]
    source: Annotated[str, Field(description="Who published it", examples=["OECD DAC …"])]
    row: Annotated[int, Field(description="Of the file it stood in", examples=[44])]


@reads(router, "/figures", name="figures", answers=Page[FigureRecord])
def figures(request: Asking, asked: Query[FiguresAsked]) -> HttpResponseBase:
    """Aid under purpose codes, and by donor.

    Not counter-terrorism assistance. One purpose may bear on several paragraphs: never add up.
    """
    found, walk = queries.figures(), queries.purposes_borne()
    if asked.state:
        found = found.filter(recipient__code__iexact=asked.state)
    if asked.kind:
        found = found.filter(table__kind=asked.kind)
    if asked.code:
        found = found.filter(other_code=asked.code)

    def write(some: "Sequence[Figure]") -> list[FigureRecord]:
        return [_figure(each, walk.get(each.other_code, [])) for each in some]

    return answers.page(request, asked, FigureRecord, found, write)


def _figure(f: "Figure", obligations: list[str]) -> FigureRecord:
    amount = f"{f.amount:f}".rstrip("0").rstrip(".")
    return FigureRecord(
        state=f.recipient.code if f.recipient else None,
        recipient=f.recipient_name,
        kind=f.table.kind,
        code=f.other_code,
        name=f.other_name,
        donor=f.donor.code if f.donor else None,
        obligations=obligations if f.table.kind == "purpose" else [],
        amount=amount or "0",
        unit=f.unit,
        year=f.table.year,
        source=f.table.source,
        row=f.line,
    )
