"""Reads text documents: paragraphs and tables, as they would be read aloud."""

import io

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from clearinghouse.files.formats import packed
from clearinghouse.files.formats.contents import Paper, Sheet
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.kernel.marking import N_

MOST_PARAGRAPHS = 20_000
MOST_CELLS = 50_000

NO_DOCUMENT = N_("The document cannot be read: %(why)s.")
LONG = N_("Paragraph %(number)s: at most %(most)s are read.")
MANY_CELLS = N_("Table %(number)s: at most %(most)s cells are read.")


def read(content: bytes) -> Paper:
    """Raises Unfit, naming the paragraph or the table."""
    packed.looked_through(content)
    try:
        opened = Document(io.BytesIO(content))
        return _read(list(opened.iter_inner_content()))
    except (KeyError, ValueError, AttributeError, etree.XMLSyntaxError) as why:
        raise Unfit(NO_DOCUMENT, why=type(why).__name__) from None


def _read(blocks: list[Paragraph | Table]) -> Paper:
    paragraphs: list[str] = []
    tables: list[Sheet] = []
    cells = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            paragraphs.append(block.text)
            if len(paragraphs) > MOST_PARAGRAPHS:
                raise Unfit(LONG, number=len(paragraphs), most=MOST_PARAGRAPHS)
            continue
        rows = [[_text(c) for c in row.tc_lst] for row in block._tbl.tr_lst]  # noqa: SLF001  # its own cells are found again for each asked for
        cells += sum(map(len, rows))
        if cells > MOST_CELLS:
            raise Unfit(MANY_CELLS, number=len(tables) + 1, most=MOST_CELLS)
        tables.append(Sheet(f"table {len(tables) + 1}", rows))
    return Paper(paragraphs, tables)


def _text(cell: object) -> str:
    inner = getattr(cell, "p_lst", ())
    return "\n".join(Paragraph(p, None).text for p in inner)  # type: ignore[arg-type]  # it needs no parent to be read
