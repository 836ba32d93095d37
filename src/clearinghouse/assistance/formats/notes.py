"""What a file held that was not understood or not kept: how often, and where it was first met."""

from collections.abc import Mapping
from dataclasses import dataclass, field

MOST = 1000  # different things told of one file; more are counted together
MORE = "more things of other kinds"


@dataclass
class Notes:
    """By what it is: how many, and the line of the first."""

    found: dict[str, list[int]] = field(default_factory=dict)

    def note(self, what: str, line: int) -> None:
        known = self.found.get(what)
        if known is not None:
            known[0] += 1
        elif len(self.found) < MOST:
            self.found[what[:200]] = [1, line]
        else:
            self.found.setdefault(MORE, [0, line])[0] += 1

    def told(self) -> list[str]:
        """The commonest first."""
        most_first = sorted(self.found.items(), key=lambda each: (-each[1][0], each[0]))
        return [f"{what}: {count}, first on line {line}" for what, (count, line) in most_first]

    @classmethod
    def of(cls, found: Mapping[str, list[int]]) -> "Notes":
        return cls({what: list(where) for what, where in found.items()})
