"""What a text file is written in: encoding and separator, found out and said."""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass

from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.kernel.marking import N_

SEPARATORS = ",;\t|"
NAMED = {",": N_("commas"), ";": N_("semicolons"), "\t": N_("tabs"), "|": N_("vertical bars")}
MOST_COLUMNS = 256
LONGEST_CELL = 100_000  # characters
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

BROKEN = N_("Line %(line)s cannot be read: %(why)s.")
NUL = N_("Line %(line)s holds a NUL character: this is no text.")
UNKNOWN_ENCODING = N_("The encoding cannot be made out: save the file as UTF-8.")
WIDE = N_("Line %(line)s has %(count)s columns; at most %(most)s are read.")


@dataclass(frozen=True)
class Text:
    """A text, the encoding it was read by and what parts its columns."""

    text: str
    encoding: str
    separator: str = ","


def decoded(content: bytes) -> Text:
    """UTF-8 where it is that; UTF-16 or 32 by their marks; else what Windows writes in the West.

    Raises Unfit where it is none of them.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _as(content, encoding)
    try:
        return _as(content, "utf-8")
    except Unfit:
        if b"\0" in content:
            raise
        return _as(content, "cp1252")


def _as(content: bytes, encoding: str) -> Text:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise Unfit(UNKNOWN_ENCODING) from None
    if "\0" in text:
        raise Unfit(NUL, line=text.count("\n", 0, text.index("\0")) + 1)
    first = text.partition("\n")[0]
    return Text(text, encoding.removesuffix("-sig"), max(SEPARATORS, key=first.count))


def lines(read: Text) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of the line it begins on. Raises Unfit, naming the line."""
    csv.field_size_limit(LONGEST_CELL)
    found = csv.reader(_cut(read.text), delimiter=read.separator, strict=True)
    begins = 1
    try:
        for row in found:
            if len(row) > MOST_COLUMNS:
                raise Unfit(WIDE, line=begins, count=len(row), most=MOST_COLUMNS)
            yield begins, row
            begins = found.line_num + 1
    except csv.Error as why:
        raise Unfit(BROKEN, line=found.line_num, why=str(why)) from None


def _cut(text: str) -> Iterator[str]:
    """Line by line, with their ends; a buffer of text would hold it all again, four times over."""
    mark, begins = "\n" if "\n" in text else "\r", 0
    while ends := text.find(mark, begins) + 1:
        yield text[begins:ends]
        begins = ends
    if rest := text[begins:]:
        yield rest
