"""A workflow is a table: which step leads from where to where, and at whose hand."""

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

State = TypeVar("State", bound=StrEnum)
Step = TypeVar("Step", bound=StrEnum)
Relation = TypeVar("Relation", bound=StrEnum)


class OutOfOrder(Exception):
    """The step exists, but not from the present state."""


@dataclass(frozen=True)
class Move(Generic[State, Step, Relation]):
    """One row of the table. A target of None leaves the state as it is."""

    step: Step
    sources: Set[State]
    target: State | None
    by: Set[Relation]


@dataclass(frozen=True)
class Workflow(Generic[State, Step, Relation]):
    """The whole table."""

    moves: tuple[Move[State, Step, Relation], ...]

    def move(self, state: State, step: Step) -> Move[State, Step, Relation]:
        """The row for this step from this state. Raises OutOfOrder where the table has none."""
        for move in self.moves:
            if move.step == step and state in move.sources:
                return move
        raise OutOfOrder(f"{step} is not open from {state}")

    def target(self, state: State, step: Step) -> State:
        """Where the step leads from here. Raises OutOfOrder as `move` does."""
        found = self.move(state, step).target
        return state if found is None else found

    def open_steps(self, state: State, relations: Set[Relation]) -> set[Step]:
        """The steps that somebody in these relations may take now: what draws the buttons."""
        return {m.step for m in self.moves if state in m.sources and m.by & relations}
