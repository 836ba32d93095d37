"""Prefilled forms as spreadsheet and document, made from the definition of a kind; and back.

A form is a table: a line for each entry, a column for each field. In the document every entry is
a table of its own. What the program reads are the names in small letters, which nobody changes.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from docx import Document
from xlsxwriter import Workbook

from clearinghouse.files.formats.contents import Book, Paper, Sheet, Value
from clearinghouse.submissions.rules import cells
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind

FORM = "clearinghouse form"
ENTRY, DO = "entry", "do"
SPARE = 3  # empty lines for what is new
WHEN = datetime(2000, 1, 1, tzinfo=UTC)  # the same form has the same bytes
_KIND = re.compile(rf"{FORM}\s+(\w+)\s*(\S*)")


@dataclass(frozen=True, kw_only=True)
class Form:
    """What a form is made of: its kind, our reference, entries by code, words for a reader."""

    kind: Kind
    reference: str
    language: str
    entries: Sequence[tuple[str, Mapping[str, Any]]]  # code, content
    says: Mapping[str, str] = field(default_factory=dict)  # marked → translated
    heading: str = ""
    how: Sequence[str] = ()

    def word(self, text: str) -> str:
        return self.says.get(text, text)


@dataclass(frozen=True)
class Filled:
    """One entry as it came back: where in the file, its code, what is said of it as a whole."""

    place: str
    kind: Kind
    code: str
    do: str
    content: dict[str, Any]


def columns(form: Form) -> list[tuple[str, str]]:
    """Name and label of every column; texts have one for each language they are in."""
    found = [(ENTRY, ""), (DO, "")]
    for each in DEFINITIONS[form.kind].fields:
        label = form.word(each.label)
        if each.type in cells.IN_LANGUAGES:
            spoken = {form.language}.union(*(c.get(each.name, {}) for _, c in form.entries))
            found += [(f"{each.name}[{code}]", f"{label} [{code}]") for code in sorted(spoken)]
        else:
            found += [
                (column.name, f"{label} {form.word(each.questions.get(column.part, ''))}".strip())
                for column in cells.columns([each])
            ]
    return found


def spreadsheet(form: Form) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(out, options)
    book.set_properties({"created": WHEN})
    bold = book.add_format({"bold": True, "text_wrap": True})
    wrapped = book.add_format({"text_wrap": True})
    sheet = book.add_worksheet("Form")
    if form.language == "ar":
        sheet.right_to_left()
    sheet.write_row(0, 0, [FORM, form.kind.value, form.reference])
    for n, line in enumerate([form.heading, *form.how], start=1):
        sheet.write_string(n, 0, line)
    top = len(form.how) + 3
    named = columns(form)
    sheet.write_row(top, 0, [name for name, _ in named])
    sheet.write_row(top + 1, 0, [label for _, label in named], bold)
    for n, (code, content) in enumerate(form.entries, start=top + 2):
        flat = _flat(form.kind, content) | {ENTRY: code}
        sheet.write_row(n, 0, [flat.get(name, "") for name, _ in named], wrapped)
    sheet.set_column(0, len(named), 24)
    sheet.freeze_panes(top + 2, 1)
    _choices(form, sheet, [name for name, _ in named], top + 2)
    book.close()
    return out.getvalue()


def _choices(form: Form, sheet: Any, names: Sequence[str], first: int) -> None:
    """Short lists are offered in the cell itself."""
    offered = {
        column.name: list(column.field.choices)
        for column in cells.columns(DEFINITIONS[form.kind].fields)
        if column.field.choices
    }
    if form.kind == Kind.NEED:
        offered[DO] = ["confirm", "withdraw"]
    for n, name in enumerate(names):
        if name in offered and sum(map(len, offered[name])) < 200:  # noqa: PLR2004  # a cell's list holds 255 characters
            last = first + len(form.entries) + SPARE
            sheet.data_validation(first, n, last, n, {"validate": "list", "source": offered[name]})


def document(form: Form) -> bytes:
    made = Document()
    made.core_properties.author = made.core_properties.last_modified_by = ""
    made.core_properties.created = made.core_properties.modified = WHEN.replace(tzinfo=None)
    made.add_heading(form.heading, 1)
    for line in form.how:
        made.add_paragraph(line)
    made.add_paragraph(f"{FORM} {form.kind} {form.reference}")
    named = columns(form)
    for code, content in (*form.entries, ("", {})):
        flat = _flat(form.kind, content) | {ENTRY: code}
        table = made.add_table(rows=len(named), cols=3, style="Table Grid")
        for row, (name, label) in zip(table.rows, named, strict=True):
            for cell, text in zip(row.cells, (name, label, flat.get(name, "")), strict=True):
                cell.text = text
        made.add_paragraph("")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def reference_in(content: Book | Paper) -> str:
    """Our reference as the form carries it; "" where it is no form of ours."""
    return _heading(content)[1]


def filled(content: Book | Paper, name: str) -> list[Filled]:
    """Every entry of a form that came back; nothing where it is no form of ours."""
    kind, _ = _heading(content)
    if kind not in set(Kind):
        return []
    lines = _of_book(content) if isinstance(content, Book) else _of_paper(content)
    found = []
    for place, flat in lines:
        said = {n: v for n, v in flat.items() if n not in {ENTRY, DO}}
        code, do = str(flat.get(ENTRY) or "").strip(), str(flat.get(DO) or "").strip().lower()
        if code or do or any(v not in (None, "") for v in said.values()):
            told = _content(Kind(kind), said)
            found.append(Filled(f"{name}, {place}", Kind(kind), code, do, told))
    return found


def _heading(content: Book | Paper) -> tuple[str, str]:
    if isinstance(content, Book):
        first = content.sheets[0].rows[:1] if content.sheets else []
        line = " ".join(str(v or "") for row in first for v in row[:3])
    else:
        line = next((p for p in content.paragraphs if p.startswith(FORM)), "")
    found = _KIND.match(line)
    return (found.group(1), found.group(2)) if found else ("", "")


def _of_book(book: Book) -> Iterator[tuple[str, dict[str, Value]]]:
    sheet: Sheet = book.sheets[0]
    header = next((n for n, r in enumerate(sheet.rows, 1) if r and r[0] == ENTRY), 0)
    if header:
        for number, line in sheet.records(header):
            if number > header + 1:  # the labels
                yield f"row {number}", line


def _of_paper(paper: Paper) -> Iterator[tuple[str, dict[str, Value]]]:
    for table in paper.tables:
        rows = [row for row in table.rows if len(row) >= 3]  # noqa: PLR2004  # name, label, value
        if rows and rows[0][0] == ENTRY:
            yield table.name, {str(row[0]): row[2] for row in rows}


def _flat(kind: Kind, content: Mapping[str, Any]) -> dict[str, str]:
    columns = cells.columns(DEFINITIONS[kind].fields)
    return {c.name: told for c in columns if (told := cells.told(c, content))}


def _content(kind: Kind, flat: Mapping[str, Value]) -> dict[str, Any]:
    """As a contribution's content. A cell left empty says so: the field is there, and empty."""
    known = {each.name: each for each in DEFINITIONS[kind].fields}
    pairs = ((cells.column(known, name), _text(value)) for name, value in flat.items())
    return cells.content([(column, text) for column, text in pairs if column], {})


def _text(value: Value) -> str:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value).strip()
