"""The one table by which this door says no: a problem document for every refusal."""

from dataclasses import dataclass, field
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from pydantic import Field

from clearinghouse.access.errors import Invalid, Refused, Stale, Unavailable, Unseen
from clearinghouse.batches.queries.comparing import Misread
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.kernel.canonical import canonical
from clearinghouse.kernel.workflow import OutOfOrder
from clearinghouse.submissions.actions import Faulty
from clearinghouse.submissions.queries.checking import Found
from clearinghouse.submissions.rules.keys import KeyUsed
from clearinghouse.watch.trouble import RETRY_AFTER

MEDIA_TYPE = "application/problem+json"
DOCS = "/api/docs"


@dataclass(frozen=True)
class Kind:
    """A way of being refused. `name` is stable: programs may rely on it."""

    name: str
    status: int
    title: str

    @property
    def type(self) -> str:
        """The address of the sentence about it on the page of documentation."""
        return f"{DOCS}#problem-{self.name}"


INVALID = Kind("invalid", 400, "What was asked cannot be accepted")
REFUSED = Kind("refused", 403, "You may see this but may not do that")
NOT_FOUND = Kind("not-found", 404, "There is no such thing here")
OUT_OF_ORDER = Kind("out-of-order", 409, "It is too early or too late for this")
STALE = Kind("stale", 409, "Somebody else changed it first")
UNAVAILABLE = Kind(
    "unavailable", 503, "The record cannot be reached now; ask again, and see what was kept"
)

UNSIGNED = Kind("unsigned", 401, "This needs a token of a seat, with the scope for it")
OVERTAKEN = Kind("overtaken", 412, "It is not at the version that If-Match names")
KEY_USED = Kind("key-used", 422, "The idempotency key was used for something else")
UNCONDITIONAL = Kind("unconditional", 428, "Say with If-Match which version is to be changed")


class Unsigned(Exception):
    """No token was shown, or one that opens nothing here."""


class Overtaken(Exception):
    """The version asked for is not the one that stands."""


class Unconditional(Exception):
    """No version was named."""


KINDS: dict[type[Exception], Kind] = {
    Unseen: NOT_FOUND,
    Refused: REFUSED,
    OutOfOrder: OUT_OF_ORDER,
    Stale: STALE,
    KeyUsed: KEY_USED,
    Unsigned: UNSIGNED,
    Overtaken: OVERTAKEN,
    Unconditional: UNCONDITIONAL,
    Unfit: INVALID,
    Invalid: INVALID,
    Unavailable: UNAVAILABLE,
    ValidationError: INVALID,
}


@dataclass(kw_only=True)
class Fault:
    """One thing that is wrong, and where."""

    row: Annotated[int | None, Field(description="The row, in a file of rows", examples=[None])]
    column: Annotated[str | None, Field(description="The column of that row", examples=[None])]
    field: Annotated[str, Field(description="The parameter or field", examples=["size"])]
    message: Annotated[str, Field(description="What is wrong", examples=["At most 200"])]


@dataclass(kw_only=True)
class Problem:
    """A refusal, as RFC 9457 has it. What is absent and what is not yours to see look alike."""

    type: Annotated[str, Field(description="Stable; the kind of problem", examples=[INVALID.type])]
    title: Annotated[str, Field(description="The kind in words", examples=[INVALID.title])]
    status: Annotated[int, Field(description="The HTTP status", examples=[400])]
    errors: Annotated[list[Fault], Field(description="What is wrong, field by field")] = field(
        default_factory=list
    )


def answer(kind: Kind, faults: list[Fault] | None = None) -> HttpResponse:
    """The problem as a response. Nothing of the request is repeated in it but names of fields."""
    told = Problem(type=kind.type, title=kind.title, status=kind.status)
    body = vars(told) | {"errors": [vars(fault) for fault in faults or []]}
    later = {"Retry-After": RETRY_AFTER} if kind is UNAVAILABLE else {}
    later |= {"WWW-Authenticate": "Bearer"} if kind is UNSIGNED else {}
    said = canonical(body).encode("utf-8", "replace")  # a name that was sent may be no text
    return HttpResponse(said, status=kind.status, content_type=MEDIA_TYPE, headers=later)


def translate(_request: HttpRequest, exc: Exception) -> HttpResponse:
    kind = next(kind for known, kind in KINDS.items() if isinstance(exc, known))
    return answer(kind, faults_of(exc))


def faults_of(exc: Exception) -> list[Fault]:
    if isinstance(exc, Misread):
        return [fault_of(found) for found in exc.found]
    if isinstance(exc, Faulty):
        return [_fault(each.field, each.message % dict(each.values)) for each in exc.found]
    if isinstance(exc, Unfit):
        return [_fault("file", str(exc))]
    if isinstance(exc, Invalid):
        return [_fault(name, said) for name, all_ in exc.faults.items() for said in all_]
    if isinstance(exc, ValidationError):
        return [_fault(str(fault["loc"][-1]), _said(fault)) for fault in exc.errors]
    return []


def teach(api: NinjaAPI) -> None:
    """Give the table to the library; whatever is not in it is a fault of ours, and raised."""
    handler: Any = translate  # typed by the library for its own exceptions alone
    for known in KINDS:
        api.add_exception_handler(known, handler)


def _said(fault: dict[str, Any]) -> str:
    """A pattern says nothing to most people, and our own sentences need no heading."""
    if fault["type"] == "string_pattern_mismatch":
        return "This is not written in the form, or the characters, expected here"
    return str(fault["msg"]).removeprefix("Value error, ")


def fault_of(found: Found) -> Fault:
    """A fault of a file, with its row and column."""
    message = found.fault.message % dict(found.fault.values)
    return Fault(row=found.row, column=found.column, field=found.fault.field, message=message)


def _fault(name: str, message: str) -> Fault:
    return Fault(row=None, column=None, field=name, message=message)
