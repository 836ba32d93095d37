"""The name of a file as it is kept: without path or signs that deceive, of bounded length."""

import re
import unicodedata

from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.files.rules import BY_ENDING, LONGEST_NAME, RUNNABLE, Type
from clearinghouse.kernel.marking import N_

DECEIVING = re.compile("[\x00\u200e\u200f\u202a-\u202e\u2066-\u2069]")
NO_ENDING = N_("“%(name)s” has no ending that is taken here: %(endings)s.")
DECEIVES = N_("The name of the file holds a sign (U+%(code)s) that hides what it is.")
TWO_ENDINGS = N_("“%(name)s” has a second ending, .%(ending)s, inside its name.")


def cleaned(name: str) -> str:
    """The name without its path and control characters, in NFC, at most LONGEST_NAME bytes.

    Raises Unfit for a name that hides what the file is.
    """
    if found := DECEIVING.search(name):
        raise Unfit(DECEIVES, code=f"{ord(found.group()):04X}")
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    printed = "".join(c if c.isprintable() and c not in '<>:"|?*' else " " for c in last)
    tidy = " ".join(printed.split()).strip(". ")
    stem, _, ending = tidy.rpartition(".")
    if not stem:
        return _shortened(tidy or "file", "")
    return _shortened(stem, f".{ending[:10]}")


def shown(name: str) -> str:
    """A name that was refused, as it may be shown: every odd sign as a mark."""
    return "".join(c if c.isprintable() else "?" for c in name)[:80]


def type_named(name: str) -> Type:
    """The type that the ending claims. Raises Unfit for another ending, or one within the name."""
    *inner, last = name.lower().split(".")
    if not inner or last not in BY_ENDING:
        raise Unfit(NO_ENDING, name=name, endings=", ".join(sorted(BY_ENDING)))
    for each in inner[1:]:
        if each in RUNNABLE or (each in BY_ENDING and BY_ENDING[each] != BY_ENDING[last]):
            raise Unfit(TWO_ENDINGS, name=name, ending=each)
    return BY_ENDING[last]


def _shortened(stem: str, ending: str) -> str:
    room = LONGEST_NAME - len(ending.encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip() + ending
