"""Values as text that every format can hold: what a format cannot hold is shown, never dropped."""

import re
from datetime import date
from decimal import Decimal

from clearinghouse.documents.model import Line, Phrase

LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
# XML 1.0 cannot hold the first and the last of these at all, UTF-8 not the surrogates; the
# others print as nothing and hide what they do.
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
CONTROL_PICTURES, DELETE, DELETE_PICTURE, REPLACEMENT = 0x2400, "\x7f", "\u2421", "\ufffd"
PLAIN_FIGURES = 40


def visible(text: str) -> str:
    """Return the text with one kind of line end, and a sign for each character no format holds.

    U+0000 becomes the picture U+2400, and so on; JSON alone keeps the characters themselves.
    """
    if text.isascii() and text.isprintable():
        return text
    return UNFIT.sub(_picture, LINE_ENDS.sub("\n", text))


def written(line: Line) -> str:
    """One line of a cell as text: dates as ISO 8601, numbers in full figures."""
    if isinstance(line, Phrase):
        return visible(line.text)
    if isinstance(line, str):
        return visible(line)
    if isinstance(line, date):
        return line.isoformat()
    return _figures(line) if isinstance(line, Decimal) else str(line)


def _figures(number: Decimal) -> str:
    # 1E+999999 arrives in other people's data: it is not written out as a megabyte of zeros.
    return f"{number:f}" if abs(number.adjusted()) <= PLAIN_FIGURES else str(number)


def _picture(found: re.Match[str]) -> str:
    character = found[0]
    if character < " ":
        return chr(CONTROL_PICTURES + ord(character))
    return DELETE_PICTURE if character == DELETE else REPLACEMENT
