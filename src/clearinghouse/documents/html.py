"""A document as HTML: a fragment for a page of the site, or a file that stands alone."""

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from html import escape
from importlib import resources
from typing import NewType

from clearinghouse.documents.legible import visible, written
from clearinghouse.documents.model import (
    Block,
    Cell,
    Column,
    Definitions,
    Document,
    Fact,
    Letter,
    Line,
    Notes,
    Paragraph,
    Phrase,
    Picture,
    Section,
    Table,
    facts,
)
from clearinghouse.documents.pictures import svg

Markup = NewType("Markup", str)  # what is escaped already; only _element, _text and svg make it

# The other facts have their own place: above the title, or under the list.
LISTED = (
    "symbol",
    "revision",
    "distribution",
    "date",
    "original_language",
    "as_of",
    "seen_by",
    "hash",
)
LEFT_TO_RIGHT = ("symbol", "revision", "hash")
VOID = ("meta", "col")
COLUMN_WIDTHS = ((12, "narrow"), (32, "medium"))  # up to so many characters
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-{}'"


def fragment(document: Document) -> str:
    """An <article class="document"> for a page of the site; its first heading is an h1.

    Anchors: `section-KEY` and `table-KEY`. Style: the classes of `stylesheet()`.
    """
    return _element(
        "article",
        _masthead(document),
        *([_contents(document)] if _is_in_parts(document) else []),
        *(_address(document.letter, document) if document.letter else []),
        *(_section(section, document) for section in document.sections),
        *(_closing(document.letter, document) if document.letter else []),
        class_="document",
        lang=document.masthead.language,
        dir=document.masthead.direction,
    )


def page(document: Document, style: str) -> bytes:
    """A complete HTML file in UTF-8, without script, that carries `style` in its one <style>.

    Give it `stylesheet()`, or that and more. Its own content policy lets in nothing else.
    Raises ValueError if the style would end its element.
    """
    if "</" in style:
        raise ValueError("a style sheet must not hold '</'")
    seal = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    head = _element(
        "head",
        _element("meta", charset="utf-8"),
        _element("meta", http_equiv="Content-Security-Policy", content=POLICY.format(seal)),
        _element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        _element("title", _text(document.masthead.title)),
        Markup(f"<style>{style}</style>"),
    )
    body = _element("body", Markup(fragment(document)))
    masthead = document.masthead
    whole = _element("html", head, body, lang=masthead.language, dir=masthead.direction)
    return f"<!doctype html>\n{whole}\n".encode()


@cache
def stylesheet() -> str:
    """CSS for the classes of `fragment`, on screen and on paper, for either direction."""
    return resources.files(__package__).joinpath("document.css").read_text("utf-8")


# The masthead


def _masthead(document: Document) -> Markup:
    said = {fact.key: fact for fact in facts(document)}
    return _element(
        "header",
        *_each("p", said.get("organ"), "document__organ"),
        *_each("h1", said.get("title"), "document__title"),
        *_each("p", said.get("subtitle"), "document__subtitle"),
        *_notices(said.get("notices")),
        _element("dl", *_listed(said), class_="document__facts"),
        *_each("p", said.get("disclaimers"), "document__disclaimer"),
        *_each("p", said.get("reminder"), "document__reminder"),
        class_="document__masthead",
    )


def _each(name: str, fact: Fact | None, class_: str) -> list[Markup]:
    return [_element(name, _text(line), class_=class_) for line in (fact.lines if fact else ())]


def _notices(fact: Fact | None) -> list[Markup]:
    items = _each("li", fact, "document__notice")
    if not fact:
        return []
    return [_element("ul", *items, class_="document__notices", aria_label=fact.label)]


def _listed(said: dict[str, Fact]) -> Iterable[Markup]:
    for key in LISTED:
        if key in said:
            text = _text(said[key].lines[0])
            value = _element("bdi", text, dir="ltr") if key in LEFT_TO_RIGHT else text
            term = _element("dt", _text(said[key].label))
            yield _element("div", term, _element("dd", value), class_=f"document__{_dashed(key)}")


def _contents(document: Document) -> Markup:
    links = (
        _element("li", _element("a", _text(section.title), href=f"#section-{section.key}"))
        for section in document.sections
        if section.title
    )
    label = visible(document.labels.contents)
    return _element("nav", _element("ol", *links), class_="document__contents", aria_label=label)


# Letters


def _address(letter: Letter, document: Document) -> Iterable[Markup]:
    yield _element("address", *_lines(letter.addressee), class_="document__addressee")
    if letter.reference:
        label = _text(f"{document.labels.reference}: ")
        number = _element("bdi", _text(letter.reference), dir="ltr")
        yield _element("p", label, number)
    if letter.salutation:
        yield _element("p", _line(letter.salutation))


def _closing(letter: Letter, document: Document) -> Iterable[Markup]:
    if letter.closing:
        yield _element("p", _line(letter.closing))
    if letter.signatory:
        yield _element("div", *_lines(letter.signatory), class_="document__signatory")
    if letter.enclosures:
        yield _element("p", _text(document.labels.enclosures))
        items = (_element("li", _line(item)) for item in letter.enclosures)
        yield _element("ol", *items, class_="document__notes")


