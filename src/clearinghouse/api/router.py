"""How an operation that reads is declared: its address and name, its answer and refusals."""

from collections.abc import Callable
from typing import Any, TypeVar

from ninja import Router

from clearinghouse.api.errors import Problem

F = TypeVar("F", bound=Callable[..., Any])


def writes(
    router: Router,
    path: str,
    *,
    name: str,
    answers: Any,
    method: str = "POST",
    is_long: bool = False,
) -> Callable[[F], F]:
    """Declare a write for whoever shows a token; each refusal is a problem.

    `is_long`: it may be answered 202, when the clock does the rest.
    """
    done = {200: answers} | ({202: answers} if is_long else {})
    return _declared(router, [method], path, name, done, (400, 401, 403, 404, 409, 412, 422))


def reads(router: Router, path: str, *, name: str, answers: Any) -> Callable[[F], F]:
    """Declare a GET (and the HEAD that goes with it); `name` is the URL's and the operation's.

    The first line of the function's docstring is the summary, the rest its description.
    """
    return _declared(router, ["GET", "HEAD"], path, name, {200: answers}, (400, 404))


def _declared(  # what an operation is, of two functions above
    router: Router,
    methods: list[str],
    path: str,
    name: str,
    answers: dict[int, Any],
    refused: tuple[int, ...],
) -> Callable[[F], F]:
    def declare(function: F) -> F:
        summary, _, description = (function.__doc__ or "").partition("\n")
        router.api_operation(
            methods,
            path,
            response=answers | dict.fromkeys(refused, Problem),
            url_name=name,
            operation_id=f"{name}-{methods[0].lower()}" if methods == ["PATCH"] else name,
            summary=summary.strip().rstrip("."),
            description=" ".join(description.split()),
        )(function)
        return function

    return declare
