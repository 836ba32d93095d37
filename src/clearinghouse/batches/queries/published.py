"""A donor's published file held against what stands: like any file of rows, but without end.

Activities are known by their identifier, and one that its source has not changed is unchanged.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from clearinghouse.access.actor import Actor
from clearinghouse.assistance import queries as assistance
from clearinghouse.assistance.formats import iati
from clearinghouse.assistance.formats.activity import Activity
from clearinghouse.assistance.formats.notes import Notes
from clearinghouse.batches.models import Row
from clearinghouse.batches.queries import standing
from clearinghouse.batches.queries.comparing import SOME, Comparison
from clearinghouse.batches.queries.standing import Standing
from clearinghouse.batches.rules import likeness, published
from clearinghouse.batches.rules.published import Walk
from clearinghouse.batches.rules.workflow import Verdict
from clearinghouse.mandate import queries as mandate
from clearinghouse.mandate.models import Body
from clearinghouse.mandate.rules import Vocabulary
from clearinghouse.submissions import queries as submissions
from clearinghouse.submissions.formats import rows as formats
from clearinghouse.submissions.formats.rows import Table
from clearinghouse.submissions.rules.kinds import Kind

KIND = Kind.ASSISTANCE_ACTIVITY
NOT_COMPARED = "too many activities in view: what looks alike was not looked for"


@dataclass
class Piece:
    """Some hundreds of activities: the last of them, and the rows they have come to."""

    last: int
    rows: list[Row]


@dataclass(kw_only=True)
class Published(Comparison):
    """A file of activities on its way through; `batch` makes the codes of new entries its own."""

    batch: UUID
    walk: Walk
    notes: Notes = field(default_factory=Notes)

    def pieces(
        self, file: Path, done: int, told: Callable[[int], None] | None = None
    ) -> Iterator[Piece]:
        """From where an earlier run came to. Raises Unfit, naming the line."""
        source = iati.activities(file, self.notes, done, told)
        while some := list(islice(source, SOME)):
            if some[-1].number <= done:
                self._remember(some)
            else:
                self._remember([one for one in some if one.number <= done])
                yield self._piece([one for one in some if one.number > done])

    def _remember(self, some: list[Activity]) -> None:
        """The identifiers an earlier run has met."""
        for one in some:
            if one.identifier:
                self.taken.setdefault(f"#{one.identifier}", one.number)

    def _piece(self, some: list[Activity]) -> Piece:
        lines = {one.number: one.line for one in some}
        said = [(one, published.content(one, self.walk, self.notes)) for one in some]
        rows = [_row(one, content) for one, content in said if content is not None]
        sound = []
        for made in self._compared(rows):
            if made.verdict == Verdict.FAULTY:
                self._leave_aside(made, lines[made.number])
            else:
                sound.append(made)
        return Piece(some[-1].number, sound)

    def _leave_aside(self, made: Row, line: int) -> None:
        """One activity that cannot be taken does not keep out the others."""
        _column, name, message, values = made.faults[0]
        self.notes.note(f"activity left aside: {name}: {message % values}", line)

    def _titled(self, titles: set[str]) -> list[Standing]:
        """Known by its identifier alone: donors give many activities one title."""
        del titles
        return []

    def _named(self, tidy: Mapping[str, Any]) -> UUID:
        return uuid5(self.batch, tidy["reference"])

    def _known(self, made: Row, tidy: dict[str, Any], match: Standing) -> Row:
        if published.is_newer(tidy, match.content):
            return super()._known(made, tidy, match)
        made.entry, made.seen = match.code, match.thing.version
        made.verdict = Verdict.UNCHANGED
        return made


def begin(body: Body, batch: UUID, notes: Notes, *, by: Actor) -> Published:
    empty = Table(rows=())
    in_view = _in_view(notes, by=by)
    known = submissions.known()
    return Published(
        KIND, body, empty, known, in_view, batch=batch, walk=walk(known.states), notes=notes
    )


def walk(states: frozenset[str]) -> Walk:
    """From the purposes of the Development Assistance Committee, as figures of aid are walked."""
    borne = assistance.purposes_borne()
    areas = mandate.walk(Vocabulary.AREAS, Vocabulary.OBLIGATIONS)
    reached = {
        code: [area for area, led in areas.items() if set(refs) & set(led)]
        for code, refs in borne.items()
    }
    return Walk(states, borne, reached)


def _in_view(notes: Notes, *, by: Actor) -> likeness.Known:
    """Beyond some number every title is like another, and nobody would read the list."""
    things = list(islice(standing.in_view(by, KIND), likeness.NEAR + 1))
    if len(things) <= likeness.NEAR:
        return likeness.Known(things)
    notes.found.setdefault(NOT_COMPARED, [1, 1])
    return likeness.Known([])


def _row(one: Activity, said: dict[str, Any]) -> formats.Row:
    return formats.Row(one.number, "", lambda existing: published.over(existing, said))
