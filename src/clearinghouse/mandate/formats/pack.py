"""Reads a mandate pack from its folder, or refuses it with every fault found."""

from pathlib import Path
from typing import Any

from clearinghouse.mandate.formats.check import examine
from clearinghouse.mandate.formats.fault import Fault, PackRefused
from clearinghouse.mandate.formats.layout import FILES
from clearinghouse.mandate.formats.records import (
    About,
    Area,
    Commitment,
    Crosswalk,
    DacBody,
    Grouping,
    Heading,
    Holiday,
    Instrument,
    LetterTemplate,
    LetterWording,
    Meeting,
    Membership,
    MergeField,
    Obligation,
    Organisation,
    Pack,
    Pinpoint,
    Purpose,
    Source,
    Standard,
    State,
    Style,
    Timetable,
)

__all__ = [
    "About",
    "Area",
    "Commitment",
    "Crosswalk",
    "DacBody",
    "Fault",
    "Grouping",
    "Heading",
    "Holiday",
    "Instrument",
    "LetterTemplate",
    "LetterWording",
    "Meeting",
    "Membership",
    "MergeField",
    "Obligation",
    "Organisation",
    "Pack",
    "PackRefused",
    "Pinpoint",
    "Purpose",
    "Source",
    "Standard",
    "State",
    "Style",
    "Timetable",
    "read",
]


def read(folder: Path, base: Pack | None = None) -> Pack:
    """The pack in this folder, in the order of its files.

    A pack that builds on `base` may leave out any file, refers to the base's codes, and takes from
    its page what its own leaves out. Raises PackRefused with all faults.
    """
    sheets, faults = examine(folder, base)
    if faults or sheets.about is None:
        raise PackRefused(faults)
    parts: dict[str, Any] = {
        file.part: tuple(placed.record for placed in sheets.parts.get(file.part, ()))
        for file in FILES
    }
    return Pack(about=sheets.about, base=base, **parts)
