"""What a view hands to the components: small frozen values that know nothing of any room."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Self
from urllib.parse import urlencode

from django.utils.functional import Promise

from clearinghouse.kernel import languages

# A text of ours, already translated or to be translated when it is shown.
Text = str | Promise

Tone = Literal["quiet", "waiting", "settled", "alert", "accent"]
NoticeTone = Literal["info", "success", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Item:
    """A link in a navigation, a breadcrumb or an empty state; `count` is what waits behind it."""

    label: Text
    url: str = ""
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One place in a table, or one value beside its term.

    A `url` makes it a link, a `tone` a badge. `language` is set only where the text is not in the
    page's language (see `told`). `note` stands below in small type. `apart` tells a
    link from others of the same text to whoever hears links read out alone; it is not shown.
    """

    text: Text
    url: str = ""
    tone: Tone | Literal[""] = ""
    note: Text = ""
    language: str = ""
    apart: Text = ""

    @classmethod
    def told(
        cls, texts: Mapping[str, str], language: str, *, url: str = "", note: Text = ""
    ) -> Self:
        """Choose from a per-language text as `kernel.languages.pick` does, and mark a stranger."""
        text, spoken = languages.pick(texts, language)
        return cls(text, url=url, note=note, language="" if spoken == language else spoken)

    @property
    def direction(self) -> languages.Direction:
        """Say which way a text in a language other than the page's runs."""
        return languages.direction(self.language)


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading; numbers are set flush to the end of the line in even figures.

    A `url` sorts the list by this column; `sorted` says that it is, and which way.
    """

    label: Text
    kind: Literal["text", "number"] = "text"
    url: str = ""
    sorted: Literal["", "ascending", "descending"] = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption. The first cell of each row is the row's heading.

    `name` is unique on the page and becomes part of its addresses (`#table-name`). `empty` is what
    stands there when there are no rows.
    """

    name: str
    caption: Text
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell | Text]]
    empty: Text
    is_caption_hidden: bool = False
    is_stacked: bool = False  # on a narrow screen a row becomes a card, each cell under its label


@dataclass(frozen=True, slots=True)
class Pager:
    """Where the reader stands in a list of `total` entries, `size` to a page, `current` from 1.

    `query` is what the address already asks (filters); the page's number is added to it.
    """

    current: int
    total: int
    size: int
    query: Mapping[str, str | Sequence[str]] = field(default_factory=dict)

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first_shown(self) -> int:
        return min(self.total, (self.current - 1) * self.size + 1)

    @property
    def last_shown(self) -> int:
        return min(self.total, self.current * self.size)

    def url(self, number: int) -> str:
        """Give the address of a page, relative to this one: "?subject=aviation&page=2"."""
        kept = {name: value for name, value in self.query.items() if name != "page"}
        return "?" + urlencode({**kept, "page": str(number)}, doseq=True)


@dataclass(frozen=True, slots=True)
class Filter:
    """One question of a filter: a choice where there are `options` (value, label), else a text."""

    name: str
    label: Text
    value: str = ""
    options: Sequence[tuple[str, Text]] = ()
    kind: Literal["search", "date", "hidden"] = "search"
    hint: Text = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A station of a procedure and where the thing stands in regard to it."""

    label: Text
    state: Literal["done", "current", "to come"] = "to come"
    when: Text = ""
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Appointment:
    """A day by New York's calendar, what falls on it, and the moment where there is one."""

    day: date
    title: Cell
    note: Text = ""
    moment: datetime | None = None
    is_today: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """A file to fetch: its name, what kind it is, how large, and the language it is in."""

    name: Text
    url: str
    kind: str  # "PDF", "DOCX"
    size: Text = ""
    language: Text = ""
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A term and what is known of it: one cell, or several below one another."""

    label: Text
    values: Sequence[Cell | Text]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts. Figures inform; they never rank."""

    value: Text | int
    label: Text
    url: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """An entry of a list that has more to say than a table's row: a title, a sentence, facts."""

    title: Cell
    text: Text = ""
    facts: Sequence[Text] = ()
    badge: Cell | None = None
