"""A table of a document as CSV (RFC 4180) that no spreadsheet takes for formulas."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from itertools import chain

from clearinghouse.documents.legible import visible, written
from clearinghouse.documents.model import Cell, Document, Phrase, facts, lines

BYTE_ORDER_MARK = "\ufeff"  # without it Excel does not take the file for UTF-8
PROVENANCE = ("symbol", "revision", "as_of", "seen_by", "notices", "hash")

# What makes a cell a formula, its full-width and small forms included. A cell may also begin in
# the middle of a text, where a spreadsheet is set to part cells at ; or tab: it is guarded too.
FORMULA = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
UNGUARDED = re.compile(rf"\A(?='*[\t\r\n{FORMULA}])|(?<=[;\t\r\n])(?='*[{FORMULA}])")
GUARDED = re.compile(rf"\A'(?='*[\t\r\n{FORMULA}])|(?<=[;\t\r\n])'(?='*[{FORMULA}])")


def render(document: Document, table_key: str) -> bytes:
    """One table as UTF-8 with a byte order mark, rows ending CR LF.

    The first row holds the columns' labels. The last columns say, in every row, which document
    it comes from: symbol, as-of, seen-by, notices, hash. An empty table is one row that says so.
    Raises KeyError if the document has no such table.
    """
    table = document.table(table_key)
    said = {fact.key: "; ".join(fact.lines) for fact in facts(document)}
    origin = _fields(said.get(key, "") for key in PROVENANCE)
    silence = [table.empty, *[None] * (len(table.columns) - 1)]
    head = [column.label for column in table.columns]
    head += [getattr(document.labels, key) for key in PROVENANCE]
    known = _Known()  # most words of a table stand in many of its rows
    rows = (_fields(row, known) + origin for row in table.rows or [silence])
    return _file(chain([_fields(head)], rows))


def about(document: Document) -> bytes:
    """The whole masthead as rows of label and text, for a file beside the table's."""
    return _file(_fields([fact.label, line]) for fact in facts(document) for line in fact.lines)


def guard(text: str) -> str:
    """Put an apostrophe before whatever a spreadsheet would take for a formula."""
    return UNGUARDED.sub("'", text)


def unguard(text: str) -> str:
    """Take away the apostrophes of `guard`: for reading back a file that `render` wrote."""
    return GUARDED.sub("", text) if "'" in text else text


class _Known(dict[str, str]):
    """Texts as they are written, each worked out once."""

    def __missing__(self, text: str) -> str:
        self[text] = written = guard(visible(text))
        return written


def _file(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    out.write(BYTE_ORDER_MARK)
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def _fields(cells: Iterable[Cell], known: _Known | None = None) -> list[str]:
    texts = _Known() if known is None else known
    return [texts[cell] if type(cell) is str else _field(cell) for cell in cells]


def _field(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str | tuple | Phrase):
        return guard("; ".join(written(line) for line in lines(cell)))
    return written(cell)
