"""One set of checks behind every way in: a file held against the definition of its kind.

Nothing is stored and nothing of what stands here is looked at, so that anybody may ask.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import BoundedSemaphore
from typing import Any

from clearinghouse.files.formats import names
from clearinghouse.files.formats.recognise import recognise
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.files.rules import Type
from clearinghouse.kernel.marking import N_
from clearinghouse.submissions import queries
from clearinghouse.submissions.formats import rows
from clearinghouse.submissions.formats.rows import Row, Table
from clearinghouse.submissions.rules import fields
from clearinghouse.submissions.rules.fields import Fault, Known
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Definition, Kind, across

MOST_FAULTS = 1000  # told of one file; the rest is counted
HEADER = 1
BY_NAME = frozenset({Type.CSV, Type.JSON, Type.ICS, Type.XML})
UNSAYABLE = re.compile("[\0\ud800-\udfff]")  # neither shown nor kept anywhere
MARK = "\N{REPLACEMENT CHARACTER}"
AT_ONCE = BoundedSemaphore(1)  # for each process: other requests keep a processor
PATIENCE = 5  # seconds that a check waits for another

BUSY = N_("Other files are being checked. Please try again in a minute.")


@dataclass(frozen=True)
class Found:
    """One fault of a file: the row, the letter of the column where the file has columns."""

    row: int
    column: str
    fault: Fault


@dataclass
class Checked:
    """What the checks found: how many rows, what is wrong, and how the file was read."""

    rows: int = 0
    faulty: int = 0
    found: list[Found] = field(default_factory=list)
    more: int = 0  # faults beyond those told
    read_as: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_sound(self) -> bool:
        return not self.found

    def add(self, found: list[Found]) -> None:
        room = MOST_FAULTS - len(self.found)
        self.found += found[:room]
        self.more += len(found[room:])


def check(kind: Kind, name: str, content: bytes) -> Checked:
    """Every fault of a file. Raises Unfit where it cannot be read as rows at all."""
    definition, known = DEFINITIONS[kind], queries.known()
    table = rows.read(definition, type_of(name, content), content)
    checked = Checked(read_as=table.read_as)
    if table.faults:
        checked.add([Found(HEADER, column, fault) for column, fault in table.faults])
        return checked
    for row in table.rows:
        checked.rows += 1
        if faults := of_row(definition, row.over({}), known):
            checked.faulty += 1
            checked.add([placed(table, row, fault) for fault in faults])
    return checked


def in_turn(kind: Kind, name: str, content: bytes) -> Checked:
    """As `check`, for whoever may ask without being known. Raises Unfit too while others are."""
    if not AT_ONCE.acquire(timeout=PATIENCE):
        raise Unfit(BUSY)
    try:
        return check(kind, name, content)
    finally:
        AT_ONCE.release()


def type_of(name: str, content: bytes) -> Type:
    """By its content; of what is read as it says itself (encoding, markup) its name decides."""
    claimed = names.type_named(names.cleaned(name).replace(".jsonl", ".json"))
    return claimed if claimed in BY_NAME else recognise(name, content)


def of_row(definition: Definition, content: Mapping[str, Any], known: Known) -> list[Fault]:
    """As for a form: each field by itself, then what no field has alone."""
    return tidied(definition, content, known)[1]


def tidied(
    definition: Definition, content: Mapping[str, Any], known: Known
) -> tuple[dict[str, Any], list[Fault]]:
    """The content as it would be kept, and everything that is wrong with it."""
    tidy = said = fields.clean(definition.fields, content)
    if strangers := content.keys() - definition.names_of_fields:
        said = tidy | {name: content[name] for name in strangers}
    found = fields.check(definition.fields, said, known)
    return tidy, [*found, *across(definition.kind, said)]


def placed(table: Table, row: Row, fault: Fault) -> Found:
    """Where it is, and said so that it can be shown: a file may hold what no page can."""
    name = UNSAYABLE.sub(MARK, fault.field)
    values = {
        key: UNSAYABLE.sub(MARK, value) if isinstance(value, str) else value
        for key, value in fault.values.items()
    }
    shown = Fault(name, fault.message, values)
    return Found(row.number, table.places.get(name, name), shown)
