"""A file held against the checks and against what stands: row by row, nothing stored.

Rows are taken some hundreds at a time, so that a file of a hundred thousand needs no more memory
than its own text.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Invalid
from clearinghouse.batches.models import Row
from clearinghouse.batches.queries import standing
from clearinghouse.batches.queries.standing import Standing
from clearinghouse.batches.rules import difference, likeness, trust
from clearinghouse.batches.rules.workflow import Verdict
from clearinghouse.directory.actions import sort_key
from clearinghouse.kernel.marking import N_
from clearinghouse.mandate.models import Body
from clearinghouse.submissions import queries as submissions
from clearinghouse.submissions.actions.listing import code_for
from clearinghouse.submissions.formats import rows as formats
from clearinghouse.submissions.formats.rows import ENTRY, Table
from clearinghouse.submissions.queries import checking
from clearinghouse.submissions.queries.checking import MARK, UNSAYABLE, Found
from clearinghouse.submissions.rules.fields import Fault, Known
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Definition, Kind

SOME = 500  # rows at a time

NO_SUCH = N_("“%(value)s” is no entry of your own: leave it blank for a new one.")
AGAIN = N_("Row %(row)s is of the same entry.")
TAKEN = N_("“%(value)s” is the reference of another entry of your own.")


class Misread(Invalid):
    """The file's header is faulty, so that no row was looked at."""

    def __init__(self, found: list[Found]) -> None:
        said = {f.fault.field: [f.fault.message % dict(f.fault.values)] for f in found}
        super().__init__(said)
        self.found = found


