"""What an address asks for: words, choices, days and pages, each checked before a room sees it."""

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from clearinghouse.access.errors import Invalid, Unseen
from clearinghouse.kernel import partial_date
from clearinghouse.web.parts import Column, Filter, Pager, Text

LONGEST = 200
PAGE = 20

M = TypeVar("M", bound=Model)
T = TypeVar("T")


def words(request: HttpRequest, name: str = "q") -> str:
    """What the reader typed, at most 200 characters, without signs that no database can hold."""
    given = request.GET.get(name, "")[:LONGEST]
    return "".join(" " if unicodedata.category(c)[0] == "C" else c for c in given).strip()


def choice(request: HttpRequest, name: str, known: Collection[str]) -> str:
    """One of the known values, or "" where none is asked for. Raises Invalid for any other."""
    given = request.GET.get(name, "")
    if given and given not in known:
        raise Invalid({name: [_("“%(value)s” is not one of the choices.") % {"value": given}]})
    return given


@dataclass(frozen=True)
class Order:
    """What a list is sorted by: a key of its own, or "" for its own order; and which way."""

    key: str
    is_descending: bool
    query: Mapping[str, str]

    @property
    def asked(self) -> list[Filter]:
        """What a filter's form carries along, so that narrowing a list keeps its order."""
        way = f"-{self.key}" if self.is_descending else self.key
        return [Filter("sort", "", way, kind="hidden")] if self.key else []

    def column(self, label: Text, key: str) -> Column:
        """A heading that sorts the list by itself; the one it is sorted by turns it round."""
        if not key:
            return Column(label)
        is_here = key == self.key
        turned = f"-{key}" if is_here and not self.is_descending else key
        kept = {name: value for name, value in self.query.items() if name not in {"sort", "page"}}
        url = "?" + urlencode({**kept, "sort": turned})
        if not is_here:
            return Column(label, url=url)
        return Column(label, url=url, sorted="descending" if self.is_descending else "ascending")


def order(request: HttpRequest, known: Collection[str]) -> Order:
    """How the address asks that a list be sorted; what is not known leaves its own order."""
    given = request.GET.get("sort", "")
    key = given.removeprefix("-")
    if key not in known:
        return Order("", is_descending=False, query=_kept(request))
    return Order(key, is_descending=given.startswith("-"), query=_kept(request))


def day(request: HttpRequest, name: str = "as_of") -> date | None:
    """A day written YYYY-MM-DD. Raises Invalid, naming what was given, where it is none."""
    given = request.GET.get(name, "")
    if not given:
        return None
    try:
        found = partial_date.earliest(given)
    except ValueError:
        found = None
    if found is None or found.isoformat() != given:
        said = _("“%(value)s” is not a day: write it as 2003-03-06.") % {"value": given}
        raise Invalid({name: [said]})
    return found


def page_of(
    request: HttpRequest, found: "QuerySet[M] | Sequence[T]", size: int = PAGE
) -> tuple[Any, Pager]:
    """The slice of a list that the address asks for. Raises Unseen beyond the last page."""
    total = found.count() if isinstance(found, QuerySet) else len(found)
    pager = Pager(_number(request), total, size, _kept(request))
    if pager.current > pager.last:
        raise Unseen("no such page")
    start = (pager.current - 1) * size
    return found[start : start + size], pager


def _number(request: HttpRequest) -> int:
    given = request.GET.get("page", "1")
    if not given.isdecimal() or len(given) > 6 or not int(given):  # noqa: PLR2004  # six digits
        said = _("“%(value)s” is not the number of a page.") % {"value": given}
        raise Invalid({"page": [said]})
    return int(given)


def _kept(request: HttpRequest) -> dict[str, str]:
    return {name: str(value) for name, value in request.GET.items() if value}
