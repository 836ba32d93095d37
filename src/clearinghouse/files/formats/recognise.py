"""What a file is, by its content; and whether it is that and nothing else besides."""

import io
import re
import zipfile
from collections.abc import Callable

import puremagic

from clearinghouse.files.formats import names, packed, pictures
from clearinghouse.files.formats.dangers import Watch
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.files.rules import ALLOWED, MIB, PACKED, Type
from clearinghouse.kernel.marking import N_

EMPTY = N_("The file is empty.")
LARGE = N_("The file has %(size)s MiB; a file of type %(type)s may have %(most)s.")
NOT_IT = N_("The file is called .%(ending)s, but its content is not of that type.")
TWO_THINGS = N_("The file is two things at once: %(first)s and %(second)s.")
NOT_TEXT = N_("Line %(line)s is not text in UTF-8: save the file in UTF-8.")
CONTROL = N_("Line %(line)s holds a control character (U+%(code)s).")
A_PROGRAM = N_("The file is a page or a program, not a text.")
NO_MAIL = N_("The file is called .eml, but it does not begin with the headers of a mail.")
ACTIVE = N_("The PDF carries a program (%(what)s), which is not taken.")
OTHER_ENCODING = N_("The file declares the encoding %(encoding)s; only UTF-8 is taken.")

_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_PROGRAM = re.compile(rb"(<!doctype\s+html|<html|<script|<svg|<\?php|#!)", re.IGNORECASE)
_HEADER = re.compile(rb"\A(From [^\n]*\n)?([A-Za-z][A-Za-z0-9-]*:[^\n]*\r?\n)")
_DECLARED = re.compile(rb"\A<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)", re.IGNORECASE)
_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]*)")


def recognise(name: str, content: bytes) -> Type:
    """The type of a file of this (cleaned) name. Raises Unfit with the reason and the place."""
    claimed = names.type_named(name)
    if not content:
        raise Unfit(EMPTY)
    most = ALLOWED[claimed].largest
    if len(content) > most:
        size = f"{len(content) / MIB:.1f}"
        raise Unfit(LARGE, size=size, type=claimed.value, most=most // MIB)
    if claimed not in PACKED:
        _nothing_packed(content, claimed)
        Watch(markup=claimed == Type.XML).see(content, name)
    CHECKS[claimed](content)
    return claimed


def _nothing_packed(content: bytes, claimed: Type) -> None:
    """A packed file may begin anywhere: it is found by its end."""
    if content.startswith(b"PK\x03\x04") or zipfile.is_zipfile(io.BytesIO(content)):
        raise Unfit(TWO_THINGS, first=claimed.value, second="zip")


def _not(claimed: Type) -> Unfit:
    return Unfit(NOT_IT, ending=claimed.value)


def _of_type(content: bytes, claimed: Type) -> None:
    """The library's opinion, by signature."""
    try:
        found = {guess.extension.strip(".") for guess in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        found = set()
    if not found & set(ALLOWED[claimed].endings):
        raise _not(claimed)


def _pdf(content: bytes) -> None:
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        raise _not(Type.PDF)
    _of_type(content, Type.PDF)
    for sign in (b"/JavaScript", b"/Launch", b"/EmbeddedFile"):
        if re.search(re.escape(sign) + rb"\b", content):
            raise Unfit(ACTIVE, what=sign.decode())


def _packed(claimed: Type) -> Callable[[bytes], None]:
    def check(content: bytes) -> None:
        if not content.startswith(b"PK\x03\x04") or packed.looked_through(content) != claimed:
            raise _not(claimed)

    return check


def _picture(claimed: Type) -> Callable[[bytes], None]:
    def check(content: bytes) -> None:
        _of_type(content, claimed)
        pictures.examine(claimed, content)

    return check


def _text(content: bytes) -> None:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as why:
        raise Unfit(NOT_TEXT, line=_line(content, why.start)) from None
    if found := _CONTROLS.search(content):
        code = f"{found.group()[0]:04X}"
        raise Unfit(CONTROL, line=_line(content, found.start()), code=code)


def _line(content: bytes, at: int) -> int:
    return content.count(b"\n", 0, at) + 1


def _plain(content: bytes) -> None:
    _text(content)
    if content.startswith(b"%PDF-"):
        raise _not(Type.TXT)
    if _PROGRAM.match(content.removeprefix(b"\xef\xbb\xbf").lstrip()[:200]):
        raise Unfit(A_PROGRAM)


def _json(content: bytes) -> None:
    _text(content)
    if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] not in {b"{", b"["}:
        raise _not(Type.JSON)


def _xml(content: bytes) -> None:
    """Judged by its beginning; whether it is well formed is found when it is read."""
    begun = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if declared := _DECLARED.match(begun[:200]):
        encoding = declared.group(1).decode("ascii", errors="replace").lower()
        if encoding not in {"utf-8", "us-ascii", "ascii"}:
            raise Unfit(OTHER_ENCODING, encoding=encoding[:40])
    _text(content)
    root = _ROOT.search(begun)
    if not begun.startswith(b"<") or root is None:
        raise _not(Type.XML)
    if root.group(1).rpartition(b":")[2].lower() in {b"svg", b"html", b"script"}:
        raise Unfit(A_PROGRAM)


def _calendar(content: bytes) -> None:
    _text(content)
    begun = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not begun[:15].upper().startswith(b"BEGIN:VCALENDAR"):
        raise _not(Type.ICS)


def _mail(content: bytes) -> None:
    """A mail may be in any encoding, so long as it begins with headers."""
    if not _HEADER.match(content[:4000]):
        raise Unfit(NO_MAIL)
    if (at := content.find(b"\0")) >= 0:
        raise Unfit(CONTROL, line=_line(content, at), code="0000")


CHECKS: dict[Type, Callable[[bytes], None]] = {
    Type.PDF: _pdf,
    Type.DOCX: _packed(Type.DOCX),
    Type.XLSX: _packed(Type.XLSX),
    Type.CSV: _plain,
    Type.TXT: _plain,
    Type.JSON: _json,
    Type.XML: _xml,
    Type.PNG: _picture(Type.PNG),
    Type.JPEG: _picture(Type.JPEG),
    Type.EML: _mail,
    Type.ICS: _calendar,
}
