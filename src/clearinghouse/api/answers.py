"""From records to an answer: pages, chosen fields, a tag so that nobody need read twice.

Records are plain dataclasses, made once and written once. The library would check each of them a
second time against the schema and then copy them, which costs more than finding them; so answers
are finished responses here, and the tests hold them against the published schema.
"""

import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

from clearinghouse.access.errors import Invalid
from clearinghouse.api.errors import Unsigned
from clearinghouse.api.schemas import Asked, Page, PagedQuestion
from clearinghouse.kernel.canonical import plain
from clearinghouse.people.asking import Asking
from clearinghouse.people.rules import Scope

PUBLIC = "public, max-age=60"
Found = QuerySet[Any, Any] | Sequence[Any]


def page(
    request: Asking,
    asked: PagedQuestion,
    record: type[Any],
    found: Found,
    write: Callable[[Any], Iterable[Any]],
) -> HttpResponseBase:
    """One page of what was found. `write` is given the slice and makes records of that type."""
    check(request, asked)
    chosen = chosen_fields(asked, record)
    start, end = (asked.page - 1) * asked.size, asked.page * asked.size
    total = found.count() if isinstance(found, QuerySet) else len(found)
    records = write(found[start:end]) if start < total else []
    told = Page(
        total=total,
        page=asked.page,
        size=asked.size,
        next=_address(request, asked.page + 1) if end < total else None,
        results=[_cut(each, chosen) for each in records],
    )
    return send(request, told)


def one(request: Asking, asked: Asked, made: Any) -> HttpResponseBase:
    """A single record."""
    check(request, asked)
    return send(request, _cut(made, chosen_fields(asked, type(made))))


def check(request: Asking, asked: Asked) -> None:
    """Raises Invalid, naming them, for parameters unknown to this operation or given twice."""
    if request.is_refused or (request.scopes is not None and Scope.READ not in request.scopes):
        raise Unsigned
    known = type(asked).model_fields
    faults = {
        name: ["there is no such parameter here"] for name in request.GET if name not in known
    }
    twice = [n for n in request.GET if n in known and len(request.GET.getlist(n)) > 1]
    if faults := faults | {name: ["give it once"] for name in twice}:
        raise Invalid(faults)


def chosen_fields(asked: Asked, record: type[Any]) -> list[str]:
    """The fields asked for; none means all. Raises Invalid for any that is not published."""
    wanted = [name.strip() for name in asked.fields.split(",") if name.strip()]
    known = {f.name for f in dataclasses.fields(record)}
    if strange := sorted(set(wanted) - known):
        raise Invalid({"fields": [f"there is no field {name!r} here" for name in strange]})
    return wanted


def send(request: Asking, told: Any) -> HttpResponseBase:
    """As JSON. What the public reads carries a tag; what a signed-in reader is told, none."""
    body = json.dumps(told, default=_plain, ensure_ascii=False, separators=(",", ":")).encode()
    response = HttpResponse(body, content_type="application/json")
    return response if request.actor.person_id else tagged(request, response)


def tagged(request: Asking, response: HttpResponse) -> HttpResponseBase:
    """With a tag of its bytes; 304 where the reader has them already."""
    tag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"], response["Cache-Control"] = tag, PUBLIC
    return get_conditional_response(request, etag=tag, response=response) or response


def _plain(value: Any) -> Any:
    return vars(value) if dataclasses.is_dataclass(value) else plain(value)


def _cut(record: Any, chosen: list[str]) -> Any:
    return {name: getattr(record, name) for name in chosen} if chosen else record


def _address(request: Asking, number: int) -> str:
    return f"{request.path}?{urlencode(request.GET.dict() | {'page': str(number)})}"
