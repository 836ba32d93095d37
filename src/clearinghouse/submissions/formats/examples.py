"""One sound record of a kind, made from its definition: for the template and the page."""

from collections.abc import Callable, Mapping
from typing import Any

from clearinghouse.submissions.rules.fields import Field, Known, Type
from clearinghouse.submissions.rules.kinds import Definition

TEXT = "Illustrative text"


def example(definition: Definition, known: Known) -> dict[str, Any]:
    """A record that the checks accept. What depends on another choice is left out."""
    skipped = {"providers"}  # named only where the State chose to name them
    return {
        each.name: OF_TYPE[each.type](each, known)
        for each in definition.fields
        if each.name not in skipped
    }


def _choice(each: Field, _: Known) -> str:
    return next(iter(each.choices))


def _checklist(each: Field, known: Known) -> dict[str, str]:
    return dict.fromkeys(each.questions, _choice(each, known))


def _obligations(each: Field, known: Known) -> list[dict[str, str]]:
    more = {"pinpoint": "article 2"} if each.pinpoints else {}
    return [{"ref": min(known.obligations, default="1(a)")} | more]


def _first(values: frozenset[str]) -> str:
    return min(values, default="")


OF_TYPE: Mapping[Type, Callable[[Field, Known], Any]] = {
    Type.TEXT: lambda _each, _known: TEXT,
    Type.TEXTS: lambda _each, _known: {"en": TEXT},
    Type.LONG_TEXTS: lambda _each, _known: {"en": f"{TEXT}."},
    Type.CHOICE: _choice,
    Type.NUMBER: _choice,
    Type.DATE: lambda _each, _known: "2026-05",
    Type.URL: lambda _each, _known: "https://www.example.org/",
    Type.EMAIL: lambda _each, _known: "office@example.org",
    Type.LANGUAGES: lambda _each, _known: ["en", "fr"],
    Type.AREA: lambda _each, known: _first(known.areas),
    Type.AREAS: lambda _each, known: sorted(known.areas)[:2],
    Type.OBLIGATIONS: _obligations,
    Type.PROVIDERS: lambda _each, known: sorted(known.providers)[:1],
    Type.STATE: lambda _each, known: _first(known.states),
    Type.STATES: lambda _each, known: sorted(known.states)[:2],
    Type.REGIONS: lambda _each, known: sorted(known.regions)[:2],
    Type.CHECKLIST: _checklist,
    Type.LINES: lambda _each, _known: [TEXT],
    Type.MILESTONES: lambda _each, _known: [{"date": "2026-05", "what": "first draft"}],
}