def _lines(some: tuple[Line, ...]) -> list[Markup]:
    return [_element("p", _line(line)) for line in some]


# Sections and their blocks


def _is_in_parts(document: Document) -> bool:
    return sum(bool(section.title) for section in document.sections) > 1


def _section(section: Section, document: Document) -> Markup:
    if not section.title:
        blocks = (_block(block, document) for block in section.blocks)
        return _element("section", *blocks, class_="document__section")
    anchor = f"section-{section.key}"
    return _element(
        "section",
        _element("h2", _text(section.title), id=anchor),
        *(_block(block, document) for block in section.blocks),
        class_="document__section",
        aria_labelledby=anchor,
    )


def _block(block: Block, document: Document) -> Markup:
    match block:
        case Paragraph():
            return _element("p", _line(block.text), class_="document__paragraph")
        case Notes():
            items = (_element("li", _line(item)) for item in block.items)
            return _element("ol", *items, class_="document__notes")
        case Definitions():
            pairs = (_definition(term, cell) for term, cell in block.pairs)
            return _element("dl", *pairs, class_="document__definitions")
        case Table():
            return _table(block, document)
        case Picture():
            return _picture(block, document)


def _definition(term: str, cell: Cell) -> Markup:
    return _element("div", _element("dt", _text(term)), _element("dd", _cell(cell)))


def _picture(picture: Picture, document: Document) -> Markup:
    anchor = f"picture-{picture.key}"
    drawn = _element(
        "div",
        Markup(svg(picture)),
        class_="document__scroll",
        role="region",
        tabindex="0",
        aria_labelledby=f"{anchor}-caption",
    )
    figures = _element(
        "details",
        _element("summary", _text(picture.in_figures)),
        _table(picture.table(), document),
    )
    caption = _element("figcaption", _text(picture.caption), id=f"{anchor}-caption")
    whole = (caption, drawn, figures)
    return _element("figure", *whole, class_="document__picture", id=anchor)


def _table(table: Table, document: Document) -> Markup:
    anchor = f"table-{table.key}"
    heads = (
        _element("th", _text(column.label), scope="col", class_=_kind(column))
        for column in table.columns
    )
    body = [_row(row, table.columns, document) for row in table.rows] or [_silence(table)]
    whole = _element(
        "table",
        _element("caption", _text(table.caption), id=f"{anchor}-caption"),
        _element("colgroup", *(_element("col", class_=_width(c)) for c in table.columns)),
        _element("thead", _element("tr", *heads)),
        _element("tbody", *body),
        class_="document__table",
        id=anchor,
    )
    # A wide table scrolls in its own frame, which the keyboard must be able to reach.
    return _element(
        "div",
        whole,
        class_="document__scroll",
        role="region",
        tabindex="0",
        aria_labelledby=f"{anchor}-caption",
    )


def _silence(table: Table) -> Markup:
    span = str(len(table.columns))
    cell = _element("td", _text(table.empty), colspan=span, class_="document__empty")
    return _element("tr", cell)


def _row(row: tuple[Cell, ...], columns: tuple[Column, ...], document: Document) -> Markup:
    turned = document.masthead.direction == "rtl"
    cells = []
    for column, cell in zip(columns, row, strict=True):
        content = _cell(cell)
        if turned and column.kind == "code" and content:
            content = _element("bdi", content, dir="ltr")
        if column.row_header:
            cells.append(_element("th", content, scope="row", class_=_kind(column)))
        else:
            cells.append(_element("td", content, class_=_kind(column)))
    return _element("tr", *cells)


def _kind(column: Column) -> str | None:
    return None if column.kind == "text" else f"document__{column.kind}"


def _width(column: Column) -> str:
    fitting = (name for limit, name in COLUMN_WIDTHS if column.width <= limit)
    return f"document__column--{next(fitting, 'wide')}"


# Cells, texts, elements


def _cell(cell: Cell) -> Markup:
    if isinstance(cell, tuple):
        return (
            _element("ul", *(_element("li", _line(line)) for line in cell)) if cell else _text("")
        )
    return _text("") if cell is None else _line(cell)


def _line(line: Line) -> Markup:
    if isinstance(line, str):
        return _text(line)
    if isinstance(line, Phrase):
        return _element("bdi", _text(line.text), lang=line.language, dir=line.direction)
    # -5 must not become 5- between right-to-left words.
    return _element("bdi", _text(written(line)), dir="ltr")


def _text(text: str) -> Markup:
    return Markup(escape(visible(text)))


def _element(name: str, /, *content: Markup, **attributes: str | None) -> Markup:
    given = "".join(
        f' {_dashed(key.rstrip("_"))}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    start = f"<{name}{given}>"
    return Markup(start if name in VOID else f"{start}{''.join(content)}</{name}>")


def _dashed(key: str) -> str:
    return key.replace("_", "-")
