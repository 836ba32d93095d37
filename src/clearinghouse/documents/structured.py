"""A document as canonical JSON: the form that is hashed, kept, and read back."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import asdict, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from clearinghouse.documents import shaped
from clearinghouse.documents.model import (
    Block,
    Cell,
    Column,
    Definitions,
    Document,
    Labels,
    Letter,
    Line,
    Masthead,
    Notes,
    Paragraph,
    Phrase,
    Picture,
    Section,
    Table,
)
from clearinghouse.kernel.canonical import canonical

FORMAT, VERSION = "clearinghouse-document", 1
EXACT_IN_JAVASCRIPT = 2**53 - 1
SURROGATE = re.compile("[\ud800-\udfff]")


class Unreadable(ValueError):
    """These bytes are not a document of ours, or not any more."""


def render(document: Document) -> bytes:
    """Canonical JSON in UTF-8: sorted names, no spaces; the same document gives the same bytes."""
    return _canonical({**_unsealed(document), "hash": document.masthead.hash})


def digest(document: Document) -> str:
    """SHA-256, 64 hex digits, of the canonical JSON without its member `hash`."""
    return hashlib.sha256(_canonical(_unsealed(document))).hexdigest()


def seal(document: Document) -> Document:
    """Return the document with its own hash in the masthead (matrix procedure, freezing)."""
    return replace(document, masthead=replace(document.masthead, hash=digest(document)))


def read(data: bytes) -> Document:
    """Return the document that `render` wrote; a kept document gives its other formats again.

    Raises Unreadable for any byte that `render` would not have written, and for content that
    does not bear out its hash.
    """
    try:
        found = json.loads(data, parse_constant=_refuse)
        document = _document(found["document"], found["hash"])
        same = render(document) == data
    except (AttributeError, LookupError, TypeError, ValueError, ArithmeticError) as error:
        raise Unreadable(f"not a {FORMAT}: {error}") from error
    except RecursionError as error:
        raise Unreadable("nested too deeply to be a document") from error
    if not same:
        raise Unreadable(f"not as {FORMAT} {VERSION} is written")
    if document.masthead.hash not in ("", digest(document)):
        raise Unreadable("the content is not what its hash says")
    return document


def _canonical(value: object) -> bytes:
    # Half a surrogate pair has no UTF-8; JSON can still write it down as an escape.
    text = SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", canonical(value))
    return text.encode()


def _refuse(constant: str) -> None:
    raise Unreadable(f"{constant} is not a number")


# Out


def _unsealed(document: Document) -> dict[str, object]:
    masthead = asdict(document.masthead)
    del masthead["hash"]
    content: dict[str, object] = {
        "masthead": masthead,
        "labels": asdict(document.labels),
        "sections": [_section_out(section) for section in document.sections],
    }
    if document.letter:
        content["letter"] = _letter_out(document.letter)
    return {"format": FORMAT, "version": VERSION, "document": content}


def _letter_out(letter: Letter) -> dict[str, object]:
    return {field.name: _cell_out(getattr(letter, field.name)) for field in fields(letter)}


def _section_out(section: Section) -> dict[str, object]:
    blocks = [_block_out(block) for block in section.blocks]
    return {"key": section.key, "title": section.title, "blocks": blocks}


def _block_out(block: Block) -> dict[str, object]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "text": _cell_out(block.text)}
        case Notes():
            return {"kind": "notes", "items": [_cell_out(item) for item in block.items]}
        case Definitions():
            pairs = [[term, _cell_out(cell)] for term, cell in block.pairs]
            return {"kind": "definitions", "pairs": pairs}
        case Table():
            return _table_out(block)
        case Picture():
            return shaped.out(block)


def _table_out(table: Table) -> dict[str, object]:
    names = [column.key for column in table.columns]
    return {
        "kind": "table",
        "key": table.key,
        "caption": table.caption,
        "columns": [asdict(column) for column in table.columns],
        "rows": [dict(zip(names, map(_cell_out, row), strict=True)) for row in table.rows],
        "empty": table.empty,
    }


def _cell_out(cell: Cell) -> object:
    if isinstance(cell, tuple):
        return [_cell_out(line) for line in cell]
    if cell is None or isinstance(cell, str):
        return cell
    return _tagged(cell)


def _tagged(line: Phrase | int | Decimal | date) -> object:
    # JSON has no dates and, for most readers, no exact numbers beyond 2**53: they are tagged.
    match line:
        case Phrase():
            return asdict(line)
        case Decimal():
            return {"decimal": str(line)}
        case date():
            return {"date": line.isoformat()}
        case _:
            return line if abs(line) <= EXACT_IN_JAVASCRIPT else {"integer": str(line)}


# And back


def _document(found: dict[str, Any], seal: str) -> Document:
    masthead = found["masthead"]
    lists = {name: tuple(masthead[name]) for name in ("notices", "disclaimers")}
    return Document(
        masthead=Masthead(**{**masthead, **lists, "hash": seal}),
        labels=Labels(**found["labels"]),
        sections=tuple(_section(section) for section in found["sections"]),
        letter=_letter(found["letter"]) if "letter" in found else None,
    )


def _letter(found: dict[str, Any]) -> Letter:
    return Letter(**{name: _cell(value) for name, value in found.items()})


def _section(found: dict[str, Any]) -> Section:
    blocks = tuple(BLOCKS[block["kind"]](block) for block in found["blocks"])
    return Section(key=found["key"], title=found["title"], blocks=blocks)


def _table(found: dict[str, Any]) -> Table:
    columns = tuple(Column(**column) for column in found["columns"])
    return Table(
        key=found["key"],
        caption=found["caption"],
        columns=columns,
        rows=tuple(tuple(_cell(row[column.key]) for column in columns) for row in found["rows"]),
        empty=found["empty"],
    )


def _cell(found: Any) -> Any:
    if isinstance(found, list):
        return tuple(_line(line) for line in found)
    return None if found is None else _line(found)


def _line(found: Any) -> Line:
    if not isinstance(found, dict):
        value: str | int = found
        return value
    if "text" in found:
        return Phrase(**found)
    ((tag, text),) = found.items()
    return TAGS[tag](text)


TAGS: dict[str, Callable[[str], Line]] = {
    "decimal": Decimal,
    "date": date.fromisoformat,
    "integer": int,
}
BLOCKS: dict[str, Callable[[dict[str, Any]], Block]] = {
    "paragraph": lambda found: Paragraph(text=_cell(found["text"])),
    "notes": lambda found: Notes(items=tuple(map(_cell, found["items"]))),
    "definitions": lambda found: Definitions(
        pairs=tuple((term, _cell(cell)) for term, cell in found["pairs"]),
    ),
    "table": _table,
    "picture": shaped.back,
}
