"""Cells and choices as HTML, without a template: a matrix has thousands of them on one page."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

from clearinghouse.documents import model as documents
from clearinghouse.documents.legible import written
from clearinghouse.kernel import languages
from clearinghouse.web import dates, naming
from clearinghouse.web.parts import Cell, Column, Filter, Table, Text


def spoken(text: Text) -> SafeString:
    """Set a text; a name of the pack in another language than the page's is marked as that."""
    if not isinstance(text, naming.Said):
        return conditional_escape(str(text))
    marked = format_html(
        '<bdi class="lang-text" lang="{}" dir="{}">{}</bdi>',
        text.spoken,
        languages.direction(text.spoken),
        text.text,
    )
    return mark_safe(escape(text.around) % {"name": marked})  # noqa: S308  # both parts come escaped


def content(given: Cell | Text) -> SafeString:
    """Set what stands in a cell: text, badge, another language, link and note, all escaped."""
    if not isinstance(given, Cell):
        return spoken(given)
    html = spoken(given.text)
    if given.tone:
        html = format_html('<span class="badge badge--{}">{}</span>', given.tone, html)
    elif given.language:
        html = format_html(
            '<bdi class="lang-text" lang="{}" dir="{}">{}</bdi>',
            given.language,
            given.direction,
            html,
        )
    if given.apart:
        html += format_html('<span class="unseen">, {}</span>', given.apart)
    if given.url:
        html = format_html('<a href="{}">{}</a>', given.url, html)
    return html + format_html("<small>{}</small>", given.note) if given.note else html


def figures(table: documents.Table) -> Table:
    """A document's table as a page's: a picture brings its own."""
    return Table(
        name=f"{table.key}-figures",
        caption=table.caption,
        columns=[
            Column(c.label, "number" if c.kind == "number" else "text") for c in table.columns
        ],
        rows=[[_written(cell) for cell in row] for row in table.rows],
        empty=table.empty,
        is_caption_hidden=True,
    )


def _written(cell: documents.Cell) -> str:
    if isinstance(cell, date):
        return dates.day(cell, naming.language())
    return " ".join(written(line) for line in documents.lines(cell))


def row(
    columns: Sequence[Column], cells: Iterable[Cell | Text], *, is_stacked: bool = False
) -> SafeString:
    """Set a row: its first cell is its heading. A cell too few or too many raises ValueError.

    In a stacked table every other cell repeats its column's heading, for a narrow screen.
    """
    name, attributes, html = "th", ' scope="row"', ""
    for column, cell in zip(columns, cells, strict=True):
        number = ' class="number"' if column.kind == "number" else ""
        label = f' data-label="{escape(column.label)}"' if is_stacked and name == "td" else ""
        html += f"<{name}{attributes}{number}{label}>{content(cell)}</{name}>"
        name, attributes = "td", ""
    return mark_safe(html)  # noqa: S308  # every part is a constant or comes escaped


def options(field: Filter) -> SafeString:
    """Write the choices without a template: a register is narrowed by a hundred of them."""
    html = "".join(
        f'<option value="{escape(value)}"{_spoken(label)}'
        f"{' selected' if value == field.value else ''}>"
        f"{escape(label)}</option>"
        for value, label in field.options
    )
    return mark_safe(html)  # noqa: S308  # both parts that are not constants come escaped


def _spoken(label: Text) -> str:
    """An option holds no markup: one in another language is marked on itself."""
    if not isinstance(label, naming.Said) or label.around != naming.Said.ALONE:
        return ""
    return f' lang="{escape(label.spoken)}" dir="{languages.direction(label.spoken)}"'
