"""What every operation is asked with and answers with: languages, pages, fields, references."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, Field, StringConstraints

from clearinghouse.kernel import languages

R = TypeVar("R")

LARGEST_PAGE = 200
LAST_PAGE = 1_000_000  # beyond it an offset would be no number a database knows
PRINTABLE = r"^[^\x00-\x1f\x7f]*$"  # a database refuses some of the others

Lang = Literal["ar", "zh", "en", "fr", "ru", "es"]
Text = dict[str, str] | str | None
Word = Annotated[str, StringConstraints(max_length=80, pattern=PRINTABLE)]
Words = Annotated[str, StringConstraints(max_length=200, pattern=PRINTABLE)]


def _whole_date(given: object) -> object:
    """Only YYYY-MM-DD: a bare number is not taken for seconds since 1970."""
    if isinstance(given, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", given):
        raise ValueError("write a date as YYYY-MM-DD")
    return given


Day = Annotated[date, BeforeValidator(_whole_date)]
AsOf = Annotated[
    Day | None, Field(description="A day, YYYY-MM-DD: what stood then", examples=["2003-03-06"])
]


class Asked(BaseModel):
    """What may be said to any operation."""

    fields: Annotated[
        Words,
        Field(description="Only these fields of an entry, by comma", examples=[""]),
    ] = ""


class Question(Asked):
    """What may be said to any operation whose texts are in several languages."""

    lang: Annotated[
        Lang | None,
        Field(
            description="Give each text in one language, as a string: this one, else English, else"
            " the first it is known in. Without it, texts are maps from language to text.",
            examples=["fr"],
        ),
    ] = None


class PagedQuestion(Question):
    """What may be said to any list."""

    page: Annotated[int, Field(ge=1, le=LAST_PAGE, description="From 1", examples=[1])] = 1
    size: Annotated[
        int, Field(ge=1, le=LARGEST_PAGE, description="Entries on a page", examples=[20])
    ] = 20


class Search(PagedQuestion):
    """A list that can be searched by words."""

    q: Annotated[
        Words, Field(description="Words, all of which are to be found", examples=["financing"])
    ] = ""


@dataclass(kw_only=True)
class Page(Generic[R]):
    """One page of a list. The total counts what this reader may see, and nothing else."""

    total: Annotated[int, Field(description="Entries on all pages", examples=[1])]
    page: Annotated[int, Field(description="This page, from 1", examples=[1])]
    size: Annotated[int, Field(description="Entries on a page", examples=[20])]
    next: Annotated[
        str | None, Field(description="Address of the next page, if any", examples=[None])
    ]
    results: Annotated[list[R], Field(description="The entries")]


@dataclass(kw_only=True)
class BodyName:
    """A State or organisation, as another entry names it."""

    code: Annotated[str, Field(description="Its code", examples=["ICAO"])]
    name: Annotated[
        Text, Field(description="Its name", examples=[{"en": "International Civil Aviation…"}])
    ]


def text(texts: Mapping[str, str], lang: str | None) -> Text:
    """A text as it was asked for; None where nothing is recorded."""
    if lang is None:
        return dict(texts) or None
    return languages.pick(texts, lang)[0] or None
