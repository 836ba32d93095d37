"""Copies that go with a contribution: which files they may be, how many, what is said of each.

A copy is never overwritten: one takes the place of another, and what was listed keeps its own.
No Django here.
"""

from collections.abc import Collection
from dataclasses import dataclass

from clearinghouse.files.rules import Type
from clearinghouse.kernel import languages
from clearinghouse.kernel.marking import N_
from clearinghouse.submissions.rules.fields import Fault

MOST = 12  # copies of one contribution: a language each, and a few editions
LONGEST_EDITION = 120
TAKEN = (Type.PDF, Type.DOCX, Type.XLSX, Type.CSV, Type.TXT, Type.PNG, Type.JPEG)

FILE, LANGUAGE, EDITION, REPLACES = "copy", "copy_language", "copy_edition", "copy_replaces"
FIELDS = frozenset({FILE, LANGUAGE, EDITION, REPLACES})
NOT_TAKEN = N_("A copy is one of these: %(types)s. This is %(value)s.")
TOO_MANY = N_("There are %(most)s copies already: remove one first.")
THERE = N_("The same file is attached already, as %(value)s.")
NO_LANGUAGE = N_("This is not one of the languages: %(value)s.")
LONG = N_("At most %(longest)s characters, in one line.")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked of a copy that is offered, beside what the room of files asks."""

    type: Type
    sha256: str
    language: str = ""
    edition: str = ""


def faults(asked: Asked, there: Collection[tuple[str, str]], *, replaces: str = "") -> list[Fault]:
    """Everything wrong with it. `there`: SHA-256 and name of each copy that is attached.

    `replaces`: the SHA-256 of the one that it takes the place of.
    """
    found = []
    others = {digest: name for digest, name in there if digest != replaces}
    if asked.type not in TAKEN:
        types = ", ".join(each.value.upper() for each in TAKEN)
        found.append(Fault(FILE, NOT_TAKEN, {"types": types, "value": asked.type.value.upper()}))
    if asked.sha256 in others:
        found.append(Fault(FILE, THERE, {"value": others[asked.sha256]}))
    elif len(others) >= MOST:
        found.append(Fault(FILE, TOO_MANY, {"most": MOST}))
    if asked.language and asked.language not in {each.code for each in languages.OFFICIAL}:
        found.append(Fault(LANGUAGE, NO_LANGUAGE, {"value": asked.language[:20]}))
    if len(asked.edition) > LONGEST_EDITION or not asked.edition.isprintable():
        found.append(Fault(EDITION, LONG, {"longest": LONGEST_EDITION}))
    return found
