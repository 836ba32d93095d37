"""Small files of every type that is taken, made here, and those that are made to do harm."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from email.message import EmailMessage

from docx import Document
from xlsxwriter import Workbook

from clearinghouse.files.formats.dangers import TEST_VIRUS
from clearinghouse.files.rules import MIB, Type

PDF = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>"
    b"endobj\n3 0 obj<</Author (Jane Example)>>endobj\ntrailer<</Root 1 0 R/Info 3 0 R>>\n%%EOF\n"
)


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(*more: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + body + chunk(b"IEND", b"")


def jpeg(*more: bytes) -> bytes:
    head = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00?\x00" + b"\x12\x34"
    return b"\xff\xd8" + head + b"".join(more) + scan + b"\xff\xd9"


def exif() -> bytes:
    body = b"Exif\0\0" + b"MM\0*" + b"GPS 40.75 -73.97"
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def xlsx(rows: list[list[object]] | None = None, *, author: str = "") -> bytes:
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"author": author})
    sheet = book.add_worksheet("Needs")
    for n, row in enumerate(rows or [["area", "title"], ["customs", "Risk profiles"]]):
        sheet.write_row(n, 0, row)
    book.close()
    return out.getvalue()


def docx(*paragraphs: str, author: str = "") -> bytes:
    made = Document()
    made.core_properties.author = author
    made.core_properties.last_modified_by = author
    for each in paragraphs or ("A note",):
        made.add_paragraph(each)
    table = made.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "title", "Risk profiles"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def eml(body: str = "Yes.", **headers: str) -> bytes:
    message = EmailMessage()
    for name, value in ({"From": "a@example.org", "Subject": "Re"} | headers).items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message.as_bytes()


GOOD: Mapping[Type, bytes] = {
    Type.PDF: PDF,
    Type.DOCX: docx(),
    Type.XLSX: xlsx(),
    Type.CSV: "area,title\ncustoms,Éxample\n".encode(),
    Type.TXT: "A note, sincerely: عربي\n".encode(),
    Type.JSON: b'{"a": [1, 2]}',
    Type.XML: b'<?xml version="1.0" encoding="UTF-8"?><a b="c">d</a>',
    Type.PNG: png(),
    Type.JPEG: jpeg(),
    Type.EML: eml(),
    Type.ICS: b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n",
}


def repacked(packed: bytes, **parts: bytes | None) -> bytes:
    """With these parts put in place of theirs, or beside them; None takes one away."""
    named = {name.replace("__", "/").replace("_DOT_", "."): body for name, body in parts.items()}
    return with_parts(packed, named)


def with_parts(packed: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            if member.filename not in parts:
                new.writestr(member.filename, old.read(member), zipfile.ZIP_DEFLATED)
        for name, body in parts.items():
            if body is not None:
                new.writestr(name, body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
_NS = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet(rows: bytes, before: bytes = b"") -> bytes:
    """A spreadsheet whose one sheet holds these rows of markup."""
    head = b'<?xml version="1.0" encoding="UTF-8"?>' + before
    body = head + b"<worksheet " + _NS + b"><sheetData>" + rows + b"</sheetData></worksheet>"
    return with_parts(GOOD[Type.XLSX], {SHEET: body})


def far_corner() -> bytes:
    """Two cells: a reader that lays them out as a table asks for 17 thousand million places."""
    return sheet(
        b'<row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )


def zip_bomb() -> bytes:
    """About a megabyte that unpacks to a gigabyte."""
    press = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = press.compress(b" " * MIB) + press.flush(zlib.Z_FULL_FLUSH)
    packed = block * 1024 + zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    out = io.BytesIO(with_parts(GOOD[Type.XLSX], {SHEET: None}))
    with zipfile.ZipFile(out, "a") as archive:
        entry = zipfile.ZipInfo(SHEET)
        archive.writestr(entry, packed)
        entry.compress_type, entry.file_size = zipfile.ZIP_DEFLATED, 1024 * MIB
        at = entry.header_offset
    made = bytearray(out.getvalue())
    made[at + 8 : at + 10] = struct.pack("<H", zipfile.ZIP_DEFLATED)
    made[at + 22 : at + 26] = struct.pack("<I", 1024 * MIB)
    return bytes(made)


def lying_bomb() -> bytes:
    """Unpacks to more than its directory says."""
    made = with_parts(GOOD[Type.XLSX], {SHEET: b" " * (64 * 1024 * 1024)})
    small, large = struct.pack("<I", 1000), struct.pack("<I", 64 * 1024 * 1024)
    return made.replace(large, small)


LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


def billion_laughs() -> bytes:
    levels = b"".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">'.encode() for n in range(1, 10))
    dtd = b'<!DOCTYPE w [<!ENTITY l0 "ha">' + levels + b"]>"
    return sheet(b'<row r="1"><c r="A1" t="str"><v>&l9;</v></c></row>', dtd)


def outside_entity() -> bytes:
    dtd = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    return sheet(b'<row r="1"><c r="A1" t="str"><v>&x;</v></c></row>', dtd)


def formula_everywhere(rows: int = 1000) -> bytes:
    lines = b"".join(
        b"".join(
            b'<c r="%s%d"><f>SUM(A1:Z9)</f><v>1</v></c>' % (letter, n)
            for letter in (b"A", b"B", b"C")
        ).join((b'<row r="%d">' % n, b"</row>"))
        for n in range(1, rows + 1)
    )
    return sheet(lines)


VIRUS = TEST_VIRUS + b"!$H+H*"
