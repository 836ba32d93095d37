"""The mandate's words in the reader's language: subjects, paragraphs, bodies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from clearinghouse.mandate import queries as mandate
from clearinghouse.search.rules import fold
from clearinghouse.web import naming
from clearinghouse.web.parts import Cell

if TYPE_CHECKING:
    from clearinghouse.mandate.models import Body

Choice = tuple[str, str]


@dataclass(frozen=True)
class Vocabulary:
    """Labels in the language of the page; what codes stand for is asked once a page."""

    language: str = field(default_factory=naming.language)

    @cached_property
    def areas(self) -> dict[str, str]:
        """By code, in the order of the matrix's columns."""
        return {a.code: self.say(a.title) for a in mandate.areas()}

    @cached_property
    def obligations(self) -> dict[str, Cell]:
        """By reference, in the order of the resolution: "1(a)" → its short title."""
        return {o.ref: Cell.told(o.title, self.language) for o in mandate.obligations()}

    @cached_property
    def providers(self) -> dict[str, str]:
        return dict(self.by_name(mandate.providers()))

    @cached_property
    def states(self) -> dict[str, str]:
        """By code, in the alphabetical order of the language."""
        return dict(self.by_name(mandate.states()))

    @cached_property
    def regions(self) -> dict[str, str]:
        """Regions and subregions by code, in the alphabetical order of the language."""
        found = [(g.code, self.say(g.names)) for g in mandate.regions()]
        return dict(sorted(found, key=lambda one: fold(one[1])))

    def say(self, texts: Mapping[str, str]) -> str:
        return naming.speak(texts, self.language)

    def by_name(self, bodies: "Iterable[Body]") -> list[Choice]:
        """(code, name), in the alphabetical order of the language."""
        return [(b.code, naming.body_name(b)) for b in naming.alphabetical(bodies)]
