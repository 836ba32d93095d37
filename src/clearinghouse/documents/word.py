"""WordprocessingML in small pieces: runs, paragraphs, tables, sheets; all text escaped here."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NewType
from xml.sax.saxutils import escape

from clearinghouse.documents.inline import is_ltr
from clearinghouse.documents.legible import visible, written
from clearinghouse.documents.model import Cell, Column, Direction, Line, Phrase, Table, lines
from clearinghouse.documents.paper import Lay, groups

Xml = NewType("Xml", str)  # what is escaped already

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
EMU = 635  # English metric units in a twentieth of a point
# In twentieths of a point.
SHORT, LONG, MARGIN = 11906, 16838, 1134
LEFT_TO_RIGHT = "\u200e"  # a mark that keeps brackets and signs where they stand
LINE_END, TAB = "</w:t><w:br/><w:t>", "</w:t><w:tab/><w:t>"
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{0}</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


@dataclass(frozen=True)
class Pen:
    """Writes for one document: paragraphs run in its direction, and texts unless marked."""

    direction: Direction

    def run(self, text: str, *, strong: bool = False, marks: str = "") -> Xml:
        """A text in the document's own language and direction."""
        marks += "<w:b/><w:bCs/>" if strong else ""
        if self.direction == "rtl" and is_ltr(text):
            return self._run(_held(text), "ltr", marks)
        return self._run(text, self.direction, marks)

    def code(self, text: str, *, strong: bool = False) -> Xml:
        """A text from left to right whatever surrounds it: a symbol, a number, a date."""
        marked = _held(text) if self.direction == "rtl" else text
        return self._run(marked, "ltr", "<w:b/><w:bCs/>" if strong else "")

    def line(self, line: Line, *, strong: bool = False) -> Xml:
        if isinstance(line, Phrase):
            marks = "<w:b/><w:bCs/>" if strong else ""
            turned = self.direction == "rtl" and line.direction == "ltr"
            text = _held(line.text) if turned else line.text
            return self._run(text, line.direction, marks, _language(line))
        if isinstance(line, str):
            return self.run(line, strong=strong)
        return self.code(written(line), strong=strong)

    def paragraph(self, style: str, *runs: Xml, form: str = "") -> Xml:
        turned = "<w:bidi/>" if self.direction == "rtl" else ""
        head = f'<w:pPr><w:pStyle w:val="{style}"/>{form}{turned}</w:pPr>'
        return Xml(f"<w:p>{head}{''.join(runs)}</w:p>")

    def ends(self, style: str, begin: Xml, end: Xml) -> Xml:
        """One line from side to side, however wide the sheet: a head, a foot."""
        turned = "<w:bidi/>" if self.direction == "rtl" else ""
        mirrored = "<w:bidiVisual/>" if self.direction == "rtl" else ""
        cells = (
            f'<w:tc><w:tcPr><w:tcW w:w="{share}" w:type="pct"/></w:tcPr><w:p>'
            f'<w:pPr><w:pStyle w:val="{style}"/>{turned}{aligned}</w:pPr>{text}</w:p></w:tc>'
            for share, aligned, text in ((3400, "", begin), (1600, '<w:jc w:val="end"/>', end))
        )
        form = f'<w:tblPr>{mirrored}<w:tblW w:w="5000" w:type="pct"/></w:tblPr>'
        grid = "<w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"
        return Xml(f"<w:tbl>{form}{grid}<w:tr>{''.join(cells)}</w:tr></w:tbl>")

    def cell(self, cell: Cell, column: Column, width: int) -> Xml:
        aligned = '<w:jc w:val="end"/>' if column.kind == "number" else ""
        # The order of a paragraph's properties is fixed: alignment comes after direction.
        turned = "<w:bidi/>" if self.direction == "rtl" else ""
        head = f'<w:pPr><w:pStyle w:val="Cell"/>{turned}{aligned}</w:pPr>'
        strong = column.row_header
        if column.kind == "code" and isinstance(cell, str):
            texts = [self.code(cell, strong=strong)]
        else:
            texts = [self.line(line, strong=strong) for line in lines(cell)]
        inside = "".join(f"<w:p>{head}{text}</w:p>" for text in texts or [Xml("")])
        return Xml(f"<w:tc>{_width(width)}{inside}</w:tc>")

    def table(self, table: Table, lay: Lay, room: int) -> Xml:
        """A table as wide as the room; its head is repeated, its short rows are kept whole."""
        whole = sum(lay.widths)
        widths = [room * width // whole for width in lay.widths]
        columns = table.columns[lay.grouped :]
        rows = [self._head(columns, widths)]
        for group in groups(table, lay):
            if lay.grouped:
                rows.append(self._name(group.name, len(columns), room))
            for number, row in group.rows:
                rows.append(self._row(row, columns, widths, whole=number not in lay.long))
        if not table.rows:
            rows.append(self._silence(table, len(columns), room))
        return self._table(widths, rows)

    def pairs(self, pairs: Iterable[tuple[str, Cell]], room: int) -> Xml:
        widths = [room * 3 // 10, room * 7 // 10]
        term, said = Column(key="term", label="", row_header=True), Column(key="said", label="")
        rows = [
            _row(self.cell(name, term, widths[0]) + self.cell(cell, said, widths[1]))
            for name, cell in pairs
        ]
        return self._table(widths, rows, look="0400")

    def _head(self, columns: tuple[Column, ...], widths: list[int]) -> Xml:
        cells = "".join(
            self.cell(c.label, Column(key="head", label="", kind=c.kind, row_header=True), width)
            for c, width in zip(columns, widths, strict=True)
        )
        return _row(cells, "<w:cantSplit/><w:tblHeader/>")

    def _row(
        self, row: tuple[Cell, ...], columns: tuple[Column, ...], widths: list[int], *, whole: bool
    ) -> Xml:
        cells = "".join(
            self.cell(cell, column, width)
            for cell, column, width in zip(row, columns, widths, strict=True)
        )
        return _row(cells, "<w:cantSplit/>" if whole else "")

    def _name(self, name: Cell, columns: int, room: int) -> Xml:
        """A line above the rows that it is the name of, and never at the foot of a page."""
        said = Xml("".join(self.line(line, strong=True) for line in lines(name)))
        return _across(self.paragraph("Cell", said, form="<w:keepNext/>"), columns, room)

    def _silence(self, table: Table, columns: int, room: int) -> Xml:
        return _across(self.paragraph("Cell", self.run(table.empty)), columns, room)

    def _table(self, widths: list[int], rows: list[Xml], look: str = "0420") -> Xml:
        turned = "<w:bidiVisual/>" if self.direction == "rtl" else ""
        form = (
            f'<w:tblPr><w:tblStyle w:val="Lined"/>{turned}'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            f'<w:tblLook w:val="{look}"/></w:tblPr>'
        )
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        return Xml(f"<w:tbl>{form}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>")

    def _run(self, text: str, direction: Direction, marks: str, language: str = "") -> Xml:
        turned = "<w:rtl/>" if direction == "rtl" else ""
        form = f"<w:rPr>{marks}{turned}{language}</w:rPr>" if marks or turned or language else ""
        inside = escape(visible(text)).replace("\n", LINE_END).replace("\t", TAB)
        inside = inside.replace("<w:t>", '<w:t xml:space="preserve">')
        return Xml(f'<w:r>{form}<w:t xml:space="preserve">{inside}</w:t></w:r>')


def field(code: str) -> Xml:
    """A number that the word processor works out: PAGE or NUMPAGES."""
    return Xml(FIELD.format(code))


def image(relation: str, number: int, size: tuple[int, int], said: str) -> Xml:
    """A picture in a run of its own; `size` in twentieths of a point, `said` what it shows."""
    across, down = (EMU * length for length in size)
    text = escape(visible(said), {'"': "&quot;", "\n": " "})
    extent = f'cx="{across}" cy="{down}"'
    drawing = f'xmlns:a="{DRAWING}/main" xmlns:pic="{DRAWING}/picture"'
    return Xml(
        f'<w:r><w:drawing><wp:inline xmlns:wp="{DRAWING}/wordprocessingDrawing" {drawing}'
        f' xmlns:r="{RELATIONS}"><wp:extent {extent}/>'
        f'<wp:docPr id="{number}" name="Picture {number}" descr="{text}"/>'
        f'<a:graphic><a:graphicData uri="{DRAWING}/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="Picture {number}" descr="{text}"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/>'
        f'</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _held(text: str) -> str:
    """Whatever runs from right to left around it, its full stop stays at its end."""
    return f"{LEFT_TO_RIGHT}{text}{LEFT_TO_RIGHT}" if text else text


def sheet(*, on_its_side: bool, last: bool, reference: str = "") -> Xml:
    """Where a run of pages ends: A4, upright or on its side, with its head and foot."""
    wide, high = (LONG, SHORT) if on_its_side else (SHORT, LONG)
    turned = ' w:orient="landscape"' if on_its_side else ""
    form = (
        f'<w:sectPr>{reference}<w:pgSz w:w="{wide}" w:h="{high}"{turned}/>'
        f'<w:pgMar w:top="1300" w:right="{MARGIN}" w:bottom="1500" w:left="{MARGIN}"'
        ' w:header="600" w:footer="600" w:gutter="0"/></w:sectPr>'
    )
    return Xml(form if last else f"<w:p><w:pPr>{form}</w:pPr></w:p>")


def room(*, on_its_side: bool) -> int:
    return (LONG if on_its_side else SHORT) - 2 * MARGIN


def _row(cells: str, form: str = "<w:cantSplit/>") -> Xml:
    return Xml(f"<w:tr><w:trPr>{form}</w:trPr>{cells}</w:tr>")


def _across(text: Xml, columns: int, room: int) -> Xml:
    span = f'<w:gridSpan w:val="{columns}"/>'
    return _row(f'<w:tc><w:tcPr><w:tcW w:w="{room}" w:type="dxa"/>{span}</w:tcPr>{text}</w:tc>')


def _width(width: int) -> str:
    return f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'


def _language(phrase: Phrase) -> str:
    tag = escape(phrase.language, {'"': ""})
    return f'<w:lang w:bidi="{tag}"/>' if phrase.direction == "rtl" else f'<w:lang w:val="{tag}"/>'
