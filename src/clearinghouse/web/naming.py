"""What things are called on a page, and their alphabetical order, in the reader's language."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clearinghouse.kernel import languages
from clearinghouse.search.rules import fold
from clearinghouse.web import dates
from clearinghouse.web.parts import Cell

if TYPE_CHECKING:
    from clearinghouse.mandate.models import Body, Membership

    B = TypeVar("B", bound=Body)


class Said(str):
    """A text of the pack that remembers its language where that is not the page's.

    It is a plain text wherever a text is wanted; `cells.spoken` marks it up, so that it is read
    aloud and laid out as what it is. `around` is the page's own wording that it stands in.
    """

    __slots__ = ("around", "spoken", "text")
    ALONE: ClassVar[str] = "%(name)s"
    spoken: str
    text: str
    around: str

    def __new__(cls, text: str, spoken: str, around: str = ALONE) -> Self:
        said = super().__new__(cls, around % {"name": text})
        said.text, said.spoken, said.around = text, spoken, around
        return said


def language() -> str:
    """The language of this page."""
    return get_language() or languages.DEFAULT


def speaker() -> Callable[[Mapping[str, str]], str]:
    """`say` for many texts of one page: it asks for the page's language once."""
    wanted = language()
    return lambda texts: speak(texts, wanted)


def say(texts: Mapping[str, str]) -> str:
    """A text in the reader's language, or the nearest there is, which says what it is in."""
    return speak(texts, language())


def speak(texts: Mapping[str, str], wanted: str) -> str:
    """A text in the language wanted, or the nearest there is, which says what it is in."""
    text, spoken = languages.pick(texts, wanted)
    return text if spoken == wanted else Said(text, spoken)


def body_name(body: "Body") -> str:
    """A State's or organisation's name; an invented one says that it is."""
    return illustrative(body.names, body.illustrative)


def illustrative(names: Mapping[str, str], invented: bool) -> str:  # noqa: FBT001  # a fact, not a mode
    name = say(names)
    if not invented:
        return name
    return beside(name, _("%(name)s (illustrative)"))


def beside(name: str, wording: str, **more: str) -> str:
    """A name in a wording of the page, which calls it `%(name)s`; it keeps its own language."""
    if not isinstance(name, Said):
        return wording % {"name": name, **more}
    kept = {key: value.replace("%", "%%") for key, value in more.items()}
    return Said(name.text, name.spoken, wording % {"name": name.around, **kept})


def reference(text: str) -> str:
    """A reference such as 1(a), kept together from left to right among Arabic words."""
    return f"\u2066{text}\u2069" if languages.direction(language()) == "rtl" else text


def alphabetical(bodies: "Iterable[B]") -> "list[B]":
    """By name in the reader's language. The order says nothing else."""
    said = speaker()
    return sorted(bodies, key=lambda body: (fold(said(body.names)), body.code))


def body_url(body: "Body") -> str:
    """The page of a State or organisation; "" for a member that is neither and has no page."""
    if body.kind == "other":
        return ""
    return reverse("state" if body.is_state else "organisation", args=[body.code])


def term_of(membership: "Membership") -> str:
    """From when until when, as far as it is recorded: "since 1999, until 2004"; else ""."""
    said = {_("since %(date)s"): membership.since, _("until %(date)s"): membership.until}
    known = {text: dates.partial(day, language()) for text, day in said.items() if day}
    return ", ".join(text % {"date": day} for text, day in known.items())


def body_cell(body: "Body", note: str = "") -> Cell:
    return Cell(body_name(body), url=body_url(body), note=note)
