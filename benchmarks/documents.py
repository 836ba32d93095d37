"""What an issue with 5,000 needs costs: frozen, then made into files, beside the bare writers.

Run it as `python -m benchmarks.documents`; it makes its own demonstration, and removes it.
"""

from drills import world  # first: it makes a folder and points the settings there

# isort: split
import csv
import io
import json
import resource
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from tempfile import TemporaryDirectory
from typing import TypeVar
from uuid import uuid4

import typst
from django.db import transaction
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
Made = TypeVar("Made")
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
    frozen, _ = timed(lambda: _freeze(issue))
    copy = rendition.copy_for(issue, FULL)
    ours = {kind: timed(partial(document.FORMATS[kind], copy, "en")) for kind in FORMATS}
    composed = document.compose(copy, "en")
    tables = [_plain(table) for table in _tables(composed)]
    bare = {
        "xlsx": timed(lambda: bare_xlsx(tables)),
        "csv": timed(lambda: bare_csv(tables)),
        "json": timed(lambda: json.dumps(rendition.content(copy)).encode()),
        "pdf": timed(lambda: bare_pdf(tables)),
    }
    print(f"\n{len(copy.rows)} needs{'':20}{'CPU s':>8}{'bare':>8}{'times':>8}{'kB':>8}")
    print(f"{'freeze, cut every rendition':30}{frozen:8.2f}")
    for kind, (took, made) in ours.items():
        _line(kind, took, bare[kind][0], len(made[0]) // 1024)
    whole, writers = sum(t for t, _ in ours.values()), sum(t for t, _ in bare.values())
    _line("the four files", whole, writers)
    print(f"{'freezing and the four files':30}{frozen + whole:8.2f}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    missed = frozen + whole > AIM or whole > TIMES * writers
    print(f"aim: {AIM} s and {TIMES} x the bare writers: {'MISSED' if missed else 'met'}")
    return int(missed)


def _line(said: str, took: float, bare: float, size: int | None = None) -> None:
    print(f"{said:30}{took:8.2f}{bare:8.2f}{took / bare:8.1f}{size or '':>8}")


def timed(act: Callable[[], Made]) -> tuple[float, Made]:
    """Processor time of this process, all of its threads."""
    began = time.process_time()
    made = act()
    return time.process_time() - began, made


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
        font_paths=pdf._fonts(),  # noqa: SLF001  # the very fonts, not others
        ignore_system_fonts=True,
        sys_inputs={"tables": json.dumps([rows for rows in tables if len(rows) > 1])},
    )
    made = compiler.compile(format="pdf")
    if not isinstance(made, bytes):
        raise TypeError("typst gave no PDF")
    return made


if __name__ == "__main__":
    sys.exit(main())
