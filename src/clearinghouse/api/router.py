"""How an operation that reads is declared: its address and name, its answer and refusals."""

from collections.abc import Callable
from typing import Any, TypeVar

from ninja import Router

from clearinghouse.api.errors import Problem

F = TypeVar("F", bound=Callable[..., Any])


def reads(router: Router, path: str, *, name: str, answers: Any) -> Callable[[F], F]:
    """Declare a GET (and the HEAD that goes with it); `name` is the URL's and the operation's.

    The first line of the function's docstring is the summary, the rest its description.
    """

    def declare(function: F) -> F:
        summary, _, description = (function.__doc__ or "").partition("\n")
        router.api_operation(
            ["GET", "HEAD"],
            path,
            response={200: answers, 400: Problem, 404: Problem},
            url_name=name,
            operation_id=name,
            summary=summary.strip().rstrip("."),
            description=" ".join(description.split()),
        )(function)
        return function

    return declare
