"""What a file tells of persons besides its content, and a copy that no longer tells it."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping

from clearinghouse.files.formats import packed, pictures
from clearinghouse.files.rules import PACKED, Type
from clearinghouse.kernel.marking import N_

Told = list[list[str]]  # what it is (a marked text), and what it says

AUTHOR = N_("author")
CHANGED_BY = N_("last changed by")
COMPANY = N_("company")
TRACKED = N_("changes or comments by")
PICTURE = N_("data in the picture on place, time, device or person")

_PROPERTIES: Mapping[str, tuple[tuple[str, bytes], ...]] = {
    "docProps/core.xml": ((AUTHOR, b"creator"), (CHANGED_BY, b"lastModifiedBy")),
    "docProps/app.xml": ((COMPANY, b"Company"), (AUTHOR, b"Manager")),
}
_ELEMENT = rb"<((?:[\w.-]+:)?%s)(\s[^>]*)?>([^<]*)</\1>"
_BY = re.compile(rb"""\b(author|initials|userId|displayName)=("[^"]*"|'[^']*')""")
_ALSO_BY = re.compile(rb"<((?:\w+:)?author)>([^<]*)</\1>")  # of a spreadsheet's comments
_PDF_AUTHOR = re.compile(rb"/Author\s*\(((?:[^()\\]|\\.){1,200})\)")
_SPOKEN = ("word/", "xl/comments", "xl/persons", "xl/threadedComments", "xl/revisions")


def told(kind: Type, content: bytes) -> Told:
    """What it tells, as far as that can be read without opening the file itself."""
    found = TELLERS[kind](kind, content) if kind in TELLERS else []
    return [list(pair) for pair in dict.fromkeys(map(tuple, found)) if pair[1]]


def without(kind: Type, content: bytes) -> bytes:
    """The same picture, document or spreadsheet without it; others stay as they are."""
    if kind in {Type.PNG, Type.JPEG}:
        return pictures.without_persons(kind, content)
    return _repacked(content) if kind in PACKED else content


def _of_picture(kind: Type, content: bytes) -> Told:
    return [[PICTURE, name] for name in pictures.telling(kind, content)]


def _of_pdf(_: Type, content: bytes) -> Told:
    return [[AUTHOR, _text(found)] for found in _PDF_AUTHOR.findall(content)]


def _of_packed(_: Type, content: bytes) -> Told:
    found: Told = []
    with packed.opened(content) as archive:
        for member in archive.infolist():
            if member.filename in _PROPERTIES:
                body = archive.read(member)
                for what, tag in _PROPERTIES[member.filename]:
                    found += [[what, _text(m[2])] for m in re.findall(_ELEMENT % tag, body)]
            elif _is_spoken(member.filename):
                found += [[TRACKED, _text(name)] for name in _speakers(archive.read(member))]
    return found


def _speakers(body: bytes) -> list[bytes]:
    attributes = [m[1][1:-1] for m in _BY.findall(body) if m[0] == b"author"]
    return sorted({*attributes, *(m[1] for m in _ALSO_BY.findall(body))})


def _is_spoken(name: str) -> bool:
    return name.startswith(_SPOKEN) and name.endswith(".xml")


def _repacked(content: bytes) -> bytes:
    """With the same bytes for the same file: no time of day goes into it."""
    out = io.BytesIO()
    with packed.opened(content) as archive, zipfile.ZipFile(out, "w") as copy:
        for member in archive.infolist():
            body = _silenced(member.filename, archive.read(member))
            entry = zipfile.ZipInfo(member.filename, (1980, 1, 1, 0, 0, 0))
            copy.writestr(entry, body, compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _silenced(name: str, body: bytes) -> bytes:
    for _, tag in _PROPERTIES.get(name, ()):
        body = re.sub(_ELEMENT % tag, rb"<\1\2></\1>", body)
    if _is_spoken(name):
        body = _BY.sub(rb'\1=""', body)
        body = _ALSO_BY.sub(rb"<\1></\1>", body)
    return body


def _text(raw: bytes) -> str:
    text = raw.decode("utf-8", errors="replace")
    return "".join(c for c in text if c.isprintable()).strip()[:120]


TELLERS: dict[Type, Callable[[Type, bytes], Told]] = {
    Type.PNG: _of_picture,
    Type.JPEG: _of_picture,
    Type.PDF: _of_pdf,
    Type.DOCX: _of_packed,
    Type.XLSX: _of_packed,
}
