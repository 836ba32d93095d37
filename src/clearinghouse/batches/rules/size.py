"""What is too much for one request, so that the clock does it. No Django.

Told from what is known before a row is read; a file that is cut or is no archive is read at once,
and refused at once.
"""

import zipfile
from io import BytesIO

from clearinghouse.files.rules import Type

MANY = 1_000  # rows
LONG = 300_000  # bytes of text: about as many rows of fifteen columns
UNPACKED = 1_000_000  # bytes of a workbook's sheets: the same


def is_large(kind: Type, content: bytes) -> bool:
    """Whether a file of rows is more than is read while somebody waits."""
    if kind == Type.XLSX:
        return _unpacked(content) > UNPACKED
    lines = max(content.count(b"\n"), content.count(b"\r"))
    return lines > MANY or len(content) > LONG


def _unpacked(content: bytes) -> int:
    """As the archive says itself. One that says too little is read at once, within the limits."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return sum(each.file_size for each in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return 0
