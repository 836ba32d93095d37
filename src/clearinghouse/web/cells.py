"""Cells as HTML, written without a template: a matrix has thousands of them on one page."""

from collections.abc import Iterable, Sequence

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from clearinghouse.web.parts import Cell, Column, Text


def content(given: Cell | Text) -> SafeString:
    """Set what stands in a cell: text, badge, another language, link and note, all escaped."""
    if not isinstance(given, Cell):
        return conditional_escape(str(given))
    html = conditional_escape(str(given.text))
    if given.tone:
        html = format_html('<span class="badge badge--{}">{}</span>', given.tone, html)
    elif given.language:
        html = format_html(
            '<bdi class="lang-text" lang="{}" dir="{}">{}</bdi>',
            given.language,
            given.direction,
            html,
        )
    if given.url:
        html = format_html('<a href="{}">{}</a>', given.url, html)
    return html + format_html("<small>{}</small>", given.note) if given.note else html


def row(columns: Sequence[Column], cells: Iterable[Cell | Text]) -> SafeString:
    """Set a row: its first cell is its heading. A cell too few or too many raises ValueError."""
    name, attributes, html = "th", ' scope="row"', ""
    for column, cell in zip(columns, cells, strict=True):
        number = ' class="number"' if column.kind == "number" else ""
        html += f"<{name}{attributes}{number}>{content(cell)}</{name}>"
        name, attributes = "td", ""
    return mark_safe(html)  # noqa: S308  # every part is a constant or comes escaped from content
