"""PNG and JPEG pictures by their parts: nothing may follow their end; what tells of persons."""

from collections.abc import Iterator

from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.files.rules import Type
from clearinghouse.kernel.marking import N_

CUT = N_("The picture ends in the middle (byte %(at)s).")
AFTER = N_("There is something behind the end of the picture (byte %(at)s).")
PAGE = N_("The picture holds a page or a program.")

PNG = b"\x89PNG\r\n\x1a\n"
PNG_TELLS = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})
JPEG_TELLS = frozenset({0xE1, 0xED, 0xFE, *range(0xE3, 0xED)})  # Exif, XMP, IPTC, comments, makers
_PROGRAMS = (b"<script", b"<?php", b"<html", b"<!doctype")
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length

BEGINS, PICTURE_ITSELF = 0xFF, 0xDA  # every marker's first byte; the last segment

Part = tuple[bytes | int, bytes]


def examine(kind: Type, content: bytes) -> None:
    """Raises Unfit for a picture that is cut, or is something else as well."""
    for _ in parts(kind, content):
        pass
    lowered = content.lower()
    if any(sign in lowered for sign in _PROGRAMS):
        raise Unfit(PAGE)


def parts(kind: Type, content: bytes) -> Iterator[Part]:
    """Each chunk of a PNG by its name, each segment of a JPEG by its marker, with its bytes."""
    return _chunks(content) if kind == Type.PNG else _segments(content)


def without_persons(kind: Type, content: bytes) -> bytes:
    """The same picture without what tells of persons, places and devices."""
    tells: frozenset[bytes | int] = PNG_TELLS if kind == Type.PNG else JPEG_TELLS
    kept = b"".join(part for name, part in parts(kind, content) if name not in tells)
    return (PNG if kind == Type.PNG else b"\xff\xd8") + kept


def telling(kind: Type, content: bytes) -> list[str]:
    """The names of the parts that may tell of persons, places and devices."""
    found: dict[str, None] = {}
    for name, part in parts(kind, content):
        if isinstance(name, bytes) and name in PNG_TELLS:
            found[name.decode()] = None
        if name in JPEG_TELLS:
            found[_named(part)] = None
    return list(found)


def _named(segment: bytes) -> str:
    body = segment[4:]
    if body.startswith(b"Exif"):
        return "Exif"
    return "XMP" if body.startswith(b"http://ns.adobe.com/xap") else "IPTC"


def _chunks(content: bytes) -> Iterator[Part]:
    at, end = len(PNG), len(content)
    while at + 12 <= end:
        length = int.from_bytes(content[at : at + 4], "big")
        name, stop = content[at + 4 : at + 8], at + 12 + length
        if stop > end:
            break
        yield name, content[at:stop]
        at = stop
        if name == b"IEND":
            if content[at:].strip(b"\0\r\n "):
                raise Unfit(AFTER, at=at)
            return
    raise Unfit(CUT, at=at)


def _segments(content: bytes) -> Iterator[Part]:
    """Up to the picture itself, which is the rest and ends with its own marker."""
    at, end = 2, len(content)
    whole = content.rstrip(b"\0\r\n ")
    if not whole.endswith(b"\xff\xd9"):
        last = content.rfind(b"\xff\xd9")
        raise Unfit(AFTER if last > 0 else CUT, at=max(0, last))
    while at + 4 <= end and content[at] == BEGINS:
        marker = content[at + 1]
        if marker == PICTURE_ITSELF:
            yield marker, whole[at:]
            return
        length = 0 if marker in _ALONE else int.from_bytes(content[at + 2 : at + 4], "big")
        yield marker, content[at : at + 2 + length]
        at += 2 + length
    raise Unfit(CUT, at=at)
