"""The mandate's public facts as data: States, organisations, obligations, areas."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from django.http import HttpResponseBase
from ninja import Path, Query, Router
from pydantic import Field

from clearinghouse.access.errors import Unseen
from clearinghouse.api import answers
from clearinghouse.api.router import reads
from clearinghouse.api.schemas import (
    BodyName,
    Page,
    PagedQuestion,
    Question,
    Search,
    Text,
    Word,
    text,
)
from clearinghouse.mandate import queries
from clearinghouse.mandate.rules import Vocabulary
from clearinghouse.people.asking import Asking
from clearinghouse.search.rules import fold, words

if TYPE_CHECKING:
    from clearinghouse.mandate.models import (
        Area,
        Body,
        GroupMember,
        Membership,
        Obligation,
    )

router = Router(tags=["Mandate"])


class OrganisationsAsked(Search):
    """What may be asked of the organisations."""

    kind: Annotated[
        Word, Field(description="international, regional or subregional", examples=["regional"])
    ] = ""
    member: Annotated[Word, Field(description="Code of a member", examples=["FR"])] = ""


class StatesAsked(Search):
    """What may be asked of the States."""

    organisation: Annotated[
        Word, Field(description="Code of an organisation it belongs to", examples=["ICAO"])
    ] = ""


@dataclass(kw_only=True)
class MembershipRecord:
    """Who belongs to what, in which role, and who says so."""

    body: Annotated[BodyName, Field(description="The other side of the membership")]
    role: Annotated[str, Field(description="member, observer …", examples=["member"])]
    since: Annotated[str | None, Field(description="A date, in part", examples=["1947"])]
    until: Annotated[str | None, Field(description="A date, in part", examples=[None])]
    source: Annotated[str, Field(description="Who says so", examples=["World Factbook"])]
    as_of: Annotated[str, Field(description="When that was so", examples=["2026-02"])]


@dataclass(kw_only=True)
class GroupRecord:
    """A group the State is counted in."""

    kind: Annotated[str, Field(description="un_group, region …", examples=["region"])]
    code: Annotated[str, Field(description="Its code", examples=["europe"])]
    name: Annotated[Text, Field(description="Its name", examples=[{"en": "Europe"}])]
    note: Annotated[str | None, Field(description="What must be said of it", examples=[None])]


@dataclass(kw_only=True)
class StateRecord:
    """A State, by its United Nations name."""

    code: Annotated[str, Field(description="Two letters (ISO 3166-1)", examples=["FR"])]
    iso3: Annotated[str | None, Field(description="Three letters", examples=["FRA"])]
    name: Annotated[Text, Field(description="Its name", examples=[{"en": "France"}])]
    note: Annotated[str | None, Field(description="What must be said of it", examples=[None])]
    illustrative: Annotated[
        bool, Field(description="Invented for a demonstration", examples=[False])
    ]


@dataclass(kw_only=True)
class StateWhole(StateRecord):
    """A State with its groups and memberships."""

    groups: Annotated[list[GroupRecord], Field(description="The groups it is counted in")]
    memberships: Annotated[list[MembershipRecord], Field(description="What it belongs to")]


@dataclass(kw_only=True)
class OrganisationRecord:
    """An international, regional or subregional organisation."""

    code: Annotated[str, Field(description="Its code", examples=["ICAO"])]
    name: Annotated[Text, Field(description="Its name", examples=[{"en": "Organization"}])]
    acronym: Annotated[str | None, Field(description="Its acronym", examples=["ICAO"])]
    kind: Annotated[str, Field(description="international …", examples=["international"])]
    parent: Annotated[str | None, Field(description="Code of what it is part of", examples=[None])]
    note: Annotated[str | None, Field(description="What must be said of it", examples=[None])]
    illustrative: Annotated[
        bool, Field(description="Invented for a demonstration", examples=[False])
    ]


@dataclass(kw_only=True)
class OrganisationWhole(OrganisationRecord):
    """An organisation with its members."""

    members: Annotated[list[MembershipRecord], Field(description="Who belongs to it")]


@dataclass(kw_only=True)
class ObligationRecord:
    """A paragraph of the resolution, with a short title in our words."""

    code: Annotated[str, Field(description="The paragraph", examples=["1(a)"])]
    paragraph: Annotated[int, Field(description="Its number", examples=[1])]
    title: Annotated[Text, Field(description="In short", examples=[{"en": "Prevent financing"}])]
    force: Annotated[str, Field(description="decides, calls upon …", examples=["decides"])]
    areas: Annotated[
        list[str], Field(description="Areas that lead to it", examples=[["legislation"]])
    ]


@dataclass(kw_only=True)
class AreaRecord:
    """An area of assistance: a column of the matrix."""

    code: Annotated[str, Field(description="Its code", examples=["legislation"])]
    title: Annotated[Text, Field(description="Its title", examples=[{"en": "Legislation"}])]
    obligations: Annotated[
        list[str], Field(description="Paragraphs it leads to", examples=[["1(a)"]])
    ]


@reads(router, "/states", name="states", answers=Page[StateRecord])
def states(request: Asking, asked: Query[StatesAsked]) -> HttpResponseBase:
    """States.

    With lang in the alphabetical order of that language, without it in that of their codes.
    """
    found = queries.states()
    if asked.organisation:
        found = found.filter(pk__in=queries.member_ids(asked.organisation))
    some = _named(found, asked)
    return answers.page(
        request, asked, StateRecord, some, lambda rows: [_state(row, asked.lang) for row in rows]
    )


@reads(router, "/states/{code}", name="state", answers=StateWhole)
def state(request: Asking, code: Path[Word], asked: Query[Question]) -> HttpResponseBase:
    """One State, with its groups and memberships."""
    body = queries.body(code)
    if not body.is_state:
        raise Unseen("no such State")
    whole = StateWhole(
        **vars(_state(body, asked.lang)),
        groups=[_group(each, asked.lang) for each in queries.groups_of(body)],
        memberships=[
            _membership(each, each.organisation, asked.lang)
            for each in queries.memberships_of(body)
        ],
    )
    return answers.one(request, asked, whole)


@reads(router, "/organisations", name="organisations", answers=Page[OrganisationRecord])
def organisations(request: Asking, asked: Query[OrganisationsAsked]) -> HttpResponseBase:
    """International, regional and subregional organisations.

    With lang in the alphabetical order of that language, without it in that of their codes.
    """
    found = queries.organisations()
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.member:
        found = found.filter(pk__in=queries.organisation_ids(asked.member))
    return answers.page(
        request,
        asked,
        OrganisationRecord,
        _named(found, asked),
        lambda rows: [_organisation(row, asked.lang) for row in rows],
    )


@reads(router, "/organisations/{code}", name="organisation", answers=OrganisationWhole)
def organisation(request: Asking, code: Path[Word], asked: Query[Question]) -> HttpResponseBase:
    """One organisation, with its members."""
    body = queries.organisations().filter(code__iexact=code).first()
    if body is None:
        raise Unseen("no such organisation")
    whole = OrganisationWhole(
        **vars(_organisation(body, asked.lang)),
        members=[_membership(each, each.member, asked.lang) for each in queries.members_of(body)],
    )
    return answers.one(request, asked, whole)


@reads(router, "/obligations", name="obligations", answers=Page[ObligationRecord])
def obligations(request: Asking, asked: Query[PagedQuestion]) -> HttpResponseBase:
    """The paragraphs of the resolution, in its order."""
    walk = queries.walk(Vocabulary.AREAS, Vocabulary.OBLIGATIONS)

    def write(some: "Sequence[Obligation]") -> list[ObligationRecord]:
        return [_obligation(each, walk, asked.lang) for each in some]

    return answers.page(request, asked, ObligationRecord, queries.obligations(), write)


@reads(router, "/areas", name="areas", answers=Page[AreaRecord])
def areas(request: Asking, asked: Query[PagedQuestion]) -> HttpResponseBase:
    """The areas of assistance, in the order of the matrix."""
    walk = queries.walk(Vocabulary.AREAS, Vocabulary.OBLIGATIONS)

    def write(some: "Sequence[Area]") -> list[AreaRecord]:
        return [_area(each, walk, asked.lang) for each in some]

    return answers.page(request, asked, AreaRecord, queries.areas(), write)


def _named(found: Any, asked: Search) -> answers.Found:
    """By words of the name, and in the order of a language, where either is asked for."""
    if not asked.q and asked.lang is None:
        rows: answers.Found = found
        return rows
    wanted = words(asked.q)
    kept = [body for body in found if all(word in _haystack(body) for word in wanted)]
    if lang := asked.lang:
        kept.sort(key=lambda body: (fold(str(text(body.names, lang))), body.code))
    return kept


def _haystack(body: "Body") -> str:
    return fold(" ".join([body.code, body.acronym, *body.names.values()]))


def _state(body: "Body", lang: str | None) -> StateRecord:
    return StateRecord(
        code=body.code,
        iso3=body.iso3 or None,
        name=text(body.names, lang),
        note=body.note or None,
        illustrative=body.illustrative,
    )


def _organisation(body: "Body", lang: str | None) -> OrganisationRecord:
    return OrganisationRecord(
        code=body.code,
        name=text(body.names, lang),
        acronym=body.acronym or None,
        kind=body.kind,
        parent=body.parent.code if body.parent else None,
        note=body.note or None,
        illustrative=body.illustrative,
    )


def _membership(m: "Membership", other: "Body", lang: str | None) -> MembershipRecord:
    return MembershipRecord(
        body=BodyName(code=other.code, name=text(other.names, lang)),
        role=m.role,
        since=m.since or None,
        until=m.until or None,
        source=m.source,
        as_of=m.as_of,
    )


def _group(m: "GroupMember", lang: str | None) -> GroupRecord:
    name = text(m.group.names, lang)
    return GroupRecord(kind=m.group.kind, code=m.group.code, name=name, note=m.note or None)


def _obligation(
    o: "Obligation", walk: Mapping[str, list[str]], lang: str | None
) -> ObligationRecord:
    return ObligationRecord(
        code=o.ref,
        paragraph=o.paragraph,
        title=text(o.title, lang),
        force=o.force,
        areas=[area for area, refs in walk.items() if o.ref in refs],
    )


def _area(a: "Area", walk: Mapping[str, list[str]], lang: str | None) -> AreaRecord:
    return AreaRecord(code=a.code, title=text(a.title, lang), obligations=walk.get(a.code, []))
