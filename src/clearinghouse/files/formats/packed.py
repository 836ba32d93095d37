"""Looks through a packed file (DOCX, XLSX) before anything opens it: members, sizes, dangers.

The sizes in the directory at its end are added up first; they can lie, so what comes out is
counted too while it is unpacked, piece by piece, and nothing of it is kept.
"""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from clearinghouse.files.formats.dangers import Watch
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.files.rules import MIB, Type
from clearinghouse.kernel.marking import N_

MOST_MEMBERS = 2000
LARGEST_UNPACKED = 96 * MIB
STEEPEST = 200  # times a member of more than a MiB may shrink by packing
PIECE = 64 * 1024
MAIN = {Type.DOCX: "word/document.xml", Type.XLSX: "xl/workbook.xml"}
END, END_LENGTH = b"PK\x05\x06", 22  # the directory's last record, without a comment
ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b\x08", b"\xd0\xcf\x11\xe0")

BROKEN = N_("The file is damaged: it cannot be unpacked (%(why)s).")
MANY = N_("The file holds %(count)s parts; at most %(most)s are taken.")
LARGE = N_("%(part)s unpacks to more than %(most)s MiB.")
NESTED = N_("%(part)s is a file packed within the file.")
ODD_NAME = N_("A part of the file has a name that leads elsewhere: %(part)s.")
TWICE = N_("%(part)s is in the file twice.")
LINK = N_("%(part)s is a link, not a part.")
LOCKED = N_("The file is protected by a password.")
MACROS = N_("%(part)s: the file carries macros. Save it without them.")
AROUND = N_("There is something before or after the packed file.")


@contextmanager
def opened(content: bytes) -> Iterator[zipfile.ZipFile]:
    """The archive; whatever goes wrong with it while it is open is Unfit."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as why:
        raise Unfit(BROKEN, why=str(why)[:80] or type(why).__name__) from None
    except (ValueError, UnicodeError, RuntimeError, IndexError) as why:
        raise Unfit(BROKEN, why=type(why).__name__) from None


def looked_through(content: bytes, watch: Watch | None = None) -> Type:
    """Which of the packed types it is. Raises Unfit naming the part that is not taken."""
    with opened(content) as archive:
        members = archive.infolist()
        if content.rfind(END) + END_LENGTH != len(content):
            raise Unfit(AROUND)
        _directory(archive, members, len(content))
        left = LARGEST_UNPACKED
        for member in members:
            left -= _unpacked(archive, member, left, watch or Watch())
        names = {m.filename for m in members}
    found = [kind for kind, main in MAIN.items() if main in names]
    if len(found) != 1:
        raise Unfit(BROKEN, why="[Content_Types]")
    return found[0]


def _directory(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], length: int) -> None:
    if len(members) > MOST_MEMBERS:
        raise Unfit(MANY, count=len(members), most=MOST_MEMBERS)
    if archive.comment or min((m.header_offset for m in members), default=1):
        raise Unfit(AROUND)
    seen: set[str] = set()
    for member in members:
        _member(member, seen)
    packed = sum(m.compress_size for m in members)
    if packed > length or sum(m.file_size for m in members) > LARGEST_UNPACKED:
        largest = max(members, key=lambda m: m.file_size)
        raise Unfit(LARGE, part=largest.filename[:80], most=LARGEST_UNPACKED // MIB)


def _member(member: zipfile.ZipInfo, seen: set[str]) -> None:
    name = member.filename
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name:
        raise Unfit(ODD_NAME, part=name[:80])
    if stat.S_ISLNK(member.external_attr >> 16):
        raise Unfit(LINK, part=name[:80])
    if member.flag_bits & 1:
        raise Unfit(LOCKED)
    if name.lower() in seen:
        raise Unfit(TWICE, part=name[:80])
    if "vbaproject" in name.lower():
        raise Unfit(MACROS, part=name[:80])
    seen.add(name.lower())
    if member.file_size > max(MIB, STEEPEST * member.compress_size):
        raise Unfit(LARGE, part=name[:80], most=max(1, STEEPEST * member.compress_size // MIB))


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int, watch: Watch) -> int:
    """How much came out. The first bytes tell a file packed within; the rest is watched."""
    count, first = 0, True
    with archive.open(member) as stream:
        while piece := stream.read(PIECE):
            if first and piece.startswith(ARCHIVES):
                raise Unfit(NESTED, part=member.filename[:80])
            count, first = count + len(piece), False
            if count > left:
                raise Unfit(LARGE, part=member.filename[:80], most=LARGEST_UNPACKED // MIB)
            watch.see(piece, member.filename)
    watch.pause()
    return count