@dataclass
class Comparison:
    """A file on its way through: how it was read, and what its rows have come to so far."""

    kind: Kind
    body: Body
    table: Table
    known: Known
    in_view: likeness.Known
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Verdict, 0))
    taken: dict[str, int] = field(default_factory=dict)  # what a row is of → its number
    reshaped: int = 0  # rows that change what an entry is, or on what it bears

    @property
    def definition(self) -> Definition:
        return DEFINITIONS[self.kind]

    @property
    def keeps_shape(self) -> bool:
        """Once all rows have passed: it changes entries, makes none and reshapes none."""
        new = self.counts[Verdict.NEW] + self.counts[Verdict.FAULTY]
        return bool(self.counts[Verdict.CHANGED]) and not new and not self.reshaped

    def rows(self) -> Iterator[list[Row]]:
        """Some hundreds at a time, not yet of any batch. Raises Unfit, naming the place."""
        source = iter(self.table.rows)
        while some := list(islice(source, SOME)):
            yield self._compared(some)

    def _compared(self, some: Sequence[formats.Row]) -> list[Row]:
        said = [row.over({}) for row in some]
        references = [reference_of(each) for each in said]
        codes = {row.entry for row in some if row.entry and not UNSAYABLE.search(row.entry)}
        found = standing.named(self.kind, self.body, codes, {r for r in references if r})
        by_code = {each.code: each for each in found}
        by_reference = {r: each for each in found if (r := each.thing.reference)}
        blank = [
            t
            for row, r, s in zip(some, references, said, strict=True)
            if not row.entry and r not in by_reference and (t := _titles(s))
        ]
        same = self._titled({sort_key(t) for t in blank})
        made = []
        for row, reference in zip(some, references, strict=True):
            match = by_code.get(row.entry) if row.entry else by_reference.get(reference)
            made.append(self._row(row, match, by_reference.get(reference), same))
        for each in made:
            self.counts[each.verdict] += 1
        return made

    def _row(
        self,
        row: formats.Row,
        match: Standing | None,
        bearing: Standing | None,
        same: Sequence[Standing],
    ) -> Row:
        content = row.over(match.content if match else {})
        tidy, faults = checking.tidied(self.definition, content, self.known)
        faults += self._strange(row, content, match, bearing)
        made = Row(number=row.number, entry=_keepable(row.entry[:120]))
        if faults:
            made.verdict, made.content = Verdict.FAULTY, {"title": _titles(content)}
            made.faults = [_told(checking.placed(self.table, row, each)) for each in faults]
            return made
        match = match or self._there_already(tidy, same)
        return self._new(made, tidy) if match is None else self._known(made, tidy, match)

    def _titled(self, titles: set[str]) -> list[Standing]:
        return standing.titled(self.kind, self.body, titles)

    def _named(self, tidy: Mapping[str, Any]) -> UUID:
        """What tells the code of a new entry from those of others."""
        del tidy
        return uuid4()

    def _new(self, made: Row, tidy: dict[str, Any]) -> Row:
        made.verdict, made.content = Verdict.NEW, tidy
        made.entry = code_for(self.body, tidy["title"], self._named(tidy))
        made.alike = self.in_view.like(likeness.of("", tidy))
        return made

    def _known(self, made: Row, tidy: dict[str, Any], match: Standing) -> Row:
        made.entry, made.seen = match.code, match.thing.version
        was = difference.changes(self.definition, match.content, tidy)
        made.verdict = Verdict.CHANGED if was else Verdict.UNCHANGED
        if was:
            made.content, made.was, made.stood = tidy, was, match.stood
            self.reshaped += not trust.keeps_shape(was)
        return made

    def _strange(
        self,
        row: formats.Row,
        content: Mapping[str, Any],
        match: Standing | None,
        bearing: Standing | None,
    ) -> Iterator[Fault]:
        """What only what stands can tell: an entry that is not its own, the same one twice."""
        reference = reference_of(content)
        if row.entry and match is None:
            yield Fault(ENTRY, NO_SUCH, {"value": row.entry[:120]})
        elif bearing and (match is None or bearing.code != match.code):
            yield Fault("reference", TAKEN, {"value": reference})
        marks = [f"={match.code}"] if match else []
        marks += [f"#{reference}"] if reference else []
        before = next((self.taken[mark] for mark in marks if mark in self.taken), None)
        if before:
            yield Fault(ENTRY if row.entry else "reference", AGAIN, {"row": before})
        for mark in marks:
            self.taken.setdefault(mark, row.number)

    def _there_already(self, tidy: Mapping[str, Any], same: Sequence[Standing]) -> Standing | None:
        """The same content word by word, so that the same file twice changes nothing."""
        for each in same:
            mark = f"={each.code}"
            if mark not in self.taken and not difference.changes(
                self.definition, each.content, tidy
            ):
                self.taken[mark] = 0
                return each
        return None


def begin(kind: Kind, body: Body, name: str, content: bytes, *, by: Actor) -> Comparison:
    """Raises Unfit where it cannot be read as rows, Misread for its header; rows come later."""
    table = formats.read(DEFINITIONS[kind], checking.type_of(name, content), content)
    if table.faults:
        raise Misread([Found(checking.HEADER, column, fault) for column, fault in table.faults])
    in_view = likeness.Known(standing.in_view(by, kind))
    return Comparison(kind, body, table, submissions.known(), in_view)


def reference_of(content: Mapping[str, Any]) -> str:
    """As it is kept; none where it is no text that a database could hold."""
    said = content.get("reference")
    return said.strip() if isinstance(said, str) and not UNSAYABLE.search(said) else ""


def _titles(content: Mapping[str, Any]) -> dict[str, str]:
    """Of a row that nobody has checked yet: only what is a text in a language."""
    said = content.get("title")
    texts = said if isinstance(said, Mapping) else {}
    kept = {k: v.strip() for k, v in texts.items() if isinstance(v, str)}
    return {k: v for k, v in kept.items() if v and not UNSAYABLE.search(v)}


def _told(found: Found) -> list[Any]:
    values = {name: _keepable(str(value)[:200]) for name, value in found.fault.values.items()}
    return [found.column[:120], found.fault.field[:120], found.fault.message, values]


def _keepable(text: str) -> str:
    return UNSAYABLE.sub(MARK, text)
