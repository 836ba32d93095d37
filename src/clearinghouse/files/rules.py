"""Which types of file are kept, and how large and how many they may be. No Django here."""

from dataclasses import dataclass
from enum import StrEnum

MIB = 1024 * 1024
MOST_FOR_ONE_OWNER = 40  # files that one thing may carry
LONGEST_NAME = 200  # bytes in UTF-8, with the ending


class Type(StrEnum):
    """What a file can be. Recognised by its content, never by what its sender calls it."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"
    TXT = "txt"
    JSON = "json"
    XML = "xml"
    PNG = "png"
    JPEG = "jpeg"
    EML = "eml"
    ICS = "ics"


@dataclass(frozen=True)
class Allowed:
    """A line of the table: the media type it is served as, its endings, its largest size."""

    media: str
    endings: tuple[str, ...]
    largest: int  # bytes


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# fmt: off
ALLOWED: dict[Type, Allowed] = {
    Type.PDF:  Allowed("application/pdf",  ("pdf",),         25 * MIB),
    Type.DOCX: Allowed(_WORD,              ("docx",),        25 * MIB),
    Type.XLSX: Allowed(_SHEET,             ("xlsx",),        10 * MIB),
    Type.CSV:  Allowed("text/csv",         ("csv",),         10 * MIB),
    Type.TXT:  Allowed("text/plain",       ("txt",),          5 * MIB),
    Type.JSON: Allowed("application/json", ("json",),        10 * MIB),
    Type.XML:  Allowed("application/xml",  ("xml",),         10 * MIB),
    Type.PNG:  Allowed("image/png",        ("png",),         10 * MIB),
    Type.JPEG: Allowed("image/jpeg",       ("jpeg", "jpg"),  10 * MIB),
    Type.EML:  Allowed("message/rfc822",   ("eml",),         25 * MIB),
    Type.ICS:  Allowed("text/calendar",    ("ics",),          5 * MIB),
}
# fmt: on
LARGEST = max(each.largest for each in ALLOWED.values())
TEXTS = frozenset({Type.CSV, Type.TXT, Type.JSON, Type.XML, Type.EML, Type.ICS})
PACKED = frozenset({Type.DOCX, Type.XLSX})
BY_ENDING = {ending: kind for kind, each in ALLOWED.items() for ending in each.endings}

RUNNABLE = frozenset(
    [
        "app",
        "bat",
        "bin",
        "cgi",
        "chm",
        "cmd",
        "cpl",
        "dll",
        "dmg",
        "docm",
        "exe",
        "hta",
        "htm",
        "html",
        "iso",
        "jar",
        "js",
        "jse",
        "lnk",
        "mht",
        "mhtml",
        "msc",
        "msi",
        "php",
        "phtml",
        "pif",
        "pl",
        "pptm",
        "ps1",
        "py",
        "reg",
        "scr",
        "sh",
        "shtml",
        "svg",
        "svgz",
        "swf",
        "url",
        "vbe",
        "vbs",
        "wsf",
        "xht",
        "xhtml",
        "xlsb",
        "xlsm",
        "xsl",
        "zip",
        "rar",
        "7z",
        "gz",
        "tgz",
        "tar",
    ]
)
"""Endings that a file may not carry anywhere in its name, not even before the last one."""
