"""What an issue with 5,000 needs costs: frozen, then made into files, beside the bare writers.

Run it as `python -m benchmarks.documents`; it makes its own demonstration, and removes it.
"""

from drills import world  # first: it makes a folder and points the settings there

# isort: split
import csv
import io
import json
import os
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from tempfile import TemporaryDirectory
from typing import NamedTuple
from uuid import uuid4

import typst
from django.db import connections, transaction
from xlsxwriter import Workbook

from clearinghouse.access.actor import CLOCK, Actor, Capacity, Role, Standing
from clearinghouse.circulars import actions as circulars
from clearinghouse.circulars.models import Issue
from clearinghouse.circulars.queries import document, issues, rendition
from clearinghouse.circulars.rules import FULL
from clearinghouse.crossings import issue_matrix
from clearinghouse.documents import pdf
from clearinghouse.documents.model import Document, Table, lines
from clearinghouse.kernel.calendar import midnight_of
from clearinghouse.mandate import queries as mandate
from clearinghouse.needs import actions as needs
from clearinghouse.needs.rules import Consent

NEEDS, FORMATS = 5_000, ("xlsx", "csv", "json", "pdf")
AIM, TIMES = 4.0, 1.5  # seconds of processor time; times what the bare writers take
Rows = list[tuple[str, ...]]

# A page with nothing of ours: each table as rows of plain text, in the fonts shipped.
BARE = """#set page(paper: "a4", flipped: true)
#set text(font: "Noto Sans", size: 8pt)
#for rows in json(bytes(sys.inputs.tables)) {
  table(columns: rows.first().len(), ..rows.flatten())
}
"""
WORDS = (
    "Training of a first team in reading reports and in working with prosecutors",
    "Drafting of a regulation that gives effect to the law, with its forms",
    "Equipment for border posts, and a course for those who will use it",
    "Design of a register, its checks, and the first year of its upkeep",
)


