"""The mandate's words as a reader is shown them: subjects, paragraphs, bodies, in their language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from clearinghouse.kernel import languages
from clearinghouse.mandate import queries as mandate
from clearinghouse.search.rules import fold
from clearinghouse.web.parts import Cell

if TYPE_CHECKING:
    from clearinghouse.mandate.models import Body

Choice = tuple[str, str]


@dataclass(frozen=True)
class Vocabulary:
    """Labels in one language. What a code stands for is asked of the database once a page."""

    language: str

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

    def say(self, texts: Mapping[str, str]) -> str:
        return languages.pick(texts, self.language)[0]

    def by_name(self, bodies: "Iterable[Body]") -> list[Choice]:
        """(code, name), in the alphabetical order of the language."""
        named = [(b.code, self.say(b.names)) for b in bodies]
        return sorted(named, key=lambda choice: (fold(choice[1]), choice[0]))
