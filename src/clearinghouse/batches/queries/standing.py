"""What a body has standing of a kind, as contributions say it: to compare with, and to give out.

A body's file holds the body's own entries alone: whoever asks for it was found to be its author.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from clearinghouse.access.actor import Actor
from clearinghouse.batches.rules import likeness
from clearinghouse.directory import queries as directory
from clearinghouse.directory.models import Entry, EntryQuerySet
from clearinghouse.directory.rules import Status
from clearinghouse.mandate.models import Body
from clearinghouse.standards.models import Standard, StandardQuerySet
from clearinghouse.standards.queries import register
from clearinghouse.submissions.rules.kinds import Kind

OWN = "a body's file is held against its own entries"
ALL = Q()


@dataclass(frozen=True)
class Standing:
    """An entry with what it says, by the fields of its kind."""

    thing: Entry | Standard
    content: dict[str, Any]

    @property
    def code(self) -> str:
        return self.thing.code

    @property
    def stood(self) -> dict[str, Any]:
        """What undoing a change has to go back to, besides the content."""
        day = self.thing.last_confirmed
        found: dict[str, Any] = {"status": self.thing.status, "confirmed": day and day.isoformat()}
        if isinstance(self.thing, Standard):
            found["editions"] = [e[:2] for e in self.thing.outline.get("editions", [])]
        return found


def own(kind: Kind, body: Body, which: Q = ALL) -> Iterator[Standing]:
    """All of them, or some, in the order of their titles; a few hundred held at a time."""
    if kind == Kind.STANDARD:
        for standard in _standards(body).filter(which).iterator(500):
            yield Standing(standard, of_standard(standard))
    else:
        for entry in _entries(kind, body).filter(which).iterator(500):
            yield Standing(entry, {**entry.content, **entry.inner})


def named(
    kind: Kind, body: Body, codes: Collection[str], references: Collection[str] = ()
) -> list[Standing]:
    """Those that bear one of these codes, or one of these references."""
    which = Q(code__in=codes) | Q(reference__in=references) if references else Q(code__in=codes)
    return list(own(kind, body, which))


def titled(kind: Kind, body: Body, titles: Collection[str]) -> list[Standing]:
    """Those whose folded title is one of these: the same word by word may be among them."""
    return list(own(kind, body, Q(sort__in=titles))) if titles else []


def in_view(actor: Actor, kind: Kind) -> Iterator[likeness.Thing]:
    """The marks of all that this reader may see of a kind."""
    if kind == Kind.STANDARD:
        found = register(actor).values_list("code", "titles", "url", "reference")
        rows: Any = found.iterator(2000)
    else:
        shown = directory.entries(actor, [kind.value]).order_by()
        rows = shown.values_list("code", "titles", "content__url", "reference").iterator(2000)
    for code, titles, url, reference in rows:
        yield likeness.of(code, {"title": titles, "url": url or "", "reference": reference})


def of_standard(one: Standard) -> dict[str, Any]:
    """A standard as a contribution says it; its latest edition alone."""
    editions = one.outline.get("editions", [])
    label, issued = editions[-1][:2] if editions else ("", "")
    said = {
        "title": one.titles,
        "summary": one.summaries,
        "legal_nature": one.legal_nature,
        "edition": label,
        "issued": issued,
        "obligations": [
            {"ref": ref} | ({"pinpoint": at} if at else {})
            for ref, at in one.outline.get("bearings", [])
        ],
        "languages": one.languages,
        "url": one.url,
        "reference": one.reference,
        "human_rights_check": one.human_rights_check,
        "human_rights": one.human_rights,
    }
    return {name: value for name, value in said.items() if value}


def _standards(body: Body) -> StandardQuerySet:
    found = Standard.objects.unscoped(OWN).filter(organisation=body)
    return found.exclude(status=Status.WITHDRAWN).select_related("organisation")


def _entries(kind: Kind, body: Body) -> EntryQuerySet:
    found = Entry.objects.unscoped(OWN).filter(body=body, kind=kind)
    return found.exclude(status=Status.WITHDRAWN).select_related("body", "concerns")
