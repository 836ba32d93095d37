"""A kind as a table, out: the template to fill in, and what stands already, as XLSX, CSV, JSON."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from clearinghouse.documents.delimited import BYTE_ORDER_MARK, guard
from clearinghouse.submissions.formats.rows import ENTRY
from clearinghouse.submissions.rules import cells
from clearinghouse.submissions.rules.cells import Column
from clearinghouse.submissions.rules.fields import Known, Type
from clearinghouse.submissions.rules.kinds import Definition

WHEN = datetime(2000, 1, 1, tzinfo=UTC)  # the same table has the same bytes
ROOM = 1000  # rows below the last in which the lists still offer themselves
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
Say = Callable[[str], str]
Records = Sequence[tuple[str, Mapping[str, Any]]]  # code, content


@dataclass(frozen=True, kw_only=True)
class Told:
    """The words of a table: `say` translates a marked text; the sheets' names are translated."""

    say: Say
    example: str
    how: Sequence[str]  # sentences on how to fill it in
    notes: str


def table(
    definition: Definition, records: Records, languages: Iterable[str] = ("en",)
) -> list[list[str]]:
    """Header and rows; texts in these languages and in those the records are in."""
    spoken = set(languages) | _spoken(definition, records)
    columns = cells.columns(definition.fields, spoken)
    rows = [[code, *(cells.told(c, content) for c in columns)] for code, content in records]
    return [[ENTRY, *(c.name for c in columns)], *rows]


def as_csv(definition: Definition, records: Records, languages: Iterable[str] = ("en",)) -> bytes:
    out = io.StringIO(newline="")
    out.write(BYTE_ORDER_MARK)
    lines = table(definition, records, languages)
    csv.writer(out).writerows([guard(cell) for cell in line] for line in lines)
    return out.getvalue().encode()


def as_json(records: Records) -> bytes:
    told = [({ENTRY: code} if code else {}) | dict(content) for code, content in records]
    return as_data(told)


def as_data(told: object) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def as_xlsx(
    definition: Definition,
    records: Records,
    known: Known,
    told: Told,
    *,
    example: Mapping[str, Any],
    languages: Iterable[str] = ("en",),
) -> bytes:
    """The sheet to fill in; one with an example; one that explains each column; the lists."""
    out = io.BytesIO()
    book = Workbook(out, OPTIONS)
    book.set_properties({"created": WHEN})
    spoken = set(languages) | _spoken(definition, records)
    columns = cells.columns(definition.fields, spoken)
    lists = _Lists(book, definition, known)
    sheet = book.add_worksheet(told.say(definition.names)[:31])
    _fill(book, sheet, columns, records, told)
    lists.offer(sheet, columns, len(records) + ROOM)
    shown = book.add_worksheet(told.example[:31])
    _fill(book, shown, columns, [("", example)], told)
    _explain(book, columns, told)
    lists.write()
    sheet.activate()
    book.close()
    return out.getvalue()


def _spoken(definition: Definition, records: Records) -> set[str]:
    texts = [f.name for f in definition.fields if f.type in cells.IN_LANGUAGES]
    return {code for _, content in records for name in texts for code in content.get(name, {})}


def _fill(
    book: Workbook, sheet: Worksheet, columns: Sequence[Column], records: Records, told: Told
) -> None:
    """The header is protected; every other cell is open."""
    head = book.add_format({"bold": True, "bg_color": "#EEF2F7", "locked": True})
    open_ = book.add_format(
        {"text_wrap": True, "valign": "top", "num_format": "@", "locked": False}
    )
    sheet.set_column(0, len(columns), 24, open_)
    for at, name in enumerate([ENTRY, *(c.name for c in columns)]):
        sheet.write_string(0, at, name, head)
    for at, column in enumerate(columns, start=1):
        said = "\n".join(_note(column, told.say))
        sheet.write_comment(0, at, said, {"x_scale": 2, "y_scale": 1.5, "author": ""})
    for number, (code, content) in enumerate(records, start=1):
        sheet.write_string(number, 0, code, open_)
        for at, column in enumerate(columns, start=1):
            if text := cells.told(column, content):
                sheet.write_string(number, at, text, open_)
    sheet.freeze_panes(1, 1)
    sheet.protect(
        "",
        {
            "format_columns": True,
            "format_rows": True,
            "insert_rows": True,
            "delete_rows": True,
            "sort": True,
            "autofilter": True,
        },
    )


def _note(column: Column, say: Say) -> list[str]:
    each = column.field
    asked = say(each.questions[column.part]) if each.questions else ""
    label = (
        f"{say(each.label)} [{column.part}]"
        if each.type in cells.IN_LANGUAGES
        else say(each.label)
    )
    choices = "; ".join(f"{value}: {say(words)}" for value, words in each.choices.items())
    return [one for one in (label, asked, say(each.hint) if each.hint else "", choices) if one]


def _explain(book: Workbook, columns: Sequence[Column], told: Told) -> None:
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(told.notes[:31])
    sheet.set_column(0, 0, 32, wrapped)
    sheet.set_column(1, 1, 100, wrapped)
    lines = [("", sentence) for sentence in told.how]
    lines += [(c.name, "\n".join(_note(c, told.say))) for c in columns]
    for at, (name, said) in enumerate(lines):
        sheet.write_string(at, 0, name, wrapped)
        sheet.write_string(at, 1, said, wrapped)


class _Lists:
    """The values that a cell of some columns may hold, on a hidden sheet of their own."""

    def __init__(self, book: Workbook, definition: Definition, known: Known) -> None:
        self.book = book
        self.values = {
            each.name: values
            for each in definition.fields
            if (values := list(each.choices) or sorted(_OF_TYPE.get(each.type, _none)(known)))
        }

    def offer(self, sheet: Worksheet, columns: Sequence[Column], last: int) -> None:
        order = list(self.values)
        for at, column in enumerate(columns, start=1):
            if column.field.name in self.values:
                held = order.index(column.field.name)
                letter = _letter(held)
                source = f"=Lists!${letter}$1:${letter}${len(self.values[column.field.name])}"
                rule = {"validate": "list", "source": source, "error_type": "warning"}
                sheet.data_validation(1, at, last, at, rule)

    def write(self) -> None:
        sheet = self.book.add_worksheet("Lists")
        for at, values in enumerate(self.values.values()):
            sheet.write_column(0, at, values)
        sheet.hide()


def _none(_known: Known) -> frozenset[str]:
    return frozenset()


def _letter(at: int) -> str:
    return chr(ord("A") + at)


# One value a cell: what may hold several is explained, not offered.
_OF_TYPE: dict[Type, Callable[[Known], frozenset[str]]] = {
    Type.AREA: lambda known: known.areas,
    Type.STATE: lambda known: known.states,
}
