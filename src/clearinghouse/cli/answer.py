"""What a verb of the command answers with: lines for people, data for programs, an exit code."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

DONE, REFUSED, USAGE, CONFLICT, UNAVAILABLE = 0, 1, 2, 3, 4


@dataclass(frozen=True)
class Answer:
    """Printed as lines, or as one JSON value with --json; nothing with --quiet."""

    lines: list[str] = field(default_factory=list)
    data: Any = None
    code: int = DONE


@dataclass(frozen=True)
class Verb:
    """One word of the command: what it says of itself, what it takes, what it does."""

    help: str
    arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], Answer]


def nothing(parser: ArgumentParser) -> None:
    """For verbs that take no words of their own."""
    del parser


def progress(text: str) -> None:
    """A line on the error stream, for whatever takes longer than two seconds."""
    print(text, file=sys.stderr, flush=True)


def choose(options: Namespace, actions: Mapping[str, Callable[[Namespace], Answer]]) -> Answer:
    """Do what the second word says."""
    return actions[options.action](options)