def main() -> int:
    """Exit code 1 where the aim is missed."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--needs", type=int, default=NEEDS)
    asked = parser.parse_args()
    world.found()
    with transaction.atomic():
        _write(asked.needs)
    issue_matrix.run(world.opens(world.FIRST))
    issue = issues.issue_of(world.FIRST)
    if issue is None:
        raise LookupError("no draft was opened")
    return _measure(issue)


def _measure(issue: Issue) -> int:
    began = time.process_time()
    _freeze(issue)
    frozen = time.process_time() - began
    copy = rendition.copy_for(issue, FULL)
    ours = {kind: cost(partial(document.FORMATS[kind], copy, "en")) for kind in FORMATS}
    tables = [_plain(table) for table in _tables(document.compose(copy, "en"))]
    paper = [_plain(table) for table in _tables(document.compose_for_paper(copy, "en"))]
    bare = {
        "xlsx": cost(partial(bare_xlsx, tables)),
        "csv": cost(partial(bare_csv, tables)),
        "json": cost(partial(json.dumps, rendition.content(copy))),
        "pdf": cost(partial(bare_pdf, paper)),
    }
    print(
        f"\n{len(copy.rows)} needs{'':20}{'CPU s':>8}{'bare':>8}{'times':>8}{'MB':>8}{'bare':>8}"
    )
    print(f"{'freeze, cut every rendition':30}{frozen:8.2f}")
    for kind, took in ours.items():
        _line(kind, took, bare[kind])
    whole, writers = (Cost(*map(sum, zip(*each.values(), strict=True))) for each in (ours, bare))
    print(f"{'the four files':30}{whole.cpu:8.2f}{writers.cpu:8.2f}{whole.cpu / writers.cpu:8.1f}")
    print(f"{'freezing and the four files':30}{frozen + whole.cpu:8.2f}")
    missed = frozen + whole.cpu > AIM or whole.cpu > TIMES * writers.cpu
    print(f"aim: {AIM} s and {TIMES} x the bare writers: {'MISSED' if missed else 'met'}")
    return int(missed)


def _line(said: str, took: "Cost", bare: "Cost") -> None:
    figures = f"{took.cpu:8.2f}{bare.cpu:8.2f}{took.cpu / bare.cpu:8.1f}"
    print(f"{said:30}{figures}{took.peak:8.0f}{bare.peak:8.0f}")


class Cost(NamedTuple):
    """Seconds of processor time, and megabytes at the most, of a process that did one thing."""

    cpu: float
    peak: float


def cost(act: Callable[[], object]) -> Cost:
    """In a process of its own, so that none inherits another's memory."""
    connections.close_all()
    if (child := os.fork()) == 0:
        code = 1
        try:
            act()
            code = 0
        finally:
            os._exit(code)
    _, status, used = os.wait4(child, 0)
    if status:
        raise RuntimeError("the writer failed, for the reason printed above")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _write(number: int) -> None:
    """Needs of every State in every area, by its mission; half of them public."""
    states, areas = list(mandate.states()), list(mandate.areas())
    obligations = list(mandate.obligations())
    for n in range(number):
        state, area = states[n % len(states)], areas[n // len(states) % len(areas)]
        words = WORDS[n % len(WORDS)]
        columns = {
            "titles": {"en": f"{words[:40]}, {n}"},
            "descriptions": {"en": f"{words}. " * 3},
            "counterpart": "Ministry of Justice",
            "rough_cost": "USD 120,000",
            "priority": n % 3 + 1,
        }
        said = needs.Wording(columns=columns, obligations=[obligations[n % len(obligations)]])
        sharing = needs.Sharing(consent=(Consent.PUBLIC, Consent.COMMITTEE)[n % 2])
        place = needs.Place(state, area)
        needs.write(place, said, sharing, by=_mission(state.pk), now=world.FOUNDED)


def _mission(state: object) -> Actor:
    seat = Capacity(Role.STATE, state, Standing.MISSION)  # type: ignore[arg-type]  # a UUID
    return Actor(uuid4(), frozenset({seat}))


def _freeze(issue: Issue) -> None:
    circulars.freeze(issue, late=False, by=CLOCK, now=midnight_of(world.FIRST))


# ── the bare writers: the same cells, and nothing else ──────────────────────────────────────────


def _tables(composed: Document) -> Iterator[Table]:
    blocks = (block for section in composed.sections for block in section.blocks)
    return (block for block in blocks if isinstance(block, Table))


def _plain(table: Table) -> Rows:
    head = tuple(column.label for column in table.columns)
    rows = (tuple("\n".join(map(_text, lines(cell))) for cell in row) for row in table.rows)
    return [head, *rows]


def _text(line: object) -> str:
    return str(getattr(line, "text", line))


def bare_xlsx(tables: Sequence[Rows]) -> bytes:
    held = io.BytesIO()
    with TemporaryDirectory() as folder:
        options = {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False}
        book = Workbook(held, options)
        for rows in tables:
            sheet = book.add_worksheet()
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    sheet.write_string(r, c, cell)
        book.close()
    return held.getvalue()


def bare_csv(tables: Sequence[Rows]) -> bytes:
    held = io.StringIO()
    longest = max(len(rows) for rows in tables)
    csv.writer(held).writerows(next(rows for rows in tables if len(rows) == longest))
    return held.getvalue().encode()


def bare_pdf(tables: Sequence[Rows]) -> bytes:
    compiler = typst.Compiler(
        BARE.encode(),
        font_paths=pdf.fonts(),  # the very fonts, not others
        ignore_system_fonts=True,
        sys_inputs={"tables": json.dumps([rows for rows in tables if len(rows) > 1])},
    )
    made = compiler.compile(format="pdf")
    if not isinstance(made, bytes):
        raise TypeError("typst gave no PDF")
    return made


if __name__ == "__main__":
    sys.exit(main())
